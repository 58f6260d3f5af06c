"""What somebody meets in the first five minutes and on the second day."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from examples.wire.press import SITE as PRESS
from tests.cli.inside import wirepress
from tests.net.loopback import Loopback, reply

FEED = b"""<rss version="2.0"><channel><title>The  Saltmarsh
Courier</title><link>/</link><item><title>Harbour opens</title><link>/harbour</link><description>It does.</description>
</item></channel></rss>"""
PAGE = (
    b'<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><body><p>News.</p></body></html>'
)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WIREPRESS_ALLOW_PRIVATE", "127.0.0.0/8")
    monkeypatch.setenv("WIREPRESS_FETCH_DELAY", "0")
    folder = tmp_path / "site"
    made = wirepress(folder, "init", "--home", "https://news.example", "--admin", "ann", "ann@news.example")
    assert made.returncode == 0
    return folder


def done(site: Path, *words: str) -> Any:
    result = wirepress(site, *words, "--json")
    assert (result.returncode, result.stderr) == (0, ""), result
    return json.loads(result.stdout)


def paper(path: str, _headers: dict[str, str]) -> bytes:
    """A paper with one feed, and nothing else."""
    if path == "/":
        return reply(200, PAGE, Content_Type="text/html")
    if path == "/feed":
        return reply(200, FEED, Content_Type="application/rss+xml")
    return reply(404)


def test_a_site_whose_feed_is_a_source_already_is_shown_as_that_source(site: Path) -> None:
    with Loopback(paper) as press:
        new = done(site, "source", "test", press.url + "/")
        assert (new["source"], new["candidates"][0]["source"]) == (None, None)
        done(site, "source", "add", press.url + "/feed", "--rights", "link", "--category", "Harbour", "--no-page")
        known = done(site, "source", "test", press.url + "/")
        said = wirepress(site, "source", "test", press.url + "/").stdout
        done(site, "source", "pause", "1")
        stopped = wirepress(site, "source", "test", press.url + "/").stdout
    assert (known["source"], known["candidates"][0]["source"]) == (1, 1)
    assert (known["settings"]["rights"], known["settings"]["category"]) == ("link", "Harbour")
    assert f"The first of them, feed {press.url}/feed, is source 1 already; it would bring:" in said
    assert "is source 1 already, which is off; it would bring:" in stopped


def test_a_source_is_called_by_its_feed_s_title_once_that_is_known(site: Path) -> None:
    with Loopback(paper) as press:
        done(site, "source", "add", press.url + "/feed", "--no-page")
        before = done(site, "source", "list")[0]
        done(site, "pull")
        after = done(site, "source", "list")[0]
        table = wirepress(site, "source", "list").stdout
        done(site, "source", "set", "1", f"url={press.url}/other")
        moved = done(site, "source", "list")[0]
        done(site, "source", "set", "1", "name=Courier")
    assert (before["source"], before["name"]) == ("127.0.0.1", "")
    assert (after["source"], after["name"], after["url"]) == ("The Saltmarsh Courier", "", press.url + "/feed")
    assert "The Saltmarsh" in table, table
    assert moved["source"] == "127.0.0.1", "what another address called itself"
    assert done(site, "source", "list")[0]["source"] == "Courier"


def test_what_feeds_write_moves_no_terminal(site: Path) -> None:
    """XML holds no such character, JSON does."""
    feed = json.dumps({
        "version": "https://jsonfeed.org/version/1.1", "title": "Paper \x1b]0;mine\x07",
        "items": [{"id": "1", "url": "/1", "title": "News \x1b[2J", "content_text": "A word."}],
    })  # fmt: skip
    with Loopback(lambda *_: reply(200, feed.encode(), Content_Type="application/feed+json")) as press:
        done(site, "source", "add", press.url + "/feed", "--no-page", "--rights", "full")
        said = [wirepress(site, *words).stdout for words in (("pull",), ("source", "list"), ("entries", "--all"))]
        listed = wirepress(site, "post", "list").stdout
    assert "News" in listed
    assert "Paper" in said[1]
    assert [text for text in (*said, listed) if "\x1b" in text or "\x07" in text] == []
    refused = wirepress(site, "source", "show", "\x1b[2J")
    assert (refused.returncode, "\x1b" in refused.stderr) == (1, False)


def test_a_private_address_is_refused_with_the_setting_that_allows_it(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WIREPRESS_ALLOW_PRIVATE")
    for address in ("http://127.0.0.1:1/feed", "http://localhost:1/feed"):
        refused = wirepress(site, "source", "test", address)
        assert refused.returncode == 1
        assert "is not a public" in refused.stderr
        assert "the setting `allow_private` lets it be asked" in refused.stderr
    done(site, "source", "add", "http://127.0.0.1:1/feed")
    assert "allow_private" in json.loads(wirepress(site, "pull", "--json").stdout)[0]["result"]


def test_what_is_written_without_an_author_is_by_the_first_administrator(site: Path) -> None:
    done(site, "user", "create", "eva", "eva@news.example", "--role", "administrator")
    done(site, "user", "create", "ben", "ben@news.example", "--role", "author")
    made = wirepress(site, "post", "create", "--title", "Ours")
    assert "Post 1 created by ann (draft)" in made.stdout
    picture = str(next(PRESS.rglob("*.jpg")))
    numbers = [
        1,
        done(site, "post", "create", "--title", "Theirs", "--author", "ben")["id"],
        done(site, "post", "create", "--title", "Own", "--user", "eva")["id"],
        done(site, "media", "import", picture)[0]["id"],
        done(site, "media", "import", picture, "--user", "ben")[0]["id"],
    ]
    assert [done(site, "post", "get", str(number))["author"] for number in numbers] == [1, 3, 2, 1, 3]


def test_a_site_without_people_writes_all_the_same(tmp_path: Path) -> None:
    assert wirepress(tmp_path, "init").returncode == 0
    assert "Post 1 created (draft)" in wirepress(tmp_path, "post", "create", "--title", "Nobody's").stdout


def test_the_mail_of_a_new_password_says_who_wants_it(site: Path) -> None:
    done(site, "option", "set", "admin_email", "desk@news.example")
    done(site, "user", "create", "ben", "ben@news.example")
    (note,) = done(site, "user", "reset-password", "ben")["notes"]
    assert note.startswith("Mail to ben@news.example")
    assert "Somebody who runs this site asks you to choose a new password" in note
    assert "command line" not in note
    (note,) = done(site, "user", "reset-password", "ben", "--show")["notes"]
    assert note.startswith("Mail to ben@news.example"), "it is who has the account that has to know, not the keeper"
    assert "Your password on" in note
    assert "has chosen" not in note


def test_a_title_and_a_text_are_changed_at_once(site: Path, tmp_path: Path) -> None:
    text = tmp_path / "article.md"
    text.write_text("# Of the file\n\nThe text.\n")
    done(site, "post", "create", "--title", "Before")
    done(site, "post", "edit", "1", str(text), "--title", "Given")
    kept = done(site, "post", "get", "1")
    assert (kept["title"], "The text." in kept["content"], "Of the file" in kept["content"]) == ("Given", True, False)
    done(site, "post", "edit", "1", str(text))
    assert done(site, "post", "get", "1")["title"] == "Of the file"
