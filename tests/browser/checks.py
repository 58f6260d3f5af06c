"""What every screen has to hold: accessibility as axe-core finds it, and no page wider than the screen."""

from __future__ import annotations

from typing import Any


def flaws(page: Any) -> list[str]:
    """What is wrong with the page that a browser shows, in words; nothing is the aim."""
    from axe_playwright_python.sync_playwright import Axe

    found = [
        f"{flaw['id']}: {[node['html'][:160] for node in flaw['nodes']][:3]}"
        for flaw in Axe().run(page).response["violations"]
    ]
    if (excess := page.evaluate("document.documentElement.scrollWidth - window.innerWidth")) > 0:
        found.append(f"the page is wider than the screen by {excess} pixels")
    return found
