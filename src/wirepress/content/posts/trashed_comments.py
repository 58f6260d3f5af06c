"""The comments of posts in the trash: out of sight with them, and back with them by whatever way they come back."""

from __future__ import annotations

from wirepress.content.newsroom import View
from wirepress.model.post import Post
from wirepress.model.query import CommentQuery
from wirepress.store import comments

META = "_wp_trash_meta_comments_status"
"""Where a post in the trash keeps what its comments were."""
_MOST = 100_000


def put_aside(view: View, post_id: int) -> dict[str, str]:
    """Takes the comments of a post out of sight; what they were (wp_trash_post_comments)."""
    query = CommentQuery(posts=(post_id,), approved=None, types=(), per_page=_MOST, orderby="id", order="asc")
    statuses: dict[str, str] = {}
    for comment_id in comments.find(view.unit, query).ids:
        comment = comments.get(view.unit, comment_id)
        if comment is not None:
            statuses[str(comment.id)] = comment.approved
            comments.update(view.unit, comment.id, approved="post-trashed")
    return statuses


def bring_back(view: View, post: Post) -> None:
    """Makes the comments of a post what they were before it went to the trash (wp_untrash_post_comments)."""
    for comment_id, approved in dict(post.first_meta(META, {})).items():
        if comments.get(view.unit, int(comment_id)) is not None:
            comments.update(view.unit, int(comment_id), approved=str(approved))
