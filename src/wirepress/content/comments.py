"""Comments: browse, and who may read them."""

from __future__ import annotations

from collections.abc import Sequence

from wirepress.content.newsroom import View
from wirepress.content.viewer import Viewer
from wirepress.model.comment import Comment
from wirepress.model.query import CommentQuery, Found


def browse(view: View, viewer: Viewer, query: CommentQuery) -> Found:
    """What a query finds; `items` leaves out what the viewer may not read."""
    raise NotImplementedError


def items(view: View, viewer: Viewer, ids: Sequence[int]) -> list[Comment]:
    """The comments of these ids that the viewer may read, in order."""
    raise NotImplementedError


def get(view: View, comment_id: int) -> Comment | None:
    """A comment."""
    raise NotImplementedError


def readable(view: View, viewer: Viewer, comment: Comment, password: str | None = None) -> bool:
    """Whether a comment may be shown to a viewer."""
    raise NotImplementedError
