"""The bodies of requests on their way in: bounded before they are read, the large ones in a file.

Up to `STRANGERS` octets are held in memory, whoever sends them.  Where there are more, it is asked first whose the
request is (by its headers alone, or by the beginning of a body that says it), and nobody's is refused.  What is larger
is written to a file without a name, which is gone with the request however that ends, the process with it.
"""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing, suppress
from enum import Enum, auto
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, ParamSpec, TypeVar

from wirepress.model.blob import EMPTY, Blob
from wirepress.model.errors import NoRoom
from wirepress.model.web import Request, Response
from wirepress.store.faults import of_file
from wirepress.wp.params import content_type, is_json

P = ParamSpec("P")
T = TypeVar("T")
Receive = Callable[[], Awaitable[dict[str, Any]]]

FOLDER = "bodies"
"""The folder of large bodies, in the site's."""
STRANGERS = 1 << 20
"""The most octets of a body of nobody's, and of what is held in memory while it comes."""
TEXTS = 16 << 20
"""The most octets of JSON and of a form without files."""
MOST = 64
"""Bodies of more than `STRANGERS` octets that a process takes at a time."""
STALL = 60.0
"""Seconds without a byte after which a body is not waited for any longer."""
ROOM = 64 << 20
"""Octets of the disk that bodies leave free: the database needs some."""
_LEFT_OVER = 3600.0
_TEXTS = frozenset({"application/x-www-form-urlencoded", ""})


class Sender(Enum):
    """Whose a request is, as far as its body is concerned."""

    NOBODY = auto()
    KNOWN = auto()
    WITH_FILES = auto()
    """Somebody who may add files."""


Ask = Callable[[bytes], Awaitable[Sender]]
"""Says whose a request is, of whose body so much has come."""


class ClientGone(Exception):
    """The connection ended before the whole body came: half a body is never acted upon."""


class Refused(Exception):
    """The body is not taken; `response` says why."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status)
        self.response = response


def _refusal(status: int, body: bytes, *more: tuple[str, str]) -> Response:
    """In the API's words; the connection ends, since the rest of the body is not read."""
    headers = [("content-type", "application/json; charset=UTF-8"), ("connection", "close"), *more]
    return Response(status, headers, body)


TOO_LARGE = _refusal(
    413,
    b'{"code":"rest_upload_file_too_big","message":"The request is larger than allowed here.","data":{"status":413}}',
)
TOO_SLOW = _refusal(
    408, b'{"code":"request_timeout","message":"The rest of the request did not come.","data":{"status":408}}'
)
BUSY = _refusal(
    503,
    b'{"code":"service_unavailable","message":"Too many large requests come now; try again.","data":{"status":503}}',
    ("retry-after", "5"),
)
NO_ROOM = _refusal(
    507,
    b'{"code":"no_room","message":"There is no room left; nothing was changed.","data":{"status":507}}',
)


class Spooled(Blob):
    """Octets in a file without a name, which goes when it is closed."""

    __slots__ = ("_file", "_folder", "_turn")

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file: BinaryIO = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 (closed by `close`)
        self._turn = threading.Lock()

    @property
    def in_memory(self) -> bool:
        return False

    def append(self, chunks: Sequence[bytes]) -> None:
        """Writes more octets behind what is there.  Raises OSError where the disk has no room for them."""
        more = sum(map(len, chunks))
        if shutil.disk_usage(self._folder).free < more + ROOM:
            raise OSError(errno.ENOSPC, "no room for a request's body")
        with self._turn:
            self._file.seek(0, 2)
            for chunk in chunks:
                rest = memoryview(chunk)
                while rest:
                    rest = rest[self._file.write(rest) :]
        self.size += more

    def fileno(self) -> int:
        """The descriptor of the file, for another process that writes to it; `measure` takes note of that."""
        return self._file.fileno()

    def measure(self) -> None:
        """Takes all that is in the file now for its octets."""
        self.size = os.fstat(self.fileno()).st_size

    def octets(self, start: int, most: int) -> bytes:
        most = max(0, min(most, self.size - start))
        pieces = []
        with self._turn:
            self._file.seek(start)
            while most and (piece := self._file.read(most)):
                pieces.append(piece)
                most -= len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def close(self) -> None:
        self._file.close()


