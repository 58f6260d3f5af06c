"""Changing the site's settings over the API, and what follows from it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.content.desk import article
from tests.wp.conftest import Writers
from tests.wp.writer import Writer
from wirepress.content import options
from wirepress.store import posts as post_store


@pytest.mark.parametrize(
    ("name", "sent", "kept"),
    [
        ("title", "News & <b>Views</b>", "News &amp; &lt;b&gt;Views&lt;/b&gt;"),
        ("description", 'All the "news"', "All the &quot;news&quot;"),
        ("email", "desk@news.example.com", "desk@news.example.com"),
        ("timezone", "Europe/Prague", "Europe/Prague"),
        ("timezone", "Mars/Olympus", ""),
        ("timezone", "", ""),
        ("date_format", "<b>j. n. Y</b>", "j. n. Y"),
        ("start_of_week", -3, 3),
        ("posts_per_page", 5, 5),
        ("posts_per_page", 0, 1),
        ("posts_per_page", -7, 7),
        ("use_smilies", False, False),
        ("default_ping_status", "closed", "closed"),
        ("language", "tlh", "en_US"),
        ("show_on_front", "page", "page"),
        ("page_on_front", "12", 12),
        ("site_logo", 7, 7),
        ("url", "https://elsewhere.example", "https://news.example.com"),
    ],
)
def test_a_setting_is_cleaned_kept_and_shown(writer: Writer, name: str, sent: Any, kept: Any) -> None:
    answered = writer.post("administrator", "/settings", {name: sent})
    assert (answered.status, answered.value[name]) == (200, kept)
    later = None if kept is False else kept  # it is kept as "", and that is no boolean
    assert writer.get("administrator", "/settings").value == {**answered.value, name: later}


def test_what_is_kept_but_not_of_its_type_is_null(writers: Writers) -> None:
    kept = {"admin_email": "nobody", "default_ping_status": "ajar", "start_of_week": "", "posts_per_page": "12"}
    shown = writers(options=kept).get("administrator", "/settings").value
    assert [shown[n] for n in ("email", "default_ping_status", "start_of_week", "posts_per_page")] == [
        None, None, None, 12,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        {"posts_per_page": "many"},
        {"email": "nobody"},
        {"default_comment_status": "ajar"},
        {"use_smilies": "perhaps"},
        {"title": "kept back", "start_of_week": []},
    ],
)
def test_what_is_of_another_type_changes_nothing(writer: Writer, body: dict[str, Any]) -> None:
    before, epoch = writer.get("administrator", "/settings").value, writer.epoch
    refused = writer.post("administrator", "/settings", body)
    assert (refused.status, refused.code) == (400, "rest_invalid_param")
    assert (writer.get("administrator", "/settings").value, writer.epoch) == (before, epoch)


def test_null_takes_a_value_away(writer: Writer) -> None:
    body = {"title": "T", "posts_per_page": 3, "timezone": "Europe/Prague"}
    writer.post("administrator", "/settings", body)
    answered = writer.post("administrator", "/settings", dict.fromkeys(body)).value
    assert (answered["title"], answered["posts_per_page"], answered["timezone"]) == (None, 10, None)
    with writer.newsroom.view() as view:
        assert view.site.option("blogname") == ""
        assert options.get(view.unit, "blogname") == ""
        assert view.site.number("posts_per_page") == 10


def test_what_was_never_kept_cannot_be_taken_away(writer: Writer) -> None:
    body = {"title": "half done?", "site_logo": None}
    refused = writer.post("administrator", "/settings", body)
    assert (refused.status, refused.code) == (500, "rest_invalid_stored_value")
    assert writer.get("administrator", "/settings").value["title"] != "half done?"


@pytest.mark.parametrize(("role", "status"), [("", 401), ("subscriber", 403), ("editor", 403), ("administrator", 200)])
def test_who_may(writer: Writer, role: str, status: int) -> None:
    assert writer.post(role, "/settings", {"title": "x"}).status == status
    assert writer.ask(role, "PUT", "/settings", {"nope": 1}).status == status


def test_a_zone_and_smilies_show_at_once(writers: Writers) -> None:
    writer = writers()
    with writer.newsroom.database.write() as unit:
        post_store.insert(unit, article(10, "post", content="Well :-)"), id=10)
    assert "🙂" in writer.get("", "/posts/10").value["content"]["rendered"]
    epoch = writer.epoch
    writer.post("administrator", "/settings", {"use_smilies": False, "timezone": "Europe/Prague"})
    assert writer.epoch > epoch
    assert ":-)" in writer.get("", "/posts/10").value["content"]["rendered"]
    draft = writer.post("editor", "/posts", {"title": "now", "status": "publish"}).value
    assert (draft["date"], draft["date_gmt"]) == ("2025-06-15T14:00:00", "2025-06-15T12:00:00")
    epoch = writer.epoch
    writer.post("administrator", "/settings", {"use_smilies": False})
    assert writer.epoch == epoch, "nothing changed"
