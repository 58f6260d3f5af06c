"""Which fields of an article its source has changed."""

from __future__ import annotations

from wirepress.model.original import FIELDS
from wirepress.model.wire import Origin


def changed_fields(known: Origin, origin: Origin) -> tuple[str, ...]:
    """The fields in which what came differs from what came before."""
    before, now = known.facts.came, origin.facts.came
    if not before:
        return _changed_since_long(known, origin)
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
