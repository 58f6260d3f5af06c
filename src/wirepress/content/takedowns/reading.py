"""Take-downs that there are, who may see them, and which of them an address is of."""

from __future__ import annotations

from urllib.parse import unquote

from wirepress.content.identity.permissions import may as may_do
from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.registry.roles import TAKE_DOWN
from wirepress.content.rewrite.rules import COMMENT_PAGE, EMBED, PAGED, PART, TAIL, TRACKBACK
from wirepress.content.rewrite.target import Target
from wirepress.model.errors import Forbidden
from wirepress.model.takedown import Takedown, TakedownQuery
from wirepress.store import takedowns as store

__all__ = ["TAKE_DOWN", "at_address", "browse", "get", "may", "path_key", "require", "scrub"]

_BELOW = (TAIL, PAGED, EMBED, TRACKBACK, COMMENT_PAGE, PART)
"""What stands behind the address of a post for a part of it, or another form."""


def may(view: View, viewer: Viewer) -> bool:
    """Whether a viewer may see take-downs, make them and lift them."""
    return may_do(view, viewer, TAKE_DOWN)


def require(view: View, viewer: Viewer) -> None:
    """Raises Forbidden for whoever may not."""
    if not may(view, viewer):
        raise Forbidden("no_access", "You may not take anything down.")


def browse(view: View, viewer: Viewer, query: TakedownQuery) -> tuple[list[Takedown], int]:
    """A page of take-downs, newest first, and how many there are in all.  Raises Forbidden."""
    require(view, viewer)
    return store.find(view.unit, query)


def get(view: View, takedown_id: int) -> Takedown | None:
    """The take-down of this id."""
    return store.get(view.unit, takedown_id)


def path_key(path: str) -> str:
    """What a path of this site is known by: decoded, whatever its case, without slashes at its ends."""
    return unquote(path).strip("/").casefold()


def at_address(view: View, target: Target, path: str) -> Takedown | None:
    """The take-down of what was at a path, or at a query that names a post; of its feeds, parts and embeds too."""
    for name in ("p", "id"):
        if (number := target.parts.get(name, "")).isdecimal():
            return store.known(view.unit, "post", (str(int(number[:20])),))
    inner = path.strip("/")
    endings = (ending.search(inner) for ending in _BELOW)
    above = (inner[: found.start()] for found in endings if found is not None)
    return store.known(view.unit, "path", [path_key(path) for path in (inner, *above)])


def scrub(newsroom: Newsroom) -> bool:
    """Makes sure that what was erased cannot be read in the files of the database; whether there was any."""
    with newsroom.database.read() as unit:
        waiting = store.unscrubbed(unit)
    if not waiting:
        return False
    newsroom.database.scrub()
    with newsroom.database.write() as unit:
        store.note_scrubbed(unit, waiting)
    return True
