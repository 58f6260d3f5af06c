"""A redirect of the site's own: from a path at which nothing else is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

STATUSES: Final = (301, 302, 307, 308, 410)


@dataclass(frozen=True, slots=True)
class Redirect:
    """`path` is decoded, without a slash at its end; `target` a path of the site or an address of the web, "" where the
    status is 410."""

    path: str
    target: str
    status: int = 301
