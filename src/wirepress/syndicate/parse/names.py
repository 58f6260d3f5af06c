"""Names of authors as feeds and pages write them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wirepress.syndicate.parse.text import plain, squeeze

_LONGEST = 80
_MOST = 20
# Words before a name, with a colon or a space after.
_LEAD = re.compile(r"^(?:(?:written |posted )?by|von|por|par|text|autor(?:in)?|author)(?:\s*:\s*|\s+)", re.IGNORECASE)
_SPLIT = re.compile(r"\s*(?:[,;|]| and | und | & )\s*", re.IGNORECASE)
_MAIL = re.compile(r"^[^\s@]{1,64}@[^\s@]{1,255}$")
_MAIL_NAME = re.compile(r"^[^\s@()]{1,64}@[^\s()]{1,255}\s*\(([^()]{1,100})\)$")
_NAME_MAIL = re.compile(r"^([^<>]{1,100})<[^<>\s]{1,300}>$")
_NOBODY = frozenset((
    "admin", "administrator", "editor", "staff", "author", "unknown", "anonymous", "null", "none", "undefined", "n/a",
    "share", "facebook", "twitter", "twitter facebook",
))  # fmt: skip


def read_names(values: Iterable[str]) -> tuple[str, ...]:
    """Names of people or desks, each once, in order; mail addresses, links and placeholders are left out."""
    found: dict[str, str] = {}
    for value in values:
        for part in _SPLIT.split(_bare(plain(value))):
            name = squeeze(part).strip(" .,;:|-–—")
            if name and len(name) <= _LONGEST and not _is_no_name(name):
                found.setdefault(name.casefold(), name)
    return tuple(found.values())[:_MOST]


def _bare(text: str) -> str:
    text = text.strip()
    if match := _MAIL_NAME.match(text) or _NAME_MAIL.match(text):
        text = match[1]
    return _LEAD.sub("", text.strip(), count=1)


def _is_no_name(name: str) -> bool:
    folded = name.casefold()
    return bool(
        folded in _NOBODY
        or _MAIL.match(name)
        or folded.startswith(("http:", "https:", "www.", "@"))
        or not any(character.isalpha() for character in name)
    )
