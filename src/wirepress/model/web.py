"""A request and its answer as the faces of the site (wp, site, feeds) see them, free of any server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wirepress.model.moment import Stamp


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request.

    `path` is the path as sent, percent-encoded, without the query; `query` the raw query string without `?`;
    `headers` have lower-case names, repeated ones joined by `, `; `remote` is the client's address.
    """

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    remote: str = ""
    scheme: str = "http"

    @property
    def host(self) -> str:
        return self.headers.get("host", "")


@dataclass(slots=True)
class Response:
    """The answer.  `keepable`: it may be given to any anonymous client for as long as the epoch stands, at the
    latest until `deadline` (UTC)."""

    status: int
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""
    keepable: bool = False
    deadline: Stamp | None = None
