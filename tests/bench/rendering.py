"""`the_content` in MB of raw text a second: the golden site's posts, and one post of 1 MB.

WordPress itself is not measured here: it would need its own code and a database.  Where PHP is installed, its own
`strip_tags` on the same texts says how fast the machine's PHP is with a small part of the work.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.golden.lookup import golden_lookup
from wirepress.model.post import Post
from wirepress.render.post import render_content

ROUNDS = 5
LARGE = 1_000_000
_PHP = "$t=file_get_contents($argv[1]);$s=microtime(true);strip_tags($t);echo strlen($t)/1e6/(microtime(true)-$s);"


def rate(posts: Sequence[Post]) -> float:
    """MB of raw content a second, the median of some rounds."""
    lookup = golden_lookup()
    size = sum(len(post.content.encode()) for post in posts) / 1e6
    took = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for post in posts:
            render_content(post, lookup)
        took.append(time.perf_counter() - start)
    return size / statistics.median(took)


def large(posts: Sequence[Post]) -> Post:
    """One post made of the others' contents, until it is 1 MB."""
    contents, size = [], 0
    while size < LARGE:
        for post in posts:
            contents.append(post.content)
            size += len(post.content.encode()) + 2
    return Post(5_000, "post", "publish", slug="large", title="Large", content="\n\n".join(contents)[:LARGE])


def php(posts: Sequence[Post]) -> str:
    """What PHP needs for `strip_tags` alone, or why that is not known."""
    program = shutil.which("php")
    if program is None:
        return "PHP is not installed (php-cli)"
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder, "text")
        text.write_text(large(posts).content)
        done = subprocess.run([program, "-r", _PHP, "--", str(text)], capture_output=True, text=True, check=True)
    return f"{float(done.stdout):.0f} MB/s for strip_tags alone"


def run() -> None:
    posts = [post for post in golden_lookup().all_posts() if post.content and post.type in ("post", "page")]
    classic = [post for post in posts if "<!-- wp:" not in post.content]
    whole = large(posts)
    print("\nthe_content".ljust(36) + f"{'MB/s':>8}")
    print(f"{f'golden site, {len(posts)} posts and pages':35}{rate(posts):8.2f}")
    print(f"{f'without blocks, {len(classic)} of them':35}{rate(classic):8.2f}")
    print(f"{'one post of 1 MB':35}{rate([whole]):8.2f}")
    print(f"{'PHP':35}{php(posts)}", flush=True)
