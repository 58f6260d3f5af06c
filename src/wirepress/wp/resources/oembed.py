"""oEmbed: what other sites need to show our posts, and what is kept of theirs.

Nobody is asked while a request waits: what is not known yet is noted for the worker, and known the next time.
"""

from __future__ import annotations

import html
from collections.abc import Iterator

from wirepress.content import remote
from wirepress.content.addresses.oembed import WIDEST, is_own, own
from wirepress.render.embeds import is_asked_for, player_of, wish_of
from wirepress.render.entities import escape_html
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.declaration import Param, anybody, worded
from wirepress.wp.errors import WireError
from wirepress.wp.fields import pick, tree
from wirepress.wp.response_schema import LINKS, some_of_fields
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route, Shows
from wirepress.wp.schema import Json

NAMESPACE = "oembed/1.0"


def as_xml(data: dict[str, Json]) -> bytes:
    """The same as XML.  What is not ASCII is written as numbers, as PHP's SimpleXML does without an encoding."""

    def text(value: Json) -> str:
        plain = html.unescape(escape_html(str(value)))
        safe = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return "".join(c if c.isascii() else f"&#x{ord(c):X};" for c in safe if c >= " " or c in "\t\n\r")

    def elements(of: dict[str, Json]) -> str:
        inner = ((name, elements(value) if isinstance(value, dict) else text(value)) for name, value in of.items())
        return "".join(f"<{name}>{value}</{name}>" for name, value in inner)

    return f'<?xml version="1.0"?>\n<oembed>{elements(data)}</oembed>\n'.encode()


def embed(call: Call) -> Result:
    """What other sites are told of the post at an address; an error where there is none."""
    data = own(call.view, str(call.params.get("url") or ""), call.integer("maxwidth", WIDEST))
    missing = WireError("oembed_invalid_url", "There is no post at this address.", 404)
    if call.params.get("format") == "xml":
        shown, status = (missing.body(), missing.status) if data is None else (data, 200)
        return Result(raw=as_xml(shown), kind="text/xml; charset=UTF-8", status=status)
    if data is None:
        raise missing
    return Result(value=pick(data, tree(call.fields)) if call.fields else data)


def _writes(call: Call) -> None:
    if not call.may("edit_posts"):
        call.refuse("rest_forbidden", "You may not ask for embeds of other sites.")


def proxy(call: Call) -> Result:
    """What an address embeds: our own posts, what is kept of other sites, files of sound and film.

    The 404 is an answer, not an error: the wish that is noted with it must be kept.
    """
    url = str(call.params.get("url") or "")
    data = own(call.view, url, call.integer("maxwidth", WIDEST))
    if data is not None:
        return Result(value=data)
    if (player := player_of(url, {})) is not None:
        return Result(value={"provider_name": "Embed Handler", "html": player, "scripts": []})
    if is_asked_for(url) and not is_own(call.view, url):
        sizes = {name: call.integer(f"max{name}") for name in ("width", "height")}
        wish = wish_of(url, {name: str(size) for name, size in sizes.items() if size > 0})
        data = remote.known(call.view, wish)
        if data is not None:
            return Result(value=data)
        remote.ask_for(call.view, wish)
    missing = WireError("oembed_invalid_url", "Nothing is known here to embed of this address.", 404)
    return Result(value=missing.body(), status=missing.status)


# ---- routes

EMBED = {
    **dict.fromkeys(
        ("version", "provider_name", "provider_url", "author_name", "author_url", "title", "type", "html"), s.text()
    ),
    **dict.fromkeys(("thumbnail_url", "url"), s.text()),
    **dict.fromkeys(
        ("width", "height", "thumbnail_width", "thumbnail_height", "cache_age"), s.of(["string", "integer", "null"])
    ),
}
"""What an embed holds (get_oembed_response_data)."""
URL = Param("url", s.uri(), required=True)
EMBED_PARAMS = (URL, Param("format", {"default": "json"}), Param("maxwidth", {"default": WIDEST}))
PROXY_PARAMS = (
    URL,
    Param("format", s.text(default="json", enum=["json", "xml"])),
    Param("maxwidth", s.integer(default=WIDEST)),
    Param("maxheight", s.integer()),
    Param("discover", s.boolean(default=True)),
)


def routes(_: Catalog) -> Iterator[Route]:
    """Our posts as embeds, and those of other sites."""
    own_shows = Shows("value", some_of_fields(EMBED, {"_links": LINKS}), ("text/xml",))
    getting = Endpoint(("GET",), embed, anybody, worded(EMBED_PARAMS), shows=own_shows)
    yield Route(f"/{NAMESPACE}/embed", (getting,), NAMESPACE)
    # What other sites answer is passed on.
    passed = Shows("value", {"type": "object"})
    asking = Endpoint(("GET",), proxy, _writes, worded(PROXY_PARAMS), shows=passed, alters=True)
    yield Route(f"/{NAMESPACE}/proxy", (asking,), NAMESPACE)
