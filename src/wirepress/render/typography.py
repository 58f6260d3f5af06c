"""The signs of a language's typography: which quotes it opens and closes with, and what its words are counted by.

WordPress takes them from a language's translation, which is in files and not in a site's rows.  A site names the
language in the option `typography`; without it the signs are English, as in a WordPress without language files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from wirepress.model.lookup import Lookup


@dataclass(frozen=True, slots=True)
class Signs:
    """References for the signs; `characters`: the length of an excerpt counts characters, not words."""

    open: str = "&#8220;"
    close: str = "&#8221;"
    open_single: str = "&#8216;"
    close_single: str = "&#8217;"
    characters: bool = False


ENGLISH: Final = Signs()
_LOW: Final = Signs("&#8222;", "&#8220;", "&#8218;", "&#8216;")  # „ “ ‚ ‘
_LOW_HIGH: Final = Signs("&#8222;", "&#8221;", "&#8218;", "&#8217;")  # „ ” ‚ ’
_POINTED: Final = Signs("&#171;", "&#187;", "&#8249;", "&#8250;")  # « » ‹ ›
_EAST: Final = Signs("&#171;", "&#187;", "&#8222;", "&#8220;")  # « » „ “
_HIGH: Final = Signs("&#8221;", "&#8221;", "&#8217;", "&#8217;")  # ” ” ’ ’
_COUNTED: Final = Signs(characters=True)

OF_LANGUAGE: Final[Mapping[str, Signs]] = {
    "de": _LOW, "cs": _LOW, "sk": _LOW, "sl": _LOW, "is": _LOW, "bg": _LOW,
    "de_CH": _POINTED, "fr_CH": _POINTED, "it_CH": _POINTED,
    "fr": Signs("&#171;&nbsp;", "&nbsp;&#187;"),
    "pl": _LOW_HIGH, "hu": _LOW_HIGH, "ro": _LOW_HIGH, "hr": _LOW_HIGH,
    "ru": _EAST, "uk": _EAST, "bel": _EAST,
    "sv": _HIGH, "fi": _HIGH,
    "nb": _POINTED, "nn": _POINTED,
    "ja": _COUNTED, "zh": _COUNTED, "th": _COUNTED,
}  # fmt: skip
"""By language, or by language and country where that differs."""


def signs_of(locale: str) -> Signs:
    """The signs of a language by its name in WordPress (`de_CH_informal` is Swiss German)."""
    parts = locale.split("_")
    for name in ("_".join(parts[:2]), parts[0]):
        if (signs := OF_LANGUAGE.get(name)) is not None:
            return signs
    return ENGLISH


def signs_for(lookup: Lookup) -> Signs:
    """The signs that the site writes with."""
    chosen = lookup.option("typography", "")
    return signs_of(chosen) if isinstance(chosen, str) and chosen else ENGLISH
