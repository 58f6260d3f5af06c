"""By what an article is known again whose address nobody has kept: whose it is, what it is called, and when it came."""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b
from typing import Final

from wirepress.syndicate.addresses import url_key
from wirepress.syndicate.passages import words_of

FEWEST_WORDS: Final = 3
"""Words of a title that names an article where it is known whose it is ..."""
FEWEST_ANYWHERE: Final = 6
"""... and where it is not."""
_HALF_A_DAY: Final = 12 * 3600
"""Titles of columns come back every day: two articles that are a whole day apart are two."""


def host_of(url: str) -> str:
    """The host of an address as articles are known by it (`url_key`); "" for what is no address of the web."""
    return url_key(url).partition("/")[0]


def unlocated_key(host: str, title: str, moment: datetime) -> str:
    """What stands in the place of an address's key where only its host is known."""
    return f"{host}/#{_digest(words_of(title), _half_day(moment)).hex()}"


def unlocated_keys(url: str, title: str, moment: datetime | None) -> tuple[str, ...]:
    """The keys that the article at an address may have been kept under while only its host, or the site that this
    belongs to, was known; none where the title or the date tells too little."""
    words, labels = words_of(title), host_of(url).split(".")
    if moment is None or len(words) < FEWEST_WORDS or len(labels) < 2:
        return ()
    hosts = [".".join(labels[at:]) for at in range(len(labels) - 1)]
    now = _half_day(moment)
    return tuple(f"{host}/#{_digest(words, near).hex()}" for host in hosts for near in (now - 1, now, now + 1))


def headline(title: str, moment: datetime) -> int | None:
    """The number by which a title of that day is found, whoever has it; None for one of few words."""
    words = words_of(title)
    return _number(words, _half_day(moment)) if len(words) >= FEWEST_ANYWHERE else None


def headlines(title: str, moment: datetime | None) -> tuple[int, ...]:
    """The numbers that the same title may have been kept under (`headline`)."""
    words = words_of(title)
    if moment is None or len(words) < FEWEST_ANYWHERE:
        return ()
    now = _half_day(moment)
    return tuple(_number(words, near) for near in (now - 1, now, now + 1))


def same_title(one: str, other: str) -> bool:
    """Whether two titles have the same words."""
    return words_of(one) == words_of(other)


def _half_day(moment: datetime) -> int:
    return int(moment.timestamp()) // _HALF_A_DAY


def _number(words: tuple[str, ...], half_day: int) -> int:
    return int.from_bytes(_digest(words, half_day)[:4], "big")


def _digest(words: tuple[str, ...], half_day: int) -> bytes:
    said = " ".join((*words, "|", str(half_day)))
    return blake2b(said.encode("utf-8", "replace"), digest_size=8).digest()
