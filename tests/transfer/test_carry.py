"""Imports as the worker carries them out: a look before, the import, its end in any case, and its entry in the log."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.content.desk import make_newsroom
from tests.transfer.wordpress import change, rows
from wirepress.admin.screens.imports import words
from wirepress.content import imports
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.imports import Allowed, Named
from wirepress.content.newsroom import Newsroom
from wirepress.model.errors import Conflict, Invalid, NotFound, Unavailable
from wirepress.model.order import Order, OrderKind, OrderState
from wirepress.store import orders as store
from wirepress.store.collation import sort_key
from wirepress.store.import_files import ImportFiles
from wirepress.syndicate.lease import own_place
from wirepress.transfer.wordpress import Place, Stopped, carry, source
from wirepress.transfer.wordpress.carry import Site, Sites, begin, carry_out

MOVED = "UPDATE wp_options SET option_value = 'https://there.example' WHERE option_name IN ('home', 'siteurl')"
HOME = "SELECT CAST(value AS TEXT) FROM options WHERE name = 'home'"


class Desk:
    """A newsroom with an upload, and a worker that is asked to carry out what was ordered."""

    def __init__(self, newsroom: Newsroom, folder: Path) -> None:
        self.newsroom = newsroom
        self.files = ImportFiles(folder / "imports", 1 << 30)
        self.sites = Sites(self.files)
        self.allowed = Allowed(self.files)

    def upload(self, path: Path) -> str:
        data = path.read_bytes()
        key = self.files.begin(len(data), 0.0)
        self.files.append(key, 0, data, len(data))
        return key

    def look(self, path: Path) -> Order:
        key = self.upload(path)
        with self.newsroom.write() as view:
            order = imports.preview_file(view, NEWSROOM, self.allowed, key, "site.sqlite")
        return self.carried(order)

    def start(self, before: Order, *, keep_address: bool = True) -> Order:
        with self.newsroom.write() as view:
            return imports.start(view, NEWSROOM, before, keep_address=keep_address)

    def carried(self, order: Order, stop: Callable[[], bool] = lambda: False) -> Order:
        with self.newsroom.database.write() as unit:
            taken = store.take(unit, "test", 0, 10**10)
        assert taken is not None
        assert taken.id == order.id
        carry_out(self.newsroom, taken, self.sites, "test", stop)
        return self.order(order.id)

    def order(self, number: int) -> Order:
        with self.newsroom.view() as view:
            return imports.get(view, NEWSROOM, number)

    def logged(self) -> list[tuple[str, str, Mapping[str, Any]]]:
        sql = "SELECT kind, action, CAST(details AS TEXT) FROM audit WHERE object = 'import' ORDER BY id"
        return [(kind, action, json.loads(details)) for kind, action, details in rows(self.newsroom.database, sql)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    newsroom = make_newsroom(tmp_path)
    with newsroom.database.write() as unit:  # a site as it is made: an administrator, a category
        unit.run("DELETE FROM users WHERE id > 1")
        unit.run("DELETE FROM terms WHERE taxonomy_id > 1")
    yield Desk(newsroom, tmp_path)
    newsroom.database.close()


def test_a_look_says_what_there_is_and_keeps_nothing(desk: Desk, golden: Path) -> None:
    change(golden, "CREATE TABLE wp_shop (id INTEGER PRIMARY KEY)", "INSERT INTO wp_shop VALUES (1), (2)",
           "UPDATE wp_posts SET post_type = 'product' WHERE ID = 11")  # fmt: skip
    found = desk.look(golden)
    assert found.state is OrderState.DONE, found.error
    result = found.result
    types = {one["name"]: one for one in result["types"]}
    assert (types["product"]["number"], types["product"]["served"], types["post"]["served"]) == (1, False, True)
    assert result["users"] == 8
    assert {"name": "wp_shop", "number": 2} in result["others"]
    assert result["refused"] == ""
    assert [(one["login"], one["before"], one["joins"]) for one in result["accounts"]] == [("administrator", 1, False)]
    assert rows(desk.newsroom.database, "SELECT count(*) FROM posts") == [(0,)]
    assert rows(desk.newsroom.database, "SELECT count(*) FROM users") == [(1,)]


def test_an_import_comes_in_leaves_one_entry_and_the_file_goes(desk: Desk, golden: Path) -> None:
    change(golden, MOVED)
    looked = desk.look(golden)
    assert looked.result["site"]["home"] == "https://there.example"
    order = desk.carried(desk.start(looked))
    assert order.state is OrderState.DONE, order.error
    assert order.result["came"]["posts"]["new"] == 121
    assert order.result["source"] == "site.sqlite"
    database = desk.newsroom.database
    assert rows(database, "SELECT login FROM users WHERE id = 1") == [("admin",)]
    [(number, grants)] = rows(database, "SELECT id, CAST(grants AS TEXT) FROM users WHERE login = 'administrator'")
    assert number > 8
    assert json.loads(grants) == {"administrator": True}
    assert rows(database, HOME) == [('"https://news.example.com"',)]
    [(kind, action, details)] = desk.logged()
    assert (kind, action, details["outcome"], details["from"]) == ("system", "import.wordpress", "done", "site.sqlite")
    assert details["came"]["posts"] == 121
    assert not desk.files.is_there(str(order.given["file"]))
    [(rendered,)] = rows(database, "SELECT count(*) FROM renderings")
    assert rendered > 0


def test_the_address_comes_too_where_that_is_wanted(desk: Desk, golden: Path) -> None:
    change(golden, MOVED)
    desk.carried(desk.start(desk.look(golden), keep_address=False))
    assert rows(desk.newsroom.database, HOME) == [('"https://there.example"',)]


def test_an_account_of_the_same_name_becomes_one_and_stays_as_it_is_here(desk: Desk, golden: Path) -> None:
    with desk.newsroom.database.write() as unit:
        unit.run("UPDATE users SET login = 'EDITOR', login_key = ?, password = 'mine'", (sort_key("EDITOR"),))
        unit.run("INSERT INTO sessions (token, \"user\", created, expires, ip, agent) VALUES ('t', 1, 1, 9, '', '')")
        unit.run('INSERT INTO second_factors ("user", secret, since, last_step) VALUES (1, ?, 1, 1)', ("s",))
        unit.run("INSERT INTO recovery_codes (\"user\", hash) VALUES (1, 'h')")
    looked = desk.look(golden)
    [account] = looked.result["accounts"]
    assert (account["login"], account["before"], account["after"], account["joins"]) == ("EDITOR", 1, 2, True)
    order = desk.carried(desk.start(looked))
    assert order.state is OrderState.DONE, order.error
    database = desk.newsroom.database
    mine = "SELECT id, login, password, CAST(grants AS TEXT) FROM users WHERE id IN (1, 2) ORDER BY id"
    found = rows(database, mine)
    assert found[0][1] == "admin"
    assert found[1] == (2, "EDITOR", "mine", '{"administrator":true}')
    for table in ("sessions", "second_factors", "recovery_codes"):
        assert rows(database, f'SELECT "user" FROM {table}') == [(2,)], table
    again = desk.carried(desk.start(desk.look(golden)))
    assert (again.result["changes"], again.result["came"]["users"]["changed_here"]) == (0, 1)


def test_a_site_with_other_content_is_refused_and_nothing_is_changed(desk: Desk, golden: Path) -> None:
    with desk.newsroom.database.write() as unit:
        unit.run("UPDATE terms SET name = 'Ours', slug = 'ours', version = 2 WHERE taxonomy_id = 1")
    looked = desk.look(golden)
    assert "under the same ids" in looked.result["refused"]
    with pytest.raises(Conflict, match="under the same ids"):
        desk.start(looked)
    with desk.newsroom.write() as view:  # even where somebody else changed the site between the two
        given = {**looked.given, "keep_address": True}
        number = store.place(view.unit, OrderKind.IMPORT, 1, 0, given, 0)
    failed = desk.carried(desk.order(number))
    assert failed.state is OrderState.FAILED
    assert "Nothing was changed" in failed.error
    assert rows(desk.newsroom.database, "SELECT id FROM users") == [(1,)]
    assert [details["outcome"] for _, _, details in desk.logged()] == ["failed"]


def test_a_site_makes_room_for_the_category_that_nobody_touched(desk: Desk, golden: Path) -> None:
    change(golden, "UPDATE wp_terms SET name = 'Allgemein', slug = 'allgemein' WHERE term_id = 1")
    order = desk.carried(desk.start(desk.look(golden)))
    assert order.state is OrderState.DONE, order.error
    assert rows(desk.newsroom.database, "SELECT name FROM terms WHERE taxonomy_id = 1") == [("Allgemein",)]


def test_stopped_in_the_middle_it_goes_on(desk: Desk, golden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "PAGE_ROWS", 10)
    looked = desk.look(golden)
    order = desk.start(looked)
    seen = {"pages": 0}

    def stop() -> bool:
        seen["pages"] += 1
        return seen["pages"] > 30

    failed = desk.carried(order, stop)
    assert (failed.state, failed.error) == (OrderState.FAILED, carry.CUT)
    database = desk.newsroom.database
    [(some,)] = rows(database, "SELECT count(*) FROM posts")
    assert 0 < some < 121
    assert rows(database, "SELECT name FROM state WHERE name = 'unsettled'") == []
    assert rows(database, "SELECT sum(number) FROM counts") == [(some,)]
    assert failed.result["came"]["posts"]["new"] == some
    going_on = desk.carried(desk.start(failed))
    assert going_on.state is OrderState.DONE, going_on.error
    assert going_on.result["came"]["posts"]["new"] == 121 - some
    assert [details["outcome"] for _, _, details in desk.logged()] == ["failed", "done"]


def test_cancelled_while_it_goes_on_it_says_what_had_come(desk: Desk, golden: Path) -> None:
    order = desk.start(desk.look(golden))

    def stop() -> bool:
        with desk.newsroom.write() as view:
            imports.cancel(view, NEWSROOM, order.id)
        return True

    cancelled = desk.carried(order, stop)
    assert cancelled.state is OrderState.CANCELLED
    assert "came" in cancelled.result
    assert [details["outcome"] for _, _, details in desk.logged()] == ["stopped"]
    assert desk.files.is_there(str(order.given["file"]))


def test_one_import_at_a_time_those_of_the_command_line_too(desk: Desk, golden: Path) -> None:
    looked = desk.look(golden)
    running = begin(desk.newsroom, "mysql://db.example/wp", "elsewhere:1:1:import")
    with pytest.raises(Conflict, match="under way"):
        desk.start(looked)
    with pytest.raises(Conflict, match="under way"):
        begin(desk.newsroom, "again", "elsewhere:2:1:import")
    with desk.newsroom.view() as view:
        assert [order.id for order in imports.history(view)] == [running.id]


def test_an_import_whose_process_died_is_over(desk: Desk) -> None:
    first = begin(desk.newsroom, "one", f"{own_place()}:999999999:1:import")
    second = begin(desk.newsroom, "two", "elsewhere:2:1:import")
    assert (desk.order(first.id).state, desk.order(second.id).state) == (OrderState.FAILED, OrderState.WORKING)
    assert [action for _, action, _ in desk.logged()] == ["import.cut"]


def test_a_named_database_is_the_owners_and_its_troubles_stay_in_the_log(
    desk: Desk, golden: Path, caplog: pytest.LogCaptureFixture
) -> None:
    away = Site(Place("mysql+pymysql://reader:s3cret@127.0.0.1:1/wp"))
    desk.sites = Sites(desk.files, {"away": away, "here": Site(Place(f"sqlite:///{golden}"))})
    desk.allowed = Allowed(desk.files, (Named("away"), Named("here"), Named("gone")))

    def look(name: str) -> Order:
        with desk.newsroom.write() as view:
            order = imports.preview_database(view, NEWSROOM, desk.allowed, name)
        assert "s3cret" not in json.dumps(dict(order.given))
        return desk.carried(order)

    assert look("here").result["users"] == 8
    assert look("away").error == carry.AWAY
    assert "127.0.0.1" in caplog.text
    assert "s3cret" not in caplog.text
    assert "may not import" in look("gone").error
    with desk.newsroom.write() as view, pytest.raises(NotFound):
        imports.preview_database(view, NEWSROOM, desk.allowed, "mysql+pymysql://127.0.0.1/wp")


def test_several_sites_in_a_file_are_named_and_one_is_chosen(desk: Desk, golden: Path) -> None:
    own = ("posts", "postmeta", "options", "terms", "term_taxonomy", "term_relationships", "comments", "commentmeta")
    change(golden, *(f"CREATE TABLE wp_2_{name} AS SELECT * FROM wp_{name}" for name in own))
    looked = desk.look(golden)
    assert looked.result == {"installs": ["wp_", "wp_2_"]}
    with pytest.raises(Conflict, match="nothing to import yet"):
        desk.start(looked)
    with desk.newsroom.write() as view:
        with pytest.raises(Invalid):
            imports.preview_install(view, NEWSROOM, looked, "wp_3_")
        order = imports.preview_install(view, NEWSROOM, looked, "wp_2_")
    assert desk.carried(order).result["prefix"] == "wp_2_"


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("UPDATE wp_posts SET post_content = CAST(zeroblob(70000000) AS TEXT) WHERE ID = 10", "too big"),
        ("ALTER TABLE wp_posts RENAME COLUMN guid TO elsewhere", "no column 'guid'"),
    ],
)
def test_a_hostile_file_is_refused_in_words(desk: Desk, golden: Path, statement: str, line: str) -> None:
    looked = desk.look(golden)
    assert looked.state is OrderState.DONE
    change(golden, statement)
    looked = desk.look(golden)
    order = looked if looked.error else desk.carried(desk.start(looked))
    assert order.state is OrderState.FAILED
    assert line in order.error
    assert str(desk.files.folder) not in order.error


def test_a_damaged_file_and_one_that_is_none(desk: Desk, golden: Path, tmp_path: Path) -> None:
    data = bytearray(golden.read_bytes())
    data[8192:40960] = b"\xff" * (40960 - 8192)
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(data)
    looked = desk.look(broken)
    assert looked.state is OrderState.FAILED
    assert str(tmp_path) not in looked.error
    empty = tmp_path / "empty.sqlite"
    change(empty, "CREATE TABLE posts (id INTEGER)")
    assert "not a WordPress database" in desk.look(empty).error


def test_a_hostile_file_can_lead_to_nothing_but_reading(golden: Path, tmp_path: Path) -> None:
    place = Place(f"sqlite:///{golden}", hostile=True)
    with source.opened(place) as opened:
        raw: Any = opened.connection.connection.dbapi_connection
        for statement in (f"ATTACH '{tmp_path / 'x'}' AS x", "CREATE TABLE x (y)", "PRAGMA writable_schema = ON",
                          "DELETE FROM wp_posts", "PRAGMA trusted_schema = ON"):  # fmt: skip
            with pytest.raises(sqlite3.DatabaseError):
                raw.execute(statement)
    assert not (tmp_path / "x").exists()


def test_tables_that_are_code_are_no_tables(golden: Path) -> None:
    change(golden, "CREATE VIRTUAL TABLE wp_found USING fts5(words)")
    with source.opened(Place(f"sqlite:///{golden}", hostile=True)) as opened:
        assert "wp_found" not in opened.others


def test_a_statement_that_does_not_end_is_ended(golden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "STEPS", 1000)
    asked = {"stop": False}
    place = Place(f"sqlite:///{golden}", hostile=True, stop=lambda: asked["stop"])

    def look() -> None:
        with source.opened(place) as opened:
            asked["stop"] = True
            list(opened.rows("SELECT count(*) AS n FROM wp_posts a, wp_posts b, wp_posts c, wp_posts d"))

    with pytest.raises(Stopped):
        look()


def test_what_the_worker_says_is_known_to_the_translators() -> None:
    for text in (carry.CUT, carry.LATE, carry.INTERRUPTED, carry.LOOK_LATE, carry.AWAY):
        assert text in words.ERRORS


def test_files_come_in_pieces_in_their_order_and_are_bounded(tmp_path: Path) -> None:
    files = ImportFiles(tmp_path / "imports", 100)
    with pytest.raises(Invalid):
        files.begin(101, 0)
    key = files.begin(10, 0)
    assert (files.folder.stat().st_mode & 0o777, (files.folder / f"{key}.part").stat().st_mode & 0o777) == (
        0o700,
        0o600,
    )
    assert files.append(key, 0, b"12345", 10) == 5
    with pytest.raises(Conflict) as refused:
        files.append(key, 0, b"12345", 10)
    assert refused.value.data == {"received": 5}
    with pytest.raises(Invalid):
        files.append(key, 5, b"123456", 10)
    assert not files.is_there(key)
    assert files.append(key, 5, b"67890", 10) == 10
    assert files.path(key).read_bytes() == b"1234567890"
    for wrong in ("../../etc/passwd", key[:-1], ""):
        with pytest.raises(NotFound):
            files.path(wrong)


def test_the_oldest_files_make_room_but_not_those_that_are_wanted(tmp_path: Path) -> None:
    files = ImportFiles(tmp_path / "imports", 100)
    kept = files.begin(1, 0)
    now = (files.folder / f"{kept}.part").stat().st_mtime
    for _ in range(8):
        files.begin(1, now, [kept])
    assert (files.folder / f"{kept}.part").exists()
    assert len(list(files.folder.iterdir())) <= 5
    files.sweep(now + 10**6)
    assert list(files.folder.iterdir()) == []


def test_the_disk_keeps_some_room(tmp_path: Path) -> None:
    files = ImportFiles(tmp_path / "imports", 1 << 60)
    with pytest.raises(Conflict, match="no room"):
        files.begin(1 << 59, 0)


def test_unavailable_is_not_made_more_discreet_than_it_must_be(desk: Desk) -> None:
    order = Order(1, OrderKind.IMPORT, given={"file": "x"})
    error = Unavailable("source_failed", "why")
    assert carry._discreet(order, error) is error
