"""A rendered text as readers see it: the API's, with what a page without scripts needs besides."""

from __future__ import annotations

from wirepress.site.blocks import grounds, unscripted
from wirepress.site.blocks.markup import Markup


def for_readers(html: str) -> str:
    """The text with what only the site's pages have; one that needs nothing of it is not read through."""
    steps = [step for cues, step in _STEPS if any(cue in html for cue in cues)]
    if not steps:
        return html
    markup = Markup(html)
    for step in steps:
        step(markup)
    return markup.changed()


_STEPS = ((unscripted.CUES, unscripted.opened), (grounds.CUES, grounds.seen_to))
