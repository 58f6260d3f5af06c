"""What every screen has to hold: accessibility as axe-core finds it, and its width; and when it may be looked at."""

from __future__ import annotations

from typing import Any

SETTLED = """() => document.readyState === 'complete' && ( ! window.htmx || ! document.querySelector(
    '.htmx-request, .htmx-swapping, .htmx-added, .htmx-settling, :is([hx-get], [hx-post]):not([data-htmx-powered])'
) )"""


def settle(page: Any) -> None:
    """Waits until htmx has put in what it was asked for, and knows all links and forms that are its own.

    htmx begins a moment after a page is loaded, and looks through what it has put in a moment after that is there.
    Until then a link is followed and a form is sent as without script: that works, but it is another page that comes.
    """
    page.wait_for_function(SETTLED)


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
