"""The fields of a user in forms: what was typed, what is wrong with it, and the changes that it makes."""

from __future__ import annotations

from html import unescape
from typing import Any

from wirepress.admin.visit import Visit
from wirepress.content.languages import SOURCE, available
from wirepress.content.locales import name_of
from wirepress.content.people import users
from wirepress.model.errors import WirepressError
from wirepress.model.user import User
from wirepress.render.values import is_email

NAMES = ("first_name", "last_name", "nickname", "display_name", "email", "url", "description", "locale")
"""The fields under WordPress's names."""
LONGEST_PASSWORD = 4096
FIELDS = {
    "existing_user_email": "email",
    "existing_user_login": "user_login",
    "empty_user_login": "user_login",
    "user_login_too_long": "user_login",
    "user_url_too_long": "url",
    "invalid_role": "role",
}
"""Which field an error speaks of; "" for all of them together."""


class Errors(dict[str, str]):
    """Errors by the names of their fields; a field without one has none to show."""

    def __missing__(self, _: str) -> str:
        return ""


def kept(user: User) -> dict[str, str]:
    """The fields as a user has them, as text: they are kept with their special characters as entities."""
    return {name: unescape(getattr(user, "name" if name == "display_name" else name)) for name in NAMES}


def typed(visit: Visit) -> dict[str, str]:
    """The fields as they were sent."""
    return {name: visit.sent.text(name).replace("\r\n", "\n").strip() for name in NAMES}


def texts(values: dict[str, str]) -> dict[str, Any]:
    """The fields by the names of UserChanges; a language that is not offered is the site's."""
    locale = values["locale"] if values["locale"] in available() else ""
    found = {name: values[name] for name in NAMES if name != "display_name"}
    return {**found, "name": values["display_name"], "locale": locale}


def flaws(visit: Visit, values: dict[str, str], user: User | None = None) -> dict[str, str]:
    """What is wrong with the fields, by their names."""
    errors = {}
    if not is_email(values["email"]):
        errors["email"] = visit.say("This is no e-mail address.")
    else:
        owner = users.by_email(visit.view, values["email"])
        if owner is not None and (user is None or owner.id != user.id):
            errors["email"] = visit.say("There is a user with this e-mail address already.")
    return errors


def password_flaw(visit: Visit, *, needed: bool = False) -> str:
    """What is wrong with a new password, "" for nothing; none at all is right unless one is needed (edit_user)."""
    given, again = visit.sent.text("pass1"), visit.sent.text("pass2")
    if not given and not again:
        return visit.say("The password is empty.") if needed else ""
    if not given.strip():
        return visit.say("The password is empty.")
    if given != again:
        return visit.say("The two passwords are not the same.")
    if "\\" in given:
        return visit.say("A password holds no backslash.")
    return visit.say("The password is too long.") if len(given.encode()) > LONGEST_PASSWORD else ""


def field_of(error: WirepressError) -> str:
    """Which field an error of a write speaks of."""
    return FIELDS.get(error.code, "")


def languages(visit: Visit) -> list[tuple[str, str]]:
    """The languages of the administration, the site's own first."""
    own = name_of(visit.site.locale)
    found = [("", visit.say("As the site (%(language)s)", language=own))]
    return found + [(name, name_of(name)) for name in sorted(available() or (SOURCE,))]
