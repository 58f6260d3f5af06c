"""`batch/v1`: several writes in one request, each a write of its own (WP_REST_Server::serve_batch_request_v1).

All of them are checked before the first one runs; with `validation=require-all-validate` none runs when one is flawed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol
from urllib.parse import urlsplit

from wirepress.content import beforehand
from wirepress.content.newsroom import Newsroom, View
from wirepress.model.errors import WirepressError
from wirepress.model.web import Request
from wirepress.render.response_context import Counters
from wirepress.wp import json, query
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.checking import Intake
from wirepress.wp.declaration import Param, anybody, worded
from wirepress.wp.errors import WireError, no_route
from wirepress.wp.responses import envelope, enveloped
from wirepress.wp.result import Doc, Result
from wirepress.wp.routes import Endpoint, Match, Route, Routes, Shows

Finish = Callable[[Call, Result], bytes]


class Api(Protocol):
    """What a batch asks of the API that it is part of."""

    newsroom: Newsroom
    routes: Routes

    def performed(self, ready: Call, match: Match, finish: Finish) -> bytes:
        """Runs what changes something in a view that writes."""

    def refused(self, ready: Call, match: Match, error: WireError | WirepressError, finish: Finish) -> bytes:
        """The answer of a call that raised."""


PATTERN = "/batch/v1"
MULTI_STATUS = 207
_ANSWER = {
    "type": ["object", "null"],
    "properties": {
        "body": {},
        "status": {"type": "integer"},
        "headers": {"type": ["object", "array"]},
    },
    "required": ["body", "status", "headers"],
}
ANSWER = {
    "type": "object",
    "description": "What each request was answered with, in their order.",
    "properties": {
        "failed": {"type": "string", "enum": ["validation"]},
        "responses": {"type": "array", "items": _ANSWER},
    },
    "required": ["responses"],
}


@dataclass(frozen=True, slots=True)
class Part:
    """One request of a batch: what it asks for, what answers it, and what is wrong with it."""

    call: Call
    match: Match | None = None
    flaw: WireError | None = None


_REQUEST = s.mapping(
    properties={
        "method": s.choice("", ("POST", "PUT", "PATCH", "DELETE"), default="POST"),
        "path": s.text(required=True),
        "body": s.mapping(properties=[], additionalProperties=True),
        "headers": s.mapping(
            properties=[], additionalProperties={"type": ["string", "array"], "items": {"type": "string"}}
        ),
    }
)
PARAMS = worded(
    (
        Param("validation", s.choice("", ("require-all-validate", "normal"), default="normal")),
        Param("requests", {"type": "array", "maxItems": 25, "items": _REQUEST}, required=True),
    )
)


def route() -> Route:
    """The route of batches."""
    endpoint = Endpoint(("POST",), _apart, anybody, PARAMS, shows=Shows("value", ANSWER), apart=True)
    return Route(PATTERN, (endpoint,), "")


def _apart(_: Call) -> Result:
    raise AssertionError("a batch is run by `serve`")


def serve(api: Api, ready: Call) -> Result:
    """The answers to the requests of a batch."""
    with api.newsroom.view() as view:
        parts = [_part(api, view, ready, asked) for asked in ready.params["requests"]]
    if ready.params.get("validation") == "require-all-validate" and any(part.flaw for part in parts):
        bodies = [_error(part.flaw) if part.flaw else b"null" for part in parts]
        return _result(b'{"failed":"validation","responses":[%s]}' % b",".join(bodies))
    for part in parts:
        _make_ready(api, part)
    counters = Counters()
    with beforehand.at_once():
        return _result(b'{"responses":[%s]}' % b",".join([_run(api, part, counters) for part in parts]))


def _result(body: bytes) -> Result:
    return Result(docs=[Doc((body,))], status=MULTI_STATUS)


def _error(error: WireError) -> bytes:
    return envelope(json.dump(error.body()), error.status, {})


# ---- checking


def _part(api: Api, view: View, ready: Call, asked: Mapping[str, Any]) -> Part:
    """One request, matched and checked; who may ask it is asked when it runs."""
    outer = ready.request
    call = Call(view, outer, ready.caller)
    try:
        path, sent = _address(str(asked["path"]))
    except ValueError:
        return Part(call, flaw=WireError("parse_path_failed", "This path cannot be read.", 400))
    method = str(asked.get("method") or "POST")
    request = Request(method, outer.path, sent, _headers(asked), b"", outer.remote, outer.scheme)
    intake = Intake(replace(call, request=request))
    match = api.routes.match(path, method)
    if match is None or match.endpoint is None:
        return Part(intake.call, flaw=no_route())
    if not match.endpoint.batch:
        flaw = WireError("rest_batch_not_allowed", "This cannot be asked for in a batch.", 400)
        return Part(intake.call, match, flaw)
    body = asked.get("body")
    try:
        intake.take(match.endpoint, query.parse(sent), body if isinstance(body, dict) else {}, match.path)
    except WireError as error:
        return Part(intake.call, match, error)
    return Part(intake.call, match)


_NO_HOST = re.compile(r"//(?:[/?#:]|\Z)")


def _address(text: str) -> tuple[str, str]:
    """Path and query of an address.  Raises ValueError where PHP's parse_url gives up."""
    scheme, colon, rest = text.partition(":")
    if (colon and scheme.isalnum() and scheme.lower() != "file" and _NO_HOST.match(rest)) or text.startswith("///"):
        raise ValueError(text)
    try:
        found = urlsplit(text)
    except ValueError:  # a bracket in the host, of which PHP thinks nothing
        return "", ""
    if (port := found.netloc.rpartition("@")[2].rpartition(":")[2]).isdecimal() and int(port[:6]) > 65535:
        raise ValueError(text)
    return found.path, found.query


