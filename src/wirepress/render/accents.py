"""Latin letters without their accents: `remove_accents`, with the letters that some languages write in two."""

import unicodedata
from functools import lru_cache

_SPECIAL = {
    "ª": "a", "º": "o", "Æ": "AE", "æ": "ae", "Ð": "D", "ð": "d", "Ø": "O", "ø": "o", "Þ": "TH", "þ": "th", "ß": "s",
    "Đ": "D", "đ": "d", "Ħ": "H", "ħ": "h", "ı": "i", "Ĳ": "IJ", "ĳ": "ij", "ĸ": "k", "Ŀ": "L", "ŀ": "l", "Ł": "L",
    "ł": "l", "ŉ": "n", "Ŋ": "N", "ŋ": "n", "Œ": "OE", "œ": "oe", "Ŧ": "T", "ŧ": "t", "ſ": "s", "Ə": "E", "ǝ": "e",
    "€": "E", "£": "", "ɑ": "a",
}  # fmt: skip
_RANGES = (
    (0x00C0, 0x0180),  # Latin-1 Supplement and Latin Extended-A
    (0x01A0, 0x01A2),  # O with horn
    (0x01AF, 0x01B1),  # U with horn
    (0x01CD, 0x01DD),  # Pinyin vowels
    (0x0218, 0x021C),  # Romanian s and t with comma
    (0x1EA0, 0x1EFA),  # Vietnamese vowels
)


def _base_letters() -> dict[int, str]:
    """Each letter of the ranges by the letter it decomposes to."""
    letters = {}
    for first, end in _RANGES:
        for code in range(first, end):
            base = unicodedata.normalize("NFD", chr(code))[0]
            if base.isascii() and base.isalpha():
                letters[code] = base
    return letters


_LETTERS = {**_base_letters(), **{ord(letter): plain for letter, plain in _SPECIAL.items()}}


_GERMAN = {"Ä": "Ae", "ä": "ae", "Ö": "Oe", "ö": "oe", "Ü": "Ue", "ü": "ue", "ß": "ss"}
_OF_LANGUAGE = {
    "da_DK": {"Æ": "Ae", "æ": "ae", "Ø": "Oe", "ø": "oe", "Å": "Aa", "å": "aa"},
    "sr_RS": {"Đ": "DJ", "đ": "dj"},
    "bs_BA": {"Đ": "DJ", "đ": "dj"},
}


@lru_cache(maxsize=32)
def _letters_of(locale: str) -> dict[int, str]:
    own = _GERMAN if locale.startswith("de") else _OF_LANGUAGE.get(locale)
    return {**_LETTERS, **{ord(letter): plain for letter, plain in own.items()}} if own else _LETTERS


def remove_accents(text: str, locale: str = "") -> str:
    """`remove_accents`: composed first, so that a letter and its combining accent count as one.

    `locale` is the site's (`de_DE`): German, Danish, Serbian, Bosnian and Catalan have rules of their own.
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    if locale == "ca":
        text = text.replace("l·l", "ll")
    return text.translate(_letters_of(locale))
