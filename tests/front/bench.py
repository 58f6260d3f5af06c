"""How fast a front gives what it keeps: `python -m tests.front.bench`, measured with wrk beside a file of nginx's own.

The answer is as long as the file and made of forty things; something else is purged every half second.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from statistics import median

from tests.front import caches
from tests.front.origin import serving
from wirepress.app.front.purges import Purge

RATE = re.compile(r"Requests/sec:\s+([0-9.]+)")
SECONDS, CLIENTS, ROUNDS = 2, 16, 9
PATH = "/file"


def rate(port: int) -> float:
    """Answers a second."""
    wrk = shutil.which("wrk")
    assert wrk is not None, "the Debian package wrk is not installed"
    command = [wrk, "-t1", f"-c{CLIENTS}", f"-d{SECONDS}s", f"http://127.0.0.1:{port}{PATH}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in said, said
    found = RATE.search(said)
    assert found is not None, said
    return float(found[1])


def measure(kind: str, folder: Path) -> list[tuple[float, float]]:
    """The rates of the front and of the file, in rounds beside each other."""
    with contextlib.ExitStack() as stack:
        origin = stack.enter_context(serving(kind))
        origin.body, origin.tags[PATH] = caches.STATIC, {f"post:{number}" for number in range(40)}
        cache = stack.enter_context(caches.running(kind, origin.port, folder / kind))
        beside = (
            cache if kind == "nginx" else stack.enter_context(caches.running("nginx", origin.port, folder / "file"))
        )
        line, stop = cache.line(), threading.Event()
        line.purge(Purge(0, 0, None))
        caches.get(cache.port, PATH)

        def purges() -> None:
            while not stop.wait(0.5):
                epoch, touched = origin.write("/other")
                line.purge(Purge(epoch - 1, epoch, touched))

        purging = threading.Thread(target=purges)
        purging.start()
        try:
            found = [(rate(cache.port), rate(beside.static)) for _ in range(ROUNDS)]
        finally:
            stop.set()
            purging.join()
        asked = origin.times(PATH)
    print(f"{kind}: the origin was asked {asked} times")
    return found


def main() -> None:
    for kind in sys.argv[1:] or ["nginx", "varnish"]:
        with tempfile.TemporaryDirectory() as folder:
            found = measure(kind, Path(folder))
        front, file, ratio = (median(values) for values in zip(*((f, s, f / s) for f, s in found), strict=True))
        print(f"{kind}: {front:.0f} a second, the file {file:.0f}, the ratio of a round {ratio:.2f} (medians)")


if __name__ == "__main__":
    main()
