"""Other sites as a test has them: answers by address, without a network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from wirepress.net.port import Conditions, Fault, Fetched, FetchError


class Elsewhere:
    """A fetcher.  An answer is a JSON value, a text, bytes, or the error to raise; `moved` is where all come from."""

    def __init__(self, answers: Mapping[str, Any], *, moved: str = "") -> None:
        self.answers = dict(answers)
        self.moved = moved
        self.asked: list[str] = []
        self.robots: dict[str, bool] = {}
        self.conditions: list[Conditions | None] = []

    def paths(self) -> list[str]:
        """What was asked for, without queries."""
        return [url.partition("?")[0] for url in self.asked]

    def get(
        self, url: str, conditions: Conditions | None = None, *, body_bytes: int = 0, robots: bool = True
    ) -> Fetched:
        self.asked.append(url)
        self.conditions.append(conditions)
        self.robots[url] = robots
        answer = self.answers.get(url, self.answers.get(url.partition("?")[0]))
        if answer is None:
            raise FetchError(Fault.STATUS, "the server answered with status 404", status=404)
        if isinstance(answer, FetchError | Fetched):
            if isinstance(answer, FetchError):
                raise answer
            return answer
        body = answer if isinstance(answer, bytes) else _text(answer).encode("utf-8", "surrogatepass")
        if body_bytes and len(body) > body_bytes:
            raise FetchError(Fault.SIZE, f"the body is larger than {body_bytes:,} bytes")
        return Fetched(200, self.moved or url, {}, body)


def _text(answer: Any) -> str:
    return answer if isinstance(answer, str) else json.dumps(answer)
