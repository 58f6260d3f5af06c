"""How an article comes into a story: by its text, in the write that keeps it."""

from __future__ import annotations

from wirepress.content.newsroom import View
from wirepress.model.story import StoryArticle
from wirepress.model.wire import Like, Origin
from wirepress.store import posts as post_store
from wirepress.store import sources
from wirepress.store import stories as store
from wirepress.syndicate.stories.naming import name_sources


def join(view: View, origin: Origin, like: Like) -> int:
    """Has an article belong to the story of the post that it is like, and gives that; a story begins where there is
    none.

    An article that is in a story already stays there, but for one that only its text has put there and that has got a
    post of its own.
    """
    known = store.article_of(view.unit, origin=origin.id)
    if known is not None:
        if origin.post and not known.post:
            store.has_post(view.unit, known.id, origin.post)
        name_sources(view, known.story)
        return known.story
    story = story_of(view, like.post)
    store.put(view.unit, article_of(view, story, origin, like.share))
    name_sources(view, story)
    return story


def settle(view: View, origin: Origin) -> None:
    """What becomes of the place of an article that has a post now and is like no other one: somebody has put it there
    or it leaves, since its text has changed."""
    known = store.article_of(view.unit, origin=origin.id)
    if known is None:
        return
    if known.by_hand:
        store.has_post(view.unit, known.id, origin.post)
    else:
        store.leave(view.unit, known.id)
        store.end_empty(view.unit, known.story)
    name_sources(view, known.story)


def leave(view: View, origin: Origin) -> None:
    """Takes an article that has no post out of its story."""
    known = store.article_of(view.unit, origin=origin.id)
    if known is not None and not known.post:
        store.leave(view.unit, known.id)
        store.end_empty(view.unit, known.story)
        name_sources(view, known.story)


def come_back(view: View, post: int) -> None:
    """Has a post that was taken down, and is back, belong to its story as before."""
    store.note_gone(view.unit, post, gone=False)
    known = store.article_of(view.unit, post=post)
    if known is not None:
        name_sources(view, known.story)


def story_of(view: View, post_id: int, *, by_hand: bool = False) -> int:
    """The story that a post is in; a new one where it is in none."""
    known = store.article_of(view.unit, post=post_id)
    if known is not None:
        return known.story
    now = int(view.now().timestamp())
    story = store.add(view.unit, now)
    origin = sources.origins_of_posts(view.unit, [post_id]).get(post_id)
    post = post_store.get(view.unit, post_id)
    article = StoryArticle(
        0,
        story,
        post_id,
        origin.id if origin else 0,
        int(origin.first_seen.timestamp()) if origin else now,
        by_hand=by_hand,
        title=post.title if post else "",
        url=origin.url if origin else "",
    )
    store.put(view.unit, article)
    return story


def article_of(view: View, story: int, origin: Origin, share: int) -> StoryArticle:
    """An article as it joins a story now."""
    now = int(view.now().timestamp())
    return StoryArticle(0, story, origin.post, origin.id, now, share, title=origin.facts.title, url=origin.url)
