"""Redirects of the site's own: which may be, and where one leads from an address at which nothing else is."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import quote, unquote, urljoin, urlsplit

from wirepress.content.newsroom import View
from wirepress.model.errors import Conflict, Invalid, NotFound
from wirepress.model.redirect import STATUSES, Redirect
from wirepress.store import redirects as store
from wirepress.url.parse import is_address

LONGEST = 2000
MOST = 10_000
"""Redirects of one file: all are taken in one write, and other writers wait for it."""
DIGITS = 3
"""Digits of a status."""
_PORTS = {"http": 80, "https": 443}
DEEPEST = 10
"""Redirects in a row that are followed in search of a loop; no more may stand behind each other."""


def key(path: str) -> str:
    """A path within the site as redirects are known by it."""
    return unquote(path).rstrip("/")


def at(view: View, path: str) -> Redirect | None:
    """The redirect from a path within the site; one statement."""
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


def browse(view: View, search: str, page: int, per_page: int) -> tuple[list[Redirect], int]:
    """A page of redirects by path, those with a text in path or target, and how many there are in all."""
    return store.find(view.unit, search, (page - 1) * per_page, per_page)


def change(view: View, before: str, source: str, target: str, status: int) -> Redirect:
    """Puts a redirect in the place of one.  Raises NotFound where there is none from that path, Invalid as `put`, and
    Conflict where its new path has another one."""
    if store.get(view.unit, key(before)) is None:
        raise NotFound("redirect_unknown", "There is no such redirect any more.")
    store.remove(view.unit, key(before))
    made = checked(view, source, target, status)
    if store.get(view.unit, made.path) is not None:
        raise Conflict("redirect_taken", "There is another redirect from this path.")
    store.put(view.unit, made)
    return made


def remove(view: View, source: str) -> bool:
    """Removes the redirect from a path and says whether there was one."""
    return store.remove(view.unit, key(source))


def take(view: View, text: str) -> int:
    """Takes the redirects of a CSV file, all of them; how many there were.  Raises Invalid, with the `line` among its
    data, for a file that is none or holds a redirect that may not be."""
    rows = rows_of(text)
    for number, source, target, status in rows:
        try:
            put(view, source, target, status)
        except Invalid as error:
            raise Invalid(error.code, error.text, {"line": number}, words=error.words) from error
    return len(rows)


def rows_of(text: str) -> list[tuple[int, str, str, int]]:
    """The redirects of a CSV file (path, target and, if any, status), each with the number of its line.  Raises Invalid
    for a file that is none."""
    found: list[tuple[int, str, str, int]] = []
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    try:
        for row in filter(None, reader):
            source, target, status, *_ = [*row, "", "", ""]
            status = status.strip()
            here = {"line": reader.line_num}
            if status and not (status.isascii() and status.isdecimal() and len(status) == DIGITS):
                raise Invalid("redirect_file", "%(status)s is no status.", here, words={"status": status[:20]})
            if len(found) == MOST:
                raise Invalid("redirect_file", "A file has %(most)s redirects at most.", here, words={"most": MOST})
            found.append((reader.line_num, source, target, int(status or 301)))
    except csv.Error as error:
        raise Invalid("redirect_file", "This is no CSV file.") from error
    return found


def checked(view: View, source: str, target: str, status: int) -> Redirect:
    """A redirect that may be kept."""
    path = key(_own_path(view, source.strip()))
    target = "" if status == 410 else target.strip()
    if status not in STATUSES:
        words: dict[str, object] = {"status": status, "statuses": ", ".join(map(str, STATUSES))}
        raise Invalid("redirect_status", "%(status)s is none of %(statuses)s.", words=words)
    if not path.startswith("/") or any(sign in path for sign in "?#*\\") or len(path) > LONGEST:
        raise Invalid(
            "redirect_path",
            "“%(path)s” is no path of this site: /old/page, without a query or a pattern.",
            words={"path": source[:LONGEST]},
        )
    if not path.isprintable() or not target.isprintable() or len(target) > LONGEST:
        raise Invalid("redirect_target", "Addresses have no invisible characters, and 2,000 characters at most.")
    made = Redirect(path, "" if status == 410 else _target(view, target), status)
    if target and _turns(view, made):
        text = "From %(path)s to %(target)s leads in a circle, or over too many others."
        raise Invalid("redirect_loop", text, words={"path": path, "target": target})
    return made


def _target(view: View, target: str) -> str:
    """Where a redirect leads, as it is kept.  Raises Invalid for what is neither of this site nor of the web."""
    if target.startswith("/") and not target.startswith(("//", "/\\")):
        return _own_path(view, target)
    if not is_address(target):
        raise Invalid(
            "redirect_target",
            "“%(target)s” is neither a path of this site nor an address of the web.",
            words={"target": target},
        )
    return target


def _own_path(view: View, address: str) -> str:
    """The path within this site of an address of its, whole or with the folder of its host that it lies in; any other
    text as it is."""
    for before in (view.site.home, urlsplit(view.site.home).path.rstrip("/")):
        inner = address.removeprefix(before)
        if before and inner != address and (not inner or inner[0] in "/?#"):
            return inner if inner.startswith("/") else f"/{inner}"
    return address


def _followed(view: View, path: str, target: str) -> str:
    """The path of this site that a browser comes to from one with a target, "" where that is elsewhere: it resolves
    dots, and neither case nor scheme nor the usual port make another host (RFC 3986, 5.2.4 and 6.2)."""
    home = urlsplit(view.site.home)
    split = urlsplit(urljoin(f"{view.site.home}{path}", f"{view.site.home}{target}" if target[:1] == "/" else target))
    if split.hostname != home.hostname or (split.port or _PORTS.get(split.scheme)) not in (
        home.port or _PORTS.get(home.scheme),
        *(() if home.port else _PORTS.values()),
    ):
        return ""
    found = urljoin("/", re.sub(r"%2e", ".", split.path, flags=re.IGNORECASE)) or "/"
    found = _own_path(view, found)
    return found.removeprefix("/index.php") or "/" if found.startswith("/index.php/") else found


def _turns(view: View, made: Redirect) -> bool:
    """Whether a redirect leads to where it came from."""
    target = made.target
    for _ in range(DEEPEST):
        path = key(_followed(view, made.path, target))
        if not path:
            return False
        if path == made.path:
            return True
        known = store.get(view.unit, path)
        if known is None or not known.target:
            return False
        target = known.target
    return True
