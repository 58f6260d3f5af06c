"""Fetching an article's pictures: before anything is written, within bounds, each address once in a look."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote, urlsplit

from wirepress.content.media import library, sideloaded
from wirepress.content.media.library import Prepared
from wirepress.content.media.sideloaded import Words
from wirepress.content.media.sniffing import PICTURES, sniff
from wirepress.content.newsroom import Newsroom
from wirepress.model.errors import Invalid
from wirepress.model.wire import Create, Medium, Revise
from wirepress.net.port import Fault, Fetcher, FetchError
from wirepress.syndicate.image_blocks import pictures_in
from wirepress.syndicate.parse.pictures import SMALL, picture_key

MOST: Final = 30
"""Pictures of one article that are fetched ..."""
LARGEST: Final = 20_000_000
"""... bytes of one of them ..."""
MOST_BYTES: Final = 60_000_000
"""... of all of them ..."""
SECONDS: Final = 60.0
"""... and how long that may take, the waits between two requests to one host included."""
DOT: Final = 8
"""Pixels up to which a side is that of a dot or a line, which counts readers or parts passages."""
REMEMBERED: Final = 5_000
"""Addresses of one look whose answers are remembered."""
_PASSING: Final = frozenset((Fault.DNS, Fault.CONNECT, Fault.TIME, Fault.PROTOCOL))


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is to be had: a file, checked and with its sizes on the disk, or what the library has already."""

    url: str
    sha256: str = ""
    file: Prepared | None = None
    attachment: int = 0
    side: int = 0
    """The longer side, 0 where nobody has measured it."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a picture is not to be had."""

    reason: str
    passing: bool = False
    """Whether it may be to be had another time."""


@dataclass(slots=True)
class Gallery:
    """The pictures that were fetched for one article."""

    lead: Medium | None = None
    by_url: dict[str, Picture] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    incomplete: bool = False
    """Whether one of the text's pictures could not be had that may be another time."""

    def release(self) -> None:
        """Removes the files that nobody has kept."""
        for picture in self.by_url.values():
            if picture.file is not None:
                picture.file.release()


