"""Every feed holds to the rules of its format, whatever it is a feed of; sounds, films and pictures are attached."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from tests.content.desk import HOME, make_newsroom
from tests.feeds.validity import faults
from tests.golden.site import newsroom_of
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import Settings
from wirepress.content import options
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.web import Request

OF = ["", "category/world/", "tag/breaking/", "author/author/", "search/harbour/", "2024/", "search/nothing-at-all/"]
KINDS = {"rss2": "", "atom": "atom/", "rdf": "rdf/", "json": "json/"}


@pytest.fixture(scope="module")
def dispatcher(tmp_path_factory: pytest.TempPathFactory) -> Dispatcher:
    folder = tmp_path_factory.mktemp("valid")
    newsroom = newsroom_of("golden", folder)
    with newsroom.write() as view:
        options.set(view.unit, "wirepress_feed_pictures", "1")
    return Dispatcher(newsroom, Settings(folder))


@pytest.mark.parametrize("of", OF)
@pytest.mark.parametrize("kind", KINDS)
def test_a_feed_is_valid(dispatcher: Dispatcher, kind: str, of: str) -> None:
    path = f"/index.php/{of}feed/{KINDS[kind]}"
    response = dispatcher.answer(Request("GET", path))
    assert response.status == 200
    assert faults(kind, response.body, HOME + path) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_search_by_query_is_known_by_its_whole_address(dispatcher: Dispatcher, kind: str) -> None:
    response = dispatcher.answer(Request("GET", "/", f"s=harbour&feed={kind}"))
    assert response.status == 200
    assert faults(kind, response.body, f"{HOME}/?s=harbour&feed={kind}") == []


def test_sounds_and_films_are_attached_once(tmp_path: Path) -> None:
    newsroom = make_newsroom(tmp_path)
    content = (
        '<!-- wp:audio --><figure class="wp-block-audio"><audio controls src="https://cdn.example.com/a.mp3">'
        '</audio></figure><!-- /wp:audio -->\n<!-- wp:video --><figure class="wp-block-video">'
        '<video controls src="https://cdn.example.com/b.mp4?a=1&amp;b=2"></video></figure><!-- /wp:video -->'
    )
    with newsroom.write() as view:
        changes = Changes(title="Heard", content=content, status="publish", author=1)
        publishing.create(view, NEWSROOM, "post", changes)
    own = Dispatcher(newsroom, Settings(tmp_path))
    wanted = [("https://cdn.example.com/a.mp3", "audio/mpeg"), ("https://cdn.example.com/b.mp4?a=1&b=2", "video/mp4")]
    for kind, path in KINDS.items():
        body = own.answer(Request("GET", f"/index.php/feed/{path}")).body
        assert faults(kind, body, f"{HOME}/index.php/feed/{path}") == []
        if kind == "json":
            found = [(f["url"], f["mime_type"]) for f in json.loads(body)["items"][0]["attachments"]]
            assert found == wanted
        elif kind != "rdf":
            tree = etree.fromstring(body)
            nodes = [*tree.iter("enclosure"), *(node for node in tree.iter() if node.get("rel") == "enclosure")]
            assert [(node.get("url") or node.get("href"), node.get("type")) for node in nodes] == wanted
    newsroom.database.close()
