"""The example press answers as a web server does, and holds what its README says."""

import http.client
import json
import re
from collections.abc import Iterator
from email.utils import formatdate
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from examples.wire.press import CORRECTIONS, REDIRECTS, SITE, Press, serving

TWIN = "/meridian/world/2025/winter-crews.html"
ARTICLES = sorted(
    "/" + path.relative_to(SITE).as_posix()
    for path in SITE.rglob("*.html")
    if len(path.relative_to(SITE).parts) > 2 and path.name != "index.html"
)


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with serving() as running:
        yield running


def get(press: Press, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", press.server_port)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def test_a_page_comes_with_its_type_and_its_own_address(press: Press) -> None:
    status, headers, body = get(press, TWIN)
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert f'href="{press.base}{TWIN}"'.encode() in body
    assert b"{base}" not in body


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/courier/feed.rss", "application/rss+xml"),
        ("/atlas/feed.atom", "application/atom+xml; charset=utf-8"),
        ("/pictures/snow-pass.jpg", "image/jpeg"),
        ("/pictures/night-city.png", "image/png"),
        ("/pictures/dunes.webp", "image/webp"),
        ("/robots.txt", "text/plain; charset=utf-8"),
    ],
)
def test_types(press: Press, path: str, kind: str) -> None:
    assert get(press, path)[1]["content-type"] == kind


def test_what_is_known_is_not_sent_again(press: Press) -> None:
    _, headers, _ = get(press, "/courier/feed.rss")
    assert get(press, "/courier/feed.rss", If_None_Match=headers["etag"])[::2] == (304, b"")
    assert get(press, "/courier/feed.rss", If_Modified_Since=headers["last-modified"])[0] == 304
    assert get(press, "/courier/feed.rss", If_Modified_Since=formatdate(0, usegmt=True))[0] == 200
    # The tag decides where both are given.
    assert get(press, "/courier/feed.rss", If_None_Match='"old"', If_Modified_Since=headers["last-modified"])[0] == 200


def test_head_has_the_length_and_no_body(press: Press) -> None:
    _, headers, body = get(press, TWIN)
    status, of_head, nothing = get(press, TWIN, "HEAD")
    assert (status, nothing, of_head["content-length"]) == (200, b"", str(len(body)))
    assert headers["etag"] == of_head["etag"]


@pytest.mark.parametrize("path", ["/nothing.html", "/../press.py", "/%2e%2e/press.py", "/pictures/", "/a%00.html"])
def test_nothing_else_is_served(press: Press, path: str) -> None:
    assert get(press, path)[0] == 404


def test_a_page_can_change(press: Press) -> None:
    path = "/atlas/en/delta.html"
    before = get(press, path)[1]["etag"]
    press.change(path, press.source(path).replace("every night", "every morning"))
    _, headers, body = get(press, path, If_None_Match=before)
    assert headers["etag"] != before
    assert b"every morning" in body
    assert (path, 200) in press.asked


def test_the_old_page_is_in_its_old_charset(press: Press) -> None:
    _, headers, body = get(press, "/courier/opinion/old-station.html")
    assert headers["content-type"] == "text/html"
    assert "café" in body.decode("windows-1252")


def test_the_twin_is_seventeen_padded_paragraphs_and_a_stray_end_tag() -> None:
    text = (SITE / TWIN.lstrip("/")).read_text("utf-8")
    body = text.partition('itemprop="articleBody"')[2].partition("</div>")[0]
    paragraphs = re.findall(r"<p [^>]*>([^<]*)</p>", body)
    assert len(paragraphs) == 17
    assert all(words.startswith(" " * 12) and words.endswith(" " * 4) for words in paragraphs)
    assert "</p></p>" in body
    assert "<a " not in body


def test_there_are_enough_articles_of_different_kinds() -> None:
    assert len(ARTICLES) >= 10
    languages = {
        LexborHTMLParser((SITE / path[1:]).read_text("utf-8")).css("html")[0].attributes.get("lang")
        for path in ARTICLES
    }
    assert {"de", "cs", "ja"} <= languages


