"""The API as a whole: a request in, WordPress's answer out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple, Protocol, TypeVar, runtime_checkable

from wirepress.content.identity.actors import actor_of
from wirepress.content.identity.application_passwords import Uses
from wirepress.content.identity.attempts import Attempts
from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.rendering import Postponed
from wirepress.model.errors import WirepressError
from wirepress.model.web import Request, Response
from wirepress.wp import address, auth, batch, fields, headers, listing, responses
from wirepress.wp.asked import Asked
from wirepress.wp.call import Call
from wirepress.wp.checking import Intake, focused
from wirepress.wp.declaration import passes
from wirepress.wp.documents import Documents
from wirepress.wp.embed import Embedding
from wirepress.wp.errors import WireError, no_route, wire
from wirepress.wp.fetchers import fetchers
from wirepress.wp.params import gathered
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Match, Route, Routes
from wirepress.wp.table import catalog_of, routes_of_site

T = TypeVar("T")
Finish = Callable[[Call, Result], T]


@runtime_checkable
class Held(Protocol):
    """What was made ready for a write and is let go after it, whether it was needed or not."""

    def release(self) -> None: ...


class Answered(NamedTuple):
    """A call with its result."""

    call: Call
    result: Result


class Pending(NamedTuple):
    """A call that was checked, and what answers it outside of the view that it was checked in."""

    call: Call
    match: Match


class Api:
    """WordPress's REST API over a newsroom.  Safe to be asked by many threads."""

    def __init__(self, newsroom: Newsroom, *, memory: int = 64 << 20, attempts: Attempts | None = None) -> None:
        self.newsroom = newsroom
        self.attempts = attempts or Attempts(newsroom)
        self.uses = Uses()
        self.documents = Documents(memory)
        catalog = catalog_of(newsroom.registry, self.documents)
        self.routes = Routes(routes_of_site(catalog))
        self.embedding = Embedding(self.documents, fetchers(catalog))

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
        asked = Asked.of(request)
        with self.newsroom.view() as view:
            call = Call(view, request)
            if asked.callback and not responses.CALLBACK.match(asked.callback):
                return responses.bad_callback(call)
            try:
                caller = auth.caller_of(view, request, asked.variables, self.attempts, self.uses)
            except WireError as error:
                refusal = Result(value=error.body(), status=error.status, uncached=True, headers={**error.headers})
                return self.sealed(asked)(call, refusal)
            stage = self.result(Call(view, request, caller), asked)
            if isinstance(stage, Answered):
                return self.sealed(asked)(*stage)
        call, match = stage
        if match.endpoint is not None and match.endpoint.apart:
            answers = batch.serve(self, call)
            with self.newsroom.view() as view:
                return self.sealed(asked)(*_allowed(call.again(view), match.route, answers))
        return self.performed(call, match, self.sealed(asked))

    def sender(self, view: View, request: Request) -> Viewer | None:
        """Whose a request is, as far as its headers say.  Raises WireError where they are refused."""
        return auth.sender_of(view, request, Asked.of(request).variables, self.attempts)

    def sealed(self, asked: Asked) -> Finish[Response]:
        """What makes a response of a call and its result."""
        return lambda call, result: responses.sealed(call, asked, result, self.embedding)

    def performed(self, ready: Call, match: Match, finish: Finish[T]) -> T:
        """What `finish` makes of a call that changes something, which was checked and made ready in a view that read.

        Whether the caller may is asked once more where nobody else can write in between.  The answer is made before
        the commit and leaves only after it; one that shows a text whose rendering was postponed is made after it.
        """
        try:
            return self.written(ready, match, finish)
        except (WireError, WirepressError) as error:
            return self.refused(ready, match, error, finish)
        finally:
            if isinstance(ready.prepared, Held):
                ready.prepared.release()

    def written(self, ready: Call, match: Match, finish: Finish[T]) -> T:
        """What `finish` makes of a call that changes something, when that is done."""
        assert match.endpoint is not None, match.route.pattern
        with self.newsroom.write(actor_of(ready.viewer, ready.request)) as view:
            call = ready.again(view)
            match.endpoint.permission(call)
            result = match.endpoint.run(call)
            after = result.call or call
            try:
                return finish(*_allowed(after, match.route, result))
            except Postponed:
                pass
        with self.newsroom.view() as view:
            return finish(*_allowed(after.again(view), match.route, result))

    def refused(self, ready: Call, match: Match, error: WireError | WirepressError, finish: Finish[T]) -> T:
        """What `finish` makes of an error, told as the site stands now."""
        with self.newsroom.view() as view:
            call = ready.again(view)
            return finish(*_allowed(call, match.route, _refusal(call, error)))

    def result(self, call: Call, asked: Asked) -> Answered | Pending:
        """What a call answers, or what has to answer it in a view that writes.

        Raises nothing of the route: its errors come back as results, so that they get its Allow.
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
            return Answered(call, _refusal(call, error))
        return self.run(call, asked, match)

    def run(self, call: Call, asked: Asked, match: Match) -> Answered | Pending:
        """What the endpoint of a match answers, where it only reads."""
        endpoint = match.endpoint
        assert endpoint is not None, match.route.pattern
        intake = Intake(call)
        try:
            intake.read(endpoint, asked.method, asked.variables, match.path)
            endpoint.permission(intake.call)
            if asked.method == "HEAD":
                intake.call = intake.call.with_checked(replace(intake.call.checked, head=True))
            call = intake.call
            if endpoint.apart:
                return Pending(call, match)
            if endpoint.writes(call):
                prepared = None
                if endpoint.prepare:
                    prepared = endpoint.prepare(call)
                return Pending(replace(call, prepared=prepared), match)
            return _allowed(call, match.route, endpoint.run(call), passed=endpoint)
        except (WireError, WirepressError) as error:
            return _allowed(intake.call, match.route, _refusal(intake.call, error))

    def options(self, call: Call, asked: Asked, path: str) -> Answered:
        """What a route says of itself; where there is none, nothing (rest_handle_options_request)."""
        match = self.routes.at(path)
        if match is None:
            return Answered(call, Result(value=[]))
        params = gathered({}, {}, asked.variables, match.path)
        call = call.with_checked(focused(params, asked.variables))
        described = listing.of_route(call, match.route, full=True)
        value = described
        if call.fields:
            value = fields.pick(described, fields.tree(call.fields))
        return _allowed(call, match.route, Result(value=value))


def _refusal(call: Call, error: WireError | WirepressError) -> Result:
    refusal = error if isinstance(error, WireError) else wire(error, call.logged_in)
    return Result(value=refusal.body(), status=refusal.status, headers={**refusal.headers})


def _allowed(call: Call, route: Route, result: Result, *, passed: Endpoint | None = None) -> Answered:
    """The result with the methods that the caller may use here (rest_send_allow_header).

    `passed` let this very call pass, and nothing has been written since: it is not asked again.
    """
    permitted = [e for e in route.endpoints if e is passed or passes(e.permission, call)]
    if methods := dict.fromkeys(method for endpoint in permitted for method in endpoint.methods):
        result.headers["Allow"] = ", ".join(methods)
    return Answered(call, result)
