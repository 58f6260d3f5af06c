"""The recorded functions that need blocks or a whole post, with post 10 of the golden site as the current one.

The recording ran in one process, so its galleries and blocks are numbered on from pair to pair, the ones that are not
in a file included.  An answer with numbers is therefore compared with every number it shows in its place, and all
numbers of one counter as far apart as ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.golden.lookup import golden_lookup
from wirepress.model.rendering import Hole, Text
from wirepress.render.blocks import parse
from wirepress.render.blocks.render import render_blocks
from wirepress.render.chains import the_content, the_content_feed, the_excerpt
from wirepress.render.excerpts import text_blocks, trimmed_excerpt
from wirepress.render.post import scene_of
from wirepress.render.response_context import ResponseContext
from wirepress.render.scene import Scene

NOW = datetime(2025, 6, 15, 12, tzinfo=UTC)
CURRENT = 10


@dataclass(frozen=True, slots=True)
class Numbered:
    """A text that may show numbers of the answer it is part of."""

    text: Text

    def like(self, expected: object) -> str:
        """The text with the numbers that the expected one shows, if they can be right; else numbered from 1."""
        if isinstance(expected, str) and self._fits(expected):
            return expected
        return "".join(p if isinstance(p, str) else _shown(p, 0) for p in self.text.pieces)

    def _fits(self, expected: str) -> bool:
        holes = [p for p in self.text.pieces if isinstance(p, Hole)]
        match = re.fullmatch("".join(map(_pattern_of, self.text.pieces)), expected)
        if not match:
            return False
        starts: dict[str, set[int]] = {}
        for hole, shown in zip(holes, match.groups(), strict=True):
            number = int(shown.lstrip("-") or 1)
            starts.setdefault(hole.name, set()).add(number - hole.data[0])
        return all(len(found) == 1 and min(found) >= 1 for found in starts.values())


def _shown(hole: Hole, start: int) -> str:
    number = start + int(hole.data[0]) + 1
    if hole.data[1] != "-":
        return str(number)
    return f"-{number}" if number > 1 else ""


def _pattern_of(piece: Hole | str) -> str:
    if isinstance(piece, str):
        return re.escape(piece)
    return r"((?:-\d+)?)" if piece.data[1] == "-" else r"(\d+)"


def _numbered(render: Callable[[str, Scene], str]) -> Callable[[str], Numbered]:
    def answered(given: str) -> Numbered:
        lookup = golden_lookup()
        post = lookup.post(CURRENT)
        assert post is not None
        scene = scene_of(post, lookup, ResponseContext(NOW))
        return Numbered(scene.numbers.text(render(given, scene)))

    return answered


def _own_excerpt(given: str, scene: Scene) -> str:
    return trimmed_excerpt(given, scene.post.content if scene.post else "", scene)


def _content_excerpt(given: str, scene: Scene) -> str:
    return trimmed_excerpt("", given, scene)


CONTENTS: Mapping[str, Callable[[Any], object]] = {
    "the_content": _numbered(the_content),
    "the_content_feed": _numbered(the_content_feed),
    "the_excerpt": _numbered(lambda given, scene: the_excerpt(_own_excerpt(given, scene), scene)),
    "wp_trim_excerpt": _numbered(_own_excerpt),
    "wp_trim_excerpt_post_content": _numbered(_content_excerpt),
    "excerpt.rendered": _numbered(lambda given, scene: the_excerpt(_content_excerpt(given, scene), scene)),
    "excerpt_remove_blocks": _numbered(text_blocks),
    "do_blocks": _numbered(render_blocks),
    "has_blocks": parse.has_blocks,
    "parse_blocks": lambda given: [parse.as_json(block) for block in parse.parse(given)],
    "serialize_blocks": lambda given: parse.serialize(parse.parse(given)),
}
