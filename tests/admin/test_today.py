"""The page of what waits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.admin.client import Client
from tests.admin.test_media import counted
from tests.content.desk import article
from tests.store import many
from wirepress.model.comment import Comment
from wirepress.model.wire import Memory, Source
from wirepress.store import comments, leases, runs, sources


def plant_sources(client: Client, number: int) -> None:
    """One that is fine, one that is gone, so many that failed twice, and one that failed and was removed."""
    now = int(client.newsroom.clock.now().timestamp())
    with client.newsroom.write() as view:
        unit = view.unit
        sources.add(unit, Source(0, "https://fine.example/feed", "Fine Wire"))
        gone = Source(0, "https://key:secret@gone.example/feed", active=False, memory=Memory(status=410, error="gone"))
        sources.add(unit, gone)
        memory = Memory(status=500, error="the server answered <b>500</b>")
        for at in range(number + 1):
            source = sources.add(unit, Source(0, f"https://{at}.example/feed", f"Wire {at}"))
            for failures, back in ((1, 7200), (2, 3600)):
                assert leases.claim(unit, source, "worker", now - back, now - back + 60)
                run = runs.begin_run(unit, source, now - back)
                runs.end_run(unit, run, now - back + 1, "failed", {})
                leases.release(unit, source, "worker", now + 600, memory, failures)
        sources.remove(unit, source, now)


def test_what_waits_is_shown_to_those_who_decide(client: Client) -> None:
    with client.newsroom.write() as view:
        many.posts(view.unit, [article(50, "wait", status="pending", title="Wait <b>here</b>", author=4)])
        comments.insert(view.unit, Comment(0, 50, approved="0", author_name="Ann", content="Is <i>this</i> so?"))
    page = client.get("editor")
    assert "Wait here" in page.text
    assert "Is this so?" in page.text
    assert "Comments waiting" in page.text
    author = client.get("author")
    assert "Comments waiting" not in author.text
    assert "Wait" not in author.text.replace("Waiting", "")


def test_sources_that_fail_are_shown_to_those_who_look_after_them(client: Client) -> None:
    plant_sources(client, 2)
    page = client.get("editor")
    assert "Sources that fail" in page.text
    assert "Wire 0" in page.text
    assert "Wire 1" in page.text
    assert "The server answered <b>500</b>." in page.text
    assert page.text.count("Failed 2 times in a row") == 2
    assert "gone.example" in page.text
    assert "secret" not in page.html
    assert "Fine Wire" not in page.text
    assert "Wire 2" not in page.text
    assert "admin.php?page=sources&amp;source=3" in page.html
    assert "Sources that fail" not in client.get("author").text


def test_it_takes_few_statements_whatever_waits(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with client.newsroom.write() as view:
        many.posts(
            view.unit,
            [
                article(number, f"p{number}", status=status, author=1 + number % 5)
                for number, status in zip(range(50, 90), ("pending", "future", "draft", "publish") * 10, strict=True)
            ],
        )
        for number in range(10):
            comments.insert(view.unit, Comment(0, 50 + number, approved="0", content="Is this so?"))
    plant_sources(client, 20)
    client.get("editor")
    with counted(client, monkeypatch) as numbers:
        assert client.get("editor").status == 200
    assert sum(numbers) <= 9, numbers


def test_administrators_are_told_what_does_not_work(client: Client) -> None:
    words = ("takes no writes", "nearly full", "worker has not been heard of")
    assert not any(word in client.get("administrator").text for word in words)
    client.admin.ports = replace(client.admin.ports, degraded=lambda: ("writes", "disk", "worker"))
    assert all(word in client.get("administrator").text for word in words)
    assert not any(word in client.get("editor").text for word in words)
