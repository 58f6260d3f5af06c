"""What an endpoint answers, before it becomes bytes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

from wirepress.model.moment import Stamp
from wirepress.wp.call import Call
from wirepress.wp.declaration import Target
from wirepress.wp.json import Pieces

Targets = tuple[tuple[str, tuple[Target | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Doc:
    """An encoded item: JSON bytes with gaps between them, what its links embed, how many bytes keeping it costs, and
    what it is kept under, None where it is not.

    `tags` are those of what was read for it where its version does not tell of that: an answer that takes it from
    memory depends on it too.
    """

    pieces: Pieces
    targets: Targets = ()
    size: int = 0
    key: Hashable = None
    tags: frozenset[str] = frozenset()


@dataclass(slots=True)
class Result:
    """An answer: one item, a list of items, a value of its own, or, where `kind` names a content type, `raw` bytes.

    `call` is the call as it stands after a write, where it was another before.  `encode` makes the items of an answer
    to a write, in the view of the call that it is given.
    """

    docs: list[Doc] = field(default_factory=list)
    value: Any = None
    listed: bool = False
    status: int = 200
    headers: dict[str, Any] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    private: bool = False
    uncached: bool = False
    deadline: Stamp | None = None
    raw: bytes = b""
    kind: str = ""
    call: Call | None = None
    encode: Callable[[Call], list[Doc]] | None = None

    @property
    def encoded(self) -> bool:
        """Whether its body is made of encoded items."""
        return self.listed or bool(self.docs) or self.encode is not None

    @property
    def single(self) -> bool:
        """Whether it is one encoded item."""
        return self.encoded and not self.listed

    def items(self, call: Call) -> list[Doc]:
        """The encoded items."""
        if self.encode is not None:
            return self.encode(call)
        return self.docs
