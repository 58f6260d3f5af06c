"""All articles that wait, as a list."""

from __future__ import annotations

from wirepress.admin import lists, pages
from wirepress.admin.screens.review import words
from wirepress.admin.screens.review.words import HERE
from wirepress.admin.visit import Visit
from wirepress.model.entry import LONGEST_REASON
from wirepress.model.errors import WirepressError
from wirepress.model.web import Response
from wirepress.syndicate import entries

PER_PAGE = "review_per_page"


def show(visit: Visit, error: WirepressError | None = None) -> Response:
    """The list, those that came first at its top; `error` is why nothing became of a decision."""
    source, size = words.asked_source(visit), lists.size_of(visit, PER_PAGE)
    ids, total = entries.held(visit.view, source, lists.page_of(visit), size)
    rows = [words.described(visit, held) for held in words.load(visit, ids)]
    return pages.page(
        visit,
        "review/list.html",
        visit.say("Review"),
        status=words.status_of(error),
        error=visit.why(error) if error else "",
        rows=rows,
        decides=entries.may_decide(visit.view, visit.viewer),
        paging=lists.paging(visit, total, size),
        tabs=words.tabs(visit, as_list=True),
        sources=words.choices(visit),
        source=source,
        most=LONGEST_REASON,
        here=visit.address(HERE, list=1),
    )
