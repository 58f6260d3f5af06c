"""The face of the API: a request in, WordPress's answer out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, runtime_checkable

from wirepress.content.identity.application_passwords import Uses
from wirepress.content.identity.attempts import Attempts
from wirepress.content.identity.viewer import ANONYMOUS
from wirepress.content.newsroom import Newsroom, View
from wirepress.model.errors import WirepressError
from wirepress.model.web import Request, Response
from wirepress.render.response_context import Counters
from wirepress.wp import address, auth, batch, embed, fields, headers, json, listing, openapi, query
from wirepress.wp.call import Call
from wirepress.wp.emit import Documents
from wirepress.wp.errors import WireError, no_route, wire
from wirepress.wp.filling import Filling
from wirepress.wp.params import body_of, checked, gathered, overlong, refuse, require
from wirepress.wp.resource import passes
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Match, Route, Routes
from wirepress.wp.table import fetchers_of_site, routes_of_site, table_of

T = TypeVar("T")
_CALLBACK = re.compile(r"[\w.]+\Z", re.ASCII)
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
CONTEXTS = frozenset({"view", "edit", "embed"})


@runtime_checkable
class Held(Protocol):
    """What was made ready for a write and is let go after it, whether it was needed or not."""

    def release(self) -> None: ...


@dataclass(slots=True)
class Asked:
    """What a request asks for besides its route: the variables that all routes know."""

    method: str
    route: str | None
    variables: dict[str, Any]
    callback: str
    envelope: bool
    pretty: bool
    embeds: embed.Wanted


def asked_of(request: Request) -> Asked:
    """The method (with its override), the route and the global variables of a request."""
    variables = query.parse(request.query)
    route = address.route_of(request.path, variables)
    method = request.method.upper()
    if (isinstance(given := variables.get("_method"), str) and given) or (
        given := request.headers.get("x-http-method-override")
    ):
        method = given.upper()
    callback = variables.get("_jsonp")
    return Asked(
        method,
        route,
        variables,
        callback if isinstance(callback, str) else "",
        "_envelope" in variables,
        "_pretty" in variables,
        embed.wanted_of(variables.get("_embed")),
    )


class Api:
    """WordPress's REST API over a newsroom.  Safe to be asked by many threads."""

    def __init__(self, newsroom: Newsroom, *, memory: int = 64 << 20, attempts: Attempts | None = None) -> None:
        self.newsroom = newsroom
        self.attempts = attempts or Attempts(newsroom.clock.monotonic)
        self.uses = Uses()
        self.documents = Documents(memory)
        table = table_of(newsroom.registry)
        routes = [_batched(route) for route in routes_of_site(self.documents, table)]
        self.routes = Routes([*routes, openapi.route(routes)])
        self.fetchers = fetchers_of_site(self.documents, table)

    @staticmethod
    def serves(path: str, raw_query: str) -> bool:
        """Whether a request for this path (as sent) and query is the API's."""
        return address.is_api(path, raw_query)

    def cors(self, origin: str) -> list[tuple[str, str]]:
        """The headers that a request with an Origin gets besides; `answer` leaves them out, so that an answer can be
        kept for every origin.  Their `Vary: Origin` may stand in the answer already."""
        if self.newsroom.hardened and origin not in self.newsroom.known_site().origins:
            return headers.CORS_FOR_ANYBODY
        return headers.cors(origin)

    def forget(self) -> None:
        """Drops every encoded item."""
        self.documents.clear()

    def answer(self, request: Request) -> Response:
        """The answer to a request, without the headers of `cors`."""
        asked = asked_of(request)
        with self.newsroom.view() as view:
            call = Call(view, ANONYMOUS, request)
            if asked.callback and not _CALLBACK.match(asked.callback):
                return _bad_callback(call)
            try:
                caller = auth.caller_of(view, request, asked.variables, self.attempts, self.uses)
            except WireError as error:
                refused = Result(value=error.body(), status=error.status, uncached=True, headers={**error.headers})
                return self.sealed(call, asked, refused)
            call.viewer, call.nonce = caller.viewer, caller.nonce
            result = self.result(call, asked)
            if not isinstance(result, Match):
                return self.sealed(call, asked, result)
        if result.endpoint is not None and result.endpoint.apart:
            answers = batch.serve(self, call)
            with self.newsroom.view() as view:
                call = self.again(call, view)
                _allow(call, result.route, answers)
                return self.sealed(call, asked, answers)
        return self.performed(call, result, lambda call, result: self.sealed(call, asked, result))

    def performed(self, ready: Call, match: Match, finish: Callable[[Call, Result], T]) -> T:
        """What `finish` makes of a call that changes something, which was checked and made ready in a view that read.

        Whether the caller may is asked once more where nobody else can write in between.  The answer is made before
        the commit and leaves only after it.
        """
        try:
            with self.newsroom.write() as view:
                call = self.again(ready, view)
                assert match.endpoint is not None, match.route.pattern
                match.endpoint.permission(call)
                result = match.endpoint.run(call)
                _allow(call, match.route, result)
                return finish(call, result)
        except (WireError, WirepressError) as error:
            return self.refused(ready, match, error, finish)
        finally:
            if isinstance(ready.prepared, Held):
                ready.prepared.release()

    def refused(
        self, ready: Call, match: Match, error: WireError | WirepressError, finish: Callable[[Call, Result], T]
    ) -> T:
        """What `finish` makes of an error, told as the site stands now."""
        with self.newsroom.view() as view:
            call = self.again(ready, view)
            result = _refused(call, error)
            _allow(call, match.route, result)
            return finish(call, result)

    @staticmethod
    def again(call: Call, view: View) -> Call:
        """The same call in another view."""
        return Call(
            view,
            call.viewer,
            call.request,
            call.params,
            dict(call.given),
            call.fields,
            call.context,
            prepared=call.prepared,
            nonce=call.nonce,
        )

    # ---- from call to result

    def result(self, call: Call, asked: Asked) -> Result | Match:
        """What a call answers, or what has to answer it in a view that writes.

        Errors of the matched route come back as results, so that they get its Allow.
        """
        try:
            if asked.route is None:
                raise no_route()
            path = Routes.tidy(asked.route)
            if asked.method == "OPTIONS":
                return self.options(call, asked, path)
            match = self.routes.match(path, asked.method)
            if match is None or match.endpoint is None:
                raise no_route()
        except WireError as error:
            return _refused(call, error)
        endpoint = match.endpoint
        try:
            self.check(call, asked, match, endpoint)
            if endpoint.apart:
                return match
            if endpoint.writes(call):
                call.prepared = endpoint.prepare(call) if endpoint.prepare else None
                return match
            result = endpoint.run(call)
        except (WireError, WirepressError) as error:
            result = _refused(call, error)
        _allow(call, match.route, result)
        return result

    def check(self, call: Call, asked: Asked, match: Match, endpoint: Endpoint) -> None:
        """Takes a call's parameters, and raises when they are flawed or the caller may not."""
        call.given = asked.variables
        body: Mapping[str, Any] = {}
        call.params = gathered(endpoint.params, body, asked.variables, match.path)
        body = body_of(call.request, asked.method)
        self.take(call, endpoint, asked.variables, body, match.path)
        endpoint.permission(call)
        if asked.method == "HEAD":
            call.head = True

    @staticmethod
    def take(
        call: Call, endpoint: Endpoint, asked: Mapping[str, Any], body: Mapping[str, Any], path: Mapping[str, str]
    ) -> None:
        """Takes the parameters of a call from its query, its body and its path; raises when they are flawed."""
        call.given = dict(asked)
        call.params = gathered(endpoint.params, body, asked, path)
        if "GET" in endpoint.methods and (flaws := overlong(endpoint.params, call.params)):
            call.params = {name: value for name, value in call.params.items() if name not in flaws}
            refuse(flaws)
        require(endpoint.params, call.params)
        call.params = checked(call, endpoint.params, call.params)
        call.given = {name: call.params.get(name, v) for name, v in asked.items()}
        _focus(call)

    def options(self, call: Call, asked: Asked, path: str) -> Result:
        """What a route says of itself."""
        match = self.routes.at(path)
        if match is None:
            raise no_route()
        call.params = gathered((), {}, asked.variables, match.path)
        _focus(call)
        result = Result(value=listing.of_route(call, match.route, full=True))
        if call.fields:
            result.value = fields.pick(result.value, fields.tree(call.fields))
        _allow(call, match.route, result)
        return result

    # ---- from result to bytes

    def sealed(self, call: Call, asked: Asked, result: Result) -> Response:
        """The response that a result becomes."""
        filling = Filling(call, single=bool(result.docs) and not result.listed)
        body = b"" if call.head else filling.join(self.body(call, asked, result))
        own = _own_headers(result)
        status = result.status
        if asked.envelope:
            body = b'{"body":%s,"status":%d,"headers":%s}' % (body or b"[]", status, json.dump(own or []))
            status, own = 200, {}
        if asked.pretty and body:
            body = json.pretty(body)
        kind = "application/json"
        if asked.callback and body:
            kind = "application/javascript"
            body = b"/**/" + asked.callback.encode() + b"(" + body + b")"
        own = {"Link": headers.discovery(call), **own}
        lines = headers.base(kind)
        if result.kind and not asked.envelope:
            lines[0], body = ("Content-Type", result.kind), b"" if call.head else result.raw
        lines += [(name, str(value)) for name, value in own.items()]
        if call.nonce:
            lines.append(("X-WP-Nonce", call.nonce))
        lines += call.cookies
        request = call.request
        override = request.headers.get("x-http-method-override", "GET").upper()
        if call.logged_in or override not in _SAFE or result.uncached:
            lines += headers.UNCACHED
        if request.method == "GET" and not call.logged_in:
            lines.append(("Vary", "Origin"))
        keepable = request.method == asked.method == "GET" and call.stranger and not call.nonce
        keepable = keepable and not result.private and not filling.private
        return Response(status, lines, body, keepable=keepable, deadline=result.deadline)

    def enveloped(self, call: Call, result: Result, counters: Counters) -> bytes:
        """A result as a value in a batch's answer; texts of the whole batch are numbered through."""
        asked = Asked(call.request.method, None, {}, "", envelope=False, pretty=False, embeds=embed.wanted_of(None))
        filling = Filling(call, single=bool(result.docs) and not result.listed, counters=counters)
        return batch.envelope(filling.join(self.body(call, asked, result)), result.status, _own_headers(result))

    def body(self, call: Call, asked: Asked, result: Result) -> list[bytes | json.Gap]:
        """The body in pieces: a join of encoded items, or a value."""
        if not result.encoded:
            return [*json.split(json.encode(result.value))]
        embeds = None
        if asked.embeds and any(doc.targets for doc in result.docs):
            embeds = embed.Embeds(call, self.fetchers, asked.embeds, result.docs)
        pieces: list[bytes | json.Gap] = [b"["] if result.listed else []
        for i, doc in enumerate(result.docs):
            if i:
                pieces.append(b",")
            pieces.extend(embeds.put_into(doc) if embeds else doc.pieces)
        if result.listed:
            pieces.append(b"]")
        return pieces


