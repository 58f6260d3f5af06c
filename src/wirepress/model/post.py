"""Posts of every type: articles, pages, attachments, revisions, blocks, menus and navigation share one noun."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from wirepress.model.moment import ZERO, Stamp
from wirepress.model.rendering import Rendering

Meta = Mapping[str, Sequence[Any]]
"""Meta values by key, in the order they were added; PHP-serialised values are held decoded."""
ELSEWHERE: Mapping[str, bool] = {"elsewhere": True}
"""Marks a field of a noun that is no column of its table."""


@dataclass(frozen=True, slots=True)
class TermRef:
    """A term as a post holds it: enough for `categories`, `class_list` and permalinks."""

    taxonomy: str
    id: int
    slug: str
    name: str
    parent: int = 0


@dataclass(frozen=True, slots=True)
class RevisionHead:
    """A revision or an autosave without what was written."""

    id: int
    slug: str
    author: int
    modified_gmt: Stamp

    @property
    def is_autosave(self) -> bool:
        return "autosave" in self.slug


@dataclass(frozen=True, slots=True)
class Post:
    """One row of posts, a field a column, with what other tables keep of it marked ELSEWHERE.

    `terms` come sorted as WordPress lists them: by taxonomy, then by name as the site's text comparison has it.
    `thumbnail` is the id of the featured image, 0 when there is none or it is gone.  `revisions` and
    `last_revision` count and name the revisions, autosaves among them.  `version` grows with each change that an
    answer could show.
    """

    id: int
    type: str
    status: str
    _: KW_ONLY
    slug: str = ""
    title: str = ""
    content: str = ""
    excerpt: str = ""
    author: int = 0
    date: Stamp = ZERO
    date_gmt: Stamp = ZERO
    modified: Stamp = ZERO
    modified_gmt: Stamp = ZERO
    parent: int = 0
    menu_order: int = 0
    password: str = ""
    guid: str = ""
    mime_type: str = ""
    comment_status: str = "closed"
    ping_status: str = "closed"
    comment_count: int = 0
    to_ping: str = ""
    pinged: str = ""
    content_filtered: str = ""
    meta: Meta = field(default_factory=dict)
    terms: tuple[TermRef, ...] = field(default=(), metadata=ELSEWHERE)
    thumbnail: int = 0
    revisions: int = 0
    last_revision: int = 0
    version: int = 1
    rendering: Rendering | None = field(default=None, metadata=ELSEWHERE)

    @property
    def is_protected(self) -> bool:
        """Whether a password opens it.  `0` is empty in PHP, and so protects nothing (post_password_required)."""
        return self.password not in ("", "0")

    def first_meta(self, key: str, default: Any = "") -> Any:
        """The first value of a meta key, as WordPress's get_post_meta(..., single) gives it."""
        values = self.meta.get(key)
        return values[0] if values else default
