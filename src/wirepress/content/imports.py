"""Imports as the administration orders them: what may come, a look at it before, the import, and what became of each.

The worker carries them out (`transfer.wordpress.carry`).  An order names an uploaded file by its key, or a database by
the name that the owner of the machine gave it (`imports.toml`): never an address, never a path, never a password.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from wirepress.content.identity.permissions import may as may_do
from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import View
from wirepress.model.errors import Conflict, Forbidden, Invalid, NotFound
from wirepress.model.order import IMPORTS, Order, OrderKind, OrderState
from wirepress.store import orders as store
from wirepress.store import posts as post_store
from wirepress.store.import_files import ImportFiles

NEEDED: Final = ("import", "manage_options", "promote_users")
"""An import brings users, their roles and the options as well: `import` alone does not allow that."""
MOST: Final = 20
"""Orders that may be open at once."""
SHOWN: Final = 20
"""Imports that the history shows."""
LONGEST: Final = 200
MAGIC: Final = b"SQLite format 3\0"
_XML: Final = (b"<?xml", b"<rss", b"\xef\xbb\xbf<?xml")
_SQL: Final = (b"-- ", b"/*", b"SET ", b"CREATE ", b"DROP ", b"INSERT ")
_PACKED: Final = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z")


@dataclass(frozen=True, slots=True)
class Named:
    """A database that the owner of the machine allows to import from, and whether its files come along."""

    name: str
    with_files: bool = False


@dataclass(frozen=True, slots=True)
class Allowed:
    """What may be imported from the administration: uploads where there is a folder for them, databases by name.

    `command` is how the command line begins for this site.
    """

    files: ImportFiles | None = None
    databases: tuple[Named, ...] = ()
    command: str = "wirepress"

    @property
    def limit(self) -> int:
        """The most bytes of an uploaded database, 0 where none are taken."""
        return self.files.limit if self.files else 0


def may(view: View, viewer: Viewer) -> bool:
    """Whether a viewer may import."""
    return all(may_do(view, viewer, capability) for capability in NEEDED)


def is_empty(view: View) -> bool:
    """Whether the site holds no posts yet."""
    return not any(post_store.counts(view.unit).values())


def check_beginning(data: bytes) -> None:
    """Raises Invalid for a file that is no SQLite database by how it begins, with a word on what it may be."""
    if data.startswith(MAGIC):
        return
    beginning = data[:4096].lstrip()
    if beginning.startswith(_XML):
        raise Invalid(
            "no_sqlite",
            "This is an export file of WordPress (WXR). It lacks users, settings and passwords, and cannot be imported"
            " here: a copy of the database is needed.",
        )
    if beginning.startswith(_SQL):
        raise Invalid(
            "no_sqlite",
            "This is a dump of a database as SQL. Load it into a MySQL or MariaDB server, and import that on the"
            " command line.",
        )
    if beginning.startswith(_PACKED):
        raise Invalid("no_sqlite", "This file is packed. Unpack it, and upload the database that is in it.")
    raise Invalid("no_sqlite", "This is no SQLite database.")


def kept_files(view: View) -> list[str]:
    """The keys of the uploaded files that open orders speak of."""
    found = (order for kind in IMPORTS for order in store.of_kind(view.unit, kind, store.HISTORY))
    return [str(order.given["file"]) for order in found if order.open and "file" in order.given]


def preview_file(view: View, viewer: Viewer, allowed: Allowed, key: str, name: str) -> Order:
    """Orders to look what an uploaded file holds.  Raises NotFound where it has not come whole."""
    _refuse(view, viewer)
    if allowed.files is None:
        raise NotFound("no_file", "The uploaded file is not there any more; upload it again.")
    size = allowed.files.path(key).stat().st_size
    return _place(view, viewer, OrderKind.PREVIEW, {"file": key, "name": name[:LONGEST], "size": size})


def preview_database(view: View, viewer: Viewer, allowed: Allowed, name: str) -> Order:
    """Orders to look what a database holds.  Raises NotFound for one that is not allowed."""
    _refuse(view, viewer)
    if name not in {one.name for one in allowed.databases}:
        raise NotFound("no_database", "This site may not import from such a database.")
    return _place(view, viewer, OrderKind.PREVIEW, {"database": name, "name": name})


def preview_install(view: View, viewer: Viewer, before: Order, prefix: str) -> Order:
    """Orders to look at one of several WordPress sites that a look has found.  Raises Invalid for none of them."""
    _refuse(view, viewer)
    if prefix not in before.result.get("installs", ()):
        raise Invalid("no_such_prefix", "There is no such site in this database.")
    return _place(view, viewer, OrderKind.PREVIEW, {**before.given, "prefix": prefix})


def start(view: View, viewer: Viewer, before: Order, *, keep_address: bool) -> Order:
    """Orders the import that was looked at, or one that has ended to go on.  Raises Conflict where it cannot be."""
    _refuse(view, viewer)
    looked = before.kind is OrderKind.PREVIEW and before.state is OrderState.DONE and "types" in before.result
    if not looked and (before.kind is not OrderKind.IMPORT or before.open or "by" in before.given):
        raise Conflict("not_ready", "There is nothing to import yet: look what there is first.")
    if before.result.get("refused"):
        raise Conflict("ids_taken", str(before.result["refused"]))
    if store.under_way(view.unit, OrderKind.IMPORT) is not None:
        raise Conflict("import_under_way", "An import is under way already; wait until it has ended, or stop it.")
    return _place(view, viewer, OrderKind.IMPORT, {**before.given, "keep_address": keep_address})


def get(view: View, viewer: Viewer, order_id: int) -> Order:
    """A look or an import.  Raises NotFound where there is none that the viewer may see."""
    order = store.get(view.unit, order_id)
    if order is None or order.kind not in IMPORTS or not may(view, viewer):
        raise NotFound("no_order", "There is no such import any more.")
    return order


def cancel(view: View, viewer: Viewer, order_id: int) -> bool:
    """Ends a look or an import that is not wanted any more; whether it was still open."""
    order = get(view, viewer, order_id)
    return store.cancel(view.unit, order.id, int(view.now().timestamp()))


def history(view: View) -> list[Order]:
    """The imports, the newest first; those of the command line are among them."""
    return store.of_kind(view.unit, OrderKind.IMPORT, SHOWN)


def under_way(view: View) -> Order | None:
    """The import that is going on."""
    return store.under_way(view.unit, OrderKind.IMPORT)


def _refuse(view: View, viewer: Viewer) -> None:
    if not may(view, viewer):
        raise Forbidden("no_access", "You may not do this.")


def _place(view: View, viewer: Viewer, kind: OrderKind, given: Mapping[str, Any]) -> Order:
    if store.opened(view.unit) >= MOST:
        raise Conflict("too_many_orders", "Too much is under way already; wait until some of it is done.")
    now = int(view.now().timestamp())
    found = store.get(view.unit, store.place(view.unit, kind, viewer.id, 0, given, now))
    assert found is not None
    return found
