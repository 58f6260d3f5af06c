"""Which fields of an article its source has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from wirepress.model.original import FIELDS
from wirepress.model.wire import Dispatch, Origin, Rights
from wirepress.syndicate.image_blocks import pictures_in
from wirepress.syndicate.same import content_hash


def changed_fields(known: Origin, origin: Origin) -> tuple[str, ...]:
    """The fields in which what came differs from what came before."""
    before, now = known.facts.came, origin.facts.came
    if not before:
        return _changed_since_adopted(known, origin) if known.facts.is_adopted else _changed_since_long(known, origin)
    return tuple(name for name in FIELDS if now[name] and now[name] != before.get(name, ""))


def _changed_since_long(known: Origin, origin: Origin) -> tuple[str, ...]:
    """The same for an article that came when no prints were kept: nothing is known of its terms, author and date, and
    of its excerpt and picture that they are as old as the text."""
    title = known.facts.title != origin.facts.title
    content = (known.content_hash, known.facts.rights) != (origin.content_hash, origin.facts.rights)
    if not (title or content):
        return ()
    changed = {"title": title, "content": content, "excerpt": True, "featured_media": True}
    return tuple(name for name in FIELDS if changed.get(name) and origin.facts.came[name])


def _changed_since_adopted(known: Origin, origin: Origin) -> tuple[str, ...]:
    """The same for an article that was here before its source, when that tells of it for the first time: what others
    have made of its title and its text is to be compared, of all else nothing is known."""
    changed = {
        "title": known.facts.title != origin.facts.title,
        "content": origin.facts.rights is Rights.FULL and known.content_hash != origin.content_hash,
    }
    return tuple(name for name in FIELDS if changed.get(name) and origin.facts.came[name])


def with_prints(origin: Origin, dispatch: Dispatch, named: datetime | None) -> Origin:
    """The origin with the prints of what came; "" where the source does not say anything of a field.  `named` is the
    date as the source has it, also one to come.

    The content is what can be read of it: another address of a picture in it, or a class, is no change of it.
    """
    facts = origin.facts
    has_pictures = next(pictures_in(dispatch.body), None) is not None
    came = {
        "title": content_hash(dispatch.title),
        "content": content_hash(origin.content_hash, facts.rights.value, *(("pictures",) if has_pictures else ())),
        "excerpt": content_hash(dispatch.excerpt),
        "categories": content_hash(*dispatch.categories) if dispatch.categories else "",
        "tags": content_hash(*sorted(map(str.casefold, dispatch.tags))) if dispatch.tags else "",
        "featured_media": content_hash(dispatch.picture.url) if dispatch.picture else "",
        "author": dispatch.name or dispatch.author,
        "date": named.isoformat() if named and dispatch.date else "",
    }
    return replace(origin, facts=replace(facts, came=came))
