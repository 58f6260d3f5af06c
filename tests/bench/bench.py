"""`make bench`: our server beside nginx with the same bytes as static files, in turns, on this machine.

It starts two web processes of ours and nginx with two workers, drives both with `wrk -t2 -c32`, and prints for each
target requests per second, p50, p99 and the ratio.  Modes: "known" (whole answers are kept), "fresh" (known answers
and totals dropped before each request, encoded items kept), "cold" (encoded items dropped too).  It installs nothing.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench import rendering

ROOT = Path(__file__).resolve().parents[2]
API = "/index.php/wp-json/wp/v2"

NGINX = """
worker_processes 2; pid {dir}/nginx.pid; error_log {dir}/error.log crit; daemon off; {user}
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; default_type application/json;
  open_file_cache max=1000 inactive=60s; open_file_cache_valid 60s;
  client_body_temp_path {dir}/b; proxy_temp_path {dir}/p; fastcgi_temp_path {dir}/f;
  uwsgi_temp_path {dir}/u; scgi_temp_path {dir}/s;
  server {{ listen 127.0.0.1:{port} backlog=2048; root {dir}/files; try_files $uri =404; }}
}}
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """What wrk measured: requests a second, and latencies in milliseconds."""

    rate: float
    p50: float
    p99: float
    errors: int


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
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    assert rate, text
    return Figures(float(rate[1]), milliseconds(found["50%"]), milliseconds(found["99%"]), int(bad[1]) if bad else 0)


def median(runs: list[Figures]) -> Figures:
    return Figures(
        statistics.median(r.rate for r in runs),
        statistics.median(r.p50 for r in runs),
        statistics.median(r.p99 for r in runs),
        sum(r.errors for r in runs),
    )


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


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
    """A generated site, made once and kept in var/."""
    folder = ROOT / "var" / f"bench-{posts}"
    wirepress = [sys.executable, "-m", "wirepress", "--site", str(folder)]
    init = [*wirepress, "init", "--home", "http://bench.example"]
    if (folder / "ready").exists():
        subprocess.run(init, check=True, stdout=subprocess.DEVNULL)  # the tables may have changed since
    else:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        subprocess.run(init, check=True, stdout=subprocess.DEVNULL)
        subprocess.run([sys.executable, "-m", "tests.bench.generate", str(folder), str(posts)], check=True, cwd=ROOT)
        (folder / "ready").touch()
    return folder


def targets(folder: Path) -> dict[str, str]:
    with contextlib.closing(sqlite3.connect(folder / "wirepress.sqlite")) as database:
        one = database.execute(
            "SELECT id FROM posts WHERE type = 'post' AND status = 'publish' ORDER BY id LIMIT 1 OFFSET 7"
        ).fetchone()[0]
    return {
        "single post": f"{API}/posts/{one}",
        "list of 10": f"{API}/posts?per_page=10",
        "list of 10, _embed": f"{API}/posts?per_page=10&_embed",
        "front page": "/",
        "article page": "",
    }


def random_posts(folder: Path, script: Path) -> None:
    """A wrk script that asks for single posts drawn uniformly over all of them."""
    with contextlib.closing(sqlite3.connect(folder / "wirepress.sqlite")) as database:
        rows = database.execute("SELECT id FROM posts WHERE type = 'post' AND status = 'publish'")
        ids = [row[0] for row in rows]
    script.write_text(
        f"local ids = {{{','.join(map(str, ids))}}}\n"
        "local seed = 0\n"
        "function setup(thread) thread:set('seed', os.time() * 7 + seed); seed = seed + 1 end\n"
        "function init(args) math.randomseed(seed) end\n"
        f"function request() return wrk.format('GET', '{API}/posts/' .. ids[math.random(#ids)]) end\n"
    )


def row(name: str, ours: Figures, other: Figures | None) -> str:
    ratio = f"{ours.rate / other.rate:6.2f}" if other else "      "
    static = f"{other.rate:9.0f}" if other else "         "
    failed = f"  {ours.errors} failed" if ours.errors else ""
    return f"{name:34}{ours.rate:9.0f}{ours.p50:9.2f}{ours.p99:9.2f}{static}{ratio}{failed}"


