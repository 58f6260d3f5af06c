"""What a site declares in files of fixed names, and its news sitemap."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import etree

from tests.content.desk import HOME, NOON, make_newsroom
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import Settings
from wirepress.content import options
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.moment import Stamp
from wirepress.model.web import Request, Response

FILES = ("ads.txt", "app-ads.txt", "security.txt", ".well-known/security.txt", ".well-known/tdmrep.json")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Dispatcher]:
    newsroom = make_newsroom(tmp_path)
    yield Dispatcher(newsroom, Settings(tmp_path))
    newsroom.database.close()


def choose(site: Dispatcher, **chosen: str) -> None:
    with site.newsroom.write() as view:
        for name, value in chosen.items():
            options.set(view.unit, f"wirepress_{name}", value)


def get(site: Dispatcher, path: str) -> Response:
    return site.answer(Request("GET", f"/{path}"))


@pytest.mark.parametrize("path", [*FILES, "news-sitemap.xml"])
def test_nothing_is_declared_unless_somebody_has_chosen_it(site: Dispatcher, path: str) -> None:
    assert get(site, path).status == 404


def test_sellers_of_advertising(site: Dispatcher) -> None:
    choose(site, ads_txt="exchange.example, 1234, DIRECT \r\n\r\n# end\r\n")
    answer = get(site, "ads.txt")
    assert dict(answer.headers)["content-type"].startswith("text/plain")
    assert answer.body == b"exchange.example, 1234, DIRECT\n\n# end\n"


@pytest.mark.parametrize("path", ["security.txt", ".well-known/security.txt"])
def test_a_security_contact_names_what_rfc_9116_asks_for(site: Dispatcher, path: str) -> None:
    choose(site, security_contact="desk@paper.example https://paper.example/report http://plain.example/ nonsense")
    lines = get(site, path).body.decode().splitlines()
    assert [line for line in lines if line.startswith("Contact: ")] == [
        "Contact: mailto:desk@paper.example",
        "Contact: https://paper.example/report",
    ]
    assert [line for line in lines if line.startswith("Expires: ")] == ["Expires: 2025-12-12T00:00:00Z"]
    assert f"Canonical: {HOME}/.well-known/security.txt" in lines


def test_a_contact_cannot_add_lines(site: Dispatcher) -> None:
    choose(site, security_contact="desk@paper.example\nContact:evil", security_policy="https://a.example/\nX: y")
    text = get(site, "security.txt").body.decode()
    assert "evil" not in text
    assert "X: y" not in text


def test_mining_is_reserved_in_a_file_and_on_pages(site: Dispatcher) -> None:
    choose(site, tdm_reservation="1", tdm_policy="https://paper.example/policy.json")
    rules = json.loads(get(site, ".well-known/tdmrep.json").body)
    assert rules == [{"location": "/*", "tdm-reservation": 1, "tdm-policy": "https://paper.example/policy.json"}]
    assert b'<meta name="tdm-reservation" content="1">' in get(site, "").body


def test_the_news_sitemap_holds_two_days_of_own_articles(site: Dispatcher) -> None:
    choose(site, news_sitemap="1")
    with site.newsroom.write() as view:
        for title, hours in (("New & <b>bold</b>", 1), ("Old", 49), ("Nearly old", 47)):
            when = (NOON - timedelta(hours=hours)).strftime("%Y-%m-%d %H:%M:%S")
            changes = Changes(title=title, content="x", status="publish", author=1, date=Stamp(when))
            publishing.create(view, NEWSROOM, "post", changes)
    root = etree.fromstring(get(site, "news-sitemap.xml").body)
    assert [node.text for node in root.iter("{*}title")] == ["New & bold", "Nearly old"]
    assert {node.text for node in root.iter("{*}language")} == {"en"}
    assert b"Sitemap: https://news.example.com/news-sitemap.xml" in get(site, "robots.txt").body
    with site.newsroom.write() as view:
        options.set(view.unit, "blog_public", "0")
    assert get(site, "news-sitemap.xml").status == 404
