"""The fixed addresses of a WordPress site that are no pages: robots.txt, the icon, and WordPress's own files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import parse_qs, urlsplit

from wirepress.content.addresses.page import visible
from wirepress.content.newsroom import View
from wirepress.content.posts import reading
from wirepress.content.site_icon import icon_address
from wirepress.model.post import Post
from wirepress.model.web import Request, Response
from wirepress.render.entities import convert_chars, escape_html
from wirepress.render.texturize import texturize
from wirepress.site.declarations import declared

HTML = ("content-type", "text/html; charset=UTF-8")
NO_CACHE = [
    ("expires", "Wed, 11 Jan 1984 05:00:00 GMT"),
    ("cache-control", "no-cache, must-revalidate, max-age=0, no-store, private"),
]
ICON = "/wp-includes/images/w-logo-gray-white-bg.png"
"""Where WordPress sends those who ask a site without an icon for one; our own icon is there."""

CLOSED = "Trackbacks are closed here."

TRACKBACK = """<?xml version="1.0" encoding="utf-8"?>
<response>
<error>1</error>
<message>{message}</message>
</response>"""

OPML = """<?xml version="1.0"?>
<opml version="1.0">
\t<head>
\t\t<title>
\t\tLinks for {name}\t\t</title>
\t\t<dateCreated>{now} GMT</dateCreated>
\t\t<!-- generator="WordPress/7.1.4" -->
\t</head>
\t<body>
</body>
</opml>
"""


def api_link(view: View) -> tuple[str, str]:
    return ("link", f'<{view.site.rest_url("/")}>; rel="https://api.w.org/"')


def robots(view: View, request: Request) -> Response:  # noqa: ARG001 - every fixed address is asked alike
    """robots.txt as WordPress writes it (do_robots)."""
    folder = urlsplit(view.site.base).path.rstrip("/")
    lines = ["User-agent: *", f"Disallow: {folder}/wp-admin/", f"Allow: {folder}/wp-admin/admin-ajax.php"]
    if view.site.flag("blog_public"):
        lines += ["", f"Sitemap: {view.site.url('wp-sitemap.xml')}"]
        if view.site.flag("wirepress_news_sitemap"):
            lines.append(f"Sitemap: {view.site.url('news-sitemap.xml')}")
    headers = [("content-type", "text/plain; charset=utf-8"), api_link(view)]
    return Response(200, headers, ("\n".join(lines) + "\n").encode(), keepable=True)


def favicon(view: View, request: Request) -> Response:  # noqa: ARG001
    """The way to the site's icon (do_favicon)."""
    where = icon_address(view) or view.site.base + ICON
    return Response(302, [HTML, api_link(view), ("location", where)], b"", keepable=True)


def trackback(view: View, request: Request) -> Response:
    """Trackbacks are not taken; who only looks is sent to the article (wp-trackback.php)."""
    fields: dict[str, list[str]] = {}
    if request.method == "POST":
        fields = parse_qs(request.body.read(10_000).decode("utf-8", "replace"))
    post = named_post(view, request, fields)
    if post is None or not visible(view, post):
        return refused("I really need an ID for this to work.")
    if fields.get("url"):
        return refused(CLOSED)
    return towards(view.lookup.permalink(post))


def named_post(view: View, request: Request, fields: Mapping[str, list[str]]) -> Post | None:
    """The post that a trackback is for: its id is in the query, in a field or in the path."""
    named = (parse_qs(request.query).get("p") or fields.get("tb_id") or [""])[-1]
    if not named and (found := re.search(r"/wp-trackback\.php/(\d+)", request.path)):
        named = found[1]
    return reading.get(view, int(named)) if re.fullmatch("[0-9]{1,18}", named) else None


def towards(url: str) -> Response:
    return Response(302, [HTML, ("location", url)], b"")


def refused(message: str) -> Response:
    return Response(200, [("content-type", "text/xml; charset=UTF-8")], TRACKBACK.format(message=message).encode())


def links(view: View, request: Request) -> Response:  # noqa: ARG001
    """The list of links (wp-links-opml.php); there are none."""
    name = escape_html(convert_chars(texturize(str(view.site.option("blogname")))))
    now = view.now().strftime("%a, %d %b %Y %H:%M:%S")
    return Response(200, [("content-type", "text/xml; charset=UTF-8")], OPML.format(name=name, now=now).encode())


def cron(view: View, request: Request) -> Response:  # noqa: ARG001
    """Nothing to do: the worker needs no visitor to wake it."""
    headers = [
        HTML,
        ("expires", "Wed, 11 Jan 1984 05:00:00 GMT"),
        ("cache-control", "no-cache, must-revalidate, max-age=0"),
    ]
    return Response(200, headers, b"")


_ENTRANCES = {"dashboard": "wp-admin/", "admin": "wp-admin/", "login.php": "wp-login.php", "login": "wp-login.php"}


def entrance(view: View, request: Request) -> Response | None:
    """The way in for who asks for `/admin` or `/login`, where nothing else is (wp_redirect_admin_locations)."""
    place = _ENTRANCES.get(request.path.strip("/"))
    if place is None or request.query or not view.site.structure:
        return None
    return Response(302, [HTML, ("x-redirect-by", "WordPress"), ("location", f"{view.site.base}/{place}")], b"")


FIXED: dict[str, Callable[[View, Request], Response]] = {
    "robots.txt": robots,
    "favicon.ico": favicon,
    "wp-trackback.php": trackback,
    "wp-links-opml.php": links,
    "wp-cron.php": cron,
}


def fixed(view: View, request: Request) -> Response | None:
    """The answer of a fixed address; None when it is none."""
    name = request.path.lstrip("/")
    if name.startswith("wp-trackback.php/"):
        return trackback(view, request)
    answer = FIXED.get(name)
    return answer(view, request) if answer else declared(view, request.path)
