"""The words of a text, as SQLite's word index keeps them.

A term that is made of word characters is part of a text exactly if it is part of one of the text's words.  So the
words that hold the term, found in the vocabulary, tell all texts that hold it, and no text need be looked at again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_RUN: Final = re.compile(r"[0-9a-z\u00c0-\u0dff\u10a0-\u177f\u1800-\u1fff\u2c00-\u2dff]+")
"""What a word is made of.  Scripts that leave no space between words are not among it: a word would be a sentence.
The ranges are written out because what Python calls a letter changes with its version."""
LONGEST: Final = 32
"""The longest term that the vocabulary finds."""
_WINDOW: Final = 2 * LONGEST
TITLE: Final = "\u00b9"
"""Stands before a word of the title."""
PIECE: Final = "\u00b2"
"""Stands before one or two characters that follow each other in a word of the title."""


@lru_cache(maxsize=2)
def indexed_words(title: str, *others: str) -> str:
    """What the index takes in for a post: the words of folded texts, each once, and those of the title marked.

    The triggers of `search_texts` ask for the same words once for the index and once for the vocabulary.
    """
    titled = set(_words(title))
    words = titled.union(*map(_words, others))
    pieces = {word[n : n + size] for word in titled for size in (1, 2) for n in range(len(word) - size + 1)}
    return " ".join((*sorted(words), *(TITLE + w for w in sorted(titled)), *(PIECE + p for p in sorted(pieces))))


def is_word(term: str) -> bool:
    """Whether the word index can tell which texts hold a folded term."""
    return len(term) <= LONGEST and _RUN.fullmatch(term) is not None


def _words(text: str) -> Iterator[str]:
    """The words of a text; a very long one in windows that overlap, so that each term lies whole in one of them."""
    for word in set(_RUN.findall(text)):
        if len(word) <= _WINDOW:
            yield word
        else:
            yield from (word[n : n + _WINDOW] for n in range(0, len(word) - LONGEST, LONGEST))
