"""What a page says of itself, for the editor's preview of a link (WP_REST_URL_Details_Controller).

Nobody is asked while a request waits: what is not known yet is noted for the worker, and known the next time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from html import unescape
from typing import Any

from wirepress.content import remote
from wirepress.content.addresses.oembed import WIDEST, is_own, own
from wirepress.model.remote import RemoteKind, Wish
from wirepress.render.strip import strip_tags
from wirepress.wp import schema as s
from wirepress.wp.askable import may_be_asked
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.declaration import Param, worded
from wirepress.wp.errors import missing
from wirepress.wp.params import Refused
from wirepress.wp.response_schema import some_of_fields
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route, Shows
from wirepress.wp.validation import Flaw

NAMESPACE = "wp-block-editor/v1"


def _asked_for(call: Call, value: Any) -> str:
    """An address that may be asked, as far as can be said without asking (wp_http_validate_url).  Raises Refused for
    anything else; what a name leads to is seen when the worker asks."""
    url = value.strip() if isinstance(value, str) else ""
    if not may_be_asked(call, url):
        raise Refused(Flaw("", "Invalid parameter."))
    return url


def _may_ask(call: Call) -> None:
    types = (kind for kind in call.site.registry.types.values() if kind.show_in_rest)
    if not any(map(call.may, ("edit_posts", *(kind.capabilities["edit_posts"] for kind in types)))):
        call.refuse("rest_cannot_view_url_details", "You may not ask what other pages say of themselves.")


def wish_of(url: str) -> Wish:
    """The wish for what the page at an address says of itself."""
    return Wish(RemoteKind.PAGE, hashlib.md5(url.encode(), usedforsecurity=False).hexdigest(), url)


def details(call: Call) -> Result:
    """What is kept of a page.  The 404 is an answer, not an error: the wish that is noted with it must be kept."""
    url = str(call.params["url"]).rstrip("/")
    found: dict[str, Any] | None = None
    if is_own(call.view, url):
        found = _of_our_own(call, url)
    else:
        found = remote.known(call.view, wish_of(url))
        if found is None:
            remote.ask_for(call.view, wish_of(url))
    if found is None:
        error = missing("no_response", "Nothing is known here of this page yet.")
        return Result(value=error.body(), status=error.status)
    return Result(value={name: str(found.get(name, "")) for name in SHOWN})


def _of_our_own(call: Call, url: str) -> dict[str, Any] | None:
    shown = own(call.view, url, WIDEST)
    if shown is None:
        return None
    title = unescape(strip_tags(f"{shown['title']} – {shown['provider_name']}"))
    return {"title": title, "image": shown.get("thumbnail_url", "")}


SHOWN = {name: s.text() for name in ("title", "icon", "description", "image")}


def routes(_: Catalog) -> Iterator[Route]:
    """The preview of a link."""
    url = Param("url", s.uri(), eager=True, required=True, clean=_asked_for)
    asking = Endpoint(
        ("GET",), details, _may_ask, worded((url,)), shows=Shows("value", some_of_fields(SHOWN)), alters=True
    )
    yield Route(f"/{NAMESPACE}/url-details", (asking,), NAMESPACE)
