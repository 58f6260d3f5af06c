"""What WordPress does not have: fields that are shown where they are asked for, routes that the index does not list."""

from __future__ import annotations

import json
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from tests.wp.conftest import Writers
from tests.wp.writer import Writer
from wirepress.model.post import Post
from wirepress.model.web import Request
from wirepress.wp import openapi, table
from wirepress.wp import schema as s
from wirepress.wp.cleaning import plain_text
from wirepress.wp.declaration import ALL, READ, Field, Page, Rules, Write, anybody
from wirepress.wp.endpoints import routes_of
from wirepress.wp.resource import Resource
from wirepress.wp.resources.posts import fields

WORDS: Field[Post] = Field("probe_words", s.integer("Words."), READ, lambda p, _: len(p.content.split()), ours=True)
LINE: Field[Post] = Field(
    "probe_line",
    s.text("A line."),
    ALL,
    "content_filtered",
    write=Write("content_filtered", clean=plain_text),
    ours=True,
)
PROBES: Resource[SimpleNamespace] = Resource(
    name="probe",
    route="/wirepress/v1/probes",
    namespace="wirepress/v1",
    fields=(Field("id", s.integer("Its number."), ALL),),
    rules=Rules(anybody, anybody),
    find=lambda _: SimpleNamespace(id=1),
    page=lambda _: Page([SimpleNamespace(id=1)], 1),
    version_of=None,
)


@pytest.fixture
def plain(writers: Writers) -> Writer:
    return writers()


@pytest.fixture
def own(plain: Writer, writers: Writers, monkeypatch: pytest.MonkeyPatch) -> Writer:
    """A site with two fields and a resource of our own."""
    assert plain
    monkeypatch.setattr(fields, "OURS", (WORDS,))
    monkeypatch.setattr(fields, "OURS_BY_TYPE", (("post", LINE),))
    monkeypatch.setattr(table, "RESOURCES", (*table.RESOURCES, "probes"))
    module = SimpleNamespace(routes=lambda catalog: routes_of(catalog.documents, PROBES))
    monkeypatch.setitem(sys.modules, "wirepress.wp.resources.probes", module)
    return writers()


def description(writer: Writer) -> Any:
    return json.loads(writer.api.answer(Request("GET", "/wp-json" + openapi.ROUTE)).body)


@pytest.mark.parametrize("role", ["", "administrator"])
def test_a_field_is_shown_where_it_is_asked_for(own: Writer, role: str) -> None:
    sent = {"title": "News", "content": "Some news", "status": "publish", "probe_line": "Today"}
    made = own.post("administrator", "/posts", sent).value
    assert not {"probe_words", "probe_line"} & made.keys()
    one = f"/posts/{made['id']}"
    for _ in range(2):  # from memory the second time
        for query in ("", "_fields=id,title", "_fields=title"):
            shown = [own.get(role, one, query).value, *own.get(role, "/posts", query).value]
            assert all(item and not {"probe_words", "probe_line"} & item.keys() for item in shown), query
        for query in ("_fields=probe_line,id,probe_words", "_fields=probe_line,id,probe_words&context=embed"):
            shown = [own.get(role, one, query).value, *own.get(role, "/posts", query).value]
            words = {} if "embed" in query else {"probe_words": 2}
            expected = [*{"id": made["id"], **words, "probe_line": "Today"}.items()]
            assert [list(item.items()) for item in shown] == [expected, expected]
    assert own.ask("administrator", "POST", one, {"probe_line": "Tomorrow"}, query="_fields=probe_line").value == {
        "probe_line": "Tomorrow"
    }
    assert own.get(role, one, "_fields=probe_line").value == own.get(role, "/posts", "_fields=probe_line").value[0]
    gone = own.delete("administrator", one, "force=true&_fields=previous,probe_line").value
    assert gone["previous"]["probe_line"] == "Tomorrow"


def test_a_field_is_of_its_type(own: Writer) -> None:
    made = own.ask(
        "editor", "POST", "/pages", {"title": "A", "probe_line": "Today"}, query="_fields=id,probe_words,probe_line"
    )
    assert made.value.keys() == {"id", "probe_words"}
    with own.newsroom.view() as view:
        page = view.lookup.post(made.value["id"])
    assert page is not None
    assert page.content_filtered == ""


@pytest.mark.parametrize("path", ["/posts", "/posts/{id}", "/posts/{id}/autosaves"])
def test_plain_text_keeps_no_markup(own: Writer, path: str) -> None:
    made = own.post("contributor", "/posts", {"title": "News"}).value["id"]
    sent = {"title": "News", "probe_line": "<b>x</b><script>1</script> <img src=x onerror=alert(1)"}
    route = path.format(id=made)
    answered = own.post("contributor", route, sent)
    assert answered.status in (200, 201)
    kept = own.ask(
        "contributor", "GET", f"/posts/{answered.value['id']}", query="context=edit&_fields=probe_line"
    ).value
    assert kept["probe_line"].startswith("x"), kept
    assert "<" not in kept["probe_line"], kept
    refused = own.post("contributor", route, {"probe_line": ["x"]})
    assert (refused.status, refused.code) == (400, "rest_invalid_param")


def test_wordpress_is_told_of_as_it_is(plain: Writer, own: Writer) -> None:
    for path in ("/posts", "/posts/1", "/media", "/blocks", "/navigation", "/posts/1/autosaves"):
        assert own.ask("", "OPTIONS", path).value == plain.ask("", "OPTIONS", path).value
    for target in ("/wp-json/", "/wp-json/wp/v2"):
        assert own.api.answer(Request("GET", target)).body == plain.api.answer(Request("GET", target)).body


def test_the_description_tells_of_what_is_ours(plain: Writer, own: Writer) -> None:
    found, before = description(own), description(plain)
    body = found["paths"]["/wp/v2/posts"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert {"probe_words", "probe_line"} & body["properties"].keys() == {"probe_line"}
    forms = found["components"]["schemas"]
    assert forms["post.view"] == before["components"]["schemas"]["post.view"]
    assert {"probe_words", "probe_line"} <= forms["post.fields"]["anyOf"][0]["properties"].keys()
    assert "probe_line" not in forms["page.fields"]["anyOf"][0]["properties"]
    assert found["paths"].keys() - before["paths"].keys() == {"/wirepress/v1/probes", "/wirepress/v1/probes/{id}"}


def test_a_route_of_ours_is_served_and_not_listed(own: Writer) -> None:
    assert own.get("", "/wirepress/v1/probes").value == [{"id": 1}]
    told = own.ask("", "OPTIONS", "/wirepress/v1/probes/1").value
    assert (told["namespace"], told["schema"]["title"]) == ("wirepress/v1", "probe")
    index = own.api.answer(Request("GET", "/wp-json/")).body
    assert b"wirepress\\/v1" not in index
    assert b"wp\\/v2\\/posts" in index
