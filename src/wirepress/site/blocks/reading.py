"""A rendered text as readers see it: the API's, with what a page without scripts needs besides."""

from __future__ import annotations

from wirepress.model.lookup import Lookup
from wirepress.model.post import Post
from wirepress.site.blocks import grounds, layouts, scrolling, unscripted
from wirepress.site.blocks.markup import Markup
from wirepress.site.blocks.written import Written


def for_readers(html: str, post: Post, lookup: Lookup) -> str:
    """The text of a post with what only the site's pages have."""
    shown = with_steps(html)
    if any(cue in html for cue in layouts.CUES) and (rules := layouts.rules(Written(post, lookup).blocks())):
        return f"<style>{rules}</style>\n{shown}"
    return shown


def with_steps(html: str) -> str:
    """The text with its markup changed; one that needs nothing of it is not read through."""
    steps = [step for cues, step in _STEPS if any(cue in html for cue in cues)]
    if not steps:
        return html
    markup = Markup(html)
    for step in steps:
        step(markup)
    return markup.changed()


_STEPS = (
    (unscripted.CUES, unscripted.opened),
    (grounds.CUES, grounds.seen_to),
    (scrolling.CUES, scrolling.reached),
)
