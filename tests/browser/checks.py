"""What every screen has to hold: accessibility as axe-core finds it, and its width; and when it may be looked at."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

SETTLED = """() => document.readyState === 'complete' && ( ! window.htmx || ! document.querySelector(
    '.htmx-request, .htmx-swapping, .htmx-added, .htmx-settling, :is([hx-get], [hx-post]):not([data-htmx-powered])'
) )"""


def _is_written(page: Any, node: dict[str, Any]) -> bool:
    """Whether what axe-core found lies in the text of an article."""
    inside = "place => Boolean(document.querySelector(place)?.closest('.content'))"
    return bool(page.evaluate(inside, node["target"][-1]))


def settle(page: Any) -> None:
    """Waits until htmx has put in what it was asked for, and knows all links and forms that are its own.

    htmx begins a moment after a page is loaded, and looks through what it has put in a moment after that is there.
    Until then a link is followed and a form is sent as without script: that works, but it is another page that comes.
    """
    page.wait_for_function(SETTLED)


def flaws(page: Any, excused: Collection[str] = ()) -> list[str]:
    """What is wrong with the page that a browser shows, in words; nothing is the aim.

    The rules of axe-core that are `excused` do not count in the text of an article: there they are its author's.
    """
    from axe_playwright_python.sync_playwright import Axe

    found = []
    for flaw in Axe().run(page).response["violations"]:
        nodes = [
            node["html"][:160] for node in flaw["nodes"] if flaw["id"] not in excused or not _is_written(page, node)
        ]
        if nodes:
            found.append(f"{flaw['id']}: {nodes[:3]}")
    if (excess := page.evaluate("document.documentElement.scrollWidth - window.innerWidth")) > 0:
        found.append(f"the page is wider than the screen by {excess} pixels")
    return found
