"""The block that says where an article came from."""

from __future__ import annotations

import html
from urllib.parse import urlsplit

from wirepress.model.wire import Origin, Rights, Source
from wirepress.render.urls import clean_url

CLASS = "wirepress-attribution"


def publisher_of(origin: Origin, source: Source) -> str:
    """Who published an article first: as named there, else the source's name, else the host."""
    host = (urlsplit(origin.canonical or origin.url).hostname or "").removeprefix("www.")
    return origin.facts.publisher or source.name or host


def attribution(origin: Origin, source: Source) -> str:
    """A paragraph block with a link to the original; under narrower rights it invites to read on there."""
    link = clean_url(origin.canonical or origin.url)
    name = html.escape(publisher_of(origin, source), quote=False)
    anchor = f'<a href="{link}">{name}</a>'
    words = f"This article was first published by {anchor}."
    if source.rights is not Rights.FULL:
        words = f"Read the whole article at {anchor}."
    attributes = f'{{"className":"{CLASS}"}}'
    return f'<!-- wp:paragraph {attributes} -->\n<p class="{CLASS}">{words}</p>\n<!-- /wp:paragraph -->'