class Sideload:
    """Fetches the pictures of the articles of one look."""

    def __init__(self, newsroom: Newsroom, fetcher: Fetcher) -> None:
        self.newsroom = newsroom
        self.fetcher = fetcher
        self._known: dict[str, str | Refusal] = {}
        """By address the hash of what was there, or why there was nothing."""
        self._waiting: set[str] = set()
        """Hosts that asked to be left alone."""

    def gallery(self, intent: Create | Revise) -> Gallery:
        """The pictures that are needed to carry out an intent, and what could not be had: the article goes on.

        Whoever gets it releases it.  Raises FetchError when we are to stop, Unavailable where there is no room.
        """
        loaded = intent.before.facts.loaded if isinstance(intent, Revise) else {}
        gallery = Gallery()
        bounds = _Bounds(self.newsroom.clock.monotonic() + SECONDS)
        try:
            if wants_lead(intent):
                self._lead(gallery, intent, bounds, loaded)
            if wants_text(intent):
                urls = _urls_of(intent, gallery)
                bounds.number += sum(url in loaded for url in urls)
                self._text(gallery, urls, bounds, loaded)
        except BaseException:
            gallery.release()
            raise
        return gallery

    def _lead(self, gallery: Gallery, intent: Create | Revise, bounds: _Bounds, loaded: Mapping[str, int]) -> None:
        """The first of the pictures named that is no badge by its own measures; else the first that can be had."""
        assert intent.dispatch.picture is not None
        refusals = []
        for medium in (intent.dispatch.picture, *intent.dispatch.more_pictures):
            found = self._had(gallery, medium.url, bounds, loaded, words_of(medium))
            if isinstance(found, Refusal):
                refusals.append(found.reason)
            elif found.side > SMALL or not found.side:
                gallery.lead = medium
                return
            elif gallery.lead is None:
                gallery.lead = medium
        if gallery.lead is None:
            gallery.problems.append(f"picture left out: {refusals[0]}")

    def _text(self, gallery: Gallery, urls: Iterable[str], bounds: _Bounds, loaded: Mapping[str, int]) -> None:
        """The pictures of the text; what cannot be had is counted by why."""
        reasons: dict[str, int] = {}
        for url in urls:
            found = self._had(gallery, url, bounds, loaded)
            if isinstance(found, Picture) and 0 < found.side <= DOT:
                found = _dropped(gallery, url)
            if isinstance(found, Refusal):
                gallery.incomplete |= found.passing
                reasons[found.reason] = reasons.get(found.reason, 0) + 1
        for reason, number in reasons.items():
            many = f"{number} pictures" if number > 1 else "a picture"
            gallery.problems.append(f"{many} of the text left out: {reason}")

    def _had(
        self, gallery: Gallery, url: str, bounds: _Bounds, loaded: Mapping[str, int], words: Words | None = None
    ) -> Picture | Refusal:
        if url in gallery.by_url:
            return gallery.by_url[url]
        found: Picture | Refusal
        if url in loaded:
            found = Picture(url, attachment=loaded[url])
        else:
            found = self._fetched(url, bounds, gallery.by_url.values(), words)
        if isinstance(found, Picture):
            gallery.by_url[url] = found
        return found

    def _fetched(
        self, url: str, bounds: _Bounds, others: Collection[Picture], words: Words | None
    ) -> Picture | Refusal:
        known = self._known.get(url)
        if isinstance(known, Refusal):
            return known
        if known is not None and (found := self._in_library(url, known, words)) is not None:
            return found
        if (refusal := bounds.refusal(self.newsroom.clock.monotonic())) is not None:
            return refusal
        if _host(url) in self._waiting:
            return Refusal(f"{_host(url)} asks to be left alone for a while", passing=True)
        answer = self._asked(url, bounds, others, words)
        if len(self._known) < REMEMBERED:
            self._known[url] = answer if isinstance(answer, Refusal) else answer.sha256
        return answer

    def _asked(self, url: str, bounds: _Bounds, others: Collection[Picture], words: Words | None) -> Picture | Refusal:
        bounds.number += 1
        try:
            fetched = self.fetcher.get(url, body_bytes=min(LARGEST, bounds.room))
        except FetchError as error:
            if error.fault is Fault.STOPPED:
                raise
            if error.asks_to_wait:
                self._waiting.add(_host(url))
            return Refusal(error.message, passing=error.fault in _PASSING or error.status == 429 or error.status >= 500)
        bounds.room -= len(fetched.body)
        if sniff(fetched.body) not in PICTURES:
            return Refusal("it is no picture that can be shown")
        sha256 = hashlib.sha256(fetched.body).hexdigest()
        if (found := self._in_library(url, sha256, words)) is not None:
            return found
        for other in others:
            if other.sha256 == sha256:
                return Picture(url, sha256, other.file, 0, other.side)
        with self.newsroom.view() as view:
            site = view.site
        name = unquote(urlsplit(fetched.url).path.rpartition("/")[2]) or "picture"
        try:
            made = library.prepare(site, fetched.body, name)
        except Invalid as error:
            return Refusal(error.message)
        file = library.written(self.newsroom.files, made)
        return Picture(url, sha256, file, 0, max(made.width, made.height))

    def _in_library(self, url: str, sha256: str, words: Words | None) -> Picture | None:
        with self.newsroom.view() as view:
            found = sideloaded.with_octets(view, sha256, words)
            if found is None:
                return None
            measures = library.metadata_of(found)
        sides = (measures.get("width"), measures.get("height"))
        return Picture(url, sha256, None, found.id, max(side if isinstance(side, int) else 0 for side in sides))


@dataclass(slots=True)
class _Bounds:
    """What is left for the pictures of one article."""

    until: float
    room: int = MOST_BYTES
    number: int = 0

    def refusal(self, now: float) -> Refusal | None:
        """Why no more are fetched, None where some may be."""
        if self.number >= MOST:
            return Refusal(f"an article may bring {MOST} of them")
        if self.room <= 0:
            return Refusal(f"those of an article may have {MOST_BYTES:,} bytes")
        if now >= self.until:
            return Refusal("there was no time for more of them", passing=True)
        return None


def words_of(medium: Medium) -> Words:
    """What is said of a picture that leads: one that is in the library already has to say the same."""
    return Words(medium.alt, medium.caption_and_credit)


def wants_lead(intent: Create | Revise) -> bool:
    """Whether a lead picture has to be had to carry out an intent."""
    if isinstance(intent, Revise) and "featured_media" not in intent.changed:
        return False
    return intent.dispatch.picture is not None


def wants_text(intent: Create | Revise) -> bool:
    """Whether the text is written, and with it its pictures."""
    return isinstance(intent, Create) or "content" in intent.changed


def _dropped(gallery: Gallery, url: str) -> Refusal:
    picture = gallery.by_url.pop(url)
    if picture.file is not None:
        picture.file.release()
    return Refusal("it is a dot")


def _urls_of(intent: Create | Revise, gallery: Gallery) -> list[str]:
    """The addresses of the pictures of a text, without those of what leads its post."""
    leads = [gallery.lead.url] if gallery.lead is not None else []
    if isinstance(intent, Revise) and not leads:
        facts = intent.before.facts
        leads = [url for url, attachment in facts.loaded.items() if attachment in facts.pictures[-1:]]
    twins = set(map(picture_key, leads))
    urls = dict.fromkeys(shown.url for shown in pictures_in(intent.dispatch.body))
    return [url for url in urls if picture_key(url) not in twins]


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()
