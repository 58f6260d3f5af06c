"""What the texts of posts say, read in a process of its own: they are as hostile as whoever wrote them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from wirepress.model.story import TextPrint
from wirepress.syndicate.adoption.lines import Attribution, Line, attribution_in, lines_of
from wirepress.syndicate.digests import content_hash
from wirepress.syndicate.parse.text import plain
from wirepress.syndicate.passages import words_of
from wirepress.syndicate.prints import print_of
from wirepress.syndicate.unreadable import Unreadable

LONGEST: Final = 2_000_000
"""Characters beyond which a text is not looked at."""
_WHOLE_WORDS: Final = 100
"""Words from which on a text passes for the whole article."""
_CUT: Final = re.compile(r"(?:…|\.\.\.|\[\.\.\.\]|\[…\])\W*$")


@dataclass(frozen=True, slots=True)
class Asked:
    """A post whose text is to be read."""

    title: str
    markup: str
    own: tuple[str, ...]
    """The hosts of the site that it stands on."""
    wants_line: bool
    """Whether its text has to say where it comes from."""
    wants_print: bool = True


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says."""

    title: str
    """Plain."""
    is_whole: bool = False
    """Whether it is a whole article, not the beginning of one."""
    attribution: Attribution | None = None
    digest: str = ""
    """Of the text without the line that names its origin (`content_hash`)."""
    print: TextPrint | None = None


def read_texts(asked: Sequence[Asked]) -> list[Said]:
    """What texts say, each by itself: of one that cannot be read, its title."""
    return [_said(one) for one in asked]


def _said(one: Asked) -> Said:
    title = plain(one.title[:10_000])
    try:
        lines = lines_of(one.markup)
    except Unreadable:
        return Said(title)
    found = attribution_in(lines, one.own)
    if found is None and one.wants_line:
        return Said(title)
    own = " ".join(line.text for at, line in enumerate(lines) if found is None or at != found.at)
    made = print_of(own, title) if one.wants_print else None
    return Said(title, _is_whole(own, lines), found, content_hash(own), made)


def _is_whole(text: str, lines: Sequence[Line]) -> bool:
    return len(words_of(text)) >= _WHOLE_WORDS and not any(_CUT.search(line.text[-40:]) for line in lines[-2:])
