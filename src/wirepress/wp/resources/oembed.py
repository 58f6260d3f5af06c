"""oEmbed: what other sites need to show our posts, and what is kept of theirs.

Nobody is asked while a request waits: what is not known yet is noted for the worker, and known the next time.
"""

from __future__ import annotations

import html

from wirepress.content import remote
from wirepress.content.addresses.oembed import WIDEST, is_own, own
from wirepress.render.embeds import is_asked_for, player_of, wish_of
from wirepress.render.entities import escape_html
from wirepress.wp.call import Call
from wirepress.wp.errors import WireError
from wirepress.wp.fields import pick, tree
from wirepress.wp.resource import anybody
from wirepress.wp.resources.answers import Answer, Answers, Json
from wirepress.wp.result import Result


def as_xml(data: dict[str, Json]) -> bytes:
    """The same as XML.  What is not ASCII is written as numbers, as PHP's SimpleXML does without an encoding."""

    def text(value: Json) -> str:
        plain = html.unescape(escape_html(str(value)))
        safe = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return "".join(c if c.isascii() else f"&#x{ord(c):X};" for c in safe if c >= " " or c in "\t\n\r")

    inner = "".join(f"<{name}>{text(value)}</{name}>" for name, value in data.items())
    return f'<?xml version="1.0"?>\n<oembed>{inner}</oembed>\n'.encode()


def embed(call: Call) -> Result:
    data = own(call.view, str(call.params.get("url") or ""), call.integer("maxwidth", WIDEST))
    if data is None:
        raise WireError("oembed_invalid_url", "There is no post at this address.", 404)
    if call.params.get("format") == "xml":
        return Result(raw=as_xml(data), kind="text/xml; charset=UTF-8")
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
        data = remote.embed_data(call.view, wish)
        if data is not None:
            return Result(value=data)
        remote.ask_for(call.view, wish)
    missing = WireError("oembed_invalid_url", "Nothing is known here to embed of this address.", 404)
    return Result(value=missing.body(), status=missing.status)


ANSWERS: Answers = {
    "/oembed/1.0/embed": Answer(embed, anybody),
    "/oembed/1.0/proxy": Answer(proxy, _writes, alters=True),
}
