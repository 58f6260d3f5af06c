"""Comments, pingbacks and notes."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, field

from wirepress.model.moment import ZERO, Stamp
from wirepress.model.post import Meta


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment.  `approved` is WordPress's comment_approved: `1`, `0`, `spam`, `trash` or `post-trashed`."""

    id: int
    post: int
    _: KW_ONLY
    author_name: str = ""
    author_email: str = ""
    author_url: str = ""
    author_ip: str = ""
    date: Stamp = ZERO
    date_gmt: Stamp = ZERO
    content: str = ""
    karma: int = 0
    approved: str = "1"
    agent: str = ""
    type: str = "comment"
    parent: int = 0
    user: int = 0
    meta: Meta = field(default_factory=dict)
    version: int = 1
