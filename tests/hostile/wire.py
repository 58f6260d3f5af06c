"""Feeds and pages that grow, each through a whole pull, with a good source beside it.

What is measured is the worker: what reads them has limits of its own (`syndicate.sandbox`).  A pull says in one line
what happened, and what it took in can be read.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Final

from hypothesis import given
from hypothesis import seed as seeded
from hypothesis import strategies as st

from tests.hostile.campaign import Campaign, Told, drawn
from tests.hostile.files import files
from tests.hostile.growing import UNITS, texts
from tests.hostile.measure import Meter, Watched, measured
from tests.syndicate.elsewhere import Elsewhere
from tests.syndicate.site import Site, site_in
from tests.syndicate.test_bad_input import page
from wirepress.model.web import Request
from wirepress.model.wire import Rules
from wirepress.syndicate import sandbox
from wirepress.syndicate.pull import pull_source
from wirepress.wp.api import Api

PULLS: Final = 12
"""That one process makes."""
MOST: Final = 9_000_000
"""Bytes of a body: what is fetched at all is 10 MB."""
HOST: Final = "https://a.example"
NUMBERS: Final = count(1)
SIZES: Final = (2_000, 60_000, 600_000, 4_000_000)
ELEMENTS: Final = (
    "item", "entry", "title", "link", "guid", "id", "description", "content:encoded", "content", "summary", "category",
    "dc:creator", "author", "name", "pubDate", "updated", "media:content", "media:group", "enclosure", "channel",
)  # fmt: skip
MARKUP: Final = (
    "<a href='/x'>a</a>", "<p>It rained, he said.</p>", "<table><tr><td>x</td></tr></table>", "<img src='/x.jpg'>",
    "<img srcset='/x.jpg 1x, /y.jpg 2x'>", "<iframe src='https://a.example/embed'></iframe>", "<figure>", "<ul><li>x",
    "<div class='card'>", "<h2>x</h2>", "<script type='application/ld+json'>{\"@type\":\"NewsArticle\"}</script>",
    "<meta property='og:image' content='/x.jpg'>", "<link rel='alternate' type='application/rss+xml' href='/f'>",
    "<video><source src='/x.mp4'></video>", "<blockquote>x</blockquote>", "<br>", "&nbsp;", "<!-- x -->", "<b><i>",
    "<p style='display:none'>x</p>", "<svg><path d='M0 0'/></svg>", "<title>x</title>", "<base href='//b.example'>",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull says, as an answer."""

    status: int
    code: str


