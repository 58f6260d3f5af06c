"""Renderings that take long: made while others may write, never served before they hold, and bounded."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

from wirepress.content.identity.viewer import ANONYMOUS, NEWSROOM
from wirepress.content.lookup import SiteLookup
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.posts import publishing, reading
from wirepress.content.posts.changes import Changes
from wirepress.content.posts.cleaning import clean_ahead, clean_texts, cleaning_of
from wirepress.content.rendering import keep_apart, made_apart
from wirepress.model.post import Post
from wirepress.render.blocks.registry import DYNAMIC
from wirepress.render.budget import Budget, OverBudget
from wirepress.render.chains import the_content
from wirepress.render.post import scene_of
from wirepress.render.response_context import ResponseContext
from wirepress.store import posts as store

PARAGRAPH = "<!-- wp:paragraph --><p>Words of the day.</p><!-- /wp:paragraph -->\n"
LONG = PARAGRAPH * 2_000
OPEN = "<!-- wp:group -->"


def written(view: View, content: str, kind: str = "post") -> Post:
    return publishing.create(view, NEWSROOM, kind, Changes(title="T", content=content, status="publish"))


def kept(newsroom: Newsroom, post: Post) -> Post:
    with newsroom.view() as view:
        found = store.get(view.unit, post.id)
    assert found is not None
    return found


def test_a_long_rendering_is_made_after_the_commit(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        post = written(view, LONG)
        assert post.rendering is None
        assert store.get(view.unit, post.id) is not None
    found = kept(newsroom, post)
    assert found.rendering is not None
    assert found.rendering.post_version == found.version
    assert str(found.rendering.content).count("Words of the day.</p>") == 2_000


def test_a_short_one_is_made_with_the_write(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        post = written(view, PARAGRAPH)
        assert post.rendering is not None
        row = store.get(view.unit, post.id)
        assert row is not None
        assert row.rendering == post.rendering


def test_a_write_that_fails_renders_nothing(newsroom: Newsroom) -> None:
    before = newsroom.database.statements
    try:
        with newsroom.write() as view:
            post = written(view, LONG)
            raise KeyError
    except KeyError:
        pass
    assert newsroom.database.statements > before
    with newsroom.view() as view:
        assert store.get(view.unit, post.id) is None


def test_what_a_change_spoils_holds_again_when_it_is_done(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        block = written(view, "one", "wp_block")
    users = []
    for _ in range(5):
        with newsroom.write() as view:
            users.append(written(view, f'<!-- wp:block {{"ref":{block.id}}} /-->{LONG}'))
    with newsroom.write() as view:
        publishing.update(view, NEWSROOM, block.id, Changes(content="two"))
    for user in users:
        found = kept(newsroom, user)
        assert found.rendering is not None
        assert "two" in str(found.rendering.content)[:100]


def test_a_rendering_made_apart_is_kept_only_while_it_holds(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        block = written(view, "one", "wp_block")
    with newsroom.write() as view:
        post = written(view, f'<!-- wp:block {{"ref":{block.id}}} /-->')
    with newsroom.database.write() as unit:
        store.postpone_rendering(unit, post.id)
        unit.spoiled.clear()
    with newsroom.view() as view:
        made = made_apart(view, (post.id,))
    assert list(made.renderings) == [post.id]
    with newsroom.write() as view:
        publishing.update(view, NEWSROOM, block.id, Changes(content="two"))
    with newsroom.database.write() as unit:
        assert not keep_apart(unit, made)
    with newsroom.view() as view:
        shown = reading.get(view, post.id)
        assert shown is not None
        assert shown.rendering is not None
        assert "two" in str(shown.rendering.content)
        made = made_apart(view, (post.id,))
    with newsroom.database.write() as unit:
        assert keep_apart(unit, made)
    assert kept(newsroom, post).rendering is not None


def test_what_takes_too_much_is_shown_as_it_was_written(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        post = written(view, f"{OPEN * 3_000}<b>x</b>")
    found = kept(newsroom, post)
    assert found.content == f"{OPEN * 3_000}<b>x</b>"
    assert found.rendering is not None
    assert found.rendering.flaw in {"work", "size"}
    shown = str(found.rendering.content)
    assert shown.startswith("<pre>&lt;!-- wp:group --&gt;")
    assert shown.endswith("&lt;b&gt;x&lt;/b&gt;</pre>")
    assert "<b>" not in str(found.rendering.excerpt)


class Counted(SiteLookup):
    """A lookup that counts the lists it is asked for."""

    asked = 0

    def __getattribute__(self, name: str) -> Any:
        if name in {"posts", "terms", "comments", "months", "count"}:
            self.asked += 1
        return super().__getattribute__(name)


def test_no_block_asks_the_site_again_and_again_for_nothing(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        post = written(view, "x")
    asked = {}
    with newsroom.view() as view:
        answer = ResponseContext(view.now(), None, "/")
        for name in DYNAMIC:
            lookup = Counted(view.site, view.lookup.rows)
            scene = replace(scene_of(post, lookup, answer), budget=Budget(500_000))
            with suppress(OverBudget):
                the_content(f"<!-- wp:{name.removeprefix('core/')} /-->" * 200, scene)
            asked[name] = lookup.asked
    assert asked["core/latest-posts"]
    assert {name: number for name, number in asked.items() if number > 51} == {}


def test_counting_the_words_of_a_long_text_is_work(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        post = written(view, "<!-- wp:post-time-to-read /-->" * 5_000)
    found = kept(newsroom, post).rendering
    assert found is not None
    assert found.flaw == "work"


def test_texts_that_are_nested_through_each_other_end(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        inner = written(view, PARAGRAPH * 100, "wp_block")
        for _ in range(6):
            inner = written(view, f'<!-- wp:block {{"ref":{inner.id}}} /-->' * 12, "wp_block")
        post = written(view, f'<!-- wp:block {{"ref":{inner.id}}} /-->')
    found = kept(newsroom, post).rendering
    assert found is not None
    assert found.flaw == "work"


def test_texts_cleaned_ahead_are_those_cleaned_in_the_write(newsroom: Newsroom) -> None:
    texts = {"title": "<b>T</b>" * 1_000, "content": "<script>x</script><p onclick=y>z</p>" * 500, "excerpt": "<p>e"}
    for viewer in (NEWSROOM, ANONYMOUS):
        with newsroom.view() as view:
            cleaning = cleaning_of(view, viewer)
            ahead = clean_ahead(view, viewer, texts)
        assert set(ahead.texts) == {("title", texts["title"]), ("content", texts["content"])}
        assert clean_texts(cleaning, texts, ahead) == clean_texts(cleaning, texts)
    with newsroom.view() as view:
        other = clean_ahead(view, NEWSROOM, texts)
    assert "script" not in clean_texts(cleaning, texts, other)["content"].replace("x", "")[:8]
