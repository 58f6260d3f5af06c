"""What real nginx and Varnish keep, and drop, before a server that does as it is told."""

from __future__ import annotations

import gzip
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.front import caches
from tests.front.caches import Cache, ask, get, is_installed
from tests.front.origin import Origin, serving
from wirepress.app.front.port import FrontPort
from wirepress.app.front.purges import Purge
from wirepress.model.errors import Unavailable


@dataclass(slots=True)
class Stage:
    """An origin, a front before it, and a way to tell that."""

    origin: Origin
    cache: Cache
    line: FrontPort
    folder: Path

    def read(self, path: str, **headers: str) -> bytes:
        return get(self.cache.port, path, **headers).body

    def write(self, path: str, *more: str) -> None:
        """Changes what is at a path, and tells the front."""
        self.tell(*self.origin.write(path, *more))

    def tell(self, epoch: int, touched: frozenset[str]) -> None:
        assert self.line.purge(Purge(epoch - 1, epoch, touched)) == epoch

    def asks(self, path: str, times: int = 1, **headers: str) -> int:
        """How often the origin is asked while a path is read some times."""
        before = self.origin.times(path)
        for _ in range(times):
            self.read(path, **headers)
        return self.origin.times(path) - before

    def keeps(self, path: str, **headers: str) -> bool:
        """Whether it comes to be kept; nginx notes an answer a moment after it was sent."""
        until = time.monotonic() + 5
        while time.monotonic() < until:
            if not self.asks(path, 1, **headers) and not self.asks(path, 2, **headers):
                return True
        return False

    def passes(self, path: str, **headers: str) -> bool:
        """Whether the origin is asked each time, however long one waits."""
        asked = self.asks(path, 2, **headers)
        time.sleep(0.1)
        return asked + self.asks(path, 2, **headers) == 4


pytestmark = pytest.mark.skipif(
    not os.environ.get("WIREPRESS_FRONT_CACHES"), reason="`make test-front` starts real front caches"
)


@pytest.fixture(params=["nginx", "varnish"])
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    kind = request.param
    if not is_installed(kind):
        pytest.skip(f"{kind} with its modules is not installed")
    with serving(kind) as origin, caches.running(kind, origin.port, tmp_path / "front") as cache:
        line = cache.line()
        assert line.position() is None
        assert line.purge(Purge(0, 0, None)) == 0
        yield Stage(origin, cache, line, tmp_path / "front")


def test_an_answer_is_kept_until_something_touches_it(stage: Stage) -> None:
    assert stage.read("/a") == b"/a 0\n"
    assert stage.keeps("/a")
    time.sleep(0.6)  # Varnish drops what is younger than half a second with any purge
    stage.write("/b")
    assert stage.asks("/a") == 0, "what was touched was something else"
    stage.write("/a")
    assert stage.read("/a") == b"/a 1\n"
    assert stage.keeps("/a")


def test_clients_see_nothing_of_what_the_front_is_told(stage: Stage) -> None:
    for _ in range(2):
        names = set(get(stage.cache.port, "/a").headers)
        assert names <= {"date", "server", "content-type", "content-length", "connection", "etag", "vary",
                         "accept-ranges", "transfer-encoding"}  # fmt: skip


def test_a_private_request_passes_by(stage: Stage) -> None:
    assert stage.keeps("/a")
    for headers in (
        {"Cookie": "a=1; wordpress_logged_in_0=ada"},
        {"Cookie": "wp-postpass_0=x"},
        {"Cookie": "comment_author_0=x"},
        {"Authorization": "Basic eDp5"},
        {"X-WP-Nonce": "1"},
        {"X-HTTP-Method-Override": "DELETE"},
    ):
        assert stage.passes("/a", **headers), headers
    assert stage.asks("/a", Cookie="_ga=1") == 0, "a cookie that is nothing to us"
    before = stage.origin.times("/a")
    for method in ("POST", "HEAD"):
        ask(stage.cache.port, method, "/a")
    ask(stage.cache.port, "GET", "/a", b"x=1")
    assert stage.origin.times("/a") == before + 3
    assert stage.asks("/a") == 0


def test_an_answer_without_a_word_for_the_front_is_not_kept(stage: Stage) -> None:
    assert stage.passes("/private")
    assert stage.passes("/private", Cookie="_ga=1")


def test_each_form_is_kept_for_itself(stage: Stage) -> None:
    plain = get(stage.cache.port, "/a")
    small = get(stage.cache.port, "/a", Accept_Encoding="br, gzip")
    assert (plain.headers.get("content-encoding"), small.headers.get("content-encoding")) == (None, "gzip")
    assert gzip.decompress(small.body) == plain.body
    assert stage.keeps("/a", Accept_Encoding="gzip, deflate")
    for accepted in ("gzip;q=0", "br, gzip; q=0.0", "notgzip"):
        assert get(stage.cache.port, "/a", Accept_Encoding=accepted).headers.get("content-encoding") is None
    for accepted in ("GZIP", "br;q=0, gzip;q=0.5"):
        assert get(stage.cache.port, "/a", Accept_Encoding=accepted).headers["content-encoding"] == "gzip"
    assert stage.read("/a", Origin="https://x.example") == b"/a 0\nhttps://x.example"
    assert stage.read("/a", Origin="https://y.example") == b"/a 0\nhttps://y.example"
    assert stage.read("/a?x=1") == b"/a?x=1 0\n"


