"""Stories: articles of several sources that tell the same, and by what texts are known again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Duplicates(StrEnum):
    """What becomes of an article whose text another one has nearly word for word."""

    LINK = "link"
    """No second post: its source is named beside the first one's."""
    HOLD = "hold"
    """It waits for somebody's review, in the story of the first."""
    SEPARATE = "separate"
    """It is published as well; both are shown as one story."""


@dataclass(frozen=True, slots=True)
class TextPrint:
    """Numbers of the runs of words in a text (`syndicate.prints`): nobody can read the text from them."""

    lead: frozenset[int]
    """Those of its beginning ..."""
    rest: frozenset[int] = frozenset()
    """... and those of the rest that are not in it."""

    @property
    def numbers(self) -> frozenset[int]:
        return self.lead | self.rest


@dataclass(frozen=True, slots=True)
class KeptPrint:
    """The print of a text that came, or was written here."""

    id: int
    post: int
    source: int
    """0 for a text of our own."""
    print: TextPrint
    is_gone: bool = False
    """Whether its post was thrown away, deleted or taken down here."""


@dataclass(frozen=True, slots=True)
class StoryArticle:
    """An article of a story: a post, or one that was not taken since a post of the story has its text."""

    id: int
    story: int
    post: int = 0
    """0: there is no post of it here."""
    origin: int = 0
    """0: it was written here."""
    at: int = 0
    """When it joined, in seconds since 1970."""
    likeness: int = 0
    """How much of the shorter text is in the longer one, in percent; 0 where nobody compared them."""
    by_hand: bool = False
    """Whether somebody has put it there: no look at a source moves it any more."""
    source: int = 0
    source_name: str = ""
    title: str = ""
    url: str = ""
    """Where it is at its source; "" for what was written here."""
    status: str = ""
    """Of its post; "" where there is none."""
    publisher: str = ""
    came: datetime | None = None
    """When its source first named it, or when it was written here."""


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that belong together, the one that joined first before the others."""

    id: int
    at: int = 0
    """When it became one, in seconds since 1970 ..."""
    latest: int = 0
    """... and when an article joined last."""
    articles: Sequence[StoryArticle] = ()

    @property
    def title(self) -> str:
        return next((one.title for one in self.articles if one.title), "")

    @property
    def first(self) -> StoryArticle | None:
        """The article that stands for the story: the first that has a post."""
        return next((one for one in self.articles if one.post), None)


@dataclass(frozen=True, slots=True)
class StoryQuery:
    """A page of stories, those that an article joined last before the others."""

    page: int = 1
    per_page: int = 20
    source: int = 0
    """Only those with an article of this source; 0: all."""
    search: str = ""
    """A part of the title or address of one of its articles."""

    @property
    def offset(self) -> int | None:
        return None


@dataclass(frozen=True, slots=True)
class Like:
    """That an article is nearly word for word what is here already."""

    post: int = 0
    """The post that it is like; 0: none that stands."""
    share: int = 0
    """How much of the shorter text is in the longer one, in percent."""
    gone: int = 0
    """A post that it is like as well, and that was thrown away, deleted or taken down here."""
    by_hand: bool = False
    """Whether somebody has put it into the story of that post."""
