"""`export-personal-data.php`, `erase-personal-data.php`: what people ask for about their data, and doing it.

`request=3` opens one request: what an erasure would do, how far it is, what it has done.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any, Final

from wirepress.admin import lists, moments, pages
from wirepress.admin.visit import Menu, Screen, Visit, needs
from wirepress.content.languages import language_of, texts
from wirepress.content.people import users
from wirepress.content.privacy import archive, erasing, ordered, requests
from wirepress.content.privacy.requests import Kind, PersonalRequest, Status
from wirepress.content.privacy.subject import address_of, subject_of
from wirepress.model.errors import Conflict, Invalid, NotFound, TooLarge, WirepressError
from wirepress.model.moment import stamp
from wirepress.model.order import Order, OrderState
from wirepress.model.web import Response
from wirepress.web.headers import Kind as Answer
from wirepress.web.headers import guards

PER_PAGE: Final = 20
LARGEST: Final = 64 << 20
"""The most bytes of an export that is given to a browser."""
_LONGEST: Final = 254
PATHS: Final = {Kind.EXPORT: "export-personal-data.php", Kind.ERASE: "erase-personal-data.php"}
STATUSES: Final = dict(
    zip(
        (Status.PENDING, Status.CONFIRMED, Status.FAILED, Status.COMPLETED),
        texts("Waits for confirmation", "Confirmed", "Not confirmed in time", "Done"),
        strict=True,
    )
)
TABS: Final = (("", *texts("All")), *STATUSES.items())
COMMENTS: Final = dict(
    zip(
        ordered.COMMENTS,
        texts("Take their name out, leave the text", "Delete them", "Leave them as they are, with the name"),
        strict=True,
    )
)
_NUMBER: Final = re.compile(r"\d+")


def _kind(visit: Visit) -> Kind:
    return Kind.EXPORT if visit.screen.path == PATHS[Kind.EXPORT] else Kind.ERASE


def show(visit: Visit) -> Response:
    return _page(visit)


def again(visit: Visit, error: WirepressError) -> Response:
    """The page whose form was refused, with what was typed."""
    return _page(visit, error)


def _page(visit: Visit, error: WirepressError | None = None) -> Response:
    number = visit.asked.number("request")
    if number and _kind(visit) is Kind.ERASE:
        return _one(visit, requests.get(visit.view, number, Kind.ERASE), error)
    return _list(visit, error)


def _list(visit: Visit, error: WirepressError | None = None) -> Response:
    kind, say = _kind(visit), visit.say
    status = visit.asked.choice("filter-status", list(Status))
    search = visit.asked.text("s").strip()[:_LONGEST]
    found, total = requests.browse(
        visit.view, kind, status=status, search=search, page=lists.page_of(visit), per_page=PER_PAGE
    )
    numbers = requests.counts(visit.view, kind)
    erased = ordered.under_way(visit.view) if kind is Kind.ERASE else frozenset()
    here = visit.address(PATHS[kind])
    return pages.page(
        visit,
        "personal-data.html",
        requests.asked_for(visit.language, kind),
        status=400 if error else 200,
        error=visit.why(error) if error else "",
        is_export=kind is Kind.EXPORT,
        typed=visit.sent.text("who"),
        confirm=visit.sent.text("action") != "add" or visit.sent.text("confirm") == "1",
        longest=_LONGEST,
        tabs=[
            (
                say(label),
                numbers.get(name, 0) if name else sum(numbers.values()),
                visit.address(PATHS[kind], **{"filter-status": name}),
                name == status,
            )
            for name, label in TABS
        ],
        rows=[_row(visit, one, erased) for one in found],
        paging=lists.paging(visit, total, PER_PAGE),
        search=search,
        filtered=status,
        here=here,
    )


def _row(visit: Visit, one: PersonalRequest, erased: frozenset[int] = frozenset()) -> Mapping[str, Any]:
    is_running = one.id in erased
    done = one.completed or one.confirmed
    return {
        "id": one.id,
        "name": one.address or visit.say("Erased person"),
        "status": visit.say("Is being erased") if is_running else visit.say(STATUSES[one.status]),
        "asked": (moments.iso(visit, one.asked), moments.full(visit, one.asked)),
        "since": _moment(visit, done) if done else None,
        "resend": one.status in (Status.PENDING, Status.FAILED) and bool(one.address),
        "ready": one.status is Status.CONFIRMED and not is_running,
        "download": one.status in (Status.CONFIRMED, Status.COMPLETED) and bool(one.address),
        "open": visit.address(PATHS[Kind.ERASE], request=one.id) if one.kind is Kind.ERASE else "",
    }


def _one(visit: Visit, request: PersonalRequest, error: WirepressError | None) -> Response:
    """The page of one erasure."""
    last = ordered.newest(visit.view, request.id)
    is_running = last is not None and last.open
    steps: Sequence[Mapping[str, Any]] = ()
    refusal = visit.why(error) if error else _failure(last, request)
    if request.status is Status.CONFIRMED and not is_running:
        try:
            wish = ordered.wish_of(visit.sent.text("comments"), visit.sent.number("reassign"))
            steps = [asdict(step) for step in ordered.plan(visit.view, request, wish).steps]
        except (Conflict, Invalid, NotFound) as refused:
            refusal = visit.why(refused)
    report = request.report or {"steps": (), "places": ()}
    return pages.page(
        visit,
        "personal-data-erasure.html",
        visit.say("Erasure of personal data"),
        status=400 if error else 200,
        error=refusal,
        row=_row(visit, request, frozenset({request.id} if is_running else ())),
        running=is_running,
        planned=[_step(visit, step) for step in steps],
        done=[_step(visit, step) for step in report["steps"]],
        places=report["places"],
        reported=request.report is not None,
        comments=[(value, visit.say(label)) for value, label in COMMENTS.items()],
        chosen=visit.sent.text("comments") or "anonymize",
        heirs=_heirs(visit),
        heir=visit.sent.number("reassign"),
        back=visit.address(PATHS[Kind.ERASE]),
        here=visit.address(PATHS[Kind.ERASE], request=request.id),
    )


def _failure(last: Order | None, request: PersonalRequest) -> str:
    if last is None or last.state is not OrderState.FAILED or request.status is Status.COMPLETED:
        return ""
    return last.error


def _step(visit: Visit, step: Mapping[str, Any]) -> Mapping[str, Any]:
    """A line of a report, in the user's language.  Of an imported one any text may come: what is none of ours is shown
    as it is."""

    def said(text: str) -> str:
        number = _NUMBER.search(text)
        words = _NUMBER.sub("%(number)s", text, count=1)
        if words not in erasing.WORDS:
            return text
        return visit.say(words) if number is None else visit.say(words, number=number[0])

    return {**step, **{name: said(step[name]) for name in ("kind", "action", "reason")}}


def _heirs(visit: Visit) -> list[tuple[int, str]]:
    """The accounts that posts can be given to."""
    found = users.holding(visit.view, "edit_posts")[0]
    return [(0, visit.say("Nobody: they stay, without the name")), *((one.id, unescape(one.name)) for one in found)]


def _moment(visit: Visit, seconds: int) -> tuple[str, str]:
    when = stamp(datetime.fromtimestamp(seconds, UTC))
    return moments.iso(visit, when), moments.full(visit, when)


# ---- what is done


def prepare(visit: Visit) -> bytes | None:
    """Writes the archive of an export, while others may write."""
    action, _, number = visit.sent.text("action").partition(":")
    if action != "download" or _kind(visit) is not Kind.EXPORT:
        return None
    request = requests.take_export(visit.view, _id(number))
    subject = subject_of(visit.view, address_of(request.address))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "export.zip"
        if archive.write(visit.view, subject, language_of(visit.site.locale), place) > LARGEST:
            raise TooLarge(
                "too_large", "This is too much for a browser. `wirepress privacy export` writes it to a file."
            )
        return place.read_bytes()


def act(visit: Visit) -> Response:
    kind, sent = _kind(visit), visit.sent
    action, _, number = sent.text("action").partition(":")
    match action:
        case "add":
            asks = sent.text("confirm") == "1"
            requests.make(visit.view, kind, sent.text("who"), confirm=asks)
            return _led(visit, "requested" if asks else "added")
        case "resend":
            requests.resend(visit.view, _id(number))
            return _led(visit, "requested")
        case "download" if isinstance(visit.prepared, bytes):
            visit.view.unit.note("person.export", "user_request", _id(number))
            return _archive(visit.prepared, _id(number))
        case "complete":
            requests.complete(visit.view, _id(number))
            return _led(visit, "updated")
        case "remove":
            chosen = dict.fromkeys(sent.numbers("chosen"))
            for one in chosen:
                _remove(visit, kind, one)
            return _led(visit, "deleted" if chosen else "unchosen", len(chosen) or 1)
        case "erase" if kind is Kind.ERASE:
            wish = ordered.wish_of(sent.text("comments"), sent.number("reassign"))
            ordered.order(visit.view, visit.viewer, _id(number), wish)
            return pages.towards(visit, PATHS[kind], request=_id(number))
    raise Invalid("no_action", "Choose first what shall be done.")


def _remove(visit: Visit, kind: Kind, number: int) -> None:
    """Removes a request.  Raises NotFound, Conflict while its erasure goes on."""
    requests.get(visit.view, number, kind)
    if number in ordered.under_way(visit.view):
        raise Conflict("erasure_under_way", "They are being erased already.")
    requests.remove(visit.view, number)


def _led(visit: Visit, done: str, number: int = 1) -> Response:
    return pages.towards(visit, PATHS[_kind(visit)], **{done: number})


def _archive(data: bytes, number: int) -> Response:
    name = f"personal-data-{number}.zip"
    headers = [
        ("content-type", "application/zip"),
        ("content-disposition", f'attachment; filename="{name}"'),
        ("cache-control", "no-store, private"),
        *guards(Answer.PLAIN),
    ]
    return Response(200, headers, data)


def _id(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _menus(visit: Visit, kind: Kind) -> Mapping[str, Menu]:
    """The entry of a kind of request."""
    if not visit.may(ordered.NEEDED[kind]):
        return {}
    if kind is Kind.EXPORT:
        return {PATHS[kind]: Menu("Export personal data", "tools", 85)}
    return {PATHS[kind]: Menu("Erase personal data", "tools", 86)}


SCREENS = tuple(
    Screen(
        path=path,
        show=show,
        act=act,
        again=again,
        prepare=prepare,
        may=needs(ordered.NEEDED[kind]),
        menus=partial(_menus, kind=kind),
    )
    for kind, path in PATHS.items()
)