class Bodies:
    """Takes the bodies of a web process.  Asked by the event loop, which never waits for the disk."""

    def __init__(self, folder: Path, limit: int) -> None:
        """`folder` is where large bodies stand, `limit` the most octets of any."""
        self.folder = folder
        self.limit = limit
        self.large = 0
        self.disk = ThreadPoolExecutor(2, thread_name_prefix="body")
        sweep(folder, time.time())

    @asynccontextmanager
    async def taken(
        self, request: Request, receive: Receive, sender: Ask, *, signed_inside: bool = False
    ) -> AsyncIterator[Blob]:  # fmt: skip
        """The body of a request, for as long as it is answered.

        `sender` is asked for large ones only: before anything is read, or, of a body that says itself whose it is
        (`signed_inside`), when its beginning has come.  Raises Refused, and ClientGone.
        """
        small, announced = min(STRANGERS, self.limit), announced_size(request)
        if announced > self.limit:
            raise Refused(TOO_LARGE)
        most = None
        if announced > small and not signed_inside:
            most = await self.most(request, sender, announced)
        chunks, ended = await read(receive, small)
        size = sum(map(len, chunks))
        if ended and size <= small:
            yield Blob(b"".join(chunks)) if chunks else EMPTY
            return
        if most is None:
            beginning = b"".join(chunks) if signed_inside else b""
            most = await self.most(request, sender, max(size, announced), beginning)
        async with self.spooled(chunks, receive, ended=ended, most=most) as body:
            yield body

    async def most(self, request: Request, sender: Ask, size: int, beginning: bytes = b"") -> int:
        """How large the body may be.  Raises Refused where what is known of its size is more than that."""
        if size > self.limit:
            raise Refused(TOO_LARGE)
        most = min(self.limit, bound(request, await sender(beginning), self.limit))
        if size > most:
            raise Refused(TOO_LARGE)
        return most

    @asynccontextmanager
    async def spooled(
        self, chunks: list[bytes], receive: Receive, *, ended: bool, most: int
    ) -> AsyncIterator[Blob]:  # fmt: skip
        """A large body, of which `chunks` have come.  Raises what `taken` raises."""
        if self.large >= MOST:
            raise Refused(BUSY)
        self.large += 1
        try:
            with closing(await self.at_disk(Spooled, self.folder)) as body:
                await self.at_disk(body.append, chunks)
                while not ended:
                    chunks, ended = await read(receive, min(STRANGERS, most - body.size))
                    if body.size + sum(map(len, chunks)) > most:
                        raise Refused(TOO_LARGE)
                    await self.at_disk(body.append, chunks)
                yield body
        finally:
            self.large -= 1

    async def at_disk(self, act: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
        """Does something with the disk, in a thread.  Raises Refused where it has no room."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self.disk, partial(act, *given, **named))
        except OSError as error:
            if isinstance(of_file(error), NoRoom):
                raise Refused(NO_ROOM) from error
            raise

    def shutdown(self) -> None:
        self.disk.shutdown(wait=False, cancel_futures=True)


def announced_size(request: Request) -> int:
    """How large a request says that its body is; 0 where it does not say."""
    length = request.headers.get("content-length", "")
    if length.isascii() and length.isdigit():
        return int(length[:20])
    return 0


def bound(request: Request, sender: Sender, limit: int) -> int:
    """The most octets of the body of a request of such a sender; `limit` is that of files.

    A file is what is neither JSON nor a form of texts alone: those are read into the memory.
    """
    if sender is Sender.NOBODY:
        return STRANGERS
    if sender is Sender.WITH_FILES and not is_json(request) and content_type(request) not in _TEXTS:
        return limit
    return TEXTS


async def read(receive: Receive, most: int) -> tuple[list[bytes], bool]:
    """What comes of a body, until it is more than so many octets, and whether that was its end.

    Raises ClientGone, and Refused when nothing comes any more.
    """
    chunks: list[bytes] = []
    size = 0
    while size <= most:
        try:
            async with asyncio.timeout(STALL):
                message = await receive()
        except TimeoutError:
            raise Refused(TOO_SLOW) from None
        if message["type"] != "http.request":
            raise ClientGone
        if chunk := message.get("body", b""):
            chunks.append(chunk)
            size += len(chunk)
        if not message.get("more_body"):
            return chunks, True
    return chunks, False


def sweep(folder: Path, now: float) -> None:
    """Removes what was left behind where a system knows files only by their names: everywhere else there is nothing."""
    for place in folder.iterdir() if folder.is_dir() else ():
        with suppress(OSError):
            if place.stat().st_mtime < now - _LEFT_OVER:
                place.unlink()
