"""Answers to readers and to clients of the API, beside nginx with the same bytes as static files, in turns.

Two web processes of ours and nginx with two workers are driven with `wrk -t2 -c32`.  Modes: "known" (whole answers are
kept), "fresh" (known answers are dropped before each request, encoded items and the front page's cards are kept),
"cold" (these are dropped too).
A row tells requests a second, the microseconds of a processor that one took, p50, p99, and what it should be.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import sqlite3
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.bench.bench import (
    API,
    Figures,
    drive,
    fetch,
    median,
    process,
    resident,
    site,
    wait_for,
    watched,
)
from tests.servers.process import free_port

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
LISTS = ("list of 10", "list of 10, _embed")
FAR = 9_000
"""The farthest page of the lists of 10 that is asked for, where there are so many posts."""
MEMORY = 250
"""Megabytes that a web process may take."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What a row should be: a part of what nginx does with the same bytes, or requests a second."""

    ratio: float = 0.0
    rate: float = 0.0

    def told(self, ours: Figures, other: Figures | None) -> str:
        if self.ratio and other is not None:
            return against(ours.rate / other.rate >= self.ratio, f">= {self.ratio:.2f} of static")
        return against(ours.rate >= self.rate, f">= {self.rate:,.0f}/s") if self.rate else ""


HALF = ("single post", "list of 10", "front page", "article page")
GOALS = {
    **{f"known: {name}": Goal(ratio=0.5) for name in HALF},
    "known: single, uniform over all": Goal(rate=6_000),
    "known: single, by Zipf": Goal(rate=15_000),
    "known: list of 10, any page": Goal(rate=1_900),
    "known: list of 10, _embed, any page": Goal(rate=760),
    "fresh: list of 10": Goal(rate=5_000),
    "fresh: list of 10, _embed": Goal(rate=2_500),
    "cold: list of 10": Goal(rate=1_500),
    "cold: list of 10, _embed": Goal(rate=700),
    "cold: front page": Goal(rate=700),
    "cold: article page": Goal(rate=700),
}  # fmt: skip
MODES = {
    "": ("single post", *LISTS, "front page", "article page"),
    "fresh": ("single post", *LISTS, "front page"),
    "cold": ("single post", *LISTS, "front page", "article page"),
}


def against(is_reached: bool, goal: str) -> str:
    """The end of a row: what it should be, and whether it is not."""
    return f"  {goal}" if is_reached else f"  {goal}: MISSED"


def targets(folder: Path) -> dict[str, str]:
    """The addresses that are measured, but for the article's, which the API names."""
    with contextlib.closing(sqlite3.connect(folder / "wirepress.sqlite")) as database:
        one = database.execute(
            "SELECT id FROM posts WHERE type = 'post' AND status = 'publish' ORDER BY id LIMIT 1 OFFSET 7"
        ).fetchone()[0]
    return {
        "single post": f"{API}/posts/{one}",
        "list of 10": f"{API}/posts?per_page=10",
        "list of 10, _embed": f"{API}/posts?per_page=10&_embed",
        "front page": "/",
    }


def addresses(base: str, folder: Path) -> dict[str, str]:
    """The targets, with the article page as the API names it."""
    found = targets(folder)
    link = json.loads(fetch(base + found["single post"]))["link"]
    return {**found, "article page": re.sub(r"^\w+://[^/]+", "", link)}


def of_wordpress(base: str) -> dict[str, str]:
    """The same of a running WordPress."""
    api = f"{base.rstrip('/')}/index.php?rest_route=/wp/v2/posts"
    newest = json.loads(fetch(f"{api}&per_page=1"))[0]
    return {
        "single post": f"{base.rstrip('/')}/index.php?rest_route=/wp/v2/posts/{newest['id']}",
        "list of 10": f"{api}&per_page=10",
        "list of 10, _embed": f"{api}&per_page=10&_embed",
        "front page": f"{base.rstrip('/')}/",
        "article page": newest["link"],
    }


def drawing(script: Path, before: str, numbers: str, drawn: str) -> Path:
    """A wrk script that asks for addresses that end in a drawn number."""
    script.write_text(
        f"local numbers = {numbers}\n"
        "local seed = 0\n"
        "function setup(thread) thread:set('seed', os.time() * 7 + seed); seed = seed + 1 end\n"
        "function init(args) math.randomseed(seed) end\n"
        f"function request() return wrk.format('GET', '{before}' .. {drawn}) end\n"
    )
    return script


