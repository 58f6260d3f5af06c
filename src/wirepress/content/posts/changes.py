"""What a write gives to a post."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wirepress.content.posts.cleaning import Cleaned
from wirepress.model.moment import Stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a write gives to a post; None leaves a field as it is (or at its default, in a new post).

    Texts are raw.  `date` is local; `date_gmt` beside it says which of two hours it is when clocks are put back.  ZERO
    makes a draft's date float again.  `terms` are term ids by taxonomy and replace those that the post wears; `meta`
    replaces the values of the keys it names, an empty sequence removes a key.  `thumbnail` 0 takes the featured image
    away, `format` "standard" or "" the format.  `columns` are plain columns of the post that no rule here looks at, by
    the names of `Post`, kept as they are given.  `ahead` holds what was cleaned of the texts before the write began.
    `texts_stand`: the texts that are not given stay as they are, whatever markup the writer may write (where WordPress
    changes a post past wp_update_post).
    """

    title: str | None = None
    content: str | None = None
    excerpt: str | None = None
    status: str | None = None
    slug: str | None = None
    author: int | None = None
    date: Stamp | None = None
    date_gmt: Stamp | None = None
    parent: int | None = None
    menu_order: int | None = None
    password: str | None = None
    comment_status: str | None = None
    ping_status: str | None = None
    mime_type: str | None = None
    guid: str | None = None
    terms: Mapping[str, Sequence[int]] | None = None
    meta: Mapping[str, Sequence[Any]] | None = None
    thumbnail: int | None = None
    format: str | None = None
    template: str | None = None
    sticky: bool | None = None
    columns: Mapping[str, str | int] = field(default_factory=dict)
    ahead: Cleaned | None = None
    texts_stand: bool = False
