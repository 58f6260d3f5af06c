"""What to look for: plain data that a wire fills and the store answers.

None or an empty tuple means "no limit by this"; an empty tuple where `only_*` is named says so at the field.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from wirepress.model.moment import Stamp

Order = Literal["asc", "desc"]


@dataclass(frozen=True, slots=True)
class TermFilter:
    """Posts that have terms of a taxonomy (by term id).  `negate`: none of them; `every`: all of them."""

    taxonomy: str
    terms: tuple[int, ...]
    negate: bool = False
    every: bool = False
    children: bool = False


@dataclass(frozen=True, slots=True)
class Visibility:
    """Which rows of each status may be shown to a viewer.

    A post is visible when its status is in `all_of`, or in `own_of` and its author is `viewer`.
    """

    all_of: tuple[str, ...] = ("publish",)
    own_of: tuple[str, ...] = ()
    viewer: int = 0


@dataclass(frozen=True, slots=True)
class PostQuery:
    """A page of posts.

    `statuses` are those asked for, `visibility` what the viewer may see of them.  `orderby` is one of date,
    modified, id, title, slug, author, parent, menu_order, relevance, include, include_slugs, comment_count, type.
    Dates compare with the local `date` (`modified_*` with the local `modified`).  `sticky`: the ids that are sticky
    and whether they are wanted (`True`), shut out (`False`); `sticky_first` puts them before page one.
    `first_key`: `id` as the last key keeps the order stable in the same direction as the first.  `sources`: only what
    came from one of these sources; `original_changed`: only that of which a change of the original is offered.
    """

    types: tuple[str, ...] = ("post",)
    statuses: tuple[str, ...] = ("publish",)
    visibility: Visibility = field(default_factory=Visibility)
    page: int = 1
    per_page: int = 10
    offset: int | None = None
    orderby: str = "date"
    order: Order = "desc"
    search: str = ""
    search_columns: tuple[str, ...] = ()
    search_exact: bool = False
    authors: tuple[int, ...] = ()
    authors_not: tuple[int, ...] = ()
    include: tuple[int, ...] = ()
    exclude: tuple[int, ...] = ()
    slugs: tuple[str, ...] = ()
    parents: tuple[int, ...] | None = None
    parents_not: tuple[int, ...] = ()
    menu_order: int | None = None
    after: Stamp | None = None
    before: Stamp | None = None
    modified_after: Stamp | None = None
    modified_before: Stamp | None = None
    terms: tuple[TermFilter, ...] = ()
    terms_relation: Literal["AND", "OR"] = "AND"
    sticky: bool | None = None
    sticky_ids: tuple[int, ...] = ()
    sticky_first: bool = False
    mime_types: tuple[str, ...] = ()
    mime_classes: tuple[str, ...] = ()
    guid: str | None = None
    sources: tuple[int, ...] = ()
    original_changed: bool = False
    with_total: bool = True


@dataclass(frozen=True, slots=True)
class TermQuery:
    """A page of terms.  `orderby`: id, include, name, slug, include_slugs, term_group, description, count."""

    taxonomies: tuple[str, ...] = ("category",)
    page: int = 1
    per_page: int = 10
    offset: int | None = None
    orderby: str = "name"
    order: Order = "asc"
    search: str = ""
    include: tuple[int, ...] = ()
    exclude: tuple[int, ...] = ()
    slugs: tuple[str, ...] = ()
    hide_empty: bool = False
    parent: int | None = None
    post: int | None = None


@dataclass(frozen=True, slots=True)
class UserQuery:
    """A page of users.  `published_types`: only those with a published post of one of these types.  `capabilities`:
    only those who hold all of these, each with the roles that hold it.  `without_roles`: only those who hold none of
    these.  `ranks` are the roles in the order in which `orderby` "role" puts their users."""

    page: int = 1
    per_page: int = 10
    offset: int | None = None
    orderby: str = "name"
    order: Order = "asc"
    search: str = ""
    search_columns: tuple[str, ...] = ()
    include: tuple[int, ...] = ()
    exclude: tuple[int, ...] = ()
    slugs: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    without_roles: tuple[str, ...] = ()
    ranks: tuple[str, ...] = ()
    capabilities: tuple[tuple[str, ...], ...] = ()
    published_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommentQuery:
    """A page of comments.  `search_open`: a search looks only in what everybody is shown of a comment.  `concerning`:
    only what a user wrote, or what was said under their posts."""

    page: int = 1
    per_page: int = 10
    offset: int | None = None
    orderby: str = "date_gmt"
    order: Order = "desc"
    search: str = ""
    search_open: bool = False
    after: Stamp | None = None
    before: Stamp | None = None
    authors: tuple[int, ...] = ()
    authors_not: tuple[int, ...] = ()
    author_email: str | None = None
    include: tuple[int, ...] = ()
    exclude: tuple[int, ...] = ()
    parents: tuple[int, ...] = ()
    parents_not: tuple[int, ...] = ()
    posts: tuple[int, ...] = ()
    approved: tuple[str, ...] | None = ("1",)
    types: tuple[str, ...] = ("comment",)
    types_not: tuple[str, ...] = ()
    concerning: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found: ids with the versions of their rows, in order, and how many there are in all."""

    rows: tuple[tuple[int, int], ...]
    total: int

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(row[0] for row in self.rows)
