"""What feeds and sitemaps hold, and that they are what their formats say."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from lxml import etree

from tests.content.desk import make_newsroom
from tests.golden.site import newsroom_of
from tests.site.hostile import hostile
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import Settings
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.web import Request, Response


@pytest.fixture(scope="module")
def dispatcher(tmp_path_factory: pytest.TempPathFactory) -> Dispatcher:
    folder = tmp_path_factory.mktemp("feeds")
    return Dispatcher(newsroom_of("golden", folder), Settings(folder))


def get(dispatcher: Dispatcher, path: str, query: str = "") -> Response:
    return dispatcher.answer(Request("GET", path, query))


@pytest.mark.parametrize(
    "text",
    [
        "<!-- wp:group -->" * 1_000,
        "Harbour news of the day. " * 300_000,
        "<!-- wp:shortcode -->" + "[gallery]" * 30_000,
    ],
)
def test_an_article_that_is_too_much_costs_a_feed_nothing_but_its_excerpt(tmp_path: Path, text: str) -> None:
    newsroom = make_newsroom(tmp_path)
    with newsroom.write() as view:
        for title, content in (("First", "<p>Before it.</p>"), ("Too much", text), ("Last", "<p>After it.</p>")):
            changes = Changes(title=title, content=content, status="publish", author=1)
            publishing.create(view, NEWSROOM, "post", changes)
    own = Dispatcher(newsroom, Settings(tmp_path))
    for kind in ("", "atom/", "rdf/", "json/"):
        response = get(own, f"/index.php/feed/{kind}")
        assert response.status == 200, kind
        for words in (b"First", b"Before it.", b"Too much", b"Last", b"After it."):
            assert words in response.body, (kind, words)
    newsroom.database.close()


@pytest.mark.parametrize("kind", ["", "atom/", "rdf/"])
def test_feeds_are_well_formed_whatever_they_hold(tmp_path: Path, kind: str) -> None:
    newsroom = hostile(tmp_path)
    own = Dispatcher(newsroom, Settings(tmp_path))
    for path in (f"/index.php/feed/{kind}", f"/index.php/comments/feed/{kind}", "/wp-sitemap-posts-post-1.xml"):
        response = get(own, path)
        assert response.status == 200, path
        etree.fromstring(response.body)
    json.loads(get(own, "/index.php/feed/json/").body)
    newsroom.database.close()


def test_sitemaps_keep_to_their_schema(dispatcher: Dispatcher) -> None:
    folder = os.environ.get("WIREPRESS_CORPORA")
    if not folder:
        pytest.skip("the schema of sitemaps.org is a third party's: WIREPRESS_CORPORA names where it is")
    schema = etree.XMLSchema(etree.parse(Path(folder) / "schemas" / "sitemap-xsd" / "sitemap.xsd"))
    index = etree.fromstring(get(dispatcher, "/wp-sitemap.xml").body)
    places = [str(node.text).removeprefix("https://news.example.com") for node in index.iter("{*}loc")]
    assert len(places) == 6
    for place in places:
        schema.assertValid(etree.fromstring(get(dispatcher, place).body))
