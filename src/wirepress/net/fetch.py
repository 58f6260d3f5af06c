"""Fetching over aiohttp, each hop of it within bounds and through the gate."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from concurrent.futures import CancelledError, Future
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urlencode

import aiohttp
from yarl import URL

from wirepress.model.characters import whole
from wirepress.net import robots as robots_txt
from wirepress.net.gate import Gate, GatedResolver, Resolve, system_look_up
from wirepress.net.port import Bounds, Conditions, Fault, Fetched, FetchError
from wirepress.net.robots import RobotRules, RobotsCache
from wirepress.net.turns import Shared, Turns
from wirepress.net.unpack import ACCEPTED, Unpacker
from wirepress.url.parse import LONGEST, Url, parse

T = TypeVar("T")

_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.8"
_REDIRECTS = (301, 302, 303, 307, 308)
_PERMANENT = (301, 308)
_KEEPING = (307, 308)
"""Redirects after which a form is sent once more (RFC 9110, 15.4); after others it would become a GET."""
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_PORTS = {"http": 80, "https": 443}
_MOST_HEADERS = 128
_SEVERAL = {"link": ", ", "x-robots-tag": "\n"}
"""Headers of which each line counts, and by what they are joined: a robot's name holds for its line alone."""
_CHUNK = 64 * 1024
_LONGEST_WAIT = 7 * 86400


