"""What people decide about stories: that articles belong together, or that one does not. for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import View
from wirepress.content.stories import reading
from wirepress.model.errors import Conflict, Invalid, NotFound
from wirepress.model.story import Story, StoryArticle
from wirepress.model.wire import OriginState
from wirepress.store import posts as post_store
from wirepress.store import sources
from wirepress.store import stories as store
from wirepress.syndicate.stories.joining import story_of
from wirepress.syndicate.stories.naming import name_sources

MOST: Final = 50
"""Stories and posts that are merged at once."""


def merge(view: View, viewer: Viewer, stories: Sequence[int], posts: Sequence[int] = ()) -> Story:
    """Makes one story of several, and of posts that are in none, the oldest going on; gives it.

    Raises Forbidden, Invalid for fewer than two or too many, NotFound for what is not there.
    """
    reading.require(view, viewer)
    if len(stories) + len(posts) > MOST:
        raise Invalid("too_many", "At most %(most)s are merged at once.", words={"most": MOST})
    wanted = {reading.existing(view, number).id for number in dict.fromkeys(stories)}
    wanted |= {story_of(view, _post(view, number), by_hand=True) for number in dict.fromkeys(posts)}
    if len(wanted) < 2:
        raise Invalid("too_few", "Choose two stories or more.")
    kept, *others = sorted(wanted)
    store.absorb(view.unit, kept, others)
    store.move(view.unit, [one.id for one in store.articles_of(view.unit, [kept])], kept)
    name_sources(view, kept)
    view.unit.note("story.merge", "story", kept, stories=others)
    return reading.existing(view, kept)


def _post(view: View, number: int) -> int:
    post = post_store.get(view.unit, number) if 0 < number < 2**63 else None
    if post is None or post.type != "post" or post.status in ("auto-draft", "trash"):
        raise NotFound("invalid_post", "There is no such post.")
    return post.id


def split(view: View, viewer: Viewer, article_id: int) -> Story:
    """Takes an article out of its story, into one of its own, and gives that.

    One that was not taken, since its text was here already, is taken with the next look at its source, where that still
    lists it.  Raises Forbidden, NotFound where it is in no story, Conflict where it is alone there.
    """
    reading.require(view, viewer)
    article = reading.article(view, article_id)
    if article is None:
        raise NotFound("invalid_article", "There is no such article in a story.")
    if len(store.articles_of(view.unit, [article.story])) < 2:
        raise Conflict("alone", "It is the only article of its story.")
    story = store.add(view.unit, int(view.now().timestamp()))
    store.move(view.unit, [article.id], story)
    if not article.post:
        _have_taken(view, article)
    name_sources(view, article.story)
    name_sources(view, story)
    view.unit.note("story.split", "story", article.story, story=story, post=article.post)
    return reading.existing(view, story)


def _have_taken(view: View, article: StoryArticle) -> None:
    """Has the next look at a source take an article that was left out."""
    origin = sources.origin(view.unit, article.origin)
    if origin is None or origin.state is not OriginState.SKIPPED:
        return
    facts = replace(origin.facts, entry_hash="", tries=0)
    sources.save_origin(view.unit, replace(origin, state=OriginState.WAITING, facts=facts))
    source = sources.get(view.unit, origin.source)
    if source is not None:
        sources.read_again(view.unit, source)