def _headers(asked: Mapping[str, Any]) -> dict[str, str]:
    sent = asked.get("headers")
    if not isinstance(sent, dict):
        return {}
    return {
        str(name).lower().replace("_", "-"): ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in sent.items()
    }


# ---- running


def _make_ready(api: Api, part: Part) -> None:
    """Has the costly work of a request done before the first one of the batch is run: nothing begins again then."""
    endpoint = part.match.endpoint if part.match is not None else None
    if part.flaw is None and endpoint is not None and endpoint.prepare is not None and endpoint.prepares_early:
        with api.newsroom.view() as view, suppress(WireError, WirepressError):  # it is told when the request runs
            call = part.call.again(view)
            endpoint.permission(call)
            endpoint.prepare(call)


def _run(api: Api, part: Part, counters: Counters) -> bytes:
    if part.match is None or part.match.endpoint is None:
        return _error(part.flaw or no_route())
    finish = partial(_finished, counters)
    if part.flaw is None and part.match.endpoint.alters:
        return _written(api, part.call, part.match, part.match.endpoint, finish)
    with api.newsroom.view() as view:
        call = part.call.again(view)
        try:
            if part.flaw:
                raise part.flaw
            part.match.endpoint.permission(call)
            return finish(call, part.match.endpoint.run(call))
        except (WireError, WirepressError) as error:
            return api.refused(call, part.match, error, finish)


def _finished(counters: Counters, call: Call, result: Result) -> bytes:
    return enveloped(call, result, counters)


def _written(api: Api, ready: Call, match: Match, endpoint: Endpoint, finish: Finish) -> bytes:
    """What a call answers that changes something."""
    try:
        with api.newsroom.view() as view:
            call = ready.again(view)
            endpoint.permission(call)
            prepared = None
            if endpoint.prepare:
                prepared = endpoint.prepare(call)
    except (WireError, WirepressError) as error:
        return api.refused(ready, match, error, finish)
    return api.performed(replace(ready, prepared=prepared), match, finish)
