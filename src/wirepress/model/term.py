"""Terms: categories, tags, formats, menus and whatever else sorts posts."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, field

from wirepress.model.post import Meta


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a taxonomy.  `taxonomy_id` is WordPress's term_taxonomy_id; `group` its rarely used term_group."""

    id: int
    taxonomy: str
    name: str
    slug: str
    _: KW_ONLY
    description: str = ""
    parent: int = 0
    count: int = 0
    taxonomy_id: int = 0
    group: int = 0
    meta: Meta = field(default_factory=dict)
    version: int = 1