@dataclass(frozen=True, slots=True)
class _Hop:
    """One answer of one server."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Crawl:
    """The async half; made, used and closed inside one event loop."""

    def __init__(self, bounds: Bounds, look_up: Resolve = system_look_up, shared: Shared | None = None) -> None:
        self._bounds = bounds
        self._gate = Gate(bounds.allow, bounds.ports)
        self._turns = Turns(bounds.host_connections, bounds.host_delay, shared)
        self._robots = RobotsCache()
        self._agent = bounds.user_agent.partition("/")[0]
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(resolver=GatedResolver(self._gate, look_up), use_dns_cache=False, limit=50),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": bounds.user_agent, "Accept": _ACCEPT, "Accept-Encoding": ACCEPTED},
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=bounds.connect_seconds),
            auto_decompress=False,
            trust_env=False,
            max_line_size=bounds.header_bytes,
            max_field_size=bounds.header_bytes,
            max_headers=_MOST_HEADERS,
        )

    async def close(self) -> None:
        """Ends all connections."""
        await self._session.close()

    async def get(self, url: str, conditions: Conditions | None, limit: int, robots: bool) -> Fetched:
        """The answer to a GET (see `Fetcher.get`).  Raises FetchError for anything but 200 and 304."""
        budget = _Budget(self._bounds.total_seconds)
        headers = _conditional(conditions)
        here = _parse(url)
        moved, permanent = "", True
        seen = {here.without_fragment}
        for _ in range(self._bounds.redirects + 1):
            delay = await self._admit(here, budget) if robots else 0.0
            hop = await self._hop(here, headers, limit, budget, delay)
            if hop.status in (429, 503) and (wait := _wait(hop)):
                await self._turns.hold(here.authority, wait)
            if hop.status not in _REDIRECTS:
                return _settle(hop, here.without_fragment, moved)
            here = _target(here, hop)
            if here.without_fragment in seen:
                raise FetchError(Fault.REDIRECT, "the redirects go in a circle", status=hop.status)
            seen.add(here.without_fragment)
            permanent = permanent and hop.status in _PERMANENT
            if permanent:
                moved = here.without_fragment
        raise FetchError(Fault.REDIRECT, f"more than {self._bounds.redirects} redirects")

    async def post(self, url: str, form: Mapping[str, str]) -> None:
        """Sends a form (see `Posting.post`).  Raises FetchError where it was not taken."""
        budget, body = _Budget(self._bounds.total_seconds), urlencode(form).encode()
        here = _parse(url)
        for _ in range(self._bounds.redirects + 1):
            hop = await self._hop(here, _FORM, 0, budget, 0.0, body)
            if hop.status in (429, 503) and (wait := _wait(hop)):
                await self._turns.hold(here.authority, wait)
            if hop.status not in _KEEPING:
                return _taken(hop)
            before, here = here, _target(here, hop)
            if (before.scheme, here.scheme) == ("https", "http"):  # a form may hold a secret
                raise FetchError(Fault.REDIRECT, "a redirect from https to http, where a form would go in the open")
        raise FetchError(Fault.REDIRECT, f"more than {self._bounds.redirects} redirects")

    async def _admit(self, url: Url, budget: _Budget) -> float:
        """Refuses what robots.txt closes; gives the delay that it asks for."""
        self._gate.check(url)
        origin = url.origin
        now = asyncio.get_running_loop().time()
        rules = self._robots.get(origin, now)
        if rules is None:
            rules = await self._read_robots(origin, budget)
            self._robots.put(origin, rules, now)
        if rules.closed:
            raise FetchError(Fault.ROBOTS, f"{url.host} could not say in robots.txt what may be fetched")
        if not rules.admits(url.without_fragment, self._agent):
            raise FetchError(Fault.ROBOTS, f"{url.host} asks robots not to fetch this (robots.txt)")
        return min(rules.delay(self._agent), self._bounds.longest_delay)

    async def _read_robots(self, origin: str, budget: _Budget) -> RobotRules:
        here = _parse(f"{origin}/robots.txt")
        try:
            for _ in range(self._bounds.redirects + 1):
                hop = await self._hop(here, {}, robots_txt.LARGEST, budget, 0.0)
                if hop.status not in _REDIRECTS:
                    return robots_txt.read(hop.status, hop.body)
                here = _target(here, hop)
        except FetchError as error:
            if error.fault in (Fault.ADDRESS, Fault.DNS, Fault.CONNECT, Fault.TIME):
                raise
            return robots_txt.CLOSED
        return robots_txt.OPEN  # RFC 9309, section 2.3.1.2: too many redirects count as no robots.txt

    async def _hop(
        self, url: Url, headers: Mapping[str, str], limit: int, budget: _Budget, delay: float, sent: bytes | None = None
    ) -> _Hop:
        """One request: a GET, or a POST of what is `sent`, of whose answer no body is read."""
        self._gate.check(url)
        there, method = _same(url), "GET" if sent is None else "POST"
        async with self._turns.of(url.authority, delay), budget.spent():
            try:
                asked = self._session.request(method, there, headers=headers, data=sent, allow_redirects=False)
                async with asked as answer:
                    has_body = sent is None and answer.status not in (*_REDIRECTS, 304)
                    body = await _read_body(answer, limit) if has_body else b""
                    return _Hop(answer.status, _plain(answer.headers), body)
            except (aiohttp.ClientError, OSError, ValueError) as error:
                raise _fault_of(error, url) from error


class _Budget:
    """The time that is left for one get; waiting for a turn costs nothing."""

    def __init__(self, seconds: float) -> None:
        self._total = self._left = seconds

    @asynccontextmanager
    async def spent(self) -> AsyncIterator[None]:
        """Counts what is done inside.  Raises FetchError when nothing is left."""
        loop = asyncio.get_running_loop()
        start = loop.time()
        try:
            async with asyncio.timeout(max(0.0, self._left)):
                yield
        except TimeoutError as late:
            raise FetchError(Fault.TIME, f"no whole answer within {self._total:g} seconds") from late
        finally:
            self._left -= loop.time() - start


async def _read_body(answer: aiohttp.ClientResponse, limit: int) -> bytes:
    declared = answer.content_length
    if declared is not None and declared > limit:
        raise FetchError(Fault.SIZE, f"the body is larger than {limit:,} bytes")
    received = 0
    unpacker = Unpacker(answer.headers.get("Content-Encoding", ""), limit)
    async for chunk in answer.content.iter_chunked(_CHUNK):
        received += len(chunk)
        if received > limit:
            raise FetchError(Fault.SIZE, f"the body is larger than {limit:,} bytes")
        unpacker.feed(chunk)
    return unpacker.whole()


def _parse(text: str) -> Url:
    if len(text) > LONGEST:
        raise FetchError(Fault.ADDRESS, "the address is too long")
    found = parse(text)
    if found is None:
        raise FetchError(Fault.ADDRESS, "this is no address")
    return found


def _same(url: Url) -> URL:
    """An address as the connection takes it.  Raises FetchError should it lead to another host than the one that was
    checked."""
    try:
        there = URL(url.without_fragment, encoded=True)
        same = (there.scheme, there.raw_host) == (url.scheme, url.host.strip("[]"))
    except ValueError:
        same = False
    if not same:
        raise FetchError(Fault.ADDRESS, f"{url.host} is no host that can be asked")
    return there


def _target(here: Url, hop: _Hop) -> Url:
    location = hop.headers.get("location", "")
    if not location:
        raise FetchError(Fault.REDIRECT, "a redirect that leads nowhere", status=hop.status)
    target = parse(location, here.href)
    if target is None:
        raise FetchError(Fault.REDIRECT, "a redirect to something that is no address")
    return target


def _plain(headers: Mapping[str, str]) -> dict[str, str]:
    """Headers by small names, as text that can be kept: aiohttp hands on octets that are no UTF-8 as halves."""
    plain = {name.lower(): value for name, value in reversed(list(headers.items()))}  # the first of equals wins
    for name in _SEVERAL.keys() & plain.keys():
        plain[name] = _SEVERAL[name].join(value for other, value in headers.items() if other.lower() == name)
    return {name: whole(value) for name, value in plain.items()}


def _conditional(conditions: Conditions | None) -> dict[str, str]:
    named = {
        "If-None-Match": conditions.etag if conditions else "",
        "If-Modified-Since": conditions.last_modified if conditions else "",
    }
    return {name: value for name, value in named.items() if value and value.isprintable()}


def _settle(hop: _Hop, url: str, moved: str) -> Fetched:
    if hop.status in (200, 203, 304):
        return Fetched(304 if hop.status == 304 else 200, url, hop.headers, hop.body, moved)
    raise _refused(hop)


def _taken(hop: _Hop) -> None:
    if not 200 <= hop.status < 300:
        raise _refused(hop)


def _refused(hop: _Hop) -> FetchError:
    text = f"the server answered with status {hop.status}"
    return FetchError(Fault.STATUS, text, status=hop.status, retry_after=_wait(hop))


def _wait(hop: _Hop) -> int:
    """Seconds that the server asks us to wait (RFC 9110, section 10.2.3); a date is taken by the server's own clock."""
    said = hop.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit() and len(said) < 9:
        return min(int(said), _LONGEST_WAIT)
    try:
        until, now = parsedate_to_datetime(said), parsedate_to_datetime(hop.headers.get("date", ""))
        return max(0, min(int((until - now).total_seconds()), _LONGEST_WAIT))
    except (ValueError, TypeError, OverflowError, IndexError):
        return 0


