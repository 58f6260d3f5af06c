"""Posts, comments, terms, media, users, options: each command by the rules of the API, for whoever acts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from examples.wire.press import SITE as PRESS
from examples.wire.press import serving
from tests.cli.inside import Done, wirepress
from tests.content.desk import logged_in
from wirepress.app.compose import open_newsroom
from wirepress.app.settings import load
from wirepress.cli.site import leads_to
from wirepress.content.comments import writing
from wirepress.content.comments.writing import CommentChanges
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.newsroom import Newsroom

PICTURE = next(PRESS.rglob("*.jpg"))


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verbs") / "site"
    assert wirepress(folder, "init", "--home", "https://news.example").returncode == 0
    for login, role in (("ann", "administrator"), ("eve", "author"), ("con", "contributor")):
        made = wirepress(
            folder, "user", "create", login, f"{login}@news.example", "--role", role, "--password", "secret"
        )
        assert made.returncode == 0
    return folder


@pytest.fixture
def site(master: Path, tmp_path: Path) -> Path:
    shutil.copytree(master, tmp_path / "site")
    return tmp_path / "site"


def done(site: Path, *words: str) -> Any:
    """What a command says as JSON; it must succeed."""
    result = wirepress(site, *words, "--json")
    assert (result.returncode, result.stderr) == (0, ""), result
    return json.loads(result.stdout)


def refused(site: Path, *words: str) -> str:
    """The line in which a command is refused."""
    result: Done = wirepress(site, *words)
    assert result.returncode == 1, result
    (line,) = result.stderr.strip().splitlines()
    return line


def opened(site: Path) -> Newsroom:
    return open_newsroom(load(site, {}))


def test_a_post_is_written_changed_published_and_deleted(site: Path, tmp_path: Path) -> None:
    text = tmp_path / "article.md"
    text.write_text("# Title\n\nA *word*.\n")
    made = done(site, "post", "create", str(text), "--category", "World", "--tag", "a", "--tag", "b", "--author", "eve")
    assert made["status"] == "draft"
    number = str(made["id"])
    kept = done(site, "post", "get", number)
    assert (kept["title"], kept["author"]) == ("Title", 2)
    assert kept["terms"] == {"category": ["World"], "post_tag": ["a", "b"]}
    assert kept["content"] == "<!-- wp:paragraph -->\n<p>A <em>word</em>.</p>\n<!-- /wp:paragraph -->"
    text.with_suffix(".html").write_text("<p>Other</p>\n")
    done(site, "post", "edit", number, str(text.with_suffix(".html")), "--sticky", "--category", "Town")
    kept = done(site, "post", "get", number)
    assert (kept["title"], kept["content"], kept["terms"]["category"]) == ("Title", "<p>Other</p>", ["Town"])
    assert done(site, "post", "publish", number)["ids"] == [int(number)]
    assert done(site, "post", "get", number)["status"] == "publish"
    done(site, "post", "trash", number)
    assert done(site, "post", "list") == []
    done(site, "post", "restore", number)
    done(site, "post", "delete", number, "--yes")
    assert "no such post" in refused(site, "post", "get", number)
    log = {row["action"] for row in done(site, "audit", "list") if row["kind"] == "cli"}
    assert {"post.create", "post.update", "post.trash", "post.delete"} <= log


def test_what_is_dated_ahead_waits_and_is_due_then(site: Path) -> None:
    made = done(site, "post", "create", "--title", "Later", "--status", "publish", "--date", "2099-01-01T10:00:00")
    assert made["status"] == "future"
    (row,) = done(site, "due", "list", "posts")
    assert (row["id"], row["due"]) == (made["id"], "")
    assert done(site, "due", "run", "posts") == {"posts": 0}
    newsroom = opened(site)
    with newsroom.database.write() as unit:
        unit.run(
            "UPDATE posts SET date = '2020-01-01 10:00:00', date_gmt = '2020-01-01 10:00:00' WHERE status = 'future'"
        )
    newsroom.database.close()
    assert done(site, "due", "list", "posts", "--now")[0]["due"] == "yes"
    assert done(site, "due", "run", "posts") == {"posts": 1}
    assert done(site, "post", "get", str(made["id"]))["status"] == "publish"


def test_a_user_does_no_more_than_they_may(site: Path) -> None:
    post = str(done(site, "post", "create", "--title", "Ours", "--status", "publish")["id"])
    for words in (
        ("post", "create", "--title", "x", "--status", "publish"),
        ("post", "create", "--title", "x", "--type", "page"),
        ("post", "create", "--title", "x", "--category", "New"),
        ("post", "create", "--title", "x", "--author", "ann"),
        ("post", "create", "--title", "x", "--sticky"),
        ("post", "edit", post, "--title", "x"),
        ("post", "get", post),
        ("post", "trash", post),
        ("post", "delete", post, "--yes"),
        ("term", "create", "category", "x"),
        ("media", "import", str(PICTURE)),
        ("user", "list"),
        ("user", "set-role", "con", "administrator"),
        ("user", "reset-password", "ann"),
        ("user", "application-password", "create", "ann", "x"),
        ("option", "set", "blogname", "x"),
    ):
        assert "may not" in refused(site, *words, "--user", "con"), words
    own = str(done(site, "post", "create", "--title", "Own", "--user", "con@news.example")["id"])
    assert done(site, "post", "get", own, "--user", "con")["author"] == 3
    assert "may not" in refused(site, "post", "publish", own, "--user", "con")
    assert done(site, "audit", "list", "--login", "con")[0]["who"] == "con"
    assert done(site, "user", "application-password", "create", "con", "App", "--user", "3")["password"]


@pytest.mark.parametrize("user", [(), ("--user", "con")])
@pytest.mark.parametrize("status", ["inherit", "trash", "auto-draft"])
def test_no_status_is_given_that_the_site_gives_itself(site: Path, status: str, user: tuple[str, ...]) -> None:
    post = str(done(site, "post", "create", "--title", "Own", *user)["id"])
    assert status in refused(site, "post", "create", "--title", "x", "--status", status, *user)
    assert status in refused(site, "post", "edit", post, "--status", status, *user)
    assert done(site, "post", "get", post)["status"] == "draft"
    assert done(site, "post", "edit", post, "--status", "pending", *user)["status"] == "pending"


def test_no_post_is_written_of_a_type_that_the_site_writes_itself(site: Path) -> None:
    for type_ in ("revision", "user_request", "customize_changeset", "oembed_cache", "custom_css"):
        assert type_ in refused(site, "post", "create", "--title", "x", "--type", type_)
    assert "media import" in refused(site, "post", "create", "--title", "x", "--type", "attachment")
    assert done(site, "post", "create", "--title", "x", "--type", "page")["status"] == "draft"


def test_what_a_user_may_not_write_is_filtered(site: Path, tmp_path: Path) -> None:
    text = tmp_path / "a.html"
    text.write_text("<p>Text</p><script>alert(1)</script>")
    made = done(site, "post", "create", str(text), "--title", "x", "--user", "con")
    assert "script" not in done(site, "post", "get", str(made["id"]))["content"]


def test_of_several_posts_all_or_none(site: Path) -> None:
    first = str(done(site, "post", "create", "--title", "One")["id"])
    assert "no such post" in refused(site, "post", "publish", first, "999")
    assert done(site, "post", "get", first)["status"] == "draft"


def test_comments_are_moderated(site: Path) -> None:
    post = done(site, "post", "create", "--title", "Ours", "--status", "publish", "--comments", "open")["id"]
    newsroom = opened(site)
    with newsroom.write() as view:
        said = CommentChanges(post=post, author_name="R", author_email="r@example.com", content="Word")
        comment = str(writing.create(view, NEWSROOM, said, status="hold").id)
    newsroom.database.close()
    for verb, status in (
        ("approve", "approved"),
        ("hold", "hold"),
        ("spam", "spam"),
        ("restore", "hold"),
        ("trash", "trash"),
    ):
        done(site, "comment", verb, comment)
        (row,) = done(site, "comment", "list", "--status", status)
        assert (str(row["id"]), row["status"]) == (comment, status)
    assert "may not" in refused(site, "comment", "approve", comment, "--user", "con")
    done(site, "comment", "delete", comment, "--yes")
    assert done(site, "comment", "list", "--status", "trash") == []


def test_two_terms_become_one(site: Path) -> None:
    for title, category in (("a", "Ships"), ("b", "Harbour"), ("c", "Ships")):
        done(site, "post", "create", "--title", title, "--category", category, "--status", "publish")
    done(site, "post", "edit", "3", "--category", "Ships", "--category", "Harbour")
    done(site, "term", "create", "category", "Ferries", "--parent", "Ships")
    done(site, "source", "add", "https://a.example/feed", "--category", "Ships")
    old = next(row for row in done(site, "term", "list") if row["name"] == "Ships")
    merged = done(site, "term", "merge", "category", "Ships", "Harbour", "--yes")
    assert (merged["posts"], merged["sources"]) == (1, 1)
    rows = {row["name"]: row for row in done(site, "term", "list")}
    assert "Ships" not in rows
    assert (rows["Harbour"]["count"], rows["Ferries"]["parent"]) == (3, rows["Harbour"]["id"])
    assert done(site, "source", "list")[0]["category"] == "Harbour"
    led = {row["path"].rpartition("/")[2]: row["target"].rstrip("/") for row in done(site, "redirect", "list")}
    assert led.keys() == {old["slug"], "ferries"}
    assert led[old["slug"]].endswith("/harbour")
    assert led["ferries"].endswith("/harbour/ferries")
    for words in (("Harbour", "Harbour"), ("Ships", "Harbour")):
        assert refused(site, "term", "merge", "category", *words, "--yes")


def test_the_default_category_hands_its_part_over(site: Path) -> None:
    done(site, "post", "create", "--title", "a", "--status", "publish")
    done(site, "term", "create", "category", "News")
    done(site, "term", "merge", "category", "uncategorized", "News", "--yes")
    made = done(site, "post", "create", "--title", "b", "--status", "publish")
    assert done(site, "post", "get", str(made["id"]))["terms"]["category"] == ["News"]


def test_files_and_addresses_come_into_the_library(site: Path, tmp_path: Path) -> None:
    with (site / "wirepress.toml").open("a") as settings:
        settings.write('allow_private = "127.0.0.0/8"\nfetch_delay = 0\n')
    post = str(done(site, "post", "create", "--title", "a")["id"])
    note = tmp_path / "note.exe"
    note.write_text("MZ")
    with serving() as press:
        url = f"{press.base}/{PICTURE.relative_to(PRESS).as_posix()}"
        words = ("media", "import", str(PICTURE), url, str(note), "--alt", "A harbour", "--post", post, "--featured")
        result = wirepress(site, *words, "--json")
    assert result.returncode == 1  # one of them
    rows = json.loads(result.stdout)
    assert [bool(row["error"]) for row in rows] == [False, False, True]
    kept = done(site, "post", "get", post)
    assert kept["thumbnail"] == rows[1]["id"]
    picture = done(site, "post", "get", str(rows[0]["id"]))
    assert picture["meta"]["_wp_attachment_image_alt"] == ["A harbour"]
    path = picture["meta"]["_wp_attached_file"][0]
    assert (site / "uploads" / path).is_file()
    done(site, "post", "delete", str(rows[0]["id"]), "--yes")
    assert not (site / "uploads" / path).exists()


def test_users_get_roles_and_passwords(site: Path) -> None:
    assert done(site, "user", "set-role", "eve", "editor")["roles"] == ["editor"]
    assert [row["login"] for row in done(site, "user", "list", "--role", "editor")] == ["eve"]
    assert done(site, "user", "set-role", "eve", "none")["roles"] == []
    assert "may not" in refused(site, "user", "set-role", "ann", "editor", "--user", "ann")
    assert "the last administrator" in refused(site, "user", "set-role", "ann", "editor")
    password = done(site, "user", "reset-password", "eve", "--show")["password"]
    newsroom = opened(site)
    with newsroom.view() as view:
        assert logged_in(view, "eve", password) is not None
        assert logged_in(view, "eve", "secret") is None
    newsroom.database.close()
    (note,) = done(site, "user", "reset-password", "eve")["notes"]
    assert "action=rp" in note
    made = done(site, "user", "application-password", "create", "eve", "App")
    assert len(made["password"].replace(" ", "")) == 24
    assert [row["uuid"] for row in done(site, "user", "application-password", "list", "eve")] == [made["uuid"]]
    done(site, "user", "application-password", "delete", "eve", made["uuid"])
    assert done(site, "user", "application-password", "list", "eve") == []
    assert refused(site, "user", "application-password", "delete", "eve", made["uuid"])


def test_the_address_of_the_administration_goes_with_the_site(site: Path) -> None:
    assert done(site, "option", "set", "home", "https://other.example/")["changed"] == ["home", "siteurl"]
    done(site, "option", "set", "siteurl", "https://admin.example")
    assert done(site, "option", "set", "home", "https://third.example")["changed"] == ["home"]
    assert done(site, "option", "get", "siteurl") == "https://admin.example"
    done(site, "option", "set", "posts_per_page", "7", "--format", "json")
    assert done(site, "option", "get", "posts_per_page") == "7"


def test_caches_are_counted_and_dropped(site: Path) -> None:
    done(site, "post", "create", "--title", "a", "--status", "publish")
    before = {row["what"]: row for row in done(site, "cache", "status")}["renderings"]
    assert (before["kept"], before["wanted"]) == (1, 0)
    newsroom = opened(site)
    epoch = newsroom.epoch()
    assert done(site, "cache", "drop")["renderings"] == 1
    assert newsroom.epoch() > epoch
    newsroom.database.close()
    assert done(site, "cache", "status")[0]["wanted"] == 1
    assert done(site, "due", "run", "renderings") == {"renderings": 1}
    assert done(site, "cache", "status")[0]["wanted"] == 0


@pytest.mark.parametrize(
    ("home", "host", "port", "same"),
    [
        ("http://localhost:8080", "127.0.0.1", 8080, True),
        ("http://localhost:8080", "127.0.0.1", 9000, False),
        ("http://localhost:8080", "0.0.0.0", 8080, False),
        ("http://10.0.0.1", "0.0.0.0", 80, True),
        ("http://[::1]:8080", "::1", 8080, True),
        ("https://news.example", "127.0.0.1", 8080, False),
    ],
)
def test_where_links_lead(home: str, host: str, port: int, same: bool) -> None:
    assert leads_to(home, host, port) is same