def test_a_client_that_has_it_gets_304(stage: Stage) -> None:
    etag = get(stage.cache.port, "/a").headers["etag"]
    found = get(stage.cache.port, "/a", If_None_Match=etag)
    assert (found.status, found.body) == (304, b"")
    stage.write("/a")
    assert get(stage.cache.port, "/a", If_None_Match=etag).status == 200


def test_an_answer_that_was_begun_before_a_purge_is_not_kept_after_it(stage: Stage) -> None:
    stage.origin.held["/a"] = threading.Event()
    with ThreadPoolExecutor(4) as threads:
        old = threads.submit(stage.read, "/a")
        assert stage.origin.begun.wait(10)
        joined = threads.submit(stage.read, "/a")
        release = stage.origin.held.pop("/a")
        stage.write("/a")  # acknowledged while the answer is on its way
        late = threads.submit(stage.read, "/a")
        release.set()
        assert old.result(20) == b"/a 0\n", "who asked before may see what was"
        assert joined.result(20) in (b"/a 0\n", b"/a 1\n")
        assert late.result(20) == b"/a 1\n"
    assert stage.read("/a") == b"/a 1\n"
    assert stage.keeps("/a")


def test_an_answer_of_a_process_that_has_not_heard_yet_is_not_kept(stage: Stage) -> None:
    epoch, touched = stage.origin.write("/a")
    stage.tell(epoch, touched)
    stage.origin.behind = 1
    assert stage.passes("/a")
    stage.origin.behind = 0
    assert stage.keeps("/a")
    wanted = [headers.get("x-wirepress-epoch") for _, path, headers in stage.origin.asked if path == "/a"]
    assert wanted[-1] == "1", "the origin is told how new the answer must be"


def test_what_has_lost_its_tags_to_their_number_is_dropped(stage: Stage) -> None:
    many = {f"post:{number}" for number in range(3000)}
    stage.origin.tags["/many"] = many | {"list:post"}
    stage.origin.tags["/anything"] = {"*"}
    for path in ("/many", "/anything"):
        assert stage.keeps(path)
    epoch, _ = stage.origin.write("/many")
    stage.tell(epoch, frozenset({"post:77", "post", "any"}))
    assert stage.read("/many") == b"/many 1\n"
    assert stage.asks("/anything") == 1


def test_everything_is_dropped_at_once(stage: Stage) -> None:
    for path in ("/a", "/b"):
        assert stage.keeps(path)
    stage.origin.epoch = 50
    assert stage.line.purge(Purge(50, 50, None)) == 50
    assert [stage.asks(path) for path in ("/a", "/b")] == [1, 1]
    assert stage.line.purge(Purge(7, 7, None)) == 50, "an old word from another process"
    assert stage.line.purge(Purge(7, 7, None, anew=True)) == 7, "another database"


def test_a_gap_is_refused(stage: Stage) -> None:
    assert stage.line.purge(Purge(5, 6, frozenset({"post:1"}))) == 0
    assert stage.line.purge(Purge(0, 6, frozenset({"post:1"}))) == 6
    assert stage.line.purge(Purge(3, 5, frozenset({"post:1"}))) == 6, "others were faster"
    assert stage.line.position() == 6


def test_purges_of_many_processes_leave_the_newest_position(stage: Stage) -> None:
    def tell(number: int) -> None:
        line = stage.cache.line()
        for epoch in range(1 + number, 200, 4):
            assert (line.purge(Purge(0, epoch, frozenset({"post:a", f"post:{epoch}"}))) or 0) >= epoch

    stage.origin.epoch = 198
    stage.origin.behind = 0
    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(tell, number) for number in range(4)]:
            done.result(60)
    assert stage.line.position() == 199
    assert stage.passes("/a"), "it claims the epoch before the newest"


def test_nobody_else_purges(stage: Stage) -> None:
    stage.cache.token = "wrong"
    with pytest.raises(Unavailable):
        stage.cache.line().purge(Purge(0, 1, frozenset({"post:1"})))
    assert ask(stage.cache.port, "PURGE", "/a", None, X_Wirepress_Epoch="9", X_Wirepress_Tags="*").status >= 400
    assert stage.line.position() == 0


def test_a_front_that_was_restarted_gives_nothing_of_before(stage: Stage) -> None:
    stage.read("/a")
    stage.origin.write("/a")
    caches.end(stage.cache.process, signal.SIGKILL)
    kind, port = stage.cache.kind, stage.origin.port
    with caches.running(kind, port, stage.folder, purge=stage.cache.purge) as cache:
        line = cache.line()
        assert get(cache.port, "/a").body == b"/a 1\n"
        assert line.position() is None
        assert line.purge(Purge(1, 2, frozenset())) is None, "it knows of nothing"
        assert line.purge(Purge(1, 1, None)) == 1
        stage.cache = cache
        assert stage.keeps("/a")
        assert stage.read("/a") == b"/a 1\n"
