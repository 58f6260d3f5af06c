"""Several writes in one request."""

from __future__ import annotations

import base64
import json
from typing import Any

from tests.wp.conftest import Writers
from tests.wp.writer import TOKEN, Writer
from wirepress.model.web import Request

POSTS = "/wp/v2/posts"


def total(writer: Writer) -> int:
    with writer.newsroom.view() as view:
        count: int = view.unit.rows("SELECT count(*) FROM posts")[0][0]
        return count


def batch(writer: Writer, *requests: dict[str, Any], **more: Any) -> Any:
    headers = {
        "host": "news.example.com",
        "content-type": "application/json",
        "authorization": "Basic " + base64.b64encode(f"editor:{TOKEN}".encode()).decode(),
    }
    sent = json.dumps({"requests": list(requests), **more}).encode()
    response = writer.api.answer(Request("POST", "/wp-json/batch/v1", "", headers, sent, "192.0.2.7", "https"))
    assert response.status == 207, response.body
    return json.loads(response.body)


def test_each_request_stands_alone(writers: Writers) -> None:
    """A flawed request between two good ones keeps neither from being stored."""
    writer = writers()
    before = total(writer)
    told = batch(
        writer,
        {"path": POSTS, "body": {"title": "One"}},
        {"path": POSTS, "body": {"status": "nonsense"}},
        {"path": POSTS, "body": {"title": "Two"}},
    )
    assert [part["status"] for part in told["responses"]] == [201, 400, 201]
    assert total(writer) == before + 2


def test_nothing_is_stored_when_all_must_be_valid(writers: Writers) -> None:
    writer = writers()
    before = total(writer)
    told = batch(
        writer,
        {"path": POSTS, "body": {"title": "One"}},
        {"path": POSTS, "body": {"status": "nonsense"}},
        validation="require-all-validate",
    )
    assert told["failed"] == "validation"
    assert told["responses"][0] is None
    assert told["responses"][1]["body"]["code"] == "rest_invalid_param"
    assert total(writer) == before


def test_paths_that_cannot_be_read_or_lead_nowhere(writers: Writers) -> None:
    told = batch(writers(), {"path": "http://"}, {"path": "/wp/v2/nothing"}, {"path": "/wp/v2/settings"})
    codes = [part["body"]["code"] for part in told["responses"]]
    assert codes == ["parse_path_failed", "rest_no_route", "rest_batch_not_allowed"]
