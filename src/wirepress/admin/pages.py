"""What all pages of the administration share: their frame, the menu, headers, messages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from html import unescape
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from wirepress.admin import assets
from wirepress.admin.navigation import menu
from wirepress.admin.visit import Visit
from wirepress.content.identity import nonces
from wirepress.content.languages import Language, texts
from wirepress.content.people.users import display_name
from wirepress.model.web import Response
from wirepress.web.headers import Kind, guards


@cache
def environment(language: Language) -> Environment:
    """The templates in a language."""
    made = Environment(
        loader=PackageLoader("wirepress.admin", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(language.catalog, newstyle=True)  # type: ignore[attr-defined]
    made.globals["asset"] = assets.address
    return made


def page(visit: Visit, template: str, title: str, *, status: int = 200, guarded: Kind = Kind.ADMIN,
         rules: Mapping[str, str] | None = None, **words: Any) -> Response:  # fmt: skip
    """A page in the frame of the administration, which nobody keeps; `title` is a text in the user's language.

    A screen that needs more than its kind allows names the `rules` of the policy (`script_src`).
    """
    text = environment(visit.language).get_template(template).render(**frame(visit, title), **words)
    headers = [("content-type", "text/html; charset=utf-8"), ("cache-control", "no-store, private")]
    return Response(status, [*headers, *guards(guarded, **(rules or {}))], text.encode())


def frame(visit: Visit, title: str) -> dict[str, Any]:
    """What every template gets."""
    site = visit.site
    return {
        "visit": visit,
        "title": title,
        "language": visit.language,
        "site_name": unescape(str(site.option("blogname"))) or site.host,
        "home": site.home + "/",
        "admin": visit.address(),
        "menu": menu(visit),
        "notices": notices(visit),
        "user": visit.user,
        "user_name": display_name(visit.user),
        "log_out": log_out(visit),
        "log_in": f"{site.base}/wp-login.php",
    }


def log_out(visit: Visit) -> str:
    given = nonces.nonce(visit.view, visit.viewer, "log-out")
    return f"{visit.site.base}/wp-login.php?action=logout&_wpnonce={given}"


def notices(visit: Visit) -> list[tuple[str, str]]:
    """What does not work, for who can have it mended, and what has just happened, as the address says it: kind and
    text."""
    asked = visit.asked
    found = []
    if visit.may("manage_options"):
        found = [("warning", visit.say(DEGRADED[part])) for part in visit.ports.degraded()]
    for name, (one, many) in DONE.items():
        if name in asked:
            number = asked.number(name, 1)
            found.append(("warning" if name == "skipped" else "done", visit.language.count(one, many, number)))
    return found


_WRITES, _DISK, _WORKER, _FRONT = texts(
    "Nothing can be changed for now: the database takes no writes, or its disk is full. Readers are served.",
    "A disk of this server is nearly full: less than a twentieth is free. Make room before nothing can be kept.",
    "The worker has not been heard of for some minutes: sources are not looked at.",
    "The front cache before this site cannot be told what is written: readers may see for some seconds what was.",
)
DEGRADED = {"writes": _WRITES, "disk": _DISK, "worker": _WORKER, "front": _FRONT}
"""What does not work, as `app.health` names it."""

DONE = {
    "updated": ("%(count)s item is saved.", "%(count)s items are saved."),
    "trashed": ("%(count)s item is in the trash.", "%(count)s items are in the trash."),
    "untrashed": ("%(count)s item is back from the trash.", "%(count)s items are back from the trash."),
    "drafted": (
        "%(count)s item is back from the trash, as a draft.",
        "%(count)s items are back from the trash, as drafts.",
    ),
    "deleted": ("%(count)s item is deleted for good.", "%(count)s items are deleted for good."),
    "approved": ("%(count)s comment is approved.", "%(count)s comments are approved."),
    "unapproved": ("%(count)s comment waits again.", "%(count)s comments wait again."),
    "spammed": ("%(count)s comment is spam.", "%(count)s comments are spam."),
    "unspammed": ("%(count)s comment is no spam.", "%(count)s comments are no spam."),
    "replied": ("The reply is there.", "The replies are there."),
    "skipped": (
        "%(count)s item was left as it is, since you may not change it or somebody works on it.",
        "%(count)s items were left as they are, since you may not change them or somebody works on them.",
    ),
    "added": ("%(count)s item is added.", "%(count)s items are added."),
    "paused": ("%(count)s source is paused.", "%(count)s sources are paused."),
    "resumed": ("%(count)s source is looked at again.", "%(count)s sources are looked at again."),
    "removed": (
        "%(count)s source is removed; its articles stay.",
        "%(count)s sources are removed; their articles stay.",
    ),
    "ordered": ("%(count)s source is looked at now.", "%(count)s sources are looked at now, one after the other."),
    "erased": ("What was known of them is erased from the log.", "What was known of them is erased from the log."),
    "accepted": ("%(count)s article is published.", "%(count)s articles are published."),
    "rejected": (
        "%(count)s article is rejected. It lies in the trash, and does not come again.",
        "%(count)s articles are rejected. They lie in the trash, and do not come again.",
    ),
    "joined": (
        "%(count)s article is merged: its source is named beside the other one's.",
        "%(count)s articles are merged: their sources are named beside the others'.",
    ),
    "redirected": ("The redirect is saved.", "%(count)s redirects are saved."),
    "unredirected": ("%(count)s redirect is deleted.", "%(count)s redirects are deleted."),
    "taken-down": ("It is taken down.", "It is taken down."),
    "lifted": ("The take-down is lifted.", "The take-down is lifted."),
    "erased-content": ("What was kept of it is erased.", "What was kept of it is erased."),
    "merged": (
        "%(count)s story was merged with others.",
        "%(count)s stories are one now; it stays so, whatever the sources send.",
    ),
    "split": (
        "The article is a story of its own now. If it was only linked, the next look at its source takes it.",
        "%(count)s articles are stories of their own now.",
    ),
    "unchosen": ("Nothing was chosen.", "Nothing was chosen."),
    "attached": ("The file is attached.", "The files are attached."),
    "detach": ("The file is attached to nothing now.", "The files are attached to nothing now."),
    "copied": (
        "The changed picture is kept as a copy, shown here. The original is as it was.",
        "The changed pictures are kept as copies. The originals are as they were.",
    ),
    "settings-updated": ("The settings are saved.", "The settings are saved."),
    "promoted": ("%(count)s user has another role now.", "%(count)s users have another role now."),
    "in-log": (
        "A link to choose a password is in the log of this server: no mail leaves it.",
        "%(count)s links to choose passwords are in the log of this server: no mail leaves it.",
    ),
    "mailed": ("A link for a new password is on its way.", "%(count)s links for new passwords are on their way."),
    "saved": ("Your changes are saved.", "Your changes are saved."),
    "ended": ("%(count)s login is ended.", "%(count)s logins are ended."),
    "revoked": ("%(count)s application password is revoked.", "%(count)s application passwords are revoked."),
    "activated": ("The site is shown in this theme now.", "The site is shown in this theme now."),
    "requested": ("A link to confirm the request is on its way.", "A link to confirm the request is on its way."),
    "factor-off": ("The second factor is off.", "The second factor is off."),
}
"""What happened, by the variable of the address that says so (WordPress's names where it has them)."""


def towards(visit: Visit, path: str, /, **variables: Any) -> Response:
    """Leads to a screen after something was done (303, RFC 9110: nothing is sent twice)."""
    return Response(303, [("location", visit.address(path, **variables)), ("cache-control", "no-store, private")])
