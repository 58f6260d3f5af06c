"""Each post of the golden site, rendered as the recorded REST answers show it, numbers and holes included."""

from __future__ import annotations

import gzip
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.golden.contents import NOW
from tests.golden.lookup import golden_lookup
from wirepress.model.rendering import Rendering, pieces_from_json, pieces_to_json
from wirepress.render.holes import fill, fill_content
from wirepress.render.post import render_post
from wirepress.render.response_context import Counters, ResponseContext

RECORDED = json.loads(gzip.decompress((Path(__file__).parent / "posts.json.gz").read_bytes()))
_NONCE = re.compile(r"_wpnonce=\w+")


@cache
def rendering(post_id: int) -> Rendering:
    post = golden_lookup().post(post_id)
    assert post is not None
    return render_post(post, golden_lookup())


def shown(post_id: int, names: list[str], counters: Counters, answer: ResponseContext) -> dict[str, str]:
    """The texts of one item that an answer asks for, in WordPress's order."""
    lookup, post, made = golden_lookup(), golden_lookup().post(post_id), rendering(post_id)
    assert post is not None
    out = {}
    for name in names:
        if name == "content":
            out[name] = fill_content(post, made.content, counters, lookup, answer)
        else:
            out[name] = fill(getattr(made, name), counters, lookup, answer, post)
    return out


@pytest.mark.parametrize("recorded", RECORDED["answers"], ids=lambda answer: f"case {answer['case']}")
def test_an_answer_shows_its_posts_as_recorded(recorded: dict[str, Any]) -> None:
    users = {user.login: user for i in range(1, 20) if (user := golden_lookup().user(i))}
    viewer = users.get(recorded["viewer"] or "")
    answer = ResponseContext(NOW, viewer, recorded["address"], lambda _: "f83f193479", opens=lambda _: recorded["edit"])
    counters = Counters()
    for post_id, texts in recorded["items"]:
        post = golden_lookup().post(post_id)
        if recorded["edit"] and post and post.type != "attachment":
            shown(post_id, list(texts), counters, answer)  # rendered once more, and thrown away
        for name, html in shown(post_id, list(texts), counters, answer).items():
            expected = RECORDED["texts"][texts[name]]
            assert _NONCE.sub("_wpnonce=", html) == _NONCE.sub("_wpnonce=", expected), (post_id, name)


def test_texts_come_back_from_json_as_they_were() -> None:
    for post in golden_lookup().all_posts():
        for text in (rendering(post.id).content, rendering(post.id).excerpt):
            kept = json.loads(json.dumps(pieces_to_json(text)))
            assert pieces_from_json(kept) == text
