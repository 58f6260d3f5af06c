"""`python -m tests.render.browser`: what is left of hostile texts, shown in headless Chromium.

Each different piece of markup becomes a page of its own in a frame, with a recorder that was there before it: it
notes calls of `alert` and its like, every script, handler and address that a content security policy with a nonce
would refuse, and frames.  All links and buttons are clicked, all elements get the events of mouse, keys and focus.
The same texts unfiltered show that the recorder sees what it should.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from tests.render.xss import CONTEXTS, vectors

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"),
    *("--disable-component-update", "--disable-sync", "--disable-quic", "--disable-dev-shm-usage"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
PATIENCE = 1200
"""Seconds for the whole run."""

BESIDE = 20
"""How many pieces share a page."""

_ALONE = re.compile(r"<(?:!|\?|textarea|title|table|math|select|object|video|audio)", re.IGNORECASE)

MUST_RUN = 120
"""How many of the vectors run unfiltered at least; many are for browsers of the past."""

RECORDER = """
(() => {
  const hits = [], hit = what => hits.push(String(what).slice(0, 200));
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) window[name] = () => hit(name);
  addEventListener('error', event => { if (event.message) hit('error ' + event.message); });
  addEventListener('securitypolicyviolation', event => {
    if (event.effectiveDirective.startsWith('script-src'))
      hit(event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sample);
  });
  const runs = /^(javascript|vbscript|data|blob|filesystem|view-source):/i;
  const address = of => String((of.href && of.href.baseVal !== undefined) ? of.href.baseVal : of.href || '').trim();
  addEventListener('click', event => {
    const link = event.target.closest && event.target.closest('a, area');
    if (!link) return;
    if (runs.test(address(link))) hit('address ' + address(link));
    if (!/^javascript:/i.test(address(link))) event.preventDefault();
  }, true);
  addEventListener('submit', event => {
    if (runs.test(event.target.action)) hit('action ' + event.target.action); else event.preventDefault();
  }, true);
  const EVENTS = {MouseEvent: ['mouseover', 'mouseenter', 'mousemove', 'mousedown', 'mouseup', 'mouseout', 'dblclick'],
    FocusEvent: ['focus', 'blur', 'focusin'], KeyboardEvent: ['keydown', 'keyup', 'keypress'],
    Event: ['load', 'error', 'toggle', 'input', 'change', 'scroll', 'wheel', 'copy', 'animationstart']};
  const poke = () => {
    for (const element of document.querySelectorAll('body, body *')) {
      const name = element.tagName.toUpperCase();
      if (/^(IFRAME|FRAME|EMBED|APPLET|BASE|PORTAL)$/.test(name) || (name === 'OBJECT' && element.data))
        hit('element ' + element.outerHTML);
      for (const {name, value} of element.attributes) if (/^on/i.test(name)) hit('handler ' + name + '=' + value);
      for (const [kind, names] of Object.entries(EVENTS))
        for (const name of names)
          try { element.dispatchEvent(new window[kind](name, {bubbles: false, cancelable: true})); } catch {}
      if (element.click && /^(A|AREA|BUTTON|SUMMARY|LABEL|INPUT)$/.test(name)) element.click();
      else if (name === 'A') element.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}));
      if (element.focus) element.focus();
    }
    setTimeout(() => parent.postMessage({number: NUMBER, hits}, '*'), 40);
  };
  let poked = false;
  const once = () => { if (!poked) { poked = true; setTimeout(poke, 0); } };
  addEventListener('load', once);
  document.addEventListener('DOMContentLoaded', () => setTimeout(once, 600));
})();
"""
DRIVER = """<!doctype html><meta charset=utf-8><title>x</title><body><script>
const total = TOTAL, beside = 6, found = {}, pending = new Map();
let next = 0, done = 0;
const start = () => {
  if (next >= total) return;
  const number = next++, frame = document.createElement('iframe');
  frame.sandbox = 'allow-scripts allow-same-origin allow-forms';
  frame.src = '/case?n=' + number;
  const end = hits => {
    if (!pending.delete(number)) return;
    clearTimeout(timer);
    if (hits.length) found[number] = hits;
    frame.remove();
    if (++done === total) fetch('/done', {method: 'POST', body: JSON.stringify(found)}); else start();
  };
  const timer = setTimeout(() => end(['left its page, or never came to rest']), 15000);
  pending.set(number, end);
  document.body.append(frame);
};
addEventListener('message', event => pending.get(event.data.number)?.(event.data.hits));
for (let i = 0; i < beside; i++) start();
</script>"""


class Pages(ThreadingHTTPServer):
    """Serves the pieces, and takes what was found."""

    daemon_threads = True

    def __init__(self, pieces: list[str]) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.pieces = pieces
        self.found: dict[int, list[str]] = {}
        self.finished = threading.Event()


class _Request(BaseHTTPRequestHandler):
    server: Pages

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        if url.path == "/":
            self._answer(DRIVER.replace("TOTAL", str(len(self.server.pieces))))
        elif url.path == "/case" and url.query.startswith("n="):
            number = int(parse_qs(url.query)["n"][0])
            recorder = RECORDER.replace("NUMBER", str(number))
            head = f"<!doctype html><meta charset=utf-8><title>x</title><script nonce=recorder>{recorder}</script>"
            body = self.server.pieces[number].replace("\0", "\ufffd")
            self._answer(f"{head}<body><div>{body}</div>", policy="script-src 'nonce-recorder' 'report-sample'")
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        found = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.found = {int(number): hits for number, hits in found.items()}
        self._answer("")
        self.server.finished.set()

    def _answer(self, page: str, policy: str = "") -> None:
        body = page.encode("utf-8", "replace")
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if policy:
            self.send_header("Content-Security-Policy-Report-Only", policy)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is the library's)
        """Says nothing."""


def executed(chromium: str, pieces: list[str]) -> dict[int, list[str]]:
    """What ran, by the place of the piece."""
    pages = Pages(pieces)
    threading.Thread(target=pages.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as profile:
        address = f"http://127.0.0.1:{pages.server_port}/"
        browser = subprocess.Popen(
            [chromium, *FLAGS, f"--user-data-dir={profile}", "--remote-debugging-port=0", address],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            if not pages.finished.wait(PATIENCE):
                raise TimeoutError(f"Chromium did not show {len(pieces)} pieces in {PATIENCE} s")
        finally:
            browser.terminate()
            browser.wait(20)
            pages.shutdown()
            pages.server_close()
    return pages.found


def _pages(pieces: list[str]) -> Iterator[list[str]]:
    """Pieces that could swallow what follows alone on a page, the others together."""
    plain: list[str] = []
    for piece in pieces:
        if _ALONE.search(piece):
            yield [piece]
        else:
            plain.append(piece)
    yield from (plain[at : at + BESIDE] for at in range(0, len(plain), BESIDE))


def main() -> int:
    chromium = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if chromium is None:
        print("left out: no Chromium on this machine (Debian: apt install chromium)")
        return 0
    texts = vectors()
    shown: dict[str, tuple[str, str]] = {}
    for context, show in CONTEXTS.items():
        for text in texts:
            shown.setdefault(show(text), (context, text))
    pages = list(_pages(list(shown)))
    print(
        f"{len(texts)} vectors in {len(CONTEXTS)} contexts: {len(shown)} different pieces on {len(pages)} pages",
        flush=True,
    )
    found = executed(chromium, [*("</div><div>".join(page) for page in pages), *texts])
    seen = sum(number >= len(pages) for number in found)
    print(f"unfiltered, {seen} of the vectors run")
    failed = sorted(number for number in found if number < len(pages))
    for number in failed:
        print(f"ran: {found[number]}")
        for piece in pages[number]:
            context, text = shown[piece]
            print(f"  {context}({text!r}) left {piece[:500]!r}")
    print(f"executed: {len(failed)}/{len(pages)}")
    if seen < MUST_RUN:
        print(f"the recorder saw fewer than {MUST_RUN} run: it does not record as it should")
    return 1 if failed or seen < MUST_RUN else 0


if __name__ == "__main__":
    sys.exit(main())
