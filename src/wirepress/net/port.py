"""What sync code knows of the network: a request's bounds, its answer, and the one port that makes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from wirepress import __version__
from wirepress.model.errors import Unavailable


class Fault(StrEnum):
    """Why a fetch brought nothing."""

    ADDRESS = "address"
    """No address that may be fetched: not http(s), malformed, or a private host."""
    DNS = "dns"
    CONNECT = "connect"
    TIME = "time"
    SIZE = "size"
    REDIRECT = "redirect"
    PROTOCOL = "protocol"
    ROBOTS = "robots"
    STATUS = "status"
    STOPPED = "stopped"
    """We were asked to end: says nothing about the other side."""


class FetchError(Unavailable):
    """A fetch that brought nothing; `message` is one line for a person."""

    def __init__(self, fault: Fault, reason: str, *, status: int = 0, retry_after: int = 0) -> None:
        super().__init__(f"fetch_{fault}", reason, {"status": status} if status else None)
        self.fault = fault
        self.status = status
        self.retry_after = retry_after
        """Seconds that the server asked us to wait; 0 when it did not."""

    @property
    def asks_to_wait(self) -> bool:
        """Whether the server is there and asks not to be asked for a while (RFC 6585, section 4; RFC 9110, 15.6.4)."""
        return self.status in (429, 503) and self.retry_after > 0

    @property
    def gone(self) -> bool:
        """Whether the server says that there is nothing there (404, 410)."""
        return self.status in (404, 410)


@dataclass(frozen=True, slots=True)
class Conditions:
    """What we have already, as the server named it (RFC 9110, section 13)."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: 200 with a body, or 304 without one."""

    status: int
    url: str
    """Where it came from after redirects."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """By name in lower case."""
    body: bytes = b""
    moved_to: str = ""
    """Where permanent redirects alone (301, 308) lead; empty when there was none."""

    @property
    def not_modified(self) -> bool:
        """Whether what we have is still what there is."""
        return self.status == 304

    @property
    def content_type(self) -> str:
        """The Content-Type header, parameters included."""
        return self.headers.get("content-type", "")

    @property
    def conditions(self) -> Conditions:
        """What to ask with next time."""
        return Conditions(self.headers.get("etag", ""), self.headers.get("last-modified", ""))


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a fetch may cost, and whom it may ask."""

    connect_seconds: float = 10.0
    total_seconds: float = 30.0
    """For the whole of one `get`: redirects, robots.txt and the wait for the host's turn included."""
    body_bytes: int = 10_000_000
    """As sent and as decompressed."""
    header_bytes: int = 16_384
    """Of one header line; there may be 128."""
    redirects: int = 5
    host_delay: float = 0.5
    """Seconds between two requests to one host; robots.txt may ask for more, up to `longest_delay`."""
    longest_delay: float = 10.0
    host_connections: int = 2
    user_agent: str = f"Wirepress/{__version__}"
    allow: tuple[str, ...] = ()
    """Hosts, addresses and networks (`10.0.0.0/8`) that may be asked although they are private."""
    ports: tuple[int, ...] = ()
    """Ports at which others than the allowed may be asked, also after a redirect; () for any."""


class Fetcher(Protocol):
    """The only way out."""

    def get(
        self, url: str, conditions: Conditions | None = None, *, body_bytes: int = 0, robots: bool = True
    ) -> Fetched:
        """The answer to a GET: 200 or 304.  Raises FetchError for anything else.

        `body_bytes` narrows or widens the bound of the body for this one (0: as the bounds say); `robots` is false
        for what a person asked for by name (a source's own feed), which robots.txt does not speak of.
        """


class Posting(Protocol):
    """The way out for what is sent."""

    def post(self, url: str, form: Mapping[str, str]) -> None:
        """Sends a form to an address of the web, within the same bounds.  Raises FetchError where it was not taken.

        It follows redirects that ask for the form once more (307, 308), but none from https to http.
        What is answered besides the status is not read.
        """
