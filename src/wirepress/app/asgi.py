"""The ASGI application: known bytes are answered in the event loop, everything else by a few threads.

Order of a request: health; known answer of this epoch (anonymous GET only); a computation that is under way for the
same address; a thread that asks the dispatcher.
"""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import uuid
from collections.abc import Awaitable, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar
from urllib.parse import unquote

from wirepress.admin.live import is_stream
from wirepress.app import log
from wirepress.app.beforehand import Beforehand
from wirepress.app.bodies import FOLDER, TOO_LARGE, Bodies, ClientGone, Refused, Sender
from wirepress.app.dispatch import Dispatcher, compose
from wirepress.app.fetching import Fetching
from wirepress.app.front.fronts import fronts_of
from wirepress.app.front.headers import asked_epoch, kind_of, lines_of
from wirepress.app.personal import conditions
from wirepress.app.protocol import HEAD, STATUS_LINE
from wirepress.app.proxies import Proxies
from wirepress.app.repeating import Repetitions
from wirepress.app.response_cache import CachedResponse, Form, Headers, ResponseCache
from wirepress.app.schedule import Schedule
from wirepress.app.settings import Settings
from wirepress.app.streams import Streams
from wirepress.app.text_process import TextProcess
from wirepress.app.uploads import PREFIX as UPLOADS
from wirepress.app.uploads import Uploads
from wirepress.content.beforehand import Outcomes, Wanted
from wirepress.model.errors import NoRoom, OutcomeUnknown, TooLarge, Unavailable
from wirepress.model.moment import utc
from wirepress.model.web import Request, Response
from wirepress.store.faults import of_file
from wirepress.store.tags import ALL
from wirepress.web.headers import completed, encoded
from wirepress.web.host import flaw_of

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Sent = tuple[int, Headers, bytes]
"""Status, headers and body."""

T = TypeVar("T")

logger = logging.getLogger("wirepress.web")

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

FAILED = Response(
    500,
    [("content-type", "application/json; charset=UTF-8")],
    b'{"code":"internal_server_error","message":"The answer could not be made.","data":{"status":500}}',
)
SOON = 5
"""Seconds after which to come back where nobody knows better."""


