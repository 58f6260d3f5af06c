"""`user logout`, and `source list`: who is logged in, and what nobody has to see."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_promise import wirepress
from wirepress.app.compose import open_newsroom
from wirepress.app.settings import load
from wirepress.content.identity import sessions
from wirepress.content.people import users
from wirepress.content.people.users import UserChanges
from wirepress.model.address import open_address


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    assert wirepress(folder, "init", "--home", "https://news.example").returncode == 0
    return folder


def test_all_logins_of_a_user_end(site: Path) -> None:
    newsroom = open_newsroom(load(site, {}))
    with newsroom.write() as view:
        ann, bob = (
            users.create(view, UserChanges(login=name, email=f"{name}@news.example")) for name in ("ann", "bob")
        )
        for user in (ann, ann, bob):
            sessions.begin(view, user, remember=True)
    assert wirepress(site, "user", "logout", "ann@news.example").stdout.strip().endswith("2 logins ended")
    with newsroom.view() as view:
        assert view.unit.rows('SELECT "user" FROM sessions') == [(bob.id,)]
    newsroom.database.close()
    refused = wirepress(site, "user", "logout", "nobody")
    assert (refused.returncode, len(refused.stderr.strip().splitlines())) == (1, 1)


def test_a_list_of_sources_shows_no_password(site: Path) -> None:
    address = "https://reader:s3cret@example.com/feed?a=reader:s3cret"
    shown = "https://reader:***@example.com/feed?a=reader:s3cret"
    assert shown in wirepress(site, "source", "add", address).stdout
    listed = wirepress(site, "source", "list", "--json")
    assert [row["url"] for row in json.loads(listed.stdout)] == [shown]
    assert "source 1 already" in wirepress(site, "source", "add", address).stderr


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://example.com/a:b@c", "https://example.com/a:b@c"),
        ("https://reader@example.com/", "https://reader@example.com/"),
        ("https://reader:@example.com/", "https://reader:@example.com/"),
        ("https://a:b@c:d@example.com:8080/x", "https://a:***@example.com:8080/x"),
        ("https://:s3cret@example.com", "https://:***@example.com"),
        ("https://a:b@example.com?x=/", "https://a:***@example.com?x=/"),
    ],
)
def test_a_password_is_taken_out_of_an_address(address: str, shown: str) -> None:
    assert open_address(address) == shown
