"""Searches, one after the other and with nothing kept: how long a reader waits for each.

Each goes to one web process over HTTP, in the mode "cold"; what is printed is the median.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path
from typing import Final
from urllib.parse import quote

from tests.bench.bench import API, fetch, free_port, process, wait_for

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


def run(folder: Path, posts: int, rounds: int = 5) -> None:
    """Prints a line a search: by date, by relevance, and the number found."""
    port = free_port()
    base = f"http://127.0.0.1:{port}{API}"
    serve = [sys.executable, "-m", "wirepress", "--site", str(folder), "serve", "--port", str(port)]
    with process(serve, {**os.environ, "WIREPRESS_PULL": "0", "WIREPRESS_BENCH": "cold"}):
        wait_for(f"http://127.0.0.1:{port}/-/health")
        fetch(f"{base}/posts?search=once")
        print(f"\n{f'searches, {posts:,} posts, ms':34}{'by date':>9}{'relevance':>11}")
        for name, words in SEARCHES.items():
            asked = f"{base}/posts?search={quote(words)}"
            times = (median(asked, rounds), median(f"{asked}&orderby=relevance", rounds))
            print(f"{name:34}{times[0]:9.1f}{times[1]:11.1f}", flush=True)
        last = max(1, posts // 10)
        print(f"{f'page {last:,} of a list of 10':34}{median(f'{base}/posts?page={last}', rounds):9.1f}", flush=True)


def median(address: str, rounds: int) -> float:
    """Milliseconds until the whole answer is there."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        fetch(address)
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)
