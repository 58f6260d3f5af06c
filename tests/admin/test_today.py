"""The page of what waits."""

from __future__ import annotations

import pytest

from tests.admin.client import Client
from tests.admin.test_media import counted
from tests.content.desk import article
from tests.store import many
from wirepress.model.comment import Comment
from wirepress.store import comments


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
    client.get("editor")
    with counted(client, monkeypatch) as numbers:
        assert client.get("editor").status == 200
    assert sum(numbers) <= 14, numbers
