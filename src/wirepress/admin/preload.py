"""What the block editor would ask of the API while it opens, answered in its page already.

So that opening takes four requests and not thirty.  What is asked is recorded in tests/editor; what it asks later
(notes, the media library) would not be looked for here any more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from wirepress.admin.visit import Visit
from wirepress.content.identity import nonces
from wirepress.model.post import Post
from wirepress.model.registry import PostType
from wirepress.model.web import Request

API_NONCE = "wp_rest"
SITE_FIELDS = (
    "description", "gmt_offset", "home", "image_max_bit_depth", "image_sizes", "image_size_threshold",
    "image_strip_meta", "name", "site_icon", "site_icon_url", "site_logo", "timezone_string", "url", "page_for_posts",
    "page_on_front", "show_on_front",
)  # fmt: skip


def paths(post: Post, kind: PostType, stylesheet: str) -> Iterable[tuple[str, str]]:
    """Method and path of what the editor asks while it opens (recorded in tests/editor)."""
    item = f"/{kind.rest_namespace}/{kind.rest_base}/{post.id}"
    yield "GET", "/wp/v2/users/me"
    yield "GET", "/wp/v2/types?context=view"
    yield "GET", "/wp/v2/taxonomies?context=view"
    yield "GET", "/wp/v2/block-patterns/categories"
    yield "GET", f"{item}?context=edit"
    yield "GET", "/wp/v2/taxonomies?context=edit"
    yield "GET", f"/?_fields={','.join(SITE_FIELDS)}"
    yield "GET", f"/wp/v2/types/{kind.name}?context=edit"
    yield "GET", "/wp/v2/themes?context=edit&status=active"
    yield "GET", f"{item}/autosaves?context=edit"
    yield "GET", f"/wp/v2/global-styles/themes/{stylesheet}?context=view"
    yield "GET", f"/wp/v2/global-styles/themes/{stylesheet}/variations?context=view"
    yield "GET", "/wp/v2/settings"
    yield "GET", "/wp/v2/templates/lookup?slug=front-page"
    template = "page" if kind.name == "page" else f"single-{kind.name}"
    if post.slug:
        template += f"-{post.slug}"
    yield "GET", f"/wp/v2/templates/lookup?slug={template}"
    yield "GET", f"/wp/v2/users/{post.author}?context=view&_fields=id,name"
    for name in ("settings", "media", "pages", "blocks", "templates", "posts"):
        yield "OPTIONS", f"/wp/v2/{name}"
    if kind.rest_base not in ("pages", "blocks", "templates", "posts"):
        yield "OPTIONS", f"/{kind.rest_namespace}/{kind.rest_base}"


def preloaded(visit: Visit, post: Post, kind: PostType) -> dict[str, Any]:
    """Answers by path as api-fetch's middleware wants them; those of OPTIONS under their method."""
    found: dict[str, Any] = {}
    options: dict[str, Any] = {}
    for method, path in paths(post, kind, str(visit.site.option("stylesheet"))):
        answer = _asked_for(visit, method, path)
        if answer is None:
            continue
        if method == "OPTIONS":
            options[path] = answer
        else:
            found[path] = answer
    for method, path in _style_paths(visit, found):
        answer = _asked_for(visit, method, path)
        if answer is not None:
            (options if method == "OPTIONS" else found)[path] = answer
    found["OPTIONS"] = options
    return found


def _style_paths(visit: Visit, found: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """The site's own styles, whose number the theme's links tell."""
    for path, answer in list(found.items()):
        if path.startswith("/wp/v2/themes") and answer["body"]:
            links = answer["body"][0].get("_links", {}).get("wp:user-global-styles", ())
            for link in links:
                number = link["href"].rpartition("/")[2]
                yield "OPTIONS", f"/wp/v2/global-styles/{number}"
                context = "edit" if visit.may("edit_theme_options") else "view"
                yield "GET", f"/wp/v2/global-styles/{number}?context={context}"


def _asked_for(visit: Visit, method: str, path: str) -> dict[str, Any] | None:
    """An answer of the API in this process; None for an error, which the editor then asks for itself."""
    route, _, query = path.partition("?")
    address = urlsplit(visit.site.rest_url(route))
    more = "&".join(part for part in (address.query, query, urlencode({"_locale": "user"})) if part)
    headers = {name: visit.request.headers[name] for name in ("host", "cookie") if name in visit.request.headers}
    headers["x-wp-nonce"] = nonces.nonce(visit.view, visit.viewer, API_NONCE)
    response = visit.api(Request(method, address.path, more, headers, b"", visit.request.remote, visit.request.scheme))
    if response.status != 200:
        return None
    named = {
        name: value for name, value in response.headers if name in ("Allow", "Link", "X-WP-Total", "X-WP-TotalPages")
    }
    return {"body": json.loads(response.body) if response.body else None, "headers": named}
