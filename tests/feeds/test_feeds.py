"""What feeds and sitemaps hold, and that they are what their formats say."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from lxml import etree

from tests.golden.site import newsroom_of
from tests.site.hostile import hostile
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import Settings
from wirepress.model.web import Request, Response


@pytest.fixture(scope="module")
def dispatcher(tmp_path_factory: pytest.TempPathFactory) -> Dispatcher:
    folder = tmp_path_factory.mktemp("feeds")
    return Dispatcher(newsroom_of("golden", folder), Settings(folder))


def get(dispatcher: Dispatcher, path: str, query: str = "") -> Response:
    return dispatcher.answer(Request("GET", path, query))


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
