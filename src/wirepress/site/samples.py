"""A newsroom's pages as the templates are given them, to see whether a theme can show them: with long and short texts,
text that looks like markup, other scripts, and stories without pictures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wirepress.content.themes.theme import Theme
from wirepress.site.structured import json_ld

Context = dict[str, Any]

HOME = "https://news.example/"

SITE: Context = {
    "title": "The Saltmarsh & Harbour Times",
    "tagline": "All that the tide brings in",
    "home": HOME,
    "language": "en-US",
    "feed": HOME + "feed/",
    "search": HOME,
    "direction": "ltr",
    "stylesheet": "/-/static/site.css",
    "today_text": "Monday, 10 March 2025",
    "logo": None,
    "icon": "/-/static/icon.svg",
    "touch_icon": "",
    "head_html": "",
    "foot_html": "",
    "footer_menu": [{"name": "About & imprint", "url": HOME + "about/", "current": False, "entries": []}],
    "sections": [{"name": "World", "url": HOME + "category/world/", "current": False, "entries": []}],
    "menus": {},
    "menu": [
        {"name": name, "url": f"{HOME}category/{name.lower()}/", "current": name == "World", "entries": []}
        for name in ("Culture", "Harbour", "Opinion", "Science", "Sport", "World")
    ],
}

DATA: Context = {"@type": "NewsArticle", "headline": "</script><script>alert(1)</script>"}

HEAD: Context = {
    "title": "Grain ships <wait> – The Saltmarsh & Harbour Times",
    "description": 'Twenty-two ships & one "fog"',
    "canonical": HOME,
    "robots": "",
    "tdm": False,
    "type": "article",
    "social": [("og:title", "Grain ships <wait>"), ("og:image", HOME + "pictures/harbour-dawn.jpg")],
    "json_ld": [json_ld(DATA)],
    "style": "",
    "links": [{"rel": "alternate", "href": HOME + "feed/", "type": "application/rss+xml", "title": "News & more"}],
}

PAGES: Context = {"number": 1, "total": 3, "previous": None, "next": HOME + "page/2/"}

ATTRIBUTION: Context = {
    "text": "First published by",
    "source": "Meridian Desk",
    "url": "https://meridian.example/world/2025/grain-ships.html",
    "canonical": "https://meridian.example/world/2025/grain-ships.html",
}


def image(name: str, width: int, height: int, caption: str = "") -> Context:
    return {
        "src": f"/pictures/{name}",
        "srcset": f"/pictures/{name} {width}w",
        "alt": "What the picture shows",
        "width": width,
        "height": height,
        "caption_html": caption,
        "sizes": {"medium": {"src": f"/pictures/{name}", "width": 300, "height": 200}},
    }


def story(
    title: str, category: str, picture: Context | None, excerpt: str, attribution: Context | None = None
) -> Context:
    slug = title.lower().replace(" ", "-")
    return {
        "title_html": title,
        "url": f"{HOME}2025/03/{slug}/",
        "date_iso": "2025-03-10T07:30:00+00:00",
        "date_text": "March 10, 2025",
        "author": {"name": "Ada Whitlock", "url": HOME + "author/ada/", "about_html": "", "initials": "AW", "tone": 1},
        "image": picture,
        "updated_iso": "",
        "updated_text": "",
        "excerpt_html": f"<p>{excerpt}</p>",
        "standfirst_html": f"<p>{excerpt}</p>",
        "categories": [{"name": category, "url": f"{HOME}category/{category.lower()}/"}],
        "tags": [{"name": "fog", "url": HOME + "tag/fog/"}, {"name": "grain & flour", "url": HOME + "tag/grain/"}],
        "attribution": attribution,
        "content_html": "",
        "told_by": [],
        "language": None,
    }


STORIES = [
    story(
        "Grain ships wait for the fog to lift",
        "World",
        image("harbour-dawn.jpg", 1600, 900, "The grain pier of the Teal estuary <b>before</b> the fog came."),
        "Twenty-two grain ships lay at anchor off the Teal estuary on Thursday, waiting for a fog that has not lifted "
        "in nine days. It is the longest such wait in the port’s log, which goes back to 1881.",
        ATTRIBUTION,
    ),
    story(
        "Observatory opens its dome to everyone",
        "Science",
        image("observatory.jpg", 900, 1200),
        "For the first time since it was built in 1931, anyone may look through the great refractor.",
    ),
    story(
        "Leave the old station its clock", "Opinion", None, "A screen knows more, but nobody has ever met under one."
    ),
    story(
        "Night trams return after eleven years",
        "Harbour",
        image("night-city.png", 1200, 800),
        "One every forty minutes.",
    ),
    story(
        "Road over the glacier closes a month early",
        "World",
        image("ridge-evening.jpg", 1600, 1067),
        "Surveyors found that the ice beneath its upper half had thinned by almost four metres since the autumn.",
        ATTRIBUTION,
    ),
    story(
        "A map that is redrawn every night",
        "Culture",
        image("delta.jpg", 1280, 720),
        "Every evening at five, a clean sheet.",
    ),
    story(
        "Včelař ze sedmého patra",
        "Culture",
        image("fields.jpg", 1200, 1200),
        "Na střeše panelového domu stojí dvanáct úlů.",
    ),
    story(
        "霧の茶畑に最後の手摘み",
        "World",
        image("tea-hills.webp", 1200, 800),
        "山あいの小さな集落で、手摘みの茶畑が機械摘みへと変わる。",
    ),
    story(
        "Council votes on benches",
        "Harbour",
        None,
        "Nine benches, three of them facing the sea, were approved by eleven to two.",
    ),
    story(
        "The dunes have moved again",
        "Science",
        image("dunes.webp", 1600, 900),
        "By forty metres, and this time towards the road.",
    ),
]

CONTENT = """
<p class="wp-block-paragraph has-drop-cap">Twenty-two grain ships lay at anchor off the Teal estuary on Thursday,
waiting for a fog that has not lifted in <a href="/x">nine days</a>.</p>
<p class="wp-block-paragraph">It is the longest such wait in the port’s log, which goes back to 1881. The harbour office
said no ship would be brought in until its pilots could see <strong>two buoys ahead</strong>, a rule it has never
broken. Those who sail <em>know</em> why.</p>
<h2 class="wp-block-heading">Waiting costs</h2>
<figure class="wp-block-table is-style-stripes"><table><thead><tr><th>Ship size</th><th>Cost of a day</th></tr></thead>
<tbody><tr><td>Small, to 10,000 t</td><td>6,000</td></tr><tr><td>Middle, to 40,000 t</td><td>14,000</td></tr>
<tr><td>Large</td><td>23,000</td></tr></tbody></table><figcaption class="wp-element-caption">By the port’s
tariff</figcaption></figure>
<figure class="wp-block-image alignwide size-large"><img src="/pictures/delta.jpg" width="1280" height="720"
alt="Bent bands of water and sand"><figcaption
class="wp-element-caption">The estuary on a clear day.</figcaption></figure>
<blockquote class="wp-block-quote is-layout-flow"><p class="wp-block-paragraph">Its rules have become rather local.</p>
<cite>A mate, by radio</cite></blockquote>
<ul class="wp-block-list"><li>They fish over the rail.</li><li>They paint what can be painted.</li></ul>
<figure class="wp-block-pullquote"><blockquote><p>The weather office expects wind on Sunday.</p><cite>It has expected it
before</cite></blockquote></figure>
<figure class="wp-block-gallery has-nested-images columns-3 is-cropped">
<figure class="wp-block-image"><img src="/pictures/dunes.webp" alt=""></figure>
<figure class="wp-block-image"><img src="/pictures/fields.jpg" alt=""></figure>
<figure class="wp-block-image"><img src="/pictures/snow-pass.jpg" alt=""></figure></figure>
<p class="wp-block-paragraph">In the town, the fog has been good for at least one trade. The lamp shop by the customs
house has sold out of everything that burns, blinks or can be hung on a bicycle.</p>
"""

ARTICLE: Context = STORIES[0] | {"content_html": CONTENT}


def comment(number: int, author: str, url: str | None, text: str, children: list[Context]) -> Context:
    return {
        "id": number,
        "author": author,
        "url": url,
        "date_iso": "2025-03-10T08:00:00+00:00",
        "date_text": "March 10, 2025",
        "content_html": f"<p>{text}</p>",
        "avatar": {"initials": "QS", "tone": 2, "picture": ""},
        "is_waiting": False,
        "reply": f"{HOME}?replytocom={number}#respond",
        "children": children,
    }


FORM: Context = {
    "action": HOME + "wp-comments-post.php",
    "post": 7,
    "parent": 0,
    "answered": "",
    "cancel": HOME + "#respond",
    "user": None,
    "nonce": "",
    "time": "1741593600.0123456789abcdef0123",
    "is_required": True,
    "author": '"A" & B',
    "email": "",
    "website": "",
    "text": "</textarea><wait>",
    "consent": True,
    "is_remembered": False,
    "longest": {"author_name": 245, "author_email": 100, "author_url": 200, "content": 65_525},
    "note": {"url": HOME + "privacy/", "title": "Privacy & more"},
}

COMMENTS: Context = {
    "count_text": "3 comments",
    "entries": [
        comment(
            3,
            "quaysider <3",
            "https://quay.example/",
            "My lamp is sold out as well.",
            [comment(4, "Anonymous", None, "I have two, and the second one blinks.", [])],
        ),
        comment(5, "L. Penn", None, "Who let the fog in?", []),
    ],
    "pings": [comment(6, "The Tide & Co", "https://tide.example/fog", "", [])],
    "turning": {"older": HOME + "comment-page-1/#comments", "newer": None, "number": 2, "total": 2},
    "form": FORM,
    "answered": 0,
    "login": "",
    "is_closed": False,
    "is_beyond": False,
    "feed": HOME + "feed/",
}

ARCHIVE: Context = {
    "kind": "category",
    "label": "Category",
    "title": "World & beyond",
    "description_html": "<p>From <em>other</em> shores.</p>",
    "image": None,
    "person": None,
}

ARTICLE_PAGE: Context = {
    "story": ARTICLE,
    "comments": COMMENTS,
    "pages": PAGES,
    "related": STORIES[4:7],
    "alike": [],
    "corrections": [],
    "earlier": {"title_html": STORIES[1]["title_html"], "url": STORIES[1]["url"]},
    "later": None,
}
FRONT: Context = {"lead": STORIES[0], "beside": STORIES[1:4], "latest": STORIES[4:], "pages": PAGES} | {
    "sections": [{"name": "Harbour", "url": HOME, "stories": STORIES[1:4]}]
}
EMPTY: Context = {"lead": None, "beside": [], "latest": [], "sections": [], "pages": PAGES | {"total": 0}}
BARE: Context = ARTICLE | {"image": None, "author": None, "attribution": None, "categories": [], "tags": []}

SHOWN: Mapping[str, tuple[str, Context]] = {
    "front": ("front.html", FRONT),
    "empty front": ("front.html", EMPTY),
    "article": ("article.html", ARTICLE_PAGE),
    "bare article": (
        "article.html",
        ARTICLE_PAGE
        | {"story": BARE | {"standfirst_html": ""}, "comments": None, "related": [], "alike": STORIES[7:8]}
        | {
            "corrections": [
                {"date_iso": "2025-03-11T08:00:00+00:00", "date_text": "March 11, 2025", "text": "22 & no more."}
            ]
        }
        | {"earlier": None},
    ),
    "page": (
        "page.html",
        {
            "story": ARTICLE | {"image": None},
            "comments": None,
            "pages": PAGES,
            "children": [{"name": "A & B", "url": "/b"}],
        },
    ),
    "archive": ("archive.html", {"stories": STORIES, "archive": ARCHIVE, "pages": PAGES}),
    "author": (
        "archive.html",
        {"stories": [], "archive": ARCHIVE | {"kind": "author", "label": "Author", "title": "Ada"}, "pages": PAGES},
    ),
    "search": ("search.html", {"stories": STORIES[:2], "query": 'fog "&', "count_text": "2 stories", "pages": PAGES}),
    "empty search": ("search.html", {"stories": [], "query": "", "count_text": "no stories", "pages": PAGES}),
    "missing": ("missing.html", {"status": 404, "title": "Not found", "reason": "", "latest": STORIES[:4]}),
    "gone": ("missing.html", {"status": 410, "title": "Taken down", "reason": "A & B", "latest": []}),
    "refused comment": (
        "comment-refused.html",
        {"message": "Say something.", "form": FORM, "text": "", "back": HOME + "story/"},
    ),
    "embed": ("embed.html", {"story": STORIES[0]}),
}
"""Pages by what they are, each with its template and what that is given beside `site` and `head`."""


def context_of(name: str, theme: Theme) -> Context:
    """All that the template of a page is given, at a site that has the menus of a theme."""
    site = SITE | {"menus": dict.fromkeys(theme.menus, SITE["menu"])}
    return {"site": site, "head": HEAD} | SHOWN[name][1]
