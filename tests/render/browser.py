"""`python -m tests.render.browser`: what is left of hostile texts, shown in headless Chromium.

Every text of the list, and every two in a row, go through every place where a stranger's text can come to stand; each
different piece of markup that comes out is shown on a page with a recorder that was there before it.  It notes calls
of `alert` and its like, every script, handler and address that a content security policy with a nonce would refuse,
and frames.  All links and buttons are clicked, all elements get the events of mouse, keys and focus.

Pieces share pages.  The recorder counts the marks between them; where one is missing or not in its place, a piece has
swallowed or enclosed its neighbours, and each piece of that page is shown again alone.

The run proves that it can fail: the same texts unfiltered must be seen to run, some of them by name, and one between
harmless pieces.  It ends within `PATIENCE` seconds and says which pages were open when Chromium came to a stop.

`--quick` leaves out the pairs, and of what nobody filtered all but the texts by name.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.render.xss import CONTEXTS, paired_vectors, stays_in_place, vectors

HERE = Path(__file__).parent
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"),
    *("--disable-component-update", "--disable-sync", "--disable-quic", "--disable-dev-shm-usage", "--no-proxy-server"),
    *("--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--disable-hang-monitor"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
PATIENCE = 600
"""Seconds for the whole run; it needs about one minute on two free cores."""

STALLED = 60
"""Seconds without a page that ends: Chromium hangs."""

BESIDE = 20
"""How many pieces share a page."""

MUST_RUN = 200
"""How many of the vectors run unfiltered at least; many are for browsers of the past."""

CONTROLS: Mapping[str, str] = {
    "<script>alert(1)</script>": "call alert",
    "<IMG SRC=x onerror=alert(1)>": "call alert",
    "<svg onload=alert(1)>": "call alert",
    "<a href=javascript:alert(1)>x</a>": "call alert",
    "<p onmouseover=alert(1)>x</p>": "call alert",
    "<input onfocus=alert(1) autofocus>": "call alert",
    "<button onclick=alert(1)>x</button>": "call alert",
    "<script src=//xss.example/x.js></script>": "script-src",
    "<script>syntax error(</script>": "error",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>': "element IFRAME",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>": "address data:",
    "<form name=body><input name=attributes></form><img name=querySelectorAll src=x onerror=alert(1)>": "call alert",
}
"""What must be seen of texts that nobody filtered: without this the recorder would record nothing."""

HARMLESS = ("<p>one</p>", "two <em>words</em>", "<ul><li>three</li></ul>", '<a href="/four">four</a>')

Found = Mapping[int, list[str]]


class Stopped(Exception):
    """Chromium did not show all pages."""


@dataclass(slots=True)
class Progress:
    """What has been found so far."""

    total: int
    open: set[int] = field(default_factory=set)
    found: dict[int, list[str]] = field(default_factory=dict)
    torn: set[int] = field(default_factory=set)
    done: int = 0
    moved_at: float = field(default_factory=time.monotonic)
    finished: threading.Event = field(default_factory=threading.Event)

    def start(self, number: int) -> None:
        self.open.add(number)

    def end(self, number: int, hits: list[str], whole: bool) -> None:
        if number not in self.open:
            return
        self.open.discard(number)
        self.done += 1
        self.moved_at = time.monotonic()
        if hits:
            self.found[number] = hits
        if not whole:
            self.torn.add(number)
        if self.done == self.total:
            self.finished.set()


class Pages(ThreadingHTTPServer):
    """Serves the pages, and takes what was found."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, pages: Sequence[Sequence[str]]) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.pages = pages
        self.progress = Progress(len(pages))
        self.lock = threading.Lock()
        self.driver = (HERE / "driver.html").read_text().replace("TOTAL", str(len(pages)))
        self.recorder = (HERE / "recorder.js").read_text()

    def page(self, number: int) -> str:
        pieces = self.pages[number]
        recorder = self.recorder.replace("NUMBER", str(number)).replace("MARKS", str(len(pieces) + 1))
        marked = "".join(f"<i data-mark></i><div>{piece}</div>" for piece in pieces).replace("\0", "\ufffd")
        head = f"<!doctype html><meta charset=utf-8><title>x</title><script nonce=recorder>{recorder}</script>"
        return f"{head}<body>{marked}<i data-mark></i>"


class _Request(BaseHTTPRequestHandler):
    server: Pages

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        if url.path == "/":
            self._answer(self.server.driver)
        elif url.path == "/page" and url.query.startswith("n="):
            number = int(parse_qs(url.query)["n"][0])
            with self.server.lock:
                self.server.progress.start(number)
            self._answer(self.server.page(number), policy="script-src 'nonce-recorder' 'report-sample'")
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        if self.path != "/found":  # a form of a piece
            self.send_error(404)
            return
        report = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            self.server.progress.end(report["number"], report["hits"], report["whole"])
        self._answer("")

    def _answer(self, page: str, policy: str = "") -> None:
        body = page.encode("utf-8", "replace")
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if policy:
            self.send_header("Content-Security-Policy-Report-Only", policy)
        self.end_headers()
        with suppress(OSError):  # the frame may be gone
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is the library's)
        """Says nothing."""


