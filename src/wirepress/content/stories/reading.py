"""Stories that there are, who may see and change them, and what else readers may read of one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from wirepress.content.identity.permissions import may as may_do
from wirepress.content.identity.viewer import Viewer
from wirepress.content.stories.bands import bands_of
from wirepress.content.view import View
from wirepress.model.errors import Forbidden, NotFound
from wirepress.model.post import Post
from wirepress.model.story import Story, StoryArticle, StoryQuery
from wirepress.store import posts, prints
from wirepress.store import stories as store

CAPABILITY = "edit_others_posts"
"""What it takes to see stories, and to merge and split them: that of whoever may look at sources."""
SHARED = 2
"""Bands that texts must share at least to be alike: a single one is a phrase."""
MOST_OTHERS = 10
"""Other posts of a story that readers are shown with one."""


def may(view: View, viewer: Viewer) -> bool:
    """Whether a viewer may see stories, merge and split them."""
    return may_do(view, viewer, CAPABILITY)


def require(view: View, viewer: Viewer) -> None:
    """Raises Forbidden for whoever may not."""
    if not may(view, viewer):
        raise Forbidden("no_access", "You may not change stories.")


def browse(view: View, viewer: Viewer, query: StoryQuery) -> tuple[list[Story], int]:
    """A page of stories, and how many there are in all.  Raises Forbidden."""
    require(view, viewer)
    return store.find(view.unit, query)


def get(view: View, story_id: int) -> Story | None:
    """The story of this id."""
    return store.get(view.unit, story_id)


def existing(view: View, story_id: int) -> Story:
    """The story of this id.  Raises NotFound where there is none."""
    found = get(view, story_id)
    if found is None:
        raise NotFound("invalid_story", "There is no such story.")
    return found


def article(view: View, article_id: int) -> StoryArticle | None:
    """The article of this id, if it is in a story."""
    return store.article(view.unit, article_id)


def shared(view: View, viewer: Viewer, ids: Collection[int]) -> Mapping[int, tuple[int, int]]:
    """Of those of these posts whose story several sources tell, the story and how many do, by post.

    Nothing for whoever may not see stories.
    """
    return store.shared(view.unit, ids) if may(view, viewer) else {}


def of_posts(view: View, ids: Collection[int]) -> Mapping[int, int]:
    """The stories of those of these posts that are in one, by post."""
    return store.of_posts(view.unit, ids)


def alike_in_text(view: View, post: Post, limit: int) -> list[int]:
    """Published posts whose texts have passages in common with one, those that have most first; texts are known for as
    long as they are compared with others."""
    for kept in prints.of_post(view.unit, post.id):
        if bands := bands_of(kept.print):
            return prints.sharing(view.unit, bands, post.id, SHARED, limit)
    return []


def told_by(view: View, ids: Collection[int]) -> Mapping[int, Sequence[str]]:
    """Who else has told the stories of these posts, by post: publishers that readers may know of, each once."""
    return store.tellers(view.unit, ids)


def is_any(view: View) -> bool:
    """Whether there is a story."""
    return store.is_any(view.unit)


def others_of(view: View, post: Post) -> list[Post]:
    """The other published posts of the story of one, the newest first."""
    story = of_posts(view, [post.id]).get(post.id)
    if story is None:
        return []
    ids = [one.post for one in store.articles_of(view.unit, [story]) if one.status == "publish" and one.post != post.id]
    found = posts.load(view.unit, ids[-MOST_OTHERS:])
    return sorted(found.values(), key=lambda one: (one.date_gmt, one.id), reverse=True)