class Application:
    """The web application of one process."""

    def __init__(self, settings: Settings, dispatcher: Dispatcher) -> None:
        self.settings = settings
        self.dispatcher = dispatcher
        self.known = ResponseCache(settings.answers_memory)
        self.clock = dispatcher.newsroom.clock
        self.database = dispatcher.newsroom.database
        self.pending: dict[tuple[int, bytes], asyncio.Future[CachedResponse | None]] = {}
        self.threads = ThreadPoolExecutor(settings.threads, thread_name_prefix="answer")
        # Writes wait for the disk and for each other: readers do not wait behind them.
        self.writers = ThreadPoolExecutor(settings.write_threads, thread_name_prefix="write")
        self.beforehand = Beforehand()
        self.texts = dispatcher.newsroom.apart = TextProcess(settings)
        self.fetching = dispatcher.newsroom.outside = Fetching(settings)
        self.bench = settings.bench
        self.bodies = Bodies(settings.folder / FOLDER, settings.body_limit)
        self.uploads = Uploads(settings.uploads_folder, dispatcher.newsroom.known_site)
        self.proxies = Proxies(settings.proxies)
        self.ending = threading.Event()
        self.streams = Streams(dispatcher.admin.follow, self.threads, self.ending)
        self.root = dispatcher.root.encode()
        self.failures = Repetitions(logger)
        self.counts = dispatcher.metrics.counts
        dispatcher.metrics.kept["answers"] = self.known
        self.front = kind_of(settings.front)
        self.fronts = dispatcher.health.fronts = fronts_of(settings, dispatcher.newsroom)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self.http(within(scope, self.root), receive, self.counts.watching(send))
        elif scope["type"] == "lifespan":
            await self.lifespan(receive, send)

    async def lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                if self.settings.moment() is None:
                    looks = {"schedule": Schedule(self.dispatcher.newsroom).run, "health": self.dispatcher.health.run}
                    for name, look in looks.items():
                        threading.Thread(target=look, args=(self.ending,), name=name, daemon=True).start()
                self.fronts.start(self.ending)
                await send({"type": "lifespan.startup.complete"})
            else:
                self.close()
                await send({"type": "lifespan.shutdown.complete"})
                return

    def close(self) -> None:
        """Ends its threads, its process and the connections to the database."""
        self.ending.set()
        for threads in (self.threads, self.writers):
            threads.shutdown(wait=False, cancel_futures=True)
        self.beforehand.shutdown()
        self.texts.close()
        self.fetching.close()
        self.bodies.shutdown()
        self.dispatcher.newsroom.database.close()

    async def http(self, scope: Scope, receive: Receive, send: Send) -> None:
        if flaw := flaw_of(scope["headers"], scope.get("http_version", "1.1")):
            await send_form(send, form_of(sealed(hostless(flaw)), {}, ()))
            return
        if scope["raw_path"].startswith(UPLOADS) and await self.uploads.give(scope, receive, send):
            return
        if is_stream(scope["method"], scope["path"], scope["query_string"].decode("latin-1")):
            await self.streams.serve(request_of(scope, self.proxies), receive, send)
            return
        personal, sent = conditions(scope)
        query = scope["query_string"]
        key = scope["raw_path"] + b"?" + query if query else scope["raw_path"]
        origin = sent.get(b"origin")
        more = self.dispatcher.cors(key, origin) if origin else ()
        if personal:
            await self.compute_and_send(scope, receive, send, more)
            return
        try:
            answer = await self.answer_for(key, scope)
        except Exception as error:  # noqa: BLE001 - the epoch cannot be read, or headers are none; it is logged
            answer = sealed(self.failed(scope, error))
        if self.front and answer.holds_at >= 0:
            seconds = answer.until - self.clock.now().timestamp()
            more = (*more, *lines_of(self.front, answer.tags, answer.holds_at, seconds))
        form = form_of(answer, sent, more)
        if head := scope.get(HEAD):
            self.remember(head, key, answer, form, scope)
        await send_form(send, form)

    def remember(self, head: bytes, key: bytes, answer: CachedResponse, form: Sent, scope: Scope) -> None:
        """Notes what was sent for a head, where the same head asks for the same thing again: without a cookie, and
        where no proxy's word counts."""
        if self.bench or self.front or self.proxies.networks or any(name == b"cookie" for name, _ in scope["headers"]):
            return
        status, headers, body = form
        written = b"".join(b"%b: %b\r\n" % (name.lower(), value) for name, value in headers)
        self.known.remember(head, answer, Form(key, STATUS_LINE[status], written + b"\r\n", body))

    def repeated(self, head: bytes) -> Form | None:
        """What was sent for the same head, if that still holds; None: ask the long way."""
        form = self.known.form(head)
        if form is None or self.clock.now().timestamp() >= self.known.soonest:
            return None
        try:
            epoch = self.database.heard()
        except Exception:  # noqa: BLE001 - whoever asks the long way is told, and it is logged
            return None
        return form if epoch is not None and epoch == self.known.epoch else None

    async def answer_for(self, key: bytes, scope: Scope) -> CachedResponse:
        """The kept answer, or the one that is being made for somebody else, or one made now."""
        if self.bench:
            self.dispatcher.forget(items=self.bench == "cold")
            return sealed(await self.compute(scope))
        epoch = self.database.heard()
        # What other processes write is not heard of, or a front was told of more than we have heard: nothing is kept.
        if epoch is None or (self.front and epoch < asked_epoch(scope["headers"])):
            return sealed(await self.compute(scope))
        self.follow(epoch)
        self.known.expire(self.clock.now().timestamp())
        if (answer := self.known.get(key)) is not None:
            self.counts.kept += 1
            answer.holds_at = epoch
            return answer
        # One that began in an earlier epoch may know less than this request must.
        place = (epoch, key)
        if (waiting := self.pending.get(place)) is not None and (answer := await waiting) is not None:
            self.counts.kept += 1
            return answer
        if place in self.pending:  # somebody else began again while this one waited; what is not kept is not shared
            return sealed(await self.compute(scope))
        future = self.pending[place] = asyncio.get_running_loop().create_future()
        try:
            response = await self.compute(scope)
            answer = sealed(response)
            if response.keepable and answer.until > self.clock.now().timestamp():
                answer.holds_at = epoch
                self.keep(key, answer, epoch)
                future.set_result(answer)
            return answer
        finally:
            if not future.done():
                future.set_result(None)
            del self.pending[place]

    def follow(self, epoch: int) -> None:
        """Drops what does not hold any more in an epoch that was heard of."""
        if epoch != self.known.epoch:
            self.known.at(epoch, self.database.recent.since(self.known.epoch, epoch))

    def keep(self, key: bytes, answer: CachedResponse, before: int) -> None:
        """Keeps an answer that was begun in an epoch, unless a write since then has touched what it was made of: what
        was read is at least as new as the epoch seen before."""
        now = self.database.heard()
        if now is None:
            return
        touched = self.database.recent.since(before, now)
        if touched is None or (touched and (answer.tags is None or ALL in answer.tags or touched & answer.tags)):
            return
        self.follow(now)
        self.known.keep(key, answer)

    async def compute_and_send(
        self, scope: Scope, receive: Receive, send: Send, more: Iterable[tuple[bytes, bytes]]
    ) -> None:
        awaits_fronts = bool(self.fronts) and scope["method"] not in SAFE
        before = self.database.heard() if awaits_fronts else None
        request, outcomes = request_of(scope, self.proxies), Outcomes()
        try:
            sender, inside = partial(self.sender, request, outcomes), self.dispatcher.signed_inside(request)
            async with self.bodies.taken(request, receive, sender, signed_inside=inside) as body:
                response = await self.compute(scope, replace(request, sent=body), outcomes)
        except ClientGone:
            return
        except Refused as refused:
            response = refused.response
        except Exception as error:  # noqa: BLE001 - the disk, or the database that was asked for the sender; it is logged
            response = self.failed(scope, error)
        finally:
            self.beforehand.release(outcomes)
        try:
            headers = [*completed(encoded(response.headers)), *more]
        except ValueError as error:
            response = self.failed(scope, error)
            headers = with_more(completed(encoded(response.headers)), more)
        headers.append((b"content-length", str(len(response.body)).encode()))
        empty = scope["method"] == "HEAD" or response.status in (204, 304)
        if awaits_fronts:
            await self.fronts.settle(self.database, before)
        await send({"type": "http.response.start", "status": response.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if empty else response.body})
        if self.dispatcher.api.uses:
            asyncio.get_running_loop().run_in_executor(self.writers, self.dispatcher.settle)

    async def sender(self, request: Request, outcomes: Outcomes, beginning: bytes) -> Sender:
        """Whose a request is, of which nothing but the headers has come, or the beginning of its body.  Raises Refused
        where these are refused.

        A password is looked at and counted once: what came of it stands in `outcomes` when the request is answered.
        """
        found = await self.asked(self.dispatcher.sender, replace(request, sent=beginning), outcomes)
        if isinstance(found, Response):
            raise Refused(replace(found, headers=[*found.headers, ("connection", "close")]))
        return found

    async def asked(self, ask: Callable[[Request], T], request: Request, outcomes: Outcomes) -> T:
        """Asks the dispatcher in a thread, and once more after each piece of costly work that it wants done before."""
        loop = asyncio.get_running_loop()
        # A hub that asks (GET) confirms by that: what it is answered is written.
        writes = request.method not in SAFE or self.dispatcher.callbacks.serves(request.path)
        threads = self.writers if writes else self.threads
        while True:
            answer = await loop.run_in_executor(threads, self.dispatcher.begin, ask, request, outcomes)
            if not isinstance(answer, Wanted):
                return answer
            await self.beforehand.do(answer, outcomes)

    async def compute(self, scope: Scope, request: Request | None = None, outcomes: Outcomes | None = None) -> Response:
        """The dispatcher's answer to a request.  Whatever goes wrong there is logged and answered as a plain 500."""
        self.counts.made += 1
        try:
            request = request or request_of(scope, self.proxies)
            return await self.asked(self.dispatcher.answer, request, Outcomes() if outcomes is None else outcomes)
        except TooLarge:
            return TOO_LARGE
        except Exception as error:  # noqa: BLE001 - the edge: logged, and no traceback reaches a client
            return self.failed(scope, error)

    def failed(self, scope: Scope, error: Exception) -> Response:
        """Logs the error under an id of the request's own, a kind of them once a minute with how many there were; the
        client hears no more than that it may come back."""
        self.counts.failed += 1
        meaning = error if isinstance(error, Unavailable) else of_file(error)
        token = log.request_id.set(uuid.uuid4().hex[:12])
        self.failures.error(error, "%s %s failed", scope["method"], scope["raw_path"].decode("latin-1"))
        log.request_id.reset(token)
        return FAILED if meaning is None else away(meaning)


