"""How long the block editor takes to open, from asking for the page until a letter that was typed is in the text.

python -m tests.browser.opening [ROUNDS]

Cold is a browser that has never been here; warm, one whose profile has the editor's files, and what it made of them at
the first visits.  It needs Chromium, and a quiet machine: what the browser does counts.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from tests.browser.beside import log_in
from tests.browser.editor import Editing
from tests.browser.stage import chromium, served

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Playwright

VISITS = 3
"""Before this one a browser keeps only the files; then also what it has compiled."""
SETTLE = 1.5
"""Seconds that a page is left alone, as somebody does who reads it; a browser writes its caches then."""


def main(rounds: int) -> int:
    taken: dict[str, list[float]] = {"cold": [], "warm": [], "warm, an article": []}
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as address, sync_playwright() as playwright:
        for number in range(rounds):
            profile(playwright, address, f"{folder}/{number}", taken)
    for name, seconds in taken.items():
        print(f"{name:20} median {statistics.median(seconds):5.2f} s, best {min(seconds):5.2f} s of {len(seconds)}")
    return 0


def profile(playwright: Playwright, address: str, folder: str, taken: dict[str, list[float]]) -> None:
    """What a browser takes that begins with an empty profile, kept in a folder."""
    room = playwright.chromium.launch_persistent_context(
        folder,
        executable_path=chromium(),
        args=["--no-sandbox", "--disable-gpu"],
        viewport={"width": 1280, "height": 900},
        base_url=address,
    )
    log_in(room, "editor")
    taken["cold"].append(opened(room, "post-new.php"))
    for _ in range(VISITS):
        opened(room, "post-new.php")
    taken["warm"].append(opened(room, "post-new.php"))
    number = Editing(room.new_page()).open("post-new.php").make(status="publish").number
    taken["warm, an article"].append(opened(room, f"post.php?post={number}&action=edit"))
    room.close()


def opened(room: BrowserContext, path: str) -> float:
    """Seconds until what was typed into the title is there."""
    page = room.new_page()
    begun = time.perf_counter()
    editing = Editing(page)
    page.goto(f"/wp-admin/{path}", wait_until="commit")
    title = editing.canvas.locator(".editor-post-title__input").first
    title.wait_for()
    title.press("x")
    editing.wait("() => wp.data.select('core/editor').getEditedPostAttribute('title').includes('x')")
    seconds = time.perf_counter() - begun
    page.wait_for_timeout(1000 * SETTLE)
    page.close(run_before_unload=False)
    return seconds


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
