"""`admin.php?page=import` (WordPress's import.php leads there): what can come, and what becomes of it."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

from wirepress.admin import files, moments, pages
from wirepress.admin.screens.imports import upload, words
from wirepress.admin.screens.imports.panel import HERE, live, panel
from wirepress.admin.screens.sources.words import gmt
from wirepress.admin.visit import Menu, Screen, Visit
from wirepress.content import imports
from wirepress.content.people.users import display_name
from wirepress.model.errors import Invalid, WirepressError
from wirepress.model.order import Order
from wirepress.model.web import Response


def show(visit: Visit) -> Response:
    number = visit.asked.number("order")
    return _one(visit, imports.get(visit.view, visit.viewer, number)) if number else _all(visit)


def _one(visit: Visit, order: Order, error: str = "") -> Response:
    """The page of a look or an import."""
    return pages.page(
        visit,
        "imports/one.html",
        words.title(visit, order),
        status=400 if error else 200,
        panel=panel(visit, order),
        error=error,
        here=visit.address(HERE),
    )


def _all(visit: Visit, error: str = "") -> Response:
    """What can be imported, how it is done at the command line, and what was."""
    found = imports.history(visit.view)
    visit.view.lookup.prefetch_users(order.user for order in found if order.user)
    allowed = visit.imports
    return pages.page(
        visit,
        "imports/index.html",
        visit.say("Import from WordPress"),
        status=400 if error else 200,
        error=error,
        empty=imports.is_empty(visit.view),
        under_way=next((_row(visit, order) for order in found if order.open), None),
        history=[_row(visit, order) for order in found],
        takes_files=bool(allowed.limit),
        limit=files.octets(visit, allowed.limit),
        whole_limit=files.octets(visit, upload.whole_limit(visit)),
        upload=upload.terms(visit),
        databases=allowed.databases,
        commands=_commands(visit),
        here=visit.address(HERE),
    )


def _commands(visit: Visit) -> list[tuple[str, str]]:
    """What is typed on the server, with a word on what for."""
    begin = f"{visit.imports.command} import wordpress"
    address = shlex.quote("mysql+pymysql://USER:PASSWORD@HOST/DATABASE")
    return [
        (visit.say("A MySQL or MariaDB database, with the pictures and other files:"),
         f"{begin} {address} --uploads /path/to/wp-content/uploads --keep-accounts --keep-address"),
        (visit.say("A copy of the database in SQLite, however large:"),
         f"{begin} sqlite:////path/to/wordpress.sqlite --keep-accounts --keep-address"),
        (visit.say("What all of this means:"), f"{visit.imports.command} import wordpress --help"),
    ]  # fmt: skip


def _row(visit: Visit, order: Order) -> Mapping[str, Any]:
    user = visit.view.lookup.user(order.user) if order.user else None
    who = display_name(user) if user else visit.say("Nobody")
    when = gmt(order.begun or order.placed)
    return {
        "id": order.id,
        "name": words.name_of(visit, order),
        "href": visit.address(HERE, order=order.id),
        "state": words.state(visit, order),
        "who": visit.say("Command line") if "by" in order.given else who,
        "when": {"full": moments.full(visit, when), "ago": moments.ago(visit, when), "iso": moments.iso(visit, when)},
        "summary": words.summary(visit, order),
        "error": visit.say(order.error) if order.error else "",
    }


def act(visit: Visit) -> Response:
    """Orders what a form asks for."""
    action, _, name = visit.sent.text("action").partition(":")
    act_of = _ACTIONS.get(action)
    if act_of is None:
        raise Invalid("no_action", "Choose first what shall be done.")
    order = act_of(visit, name)
    return pages.towards(visit, HERE, order=order.id)


def _upload(visit: Visit, _: str) -> Order:
    """A look at a file that came whole with this form, or in pieces before it."""
    sent = upload.first(visit, "file")
    key = visit.prepared or visit.sent.text("key")
    if not key:
        raise Invalid("no_file", "Choose a file first.")
    name = sent.name if sent else visit.sent.text("name")
    plain = name.replace("\\", "/").rpartition("/")[2].replace("\0", "")
    return imports.preview_file(visit.view, visit.viewer, visit.imports, str(key), plain)


def _database(visit: Visit, name: str) -> Order:
    return imports.preview_database(visit.view, visit.viewer, visit.imports, name)


def _sent_order(visit: Visit) -> Order:
    return imports.get(visit.view, visit.viewer, visit.sent.number("order"))


def _install(visit: Visit, prefix: str) -> Order:
    return imports.preview_install(visit.view, visit.viewer, _sent_order(visit), prefix)


def _start(visit: Visit, _: str) -> Order:
    keep = bool(visit.sent.text("keep_address"))
    return imports.start(visit.view, visit.viewer, _sent_order(visit), keep_address=keep)


def _cancel(visit: Visit, _: str) -> Order:
    order = _sent_order(visit)
    imports.cancel(visit.view, visit.viewer, order.id)
    return order


_ACTIONS = {"upload": _upload, "look": _database, "install": _install, "start": _start, "cancel": _cancel}


def again(visit: Visit, error: WirepressError) -> Response:
    """The page that a refused form came from, with what is wrong."""
    number = visit.sent.number("order")
    if number:
        return _one(visit, imports.get(visit.view, visit.viewer, number), visit.why(error))
    return _all(visit, visit.why(error))


def prepare(visit: Visit) -> Any:
    """What a form brings, on the disk; the page with what is wrong where it is no database."""
    try:
        return upload.prepare(visit)
    except WirepressError as error:
        return _all(visit, visit.why(error))


def _may(visit: Visit) -> bool:
    return imports.may(visit.view, visit.viewer)


def _menus(visit: Visit) -> Mapping[str, Menu]:
    return {HERE: Menu("Import", "tools", 20)} if _may(visit) else {}


def _lead(visit: Visit) -> Response:
    return pages.towards(visit, HERE)


SCREENS = (
    Screen(
        path="admin.php",
        page="import",
        show=show,
        act=act,
        again=again,
        prepare=prepare,
        files=True,
        may=_may,
        menus=_menus,
        live=live,
    ),
    Screen(path="import.php", show=_lead, may=_may),
)