def within(scope: Scope, root: bytes) -> Scope:
    """A request as the folder sees it that the site stands in (its address is `https://example.org/news`); one that
    comes without the folder, through a proxy that takes it off, stays as it is."""
    path: bytes = scope["raw_path"]
    if not root or not (path == root or path.startswith(root + b"/")):
        return scope
    inner = path[len(root) :] or b"/"
    return {**scope, "raw_path": inner, "path": unquote(inner.decode("latin-1"))}


def away(error: Unavailable) -> Response:
    """The answer where something outside of us fails; where exactly is told to nobody."""
    status, code, message = 503, "service_unavailable", "The answer cannot be made now; try again soon."
    if isinstance(error, NoRoom):
        status, code, message = 507, error.code, error.message
    elif isinstance(error, OutcomeUnknown):
        code, message = error.code, "The answer was lost; look whether it was done before you send it again."
    headers = [("content-type", "application/json; charset=UTF-8"), ("cache-control", "no-store")]
    if not isinstance(error, OutcomeUnknown):
        headers.append(("retry-after", str(error.wait or SOON)))
    body = {"code": code, "message": message, "data": {"status": status}}
    return Response(status, headers, json.dumps(body, separators=(",", ":")).encode())


def hostless(flaw: str) -> Response:
    """The answer to a request that does not say, or not clearly, which host it is for."""
    headers = [("content-type", "text/plain; charset=UTF-8"), ("connection", "close")]
    return Response(400, headers, f"{flaw}\n".encode())


