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
from pathlib import Path

import pyvips

from tests.bench.bench import ROOT, drive_script, free_port, process, site, wait_for
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
def writable() -> Iterator[Path]:
    """A copy of the small generated site with a key for its administrator, on the disk that sites are on."""
    work = Path(tempfile.mkdtemp(prefix="bench-write-", dir=ROOT / "var"))
    try:
        folder = work / "site"
        shutil.copytree(site(1_000), folder)
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


def run(seconds: int, rounds: int) -> None:
    with writable() as folder:
        port = free_port()
        script = folder.parent / "create.lua"
        script.write_text(SCRIPT % (BASIC, ROUTE))
        command = [sys.executable, "-m", "wirepress", "--site", str(folder), "serve", "--port", str(port)]
        print("\ndurable writes".ljust(35) + f"{'/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'syncs/s':>9}{'ratio':>6}")
        with process(command, {"WIREPRESS_PULL": "0"}):
            base = f"http://127.0.0.1:{port}"
            wait_for(base + "/-/health")
            for clients in (1, 8):
                rates, waits = [], []
                figures = None
                for _ in range(rounds):
                    waits.append(syncs(folder.parent, seconds / 2))
                    figures = drive_script(base, seconds, script, clients)
                    rates.append(figures.rate)
                    waits.append(syncs(folder.parent, seconds / 2))
                    if figures.errors:
                        raise SystemExit(f"{figures.errors} creates were refused")
                assert figures is not None
                rate, wait = statistics.median(rates), statistics.median(waits)
                name = f"create a post, {clients} client{'s' if clients > 1 else ''}"
                print(
                    f"{name:34}{rate:9.0f}{figures.p50:9.2f}{figures.p99:9.2f}{wait:9.0f}{rate / wait:6.2f}", flush=True
                )
        one_core = ["taskset", "-c", "0", *command] if shutil.which("taskset") else command
        with process(one_core, {"WIREPRESS_PULL": "0", "VIPS_CONCURRENCY": "1"}):
            wait_for(f"http://127.0.0.1:{port}/-/health")
            upload_times(port, 1)
            spent = statistics.median(upload_times(port, 5))
            print(f"{'upload of 12 megapixels, one core':34}{'':9}{spent:9.0f}")


if __name__ == "__main__":
    subprocess.run(["sync"], check=True)
    run(4, 3)
