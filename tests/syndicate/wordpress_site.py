"""Another WordPress site on loopback: a list of posts as its REST API gives it, with what a test makes wrong in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.net.loopback import reply

NOON = datetime(2025, 6, 15, 8, tzinfo=UTC)
TEXT = "<p>The council of the {0} has opened the old bridge after {0} winters.</p>"


def item(number: int, minutes: int = 0, **given: Any) -> dict[str, Any]:
    """A post as the API shows it, changed some minutes after all began."""
    moment = f"{NOON + timedelta(minutes=minutes):%Y-%m-%dT%H:%M:%S}"
    made: dict[str, Any] = {
        "id": number,
        "guid": {"rendered": f"https://paper.example/?p={number}"},
        "date_gmt": moment,
        "modified_gmt": moment,
        "status": "publish",
        "link": f"https://paper.example/story-{number}/",
        "title": {"rendered": f"Story number {number}"},
        "content": {"rendered": TEXT.format(f"town{number}"), "protected": False},
        "excerpt": {"rendered": "<p>In short.</p>", "protected": False},
        "_embedded": {"author": [{"name": "Ann Lee"}], "wp:term": [[{"name": "Town", "taxonomy": "category"}]]},
    }
    return made | given


@dataclass
class Paper:
    """The site."""

    posts: list[dict[str, Any]] = field(default_factory=list)
    prefix: str = "/wp-json"
    """Where its API is; "" for one that is reached by `rest_route` alone."""
    folder: str = ""
    most: int = 100
    """Posts that it gives at a time; it refuses to be asked for more."""
    knows_after: bool = True
    asked: list[Mapping[str, str]] = field(default_factory=list)

    def __call__(self, path: str, headers: dict[str, str]) -> bytes:
        parts = urlsplit(path)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        pretty = f"{self.folder}{self.prefix}/wp/v2/posts" if self.prefix else ""
        plain = parts.path == f"{self.folder}/" and query.get("rest_route") == "/wp/v2/posts"
        if parts.path != pretty and not plain:
            return reply(404)
        self.asked.append(query)
        return self.answer(query)

    def answer(self, query: Mapping[str, str]) -> bytes:
        size, page = int(query.get("per_page", 10)), int(query.get("page", 1))
        if size > self.most:
            return reply(400, b'{"code":"rest_invalid_param","message":"x"}')
        found = sorted(self.posts, key=lambda one: str(one["modified_gmt"]), reverse=query.get("order") == "desc")
        if self.knows_after and (after := query.get("modified_after")):
            found = [one for one in found if str(one["modified_gmt"]) > after.removesuffix("Z")]
        shown = found[(page - 1) * size : page * size]
        if page > 1 and not shown:
            return reply(400, b'{"code":"rest_post_invalid_page_number","message":"x"}')
        return reply(body=json.dumps(shown).encode(), Content_Type="application/json")
