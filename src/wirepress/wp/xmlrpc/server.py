"""`xmlrpc.php`: a request in, the answer out.

Every login of a request is looked at before anything is done, so that waiting for a hash never comes between two
writes.  Then the calls are done one after the other, each in a view of its own: what one has written stays, whatever
becomes of the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol, runtime_checkable
from urllib.parse import unquote_plus

from wirepress.content.identity.actors import actor_of
from wirepress.content.identity.application_passwords import Uses
from wirepress.content.identity.attempts import Attempts
from wirepress.content.identity.viewer import ANONYMOUS, Viewer
from wirepress.content.newsroom import Newsroom, View
from wirepress.model.errors import Unavailable, WirepressError
from wirepress.model.web import Request, Response
from wirepress.wp.errors import WireError
from wirepress.wp.xmlrpc import rsd
from wirepress.wp.xmlrpc.access import Gate
from wirepress.wp.xmlrpc.call import Call, Method, no_method
from wirepress.wp.xmlrpc.faults import Fault, answered, fault_of, refused, too_few
from wirepress.wp.xmlrpc.parse import MakeSpool, begun, parsed
from wirepress.wp.xmlrpc.table import TABLE
from wirepress.wp.xmlrpc.values import Room, TooMuch, Value, Written, encoded, struct, text

PATH: Final = "/xmlrpc.php"
MULTICALL: Final = "system.multicall"
MOST_CALLS: Final = 50
"""Of a `system.multicall`."""
LARGEST_ANSWER: Final = 32 << 20
"""In characters, as of any list."""
XML: Final = ("content-type", "text/xml; charset=UTF-8")


@runtime_checkable
class Held(Protocol):
    """What was made ready for a write and is let go after it, whether it was needed or not."""

    def release(self) -> None: ...


@dataclass(slots=True)
class Step:
    """One of the calls of a request: its method and what it brings, then who makes it, or what is wrong with it."""

    method: Method | None = None
    params: list[Value] | None = None
    viewer: Viewer = ANONYMOUS
    fault: Fault | None = None


class XmlRpc:
    """WordPress's XML-RPC over a newsroom.  Safe to be asked by many threads.

    `spool` makes a place on the disk for what a call brings as base64.
    """

    def __init__(
        self,
        newsroom: Newsroom,
        attempts: Attempts,
        uses: Uses | None = None,
        *,
        spool: MakeSpool | None = None,
    ) -> None:
        self.newsroom = newsroom
        self.attempts = attempts
        self.uses = uses
        self.spool = spool

    @staticmethod
    def serves(path: str) -> bool:
        """Whether a request for this path (as sent) is for XML-RPC."""
        return path == PATH

    def sender(self, view: View, request: Request) -> Viewer | None:
        """Whose a request is of which the beginning has come, as far as that says; None for nobody's.

        The login stands before what is large.  That of a `system.multicall` is not looked for: it is small, or refused.
        """
        called = begun(request.body.read())
        method = TABLE.get(called.method)
        if (
            method is None
            or method.login is None
            or len(called.params) < method.login + 2
            or not view.site.speaks_xmlrpc
        ):
            return None
        try:
            return self._viewer(view, Gate(request, self.attempts, None), method, called.params)
        except Fault:
            return None

    def answer(self, request: Request) -> Response:
        if any(unquote_plus(word.partition("=")[0]) == "rsd" for word in request.query.split("&")):
            with self.newsroom.view() as view:
                if not view.site.speaks_xmlrpc:
                    return Response(404, [("content-type", "text/plain;charset=UTF-8")], b"There is no XML-RPC here.")
                return Response(200, [XML], rsd.document(view.site).encode())
        if request.method != "POST":
            headers = [("content-type", "text/plain;charset=UTF-8"), ("allow", "POST")]
            return Response(405, headers, b"XML-RPC server accepts POST requests only.")
        try:
            written = answered(self._answer(request))
        except Fault as fault:
            written = refused(fault)
        return Response(200, [XML, ("cache-control", "no-store")], written)

    def _answer(self, request: Request) -> str:
        """The value that answers a request, as it is written.  Raises Fault."""
        called = parsed(request.body, self.spool)
        try:
            if called.method == MULTICALL:
                return self._together(request, called.params)
            step = self._step(called.method, called.params)
            self._recognise(request, [step])
            return self._done(request, step, Room(LARGEST_ANSWER))
        except (WirepressError, WireError) as error:
            if isinstance(error, Unavailable):
                raise
            raise fault_of(error) from error
        finally:
            called.close()

    def _together(self, request: Request, params: Sequence[Value]) -> str:
        """The answers of several calls: each in an array, or a fault.

        They share the room of one answer: where it is used up, no further call is done.
        """
        calls = params[0] if params else None
        if isinstance(calls, dict):
            calls = list(calls.values())
        if not isinstance(calls, list):
            return encoded([])
        if len(calls) > MOST_CALLS:
            raise Fault(-32600, f"At most {MOST_CALLS} calls are taken at once.")
        steps = [self._named(struct(one)) for one in calls]
        self._recognise(request, steps)
        room = Room(LARGEST_ANSWER)
        answers: list[Value] = []
        for step in steps:
            try:
                answers.append([Written(self._done(request, step, room))])
            except Fault as fault:
                answers.append(fault.as_struct())
            except (WirepressError, WireError) as error:
                answers.append(fault_of(error).as_struct())
        return encoded(answers)

    def _named(self, one: dict[str, Value]) -> Step:
        """A call within a `system.multicall`, which holds no other."""
        name = text(one.get("methodName"))
        if name == MULTICALL:
            return Step(fault=Fault(-32600, "A call of several calls holds no other of its kind."))
        params = one.get("params")
        if not isinstance(params, list):
            params = [] if params is None else [params]
        return self._step(name, params)

    def _step(self, name: str, params: list[Value]) -> Step:
        method = TABLE.get(name)
        if method is None:
            return Step(fault=no_method(name))
        if len(params) == 1 and isinstance(params[0], list):  # all of them in one
            params = params[0]
        if len(params) < method.least:
            return Step(fault=too_few())
        return Step(method, params)

    # ---- who calls

    def _recognise(self, request: Request, steps: Sequence[Step]) -> None:
        """Notes who makes each call.  The answering ends where that takes a hash (`hashing`): none is written yet."""
        gate = Gate(request, self.attempts, self.uses)
        with self.newsroom.view() as view:
            for step in steps:
                method = step.method
                if not view.site.speaks_xmlrpc:
                    step.fault = Fault(405, "XML-RPC is switched off on this site.")
                if step.fault is not None or method is None or method.login is None:
                    continue
                try:
                    step.viewer = self._viewer(view, gate, method, step.params or [])
                except Fault as fault:
                    step.fault = fault

    @staticmethod
    def _viewer(view: View, gate: Gate, method: Method, params: Sequence[Value]) -> Viewer:
        assert method.login is not None
        login, password = (text(one) for one in (*params, "", "", "", "")[method.login : method.login + 2])
        return gate.viewer(view, login, password)

    # ---- what is done

    def _done(self, request: Request, step: Step, room: Room) -> str:
        """What a call gives, written in the view that it is made in: what a list holds is loaded meanwhile.

        Raises Fault, also where there is no room for it, and what the content raises.
        """
        if step.fault is not None:
            raise step.fault
        if not room.left:
            raise _too_large()
        assert step.method is not None
        method, prepared = step.method, None
        with self.newsroom.view() as view:
            call = Call(view, request, step.params or [], step.viewer)
            if not method.writes:
                return _encoded(method.run(call), room)
            if method.prepare is not None:
                prepared = method.prepare(call)
        try:
            with self.newsroom.write(actor_of(step.viewer, request)) as view:
                return _encoded(method.run(call.again(view, prepared)), room)
        finally:
            if isinstance(prepared, Held):
                prepared.release()


def _too_large() -> Fault:
    return Fault(500, "The answer would be too large; ask for less.")


def _encoded(value: Value, room: Room) -> str:
    try:
        return encoded(value, room)
    except TooMuch:
        raise _too_large() from None
