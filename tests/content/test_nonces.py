"""Nonces: who they are for, what they are for, and how long they hold."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from tests.golden.site import NOW
from tests.store.blank import blank_database
from wirepress.app.clock import FrozenClock
from wirepress.content import options
from wirepress.content.identity.nonces import holds, nonce
from wirepress.content.identity.viewer import ANONYMOUS, Viewer
from wirepress.content.newsroom import Newsroom
from wirepress.model.user import User
from wirepress.store.files import Files

ANNE, BEN = Viewer(User(1, "anne", "anne")), Viewer(User(2, "ben", "ben"))


def newsroom_in(folder: Path) -> Newsroom:
    folder.mkdir()
    database = blank_database(folder / "site.sqlite")
    with database.write() as unit:
        options.fill_defaults(unit)
    return Newsroom(database, FrozenClock(NOW), Files(folder / "uploads"))


def test_a_nonce_is_one_viewer_s_and_one_action_s(tmp_path: Path) -> None:
    newsroom = newsroom_in(tmp_path / "one")
    with newsroom.view() as view:
        made = nonce(view, ANNE, "log-out")
        assert re.fullmatch("[0-9a-f]{10}", made)
        assert holds(view, ANNE, "log-out", made)
        assert not holds(view, BEN, "log-out", made)
        assert not holds(view, ANONYMOUS, "log-out", made)
        assert not holds(view, ANNE, "wp_rest", made)
        for wrong in ("", made[:-1], made + "0", "é" * 10, "\ud800"):
            assert not holds(view, ANNE, "log-out", wrong)
    newsroom.database.close()


def test_a_nonce_ends_within_a_day(tmp_path: Path) -> None:
    newsroom = newsroom_in(tmp_path / "one")
    with newsroom.view() as view:
        made = nonce(view, ANNE, "log-out")
        for hours, lasts in ((0, True), (12, True), (24, False), (-24, False)):
            view.clock = FrozenClock(NOW + timedelta(hours=hours))
            assert holds(view, ANNE, "log-out", made) is lasts, hours
    newsroom.database.close()


def test_each_site_has_a_secret_of_its_own_and_keeps_it(tmp_path: Path) -> None:
    one, other = newsroom_in(tmp_path / "one"), newsroom_in(tmp_path / "other")
    with one.view() as here, other.view() as there:
        made = nonce(here, ANNE, "log-out")
        assert not holds(there, ANNE, "log-out", made)
    with one.database.write() as unit:
        options.fill_defaults(unit)
    with one.view() as here:
        assert holds(here, ANNE, "log-out", made)
    one.database.close()
    other.database.close()
