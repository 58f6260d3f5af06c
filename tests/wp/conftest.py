from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.content.desk import make_newsroom
from tests.wp.writer import Writer

Writers = Callable[..., Writer]


@pytest.fixture
def writers(tmp_path: Path) -> Iterator[Writers]:
    """Makes writers for newsrooms as `make_newsroom` makes them, and closes these after the test."""
    opened: list[Writer] = []

    def make(**options: object) -> Writer:
        folder = tmp_path / f"writers{len(opened)}"
        folder.mkdir()
        opened.append(Writer(make_newsroom(folder, **options)))  # type: ignore[arg-type]
        return opened[-1]

    yield make
    for writer in opened:
        writer.newsroom.database.close()


@pytest.fixture
def writer(writers: Writers) -> Writer:
    return writers()
