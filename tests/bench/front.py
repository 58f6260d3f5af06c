"""How fast a front gives what it keeps, measured with wrk beside a file of nginx's own.

The answer is as long as the file and made of forty things; something else is purged every half second.
"""

from __future__ import annotations

import contextlib
import shutil
import statistics
import tempfile
import threading
from pathlib import Path

from tests.bench.bench import Figures, median, wrk
from tests.bench.serving import against
from tests.front import caches
from tests.front.origin import serving
from wirepress.app.front.purges import Purge

CLIENTS = 16
PATH = "/file"
KEPT = 0.85
"""The part of what nginx gives of its own files that its front gives of what it keeps."""


def hot(port: int, seconds: int) -> Figures:
    """What a port answers to one address."""
    found = wrk(["-t1", f"-c{CLIENTS}", f"-d{seconds}s", f"http://127.0.0.1:{port}{PATH}"])
    assert not found.errors, found
    return found


def measured(kind: str, folder: Path, seconds: int, rounds: int) -> tuple[list[Figures], list[Figures], int]:
    """What the front and the file give in rounds beside each other, and how often the origin was asked meanwhile."""
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
            found = [(hot(cache.port, seconds), hot(beside.static, seconds)) for _ in range(rounds)]
        finally:
            stop.set()
            purging.join()
        return [front for front, _ in found], [file for _, file in found], origin.times(PATH)


def run(seconds: int, rounds: int) -> None:
    """Prints a row for each front that is installed; its goal is that of nginx."""
    head = ("req/s", "p50 ms", "p99 ms", "static")
    print(f"\n{'what a front keeps, beside purges':38}" + "".join(f"{word:>9}" for word in head) + f"{'ratio':>6}")
    for kind, program in (("nginx", "nginx"), ("varnish", "varnishd")):
        if not shutil.which(program):
            print(f"{kind} is not installed")
            continue
        with tempfile.TemporaryDirectory() as folder:
            fronts, files, asked = measured(kind, Path(folder), seconds, 3 * rounds)
        ratio = statistics.median(front.rate / file.rate for front, file in zip(fronts, files, strict=True))
        front, file = median(fronts), median(files)
        goal = against(ratio >= KEPT, f">= {KEPT:.2f} of static") if kind == "nginx" else ""
        name = f"{kind}, the site asked {asked} times"
        figures = f"{front.rate:9.0f}{front.p50:9.2f}{front.p99:9.2f}{file.rate:9.0f}{ratio:6.2f}"
        print(f"{name:38}{figures}{goal}", flush=True)
