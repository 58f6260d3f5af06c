"""What is said of imports, in words that everybody knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wirepress.admin.visit import Visit
from wirepress.content.languages import texts
from wirepress.model.order import Order, OrderKind, OrderState

STATES = {
    OrderState.WAITING: ("Waiting for its turn", ""),
    OrderState.WORKING: ("Under way", ""),
    OrderState.DONE: ("Done", "good"),
    OrderState.FAILED: ("It did not work", "bad"),
    OrderState.CANCELLED: ("Stopped", "warn"),
}
STEPS = {
    "users": "Users",
    "terms": "Categories and tags",
    "options": "Settings",
    "posts": "Posts, pages and media",
    "comments": "Comments",
    "other tables": "Tables of plugins",
    "totals": "Totals",
    "files": "Files",
    "redirects": "Redirects",
    "origins": "Where articles came from",
    "renderings": "Pages made ready for readers",
}
"""The steps of an import, in their order."""
LOOKS = {
    "check": "The database is opened and checked.",
    "count": "What is in it is counted.",
    "compare": "It is compared with what is here.",
}
CAME = {
    "posts": "Posts, pages, media and revisions",
    "users": "Users",
    "comments": "Comments",
    "terms": "Categories, tags and other terms",
    "terms of posts": "Terms given to posts",
    "options": "Settings",
    "application passwords": "Application passwords",
    "files": "Files",
    "kept rows": "Rows kept whole",
    "redirects": "Redirects",
    "origins": "Articles whose origin was recognised",
    "proposed sources": "Sources that are proposed",
}
"""What comes, the most wanted first."""
REMARKS = {
    "transients": "Cached values of WordPress",
    "options of another Wirepress": "Settings of another Wirepress site",
    "options": "Settings of plugins and themes",
    "options of WordPress": "Settings of WordPress itself",
    "theme": "The theme",
    "accounts of this site": "Accounts of this site",
    "texts that are no UTF-8": "Texts with broken characters",
    "NUL characters": "Texts with NUL characters",
    "numbers": "Numbers that were none",
    "broken PHP values": "Values that cannot be read",
    "users' capabilities": "Users without a readable role",
    "application passwords": "Application passwords",
    "files of attachments": "Files of media",
    "files in the way": "Files in the way",
    "redirects of plugins": "Redirects of plugins",
    "articles that are here twice": "Articles that are here twice",
    "files outside the folder": "Files outside the folder",
    "closed folders": "Closed folders",
    "symbolic links": "Symbolic links",
    "hidden files": "Hidden files",
    "programs": "Programs",
    "sockets, pipes and devices": "Sockets, pipes and devices",
    "files with broken names": "Files with broken names",
    "meta of posts": "Custom fields of posts",
    "meta of users": "Custom fields of users",
    "meta of terms": "Custom fields of terms",
    "meta of comments": "Custom fields of comments",
}
BEGINNINGS = {
    "posts of type ": "Posts of the type “%(name)s”",
    "terms of ": "Terms of “%(name)s”",
    "users of ": "Users of the table %(name)s",
    "rows of ": "The table %(name)s",
    "columns ": "Columns: %(name)s",
    "redirects of ": "Redirects of %(name)s",
    "shortcode ": "The shortcode %(name)s",
    "block ": "The block %(name)s",
}
WHYS = texts(
    *("cached values of WordPress; nothing reads them", "not taken: the names are this site's own"),
    *("kept as options; nothing here reads them yet", "kept with them; nothing here reads these keys yet"),
    "shown as they are written: the plugin that replaced them is not here",
    "their saved text is shown; what the plugin makes when a page is read is not",
    "its look does not come: the site has that of its theme here",
    *("not WordPress's own", "another user has the same login", "the same term in the same taxonomy once more"),
    *("a taxonomy that nothing here serves yet", "a type that nothing here serves yet", "they are no files"),
    *("meta of something that is not there", "WordPress's old link list", "a table of a plugin or a network"),
    *("their term is not there", "in no taxonomy", "of links, or of something that is not there"),
    *("it is one with the account of that name there", "its number was taken there", "nothing serves them"),
    *("their broken characters were replaced", "removed: a text cannot hold them"),
    *("taken as 0: the column held no number", "kept as the text they are: not readable as data"),
    *("no role given: the value is no table of roles", "not usable: no hash in them", "not in the folder"),
    *("this site has something else of that name", "this site has another file of that name"),
    *("their path leads elsewhere", "their .htaccess lets nobody read them", "they may lead out of the folder"),
    *("uploads hold no programs here", "the name is no UTF-8", "there are more than are taken"),
    *("a pattern; only single paths are redirected here", "it begins at an address with a query"),
    *("it holds under a condition, which is not looked at here", "it was switched off"),
    "it does something else than lead on or say that something is gone",
    "it leads in a circle, out of the web or from no path of the site",
)
"""The reasons that an import gives."""
ERRORS = texts(
    "It was cut short, since the server ended. What has come stays, and it can go on from there.",
    "It was cut short, since the worker ended; try again.",
    "It took too long, and was ended. What has come stays, and it can go on from there.",
    "It was interrupted. What has come stays, and it can go on from there.",
    "It took too long, or the server ended; look again.",
    "The database cannot be reached, or went away. The log of the worker says more.",
    "The file is damaged: SQLite cannot read all of it.",
    "This site may not import from such a database.",
)
"""What the worker says of failures."""
PATIENCE = 15
"""Seconds after which an order that nobody has taken is remarked upon."""


def state(visit: Visit, order: Order) -> Mapping[str, str]:
    """How far an order is, as a heading and a badge."""
    word, colour = STATES[order.state]
    waits = int(visit.view.now().timestamp()) - order.placed
    note = ""
    if order.state is OrderState.WAITING and waits > PATIENCE:
        note = visit.say("Nobody has taken it up yet. Is the worker running?")
    return {"text": visit.say(word), "colour": colour, "note": note}


def title(visit: Visit, order: Order) -> str:
    """What an order is about."""
    if order.kind is OrderKind.PREVIEW:
        return visit.say("What is in %(name)s", name=name_of(visit, order))
    return visit.say("Import of %(name)s", name=name_of(visit, order))


def name_of(visit: Visit, order: Order) -> str:
    """The file or database that an order speaks of."""
    return str(order.given.get("name", "")) or visit.say("a WordPress site")


def remark(visit: Visit, one: Mapping[str, Any]) -> Mapping[str, Any]:
    """Something that was kept, changed or left out, with the reason."""
    what = str(one["what"])
    said = visit.say(REMARKS[what]) if what in REMARKS else ""
    for beginning, text in BEGINNINGS.items():
        if not said and what.startswith(beginning):
            said = visit.say(text, name=what.removeprefix(beginning).partition(": ")[0])  # the rest is the reason
    return {
        "what": said or what,
        "number": one["number"],
        "why": visit.say(str(one["why"])),
        "examples": ", ".join(map(str, one.get("examples", ()))),
    }


def came(visit: Visit, result: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What came, the most wanted first."""
    found: Mapping[str, Mapping[str, int]] = result.get("came", {})
    order = [name for name in CAME if name in found] + [name for name in found if name not in CAME]
    return [{"what": visit.say(CAME.get(name, name)), **found[name]} for name in order]


