"""What a WordPress far from the defaults answered, asked of our site with the same rows."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest

from tests.golden.cases import Case, differences, request_of
from tests.golden.site import NOW
from tests.golden.zeitung.record import HERE, recorded
from tests.store.blank import blank_database
from wirepress.app.clock import FrozenClock
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import Settings
from wirepress.content.newsroom import Newsroom
from wirepress.content.rendering import refresh
from wirepress.store.files import Files
from wirepress.transfer.wordpress.database import import_database

OPEN = HERE / "open.txt"


def listed() -> frozenset[str]:
    """The requests that are known to differ, as `who path?query`."""
    lines = OPEN.read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dispatcher]:
    folder = tmp_path_factory.mktemp("zeitung")
    tables = folder / "wordpress.sqlite"
    tables.write_bytes(gzip.decompress((HERE / "wordpress.sqlite.gz").read_bytes()))
    database = blank_database(folder / "site.sqlite")
    import_database(database, f"sqlite:///{tables}")
    newsroom = Newsroom(database, FrozenClock(NOW), Files(folder / "uploads"))
    with newsroom.write() as view:
        refresh(view, [row[0] for row in view.unit.rows("SELECT id FROM posts WHERE type <> 'revision'")])
    yield Dispatcher(newsroom, Settings(folder))
    database.close()


def name_of(case: Case) -> str:
    return f"{case['as'] or 'anon'} {case['path']}" + (f"?{case['query']}" if case["query"] else "")


def test_answers_as_recorded(site: Dispatcher) -> None:
    known, failed, mended = listed(), [], []
    for case in recorded():
        found = differences(case, site.answer(request_of(case)), [])
        if found and name_of(case) not in known:
            failed.append(f"{name_of(case)}: {', '.join(found)}")
        elif not found and name_of(case) in known:
            mended.append(name_of(case))
    assert not failed, "\n".join(failed)
    assert not mended, "no longer different, take them out of open.txt:\n" + "\n".join(mended)


def test_the_list_of_open_cases_names_recorded_ones() -> None:
    assert listed() <= {name_of(case) for case in recorded()}
