"""`search-replace`: counted first, whole rows, safe with what PHP has serialised."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.inside import wirepress
from wirepress.app.compose import open_newsroom
from wirepress.app.settings import load
from wirepress.content import options, replacing
from wirepress.content.comments import writing
from wirepress.content.comments.writing import CommentChanges
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.content.replacing import Replacing, replace_all
from wirepress.model.errors import Invalid
from wirepress.store import comments, posts

OLD, NEW = "http://old.example", "https://news.example"
SERIALISED = 'a:2:{s:3:"url";s:21:"http://old.example/é";s:1:"n";i:18;}'
BROKEN = 's:99:"http://old.example";'
ESCAPED = '[{"url":"http:\\/\\/old.example\\/a"}]'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    assert wirepress(folder, "init", "--home", OLD).returncode == 0
    newsroom = open_newsroom(load(folder, {}))
    with newsroom.write() as view:
        meta: dict[str, list[Any]] = {"plugin": [SERIALISED, BROKEN], "builder": [ESCAPED], "table": [{"a": [OLD, 1]}]}
        post = publishing.create(
            view, NEWSROOM, "post",
            Changes(title="Moved", content=f"<p>{OLD}/a and {OLD}/b</p>", status="publish", meta=meta),
        )  # fmt: skip
        said = CommentChanges(post=post.id, author_name="R", author_email="r@old.example", content=f"See {OLD}")
        writing.create(view, NEWSROOM, said, status="approve")
        options.set(view.unit, "plugin", {"deep": [SERIALISED]})
    newsroom.database.close()
    return folder


def run(site: Path, *words: str) -> Any:
    done = wirepress(site, "search-replace", *words, "--json")
    assert done.returncode == 0, done
    return {row["where"]: (row["rows"], row["times"], row["left"]) for row in json.loads(done.stdout)}


FOUND = {
    "posts.content": (1, 2, 0),
    "posts.meta": (3, 3, 1),
    "comments.content": (1, 1, 0),
    "options": (3, 3, 0),
}


def test_it_is_counted_and_then_done(site: Path) -> None:
    assert run(site, OLD, NEW, "--dry-run") == FOUND
    newsroom = open_newsroom(load(site, {}))
    with newsroom.view() as view:
        before = posts.get(view.unit, 1)
    assert before is not None
    assert OLD in before.content
    assert run(site, OLD, NEW, "--yes") == FOUND
    with newsroom.view() as view:
        post, comment = posts.get(view.unit, 1), comments.get(view.unit, 1)
        assert post is not None
        assert comment is not None
        assert post.content == f"<p>{NEW}/a and {NEW}/b</p>"
        assert post.meta["plugin"] == [SERIALISED.replace(f'21:"{OLD}', f'23:"{NEW}'), BROKEN]
        assert post.meta["builder"] == [ESCAPED.replace("http:\\/\\/old", "https:\\/\\/news")]
        assert post.meta["table"] == [{"a": [NEW, 1]}]
        assert (post.modified, post.guid, post.revisions) == (before.modified, before.guid, before.revisions)
        assert (comment.content, comment.author_email) == (f"See {NEW}", "r@old.example")
        assert view.site.home == NEW
        assert view.site.option("plugin")["deep"][0].startswith('a:2:{s:3:"url";s:23:"https')
        assert post.rendering is None or NEW in str(post.rendering.content)
    newsroom.database.close()
    assert run(site, OLD, NEW, "--yes") == {"posts.meta": (0, 0, 1)}


def test_only_where_it_is_wanted(site: Path) -> None:
    assert run(site, OLD, NEW, "--in", "comments", "--yes") == {"comments.content": (1, 1, 0)}
    assert set(run(site, OLD, NEW, "--dry-run")) == {"posts.content", "posts.meta", "options"}


def test_what_does_not_fit_is_left_and_counted_in_both_runs(site: Path) -> None:
    for words in (("--dry-run",), ("--yes",), ("--yes",)):
        assert run(site, "See", "x" * 70_000, "--in", "comments", *words) == {"comments.content": (0, 0, 1)}
    done = wirepress(site, "search-replace", "See", "x" * 70_000, "--dry-run")
    assert "comment 1" in done.stderr
    assert run(site, "See", "Look", "--dry-run") == {"comments.content": (1, 1, 0)}


def test_no_two_terms_get_one_name(site: Path) -> None:
    for name in ("Harbour", "Harbor", "Harbxr", "Port"):
        assert wirepress(site, "term", "create", "post_tag", name).returncode == 0
    for words in (("--dry-run",), ("--yes",), ("--yes",)):
        assert run(site, "Harbor", "harbour", "--in", "terms", *words) == {"terms.name": (0, 0, 1)}
    assert wirepress(site, "term", "create", "post_tag", "aaPort").returncode == 0
    assert run(site, "aa", "", "--in", "terms", "--dry-run") == {"terms.name": (0, 0, 1)}
    for name in ("zzPier", "Pizzer"):
        assert wirepress(site, "term", "create", "post_tag", name).returncode == 0
    for words in (("--dry-run",), ("--yes",)):
        assert run(site, "zz", "", "--in", "terms", *words) == {"terms.name": (1, 1, 1)}
    assert run(site, "Harbxr", "Quay", "--in", "terms", "--yes") == {"terms.name": (1, 1, 0)}


def test_what_others_change_meanwhile_is_kept(site: Path) -> None:
    newsroom = open_newsroom(load(site, {}))
    asked = Replacing("Moved", "Gone")
    planned = replacing._planned(newsroom, asked, "posts", [1])
    with newsroom.write() as view:
        publishing.update(view, NEWSROOM, 1, Changes(title="Moved again"))
    assert replacing._written(newsroom, asked, "posts", planned) == [1]
    replace_all(newsroom, asked, ("posts",), lambda *_: None, write=True)
    with newsroom.view() as view:
        post = posts.get(view.unit, 1)
    newsroom.database.close()
    assert post is not None
    assert post.title == "Gone again"


def test_nothing_is_nothing_to_look_for() -> None:
    with pytest.raises(Invalid):
        Replacing("", "x")


@pytest.mark.parametrize(
    ("old", "new", "text", "after"),
    [
        ("/foo", "/foo/x", r'{"u":"\/foo\/a"}', r'{"u":"\/foo\/x\/a"}'),
        ("/foo", "/foo/x", r"/foo/a \/foo\/a", r"/foo/x/a \/foo\/x\/a"),
        ("a/b", r"a\/b", r"a/b a\/b", r"a\/b a\\/b"),
        ("/", "//", r"/ \/", r"// \/\/"),
        ("a.b", "c", "axb a.b", "axb c"),
        ("a", r"\g<0>", "a", r"\g<0>"),
    ],
)
def test_what_was_replaced_is_not_replaced_again(old: str, new: str, text: str, after: str) -> None:
    asked = Replacing(old, new)
    assert asked.of("here", text) == after
    assert asked.found["here"].times == len(text.split()) - (old == "a.b")
