"""Commands that take several ids do all or none, and say which cannot be."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.inside import wirepress
from wirepress.app.compose import open_newsroom
from wirepress.app.settings import load
from wirepress.content.comments import writing
from wirepress.content.comments.writing import CommentChanges
from wirepress.content.identity.viewer import NEWSROOM


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with two drafts, a post in the trash, and a comment that waits."""
    folder = tmp_path_factory.mktemp("several") / "site"
    for words in (
        ("init", "--home", "https://news.example"),
        ("post", "create", "--title", "First"),
        ("post", "create", "--title", "Second"),
        ("post", "create", "--title", "Third"),
        ("post", "trash", "3"),
    ):
        assert wirepress(folder, *words).returncode == 0
    newsroom = open_newsroom(load(folder, {}))
    with newsroom.write() as view:
        said = CommentChanges(post=1, author_name="Reader", author_email="reader@example.com", content="A word")
        writing.create(view, NEWSROOM, said, status="hold")
    newsroom.database.close()
    return folder


@pytest.fixture
def site(master: Path, tmp_path: Path) -> Path:
    shutil.copytree(master, tmp_path / "site")
    return tmp_path / "site"


def statuses(site: Path) -> dict[int, str]:
    found = []
    for status in ("any", "trash"):
        found += json.loads(wirepress(site, "post", "list", "--status", status, "--json").stdout)
    return {row["id"]: row["status"] for row in found}


def failed(site: Path, *words: str) -> tuple[str, Any]:
    """The line and the JSON of a command that must fail."""
    done = wirepress(site, *words)
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    as_json = wirepress(site, *words, "--json")
    assert as_json.returncode == 1
    return line.removeprefix("wirepress: "), json.loads(as_json.stdout)["error"]


@pytest.mark.parametrize("words", [("publish",), ("trash",), ("delete", "--yes")])
def test_the_one_that_is_wrong_is_named_and_the_others_are_as_they_were(site: Path, words: tuple[str, ...]) -> None:
    line, error = failed(site, "post", words[0], "1", "9999", *words[1:])
    assert line == "post 9999: There is no such post; the other one is as it was"
    assert error["code"] == "invalid_post"
    assert error["data"]["failed"] == [{"id": 9999, "code": "invalid_post", "message": "There is no such post."}]
    assert statuses(site) == {1: "draft", 2: "draft", 3: "trash"}


def test_all_that_are_wrong_are_named(site: Path) -> None:
    line, error = failed(site, "post", "publish", "1", "3", "2", "77")
    assert line.startswith("post 3: it is in the trash; ")
    assert line.endswith("post 77: There is no such post; the others are as they were")
    assert error["code"] == "several_failures"
    assert [(one["id"], one["code"]) for one in error["data"]["failed"]] == [(3, "in_trash"), (77, "invalid_post")]
    assert statuses(site) == {1: "draft", 2: "draft", 3: "trash"}
    many = failed(site, "post", "publish", *map(str, range(100, 150)))[0]
    assert many.endswith("; and 40 more")


def test_what_is_named_twice_is_done_once(site: Path) -> None:
    done = json.loads(wirepress(site, "post", "publish", "2", "1", "2", "--json").stdout)
    assert done["ids"] == [2, 1]
    assert statuses(site) == {1: "publish", 2: "publish", 3: "trash"}


@pytest.mark.parametrize("words", [("approve",), ("spam",), ("trash",), ("delete", "--yes")])
def test_comments(site: Path, words: tuple[str, ...]) -> None:
    line, error = failed(site, "comment", words[0], "1", "8", "9", *words[1:])
    assert (
        line == "comment 8: there is no such comment; comment 9: there is no such comment; the other one is as it was"
    )
    assert error["code"] == "comment_invalid_id"
    kept = json.loads(wirepress(site, "comment", "list", "--json").stdout)
    assert [(one["id"], one["status"]) for one in kept] == [(1, "hold")]


def test_entries_and_stories(site: Path) -> None:
    assert (
        failed(site, "entry", "retry", "5", "6")[0]
        == "entry 5: There is no such entry; entry 6: There is no such entry"
    )
    assert failed(site, "story", "merge", "4", "--post", "1")[0].startswith("story 4: ")
    assert failed(site, "story", "merge", "--post", "1", "--post", "88")[0].startswith("post 88: ")
