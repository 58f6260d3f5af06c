"""What the rights of a source, and what an article's page says to machines, leave of it.

A page's own word narrows what is kept, and never widens it.  Under `full` somebody has agreed with the source: that
stands above what its pages say to all the world, unless the source's rules want it heeded.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from wirepress.model.signals import AGAINST_COPIES
from wirepress.model.wire import Entry, Medium, Page, Pictures, Rights, SignalPolicy, Source
from wirepress.syndicate.image_blocks import without_pictures, without_twin
from wirepress.syndicate.parse.pictures import lead_picture
from wirepress.syndicate.parse.text import plain
from wirepress.syndicate.teasers import summary_of

EXCERPT_WORDS: Final = 55
"""WordPress's own length of an excerpt."""
LONGEST_EXCERPT: Final = 2_000
"""Characters, for scripts without spaces between the words."""
_MORE_PICTURES: Final = 2


def heeding(source: Source, page: Page) -> Source:
    """The source with the rights that it has for a page: no more than an excerpt of one that speaks against copies,
    where the source's rules want that heeded."""
    heeds = source.rules.signals is SignalPolicy.HEED and source.rights is Rights.FULL
    return replace(source, rights=Rights.EXCERPT) if heeds and not page.signals.may_copy else source


def why_narrowed(source: Source, page: Page) -> str:
    """What a page's signals take away of what the source's rights would leave, in one line; "" for nothing."""
    signals, reasons = page.signals, []
    if heeding(source, page).rights is not source.rights:
        against = [word for word in signals.said if word in AGAINST_COPIES]
        reasons.append(f"no more than an excerpt ({', '.join(against)})")
    elif source.rights is Rights.FULL:
        return ""
    if signals.is_reserved:
        against = [word for word in signals.said if word in ("tdm-reservation", "rsl")]
        reasons.append(f"nothing of the page's own words and pictures ({', '.join(against)})")
    if signals.snippet is not None and source.rights is not Rights.LINK:
        length = f"a summary of {signals.snippet} characters (max-snippet)"
        reasons.append(length if signals.snippet else "no summary (nosnippet)")
    if not signals.may_preview and source.rules.picture:
        reasons.append("no picture (noimageindex)")
    return "; ".join(reasons)


def illustrated(source: Source, entry: Entry, page: Page, body: str) -> tuple[Medium | None, tuple[Medium, ...], str]:
    """The lead picture, others that may lead in its place, and the text with the pictures that are taken of it.

    What leads is not shown once more in the text; it has the caption that it had there, where it has no other.
    """
    lead = lead_picture(entry, page)
    may_show = source.rights is Rights.FULL or (page.signals.may_preview and not page.signals.is_reserved)
    if source.pictures is Pictures.NONE or not may_show:
        return None, (), without_pictures(body)
    if lead is not None:
        body, caption = without_twin(body, lead.url)
        lead = replace(lead, caption=lead.caption or plain(caption))
    if source.pictures is not Pictures.ALL:
        body = without_pictures(body)
    return lead, page.more_pictures[:_MORE_PICTURES], body


def excerpt(source: Source, entry: Entry, page: Page) -> str:
    """A summary in plain text, as long as an excerpt may be."""
    is_full = source.rights is Rights.FULL
    offered = [summary_of(plain(entry.summary))]
    if is_full or not page.signals.is_reserved:
        offered.append(page.description)
    if not is_full:
        offered.append(summary_of(plain(entry.content)))
    words = next(filter(None, offered), "").split()
    longest = LONGEST_EXCERPT
    if not is_full and page.signals.snippet is not None:
        longest = min(longest, page.signals.snippet)
    kept = " ".join(words[:EXCERPT_WORDS])
    if len(words) <= EXCERPT_WORDS and len(kept) <= longest:
        return kept
    shorter = kept if len(kept) <= longest else kept[: longest - 2].rpartition(" ")[0] or kept[: max(0, longest - 2)]
    return f"{shorter} …" if shorter else ""
