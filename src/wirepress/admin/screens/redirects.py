"""`admin.php?page=redirects`: where readers are sent from addresses at which nothing is; `edit=/old` opens one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wirepress.admin import lists, pages
from wirepress.admin.visit import Menu, Screen, Visit, needs
from wirepress.content import redirections
from wirepress.content.languages import texts
from wirepress.model.errors import Invalid, NotFound, WirepressError
from wirepress.model.redirect import STATUSES
from wirepress.model.web import Response

HERE = "admin.php?page=redirects"
PER_PAGE = 50
_LONGEST = 200
_FILE = 4 << 20
"""The most bytes of a file of redirects."""
WORDS = dict(
    zip(
        STATUSES,
        texts(
            "For good (301)",
            "For now (302)",
            "For now, forms too (307)",
            "For good, forms too (308)",
            "It is gone for good (410)",
        ),
        strict=True,
    )
)


def show(visit: Visit) -> Response:
    return _page(visit)


def again(visit: Visit, error: WirepressError) -> Response:
    """The form that was refused, with what was typed."""
    return _page(visit, error)


def _page(visit: Visit, error: WirepressError | None = None) -> Response:
    search = visit.asked.text("s").strip()[:_LONGEST]
    found, total = redirections.browse(visit.view, search, lists.page_of(visit), PER_PAGE)
    return pages.page(
        visit,
        "redirects.html",
        visit.say("Redirects"),
        status=400 if error else 200,
        error=_why(visit, error) if error else "",
        values=_values(visit),
        statuses=[(str(status), visit.say(text)) for status, text in WORDS.items()],
        rows=[
            {
                "path": one.path,
                "target": one.target,
                "what": visit.say(WORDS[one.status]),
                "edit": visit.address(HERE, edit=one.path),
            }
            for one in found
        ],
        paging=lists.paging(visit, total, PER_PAGE),
        search=search,
        most=redirections.MOST,
        longest=redirections.LONGEST,
        here=visit.address(HERE),
    )


def _why(visit: Visit, error: WirepressError) -> str:
    """What is wrong, and in which line of a file."""
    said = visit.why(error)
    line = (error.data or {}).get("line")
    return visit.say("Line %(line)s: %(problem)s", line=line, problem=said) if line else said


def _values(visit: Visit) -> Mapping[str, Any]:
    """What the form holds: what was typed, or the redirect that was opened."""
    sent, opened = visit.sent, visit.asked.text("edit")
    if sent.text("action") == "save":
        return {name: sent.text(name) for name in ("before", "path", "target", "status")}
    if not opened:
        return {"before": "", "path": visit.asked.text("path"), "target": "", "status": "301"}
    known = redirections.at(visit.view, opened)
    if known is None:
        raise NotFound("redirect_unknown", "There is no such redirect any more.")
    return {"before": known.path, "path": known.path, "target": known.target, "status": str(known.status)}


def act(visit: Visit) -> Response:
    sent = visit.sent
    match sent.text("action"):
        case "save":
            path, target, status = sent.text("path"), sent.text("target"), sent.number("status", 301)
            if before := sent.text("before"):
                redirections.change(visit.view, before, path, target, status)
            else:
                redirections.put(visit.view, path, target, status)
            return pages.towards(visit, HERE, redirected=1)
        case "remove":
            removed = sum(redirections.remove(visit.view, path) for path in dict.fromkeys(sent.texts("chosen")))
            return pages.towards(visit, HERE, **{"unredirected" if removed else "unchosen": removed or 1})
        case "import":
            return pages.towards(visit, HERE, redirected=redirections.take(visit.view, _text(visit)))
    raise Invalid("no_action", "Choose first what shall be done.")


def _text(visit: Visit) -> str:
    """The file that was sent, as text."""
    files = visit.sent.files.get("file", ())
    if not files:
        raise Invalid("no_file", "Choose a file first.")
    if files[0].data.size > _FILE:
        raise Invalid("too_large", "This file is too large.")
    try:
        return files[0].data.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("redirect_file", "This is no CSV file in UTF-8.") from error


def _menus(visit: Visit) -> Mapping[str, Menu]:
    return {HERE: Menu("Redirects", "tools", 70)} if visit.may("manage_options") else {}


SCREENS = (
    Screen(
        path="admin.php",
        page="redirects",
        show=show,
        act=act,
        again=again,
        files=True,
        may=needs("manage_options"),
        menus=_menus,
    ),
)
