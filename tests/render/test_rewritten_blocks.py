"""A content as the API gives it to an editor: its blocks read and written again."""

from __future__ import annotations

import json
from pathlib import Path

from wirepress.render.blocks.parse import LONGEST_REWRITTEN, MAX_DEPTH, rewritten_within

RECORDED = Path(__file__).parent / "rewritten_blocks.json"
"""What was sent to a WordPress as the content of a post, and the `content.raw` that it answered."""


def test_blocks_come_back_in_one_form() -> None:
    pairs = json.loads(RECORDED.read_text("utf-8"))
    assert [rewritten_within("post-content", sent) for sent, _ in pairs] == [answered for _, answered in pairs]


def test_a_content_that_is_not_read_to_its_end_stays_as_it_is() -> None:
    deep = "<!-- wp:group -->" * (MAX_DEPTH + 1) + "x" + "<!-- /wp:group -->" * (MAX_DEPTH + 1)
    unclosed = "<!-- wp:group --><p>text</p>" * 50 + "<p>long</p>" * 2_000
    many = "<!-- wp:a {} /-->" * 1_001
    long = "<!-- wp:a {} /-->" + "x" * LONGEST_REWRITTEN
    for text in (deep, unclosed, many, long):
        assert rewritten_within("post-content", text) == text
