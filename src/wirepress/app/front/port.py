"""What a purge looks like on the way to a front.

`PURGE` with `X-Wirepress-After` and `X-Wirepress-Epoch`; `X-Wirepress-Tags` has what was touched, `*` for everything.
The front answers 200, or 409 for what would leave a gap, and in both its position (`X-Wirepress-Epoch`, none where it
knows of none).  `GET` asks for that alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

from wirepress.app.front.purges import Port, Purge, position_of
from wirepress.app.settings import Settings
from wirepress.model.errors import Invalid, Unavailable
from wirepress.net.purging import PurgeLine

PURGE: Final = "http://127.0.0.1:6081/"
"""Where the configurations that we print have a front take purges."""


class Line(Protocol):
    """What carries requests to a front (`net.purging.PurgeLine`)."""

    name: str

    def ask(self, method: str, headers: Mapping[str, str]) -> tuple[int, Mapping[str, str]]: ...

    def close(self) -> None: ...


class FrontPort:
    """A front, by the line to it."""

    def __init__(self, line: Line) -> None:
        self.name = line.name
        self._line = line

    def position(self) -> int | None:
        status, headers = self._line.ask("GET", {})
        return self._read(status, headers)

    def purge(self, purge: Purge) -> int | None:
        tags = "*" if purge.tags is None else " ".join(sorted(purge.tags))
        headers = {
            "X-Wirepress-After": str(purge.after),
            "X-Wirepress-Epoch": str(purge.epoch),
            "X-Wirepress-Tags": tags,
        }
        if purge.anew:
            headers["X-Wirepress-Anew"] = "1"
        status, said = self._line.ask("PURGE", headers)
        position = self._read(status, said)
        # One that refuses is at an earlier place, whatever it says.
        return None if status == 409 and position is not None and position >= purge.after else position

    def close(self) -> None:
        self._line.close()

    def _read(self, status: int, headers: Mapping[str, str]) -> int | None:
        if status not in (200, 409):
            raise Unavailable("front", f"the front cache at {self.name} answers {status}")
        return position_of(headers)


def addresses_of(settings: Settings) -> list[str]:
    """Where the fronts of this site take purges.  Raises Invalid where nobody has said."""
    if not settings.front:
        return []
    written = settings.front_purge or (PURGE if settings.front in ("nginx", "varnish") else "")
    addresses = [word.strip() for word in written.split(",") if word.strip()]
    if not addresses:
        raise Invalid("bad_setting", f"front is {settings.front}, and front_purge names nothing that takes purges")
    return addresses


def ports_of(settings: Settings) -> list[Port]:
    """The ways to the fronts of a site.  Raises Invalid for an address that is none."""
    return [FrontPort(PurgeLine(address, settings.front_token)) for address in addresses_of(settings)]
