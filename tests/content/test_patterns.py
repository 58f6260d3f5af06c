"""The block patterns: their blocks are as the editor writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from wirepress.content.patterns import Pattern, patterns
from wirepress.render.blocks.parse import Block, parse, serialize
from wirepress.render.blocks.types import block_types


def named(blocks: Iterable[Block]) -> Iterator[str]:
    """The names of blocks and of all in them, "" for HTML between them."""
    for block in blocks:
        yield block.name or ""
        yield from named(block.inner)


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: pattern.name)
def test_a_pattern_is_made_of_core_blocks_and_stays_as_it_is(pattern: Pattern) -> None:
    blocks = parse(pattern.content)
    assert serialize(blocks) == pattern.content
    between = [block.html for block in blocks if block.name is None]
    assert not "".join(between).strip()
    wholly = [name if "/" in name else f"core/{name}" for name in named(blocks) if name]
    assert wholly
    assert block_types().keys() >= set(wholly)


def test_every_pattern_has_a_name_of_its_own() -> None:
    assert len({pattern.name for pattern in patterns()}) == len(patterns()) > 10
