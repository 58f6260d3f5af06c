"""What posts and the editor show of other sites: wishes for it, and what came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class RemoteKind(StrEnum):
    """What is wanted of another site."""

    EMBED = "embed"
    FEED = "feed"
    PAGE = "page"
    """What a page says of itself, for the editor's preview of a link."""
    PINGBACK = "pingback"
    """Whether a page links to a post, as it says: `key` begins with the post's id."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Something of another site that a post, or the editor, wants to show.

    `key` names it among those of its kind; the largest `width` and `height` matter to embeds alone.
    """

    kind: RemoteKind
    key: str
    url: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of another site's feed, as far as a list of them shows it.  All of it is plain text."""

    title: str = ""
    link: str = ""
    author: str = ""
    excerpt: str = ""
    date: str = ""
    """When it was published: a UTC stamp, or nothing."""


def items_to_json(items: tuple[Item, ...]) -> list[dict[str, str]]:
    """Entries as a JSON value."""
    return [asdict(item) for item in items]


def items_from_json(value: Any) -> tuple[Item, ...]:
    """The entries of `items_to_json`'s value."""
    names = ("title", "link", "author", "excerpt", "date")
    rows = value if isinstance(value, list) else []
    return tuple(Item(**{n: str(row.get(n, "")) for n in names}) for row in rows if isinstance(row, Mapping))
