"""An entry with what was found out about it: what `decide` looks at."""

from __future__ import annotations

from dataclasses import dataclass

from wirepress.model.page_kind import PageKind
from wirepress.model.wire import Article, Entry, Like, Page


@dataclass(frozen=True, slots=True)
class Examined:
    """An entry, and its page as far as that was asked for."""

    entry: Entry
    article: Article | None = None
    """What its page gave; None if it was not fetched or could not be read."""
    problem: str = ""
    """Why there is no article, in one line."""
    kind: PageKind = PageKind.ARTICLE
    """What stood under its address."""
    gone: bool = False
    """The server said that there is no such page any more."""
    like: Like | None = None
    """What has nearly the same text."""
    etag: str = ""
    last_modified: str = ""
    """How the server named the page (`OriginFacts`)."""

    @property
    def page(self) -> Page:
        """What its page says; nothing where there is no article."""
        return self.article.page if self.article else Page(self.entry.link)
