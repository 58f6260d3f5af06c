"""The blocks that a post's text was rendered from, for what the rendered text does not say."""

from __future__ import annotations

from collections.abc import Iterator

from wirepress.model.lookup import Lookup
from wirepress.model.post import Post
from wirepress.render.blocks.parse import Block, parse
from wirepress.render.blocks.settings import number

_MOST_PATTERNS = 20
_MOST_BLOCKS = 20_000


class Written:
    """A post's blocks in the order in which they are rendered, with those of the synced patterns that it shows."""

    def __init__(self, post: Post, lookup: Lookup) -> None:
        self._post = post
        self._lookup = lookup

    def blocks(self) -> Iterator[Block]:
        """Each block before those that lie in it; each knows the layout around it."""
        patterns = 0
        waiting = parse(self._post.content)[::-1]
        for _ in range(_MOST_BLOCKS):
            if not waiting:
                return
            block = waiting.pop()
            inner = block.inner
            if block.name == "core/block" and patterns < _MOST_PATTERNS:
                patterns += 1
                inner = self._pattern(block)
            for child in inner:
                child.around = block.settings.get("layout")
            waiting.extend(reversed(inner))
            yield block

    def _pattern(self, block: Block) -> list[Block]:
        stored = self._lookup.post(number(block.settings.get("ref"), 0, 2**62))
        if stored is None or stored.type != "wp_block" or stored.status != "publish" or stored.is_protected:
            return []
        return parse(stored.content)
