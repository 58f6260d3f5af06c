"""Searches, one after the other and with nothing kept: how long a reader waits for each.

Each goes to one web process over HTTP, in the mode "cold"; what is printed is the median.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import quote

from tests.bench.bench import API, fetch, fill, process, wait_for
from tests.bench.serving import against
from tests.servers.postgres import VARIABLE, postgres
from tests.servers.process import MissingServer, free_port

SEARCHES: Final = {
    "rare (0.1 % of posts)": "dossier123x",
    "rare, a name": "żofie",
    "three terms": "wheat bread rescue",
    "no hit": "xylophone",
    "in half of all posts": "bread",
    "in nearly all posts": "council",
    "two letters": "an",
    "two letters, rare": "zz",
}


MOST_ON_POSTGRES: Final = {"three terms": 25.0}
"""Milliseconds that a search on PostgreSQL should take at most."""


def run(folder: Path, posts: int, rounds: int = 5) -> None:
    """Searches in SQLite, and in a throw-away PostgreSQL with the same posts."""
    searched("SQLite", folder, posts, rounds, {})
    try:
        with postgres() as variables, tempfile.TemporaryDirectory() as work:
            other = Path(work) / "site"
            fill(other, posts, "--database", variables[VARIABLE])
            searched("PostgreSQL", other, posts, rounds, MOST_ON_POSTGRES)
    except MissingServer as missing:
        print(missing)


def searched(database: str, folder: Path, posts: int, rounds: int, goals: Mapping[str, float]) -> None:
    """Prints a line a search: by date, by relevance, and what they should take at most."""
    port = free_port()
    base = f"http://127.0.0.1:{port}{API}"
    serve = [sys.executable, "-m", "wirepress", "--site", str(folder), "serve", "--port", str(port)]
    with process(serve, {**os.environ, "WIREPRESS_PULL": "0", "WIREPRESS_BENCH": "cold"}):
        wait_for(f"http://127.0.0.1:{port}/-/health")
        fetch(f"{base}/posts?search=once")
        print(f"\n{f'searches, {database}, {posts:,} posts, ms':44}{'by date':>9}{'relevance':>11}")
        for name, words in SEARCHES.items():
            asked = f"{base}/posts?search={quote(words)}"
            times = (median(asked, rounds), median(f"{asked}&orderby=relevance", rounds))
            goal = against(max(times) <= goals[name], f"<= {goals[name]:.0f} ms") if name in goals else ""
            print(f"{name:44}{times[0]:9.1f}{times[1]:11.1f}{goal}", flush=True)
        last = max(1, posts // 10)
        print(f"{f'page {last:,} of a list of 10':44}{median(f'{base}/posts?page={last}', rounds):9.1f}", flush=True)


def median(address: str, rounds: int) -> float:
    """Milliseconds until the whole answer is there."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        fetch(address)
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)