@pytest.mark.parametrize("path", ["/courier/feed.rss", "/atlas/feed.atom", "/meridian/world/", "/ledger/feed.rss"])
def test_every_article_listed_is_there(press: Press, path: str) -> None:
    text = get(press, path)[2].decode()
    if path.endswith("/"):
        links = [str(node.attributes["href"]) for node in LexborHTMLParser(text).css(".card a.card__link")]
    else:
        links = [
            a or b
            for a, b in re.findall(
                r"<entry.*?<link[^>]*href=\"([^\"]+)\"|<item>.*?<link>\s*(.*?)\s*</link>", text, re.DOTALL
            )
        ]
    assert len(links) >= (1 if "ledger" in path else 4)
    for link in links:
        found = urlsplit(urljoin(press.base + path, link)).path
        assert get(press, found)[0] == (302 if found in REDIRECTS else 200), link


@pytest.mark.parametrize("path", ARTICLES)
def test_the_pictures_of_a_page_are_there(press: Press, path: str) -> None:
    page = LexborHTMLParser(get(press, path)[2].decode("utf-8", "replace"))
    sources = [
        source for node in page.css("img") if (source := node.attributes.get("src")) and not source.startswith("data:")
    ]
    for source in sources:
        assert get(press, urlsplit(urljoin(press.base + path, source)).path)[0] == 200, source


def test_pictures_are_small() -> None:
    assert [file.name for file in (SITE / "pictures").iterdir() if file.stat().st_size > 150_000] == []


@pytest.mark.parametrize("path", CORRECTIONS)
def test_each_correction_changes_what_is_there_once(path: str) -> None:
    text = (SITE / path[1:]).read_text("utf-8")
    for before, after in CORRECTIONS[path]:
        assert text.count(before) >= 1
        assert after not in text


def listed(press: Press, query: str) -> tuple[int, dict[str, str], Any]:
    status, headers, body = get(press, f"/gazette/wp-json/wp/v2/posts{query}")
    return status, headers, json.loads(body)


def test_the_gazette_lists_its_posts_as_wordpress_does(press: Press) -> None:
    status, headers, items = listed(press, "?per_page=2&_embed=author")
    assert (status, headers["x-wp-total"], headers["x-wp-totalpages"]) == (200, "3", "2")
    assert [item["id"] for item in items] == [40, 38]
    assert items[0]["content"] == {"rendered": "", "protected": True}
    assert items[1]["_embedded"]["wp:featuredmedia"][0]["source_url"] == f"{press.base}/pictures/ridge-evening.jpg"
    _, _, rest = listed(press, "?per_page=2&page=2")
    assert [item["id"] for item in rest] == [31]
    assert "_embedded" not in rest[0]
    _, _, later = listed(press, "?modified_after=2025-03-01T00:00:00Z&order=asc")
    assert [item["id"] for item in later] == [38, 40]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("?per_page=500", "rest_invalid_param"),
        ("?per_page=x", "rest_invalid_param"),
        ("?page=9", "rest_post_invalid_page_number"),
    ],
)
def test_the_gazette_refuses_what_wordpress_refuses(press: Press, query: str, code: str) -> None:
    status, _, said = listed(press, query)
    assert (status, said["code"]) == (400, code)


def test_the_pages_of_the_gazette_name_its_api(press: Press) -> None:
    _, _, items = listed(press, "")
    for link in [f"{press.base}/gazette/", *(item["link"] for item in items)]:
        status, headers, body = get(press, urlsplit(link).path)
        assert (status, headers["link"]) == (200, f'<{press.base}/gazette/wp-json/>; rel="https://api.w.org/"')
        assert items[0]["title"]["rendered"].encode() in body or link != items[0]["link"]
    assert json.loads(get(press, "/gazette/wp-json/")[2])["name"] == "Northquay Gazette"
    assert get(press, "/gazette/2025/01/nothing/")[0] == 404
