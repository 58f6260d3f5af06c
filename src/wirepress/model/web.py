"""A request and its response as the API, the pages and the feeds (wp, site, feeds) see them, free of any server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote_plus

from wirepress.model.blob import EMPTY, Blob
from wirepress.model.moment import Stamp


def http_date(text: str) -> datetime | None:
    """A date of HTTP; one without a zone or that is none counts as not given."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return moment if moment.tzinfo is not None else None


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request.

    `path` is the path as sent, percent-encoded, without the query; `query` the raw query string without `?`;
    `headers` have lower-case names, repeated ones joined by `, `; `sent` is what came after them; `remote` is the
    client's address.
    """

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    sent: bytes | Blob = b""
    remote: str = ""
    scheme: str = "http"

    @property
    def body(self) -> Blob:
        """What came after the headers; that of a large request is not in memory."""
        if isinstance(self.sent, Blob):
            return self.sent
        return Blob(self.sent) if self.sent else EMPTY

    @property
    def cookies(self) -> Mapping[str, str]:
        """The cookies that came along; of two with one name the first, as PHP takes them."""
        found: dict[str, str] = {}
        for pair in self.headers.get("cookie", "").split(";"):
            name, equals, value = pair.strip().partition("=")
            if equals and name:
                found.setdefault(name, unquote_plus(value))
        return found


@dataclass(slots=True)
class Response:
    """The answer.  `keepable`: it may be given to any anonymous client for as long as the epoch stands, at the
    latest until `deadline` (UTC).  `tags` are what it was made of (`store.tags`), None where nobody noted
    that."""

    status: int
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""
    keepable: bool = False
    deadline: Stamp | None = None
    tags: frozenset[str] | None = None