def drawn_over_all(folder: Path, work: Path, posts: int) -> dict[str, Path]:
    """Scripts that draw single posts and pages; by Zipf the newest posts are asked for most."""
    with contextlib.closing(sqlite3.connect(folder / "wirepress.sqlite")) as database:
        rows = database.execute(
            "SELECT id FROM posts WHERE type = 'post' AND status = 'publish' ORDER BY date DESC, id DESC"
        )
        ids = f"{{{','.join(str(row[0]) for row in rows)}}}"
    pages = str(min(FAR, max(1, posts // 10 * 9 // 10)))
    listed = f"{API}/posts?per_page=10"
    zipf = "numbers[math.max(1, math.floor((#numbers) ^ math.random()))]"
    return {
        "single, uniform over all": drawing(
            work / "all.lua", f"{API}/posts/", ids, "numbers[math.random(#numbers)]"
        ),
        "single, by Zipf": drawing(work / "zipf.lua", f"{API}/posts/", ids, zipf),
        "list of 10, any page": drawing(work / "pages.lua", f"{listed}&page=", pages, "math.random(numbers)"),
        "list of 10, _embed, any page": drawing(
            work / "embeds.lua", f"{listed}&_embed&page=", pages, "math.random(numbers)"
        ),
    }  # fmt: skip


def told(name: str, ours: Figures, static: Figures | None = None, wordpress: Figures | None = None) -> None:
    """Prints a row."""
    ratio = f"{ours.rate / static.rate:6.2f}" if static else " " * 6
    beside = f"{static.rate:9.0f}" if static else " " * 9
    press = f"{wordpress.rate:9.0f}" if wordpress else " " * 9
    failed = f"  {ours.errors} failed" if ours.errors else ""
    goal = GOALS[name].told(ours, static) if name in GOALS else ""
    print(
        f"{name:38}{ours.rate:9.0f}{ours.spent:9.0f}{ours.p50:9.2f}{ours.p99:9.2f}{beside}{ratio}{press}{goal}{failed}",
        flush=True,
    )


@dataclass(frozen=True, slots=True)
class Bench:
    """What is driven: our server's address and process, nginx with its files, and a WordPress's addresses."""

    base: str
    pid: int
    static: str
    files: Path
    seconds: int
    rounds: int
    wordpress: dict[str, str]

    def ours(self, url: str, script: Path | None = None) -> Figures:
        return watched(partial(drive, url, self.seconds, script), self.pid)

    def address(self, mode: str, name: str, path: str) -> Figures:
        """Measures an address, in turns with nginx."""
        plain = re.sub(r"\W+", "-", name)
        (self.files / plain).write_bytes(fetch(self.base + path))
        mine, theirs, press = [], [], []
        for _ in range(self.rounds):
            mine.append(self.ours(self.base + path))
            theirs.append(drive(f"{self.static}/{plain}", self.seconds))
            if not mode and name in self.wordpress:
                press.append(drive(self.wordpress[name], self.seconds))
        found = median(mine)
        told(f"{mode or 'known'}: {name}", found, median(theirs), median(press) if press else None)
        return found

    def drawn(self, mode: str, name: str, script: Path) -> Figures:
        """Measures what a script asks for."""
        found = median([self.ours(self.base, script) for _ in range(self.rounds)])
        told(f"{mode or 'known'}: {name}", found)
        return found

    def far(self, posts: int) -> None:
        """How much more a page takes that is far down a list, where nothing is kept but items."""
        listed = f"{self.base}{API}/posts?per_page=10&page="
        last = min(FAR, max(1, posts // 10 * 9 // 10))
        spent = {}
        for page in (1, last // 2, last):
            fetch(f"{listed}{page}")
            spent[page] = median([self.ours(f"{listed}{page}") for _ in range(self.rounds)]).spent
        most = max(spent.values()) / spent[1]
        goal = against(most <= 1.2, "<= 1.20 of the first")
        print(f"{f'fresh: page {last // 2:,} and {last:,} of {last:,}':38}{'':9}{most:9.2f} times the first{goal}")


def measured(posts: int, seconds: int, rounds: int, wordpress: str) -> dict[str, float]:
    """Measures a site of so many posts; the processor time of each row."""
    folder = site(posts)
    work = Path(tempfile.mkdtemp(prefix="bench-"))
    work.chmod(0o755)
    port, static = free_port(), free_port()
    base = f"http://127.0.0.1:{port}"
    files = work / "files"
    files.mkdir()
    user = "user root;" if os.geteuid() == 0 else ""
    (work / "nginx.conf").write_text(NGINX.format(dir=work, port=static, user=user))
    scripts = drawn_over_all(folder, work, posts)
    serve = [sys.executable, "-m", "wirepress", "--site", str(folder), "serve", "--port", str(port), "--workers", "2"]
    head = ("req/s", "cpu us", "p50 ms", "p99 ms", "static")
    print(f"\n{f'{posts:,} posts':38}" + "".join(f"{word:>9}" for word in head) + f"{'ratio':>6}{'WordPress':>9}")
    spent = {}
    others = of_wordpress(wordpress) if wordpress else {}
    with process(["nginx", "-c", str(work / "nginx.conf"), "-p", str(work)]):
        for mode, names in MODES.items():
            with process(serve, {"WIREPRESS_PULL": "0", "WIREPRESS_BENCH": mode}) as server:
                wait_for(base + "/-/health")
                bench = Bench(base, server.pid, f"http://127.0.0.1:{static}", files, seconds, rounds, others)
                for name, path in addresses(base, folder).items():
                    if name in names:
                        spent[f"{mode or 'known'}: {name}"] = bench.address(mode, name, path).spent
                for name, script in scripts.items():
                    if not mode or name == "single, uniform over all":
                        spent[f"{mode or 'known'}: {name}"] = bench.drawn(mode, name, script).spent
                if mode == "fresh":
                    bench.far(posts)
                sizes = resident(server.pid)
                goal = against(all(size <= MEMORY for size in sizes), f"<= {MEMORY} each")
                print(f"{'':38}resident MB of its processes: {', '.join(f'{size:.0f}' for size in sizes)}{goal}")
    shutil.rmtree(work, ignore_errors=True)
    return spent


def run(sizes: list[int], seconds: int, rounds: int, wordpress: str) -> None:
    """Measures sites of all sizes, and what the largest takes more than the smallest."""
    spent = {posts: measured(posts, seconds, rounds, wordpress) for posts in sorted(sizes)}
    few, many = min(spent), max(spent)
    if few == many:
        return
    most = 1.3 if many <= 100_000 else 2.0
    print(f"\nprocessor time with {many:,} posts, in times of that with {few:,}")
    for name, before in spent[few].items():
        ratio = spent[many][name] / before
        print(f"{name:38}{ratio:9.2f}{against(ratio <= most, f'<= {most}')}")
