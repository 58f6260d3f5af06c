"""Where posts came from: their origins, the sources that these name, and what these have brought since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wirepress.content.posts import revisions
from wirepress.content.view import View
from wirepress.model.post import Post
from wirepress.model.wire import Origin, Source
from wirepress.store import sources


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where some posts came from; a post that was written here has no origin."""

    origins: Mapping[int, Origin]
    named: Mapping[int, Source]

    def source(self, origin: Origin) -> Source | None:
        return self.named.get(origin.source)

    def publisher(self, origin: Origin) -> str:
        """The publisher that the article names, else what its source is called."""
        source = self.source(origin)
        if origin.facts.publisher or source is None:
            return origin.facts.publisher
        return source.name


def provenance(view: View, posts: Sequence[int]) -> Provenance:
    """Where the posts of these ids came from."""
    origins = sources.origins_of_posts(view.unit, posts)
    if not origins:
        return Provenance({}, {})
    return Provenance(origins, {standing.source.id: standing.source for standing in sources.standings(view.unit)})


def brought(view: View, post_id: int) -> list[Post]:
    """The revisions of a post that the wire brought, newest first: nobody here wrote them."""
    kept = revisions.heads(view, post_id)
    return revisions.items(view, [head.id for head in kept if not head.author and not head.is_autosave])
