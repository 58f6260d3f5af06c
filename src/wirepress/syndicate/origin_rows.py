"""The one row that an article has among the origins, since a name and an address each name one."""

from __future__ import annotations

from dataclasses import replace

from wirepress.model.wire import Origin
from wirepress.store import sources, stories
from wirepress.store.unit import Unit


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
