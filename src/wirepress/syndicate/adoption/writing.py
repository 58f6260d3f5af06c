"""Writing the origins of a page of posts, and by what their texts are known again, in one write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final

from wirepress.content.newsroom import Newsroom
from wirepress.content.stories.bands import bands_of
from wirepress.model.origin import NOT_BY_THE_WIRE, Origin, OriginFacts, OriginState
from wirepress.model.original import FIELDS
from wirepress.model.story import TextPrint
from wirepress.store import adoption as store
from wirepress.store.unit import Row, Unit
from wirepress.syndicate.addresses import url_key
from wirepress.syndicate.adoption.keys import headline
from wirepress.syndicate.adoption.proposals import Proposal
from wirepress.syndicate.adoption.recognising import Recognised

FOR_GOOD: Final = 2**40
"""When the print of an article counts from whose address is not known: nothing else knows it again."""
_KEPT: Final = (OriginState.TAKEN_DOWN.value, OriginState.REJECTED.value)
_EARLIEST: Final = datetime(1970, 1, 1, tzinfo=UTC)
_Print = tuple[int, int, int, TextPrint, Sequence[int]]


@dataclass(slots=True)
class Written:
    """What became of a page."""

    adopted: list[Recognised] = field(default_factory=list)
    doubled: int = 0
    beyond: int = 0


def stands_in_the_way(unit: Unit, found: Sequence[Recognised]) -> set[str]:
    """The keys of those of these articles that another post has, or that were taken down or rejected here."""
    rows = store.named(unit, _addresses(found), ())
    return {key for row in rows if _is_settled(row) for key in (row[3], url_key(row[4])) if key}


def _addresses(found: Sequence[Recognised]) -> list[str]:
    """By what the rows of articles are found: a row's key is an address made comparable, its canonical one is as its
    page has it."""
    return [address for one in found for address in (one.key, one.url)]


def write(newsroom: Newsroom, placed: Sequence[tuple[Recognised, Proposal | None]], now: datetime) -> Written:
    """Gives posts their origins at the sources beside them; what has come to have one meanwhile is left alone."""
    written = Written()
    if not placed:
        return written
    with newsroom.write() as view:
        has_origin = store.with_origin(view.unit, [one.post.id for one, _ in placed])
        names = [(proposal.number, one.guid) for one, proposal in placed if proposal is not None]
        taken = _Taken(store.named(view.unit, _addresses([one for one, _ in placed]), names))
        found, prints = list[Origin](), list[_Print]()
        for one, proposal in placed:
            if one.post.id in has_origin:
                continue
            row = taken.row_for(one, proposal)
            if row is None:
                written.doubled += 1
            elif proposal is None or not proposal.number:
                written.beyond += 1
            else:
                origin = replace(_origin(one, proposal, now), id=row)
                written.adopted.append(one)
                found.append(origin)
                prints += _prints(one, origin, now)
        store.save(view.unit, found)
        store.add_prints(view.unit, prints)
        if found:
            view.unit.touched("post", [origin.post for origin in found])
            view.unit.raise_epoch()
    return written


def _is_settled(row: Row) -> bool:
    """Whether a row of an origin cannot become that of a post any more."""
    return bool(row[5]) or row[6] in _KEPT


class _Taken:
    """The addresses and names that origins have; each is given once."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows: dict[object, Row | None] = {}
        for row in sorted(rows, key=_is_settled):  # of two for one place that of an article that is decided about
            canonical = url_key(row[4]) if _is_settled(row) else ""
            self._rows |= dict.fromkeys(filter(None, (canonical, row[3], (row[1], row[2]))), row)

    def row_for(self, one: Recognised, proposal: Proposal | None) -> int | None:
        """The number of the row that an article can have, 0 for a new one; None where another post has the article, or
        it was taken down or rejected here."""
        places = (one.key, (proposal.number if proposal is not None else 0, one.guid))
        held = [self._rows[place] for place in places if place in self._rows]
        numbers = {row[0] for row in held if row is not None and not _is_settled(row)}
        # Two rows that have remembered it, one by its address and one by its name, are not made one here.
        if len(numbers) != len(set(map(id, held))) or len(numbers) > 1:
            return None
        self._rows |= dict.fromkeys(places)
        return numbers.pop() if numbers else 0


def _origin(one: Recognised, proposal: Proposal, now: datetime) -> Origin:
    name = proposal.name if one.host == proposal.host else ""
    facts = OriginFacts(
        title=one.said.title,
        authors=(one.author,) if one.author else (),
        publisher=one.publisher or name or one.host,
        published=one.published,
        rights=proposal.rights,
        written=dict.fromkeys(FIELDS, NOT_BY_THE_WIRE),
        sign=one.sign,
    )
    return Origin(
        proposal.number,
        one.guid,
        one.url,
        one.key,
        first_seen=max(one.published, _EARLIEST),
        last_checked=now,
        post=one.post.id,
        content_hash=one.said.digest,
        facts=facts,
    )


def _prints(one: Recognised, origin: Origin, now: datetime) -> Iterator[_Print]:
    """By what an article is known again whoever sends it: its text, and where its address is not known, its title on
    that day."""
    at = int(now.timestamp()) if origin.is_located else FOR_GOOD
    if one.said.print is not None:
        yield one.post.id, origin.source, at, one.said.print, bands_of(one.said.print)
    number = headline(one.said.title, one.published) if not origin.is_located else None
    if number is not None:
        yield one.post.id, origin.source, at, TextPrint(frozenset((number,))), (number,)