def _grown(draw: Callable[..., Any], units: tuple[str, ...]) -> str:
    size: int = draw(st.sampled_from(SIZES))
    chosen = draw(st.lists(st.sampled_from(units), min_size=1, max_size=4))
    unit = "".join(chosen)
    how = draw(st.sampled_from(("repeated", "counted", "text", "nested")))
    if how == "text":
        text: str = draw(texts(size))
        return text
    number = max(1, min(size, 2_000_000) // len(unit))
    if how == "counted":
        return "".join(unit.replace("x", f"x{n}") for n in range(number))
    if how == "nested" and (names := [name for name in ELEMENTS if unit.startswith(f"<{name}>")]):
        return f"<{names[0]}>" * number + f"</{names[0]}>" * number
    return unit * number


@st.composite
def feeds(draw: Callable[..., Any]) -> bytes:
    """A body of a feed: RSS, Atom or JSON, parts of it grown; some are cut."""
    kind = draw(st.sampled_from(("rss", "atom", "json")))
    if kind == "json":
        body = json.dumps(_json_feed(draw))
    else:
        names = draw(st.lists(st.sampled_from(ELEMENTS), min_size=1, max_size=5))
        inner = "".join(f"<{name}>{_piece(draw)}</{name}>" for name in names)
        entry = "item" if kind == "rss" else "entry"
        entries = f"<{entry}><title>Long</title><guid>1</guid><link>/1</link>{inner}</{entry}>"
        entries *= draw(st.sampled_from((1, 1, 3, 5_000 if len(entries) < 500 else 2)))
        rss, atom = "<rss version='2.0'><channel>", "<feed xmlns='http://www.w3.org/2005/Atom'>"
        body = f"<?xml version='1.0'?>{rss if kind == 'rss' else atom}<title>W</title>{entries}"
        body += draw(st.sampled_from(("</channel></rss>", "</feed>", "")))
    return _cut(draw, body)


def _piece(draw: Callable[..., Any]) -> str:
    inner = _grown(draw, (*MARKUP, *(f"<{name}>" for name in ELEMENTS)))
    wrap = draw(st.sampled_from(("<![CDATA[{}]]>", "{}", "{}", "plain")))
    if wrap == "plain":
        written: str = draw(UNITS)
        return written
    return str(wrap).replace("{}", inner)


def _json_feed(draw: Callable[..., Any]) -> dict[str, Any]:
    value = draw(st.sampled_from(("text", "list", "object")))
    grown: Any = _grown(draw, MARKUP)
    if value == "list":
        grown = [grown[:50]] * draw(st.sampled_from((9, 60_000)))
    elif value == "object":
        grown = {f"k{n}": grown[:50] for n in range(draw(st.sampled_from((9, 60_000))))}
    name = draw(
        st.sampled_from(("id", "url", "title", "content_html", "tags", "authors", "attachments", "date_published"))
    )
    item = {"id": "1", "url": "/1", "title": "Long", "content_html": "<p>x</p>", name: grown}
    items = [item] * draw(st.sampled_from((1, 3)))
    return {"version": "https://jsonfeed.org/version/1.1", "title": "W", "items": items}


@st.composite
def pages(draw: Callable[..., Any]) -> bytes:
    """A body of an article's page, parts of it grown; some are cut."""
    head, before, after = ("", "", "")
    place = draw(st.sampled_from(("head", "before", "article", "after")))
    grown = _grown(draw, MARKUP)
    if place == "head":
        head = grown
    elif place == "before":
        before = grown
    elif place == "after":
        after = grown
    text = "".join(f"<p>It rained all day in the valley, the mayor said {n} times, and it rose.</p>" for n in range(9))
    inner = text + (grown if place == "article" else "")
    body = f"<html><head><title>Rain</title>{head}</head><body>{before}<article>{inner}</article>{after}"
    return _cut(draw, body)


def _cut(draw: Callable[..., Any], body: str) -> bytes:
    sent = body.encode("utf-8", "replace")[:MOST]
    at: int = draw(st.integers(0, 1 << 24))
    return sent[: at % (len(sent) + 1)] if draw(st.integers(0, 5)) == 5 else sent


FEED: Final = (
    b"<rss version='2.0'><channel><title>W</title><item><title>One</title><link>/1</link><guid>1</guid></item>"
    b"<item><title>Two</title><link>/2</link><guid>2</guid></item></channel></rss>"
)


def pulled(site: Site, bodies: dict[str, bytes], rules: Rules) -> Pulled:
    """What a pull of a feed with these bodies behind its addresses says."""
    address = f"{HOST}/feed/{next(NUMBERS)}"
    elsewhere = Elsewhere({f"{HOST}{path}": body for path, body in bodies.items()} | {address: bodies["/feed"]})
    number = site.add(address, rules=rules)
    report = pull_source(site.newsroom, number, elsewhere)
    for line in (report.error, *report.notes):
        if "\n" in line or len(line) > 1_000:
            return Pulled(500, f"says {line[:80]!r}")
    return Pulled(200, "")


def looked_at(site: Site) -> Pulled:
    """What readers see of what was taken."""
    answer = Api(site.newsroom).answer(
        Request("GET", "/wp-json/wp/v2/posts", "per_page=20", {"host": "news.example.com"})
    )
    return Pulled(answer.status, "")


def life(folder: Path, seed: int, told: Told) -> None:
    """Pulls some sources one after the other."""
    with site_in(folder / "site") as site:
        sandbox.run(sandbox.PAGE, len, "")  # started
        meter = Meter(Watched(site.newsroom))

        def look(what: str, bodies: dict[str, bytes], rules: Rules) -> None:
            sent = {path: base64.b64encode(body).decode() for path, body in bodies.items()}
            told.begins({"label": what, "bodies": sent})
            taken, _ = measured(meter, what, lambda: pulled(site, bodies, rules))
            told.ended(taken)
            told.begins({"label": f"list after {what}"})
            taken, _ = measured(meter, f"list after {what}", lambda: looked_at(site))
            told.ended(taken)

        @seeded(seed)
        @drawn(PULLS)
        @given(st.sampled_from(("feed", "page", "picture", "listing")), st.data())
        def sent(what: str, data: st.DataObject) -> None:
            if what == "feed":
                look("feed", {"/feed": data.draw(feeds())}, Rules(page=False))
            elif what == "page":
                look("page", {"/feed": FEED, "/1": data.draw(pages()), "/2": page("two")}, Rules())
            elif what == "listing":
                rules = Rules(links=data.draw(st.sampled_from(("a", ".card a", "div a ~ a, p a"))))
                look("listing", {"/feed": data.draw(pages()), "/x": page("two")}, rules)
            else:
                bodies = {"/feed": FEED, "/1": page("one", "/x.jpg"), "/2": page("two"), "/x.jpg": data.draw(files())}
                look("picture", bodies, Rules())

        sent()


def main(seconds: float, seed: int = 0) -> int:
    """Looks for so long; whether something was found."""
    return Campaign("wire", life, megabytes=MEGABYTES, patience=PATIENCE).run(seconds, seed)


MEGABYTES: Final = 350
"""A picture of 50 megapixels, and a body of 10 MB some times."""
PATIENCE: Final = 150
"""Seconds by the clock: some articles, each up to its limit."""
