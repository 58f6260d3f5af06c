"""What somebody meets in the first five minutes and on the second day."""

from __future__ import annotations

import json
import logging
import os
import pty
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from examples.wire.press import SITE as PRESS
from tests.cli.inside import wirepress
from tests.net.loopback import Loopback, reply
from wirepress.app import log
from wirepress.cli import output
from wirepress.model.characters import visible

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")

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
    assert (before["source"], before["name"]) == (press.url.removeprefix("http://") + "/feed", "")
    assert (after["source"], after["name"], after["url"]) == ("The Saltmarsh Courier", "", press.url + "/feed")
    assert "The Saltmarsh" in table, table
    assert moved["source"] == press.url.removeprefix("http://") + "/other", "what another address called itself"
    assert done(site, "source", "list")[0]["source"] == "Courier"


def test_what_feeds_write_moves_no_terminal(site: Path) -> None:
    """The controls above ASCII, of which terminals obey some (9B is ESC [), come into titles, the others do not."""
    feed = json.dumps({
        "version": "https://jsonfeed.org/version/1.1", "title": "Paper \x9d0;mine\x9c",
        "items": [{"id": "1", "url": "/1", "title": "News \x9b2J", "content_text": "A word."}],
    })  # fmt: skip
    with Loopback(lambda *_: reply(200, feed.encode(), Content_Type="application/feed+json")) as press:
        done(site, "source", "add", press.url + "/feed", "--no-page", "--rights", "full")
        words = ("pull", "source list", "entries --all", "source list --json", "post list --json", "audit export")
        said = [wirepress(site, *line.split()).stdout for line in words]
        listed = wirepress(site, "post", "list").stdout
    assert "News \ufffd2J" in listed
    assert "Paper \ufffd0;mine\ufffd" in said[1]
    assert json.loads(said[4])[0]["title"] == "News \x9b2J", "a program gets it as it is"
    assert [text for text in (*said, listed) if CONTROLS.search(text)] == []
    refused = wirepress(site, "source", "show", "\x1b[2J")
    assert (refused.returncode, "\x1b" in refused.stderr) == (1, False)


class Terminal(StringIO):
    """Where somebody types."""

    def isatty(self) -> bool:
        return True


def test_no_other_line_moves_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    """A question, a secret's name, a heading, a log."""
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    output.confirm("Delete \x9b2J\x1b[2J for good?", yes=False)
    output.tell_secret("Key \x9b2J", "key", "\x1b[2J")
    output.show([{"a": "1"}], ["a"], title="Story [b] \x9b2J")
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    log.configure()
    logging.getLogger("wirepress.test").warning("%s", "Paper \x9b2J")
    logged = terminal.getvalue()
    out = capsys.readouterr().out
    assert "Delete \ufffd2J\ufffd[2J for good?" in out
    assert "Key \ufffd2J: \ufffd[2J" in out
    assert "Story [b] \ufffd2J" in " ".join(out.split())
    assert "Paper \ufffd2J" in logged
    assert not CONTROLS.search(out + logged)


def test_a_bar_of_a_feed_s_title_moves_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Console(file=StringIO(), force_terminal=True, width=100)
    monkeypatch.setattr(output, "err", terminal)
    monkeypatch.setattr(output, "LATE", -1.0)
    with output.watched() as progress:
        progress("1 [b] \x9b2J", 0, None)
    shown = terminal.file.getvalue()  # type: ignore[attr-defined]
    assert "1 [b] \ufffd2J" in shown
    assert "\x9b" not in shown


def test_a_question_about_a_post_moves_no_terminal(site: Path) -> None:
    done(site, "post", "create", "--title", "\x1b[2JFloods \x9b2J")
    ours, theirs = pty.openpty()
    line = [sys.executable, "-m", "wirepress", "--site", str(site), "post", "delete", "1"]
    with subprocess.Popen(line, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as asked:
        os.write(ours, b"n\n")
        said, refused = (text.decode() for text in asked.communicate(timeout=120))
    os.close(ours)
    os.close(theirs)
    assert "Floods" in said
    assert not CONTROLS.search(said)
    assert "nothing was changed" in refused


def test_lines_of_a_browser_end_as_lines_do() -> None:
    assert visible("One.\r\n\r\nTwo.\rThree.\t\n") == "One.\n\nTwo.\ufffdThree.\t\n"


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
