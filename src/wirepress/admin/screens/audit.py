"""`admin.php?page=audit`: who changed what, and when."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from wirepress.admin import lists, moments, pages
from wirepress.admin.screens import audit_erasure
from wirepress.admin.visit import Menu, Screen, Visit
from wirepress.content import audit
from wirepress.content.people.users import display_name
from wirepress.model.audit import AuditQuery, Entry
from wirepress.model.moment import stamp
from wirepress.model.web import Response

HERE = "admin.php?page=audit"
PER_PAGE = 50
KINDS = {
    "browser": "Browser",
    "application": "Application password",
    "api": "API, without a login",
    "worker": "Worker",
    "cli": "Command line",
    "system": "System",
}
ACTIONS = {
    "post": "Posts, pages and media",
    "comment": "Comments",
    "term": "Categories and tags",
    "user": "Users and logins",
    "application_password": "Application passwords",
    "setting": "Settings",
    "source": "Sources",
    "order": "Orders to the worker",
    "import": "Imports",
    "person": "Personal data",
    "takedown": "Take-downs",
    "story": "Stories",
}
_LONGEST = 200


def show(visit: Visit) -> Response:
    if "erase" in visit.asked:
        return audit_erasure.show(visit)
    query = _query(visit)
    found, total = audit.browse(visit.view, visit.viewer, query)
    visit.view.lookup.prefetch_users(entry.user for entry in found)
    say = visit.say
    return pages.page(
        visit,
        "audit.html",
        say("Log of changes"),
        rows=[_row(visit, entry) for entry in found],
        paging=lists.paging(visit, total, PER_PAGE),
        kinds=[("", say("By any way")), *((name, say(word)) for name, word in KINDS.items())],
        actions=[("", say("All changes")), *((name, say(word)) for name, word in ACTIONS.items())],
        filtered=any(
            visit.asked.text(name) for name in ("who", "ip", "login", "kind", "action", "object", "id", "from", "to")
        ),
        erasure=audit_erasure.address(visit, query.who or 0, query.ip),
        here=visit.address(HERE),
    )


def _query(visit: Visit) -> AuditQuery:
    asked = visit.asked
    until = _moment(visit, asked.text("to"))
    return AuditQuery(
        page=lists.page_of(visit),
        per_page=PER_PAGE,
        who=asked.number("who") if asked.text("who") else None,
        login=asked.text("login").strip()[:_LONGEST],
        ip=asked.text("ip").strip()[:_LONGEST],
        kind=asked.choice("kind", tuple(KINDS)),
        action=asked.text("action").strip()[:_LONGEST],
        object=asked.text("object").strip()[:_LONGEST],
        object_id=asked.text("id").strip()[:_LONGEST],
        since=_moment(visit, asked.text("from")),
        before=until + 86400 if until else 0,
    )


def _moment(visit: Visit, text: str) -> int:
    """The beginning of a day of the site, in seconds; 0 for what is no day."""
    try:
        return max(0, int(datetime.fromisoformat(text[:10]).replace(tzinfo=visit.site.zone).timestamp()))
    except (ValueError, OverflowError):
        return 0


def _row(visit: Visit, entry: Entry) -> Mapping[str, Any]:
    user = visit.view.lookup.user(entry.user) if entry.user else None
    when = stamp(datetime.fromtimestamp(entry.at, UTC))
    name = visit.say("Nobody") if not entry.user else visit.say("User %(id)s", id=entry.user)
    if user is not None:
        name = display_name(user)
    return {
        "id": entry.id,
        "when": moments.full(visit, when),
        "iso": moments.iso(visit, when),
        "ago": moments.ago(visit, when),
        "who": name if entry.user or entry.kind in ("browser", "api") else visit.say(KINDS.get(entry.kind, entry.kind)),
        "by": lists.here(visit, who=entry.user, paged="") if entry.user else "",
        "door": visit.say(KINDS.get(entry.kind, entry.kind)),
        "erased": bool(entry.person) and not (entry.login or entry.ip or entry.agent),
        "ip": entry.ip,
        "from_there": lists.here(visit, ip=entry.ip, paged="") if entry.ip else "",
        "agent": entry.agent,
        "action": entry.action,
        "object": " ".join(filter(None, (entry.object, entry.object_id))),
        "href": _link(visit, entry),
        "revision": _revision(visit, entry),
        "details": _details(visit, entry.details),
    }


def _link(visit: Visit, entry: Entry) -> str:
    """Where the thing is looked at; "" where it is gone or has no page."""
    if entry.action.endswith(".delete") or not entry.object_id:
        return ""
    if entry.action.startswith("post."):
        return visit.address(f"post.php?post={entry.object_id}&action=edit")
    if entry.object == "story":
        return visit.address("admin.php?page=stories")
    if entry.object == "takedown":
        return visit.address("admin.php?page=takedowns", takedown=entry.object_id)
    if entry.object == "import":
        return visit.address("admin.php?page=import", order=entry.object_id)
    if entry.object == "source":
        return visit.address("admin.php?page=sources", source=entry.object_id)
    return ""


def _revision(visit: Visit, entry: Entry) -> str:
    """Where the texts of a change are looked at, as far as they were kept."""
    number = entry.details.get("revision")
    return visit.address("revision.php", revision=number) if number else ""


def _details(visit: Visit, details: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The details as names and values; what was before and after stands side by side."""
    given = {name: value for name, value in details.items() if name != "revision"}
    found = []
    if "before" in given or "after" in given:
        before, after = _text(given.pop("before", None)), _text(given.pop("after", None))
        arrow = "←" if visit.language.direction == "rtl" else "→"
        found.append((visit.say("Changed"), f"{before} {arrow} {after}"))
    if "fields" in given:
        found.append((visit.say("Fields"), ", ".join(map(str, given.pop("fields")))))
    return found + [(str(name), _text(value)) for name, value in given.items()]


def _text(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _may(visit: Visit) -> bool:
    return audit.may(visit.view, visit.viewer)


def _menus(visit: Visit) -> Mapping[str, Menu]:
    return {HERE: Menu("Log of changes", "tools", 90)} if _may(visit) else {}


SCREENS = (Screen(path="admin.php", page="audit", show=show, act=audit_erasure.act, may=_may, menus=_menus),)