def _fault_of(error: Exception, url: Url) -> FetchError:
    if isinstance(error, (aiohttp.ClientConnectorCertificateError, aiohttp.ClientSSLError)):
        return FetchError(Fault.CONNECT, f"{url.host} has no valid certificate or speaks no proper TLS")
    if isinstance(error, (aiohttp.ConnectionTimeoutError, aiohttp.ServerTimeoutError, TimeoutError)):
        return FetchError(Fault.TIME, f"{url.host} did not answer in time")
    if isinstance(error, (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError)):
        return FetchError(Fault.ADDRESS, "this is no address that can be fetched")
    if isinstance(error, aiohttp.ClientConnectorError):
        return FetchError(Fault.CONNECT, f"{url.host} takes no connection on port {url.port or _PORTS[url.scheme]}")
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return FetchError(Fault.PROTOCOL, f"{url.host} closed the connection without an answer")
    if isinstance(error, aiohttp.ClientPayloadError):
        return FetchError(Fault.PROTOCOL, f"{url.host} closed the connection before the answer was whole")
    return FetchError(Fault.PROTOCOL, f"{url.host} gave an answer that is not proper HTTP")


def _stopped() -> FetchError:
    return FetchError(Fault.STOPPED, "stopped before the answer came")


class WebFetcher:
    """The sync port (`Fetcher`): an event loop in a thread of its own, started by the first request.

    Any number of threads may ask at once.
    """

    def __init__(self, bounds: Bounds | None = None, look_up: Resolve = system_look_up) -> None:
        self._bounds = bounds or Bounds()
        self._look_up = look_up
        self.shared: Shared | None = None
        """The turns that other processes take at the same hosts; to be given before the first request."""
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._crawl: Crawl | None = None
        self._running: set[Future[Any]] = set()
        self._stopped = False

    def stop(self) -> None:
        """Ends what is being fetched, and all that would be: `get` raises FetchError (`Fault.STOPPED`) from now on.

        May be called in a signal's handler: it takes no lock.
        """
        self._stopped = True
        for future in tuple(self._running):
            future.cancel()

    def _is_stopped(self) -> bool:
        return self._stopped

    def get(
        self, url: str, conditions: Conditions | None = None, *, body_bytes: int = 0, robots: bool = True
    ) -> Fetched:
        """The answer to a GET (see `Fetcher.get`).  Raises FetchError for anything but 200 and 304."""
        limit = body_bytes or self._bounds.body_bytes
        return self._run(lambda crawl: crawl.get(url, conditions, limit, robots))

    def post(self, url: str, form: Mapping[str, str]) -> None:
        """Sends a form (see `Posting.post`).  Raises FetchError where it was not taken."""
        self._run(lambda crawl: crawl.post(url, form))

    def _run(self, ask: Callable[[Crawl], Awaitable[T]]) -> T:
        if self._is_stopped():
            raise _stopped()
        loop = self._started()
        future = asyncio.run_coroutine_threadsafe(self._asked(ask), loop)
        self._running.add(future)
        try:
            if self._is_stopped():  # between the question above and now
                future.cancel()
            return future.result()
        except CancelledError:
            raise _stopped() from None
        finally:
            self._running.discard(future)

    async def _asked(self, ask: Callable[[Crawl], Awaitable[T]]) -> T:
        if self._crawl is None:
            self._crawl = Crawl(self._bounds, self._look_up, self.shared)
        return await ask(self._crawl)

    def _started(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name="fetch", daemon=True)
                self._thread.start()
            return self._loop

    def close(self) -> None:
        """Ends all connections and the thread."""
        with self._lock:
            loop, thread, self._loop, self._thread = self._loop, self._thread, None, None
        if loop is None or thread is None:
            return
        if self._crawl is not None:
            asyncio.run_coroutine_threadsafe(self._crawl.close(), loop).result()
            self._crawl = None
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
