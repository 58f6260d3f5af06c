"""Addresses, read by the URL standard (https://url.spec.whatwg.org): the one way in which browsers read them too.

Python's `urlsplit` and PHP's `parse_url` see another host in `http://evil.example\\@127.0.0.1/` than the browser that
is sent there.  So whatever came from outside is read here, and what was read (`href`) is what is then used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import can_ada

LONGEST = 8000
"""No address is longer, as it came and as it is read."""
LONGEST_HOST = 253
"""RFC 1035, section 3.1, as text and without the last dot."""
_WEB = ("http", "https")
_SPELT_OUT = re.compile(r"https?://[^/\\?#]", re.IGNORECASE)
_NUMERIC = re.compile(r"[0-9.]+")
_PASSWORD = re.compile(r"^([^/]*//[^/@]*?):.*@", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Url:
    """An address as it was read: in ASCII, the host in lower case and as numbers mean it, dots in the path resolved.

    `host` has brackets around IPv6, as addresses do; `path`, `query` and `fragment` are percent-encoded, the latter two
    without their marks.
    """

    href: str
    scheme: str
    host: str
    port: int | None
    """None for the scheme's own."""
    path: str
    query: str
    fragment: str
    login: str = ""
    """What stands before an `@`: `name:password`."""

    @property
    def authority(self) -> str:
        """The host, and the port where it is not the scheme's own."""
        return self.host if self.port is None else f"{self.host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port (RFC 6454)."""
        return f"{self.scheme}://{self.authority}"

    @property
    def names_a_host(self) -> bool:
        """Whether somebody could be asked."""
        return 0 < len(self.host.strip(".")) <= LONGEST_HOST and self.port != 0

    @property
    def endpoint(self) -> str:
        """The address without a login, a query and a fragment."""
        return f"{self.origin}{self.path}"

    @property
    def without_fragment(self) -> str:
        return self.href.partition("#")[0]

    @property
    def host_as_read(self) -> str:
        """The host as people write it, for their eyes only: names of other scripts in their letters."""
        return can_ada.idna_decode(self.host.encode()) or self.host  # type: ignore[arg-type]  # its stub errs


def parse(text: str, base: str = "") -> Url | None:
    """What an address means, where a page stands at `base`; None where it means nothing to a browser."""
    if len(text) > LONGEST:
        return None
    try:
        found = can_ada.parse(base) + text if base else can_ada.parse(text)
    except (ValueError, TypeError):  # the latter for halves of characters
        return None
    if len(found.href) > LONGEST:
        return None
    login = f"{found.username}:{found.password}" if found.password else found.username
    return Url(
        found.href,
        found.protocol.removesuffix(":"),
        found.hostname,
        int(found.port) if found.port else None,
        found.pathname,
        found.search.removeprefix("?"),
        found.hash.removeprefix("#"),
        login,
    )


def web_url(text: str, base: str = "") -> Url | None:
    """What an address of the web (http, https) means; None for every other."""
    found = parse(text, base)
    if found is None or found.scheme not in _WEB or not found.names_a_host:
        return None
    return found


def plain_url(text: str) -> Url | None:
    """What an address of the web means that nobody could read otherwise; None for every other.

    It is whole, with nothing invisible, no backslash and no space in it, and numbers are spelt as numbers are.
    """
    found = web_url(text) if _SPELT_OUT.match(text) else None
    if found is None or not text.isprintable() or " " in text or "\\" in text:
        return None
    place = re.split("[/?#]", text.partition("//")[2], maxsplit=1)[0].rpartition("@")[2]
    if _NUMERIC.fullmatch(found.host) and not place.startswith(found.host):
        return None
    return found


def is_address(text: str) -> bool:
    """Whether something could be fetched there, and everybody agrees where."""
    return plain_url(text) is not None


def open_address(text: str) -> str:
    """An address without the password that it holds: it is shown on screens and kept in logs."""
    found = parse(text)
    if found is None:
        return _PASSWORD.sub(r"\1:***@", text, count=1)
    name, colon, password = found.login.partition(":")
    if not (colon and password):
        return text
    return found.href.replace(f"//{found.login}@", f"//{name}:***@", 1)
