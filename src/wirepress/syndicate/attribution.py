"""Where an imported post came from, as its readers see it: words with a real link, part of the post's content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from wirepress.model.wire import Dispatch, Origin, Rights
from wirepress.syndicate.blocks import attribute, block, paragraph
from wirepress.url.parse import is_address, web_url

_CLAIM = re.compile(r"©|\(c\)|\bcopyright\b|\ball rights reserved\b|\b(?:19|20)\d\d\b|\bby\b", re.IGNORECASE)

CLASS = "syndication-source"
"""The class of the attribution's paragraph: by it, templates style it and a revision finds it."""


_BLOCK = re.compile(
    rf'<!-- wp:paragraph \{{"className":"{CLASS}"\}} -->(?:(?!<!-- /wp:).)*<!-- /wp:paragraph -->', re.DOTALL
)
MOST_FURTHER: Final = 5
"""Further sources that are named."""


@dataclass(frozen=True, slots=True)
class Further:
    """A source that told the same, with the address at which it did."""

    publisher: str
    url: str


def content_of(dispatch: Dispatch, origin: Origin, further: Sequence[Further] = ()) -> str:
    """The content of a post: what the rights allow of the text, then the attribution."""
    text = dispatch.body or (paragraph(escape(dispatch.excerpt, quote=False)) if dispatch.excerpt else "")
    return "\n\n".join(part for part in (text, attribution(origin, further)) if part)


def with_attribution(content: str, origin: Origin, further: Sequence[Further]) -> str:
    """A post's content with its attribution made anew, as it was where it has none."""
    found = list(_BLOCK.finditer(content))
    if not found:
        return content
    return content[: found[-1].start()] + attribution(origin, further) + content[found[-1].end() :]


def attribution(origin: Origin, further: Sequence[Further] = ()) -> str:
    """The attribution's paragraph block; `further` are sources that told the same."""
    facts = origin.facts
    publisher = facts.publisher or _host(origin.url)
    link = f'<a href="{attribute(origin.canonical or origin.url)}">{escape(publisher, quote=False)}</a>'
    people = escape(_listed(facts.authors), quote=False)
    if facts.rights is Rights.FULL:
        said = f"By {people}. First published by {link}." if people else f"First published by {link}."
    else:
        said = f"By {people}. Read the full article at {link}." if people else f"Read the full article at {link}."
    if others := _others(publisher, further):
        said += f" Also published by {_listed(others)}."
    if licence := _licence(facts.licence, publisher):
        said += f" {licence}"
    return block("paragraph", f'<p class="{CLASS}">{said}</p>', {"className": CLASS})


def _others(publisher: str, further: Sequence[Further]) -> tuple[str, ...]:
    """Links to further sources, each once; not to one that is called as the first is."""
    named: dict[str, str] = {}
    for one in further:
        name = one.publisher or _host(one.url)
        if name.casefold() != publisher.casefold():
            link = f'<a href="{attribute(one.url)}">{escape(name, quote=False)}</a>'
            named.setdefault(name.casefold(), link)
    return tuple(named.values())[:MOST_FURTHER]


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
        return f'<a rel="license" href="{attribute(licence)}">Licence</a>.'
    return f"{escape(licence.rstrip('.')[:200], quote=False)}."
