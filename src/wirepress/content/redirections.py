"""Redirects of the site's own: which may be, and where one leads from an address at which nothing else is."""

from __future__ import annotations

from urllib.parse import quote, unquote, urlsplit

from wirepress.content.newsroom import View
from wirepress.model.errors import Invalid
from wirepress.model.redirect import STATUSES, Redirect
from wirepress.store import redirects as store
from wirepress.url.parse import is_address

LONGEST = 2000
DEEPEST = 10
"""Redirects in a row that are followed in search of a loop; no more may stand behind each other."""


def key(path: str) -> str:
    """A path as redirects are known by it."""
    return unquote(path).rstrip("/")


def at(view: View, path: str) -> Redirect | None:
    """The redirect from a path; one statement."""
    known = key(path)
    return store.get(view.unit, known) if known and "\0" not in known else None


def location(view: View, redirect: Redirect) -> str:
    """Where a redirect leads, as an address."""
    if redirect.target.startswith("/"):
        return view.site.home + quote(redirect.target, safe="/?#&=%:@!$'()*+,;~-._")
    return redirect.target


def put(view: View, source: str, target: str, status: int = 301) -> Redirect:
    """Keeps a redirect.  Raises Invalid for one that leads nowhere, in a circle or out of the web."""
    made = checked(view, source, target, status)
    store.put(view.unit, made)
    return made


def checked(view: View, source: str, target: str, status: int) -> Redirect:
    """A redirect that may be kept."""
    path = key(_own_path(view, source.strip()))
    target = "" if status == 410 else target.strip()
    if status not in STATUSES:
        raise Invalid("redirect_status", f"{status} is none of {', '.join(map(str, STATUSES))}.")
    if not path.startswith("/") or any(sign in path for sign in "?#*\\") or len(path) > LONGEST:
        raise Invalid("redirect_path", f"{source!r} is no path of this site: /old/page, without a query or a pattern.")
    if not path.isprintable() or not target.isprintable() or len(target) > LONGEST:
        raise Invalid("redirect_target", "Addresses have no invisible characters, and 2,000 characters at most.")
    is_path = target.startswith("/") and not target.startswith(("//", "/\\"))
    if status != 410 and not is_path and not is_address(target):
        raise Invalid("redirect_target", f"{target!r} is neither a path of this site nor an address of the web.")
    made = Redirect(path, target, status)
    if _turns(view, made):
        raise Invalid("redirect_loop", f"From {path} to {target} leads in a circle, or over too many others.")
    return made


def _own_path(view: View, address: str) -> str:
    """The path of an address of this site; any other text as it is."""
    inner = address.removeprefix(view.site.home)
    return inner if inner.startswith("/") else address


def _turns(view: View, made: Redirect) -> bool:
    """Whether a redirect leads to where it came from."""
    target = made.target
    for _ in range(DEEPEST):
        path = key(urlsplit(_own_path(view, target)).path) if _own_path(view, target).startswith("/") else ""
        if not path:
            return False
        if path == made.path:
            return True
        known = store.get(view.unit, path)
        if known is None:
            return False
        target = known.target
    return True
