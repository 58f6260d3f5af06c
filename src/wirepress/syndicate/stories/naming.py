"""Naming in a post whoever else has told its story."""

from __future__ import annotations

from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.newsroom import View
from wirepress.content.posts import locks, originals, publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.story import StoryArticle
from wirepress.store import posts as post_store
from wirepress.store import sources
from wirepress.store import stories as store
from wirepress.syndicate.attribution import Further, with_attribution


def further_of(view: View, post: int) -> tuple[Further, ...]:
    """The further sources that a post names: those of its story whose articles were not taken, where the post is the
    one that stands for the story."""
    known = store.article_of(view.unit, post=post)
    return _further_of(post, store.articles_of(view.unit, [known.story])) if known is not None else ()


def _further_of(post: int, articles: list[StoryArticle]) -> tuple[Further, ...]:
    first = next((one.post for one in articles if one.post and one.status != "trash"), 0)
    if first != post:
        return ()
    return tuple(Further(one.publisher or one.source_name, one.url) for one in articles if not one.post)


def name_sources(view: View, story: int) -> None:
    """Has the posts of a story name what they are to name by now, and readers see what belongs to it.

    A text that somebody has changed here is left alone, and so is one that somebody has open.
    """
    articles = store.articles_of(view.unit, [story])
    posts = [one.post for one in articles if one.post]
    view.unit.touched("post", posts)
    view.unit.raise_epoch()
    origins = sources.origins_of_posts(view.unit, posts)
    for post in post_store.load(view.unit, list(origins)).values():
        origin = origins[post.id]
        content = with_attribution(post.content, origin, _further_of(post.id, articles))
        written = originals.as_printed_now(origin.facts.written, post)
        is_changed = written.get("content") != originals.prints(view, post)["content"]
        is_at_rest = post.status != "trash" and not locks.holder(view, NEWSROOM, post)
        if content == post.content or is_changed or not is_at_rest:
            continue
        after = publishing.update(view, NEWSROOM, post.id, Changes(content=content), revise=False)
        originals.note_written(view, origin, after, ("content",))
