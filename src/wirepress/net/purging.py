"""The way to a front cache: requests with the method PURGE, on a connection that stays open.

The address is the owner's own word (a setting), so it may be a private one; redirects are not followed.
"""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from wirepress.model.errors import Invalid, Unavailable

SECONDS: Final = 1.0
"""How long a front may take for each step."""
_MOST: Final = 64 << 10


class PurgeLine:
    """A connection to one front.  Not for several threads."""

    def __init__(self, url: str, token: str = "", seconds: float = SECONDS) -> None:
        """Raises Invalid for what is no address of a server."""
        parts = urlsplit(url)
        try:
            port = parts.port
        except ValueError:
            port = 0
        if parts.scheme not in ("http", "https") or not parts.hostname or port == 0 or not url.isascii():
            raise Invalid("bad_setting", f"front_purge: {url!r} is no http address")
        self.name = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
        self._path = parts.path or "/"
        self._headers = {"authorization": f"Bearer {token}"} if token else {}
        connection = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = connection(parts.hostname, port, timeout=seconds)

    def ask(self, method: str, headers: Mapping[str, str]) -> tuple[int, Mapping[str, str]]:
        """The status and the headers (by small names) of the front's answer.  Raises Unavailable where there is none.

        A connection that the other side has closed meanwhile is opened once more: a purge may be done twice.
        """
        is_new = self._connection.sock is None
        try:
            return self._asked(method, headers)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            if is_new or isinstance(error, TimeoutError):
                raise self._away(error) from None
        try:
            return self._asked(method, headers)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise self._away(error) from None

    def _asked(self, method: str, headers: Mapping[str, str]) -> tuple[int, Mapping[str, str]]:
        self._connection.request(method, self._path, headers={**self._headers, **headers})
        response = self._connection.getresponse()
        if len(response.read(_MOST + 1)) > _MOST:
            raise http.client.HTTPException("its answer does not end")
        return response.status, {name.lower(): value for name, value in response.getheaders()}

    def _away(self, error: Exception) -> Unavailable:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        return Unavailable("front", f"the front cache at {self.name} does not answer: {reason}")

    def close(self) -> None:
        self._connection.close()
