from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.admin.client import Client
from tests.content.desk import make_newsroom


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    made = Client(make_newsroom(tmp_path))
    yield made
    made.newsroom.database.close()
