"""What looks like the name of somebody, in a line that a page shows."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from wirepress.syndicate.parse.months import MONTHS
from wirepress.syndicate.parse.names import CREDENTIAL, HOUSE

_SPLIT: Final = re.compile(
    r"\s*[,;|/／、•·]\s*(?:(?:and|und|et|y|og|och)\s+)?|\s+(?:and|with|und|et|y|og|och|ve|и|&|\+|-|–|—)\s+",
    re.IGNORECASE,
)
_TITLE: Final = re.compile(r"^(?:dr|prof|mr|mrs|ms|sir|dame|rev)\.?\s+", re.IGNORECASE)
_SMALL: Final = frozenset((
    "de", "da", "do", "dos", "das", "del", "della", "di", "du", "des", "la", "le", "van", "von", "der", "den", "ten",
    "ter", "bin", "bint", "ibn", "al", "el", "y", "e", "zu", "af", "av", "dan",
))  # fmt: skip
_NO_NAME: Final = frozenset((
    "read", "more", "share", "news", "subscribe", "comment", "comments", "photo", "image", "updated", "published",
    "min", "mins", "minutes", "by", "about", "follow", "home", "login", "sign", "menu", "search", "facebook",
    "twitter", "email", "print", "copy", "link", "save", "view", "posts", "articles", "newsletter", "advertisement",
    "listen", "posted", "author", "authors", "written", "tags", "category", "categories", "today", "yesterday",
    "monday", "tuesday", "you", "wednesday", "thursday", "friday", "saturday", "sunday", "reviewed", "edited",
    "table", "contents", "linkedin", "how", "what", "why", "best", "top", "guide", "this", "your", "our", "we",
    "here", "get", "join", "latest", "related", "instagram", "youtube", "whatsapp", "x", "reading", "time", "date",
    "editorial", "policy", "disclosure", "bio", "profile", "website", "contact", "mehr", "teilen", "alle", "lesen",
    "kommentare", "partager", "compartir", "und", "key", "takeaways", "summary", "introduction", "overview",
    "conclusion", "note", "disclaimer", "source", "sources", "quick", "facts", "highlights", "faq", "faqs",
    "answer", "step", "tip", "tips", "part", "chapter", "update", "breaking", "am", "pm", "utc", "gmt", "est", "et",
    "edt", "bst", "ist", "pst", "cet", "views", "likes", "staff", "writer",
))  # fmt: skip
"""Words, folded, that stand beside headlines and in no name."""
_ROLE: Final = re.compile(
    r"\s*[,|–—-]?\s+(?:(?:staff|senior|chief|contributing|special|associate|deputy|managing|executive|national|foreign"
    r"|political|sports?|business|science|health|news|digital|freelance)\s+)*(?:writer|reporter|editor|correspondent"
    r"|journalist|columnist|producer|contributor|author|photographer|analyst)s?$",
    re.IGNORECASE,
)
_DESK: Final = re.compile(
    r"\b(?:desk|team|bureau|staff|newsroom|redaktion|agency|correspondents?|writers?|board)$", re.IGNORECASE
)
_WEEKDAYS: Final = (
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    "|segunda|terça|quarta|quinta|sexta|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|maandag|dinsdag"
    "|woensdag|donderdag|vrijdag|zaterdag|zondag|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag"
)
"""Days of the week in languages that write them small."""
_AFTER: Final = re.compile(
    r"(?:(?:on|am|le|el|il|den|at|um|à|a|as|kl|for|für|pour|para|per|in|from|aus|of|via|to|updated|published|posted|last"
    r"|edited|photos?|fotos?|with|mit|avec|con|special|exclusive(?:ly)?)(?:\W+|$))+(?:(?:the|der|die|das|la|le)\s)?"
    rf"(?:$|\d|by\b|(?:{_WEEKDAYS})\b|(?-i:[^\W\d_a-z]))"
    rf"|(?:{_WEEKDAYS})\b|(?:{'|'.join(sorted(map(re.escape, MONTHS), key=len, reverse=True))})\b\.?\s\d",
    re.IGNORECASE,
)
"""What follows the names in a line of authors: a date, or a word such as "on", "for", "in" with a number or a name."""
_WORK: Final = re.compile(
    r"writer|reporter|editor|redakt|redact|rédact|redaz|journalis|periodista|giornalista|gazeteci|correspond|korrespond"
    r"|author|autor|auteur|contribut|columnis|kolumn|photograph|producer|analyst|specialist|professor|lecturer"
    r"|researcher|scientist|fellow|director|head of|chief|founder|expert|consultant|advis|strateg|manager|engineer"
    r"|teacher|student|nurse|physician|doctor|dietitian|nutritionist|therap|psycholog|lawyer|attorney|gardener"
    r"|intern\b|staff|freelanc",
    re.IGNORECASE,
)
"""What somebody is who writes."""
_LONGEST: Final = 60
_LONGEST_LINE: Final = 240
_WORDS: Final = 5


class Names(NamedTuple):
    """The names that a text begins with."""

    found: list[str]
    goes_on: bool
    """Whether the text ends where another is to follow."""
    rest: str
    """What follows the names and is none, of the first part of the text that is not all name."""


def names_in(text: str, *, alone: bool) -> Names:
    """The names that a text begins with.

    A single word is a name only where it is `alone`: behind a word like "By", or in a link to an author's page.
    """
    if len(text) > _LONGEST_LINE:
        return Names([], goes_on=False, rest=text)
    found: list[str] = []
    over = ""
    pieces = _SPLIT.split(text)
    for piece in filter(None, pieces):
        if found and CREDENTIAL.match(piece.rstrip("*")):
            found[-1] = f"{found[-1]}, {piece.rstrip('*')}"
            continue
        if found and HOUSE.search(piece):
            break  # whom they work for
        name, rest = _leading_name(piece, alone=alone and (not found or " " not in found[0]))
        if name:
            found.append(name)
        if rest or not name:
            over = rest if name else piece
            break
    return Names(found, goes_on=bool(found) and not pieces[-1], rest=over)


def ends_byline(rest: str) -> bool:
    """Whether what follows the names in a line is what follows them in one of authors, and no sentence goes on.

    A date, a time, a sign; a word such as "on", "for" and "in" with a number or a name behind it; what somebody is.
    """
    return not rest[:1].islower() or _AFTER.match(rest) is not None or is_work(rest)


def is_work(text: str) -> bool:
    """Whether a line, or the rest of one, says what somebody is who writes (`senior reporter at The Wire`)."""
    return len(text) <= _LONGEST and not text.endswith(".") and _WORK.search(text) is not None


def only_names(text: str) -> list[str]:
    """The full names that a text consists of; none where it says anything else."""
    pieces = [piece for piece in _SPLIT.split(text[: _LONGEST_LINE + 1]) if piece]
    names = [_leading_name(piece, alone=False) for piece in pieces]
    are_whole = all(name and not rest and len(name.split()) < _WORDS for name, rest in names)
    return pieces if are_whole and len(text) <= _LONGEST else []


def _leading_name(text: str, *, alone: bool) -> tuple[str, str]:
    """The name that a text begins with, and what follows it; empty for none."""
    text = _ROLE.sub("", text.strip(' .:|-–—"“”'))
    words = text.split()
    taken = 0
    for word in words:
        is_small = word.casefold().strip("’'") in _SMALL
        if not (_begins_name(word) or (is_small and taken)):
            break
        taken += 1
    while taken and words[taken - 1].casefold() in _SMALL:
        taken -= 1
    name = " ".join(words[:taken])
    if not is_name(name, alone=alone):
        return "", text
    return name, " ".join(words[taken:])


def _begins_name(word: str) -> bool:
    bare = word.lstrip("’'(\"“")
    return bool(bare) and bare[0].isalpha() and not bare[0].islower() and not any(map(str.isdigit, word))


def is_name(text: str, *, alone: bool = False) -> bool:
    """Whether a text may be the name of somebody, by its words; of one word only where that is `alone`."""
    words = _TITLE.sub("", text).split()
    if len(words) == 1 and not alone:
        return 2 <= len(text) <= 6 and not _has_case(text)  # a script without spaces between names
    if not 1 <= len(words) <= _WORDS or not 1 < len(text) <= _LONGEST:
        return False
    folded = [word.casefold().strip(".,:’'") for word in words]
    is_day = len(words) == 1 and folded[0] in MONTHS
    is_talk = not _NO_NAME.isdisjoint(folded) and not _DESK.search(text)
    has_sign = any(sign in text for sign in "@#?!…")
    return any(len(word) > 1 for word in folded) and not (is_day or is_talk or has_sign)


def _has_case(text: str) -> bool:
    return text.lower() != text.upper()
