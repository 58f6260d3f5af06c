"""`admin.php?page=takedowns`: what was taken down, taking something down, lifting that or erasing what is kept for it.

`post=3` names the post that is to be taken down, `takedown=3` opens the form that lifts one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from html import unescape
from typing import Any

from wirepress.admin import lists, moments, pages
from wirepress.admin.visit import Menu, Screen, Visit
from wirepress.content.languages import texts
from wirepress.content.people.users import display_name
from wirepress.content.takedowns import reading
from wirepress.model.errors import Conflict, Invalid, NotFound, WirepressError
from wirepress.model.moment import stamp
from wirepress.model.takedown import LONGEST_NOTICE, LONGEST_REASON, Disclosure, Order, Takedown, TakedownQuery
from wirepress.model.web import Response
from wirepress.syndicate import takedowns
from wirepress.url.parse import is_address

HERE = "admin.php?page=takedowns"
PER_PAGE = 20
_LONGEST = 200
DISCLOSURES = dict(
    zip(
        (Disclosure.GONE, Disclosure.REASON, Disclosure.MISSING),
        texts(
            "That it was taken down (410)",
            "That it was taken down, and the reason (410)",
            "Nothing: as if it had never been there (404)",
        ),
        strict=True,
    )
)


def show(visit: Visit) -> Response:
    opened = reading.get(visit.view, visit.asked.number("takedown"))
    if opened is not None and opened.stands:
        return _form(visit, opened)
    return _list(visit)


def again(visit: Visit, error: WirepressError) -> Response:
    """The form that was refused, with what was typed."""
    opened = reading.get(visit.view, visit.sent.number("takedown"))
    if opened is not None and opened.stands:
        return _form(visit, opened, error)
    return _list(visit, error)


def _list(visit: Visit, error: WirepressError | None = None) -> Response:
    has_lifted = visit.asked.text("status") == "lifted"
    query = TakedownQuery(
        page=lists.page_of(visit),
        per_page=PER_PAGE,
        stands=not has_lifted,
        search=visit.asked.text("s").strip()[:_LONGEST],
    )
    found, total = reading.browse(visit.view, visit.viewer, query)
    visit.view.lookup.prefetch_users({one.user for one in found} | {one.lifted_by for one in found})
    say = visit.say
    return pages.page(
        visit,
        "takedowns.html",
        say("Take-downs"),
        status=400 if error else 200,
        error=visit.why(error) if error else "",
        values=_values(visit),
        disclosures=[(kind.value, say(text)) for kind, text in DISCLOSURES.items()],
        limits={"reason": LONGEST_REASON, "notice": LONGEST_NOTICE},
        tabs=[
            (say("In force"), None, visit.address(HERE), not has_lifted),
            (say("Lifted"), None, visit.address(HERE, status="lifted"), has_lifted),
        ],
        rows=[_row(visit, one) for one in found],
        paging=lists.paging(visit, total, PER_PAGE),
        search=query.search,
        has_lifted=has_lifted,
        here=visit.address(HERE),
    )


def _values(visit: Visit) -> dict[str, Any]:
    """What the form holds: what was typed, or the post that it was opened from."""
    sent = visit.sent
    post = visit.asked.number("post")
    return {
        "target": sent.text("target") or (str(post) if post else ""),
        "reason": sent.text("reason"),
        "notice": sent.text("notice"),
        "disclosure": sent.choice("disclosure", list(Disclosure), Disclosure.GONE),
        "erase": sent.text("erase") == "1",
    }


def _form(visit: Visit, takedown: Takedown, error: WirepressError | None = None) -> Response:
    """The form that lifts a take-down, or erases what is kept of it."""
    return pages.page(
        visit,
        "takedown.html",
        visit.say("Lift a take-down"),
        status=400 if error else 200,
        error=visit.why(error) if error else "",
        row=_row(visit, takedown),
        reason=visit.sent.text("reason"),
        most=LONGEST_REASON,
        back=visit.address(HERE),
    )


def _row(visit: Visit, one: Takedown) -> Mapping[str, Any]:
    return {
        "id": one.id,
        "what": unescape(one.title) or one.url,
        "url": one.url,
        "href": one.url if is_address(one.url) and not one.post else "",
        "original": one.original if is_address(one.original) and one.original != one.url else "",
        "reason": one.reason,
        "notice": one.notice,
        "disclosure": visit.say(DISCLOSURES[one.disclosure]),
        "digest": one.digest,
        "post": one.post,
        "restorable": one.restorable,
        "erased": bool(one.erased),
        "made": _moment(visit, one.at),
        "who": _name(visit, one.user),
        "lift": visit.address(HERE, takedown=one.id) if one.stands else "",
        "lifted": _moment(visit, one.lifted) if one.lifted else None,
        "lifter": _name(visit, one.lifted_by),
        "lift_reason": one.lift_reason,
        "again": visit.address(f"post.php?post={one.post}&action=edit") if one.lifted and not one.erased else "",
    }


def _name(visit: Visit, number: int) -> str:
    user = visit.view.lookup.user(number) if number else None
    if user is not None:
        return display_name(user)
    return visit.say("User %(id)s", id=number) if number else visit.say("Command line")


def _moment(visit: Visit, seconds: int) -> tuple[str, str]:
    """A time for machines and for people."""
    when = stamp(datetime.fromtimestamp(seconds, UTC))
    return moments.iso(visit, when), moments.full(visit, when)


# ---- what is done


def prepare(visit: Visit) -> takedowns.Prepared | Response | None:
    """Looks into what is to be taken down, while others may write; the form again where that is nothing."""
    sent = visit.sent
    if sent.text("action") != "take-down":
        return None
    kind = Disclosure(sent.choice("disclosure", list(Disclosure), Disclosure.GONE))
    order = Order(sent.text("target"), sent.text("reason"), sent.text("notice"), kind, sent.text("erase") == "1")
    try:
        return takedowns.prepare(visit.view, visit.viewer, order)
    except (Conflict, Invalid, NotFound) as error:
        return again(visit, error)


def act(visit: Visit) -> Response:
    sent, number = visit.sent, visit.sent.number("takedown")
    match sent.text("action"):
        case "take-down":
            takedowns.take_down(visit.view, visit.viewer, visit.prepared)
            return pages.towards(visit, HERE, **{"taken-down": 1})
        case "lift":
            lifted = takedowns.lift(visit.view, visit.viewer, number, sent.text("reason"))
            return pages.towards(visit, HERE, status="lifted", lifted=lifted.id)
        case "erase":
            takedowns.erase(visit.view, visit.viewer, number)
            return pages.towards(visit, HERE, **{"erased-content": 1})
    raise Invalid("no_action", "Choose first what shall be done.")


def _may(visit: Visit) -> bool:
    return reading.may(visit.view, visit.viewer)


def _menus(visit: Visit) -> Mapping[str, Menu]:
    return {HERE: Menu("Take-downs", "tools", 80)} if _may(visit) else {}


SCREENS = (
    Screen(
        path="admin.php", page="takedowns", show=show, act=act, again=again, prepare=prepare, may=_may, menus=_menus
    ),
)
