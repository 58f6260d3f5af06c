"""What waits for somebody, as the menu counts it: comments and articles of sources, counted at once for a page."""

from __future__ import annotations

from wirepress.admin.visit import Visit
from wirepress.content.comments import reading
from wirepress.model.query import CommentQuery
from wirepress.syndicate import entries


def comments_within_reach(visit: Visit, states: tuple[str, ...] | None = None) -> CommentQuery:
    """All comments that the list of a user may hold; notes that editors leave each other are the editor's matter."""
    everything = visit.may("moderate_comments") or visit.may("edit_others_posts")
    return CommentQuery(
        approved=states, types=(), types_not=("note",), concerning=None if everything else visit.viewer.id
    )


def comments(visit: Visit) -> int:
    """How many comments wait that the user may decide about."""
    return _counted(visit)[0]


def held(visit: Visit) -> int:
    """How many articles of sources wait that the user may decide about."""
    return _counted(visit)[1]


def _counted(visit: Visit) -> tuple[int, int]:
    if "waiting" not in visit.counted:
        query = comments_within_reach(visit, ("0",))
        asks = entries.may(visit.view, visit.viewer)
        visit.counted["waiting"] = reading.number_and_held(visit.view, query, held=asks)
    return visit.counted["waiting"]
