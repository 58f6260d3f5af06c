"""Imports in the worker of a real site: what `imports.toml` names, what a killed one leaves, what the web offers."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.syndicate.elsewhere import Elsewhere
from tests.syndicate.site import Site, site_in
from tests.transfer.wordpress import rows
from wirepress.app.dispatch import Dispatcher
from wirepress.app.imports import allowed, entries_of
from wirepress.app.orders import Orders
from wirepress.content import imports
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.imports import Named
from wirepress.model.errors import Invalid
from wirepress.model.order import Order
from wirepress.store import orders as store
from wirepress.transfer.wordpress.carry import begin

GOLDEN = Path(__file__).parent.parent / "golden" / "wordpress.sqlite.gz"
LISTED = """
[old-site]
database = "sqlite:///{path}"
uploads = "{uploads}"

[away]
database = "mysql+pymysql://reader:s3cret@127.0.0.1:1/wp"
"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with site_in(tmp_path / "site") as found:
        path, uploads = tmp_path / "wordpress.sqlite", tmp_path / "uploads"
        path.write_bytes(gzip.decompress(GOLDEN.read_bytes()))
        (uploads / "2024" / "02").mkdir(parents=True)
        (uploads / "2024" / "02" / "harbour.jpg").write_bytes(b"picture")
        (found.settings.folder / "imports.toml").write_text(LISTED.format(path=path, uploads=uploads))
        yield found


def worked(site: Site) -> None:
    """One look of the worker for orders, until they are done."""
    with ThreadPoolExecutor(2) as threads:
        Orders(site.newsroom, Elsewhere({}), site.settings).step(threads, threading.Event())


def order(site: Site, number: int) -> Order:
    with site.newsroom.view() as view:
        return imports.get(view, NEWSROOM, number)


def test_a_named_database_comes_with_its_files(site: Site) -> None:
    offered = allowed(site.settings)
    assert offered.databases == (Named("old-site", with_files=True), Named("away"))
    with site.newsroom.write() as view:
        look = imports.preview_database(view, NEWSROOM, offered, "old-site")
    worked(site)
    with site.newsroom.write() as view:
        started = imports.start(view, NEWSROOM, order(site, look.id), keep_address=True)
    worked(site)
    done = order(site, started.id)
    assert done.error == ""
    assert (done.result["came"]["posts"]["new"], done.result["came"]["files"]["new"]) == (121, 1)
    assert "harbour.jpg" in site.uploads()


def test_the_web_is_given_names_and_no_passwords(site: Site) -> None:
    given = Dispatcher(site.newsroom, site.settings).admin.ports.imports
    assert "s3cret" not in repr(given)
    assert given.command.endswith(f"--site {site.settings.folder}")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[a]\nuploads = 'x'", "it says no database"),
        ("[a]\ndatabase = 'x'\npassword = 'y'", "cannot read password"),
        ("[a]\ndatabase = 1", "cannot read database"),
        ("['a b']\ndatabase = 'x'", "is no table"),
        ("a = 1", "is no table"),
        ("[a", "imports.toml"),
    ],
)
def test_what_is_wrong_in_the_file_is_told_in_a_line(tmp_path: Path, text: str, line: str) -> None:
    (tmp_path / "imports.toml").write_text(text)
    with pytest.raises(Invalid, match=r"imports\.toml") as refused:
        entries_of(tmp_path)
    assert line in refused.value.message
    assert "\n" not in refused.value.message


def test_what_a_killed_import_left_is_settled_by_the_next_worker(site: Site) -> None:
    host = Orders(site.newsroom, Elsewhere({})).name.partition(":")[0]
    killed = begin(site.newsroom, "x", f"{host}:{2**22 + 5}:1:import")
    with site.newsroom.database.write() as unit:
        unit.run("INSERT INTO state (name, number) VALUES ('unsettled', 1)")
        unit.run("DELETE FROM counts")
    worked(site)
    assert "cut short" in order(site, killed.id).error
    assert rows(site.newsroom.database, "SELECT name FROM state WHERE name = 'unsettled'") == []


def test_what_is_not_settled_is_settled_whenever_no_import_goes_on(site: Site) -> None:
    """A worker that could not do it when it found the killed import tries again."""
    with site.newsroom.database.write() as unit:
        unit.run("INSERT INTO state (name, number) VALUES ('unsettled', 1)")
    Orders(site.newsroom, Elsewhere({}), site.settings).tidy()
    assert rows(site.newsroom.database, "SELECT name FROM state WHERE name = 'unsettled'") == []


def test_uploads_that_nobody_wants_any_more_go(site: Site) -> None:
    files = allowed(site.settings).files
    assert files is not None
    key = files.begin(16, 0.0)
    files.append(key, 0, b"SQLite format 3\0", 16)
    site.clock.later(days=4000)
    worked(site)
    assert not files.is_there(key)


def test_an_upload_that_an_order_speaks_of_stays(site: Site) -> None:
    offered = allowed(site.settings)
    assert offered.files is not None
    key = offered.files.begin(16, 0.0)
    offered.files.append(key, 0, b"SQLite format 3\0", 16)
    with site.newsroom.write() as view:
        imports.preview_file(view, NEWSROOM, offered, key, "x")
        store.take(view.unit, "somebody else", 0, 10**11)
    site.clock.later(days=4000)
    worked(site)
    assert offered.files.is_there(key)
