"""The page that asks what becomes of the posts of users who are deleted, and their deletion (`users.php`)."""

from __future__ import annotations

from collections.abc import Sequence

from wirepress.admin import pages, people
from wirepress.admin.visit import Visit
from wirepress.content.people import users
from wirepress.content.people.users import display_name
from wirepress.model.errors import Forbidden, Invalid, NotFound
from wirepress.model.user import User
from wirepress.model.web import Response


def show(visit: Visit) -> Response:
    chosen = users.items(visit.view, visit.asked.numbers("users") or visit.asked.numbers("user"))
    return _question(visit, chosen)


def act(visit: Visit, chosen: Sequence[User]) -> Response:
    """Deletes users; their posts go to the trash, or to another user (wp_delete_user)."""
    leaving, others = _parted(visit, chosen)
    if not leaving:
        raise Forbidden("no_access", "You may not delete these users.")
    heir = _heir(visit, leaving)
    if heir is None and visit.sent.text("delete_option") != "delete" and _written(visit, leaving):
        return _question(visit, chosen, visit.say("Choose what becomes of the posts."))
    for user in leaving:
        users.delete(visit.view, visit.viewer, user.id, heir.id if heir else None)
    return pages.towards(visit, "users.php", deleted=len(leaving), skipped=len(others))


def _heir(visit: Visit, leaving: Sequence[User]) -> User | None:
    """Who gets the posts, None for nobody.  Raises Invalid for somebody who cannot."""
    if visit.sent.text("delete_option") != "reassign":
        return None
    heir = users.get(visit.view, visit.sent.number("reassign_user"))
    if heir is None or heir.id in [user.id for user in leaving]:
        raise Invalid("no_heir", "The posts cannot go to this user. Choose another.")
    return heir


def _parted(visit: Visit, chosen: Sequence[User]) -> tuple[list[User], list[User]]:
    """Those who can be deleted, and those who cannot: nobody deletes themselves."""
    leaving = [user for user in chosen if user.id != visit.viewer.id and visit.may("delete_user", user)]
    return leaving, [user for user in chosen if user not in leaving]


def _written(visit: Visit, leaving: Sequence[User]) -> bool:
    return users.have_written(visit.view, [user.id for user in leaving])


def _question(visit: Visit, chosen: Sequence[User], error: str = "") -> Response:
    leaving, others = _parted(visit, chosen)
    if not visit.may("delete_users") or (chosen and not leaving):
        raise Forbidden("no_access", "You may not delete these users.")
    if not leaving:
        raise NotFound("no_users", "There are no such users.")
    counts = users.post_counts(visit.view, [user.id for user in leaving])
    return pages.page(
        visit,
        "user-removal.html",
        visit.language.count("Delete %(count)s user", "Delete %(count)s users", len(leaving)),
        status=400 if error else 200,
        error=error,
        leaving=[(user, people.roles_of(visit, user), counts.get(user.id, 0)) for user in leaving],
        names={user.id: display_name(user) for user in leaving},
        left_out=", ".join(user.login for user in others),
        written=_written(visit, leaving),
        heirs=_heirs(visit, leaving),
        option=visit.sent.text("delete_option") or "reassign",
    )


def _heirs(visit: Visit, leaving: Sequence[User]) -> list[tuple[int, str]]:
    """Who can get the posts: those who write, whoever asks first."""
    out = {visit.viewer.id, *(user.id for user in leaving)}
    found = [visit.user, *(user for user in people.writers(visit) if user.id not in out)]
    return [(user.id, f"{display_name(user)} ({user.login})") for user in found]
