"""Contents that a WordPress of the recorded site rendered one by one, each in a process of its own.

A line of `contents*.jsonl.gz` is `{"in": content, "out": HTML}`, with "post" where the content stood in a post of the
site and not in one of its own: `the_content` for the administrator, asked at the recording's time as a post is written.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.golden.cases import masked
from tests.golden.contents import NOW
from tests.render.site import OwnSite, article
from wirepress.render.holes import fill_content
from wirepress.render.post import render_content
from wirepress.render.response_context import Counters, ResponseContext

HERE = Path(__file__).parent
ADDRESS = "/index.php/wp-json/wp/v2/posts?_fields=id"
ADMIN = 1
_DRAWING = re.compile(r"<svg.*?</svg>", re.DOTALL)
SITE = OwnSite()


def recorded() -> Iterator[dict[str, Any]]:
    for file in sorted(HERE.glob("contents*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)


def shown(content: str, post_id: int = 0) -> str:
    """A content as the administrator sees it in an answer of its own."""
    day, changed = "2025-01-02 00:00:00", "2025-06-15 12:00:00"
    post = article(
        content, author=ADMIN, comment_status="open", date=day, date_gmt=day, modified=changed, modified_gmt=changed
    )
    if post_id:
        known = SITE.post(post_id)
        assert known is not None
        post = replace(known, content=content)
    answer = ResponseContext(NOW, SITE.user(ADMIN), ADDRESS, may=lambda _: True)
    return fill_content(post, render_content(post, SITE), Counters(), SITE, answer)


def comparable(html: str) -> str:
    """HTML without drawings, which are WordPress's work or ours, and without what is drawn by lot."""
    return _DRAWING.sub("<svg></svg>", masked(html))


def test_contents_are_rendered_as_recorded() -> None:
    wrong = []
    for case in recorded():
        ours, theirs = comparable(shown(case["in"], case.get("post", 0))), comparable(case["out"])
        if ours != theirs:
            wrong.append(f"{case['in']}\n  WordPress: {theirs}\n  here:      {ours}")
    assert not wrong, "\n".join(wrong)
