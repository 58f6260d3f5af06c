"""`user logout`, and `source list`: who is logged in, and what nobody has to see."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.inside import wirepress
from tests.content.desk import logged_in
from wirepress.app.compose import open_newsroom, setup_address
from wirepress.app.settings import load
from wirepress.content.identity import attempts, sessions
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.people import users
from wirepress.content.people.users import UserChanges
from wirepress.content.posts import publishing, revisions
from wirepress.content.posts.changes import Changes
from wirepress.model.original import ChangedField, FieldState, OriginalChange, Reason
from wirepress.store import originals, second_factors
from wirepress.url.parse import open_address


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
        ("https://:s3cret@example.com", "https://:***@example.com/"),
        ("https://a:b@example.com?x=/", "https://a:***@example.com/?x=/"),
        ("https:\\\\a:b@example.com", "https://a:***@example.com/"),
        ("https://a:b@not a host/", "https://a:***@not a host/"),
    ],
)
def test_a_password_is_taken_out_of_an_address(address: str, shown: str) -> None:
    assert open_address(address) == shown


def test_a_lost_second_factor_is_switched_off(site: Path) -> None:
    newsroom = open_newsroom(load(site, {}))
    with newsroom.write() as view:
        ann = users.create(view, UserChanges(login="ann", email="ann@news.example"))
        second_factors.put(view.unit, ann.id, "SECRET")
        second_factors.confirm(view.unit, ann.id, 1)
    said = [
        wirepress(site, "user", "second-factor", "ann", *more).stdout.strip().rpartition("second factor ")[2]
        for more in ((), ("--off",), ("--off",), ())
    ]
    assert said == ["on", "switched off", "off already", "off"]
    newsroom.database.close()
    assert wirepress(site, "user", "second-factor", "nobody").returncode == 1


def test_an_account_is_unlocked(site: Path) -> None:
    newsroom = open_newsroom(load(site, {}))
    with newsroom.write() as view:
        ann = users.create(view, UserChanges(login="ann", email="ann@news.example"))
        guess = attempts.at_login(view, ann, "ann", "192.0.2.1")
        for _ in range(5):
            attempts.count(view.unit, guess, int(view.now().timestamp()))
        assert attempts.waiting(view, guess)
    assert wirepress(site, "user", "unlock", "ann").stdout.strip().endswith("(ann): unlocked")
    with newsroom.view() as view:
        assert not attempts.waiting(view, guess)
    newsroom.database.close()
    assert wirepress(site, "user", "unlock", "nobody").returncode == 1


def test_the_first_administrator_is_made_with_the_site(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    made = wirepress(folder, "init", "--admin", "ann", "ann@news.example")
    assert made.returncode == 0
    password = made.stdout.rpartition("Password: ")[2].strip()
    newsroom = open_newsroom(load(folder, {}))
    with newsroom.view() as view:
        viewer = logged_in(view, "ann", password)
        assert viewer is not None
        assert viewer.roles == ("administrator",)
    newsroom.database.close()
    again = wirepress(folder, "init", "--admin", "bob", "bob@news.example")
    assert (again.returncode, again.stderr.strip()) == (1, "wirepress: There are users already.")
    assert setup_address(load(folder, {})) == ""


@pytest.mark.parametrize(("login", "email"), [("ann", "nobody"), ("<ann>", "ann@news.example")])
def test_an_administrator_has_a_login_and_an_address(tmp_path: Path, login: str, email: str) -> None:
    assert wirepress(tmp_path / "site", "init", "--admin", login, email).returncode == 1


def test_a_site_without_users_says_where_the_first_is_made(site: Path) -> None:
    address = setup_address(load(site, {}))
    assert address.startswith("https://news.example/wp-login.php?action=setup&key=")
    assert setup_address(load(site, {})) != address


def test_the_update_policy_of_a_source_is_said_and_changed(site: Path) -> None:
    wirepress(site, "source", "add", "https://example.com/feed", "--updates", "hold")
    assert json.loads(wirepress(site, "source", "list", "--json").stdout)[0]["updates"] == "hold"
    assert wirepress(site, "source", "set", "1", "updates=never").returncode == 0
    assert json.loads(wirepress(site, "source", "list", "--json").stdout)[0]["updates"] == "never"
    refused = wirepress(site, "source", "set", "1", "updates=sometimes")
    assert refused.returncode != 0
    assert "one of follow, hold, never" in refused.stderr


def test_a_change_of_an_original_is_decided_on_the_command_line(site: Path) -> None:
    newsroom = open_newsroom(load(site, {}))
    with newsroom.write() as view:
        post = publishing.create(view, NEWSROOM, "post", Changes(title="Ours", status="publish"))
        revision = revisions.offer(view, replace(post, title="Theirs", excerpt="Their summary."))
        offered = {name: ChangedField(FieldState.OFFERED) for name in ("title", "excerpt")}
        change = originals.insert(view.unit, OriginalChange(0, post.id, view.now(), revision, Reason.EDITED, offered))
    newsroom.database.close()
    (listed,) = json.loads(wirepress(site, "post", "changes", str(post.id), "--json").stdout)
    assert (listed["id"], listed["fields"]) == (change, "title offered, excerpt offered")
    taken = wirepress(site, "post", "take-over", str(change), "--field", "title")
    assert "title taken, excerpt offered" in taken.stdout
    assert "Theirs" in wirepress(site, "post", "list").stdout
    assert "title taken, excerpt kept" in wirepress(site, "post", "keep", str(change)).stdout
    refused = wirepress(site, "post", "keep", str(change))
    assert (refused.returncode, len(refused.stderr.strip().splitlines())) == (1, 1)
    assert json.loads(wirepress(site, "post", "changes", str(post.id), "--waiting", "--json").stdout) == []
    assert "no post 999" in wirepress(site, "post", "changes", "999").stderr
