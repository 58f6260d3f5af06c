"""Several writes in one request."""

from __future__ import annotations

import base64
import json
from typing import Any

from tests.content.desk import answered, logged_in
from tests.wp.conftest import Writers
from tests.wp.writer import TOKEN, Writer
from wirepress.model.web import Request

POSTS = "/wp/v2/posts"


def total(writer: Writer) -> int:
    with writer.newsroom.view() as view:
        count: int = view.unit.rows("SELECT count(*) FROM posts")[0][0]
        return count


def batch(writer: Writer, *requests: dict[str, Any], role: str = "editor", **more: Any) -> Any:
    headers = {
        "host": "news.example.com",
        "content-type": "application/json",
        "authorization": "Basic " + base64.b64encode(f"{role}:{TOKEN}".encode()).decode(),
    }
    sent = json.dumps({"requests": list(requests), **more}).encode()
    request = Request("POST", "/wp-json/batch/v1", "", headers, sent, "192.0.2.7", "https")
    response = answered(writer.api.answer, request)
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


def test_passwords_are_hashed_before_anything_is_written(writers: Writers) -> None:
    """Costly work has the request answered anew: each user is made once nevertheless, and each with their password."""
    writer = writers()
    made = [{"username": name, "email": f"{name}@x.example", "password": f"of {name}"} for name in ("ann", "bob")]
    told = batch(
        writer,
        {"path": POSTS, "body": {"title": "One"}},
        *({"path": "/wp/v2/users", "body": user} for user in made),
        {"path": "/wp/v2/users", "body": {**made[0], "email": "other@x.example"}},
        {"path": "/wp/v2/users", "body": {"username": "cat", "password": "x"}},
        role="administrator",
    )
    assert [part["status"] for part in told["responses"]] == [201, 201, 201, 500, 400]
    with writer.newsroom.view() as view:
        assert all(logged_in(view, user["username"], user["password"]) for user in made)


def test_who_may_make_no_users_has_nothing_hashed(writers: Writers) -> None:
    writer = writers()
    told = batch(writer, {"path": "/wp/v2/users", "body": {"username": "ann", "email": "a@x.example", "password": "x"}})
    assert [part["body"]["code"] for part in told["responses"]] == ["rest_cannot_create_user"]
