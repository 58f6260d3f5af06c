"""How kinds of sources ask and read (`reading.declaration.Asking`): with a fetcher, and in children of the worker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit

from wirepress.net.port import Conditions, Fetched, Fetcher
from wirepress.syndicate import sandbox
from wirepress.syndicate.reading.declaration import Document, Reader

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """Asks for a look, a test or a discovery.

    robots.txt does not speak of what somebody has named as a source, nor of what that names in its turn; it does of all
    that a discovery goes on to (`named`).
    """

    fetcher: Fetcher
    now: datetime
    go_on: Callable[[], bool]
    step: Callable[[str], None] = lambda _: None
    """Called with each address before it is asked."""
    what: str = "the answer"
    """What is read, in the words of a report: see `Reading.document`."""
    named: str | None = None
    """Of a discovery: the address that somebody has named."""

    def get(self, url: str, conditions: Conditions | None = None) -> Fetched:
        """The answer to a GET."""
        self.step(url)
        return self.fetcher.get(url, conditions, robots=self._is_guess(url))

    def _is_guess(self, url: str) -> bool:
        return self.named not in (None, url) and urlsplit(url).path != "/robots.txt"

    def read(self, reader: Reader[P, T], fetched: Fetched, *given: P.args, **named: P.kwargs) -> T:
        """What a function makes of a source's answer, in a child."""
        return sandbox.run(replace(sandbox.FEED, what=self.what), reader, _document(fetched), *given, **named)

    def read_page(self, reader: Reader[P, T], fetched: Fetched, *given: P.args, **named: P.kwargs) -> T:
        """What a function makes of a page, in a child."""
        return sandbox.run(sandbox.PAGE, reader, _document(fetched), *given, **named)

    def may_go_on(self) -> bool:
        """Whether there is time and room for one more answer."""
        return self.go_on()


def _document(fetched: Fetched) -> Document:
    return Document(fetched.body, fetched.url, fetched.content_type)
