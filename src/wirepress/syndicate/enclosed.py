"""The sounds and films that a feed encloses with an article: a player in its text, and WordPress's field `enclosure`,
by which its own feeds enclose them again (podcasts)."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlsplit

from wirepress.model.wire import Entry, Medium, Rights, Source
from wirepress.syndicate import blocks
from wirepress.url.parse import is_address

FIELD = "enclosure"
MOST = 20
_LONGEST = 2_000


def kind_of(medium: Medium) -> str:
    """The media type of a sound or film, "" for anything else; what is declared counts, else the address."""
    declared = medium.type.partition(";")[0].strip().lower()
    if "/" not in declared:  # Media RSS's `medium`, or nothing
        guessed = mimetypes.guess_type(urlsplit(medium.url).path)[0] or ""
        declared = guessed if declared in ("", "audio", "video") else ""
    return declared if declared.startswith(("audio/", "video/")) else ""


def files_of(source: Source, entry: Entry) -> tuple[Medium, ...]:
    """The sounds and films of an entry, as far as the rights of its source reach: they are played from where they
    are."""
    if source.rights is not Rights.FULL:
        return ()
    found = (one for one in entry.media if len(one.url) <= _LONGEST and is_address(one.url) and kind_of(one))
    return tuple(found)[:MOST]


def with_players(body: str, files: Sequence[Medium]) -> str:
    """A text with a player before it for each file that it does not play itself."""
    missing = [one for one in files if one.url not in body and escape(one.url) not in body]
    players = [blocks.player(kind_of(one).partition("/")[0], one.url) for one in missing]
    return "\n\n".join(filter(None, (*players, body)))


def meta_of(files: Sequence[Medium]) -> Mapping[str, Sequence[str]]:
    """The files as WordPress keeps them: address, octets and type, a line each; nothing where there are none."""
    if not files:
        return {}
    return {FIELD: ["\n".join((one.url, str(one.length), kind_of(one), "")) for one in files]}
