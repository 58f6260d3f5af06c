"""Filling the holes of texts in the order of an answer.

An answer keeps one `Counters` and fills every text that it renders in WordPress's order (title, content, excerpt of
one item after the other, then the embedded ones).  A rendering that WordPress makes and throws away is filled and
thrown away too, for its effect on the counters (a `solid` text has none): with `context=edit` each post of the posts
controller is rendered twice, so its content and excerpt are filled once before they count.

Dynamic blocks are not filled one by one.  A content with a block that depends on other posts, the clock, the viewer or
the address is one hole for the whole content and rendered when it is answered: WordPress runs its text filters over
the blocks' output, so this is the only way to be always right, and a content without such blocks pays nothing.  The
hole's kind is the strongest there is: VIEWER, ADDRESS (never kept), TIME (a deadline), POSTS (good for one epoch).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wirepress.model.lookup import Lookup
from wirepress.model.post import Post
from wirepress.model.rendering import Hole, HoleKind, Text
from wirepress.render.blocks.parse import has_blocks
from wirepress.render.post import remade
from wirepress.render.response_context import Counters, ResponseContext


def fill(text: Text, counters: Counters, lookup: Lookup, answer: ResponseContext, post: Post | None = None) -> str:
    """The text with its holes filled; the counters move on.

    `post` is the post it belongs to, for contents that are rendered now; without it the post is looked up by the id
    that the hole names.
    """
    pieces: list[str] = []
    for piece in text.pieces:
        if isinstance(piece, str):
            pieces.append(piece)
        elif piece.kind is HoleKind.NUMBER:
            pieces.append(_number(piece, counters))
        else:
            now = remade(piece, lookup, answer, post)
            pieces.extend(p if isinstance(p, str) else _number(p, counters) for p in now.pieces)
            counters.advance(now)
    counters.advance(text)
    return "".join(pieces)


def fill_content(post: Post, text: Text, counters: Counters, lookup: Lookup, answer: ResponseContext) -> str:
    """A post's content with its holes filled; blocks in it change how later contents of the answer come out."""
    html = fill(text, counters, lookup, answer, post)
    counters.after_blocks = counters.after_blocks or has_blocks(post.content)
    return html


def _number(hole: Hole, counters: Counters) -> str:
    if hole.name == "autop":
        before, after = hole.data
        chosen = after if counters.after_blocks else before
        return "".join(p if isinstance(p, str) else _number(_hole(p), counters) for p in chosen)
    place, sign = hole.data
    number = counters.taken.get(hole.name, 0) + int(place) + 1
    if sign == "-":
        return f"-{number}" if number > 1 else ""
    return str(number)


def _hole(value: Sequence[Any]) -> Hole:
    return Hole(HoleKind(value[0]), value[1], value[2])
