"""An article that is not kept, told in a few fields."""

from __future__ import annotations

from typing import Any, Final

from wirepress.model.wire import Dispatch
from wirepress.syndicate.image_blocks import pictures_in
from wirepress.syndicate.parse.text import plain

_WORDS: Final = 60


def outline(dispatch: Dispatch) -> dict[str, Any]:
    """How the post would look: what its fields are made of, as JSON holds it."""
    body = plain(dispatch.body)
    counted = body if body.strip() else dispatch.excerpt
    shown = dispatch.excerpt or " ".join(body.split()[:_WORDS])
    return {
        "title": dispatch.title[:200],
        "text": shown[:600],
        "words": len(counted.split()),
        "date": dispatch.date.isoformat() if dispatch.date else "",
        "category": ", ".join(dispatch.categories)[:600],
        "author": dispatch.name or dispatch.author,
        "status": dispatch.status.value,
        "tags": [tag[:60] for tag in dispatch.tags[:10]],
        "picture": dispatch.picture.url[:500] if dispatch.picture else "",
        "pictures": sum(1 for _ in pictures_in(dispatch.body)),
        "narrowed": dispatch.narrowed,
    }
