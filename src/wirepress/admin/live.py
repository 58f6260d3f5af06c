"""Parts of pages that follow what goes on: what the edge asks again and again, and sends to a browser as events."""

from __future__ import annotations

from dataclasses import dataclass

PATH = "/wp-admin/admin.php"
MARK = "events=1"
"""The variable of an address that asks for events instead of the page."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """What a part of a page holds now, for the user who asks; `ended`: it will not change any more.

    Any `status` but 200 is a refusal, `html` its words.
    """

    html: str
    user: int = 0
    ended: bool = False
    status: int = 200


def is_stream(method: str, path: str, query: str) -> bool:
    """Whether a request is for the events of a page."""
    return method == "GET" and path == PATH and MARK in query.split("&")
