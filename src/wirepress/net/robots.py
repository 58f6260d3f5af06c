"""robots.txt (RFC 9309): what a host asks robots to leave alone, and how often it likes to be asked."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from protego import Protego

KEPT_SECONDS = 24 * 3600.0
"""RFC 9309, section 2.4: no longer than a day."""
FAILED_SECONDS = 600.0
LARGEST = 500_000
"""RFC 9309, section 2.5: at least 500 kibibytes are read; what follows is left out."""
_HOSTS = 1000


@dataclass(frozen=True, slots=True)
class RobotRules:
    """The rules of one host."""

    parsed: Protego | None
    """None: there is no robots.txt, all is allowed."""
    closed: bool = False
    """The host could not say (5xx, no answer): nothing may be fetched until it can."""

    def admits(self, url: str, agent: str) -> bool:
        """Whether the host lets `agent` fetch `url`."""
        if self.closed:
            return False
        return self.parsed is None or self.parsed.can_fetch(url, agent)

    def delay(self, agent: str) -> float:
        """Seconds between two requests that the host asks for."""
        return 0.0 if self.parsed is None else self.parsed.crawl_delay(agent) or 0.0


OPEN = RobotRules(None)
CLOSED = RobotRules(None, closed=True)


def read(status: int, body: bytes) -> RobotRules:
    """The rules that an answer to GET /robots.txt means; status 0: no answer."""
    if 400 <= status < 500 and status != 429:
        return OPEN
    if status != 200:
        return CLOSED
    return RobotRules(Protego.parse(body[:LARGEST].decode("utf-8-sig", "replace")))


class RobotsCache:
    """Rules by origin (`https://host:port`), kept for a day, in bounded memory."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[float, RobotRules]] = OrderedDict()

    def get(self, origin: str, now: float) -> RobotRules | None:
        """Rules that are still fresh at `now` (monotonic seconds)."""
        until, rules = self._kept.get(origin, (0.0, OPEN))
        return rules if until > now else None

    def put(self, origin: str, rules: RobotRules, now: float) -> None:
        """Keeps the rules of an origin."""
        self._kept[origin] = (now + (FAILED_SECONDS if rules.closed else KEPT_SECONDS), rules)
        self._kept.move_to_end(origin)
        while len(self._kept) > _HOSTS:
            self._kept.popitem(last=False)
