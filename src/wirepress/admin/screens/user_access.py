"""How somebody gets in: their logins and application passwords, shown on their page and taken back there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from wirepress.admin import moments, people
from wirepress.admin.visit import Visit
from wirepress.content.identity import application_passwords, sessions
from wirepress.model.errors import Forbidden
from wirepress.model.moment import stamp
from wirepress.model.user import ApplicationPassword, Session, User


def shown(visit: Visit, user: User) -> dict[str, Any]:
    """What the page of a user shows of it."""
    programs = visit.may("list_app_passwords", user)
    return {
        "logins": [_login(visit, session) for session in sessions.of_user(visit.view, user.id)],
        "programs": [_program(visit, one) for one in application_passwords.of_user(visit.view, user.id)]
        if programs
        else None,
        "adds_programs": _adds(visit, user),
        "kept_name": visit.sent.text("name"),
    }


def _login(visit: Visit, session: Session) -> Mapping[str, Any]:
    began = stamp(datetime.fromtimestamp(session.created, UTC))
    return {
        "key": session.token,
        "own": sessions.is_own(visit.viewer, session),
        "browser": people.browser(visit, session.agent),
        "agent": session.agent,
        "ip": session.ip,
        "when": moments.ago(visit, began),
        "full": moments.full(visit, began),
        "iso": moments.iso(visit, began),
    }


def _program(visit: Visit, password: ApplicationPassword) -> Mapping[str, Any]:
    made = stamp(datetime.fromtimestamp(password.created, UTC))
    used = stamp(datetime.fromtimestamp(password.last_used, UTC)) if password.last_used else None
    return {
        "uuid": password.uuid,
        "name": password.name,
        "made": moments.full(visit, made),
        "used": moments.ago(visit, used) if used else "",
        "ip": password.last_ip or "",
    }


def _adds(visit: Visit, user: User) -> bool:
    """Whether application passwords are given here; a hardened site gives them over https only."""
    return visit.may("create_app_password", user) and not (visit.site.hardened and visit.request.scheme != "https")


def add_password(visit: Visit, user: User) -> tuple[str, str]:
    """Makes an application password: its name, and the password as it is shown once.  Raises Invalid without a name."""
    if not _adds(visit, user):
        raise Forbidden("no_access", "You may not make application passwords here.")
    made, token = application_passwords.create(visit.view, user.id, visit.sent.text("name").strip())
    return made.name, application_passwords.grouped(token)


def revoke(visit: Visit, user: User) -> int:
    """Revokes one application password or all; how many there were."""
    action, _, uuid = visit.sent.text("action").partition(":")
    if not visit.may("delete_app_passwords", user):
        raise Forbidden("no_access", "You may not revoke these application passwords.")
    return application_passwords.delete(visit.view, user.id, None if action == "revoke-all" else uuid)


def end(visit: Visit, user: User) -> int:
    """Ends a login, or all but the one that is in use; how many there were."""
    action, _, key = visit.sent.text("action").partition(":")
    if action == "end-others":
        return sessions.end_others(visit.view, user.id, besides=visit.viewer.session if _own(visit, user) else "")
    return int(sessions.end_one(visit.view, user.id, key))


def _own(visit: Visit, user: User) -> bool:
    return user.id == visit.viewer.id