def summary(visit: Visit, order: Order) -> str:
    """What an import did, in a line."""
    result = order.result
    if not result.get("came"):
        return ""
    if not result.get("changes"):
        return visit.say("Everything was here already; nothing was changed.")
    parts = []
    for name, (one, many) in COUNTED.items():
        number = result["came"].get(name, {}).get("new", 0)
        if number:
            parts.append(visit.language.count(one, many, number))
    changed = sum(tally.get("changed", 0) for tally in result["came"].values())
    if changed:
        parts.append(visit.language.count("%(count)s changed", "%(count)s changed", changed))
    return ", ".join(parts) or visit.say("Some small things came.")


COUNTED = {
    "posts": ("%(count)s post of any type", "%(count)s posts of all types"),
    "users": ("%(count)s user", "%(count)s users"),
    "comments": ("%(count)s comment", "%(count)s comments"),
    "files": ("%(count)s file", "%(count)s files"),
}


def steps(visit: Visit, progress: Mapping[str, Any], *, files: bool) -> Sequence[Mapping[str, Any]]:
    """The steps with how far each is: done, going on, or to come; `files`: those come as well."""
    known = {str(name): (done, total) for name, done, total in progress.get("steps", ())}
    current = list(known)[-1] if known else ""
    wanted = [name for name in STEPS if name != "files" or files or name in known]
    listed = [*wanted, *(name for name in known if name not in STEPS)]
    found = []
    for name in listed:
        done, total = known.get(name, (0, 0))
        state = "later"
        if name in known:
            state = "now" if name == current else "done"
        found.append({"name": visit.say(STEPS.get(name, name)), "done": done, "total": total, "state": state})
    return found
