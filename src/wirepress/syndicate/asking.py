"""How kinds of sources ask and read (`reading.declaration.Asking`): with a fetcher, and in children of the worker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ParamSpec, TypeVar

from wirepress.net.port import Conditions, Fetched, Fetcher
from wirepress.syndicate import sandbox
from wirepress.syndicate.reading.declaration import Document, Reader

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """Asks for a look, a test or a discovery."""

    fetcher: Fetcher
    now: datetime
    go_on: Callable[[], bool]
    step: Callable[[str], None] = lambda _: None
    """Called with each address before it is asked."""

    def get(self, url: str, conditions: Conditions | None = None) -> Fetched:
        """The answer to a GET: robots.txt does not speak of what somebody has named as a source."""
        self.step(url)
        return self.fetcher.get(url, conditions, robots=False)

    def read(self, reader: Reader[P, T], fetched: Fetched, *given: P.args, **named: P.kwargs) -> T:
        """What a function makes of a source's answer, in a child."""
        return sandbox.run(sandbox.FEED, reader, _document(fetched), *given, **named)

    def read_page(self, reader: Reader[P, T], fetched: Fetched, *given: P.args, **named: P.kwargs) -> T:
        """What a function makes of a page, in a child."""
        return sandbox.run(sandbox.PAGE, reader, _document(fetched), *given, **named)

    def may_go_on(self) -> bool:
        """Whether there is time and room for one more answer."""
        return self.go_on()


def _document(fetched: Fetched) -> Document:
    return Document(fetched.body, fetched.url, fetched.content_type)
