"""What systems hang onto a summary or a text that leaves their house: an invitation to read on, how it came."""

from __future__ import annotations

import re

_LONGEST = 400
# "The post <title> appeared first on <site>.", which WordPress's plugins append in the site's language.
_APPEARED = re.compile(
    r"(?:(?:the|this) (?:post|article)|der (?:beitrag|artikel)|l[’']article|la entrada|el art[ií]culo"
    r"|il post|o post|cet article)\b[^\n]{0,300}?"
    r"\b(?:(?:first )?appeared first on|first appeared on|erschien zuerst (?:auf|bei)|est apparu en premier sur"
    r"|(?:se public[oó]|apareci[oó]) primero en|proviene da|apareceu primeiro em)\b[^\n]{0,200}$",
    re.IGNORECASE,
)
_ON = re.compile(
    r"(?:(?:click here to )?(?:read|see|view|learn|find out)"
    r" (?:more|on|the (?:full|whole|rest of the) (?:story|article))"
    r"(?: (?:here|at|on) \S{1,60})?|read the rest|(?:continue|keep) reading|full (?:story|article)|more"
    r"|(?:mehr|weiter ?)lesen|weiter|mehr|lire (?:la suite|plus)|leer m[aá]s|seguir leyendo|leggi tutto"
    r"|continua a leggere|ler mais|lees (?:meer|verder)|čtěte dále|číst dále|celý článek|续读|続きを読む|阅读更多)"
    r"[\s.…»›→>:\]\[)(]*$",
    re.IGNORECASE,
)
_CUT = re.compile(r"\s*(?:\[\s?(?:…|\.\.\.)\s?\]|\(…\))$")
_ENDS = (".", "!", "?", "…", "”", "»", "。", '"', "’", ":", ")", ">", "]")


def is_syndicators(text: str) -> bool:
    """Whether a passage only says where a text appeared first: our own attribution says that."""
    return len(text) <= _LONGEST and _APPEARED.match(text) is not None


def summary_of(text: str) -> str:
    """A plain summary without what was hung onto its end; empty if there was nothing else."""
    for _ in range(3):  # a mark of the cut, an invitation, a line about its way
        shorter = _one_less(text.rstrip())
        if shorter == text:
            break
        text = shorter
    return text


def _one_less(text: str) -> str:
    tail = max(0, len(text) - _LONGEST)
    if (found := _APPEARED.search(text, tail)) and _stands_apart(text, found.start()):
        return text[: found.start()].rstrip()
    if (found := _ON.search(text, max(0, len(text) - 100))) and _stands_apart(text, found.start()):
        return text[: found.start()].rstrip()
    if found := _CUT.search(text, max(0, len(text) - 20)):
        before = text[: found.start()].rstrip()
        return before if not before or before.endswith(_ENDS) else f"{before} …"
    return text


def _stands_apart(text: str, at: int) -> bool:
    """Whether a sentence begins here: "read more" inside one is the author's."""
    before = text[:at].rstrip()
    return not before or before.endswith(_ENDS)
