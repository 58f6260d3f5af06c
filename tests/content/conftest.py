from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.content.desk import make_newsroom
from wirepress.content.newsroom import Newsroom

Rooms = Callable[..., Newsroom]


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    """Makes a newsroom as `make_newsroom` does, and closes it after the test."""
    opened: list[Newsroom] = []

    def make(**options: object) -> Newsroom:
        folder = tmp_path / str(len(opened))
        folder.mkdir()
        opened.append(make_newsroom(folder, **options))  # type: ignore[arg-type]
        return opened[-1]

    yield make
    for room in opened:
        room.database.close()


@pytest.fixture
def newsroom(rooms: Rooms) -> Newsroom:
    return rooms()