def _batched(listed: Route) -> Route:
    return batch.route(listed) if listed.pattern == batch.PATTERN else listed


def _refused(call: Call, error: WireError | WirepressError) -> Result:
    told = error if isinstance(error, WireError) else wire(error, call.logged_in)
    return Result(value=told.body(), status=told.status)


def _focus(call: Call) -> None:
    """Takes the context and the fields out of the parameters."""
    context = call.params.get("context")
    call.context = context if isinstance(context, str) and context in CONTEXTS else "view"
    call.fields = fields.listed(call.params.get("_fields"))


def _allow(call: Call, route: Route, result: Result) -> None:
    """The methods that the caller may use here (rest_send_allow_header)."""
    permitted = [endpoint for endpoint in route.endpoints if passes(endpoint.permission, call)]
    allowed = [method for endpoint in permitted for method in endpoint.methods]
    if allowed:
        result.headers["Allow"] = ", ".join(dict.fromkeys(allowed))


def _own_headers(result: Result) -> dict[str, Any]:
    """The headers of the result itself, a Link where WordPress puts it: before Allow."""
    own = dict(result.headers)
    if not result.links:
        return own
    allow = own.pop("Allow", None)
    own["Link"] = ", ".join(result.links)
    if allow is not None:
        own["Allow"] = allow
    return own


def _bad_callback(call: Call) -> Response:
    body = {"code": "rest_callback_invalid", "message": "Invalid JSONP callback function."}
    lines = [*headers.base("application/javascript"), ("Link", headers.discovery(call))]
    return Response(400, lines, json.dump(body))