@contextmanager
def _browser(chromium: str, address: str) -> Iterator[subprocess.Popen[bytes]]:
    """Chromium and all its processes, ended whatever they do."""
    with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as profile:
        browser = subprocess.Popen(
            [chromium, *FLAGS, f"--user-data-dir={profile}", "--remote-debugging-port=0", address],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            yield browser
        finally:
            with suppress(ProcessLookupError):
                os.killpg(browser.pid, signal.SIGKILL)
            browser.wait()


def executed(chromium: str, pages: Sequence[Sequence[str]], deadline: float) -> tuple[Found, set[int]]:
    """What ran, by the number of the page, and the pages whose pieces are to be seen alone."""
    server = Pages(pages)
    progress = server.progress
    threading.Thread(target=server.serve_forever, daemon=True).start()
    reported = 0
    try:
        with _browser(chromium, f"http://127.0.0.1:{server.server_port}/") as browser:
            while not progress.finished.wait(1):
                now = time.monotonic()
                open_pages = f"{progress.done} of {len(pages)} pages done, open: {sorted(progress.open)}"
                if browser.poll() is not None:
                    raise Stopped(f"Chromium ended with code {browser.returncode}: {open_pages}")
                if now > deadline or now - progress.moved_at > STALLED:
                    why = "the time is up" if now > deadline else f"no page came to its end for {STALLED} s"
                    raise Stopped(f"Chromium was stopped, {why}: {open_pages}")
                if progress.done - reported >= 250:
                    reported = progress.done
                    print(f"  {reported}/{len(pages)} pages", flush=True)
    finally:
        server.shutdown()
        server.server_close()
    return progress.found, progress.torn


def shared(pieces: Sequence[str]) -> Iterator[list[str]]:
    """Pages: pieces that could swallow or enclose what follows alone, the others together."""
    together: list[str] = []
    for piece in pieces:
        if stays_in_place(piece):
            together.append(piece)
        else:
            yield [piece]
    yield from (together[at : at + BESIDE] for at in range(0, len(together), BESIDE))


def missed_controls(chromium: str, texts: Sequence[str], deadline: float) -> Iterator[str]:
    """What the recorder should have seen of texts that nobody filtered, and did not."""
    among = [*HARMLESS * 2, "<img src=x onerror=alert(1)>", *HARMLESS * 2]
    alone = [*CONTROLS, *texts]
    found, _ = executed(chromium, [among, list(HARMLESS), *([text] for text in alone)], deadline)
    if "call alert" not in found.get(0, ()):
        yield "a handler among harmless pieces"
    if 1 in found:
        yield f"harmless pieces for what they are: {found[1]}"
    for number, (text, sign) in enumerate(CONTROLS.items(), 2):
        if not any(hit.startswith(sign) for hit in found.get(number, ())):
            yield f"{sign!r} of {text!r}: {found.get(number)}"
    listed = [hits for number, hits in found.items() if number >= 2 + len(CONTROLS)]
    called = sum(any(hit.startswith("call ") for hit in hits) for hits in listed)
    if texts:
        print(f"unfiltered: {len(listed)} of {len(texts)} vectors run or would run, {called} call alert or its like")
    if texts and len(listed) < MUST_RUN:
        yield f"at least {MUST_RUN} vectors"


def filtered_that_run(chromium: str, shown: Sequence[str], deadline: float) -> Iterator[tuple[list[str], list[str]]]:
    """What ran of filtered pieces, with the pieces of its page."""
    pages = list(shared(shown))
    print(f"{len(shown)} different pieces on {len(pages)} pages", flush=True)
    found, torn = executed(chromium, pages, deadline)
    again = [[piece] for number in sorted({*torn, *found}) if len(pages[number]) > 1 for piece in pages[number]]
    yield from ((found[number], pages[number]) for number in sorted(found) if len(pages[number]) == 1)
    if again:
        print(f"{len(again)} pieces once more, each alone", flush=True)
        found_alone, _ = executed(chromium, again, deadline)
        yield from ((found_alone[number], again[number]) for number in sorted(found_alone))
        if not found_alone:  # together they ran
            yield from ((found[number], pages[number]) for number in sorted(found) if len(pages[number]) > 1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="each text once, in some fifteen seconds")
    quick = parser.parse_args().quick
    chromium = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if chromium is None:
        print("test-browser needs Chromium (Debian: apt install chromium)", file=sys.stderr)
        return 1
    started = time.monotonic()
    deadline = started + PATIENCE
    texts = vectors()
    hostile = texts if quick else [*texts, *paired_vectors()]
    shown: dict[str, list[tuple[str, str]]] = {}
    for context, show in CONTEXTS.items():
        for text in hostile:
            shown.setdefault(show(text), []).append((context, text))
    count = len(hostile) * len(CONTEXTS)
    pairs = "" if quick else " alone and in pairs"
    print(f"{len(texts)} vectors{pairs} in {len(CONTEXTS)} contexts: {count} texts", flush=True)
    try:
        missed = list(missed_controls(chromium, [] if quick else texts, deadline))
        ran = list(filtered_that_run(chromium, list(shown), deadline))
    except Stopped as stopped:
        print(f"failed: {stopped}", file=sys.stderr)
        return 1
    for what in missed:
        print(f"the recorder did not see {what}")
    for hits, pieces in ran:
        print(f"ran: {hits}")
        for piece in pieces:
            context, text = shown[piece][0]
            print(f"  {context}({text!r}) left {piece[:500]!r}")
    print(f"executed: {len(ran)}, controls missed: {len(missed)} ({time.monotonic() - started:.0f} s)")
    return 1 if ran or missed else 0


if __name__ == "__main__":
    sys.exit(main())
