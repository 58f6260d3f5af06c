"""The one row that an article has among the origins, since a name and an address each name one.

One that a source leaves out for itself is named aside (`identity.aside_key`): another row may hold its address.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wirepress.model.wire import Origin
from wirepress.store import sources, stories
from wirepress.store.unit import Unit
from wirepress.syndicate.identity import bare_key


def is_left_out(origin: Origin) -> bool:
    """Whether its source leaves an article out for itself."""
    return bare_key(origin.url_key, origin.source) != origin.url_key


def foremost(found: Sequence[Origin], source: int, guids: Sequence[str]) -> Origin | None:
    """What is known of an article, of all the rows that it may be: the source's own by name, in the order of its names.

    One that the source has only left out says nothing of what others made of the article: that comes first.
    """
    own = {origin.guid: origin for origin in found if origin.source == source}
    by_name = next((own[guid] for guid in guids if guid in own), None)
    if by_name is not None and not is_left_out(by_name):
        return by_name
    settled = sorted((origin for origin in found if origin.is_settled), key=lambda origin: not origin.post)
    return next(iter(settled), by_name) or next(iter(found), None)


def row_of(unit: Unit, origin: Origin) -> Origin | None:
    """The origin under the one row that it can have, since a name or an address has one; None where a post has it.

    What was remembered of it without a post (skipped, waiting), by this name or that address, ends in that row.
    """
    found = sources.find_origins(unit, origin.source, [origin.guid], [origin.url_key])
    others = [
        known
        for known in found
        if known.id != origin.id
        and (known.url_key == origin.url_key or (known.source, known.guid) == (origin.source, origin.guid))
    ]
    if any(known.post for known in others):
        return None
    if not origin.id and others:
        origin = replace(origin, id=others[0].id, first_seen=others[0].first_seen)
    for known in others:
        if known.id != origin.id:
            stories.move_origin(unit, known.id, origin.id)
            sources.forget_origin(unit, known.id)
    return origin
