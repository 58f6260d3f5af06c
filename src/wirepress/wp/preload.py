"""What the block editor would ask of the API while it opens, answered in its page already.

So that opening takes four requests and not thirty.  What is asked is recorded in tests/editor; what it asks later
(notes, the media library) would not be looked for here any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from wirepress.content.identity import nonces
from wirepress.content.identity.permissions import may
from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import View
from wirepress.model.post import Post
from wirepress.model.registry import PostType
from wirepress.model.web import Request
from wirepress.wp import json
from wirepress.wp.api import Api
from wirepress.wp.auth import NONCE

HEADERS = frozenset({"Allow", "Link", "X-WP-Total", "X-WP-TotalPages"})
"""The headers that the editor reads."""
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
    yield "GET", f"/wirepress/v1/provenance/{post.id}"
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


def preloaded(
    api: Api, view: View, viewer: Viewer, request: Request, post: Post, kind: PostType
) -> dict[str, Any]:  # fmt: skip
    """Answers by path as api-fetch's middleware wants them, those of OPTIONS under their method; `request` is that of
    the editor's page."""
    found: dict[str, Any] = {"OPTIONS": {}}
    asked = Asking(api, view, viewer, request)
    for method, path in paths(post, kind, str(view.site.option("stylesheet"))):
        asked.into(found, method, path)
    for method, path in list(_style_paths(view, viewer, found)):
        asked.into(found, method, path)
    return found


def _style_paths(view: View, viewer: Viewer, found: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """The site's own styles, whose number the theme's links tell."""
    themes = found.get("/wp/v2/themes?context=edit&status=active", {}).get("body") or [{}]
    for link in themes[0].get("_links", {}).get("wp:user-global-styles", ()):
        number = link["href"].rpartition("/")[2]
        context = "edit" if may(view, viewer, "edit_theme_options") else "view"
        yield "OPTIONS", f"/wp/v2/global-styles/{number}"
        yield "GET", f"/wp/v2/global-styles/{number}?context={context}"


class Asking:
    """Asks the API in this process as the browser of a page would."""

    def __init__(self, api: Api, view: View, viewer: Viewer, page: Request) -> None:
        self.api, self.view, self.page = api, view, page
        self.headers = {name: page.headers[name] for name in ("host", "cookie") if name in page.headers}
        self.headers["x-wp-nonce"] = nonces.nonce(view, viewer, NONCE)

    def into(self, found: dict[str, Any], method: str, path: str) -> None:
        """Puts an answer among those found; an error is left out, and the editor asks for that itself."""
        route, _, query = path.partition("?")
        address = urlsplit(self.view.site.rest_url(route))
        more = "&".join(part for part in (address.query, query, urlencode({"_locale": "user"})) if part)
        page = self.page
        response = self.api.answer(Request(method, address.path, more, self.headers, b"", page.remote, page.scheme))
        if response.status != 200:
            return
        headers = {name: value for name, value in response.headers if name in HEADERS}
        answer = {"body": json.load(response.body) if response.body else None, "headers": headers}
        (found["OPTIONS"] if method == "OPTIONS" else found)[path] = answer
