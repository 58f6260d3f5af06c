"""From results to responses: headers, envelope, callback, and whether an answer may be kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from wirepress.model.errors import Invalid
from wirepress.model.web import Response
from wirepress.render.response_context import Counters
from wirepress.wp import embed, headers, json
from wirepress.wp.asked import Asked
from wirepress.wp.call import Call
from wirepress.wp.embed import Embedding
from wirepress.wp.errors import wire
from wirepress.wp.filling import Filling
from wirepress.wp.result import Result

CALLBACK = re.compile(r"[\w.]+\Z", re.ASCII)
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def sealed(call: Call, asked: Asked, result: Result, embedding: Embedding) -> Response:
    """The response that a result becomes; an error where that would be too large."""
    filling = Filling(call, single=result.single)
    try:
        body = b"" if call.head else filling.join(body_of(call, asked.embeds, result, embedding))
    except Invalid as error:
        refusal = wire(error, call.logged_in)
        result = Result(value=refusal.body(), status=refusal.status, headers=dict(result.headers))
        body = filling.join(body_of(call, False, result, embedding))
    status, own = result.status, own_headers(result)
    if asked.envelope:
        body = envelope(body or b"[]", status, own)
        status, own = 200, {}
    if asked.pretty and body:
        body = json.pretty(body)
    lines = headers.base()
    if asked.callback and body:
        lines = headers.base("application/javascript")
        body = b"/**/" + asked.callback.encode() + b"(" + body + b")"
    if result.kind and not asked.envelope:
        lines[0], body = ("Content-Type", result.kind), b"" if call.head else result.raw
    lines += [(name, str(value)) for name, value in {"Link": headers.discovery(call), **own}.items()]
    lines += _for_the_caller(call, uncached=result.uncached)
    private = result.private or filling.private
    keepable = not private and _for_everybody(call, asked)
    return Response(status, lines, body, keepable=keepable, deadline=result.deadline)


def _for_the_caller(call: Call, *, uncached: bool) -> headers.Headers:
    """The headers that depend on who asks and how."""
    request = call.request
    lines: headers.Headers = []
    if call.caller.nonce:
        lines.append(("X-WP-Nonce", call.caller.nonce))
    lines += call.cookies
    override = request.headers.get("x-http-method-override", "GET").upper()
    if call.logged_in or override not in _SAFE or uncached:
        lines += headers.UNCACHED
    if request.method == "GET" and not call.logged_in:
        lines.append(("Vary", "Origin"))
    return lines


def _for_everybody(call: Call, asked: Asked) -> bool:
    """Whether any stranger who asks the same gets the same."""
    return call.request.method == asked.method == "GET" and call.stranger and not call.caller.nonce


def enveloped(call: Call, result: Result, counters: Counters) -> bytes:
    """A result as a value in a batch's answer; texts of the whole batch are numbered through."""
    filling = Filling(call, single=result.single, counters=counters)
    return envelope(filling.join(body_of(call, False, result, None)), result.status, own_headers(result))


def envelope(body: bytes, status: int, own: Mapping[str, Any]) -> bytes:
    """An answer as a value (WP_REST_Server::envelope_response)."""
    return b'{"body":%s,"status":%d,"headers":%s}' % (body, status, json.dump(dict(own) or []))


def body_of(call: Call, embeds: embed.Wanted, result: Result, embedding: Embedding | None) -> list[bytes | json.Gap]:
    """The body in pieces: a join of encoded items, or a value."""
    if not result.encoded:
        return [*json.split(json.encode(result.value))]
    docs = result.items(call)
    items = [doc.pieces for doc in docs]
    if embeds and embedding is not None and any(doc.targets for doc in docs):
        items = [embedding.put_into(docs, call, embeds)]
    pieces: list[bytes | json.Gap] = [b"["] if result.listed else []
    for i, item in enumerate(items):
        if i:
            pieces.append(b",")
        pieces.extend(item)
    if result.listed:
        pieces.append(b"]")
    return pieces


def own_headers(result: Result) -> dict[str, Any]:
    """The headers of the result itself, a Link where WordPress puts it: before Allow."""
    own = dict(result.headers)
    if not result.links:
        return own
    allow = own.pop("Allow", None)
    own["Link"] = ", ".join(result.links)
    if allow is not None:
        own["Allow"] = allow
    return own


def bad_callback(call: Call) -> Response:
    """The answer to a callback that is no name of a function."""
    body = {"code": "rest_callback_invalid", "message": "Invalid JSONP callback function."}
    lines = [*headers.base("application/javascript"), ("Link", headers.discovery(call))]
    return Response(400, lines, json.dump(body))
