"""Reading posts of every type: what there is, what a viewer may see of it, and it rendered."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import replace

from wirepress.content.identity.permissions import may, readable
from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import View
from wirepress.content.rendering import rendered
from wirepress.content.rows import MOST_ID
from wirepress.model.post import Post
from wirepress.model.query import Found, PostQuery, Visibility
from wirepress.store import posts as store


def browse(view: View, viewer: Viewer, query: PostQuery) -> Found:
    """What a query finds.

    WordPress counts every post of the statuses asked for and leaves out of a page those that the viewer may not
    read; `items` does that.  Whether they may ask for a status at all is `askable`.  A query that says of which
    statuses only the viewer's own are meant is taken by its word.
    """
    return view.lookup.rows.find(_seen(viewer, query))


def browse_each(view: View, viewer: Viewer, queries: Sequence[PostQuery]) -> list[Found]:
    """What several queries find, in one statement: whoever browses by one of them later in this view asks nothing.

    They ask for the first page, sorted by a date or a number, and look for no words (`store.posts.find_each`).
    """
    return view.lookup.rows.find_each([_seen(viewer, query) for query in queries])


def _seen(viewer: Viewer, query: PostQuery) -> PostQuery:
    if query.visibility.own_of:
        return query
    return replace(query, visibility=Visibility(all_of=query.statuses, own_of=(), viewer=viewer.id))


def items(view: View, viewer: Viewer, ids: Sequence[int]) -> list[Post]:
    """The posts of these ids that the viewer may read, in order, each with its rendering."""
    view.lookup.prefetch_posts(ids)
    posts = [post for post in map(view.lookup.post, ids) if post is not None]
    view.lookup.prefetch(posts)
    return [rendered(view, post) for post in posts if readable(view, viewer, post)]


def get(view: View, post_id: int, types: Sequence[str] = ()) -> Post | None:
    """A post with its rendering, None when there is none (of these types).  It does not ask who looks: `readable`
    and `unlocked` do."""
    post = store.get(view.unit, post_id) if post_id <= MOST_ID else None
    if post is None or (types and post.type not in types):
        return None
    return found(view, post)


def found(view: View, post: Post | None) -> Post | None:
    """What the store found, with its rendering."""
    if post is None:
        return None
    view.lookup.add_posts((post,))
    return rendered(view, post)


def beside(view: View, post: Post) -> tuple[int, int]:
    """The posts of its type and status just after and just before a post, by date and then by id; 0 for none."""
    return store.beside(view.unit, post)


def askable(view: View, viewer: Viewer, post_type: str, status: str) -> bool:
    """Whether a viewer may ask for posts of a status (sanitize_post_statuses)."""
    kind = view.site.type(post_type)
    if kind is None:
        return False
    if status == ("inherit" if post_type == "attachment" else "publish"):
        return True
    if may(view, viewer, kind.capabilities["edit_posts"]):
        return True
    return status == "private" and may(view, viewer, kind.capabilities["read_private_posts"])


def counts(view: View, viewer: Viewer, post_type: str) -> dict[str, int]:
    """How many posts of a type there are of each status that the viewer may list (wp_count_posts)."""
    numbers = {status: number for (kind, status), number in store.counts(view.unit).items() if kind == post_type}
    return {status: number for status, number in numbers.items() if askable(view, viewer, post_type, status)}


def unlocked(post: Post, password: str | None) -> bool:
    """Whether a post needs no password or this is it."""
    if not post.is_protected:
        return True
    return password is not None and hmac.compare_digest(post.password.encode(), password.encode())
