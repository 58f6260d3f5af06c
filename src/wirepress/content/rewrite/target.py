"""What a reader's address asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Shows(StrEnum):
    """The kinds of pages that readers ask for."""

    FRONT = "front"
    POST = "post"
    PAGE = "page"
    TERM = "term"
    AUTHOR = "author"
    DATE = "date"
    TYPE = "type"
    SEARCH = "search"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Target:
    """What an address asks for.  `parts` are the values of the permalink's tags, or the words of the query.

    `feed` is "", `rss2`, `atom`, `rdf` or `json`; `comments`: the feed of comments.  `plain`: it came by query words
    (`?p=1`), which pretty permalinks redirect, but not where it is shown `here`, at any address.  `part` is the page of
    a post that is split by `<!--nextpage-->`, `comment_page` that of its comments, 0 for the one that is shown first.
    `rest` are the words of the query that say nothing of what is shown; a redirect hands them on.
    """

    shows: Shows
    parts: Mapping[str, str] = field(default_factory=dict)
    page: int = 1
    feed: str = ""
    comments: bool = False
    plain: bool = False
    embed: bool = False
    part: int = 0
    comment_page: int = 0
    trackback: bool = False
    here: bool = False
    rest: str = ""
