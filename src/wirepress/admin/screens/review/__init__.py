"""`admin.php?page=review`: articles of sources that wait for a decision, one at a time or as a list.

`post=3` names one, `list=1` asks for the list, `source=2` for those of one source; `part=original|article` with
`post=3` is what the frames of the page show.
"""

from __future__ import annotations

from collections.abc import Mapping

from wirepress.admin import waiting
from wirepress.admin.screens.review import acts, aside, listing, one
from wirepress.admin.screens.review.words import HERE
from wirepress.admin.visit import Menu, Screen, Visit
from wirepress.model.errors import WirepressError
from wirepress.model.web import Response
from wirepress.syndicate import entries


def _show(visit: Visit) -> Response:
    if visit.asked.text("part"):
        return aside.show(visit)
    return listing.show(visit) if "list" in visit.asked else one.show(visit)


def _again(visit: Visit, error: WirepressError) -> Response:
    """The page that was decided from, with what speaks against it, such as that somebody else was quicker."""
    return listing.show(visit, error) if "list" in visit.sent else one.show(visit, error)


def _may(visit: Visit) -> bool:
    return entries.may(visit.view, visit.viewer)


def _menus(visit: Visit) -> Mapping[str, Menu]:
    return {HERE: Menu("Review", "sources", 10, count=waiting.held(visit))} if _may(visit) else {}


SCREENS = (Screen(path="admin.php", page="review", show=_show, act=acts.act, again=_again, may=_may, menus=_menus),)
