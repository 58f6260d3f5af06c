"""Names of authors as feeds and pages write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from wirepress.syndicate.parse.text import plain, squeeze

_LONGEST = 80
_MOST = 20
# Words before a name, with a colon or a space after.
_LEAD = re.compile(r"^(?:(?:written |posted )?by|von|por|par|text|autor(?:in)?|author)(?:\s*:\s*|\s+)", re.IGNORECASE)
_COMMAS = re.compile(r"\s*[,;|]\s*")
_AND = re.compile(r"\s+(?:and|und|et|&)\s+", re.IGNORECASE)
_MAIL = re.compile(r"^(?:mailto:)?[^\s@]{1,64}@[^\s@]{1,255}$", re.IGNORECASE)
_ADDRESS = r"(?:mailto:)?[^\s@()<>]{1,64}@[^\s@()<>]{1,255}"
# `sam@x.example (Sam Pell)`, `Sam Pell (sam@x.example)`, `Sam Pell <sam@x.example>`, `sam@x.example Sam Pell`.
_WITH_MAIL = (
    re.compile(rf"^<?{_ADDRESS}>?\s*\(([^()]{{1,200}})\)?$", re.IGNORECASE),
    re.compile(rf"^([^<>()]{{1,200}})[(<]\s*{_ADDRESS}\s*[)>]?$", re.IGNORECASE),
    re.compile(rf"^<?{_ADDRESS}>?[\s,:-]+([^<>()@]{{1,200}})$", re.IGNORECASE),
    re.compile(r"^([^<>]{1,200})<[^<>\s]{1,300}>$"),
)
HOUSE = re.compile(
    r"\b(?:desk|team|staff|news|newsroom|culture|group|ltd|llc|inc|co|gmbh|ag|agency|department|office|magazine|sons"
    r"|company|institute|university|ministry|partners|associates|brothers|bros|redaktion|press|media|reporters"
    r"|correspondents|editors|service|services|affairs|arts|sport|sports|business|politics|science|society|life|style"
    r"|research|studies|books|times|review|council|trust|foundation|centre|center|school|college|museum|library|collective|association|network|union|club|alliance|institut|verlag|zeitung)\.?$",
    re.IGNORECASE,
)
"""Words that end the name of a house or a desk, whose `and` is part of it."""
CREDENTIAL = re.compile(
    r"^(?:[A-Z][A-Z.-]{1,7}(?:\s?\d{1,3})?|Ph\.?\s?D\.?|M\.?\s?D\.?|Jr\.?|Sr\.?|I{2,3}|Esq\.?|M\.?Sc\.?)\*?$"
)
"""A degree or a rank that follows a name behind a comma."""
_NOBODY = frozenset((
    "admin", "administrator", "editor", "staff", "author", "unknown", "anonymous", "null", "none", "undefined", "n/a",
    "share", "facebook", "twitter", "twitter facebook",
))  # fmt: skip


def read_names(values: Iterable[str]) -> tuple[str, ...]:
    """Names of people or desks, each once, in order; mail addresses, links and placeholders are left out."""
    found: dict[str, str] = {}
    for value in values:
        for part in _parts(_bare(plain(value))):
            name = squeeze(part).strip(" .,;:|-–—")
            if name and len(name) <= _LONGEST and not _is_no_name(name):
                found.setdefault(name.casefold(), name)
    return tuple(found.values())[:_MOST]


def _parts(text: str) -> Iterator[str]:
    """The names in a line: at commas, and at an `and` that joins two people or ends a list of names."""
    lines = _COMMAS.split(text)
    for at, line in enumerate(lines):
        names = _AND.split(line)
        last = at == len(lines) - 1
        ends_a_list = len(lines) > 1 and last
        if len(names) > 1 and (ends_a_list or all(_is_full(name) for name in names)) and not HOUSE.search(line):
            yield from names
        else:
            yield re.sub(r"^(?:and|und|&)\s+", "", line, flags=re.IGNORECASE)


def _is_full(name: str) -> bool:
    """Whether a name has a first and a last part, as those of people have who are named in one line."""
    return " " in name.strip()


def _bare(text: str) -> str:
    text = text.strip()
    for pattern in _WITH_MAIL:
        if match := pattern.match(text):
            text = match[1]
            break
    return _LEAD.sub("", text.strip(), count=1)


def _is_no_name(name: str) -> bool:
    folded = name.casefold()
    return bool(
        folded in _NOBODY
        or _MAIL.match(name)
        or folded.startswith(("http:", "https:", "www.", "@"))
        or not any(character.isalpha() for character in name)
    )
