"""What readers said of an article."""

from __future__ import annotations

from wirepress.content.newsroom import View
from wirepress.model.comment import Comment
from wirepress.model.post import Post
from wirepress.model.query import CommentQuery
from wirepress.render.blocks.shown import by_parent, counted
from wirepress.render.comments import comment_text
from wirepress.render.typography import signs_for
from wirepress.site.stories import Context, date_text, iso
from wirepress.store import comments as store
from wirepress.url.parse import is_address

MOST = 200
DEEPEST = 10


def discussion(view: View, post: Post) -> Context | None:
    """Approved comments in threads, oldest first; none of a protected post.  Writing one here is not built yet."""
    if post.is_protected or not post.comment_count:
        return None
    query = CommentQuery(posts=(post.id,), per_page=MOST, order="asc", types=(), types_not=("note",))
    found = store.find(view.unit, query)
    items = store.load(view.unit, found.ids)
    comments = [items[i] for i in found.ids if i in items]
    under = by_parent(comments)
    return {
        "open": False,
        "count_text": counted(len(comments), "comment", "comments"),
        "entries": [entry(view, comment, under, 1) for comment in under.get(0, [])],
        "action": "",
        "post": post.id,
        "must_log_in": None,
    }


def entry(view: View, comment: Comment, under: dict[int, list[Comment]], depth: int) -> Context:
    children = under.get(comment.id, []) if depth < DEEPEST else []
    linked = is_address(comment.author_url)
    return {
        "id": comment.id,
        "author": comment.author_name or "Anonymous",
        "url": comment.author_url if linked else None,
        "date_iso": iso(comment.date_gmt),
        "date_text": date_text(view, comment.date_gmt),
        "content_html": comment_text(comment.content, smiley_images=None, signs=signs_for(view.lookup)),
        "waiting": False,
        "reply": None,
        "children": [entry(view, child, under, depth + 1) for child in children],
    }
