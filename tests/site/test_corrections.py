"""Corrections under articles: noting, taking back, what readers and machines see of them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.admin.client import Client, Page
from tests.admin.conftest import client as client  # the fixture
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import corrections, publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.errors import Invalid, NotFound
from wirepress.model.web import Request
from wirepress.site.reader import Reader

HERE = "admin.php?page=corrections"
HOSTILE = "</script><b>not</b> & three"


def write(client: Client, author: int = 3, **fields: Any) -> int:
    with client.newsroom.write() as view:
        changes = Changes(**{"title": "Harbour", "content": "Text", "status": "publish", "author": author, **fields})
        return publishing.create(view, NEWSROOM, "post", changes).id


def add(client: Client, role: str, number: int, text: str) -> Page:
    return client.post(role, HERE, {"action": "add", "post": number, "text": text})


def shown(client: Client) -> LexborHTMLParser:
    return LexborHTMLParser(Reader(client.newsroom).answer(Request("GET", "/index.php/2025/06/15/harbour/")).body)


def test_an_editor_notes_one_and_takes_it_back(client: Client) -> None:
    number = write(client)
    assert f"page=corrections&amp;post={number}" in client.get("editor", "edit.php").html
    for text in ("First.", HOSTILE):
        assert add(client, "editor", number, f"  {text} \n ").status == 303
    found = shown(client)
    assert [" ".join(node.text().split()) for node in found.css(".corrections li")] == [
        f"June 15, 2025: {HOSTILE}", "June 15, 2025: First.",
    ]  # fmt: skip
    data = next(json.loads(node.text()) for node in found.css('script[type="application/ld+json"]'))
    said = data["correction"]
    assert said[0] == {
        "@type": "CorrectionComment", "text": HOSTILE, "datePublished": "2025-06-15T12:00:00+00:00"
    }  # fmt: skip
    page = client.get("editor", f"{HERE}&post={number}")
    assert "&lt;b&gt;not&lt;/b&gt;" in page.html
    assert client.post("editor", HERE, {"action": "remove:2", "post": number}).status == 303
    assert len(shown(client).css(".corrections li")) == 1


def test_who_may_not_edit_an_article_may_not_correct_it(client: Client) -> None:
    number = write(client)
    assert add(client, "author", number, "Wrong.").status == 303  # their own
    other = write(client, 2)
    for role in ("author", "contributor"):
        assert add(client, role, other, "Wrong.").status == 403
        assert client.get(role, f"{HERE}&post={other}").status == 403


@pytest.mark.parametrize(("text", "said"), [(" ", "Say what was wrong."), ("x" * 2_001, "2000 characters at most")])
def test_a_text_that_is_none_comes_back(client: Client, text: str, said: str) -> None:
    refused = add(client, "editor", write(client), text)
    assert (refused.status, said in refused.text) == (400, True)


def test_texts_stand_whoever_notes_it(client: Client) -> None:
    number = write(client, content="<p>Text</p><script>count()</script>")
    assert add(client, "author", number, "Wrong.").status == 303
    with client.newsroom.view() as view:
        assert "<script>" in publishing.existing(view, number).content


def test_a_protected_article_tells_none(client: Client) -> None:
    number = write(client, password="secret")
    add(client, "editor", number, "Wrong.")
    assert "Wrong." not in str(shown(client).html)


def test_they_are_bounded_and_what_is_none_is_passed_over(client: Client) -> None:
    number = write(client, meta={corrections.META: ["text", {"text": ""}, {"at": 5, "text": "x"}, None]})
    with client.newsroom.view() as view:
        assert [one.text for one in corrections.of(publishing.existing(view, number))] == ["x"]
    assert len(shown(client).css(".corrections li")) == 1
    with client.newsroom.write() as view:
        for at in range(corrections.MOST - 1):
            corrections.add(view, NEWSROOM, number, str(at))
        with pytest.raises(Invalid):
            corrections.add(view, NEWSROOM, number, "one more")
        with pytest.raises(NotFound):
            corrections.remove(view, NEWSROOM, number, corrections.MOST + 1)
