"""What screens show of users: their roles in words, a picture, what their logins came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wirepress.admin.visit import Visit
from wirepress.content.identity.viewer import viewer_of
from wirepress.content.people import users
from wirepress.content.people.users import display_name
from wirepress.model.user import User

MOST_WRITERS = 500
"""How many a list to choose from holds."""
TONES = 6
"""How many colours there are for the pictures of users."""
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Vivaldi", "Vivaldi"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("HeadlessChrome", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
"""Signs in a User-Agent, those first that others have as well."""


def address(visit: Visit, user: User) -> str:
    """Where a user is edited: everybody's own page is the profile."""
    if user.id == visit.viewer.id:
        return visit.address("profile.php")
    return visit.address("user-edit.php", user_id=user.id)


def roles_of(visit: Visit, user: User) -> str:
    """The roles of a user in words, "" for none."""
    held = viewer_of(visit.site, user).roles
    return ", ".join(visit.say(visit.site.roles[name].name) for name in held)


def roles_to_give(visit: Visit, *, none: bool = True) -> list[tuple[str, str]]:
    """The roles that can be chosen."""
    found = [(slug, visit.say(role.name)) for slug, role in visit.site.roles.items()]
    return [*found, ("none", visit.say("No role on this site"))] if none else found


def writers(visit: Visit) -> list[User]:
    """Those who write, by name: who can be the author of something; of very many the first."""
    return users.holding(visit.view, "edit_posts")[0][:MOST_WRITERS]


def keeps_its_keys(visit: Visit, user: User, role: str) -> bool:
    """Whether a user may get a role: not one that takes from whoever gives it what lets them give roles
    (edit_user)."""
    if user.id != visit.viewer.id:
        return True
    given = visit.site.roles.get(role)
    return given is not None and bool(given.capabilities.get("promote_users"))


def avatar(visit: Visit, user: User) -> Mapping[str, Any] | None:
    """A picture of a user made of their initials; None where the site shows none.  Nothing is fetched for it."""
    if not visit.site.flag("show_avatars"):
        return None
    words = display_name(user).split()
    initials = "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words))
    return {"initials": initials.upper() or "?", "tone": user.id % TONES}


def browser(visit: Visit, agent: str) -> str:
    """A browser and its system in words, from what it said of itself."""
    name = next((name for sign, name in BROWSERS if sign in agent), "")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    if name and system:
        return visit.say("%(browser)s on %(system)s", browser=name, system=system)
    return name or system or visit.say("An unknown program")
