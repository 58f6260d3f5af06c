"""Finding the module of a kind of source: it is loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from wirepress.model.wire import SourceKind
from wirepress.syndicate.reading.declaration import Reading


def reading_of(kind: SourceKind) -> Reading:
    """How sources of a kind are read."""
    found = import_module(f"wirepress.syndicate.reading.{kind.value}").READING
    assert isinstance(found, Reading)
    return found


def readings() -> Iterator[tuple[SourceKind, Reading]]:
    """All kinds, the best way to read a site first."""
    for kind in SourceKind:
        yield kind, reading_of(kind)
