from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.content.desk import make_newsroom
from wirepress.content.newsroom import Newsroom


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    room = make_newsroom(tmp_path)
    yield room
    room.database.close()
