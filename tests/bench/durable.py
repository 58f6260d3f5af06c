"""What a write costs that survives a loss of power: posts created one after the other and by eight clients at once,
beside what the disk itself can do in the same minute; and a picture of 12 megapixels with all its sizes."""

from __future__ import annotations

import http.client
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pyvips

from tests.bench.bench import ROOT, Figures, drive_script, median, process, site, wait_for, watched
from tests.bench.serving import against
from tests.servers.process import free_port
from wirepress.app.compose import open_newsroom
from wirepress.app.settings import load
from wirepress.content.identity.passwords import hash_token
from wirepress.content.people import users
from wirepress.content.people.users import UserChanges
from wirepress.model.user import ApplicationPassword
from wirepress.store import users as user_store

SECRET = "abcdefghijklmnopqrstuvwx"
BASIC = "Basic " + b64encode(f"bench:{SECRET}".encode()).decode()
ROUTE = "/index.php/wp-json/wp/v2"
SPENT = 1_200
"""Microseconds of a processor that a create should take, with its wait for the disk."""
LOG_PAGES = 6 * 8192
"""About what one create adds to the log."""
SCRIPT = """
local n = 0
wrk.method = 'POST'
wrk.headers['Authorization'] = '%s'
wrk.headers['Content-Type'] = 'application/json'
function request()
  n = n + 1
  local text = '<p>' .. string.rep('All the news. ', 60) .. '</p>'
  local body = '{"status":"publish","title":"Story ' .. n .. '","content":"' .. text .. '"}'
  return wrk.format(nil, '%s/posts', nil, body)
end
"""


@contextmanager
def writable(posts: int = 1_000) -> Iterator[Path]:
    """A copy of a generated site, the small one, with a key for its administrator, on the disk that sites are on."""
    work = Path(tempfile.mkdtemp(prefix="bench-write-", dir=ROOT / "var"))
    try:
        folder = work / "site"
        shutil.copytree(site(posts), folder)
        newsroom = open_newsroom(load(folder, {}))
        with newsroom.write() as view:
            wanted = UserChanges(login="bench", email="bench@bench.example", roles=("administrator",))
            user = users.create(view, wanted)
            key = ApplicationPassword("bench", user.id, "bench", hash_token(SECRET))
            user_store.add_application_password(view.unit, key)
        newsroom.database.close()
        yield folder
    finally:
        shutil.rmtree(work, ignore_errors=True)


def syncs(folder: Path, seconds: float) -> float:
    """How often a second this disk takes a few pages and says that they are safe."""
    data = os.urandom(LOG_PAGES)
    with (folder / "sync").open("wb", buffering=0) as file:
        begun, count = time.monotonic(), 0
        while time.monotonic() - begun < seconds:
            os.pwrite(file.fileno(), data, count % 64 * LOG_PAGES)
            os.fdatasync(file.fileno())
            count += 1
        return count / (time.monotonic() - begun)


def picture() -> bytes:
    """A JPEG of 4,000 x 3,000 pixels with something in it."""
    rough = pyvips.Image.gaussnoise(400, 300, sigma=40, mean=128, seed=7).cast("uchar")
    data: bytes = rough.resize(10, kernel="cubic").bandjoin([rough.resize(10), rough.resize(10)]).jpegsave_buffer(Q=85)
    return data


def upload_times(port: int, times: int) -> list[float]:
    """Milliseconds from the first byte of a picture to the answer that it is kept, with all its sizes."""
    data, found = picture(), []
    for number in range(times):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {
            "Authorization": BASIC,
            "Content-Type": "image/jpeg",
            "Content-Disposition": f'attachment; filename="large-{number}.jpg"',
        }
        begun = time.monotonic()
        connection.request("POST", f"{ROUTE}/media", data, headers)
        answer = connection.getresponse()
        body = answer.read()
        found.append((time.monotonic() - begun) * 1000)
        connection.close()
        if answer.status != 201:
            raise SystemExit(f"the upload was answered {answer.status}: {body[:200]!r}")
    return found


def creates(
    clients: int, base: str, pid: int, script: Path, disk: Path, seconds: int, rounds: int
) -> tuple[Figures, float]:
    """What so many clients get done that create posts, and how often the disk syncs meanwhile."""
    runs, waits = [], []
    for _ in range(rounds):
        waits.append(syncs(disk, seconds / 2))
        runs.append(watched(partial(drive_script, base, seconds, script, clients), pid))
        waits.append(syncs(disk, seconds / 2))
        if runs[-1].errors:
            raise SystemExit(f"{runs[-1].errors} creates were refused")
    return median(runs), statistics.median(waits)


def told(clients: int, figures: Figures, wait: float, goal: str) -> None:
    name = f"create a post, {clients} client{'s' if clients > 1 else ''}"
    print(
        f"{name:34}{figures.rate:9.0f}{figures.spent:9.0f}{figures.p50:9.2f}{figures.p99:9.2f}{wait:9.0f}"
        f"{figures.rate / wait:6.2f}{goal}",
        flush=True,
    )


def run(seconds: int, rounds: int) -> None:
    with writable() as folder:
        port = free_port()
        script = folder.parent / "create.lua"
        script.write_text(SCRIPT % (BASIC, ROUTE))
        command = [sys.executable, "-m", "wirepress", "--site", str(folder), "serve", "--port", str(port)]
        head = ("/s", "cpu us", "p50 ms", "p99 ms", "syncs/s")
        print("\n" + "durable writes".ljust(34) + "".join(f"{word:>9}" for word in head) + f"{'ratio':>6}")
        with process(command, {"WIREPRESS_PULL": "0"}) as server:
            base = f"http://127.0.0.1:{port}"
            wait_for(base + "/-/health")
            one = creates(1, base, server.pid, script, folder.parent, seconds, rounds)
            told(1, *one, against(one[0].spent <= SPENT, f"<= {SPENT} us of a processor"))
            eight = creates(8, base, server.pid, script, folder.parent, seconds, rounds)
            told(8, *eight, against(eight[0].rate >= 2 * one[0].rate, ">= 2 times one client's rate"))
        one_core = ["taskset", "-c", "0", *command] if shutil.which("taskset") else command
        with process(one_core, {"WIREPRESS_PULL": "0", "VIPS_CONCURRENCY": "1"}):
            wait_for(f"http://127.0.0.1:{port}/-/health")
            upload_times(port, 1)
            spent = statistics.median(upload_times(port, 5))
            print(f"{'upload of 12 megapixels, one core':34}{'':9}{spent:9.0f}")


if __name__ == "__main__":
    subprocess.run(["sync"], check=True)
    run(4, 3)