def run(posts: int, seconds: int, rounds: int) -> None:
    folder = site(posts)
    work = Path(tempfile.mkdtemp(prefix="bench-"))
    work.chmod(0o755)
    ours, static = free_port(), free_port()
    base, other = f"http://127.0.0.1:{ours}", f"http://127.0.0.1:{static}"
    files = work / "files"
    files.mkdir()
    (work / "nginx.conf").write_text(
        NGINX.format(dir=work, port=static, user="user root;" if os.geteuid() == 0 else "")
    )
    random_posts(folder, work / "random.lua")
    serve = [sys.executable, "-m", "wirepress", "--site", str(folder), "serve", "--port", str(ours), "--workers", "2"]
    print(f"\n{posts:,} posts".ljust(35) + f"{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'static':>9}{'ratio':>6}")
    quiet = {"WIREPRESS_PULL": "0"}
    with process(["nginx", "-c", str(work / "nginx.conf"), "-p", str(work)]):
        for mode in ("", "fresh", "cold"):
            with process(serve, {**quiet, "WIREPRESS_BENCH": mode}) as server:
                wait_for(base + "/-/health")
                for name, path in addresses(base, folder).items():
                    if mode and not name.startswith(("single", "list")):
                        continue
                    body = fetch(base + path)
                    plain = re.sub(r"\W+", "-", name)
                    (files / plain).write_bytes(body)
                    mine, theirs = [], []
                    for _ in range(rounds):
                        mine.append(drive(base + path, seconds))
                        theirs.append(drive(f"{other}/{plain}", seconds))
                    print(row(f"{mode or 'known'}: {name}", median(mine), median(theirs)), flush=True)
                drawn = median([drive(base, seconds, work / "random.lua") for _ in range(rounds)])
                print(row(f"{mode or 'known'}: single, uniform over all", drawn, None), flush=True)
                sizes = ", ".join(f"{size:.0f}" for size in resident(server.pid))
                print(f"{'':34}resident MB of its processes: {sizes}")
    shutil.rmtree(work, ignore_errors=True)


def addresses(base: str, folder: Path) -> dict[str, str]:
    """The targets, with the article page as the API names it."""
    found = targets(folder)
    import json

    link = json.loads(fetch(base + found["single post"]))["link"]
    found["article page"] = re.sub(r"^\w+://[^/]+", "", link)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, nargs="*", default=[1_000, 100_000])
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parts = ("rendering", "serving", "searching", "reading", "screens", "locking", "pulling")
    parser.add_argument("--only", choices=parts)
    chosen = parser.parse_args()
    from tests.bench import (
        fairness,
        locking,
        reading,
        screens,
        searching,
    )  # they use what is here, or load the worker's libraries

    if chosen.only in (None, "rendering"):
        rendering.run()
    if chosen.only in (None, "searching"):
        searching.run(site(max(chosen.posts)), max(chosen.posts))
    if chosen.only in (None, "screens"):
        screens.run(site(max(chosen.posts)), max(chosen.posts))
    if chosen.only in (None, "reading"):
        reading.run(chosen.rounds)
    if chosen.only in (None, "locking"):
        locking.run(5.0 * chosen.seconds)
    if chosen.only in (None, "pulling"):
        fairness.run(chosen.rounds)
    if chosen.only not in (None, "serving"):
        return 0
    needed = {"wrk": "wrk", "nginx": "nginx-light"}
    if missing := [package for program, package in needed.items() if not shutil.which(program)]:
        print(f"bench needs the Debian packages: {' '.join(missing)}")
        return 1
    for posts in chosen.posts:
        run(posts, chosen.seconds, chosen.rounds)
    from tests.bench import durable, pulling  # they load the worker's libraries

    durable.run(chosen.seconds, chosen.rounds)
    print()
    pulling.run(chosen.seconds, chosen.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
