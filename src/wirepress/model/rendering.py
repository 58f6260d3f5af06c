"""Rendered text: pieces of HTML with holes for what only the answer knows, and what the rendering looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from wirepress.model.remote import Wish


class HoleKind(StrEnum):
    """What a hole waits for.

    Numbers (gallery, player, block ids) are counted through a whole answer, in the order of rendering, renderings
    that are thrown away included.  VIEWER and ADDRESS depend on who asks and where; an answer with one is never
    kept.  TIME depends on the clock: an answer with one has a deadline.  POSTS depends on other posts.
    """

    NUMBER = "number"
    VIEWER = "viewer"
    ADDRESS = "address"
    TIME = "time"
    POSTS = "posts"


@dataclass(frozen=True, slots=True)
class Hole:
    """A gap in rendered text.

    `name` says which filler fills it (the counter's name for NUMBER, `content` for a text that is rendered when it is
    answered); `data` is what the filler needs.  It is plain JSON, so that holes can be kept with a row.
    """

    kind: HoleKind
    name: str
    data: Any = None


Piece = str | Hole

PRIVATE = frozenset({HoleKind.VIEWER, HoleKind.ADDRESS, HoleKind.TIME})


@dataclass(frozen=True, slots=True)
class Text:
    """Rendered text in pieces; most texts are one piece without a hole.

    `takes` says how many numbers of each counter the rendering used up, shown or not.
    """

    pieces: tuple[Piece, ...] = ("",)
    takes: tuple[tuple[str, int], ...] = ()

    @property
    def solid(self) -> bool:
        """Whether there is no hole in it and it takes no number: the same bytes in every answer."""
        if len(self.pieces) == 1:  # nearly every text; each is asked with each answer
            return not self.takes and isinstance(self.pieces[0], str)
        return not self.takes and all(isinstance(p, str) for p in self.pieces)

    @property
    def private(self) -> bool:
        """Whether something in it is for this reader, this address or this moment only."""
        return any(not isinstance(p, str) and p.kind in PRIVATE for p in self.pieces)

    def __str__(self) -> str:
        """The text with its holes left empty."""
        if len(self.pieces) == 1 and isinstance(self.pieces[0], str):
            return self.pieces[0]
        return "".join(p for p in self.pieces if isinstance(p, str))


def solid(text: str) -> Text:
    """Text without holes."""
    return Text((text,))


@dataclass(frozen=True, slots=True)
class Used:
    """What a rendering looked at besides the post itself: when one of these changes, it is stale.

    `wishes` is what it wanted of other sites, known or not.
    """

    posts: frozenset[int] = frozenset()
    terms: frozenset[int] = frozenset()
    options: frozenset[str] = frozenset()
    wishes: frozenset[Wish] = frozenset()


@dataclass(frozen=True, slots=True)
class Rendering:
    """The rendered parts of a post as kept with it.

    `post_version` is the version of the post it was made from, `render_version` the version of the rendering code.
    `flaw` says why a text is shown as it was written: it takes more `work`, or is nested in more `depth`, or becomes
    longer (`size`) than a text may; "" where all is well.
    """

    title: Text
    content: Text
    excerpt: Text
    post_version: int = 0
    render_version: int = 0
    used: Used = field(default_factory=Used)
    flaw: str = ""


def pieces_to_json(text: Text) -> Any:
    """The text as a JSON value: its pieces (a string, or `[kind, name, data]` for a hole), in an object with the
    numbers that it takes if it takes any."""
    pieces = [p if isinstance(p, str) else [p.kind.value, p.name, p.data] for p in text.pieces]
    return {"pieces": pieces, "takes": dict(text.takes)} if text.takes else pieces


def pieces_from_json(value: Any) -> Text:
    """The text of `pieces_to_json`'s value."""
    plain = isinstance(value, list)
    pieces = value if plain else value["pieces"]
    return Text(
        tuple(p if isinstance(p, str) else Hole(HoleKind(p[0]), p[1], p[2]) for p in pieces),
        () if plain else tuple(value["takes"].items()),
    )
