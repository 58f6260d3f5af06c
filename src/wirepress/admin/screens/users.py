"""`users.php`: who has an account, with what role, and what is done with several of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import unescape
from typing import Any, Literal

from wirepress.admin import lists, pages, people
from wirepress.admin.screens import user_removal
from wirepress.admin.visit import Menu, Screen, Visit, needs
from wirepress.content.identity import second_factor
from wirepress.content.people import resetting, users
from wirepress.content.people.users import RoleCounts, UserChanges
from wirepress.model.errors import Invalid
from wirepress.model.query import UserQuery
from wirepress.model.user import User
from wirepress.model.web import Response

COLUMNS: Mapping[str, Literal["asc", "desc"]] = {
    "login": "asc",
    "name": "asc",
    "email": "asc",
    "role": "asc",
    "posts": "desc",
}
NO_ROLE = "none"
"""How WordPress writes that somebody has no role."""


def show(visit: Visit) -> Response:
    if visit.asked.text("action") == "delete":
        return user_removal.show(visit)
    counts = users.role_counts(visit.view)
    role = visit.asked.choice("role", (*visit.site.roles, NO_ROLE))
    size = lists.size_of(visit, "users_per_page")
    order_by, order = lists.sorted_by(visit, COLUMNS, "login")
    roles = tuple(visit.site.roles)
    query = UserQuery(
        page=lists.page_of(visit),
        per_page=size,
        orderby=order_by,
        order=order,
        search=visit.asked.text("s").strip().strip("*"),
        roles=(role,) if role in roles else (),
        without_roles=roles if role == NO_ROLE else (),
        ranks=roles,
    )
    found = users.browse(visit.view, query)
    shown = users.items(visit.view, found.ids)
    return pages.page(
        visit,
        "users.html",
        visit.say("Users"),
        tabs=_tabs(visit, counts, role),
        role=role,
        rows=_rows(visit, shown),
        paging=lists.paging(visit, found.total, size),
        sorts=lists.sorts(visit, COLUMNS, "login"),
        here=lists.here(visit),
        bulk=_bulk(visit),
        roles=people.roles_to_give(visit) if visit.may("promote_users") else [],
    )


def _tabs(visit: Visit, counts: RoleCounts, current: str) -> list[tuple[str, int | None, str, bool]]:
    entries: list[tuple[str, int | None, str, bool]] = [
        (visit.say("All"), counts.total, visit.address("users.php"), not current)
    ]
    for slug, role in visit.site.roles.items():
        there = visit.address("users.php", role=slug)
        entries.append((visit.say(role.name), counts.roles[slug], there, current == slug))
    none = visit.address("users.php", role=NO_ROLE)
    return lists.tabs([*entries, (visit.say("No role"), counts.without, none, current == NO_ROLE)])


def _bulk(visit: Visit) -> list[tuple[str, str]]:
    found = []
    if visit.may("edit_users"):
        found.append(("resetpassword", visit.say("Send password reset")))
    if visit.may("delete_users"):
        found.append(("delete", visit.say("Delete")))
    return found


def _rows(visit: Visit, shown: Sequence[User]) -> list[Mapping[str, Any]]:
    ids = [user.id for user in shown]
    written, secured = users.post_counts(visit.view, ids), second_factor.on_among(visit.view, ids)
    return [_row(visit, user, written.get(user.id, 0), user.id in secured) for user in shown]


def _row(visit: Visit, user: User, written: int, secured: bool) -> Mapping[str, Any]:
    own = user.id == visit.viewer.id
    edits = visit.may("edit_user", user)
    return {
        "id": user.id,
        "login": user.login,
        "own": own,
        "avatar": people.avatar(visit, user),
        "name": unescape(user.name),
        "email": user.email,
        "roles": people.roles_of(visit, user),
        "posts": written,
        "posts_href": visit.address("edit.php", author=user.id) if visit.may("edit_posts") else "",
        "secured": secured,
        "edit": people.address(visit, user) if edits else "",
        "delete": not own and visit.may("delete_user", user),
        "reset": bool(not own and edits and user.email),
        "site": visit.view.lookup.author_link(user) if written else "",
        "chosen": edits or visit.may("promote_user", user),
    }


# ---- what is done with them


def act(visit: Visit) -> Response:
    action = ACTIONS.get(lists.action_of(visit))
    if action is None:
        return pages.towards(visit, "users.php")
    chosen = users.items(visit.view, lists.rows_of(visit, "users"))
    if not chosen:
        raise Invalid("no_users", "Choose at least one user first.")
    return action(visit, chosen)


def _leave(visit: Visit, chosen: Sequence[User]) -> Response:
    """Leads to the page that asks what becomes of their posts."""
    return pages.towards(visit, "users.php", action="delete", **{"users[]": [user.id for user in chosen]})


def _reset(visit: Visit, chosen: Sequence[User]) -> Response:
    """Sends links for new passwords (retrieve_password), and says where they went."""
    done = 0
    for user in chosen:
        if user.email and visit.may("edit_user", user):
            visit.view.mails.append(resetting.sent_letter(visit.view, user))
            done += 1
    went: dict[str, Any] = {"mailed" if visit.ports.mails else "in-log": done}
    return _back(visit, **went, skipped=len(chosen) - done)


def _promote(visit: Visit, chosen: Sequence[User]) -> Response:
    """Gives a role; nobody takes from themselves what lets them give roles (users.php, `promote`)."""
    role = visit.sent.choice("new_role", (*visit.site.roles, NO_ROLE))
    if not role:
        raise Invalid("no_role", "Choose a role first.")
    done = 0
    for user in chosen:
        if visit.may("promote_user", user) and people.keeps_its_keys(visit, user, role):
            users.update(visit.view, user.id, UserChanges(roles=() if role == NO_ROLE else (role,)))
            done += 1
    return _back(visit, promoted=done, skipped=len(chosen) - done)


def _back(visit: Visit, **done: int) -> Response:
    kept = {name: visit.asked.text(name) for name in ("role", "s", "orderby", "order", "paged")}
    return pages.towards(visit, "users.php", **kept, **done)


ACTIONS: Mapping[str, Callable[[Visit, Sequence[User]], Response]] = {
    "delete": _leave,
    "dodelete": user_removal.act,
    "resetpassword": _reset,
    "promote": _promote,
}


def _menus(visit: Visit) -> Mapping[str, Menu]:
    return {"users.php": Menu("All users", "users", 0)} if visit.may("list_users") else {}


SCREENS = (Screen(path="users.php", show=show, act=act, may=needs("list_users"), menus=_menus),)
