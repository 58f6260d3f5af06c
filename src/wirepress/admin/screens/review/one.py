"""One article that waits, beside its original."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wirepress.admin import pages
from wirepress.admin.screens.post_rows import title_of
from wirepress.admin.screens.review import words
from wirepress.admin.screens.review.words import HERE
from wirepress.admin.visit import Visit
from wirepress.content.posts import reading
from wirepress.model.entry import LONGEST_REASON
from wirepress.model.errors import WirepressError
from wirepress.model.web import Response
from wirepress.syndicate import entries, merging


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that can be done with an article: its name in the form, the key, the label."""

    name: str
    key: str
    label: str
    kind: str = ""


DEEDS = (
    Deed("accept", "a", "Publish", "primary"),
    Deed("merge", "m", "Merge"),
    Deed("reject", "r", "Reject", "danger"),
)
"""What a button of the page does, a line each."""


def show(visit: Visit, error: WirepressError | None = None) -> Response:
    """The article that is asked for, else the first that waits; `error` is why nothing became of a decision."""
    source = words.asked_source(visit)
    number = visit.asked.number("post") or visit.sent.number("post")
    if not number:
        found, _ = entries.held(visit.view, source, 1, 1)
        number = found[0] if found else 0
    place = entries.place_of_held(visit.view, number, source)
    held = next(iter(words.load(visit, [number] if number else [])), None)
    waits = held is not None and held.post.status == "pending"
    if error is None and held is not None and not waits:
        problem = visit.why(entries.too_late(visit.view, held.entry))
    else:
        problem = visit.why(error) if error else ""
    return pages.page(
        visit,
        "review/one.html",
        visit.say("Review"),
        status=words.status_of(error),
        error=problem,
        row=words.described(visit, held) if held is not None else None,
        waits=waits,
        frames=_frames(visit, number) if held is not None else None,
        deeds=[(deed, visit.say(deed.label)) for deed in DEEDS],
        reason=visit.sent.text("reason")[:LONGEST_REASON],
        most=LONGEST_REASON,
        into=_resembled(visit, held) if held is not None and waits else None,
        place=place,
        previous=_beside(visit, place.before, source),
        next=_beside(visit, place.behind, source),
        keys=(visit.user.meta.get(words.KEYS) or [""])[0] != "off",
        tabs=words.tabs(visit, as_list=False),
        source=source,
        here=visit.address(HERE),
        list_href=visit.address(HERE, list=1, source=source),
        first=visit.address(HERE, source=source),
    )


def _resembled(visit: Visit, held: words.Held) -> dict[str, Any]:
    """The post into whose story the article would be merged: the number that was typed, else of the post that it
    resembles, with what that is called."""
    known = merging.resembled(visit.view, held.entry) if held.entry is not None else 0
    post = reading.get(visit.view, known) if known else None
    return {
        "number": visit.sent.text("into")[:20] or str(known or ""),
        "title": title_of(visit, post.title) if post is not None else "",
        "href": visit.address(f"post.php?post={known}&action=edit") if post is not None else "",
    }


def _beside(visit: Visit, number: int, source: int) -> str:
    """The address of another article that waits, "" where there is none."""
    return visit.address(HERE, post=number, source=source) if number else ""


def _frames(visit: Visit, number: int) -> dict[str, Any]:
    """What the two frames show: our article, and what is kept of the original ("": nothing is)."""
    original = entries.original_of_held(visit.view, number)
    return {
        "article": visit.address(HERE, post=number, part="article"),
        "original": visit.address(HERE, post=number, part="original") if original else "",
        "kind": original.kind if original else "",
    }
