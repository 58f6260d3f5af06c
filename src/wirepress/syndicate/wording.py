"""What the text of a passage looks like by itself, in numbers (`features`)."""

from __future__ import annotations

import re
from typing import Final

from wirepress.syndicate.passages import Passage

_TAGS: Final = {"p": 1, "li": 2, "h1": 3, "h2": 4, "h3": 5, "h4": 6, "h5": 6, "h6": 6, "td": 7, "th": 7, "caption": 7,
                "figcaption": 8, "figure": 8, "blockquote": 9, "pre": 10, "dd": 11, "dt": 11, "div": 12, "section": 12,
                "article": 12, "header": 13, "footer": 14, "aside": 14, "nav": 14, "address": 14}  # fmt: skip
_DIGIT: Final = re.compile(r"\d")
_END: Final = re.compile(r"[.!?…。！？]['\"”’»)\]]*$")
_STOP: Final = frozenset(
    re.findall(
        r"\w+",
        "the a an of to in and that is was for it with as his her on be at by i he she we they you have had not "
        "this but are or from which their been who has were will der die das und ist von zu den mit des im ein "
        "eine nicht sich auf für dem als auch es er sie le la les de et en un une du que dans il est pour qui au "
        "sur par el los del y se las con no una su lo di che è per non gli o os da em um uma é não het een van "
        "dat op te zijn och att som på är av för ",
    )
)
# All of these are looked for in lower case: to ignore case while searching takes several times as long.
_COPYRIGHT: Final = re.compile(
    r"©|\(c\)|copyright|all rights reserved|alle rechte|tous droits|todos los derechos|direitos"
    r"|may not be (?:published|reproduced)|terms of (?:use|service)|privacy policy"
)
_INVITES: Final = re.compile(
    r"\b(?:sign up|subscribe|newsletter|follow us|click here|read more|read also|also read|related"
    r"|see also|download|join us|join our|register|log ?in|share this|contact us|get in touch|learn more|leave a"
    r"|comments?\b|abonn|anmelden|mehr zum thema|lesen sie|lire aussi|leia (?:também|mais)|lee también|leggi anche"
    r"|book a|free trial|shop now|buy now|view (?:more|all)|advertis|sponsor|affiliate|commission|cookie)"
)
_BYLINE: Final = re.compile(
    r"(?:by|von|por|par|written by|posted|published|updated|last updated|photo|foto|image|source|credit"
    r"|via|tags?|filed under|topics?|categor|reviewed by|veröffentlicht|stand|reporting by|editing by|about the"
    r"|minutes? read)\b"
)
_MINUTES: Final = re.compile(r"\bmin(?:ute)?s? read\b")
_DATE: Final = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}:\d\d\b")
_CONTACT: Final = re.compile(r"@\w|https?://|www\.|\+?\d[\d ()-]{8,}\d")
_LONGEST: Final = 400
"""Characters from the beginning of a passage that are looked at for words."""

WORDING: Final = (
    "tag", "words", "linked", "ends", "commas", "stops", "capitals", "digits", "quotes", "depth", "index", "left",
    "repeats", "headed", "lines", "says copyright", "says invites", "says byline", "says date", "says contact",
)  # fmt: skip
"""The names of the numbers, some of which say where a passage is."""


def is_byline(text: str) -> bool:
    """Whether a line tells who wrote something, or when."""
    head = text[:_LONGEST].lower()
    return _says_byline(head) or _says_date(head)


def wording(passage: Passage, depth: int, index: float, left: int, repeats: int) -> list[float]:
    """The numbers of a passage, in the order of `WORDING`.

    `depth` is that of its element, `index` its place as a share of the page, `left` how many passages follow, `repeats`
    how often the page says the same.
    """
    text, words = passage.text, passage.words
    count = len(words)
    first = words[:60]
    head = text[:_LONGEST]
    bare = head.split()
    low = head.lower()
    digits = len(_DIGIT.findall(head))
    return [
        float(_TAGS.get(str(passage.element.tag), 0)),
        float(count),
        passage.linked / count,
        float(bool(_END.search(text[-12:]))),
        min(9.0, float(text.count(",") + text.count("，") + text.count("、"))),
        sum(map(_STOP.__contains__, first)) / len(first),
        sum([word[0].isupper() for word in bare]) / max(1, len(bare)),
        digits / max(1, len(head)),
        float(text[:1] in "\"“„«‘'»"),
        float(depth),
        index,
        float(min(30, left)),
        float(min(5, repeats)),
        float(text.endswith(":")),
        float(min(9, text.count("\n"))),
        float(_COPYRIGHT.search(low) is not None),
        float(_INVITES.search(low) is not None),
        float(_says_byline(low)),
        float(digits > 2 and _says_date(low)),
        float(_says_contact(low, digits)),
    ]


def _says_byline(low: str) -> bool:
    return _BYLINE.match(low) is not None or (" read" in low and _MINUTES.search(low) is not None)


def _says_date(low: str) -> bool:
    return _DATE.search(low) is not None


def _says_contact(low: str, digits: int) -> bool:
    may = digits > 1 or "@" in low or "www." in low or "://" in low
    return may and _CONTACT.search(low) is not None
