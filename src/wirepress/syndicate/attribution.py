"""Where an imported post came from, as its readers see it: words with a real link, part of the post's content."""

from __future__ import annotations

import re
from html import escape

from wirepress.model.wire import Dispatch, Origin, Rights
from wirepress.syndicate.blocks import block, paragraph
from wirepress.url.parse import is_address, web_url

_CLAIM = re.compile(r"©|\(c\)|\bcopyright\b|\ball rights reserved\b|\b(?:19|20)\d\d\b|\bby\b", re.IGNORECASE)

CLASS = "syndication-source"
"""The class of the attribution's paragraph: by it, templates style it and a revision finds it."""


def content_of(dispatch: Dispatch, origin: Origin) -> str:
    """The content of a post: what the rights allow of the text, then the attribution."""
    text = dispatch.body or (paragraph(escape(dispatch.excerpt, quote=False)) if dispatch.excerpt else "")
    return "\n\n".join(part for part in (text, attribution(origin)) if part)


def attribution(origin: Origin) -> str:
    """The attribution's paragraph block."""
    facts = origin.facts
    publisher = facts.publisher or _host(origin.url)
    link = f'<a href="{escape(origin.canonical or origin.url)}">{escape(publisher, quote=False)}</a>'
    people = escape(_listed(facts.authors), quote=False)
    if facts.rights is Rights.FULL:
        said = f"By {people}. First published by {link}." if people else f"First published by {link}."
    else:
        said = f"By {people}. Read the full article at {link}." if people else f"Read the full article at {link}."
    if licence := _licence(facts.licence, publisher):
        said += f" {licence}"
    return block("paragraph", f'<p class="{CLASS}">{said}</p>', {"className": CLASS})


def _host(url: str) -> str:
    found = web_url(url)
    return found.host_as_read.removeprefix("www.") if found is not None else ""


def _listed(names: tuple[str, ...]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _licence(licence: str, publisher: str) -> str:
    """The words about the licence; none where a feed's copyright line names nobody but the publisher."""
    if not _CLAIM.sub(" ", licence).casefold().replace(publisher.casefold(), "").strip(" .,;:-–—|/()"):
        return ""
    if is_address(licence):
        return f'<a rel="license" href="{escape(licence)}">Licence</a>.'
    return f"{escape(licence.rstrip('.')[:200], quote=False)}."
