"""A rendered text as readers see it: the API's, with what a page without scripts needs besides."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from wirepress.content.newsroom import View
from wirepress.content.themes.theme import Theme
from wirepress.model.post import Post
from wirepress.site.blocks import (
    dropdowns,
    duotones,
    embeds,
    files,
    grounds,
    layouts,
    playlists,
    scrolling,
    signs,
    unscripted,
)
from wirepress.site.blocks.grounds import Page
from wirepress.site.blocks.markup import Markup
from wirepress.site.blocks.written import Written

logger = logging.getLogger("wirepress.web")


class ForReaders(NamedTuple):
    """A text as readers see it, the rules of its blocks for the head of its page, and the rules that it changes of the
    page's Content-Security-Policy."""

    html: str
    style: str
    policy: Mapping[str, str] = MappingProxyType({})


def for_readers(view: View, post: Post, html: str, theme: Theme, whole: str = "") -> ForReaders:
    """The text of a post with what only the site's pages have, in a theme; as the API has it, where that fails.
    `whole` is all of the text, where this is a part."""
    try:
        return _shown(view, post, html, grounds.page_of(theme), whole)
    except Exception:
        logger.exception("the blocks of post %s are shown as the API has them", post.id)
        return ForReaders(html, "")


def _shown(view: View, post: Post, html: str, page: Page, whole: str) -> ForReaders:
    written = Written(post, view.lookup)
    tracks = playlists.tracks_of(written.blocks()) if playlists.CUE in html else []
    own = files.origins(view.site.home, view.site.upload_url())
    shown = with_steps(html, view.site.home + "/", page, own, frames=embeds.shows_frames(view), tracks=tracks)
    is_laid_out = any(cue in html for cue in layouts.CUES)
    style = layouts.rules(written.blocks(), page) if is_laid_out else ""
    filters = duotones.filters(written.blocks(), html, whole) if duotones.CUE in html else duotones.Filters()
    shows_files = files.CUE in html and files.are_alone(shown, view.site.home + "/", own)
    policy = files.policy(own) if shows_files else {}
    return ForReaders(shown + filters.svg, "\n".join(filter(None, (style, filters.style))), policy)


def with_steps(
    html: str, home: str, page: Page, own: Sequence[str] = (), *, frames: bool = False, tracks: Sequence[str] = ()
) -> str:  # fmt: skip
    """The text with its markup changed for a `page`, of a site at `home` that shows frames of other sites or does not;
    one that needs nothing of it is not read through.  `own` are the origins of the site's files, `tracks` the addresses
    of what its playlists play."""
    steps: list[Callable[[Markup], None]] = [step for cues, step in _STEPS if any(cue in html for cue in cues)]
    if any(cue in html for cue in grounds.CUES):
        steps.append(partial(grounds.seen_to, page=page))
    if any(cue in html for cue in dropdowns.CUES):
        steps.append(partial(dropdowns.led_on, home=home))
    if embeds.embeds_something(html):
        steps.append(partial(embeds.shown, home=home, frames=frames))
    if files.CUE in html:
        steps.append(partial(files.viewed, home=home, own=own))
    if tracks:
        steps.append(partial(playlists.played, tracks=tracks))
    if not steps:
        return html
    markup = Markup(html)
    for step in steps:
        step(markup)
    return markup.changed()


_STEPS = (
    (unscripted.CUES, unscripted.opened),
    (scrolling.CUES, scrolling.reached),
    ((signs.CUE,), signs.drawn),
)
