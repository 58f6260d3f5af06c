"""`make bench`: how fast everything is, beside what it should be, on this machine.  It installs nothing.

What the parts share stands here: sites of any size, processes, `wrk`, and the processor time that a server takes.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tests.bench import generate, rendering

ROOT = Path(__file__).resolve().parents[2]
API = "/index.php/wp-json/wp/v2"


@dataclass(frozen=True, slots=True)
class Figures:
    """What wrk measured: requests a second, latencies in milliseconds, and, where the server's processes were watched,
    the microseconds of a processor that one request took."""

    rate: float
    p50: float
    p99: float
    errors: int
    requests: int = 0
    spent: float = 0.0


def milliseconds(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()  # type: ignore[union-attr] # wrk's own format
    return float(number) * {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}[unit]


def drive(url: str, seconds: int, script: Path | None = None) -> Figures:
    return wrk(["-t2", "-c32", f"-d{seconds}s", *(["-s", str(script)] if script else []), url])


def drive_script(url: str, seconds: int, script: Path, clients: int) -> Figures:
    """What so many clients get done that all run a script."""
    return wrk(["-t1", f"-c{clients}", f"-d{seconds}s", "-s", str(script), url])


def wrk(arguments: list[str]) -> Figures:
    command = ["wrk", "--latency", *arguments]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = dict(re.findall(r"^\s+(50%|99%)\s+(\S+)", text, re.MULTILINE))
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    number = re.search(r"(\d+) requests in", text)
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    assert rate, text
    assert number, text
    errors = int(bad[1]) if bad else 0
    return Figures(float(rate[1]), milliseconds(found["50%"]), milliseconds(found["99%"]), errors, int(number[1]))


def watched(drive: Callable[[], Figures], pid: int) -> Figures:
    """The figures of a drive with what the processes of a server took for it."""
    before = processor_seconds(pid)
    figures = drive()
    return replace(figures, spent=1e6 * (processor_seconds(pid) - before) / max(1, figures.requests))


def processor_seconds(pid: int) -> float:
    """Seconds of a processor that a process and all below it have taken so far."""
    taken, above = dict[int, int](), dict[int, int]()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            taken[int(stat.parent.name)] = int(fields[11]) + int(fields[12])
            above[int(stat.parent.name)] = int(fields[1])
    below, new = {pid}, {pid}
    while new:
        new = {child for child, parent in above.items() if parent in new} - below
        below |= new
    return sum(taken.get(one, 0) for one in below) / os.sysconf("SC_CLK_TCK")


def median(runs: list[Figures]) -> Figures:
    return Figures(
        statistics.median(r.rate for r in runs),
        statistics.median(r.p50 for r in runs),
        statistics.median(r.p99 for r in runs),
        sum(r.errors for r in runs),
        sum(r.requests for r in runs),
        statistics.median(r.spent for r in runs),
    )


def fetch(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=30) as answer:
        body: bytes = answer.read()
        return body


def wait_for(url: str, seconds: float = 30) -> float:
    """Seconds until the address answers."""
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        with contextlib.suppress(OSError):
            fetch(url)
            return time.monotonic() - begun
        time.sleep(0.02)
    raise SystemExit(f"{url} does not answer")


@contextlib.contextmanager
def process(command: list[str], env: dict[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(command, env={**os.environ, **(env or {})}) as child:
        try:
            yield child
        finally:
            child.send_signal(signal.SIGTERM)
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                child.kill()


def resident(pid: int) -> list[float]:
    """Resident megabytes of the children of a process."""
    sizes = []
    for status in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError):
            text = status.read_text()
            found = re.search(r"^VmRSS:\s+(\d+)", text, re.MULTILINE)
            if found and re.search(rf"^PPid:\s+{pid}$", text, re.MULTILINE):
                sizes.append(int(found[1]) / 1024)
    return sorted(sizes, reverse=True)


def site(posts: int) -> Path:
    """A generated site, made once and kept in var/; made anew where posts are rendered otherwise by now, as all of them
    would be rendered again by who reads them."""
    folder = ROOT / "var" / f"bench-{posts}"
    ready = folder / "ready"
    if ready.exists():
        prepare(folder)  # the tables may have changed since
        if ready.read_text() == generate.mark_of(folder):
            return folder
    shutil.rmtree(folder, ignore_errors=True)
    fill(folder, posts)
    ready.write_text(generate.mark_of(folder))
    return folder


def prepare(folder: Path, *flags: str) -> None:
    """Brings the tables of a site up to date, or makes them."""
    init = [sys.executable, "-m", "wirepress", "--site", str(folder), "init", "--home", "http://bench.example", *flags]
    subprocess.run(init, check=True, stdout=subprocess.DEVNULL)


def fill(folder: Path, posts: int, *flags: str) -> None:
    """Makes a site of so many posts in a folder that is not there yet; `flags` are those of `init`."""
    folder.mkdir(parents=True)
    prepare(folder, *flags)
    subprocess.run([sys.executable, "-m", "tests.bench.generate", str(folder), str(posts)], check=True, cwd=ROOT)


PARTS = (
    "rendering", "serving", "front", "searching", "screens", "reading", "locking", "fairness", "newsroom", "durable",
    "pulling",
)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, nargs="*", default=[1_000, 100_000], help="sizes of the sites")
    parser.add_argument("--seconds", type=int, default=3, help="of each round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument("--wordpress", default="", metavar="URL", help="a running WordPress to put beside")
    chosen = parser.parse_args()
    needed = {"wrk": "wrk", "nginx": "nginx-light"}
    missing = [package for program, package in needed.items() if not shutil.which(program)]
    if missing and chosen.only in (None, "serving", "front", "newsroom", "durable", "pulling"):
        print(f"bench needs the Debian packages: {' '.join(missing)}")
        return 1
    for part in (chosen.only,) if chosen.only else PARTS:
        run(part, chosen.posts, chosen.seconds, chosen.rounds, chosen.wordpress)
    return 0


def run(part: str, sizes: list[int], seconds: int, rounds: int, wordpress: str) -> None:
    """Measures one part."""
    # They use what is here, or load the worker's libraries.
    from tests.bench import durable, fairness, front, locking, newsroom, pulling, reading, screens, searching, serving

    most = max(sizes)
    parts: dict[str, Callable[[], None]] = {
        "rendering": rendering.run,
        "serving": lambda: serving.run(sizes, seconds, rounds, wordpress),
        "front": lambda: front.run(seconds, rounds),
        "searching": lambda: searching.run(site(most), most),
        "screens": lambda: screens.run(site(most), most),
        "reading": lambda: reading.run(rounds),
        "locking": lambda: locking.run(5.0 * seconds),
        "fairness": lambda: fairness.run(rounds),
        "newsroom": lambda: newsroom.run(most, seconds * rounds),
        "durable": lambda: durable.run(seconds, rounds),
        "pulling": lambda: pulling.run(seconds, rounds),
    }
    parts[part]()


if __name__ == "__main__":
    sys.exit(main())