def sealed(response: Response) -> CachedResponse:
    headers = completed(encoded(response.headers))
    answer = CachedResponse(response.status, headers, response.body, tags=response.tags)
    if response.deadline is not None and (deadline := utc(response.deadline)) is not None:
        answer.until = deadline.timestamp()
    if response.keepable and response.status == 200:
        answer.seal()
    else:
        answer.full_headers = [*answer.headers, (b"content-length", str(len(response.body)).encode())]
    return answer


def with_more(headers: Headers, more: Iterable[tuple[bytes, bytes]]) -> Headers:
    """The headers with those that a request's origin adds; what varies by origin already says so once."""
    varied = any(name == b"vary" and b"Origin" in value for name, value in headers)
    return [*headers, *(line for line in more if not (varied and line[0] == b"vary"))]


def form_of(answer: CachedResponse, sent: Mapping[bytes, bytes], more: Iterable[tuple[bytes, bytes]]) -> Sent:
    """An answer as the headers that the client has sent ask for it."""
    headers, body, status = answer.full_headers, answer.body, answer.status
    if answer.unchanged(sent.get(b"if-none-match"), sent.get(b"if-modified-since")):
        status, body = 304, b""
        headers = [h for h in answer.headers if h[0] != b"content-type"]
    elif small := answer.packed(sent.get(b"accept-encoding", b"")):
        headers, body = small
    if more:
        headers = with_more(headers, more)
    return status, headers, body


async def send_form(send: Send, form: Sent) -> None:
    status, headers, body = form
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def request_of(scope: Scope, proxies: Proxies) -> Request:
    """The request as the dispatcher sees it, without its body; proxies of ours say where it comes from."""
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        text, field = value.decode("latin-1"), name.decode("latin-1")
        if field in headers:
            text = f"{headers[field]}{'; ' if field == 'cookie' else ', '}{text}"
        headers[field] = text
    client = scope.get("client") or ("",)
    remote, scheme = proxies.seen(client[0], scope.get("scheme", "http"), scope["headers"])
    return Request(
        scope["method"],
        scope["raw_path"].decode("latin-1"),
        scope["query_string"].decode("latin-1"),
        headers,
        b"",
        remote,
        scheme,
    )


def application(settings: Settings) -> Application:
    """The application of the site that the settings name."""
    return Application(settings, compose(settings))
