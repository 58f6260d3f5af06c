"""The press that has an article of an imported site: by feed, by its REST API, and by the article's own page."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import escape
from urllib.parse import parse_qs, urlsplit

from tests.net.loopback import reply


@dataclass
class Article:
    """An article as its own site has it, whose words a test may change."""

    title: str
    content: str
    published: str = "2025-02-11T12:00:00"
    summary: str = ""
    path: str = "/2025/02/11/the-article-itself/index.html"
    guid: str = "elsewhere-1"


@dataclass
class Elsewhere:
    """The site on loopback."""

    article: Article
    whole_in_feed: bool = True
    """Whether its feed has the text; else only the page has."""
    url: str = ""
    links: str = ""
    """The site that its links lead to, where that is another one."""
    asked: list[str] = field(default_factory=list)

    def __call__(self, path: str, headers: dict[str, str]) -> bytes:
        self.asked.append(path)
        parts = urlsplit(path)
        if parts.path == "/feed":
            return reply(body=self.feed().encode(), Content_Type="application/rss+xml")
        if parts.path == "/wp-json/wp/v2/posts":
            is_first = parse_qs(parts.query).get("page", ["1"])[0] == "1"
            listed = [self.item()] if is_first and "after" not in path else []
            return reply(
                body=json.dumps(listed).encode(),
                Content_Type="application/json",
                X_WP_Total=str(len(listed)),
                X_WP_TotalPages="1",
            )
        if parts.path == self.article.path:
            return reply(body=self.page().encode(), Content_Type="text/html; charset=utf-8")
        return reply(404)

    def feed(self) -> str:
        one = self.article
        text = f"<content:encoded>{escape(one.content)}</content:encoded>" if self.whole_in_feed else ""
        return (
            '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><channel>'
            f"<title>Elsewhere</title><item><guid isPermaLink='false'>{one.guid}</guid>"
            f"<link>{self.links or self.url}{one.path}</link>"
            f"<title>{escape(one.title)}</title><description>{escape(one.summary)}</description>"
            f"<dc:date>{one.published}Z</dc:date>{text}</item></channel></rss>"
        )

    def item(self) -> dict[str, object]:
        one = self.article
        return {
            "id": 77,
            "guid": {"rendered": f"{self.url}/?p=77"},
            "date_gmt": one.published,
            "modified_gmt": one.published,
            "status": "publish",
            "link": f"{self.url}{one.path}",
            "title": {"rendered": escape(one.title)},
            "content": {"rendered": one.content, "protected": False},
            "excerpt": {"rendered": f"<p>{escape(one.summary)}</p>", "protected": False},
        }

    def page(self) -> str:
        one = self.article
        return (
            f"<!DOCTYPE html><html lang=en><head><title>{escape(one.title)}</title>"
            f'<meta property="og:title" content="{escape(one.title)}"><meta property="og:type" content="article">'
            f'<meta property="og:description" content="{escape(one.summary)}">'
            f'<meta property="article:published_time" content="{one.published}Z"></head><body>'
            f"<header>Elsewhere</header><main><article><h1>{escape(one.title)}</h1>{one.content}</article></main>"
            "<footer>Ours</footer></body></html>"
        )


def of_raw(title: str, raw: str, published: str) -> Article:
    """The article of which an imported post holds the text, without the line that says where it is from."""
    text = re.sub(r"<div>This post appeared first on .*", "", raw, flags=re.DOTALL).replace("</p></p>", "</p>")
    first = re.sub(r"<[^>]*>", "", text).strip().split("\n")[0].strip()
    return Article(title, text, published, first)
