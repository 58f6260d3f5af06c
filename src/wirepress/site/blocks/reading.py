"""A rendered text as readers see it: the API's, with what a page without scripts needs besides."""

from __future__ import annotations

from wirepress.content.newsroom import View
from wirepress.model.post import Post
from wirepress.site.blocks import embeds, grounds, layouts, scrolling, unscripted
from wirepress.site.blocks.markup import Markup
from wirepress.site.blocks.written import Written


def for_readers(view: View, post: Post, html: str) -> str:
    """The text of a post with what only the site's pages have."""
    shown = with_steps(html, view.site.home + "/", frames=embeds.shows_frames(view))
    is_laid_out = any(cue in html for cue in layouts.CUES)
    if is_laid_out and (rules := layouts.rules(Written(post, view.lookup).blocks())):
        return f"<style>{rules}</style>\n{shown}"
    return shown


def with_steps(html: str, home: str, *, frames: bool = False) -> str:
    """The text with its markup changed, for a site at `home` that shows frames of other sites or does not; one that
    needs nothing of it is not read through."""
    steps = [step for cues, step in _STEPS if any(cue in html for cue in cues)]
    embeds_something = embeds.embeds_something(html)
    if not (steps or embeds_something):
        return html
    markup = Markup(html)
    for step in steps:
        step(markup)
    if embeds_something:
        embeds.shown(markup, home, frames=frames)
    return markup.changed()


_STEPS = (
    (unscripted.CUES, unscripted.opened),
    (grounds.CUES, grounds.seen_to),
    (scrolling.CUES, scrolling.reached),
)
