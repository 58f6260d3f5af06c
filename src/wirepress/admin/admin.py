"""Answers `/wp-admin/`: which screen an address names, who asks, whether they may, and what becomes of a form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape
from typing import Any, Protocol, runtime_checkable
from urllib.parse import quote, urlsplit

from wirepress.admin import assets, pages, resending
from wirepress.admin.forms import sent_with, values_of
from wirepress.admin.live import Fragment
from wirepress.admin.table import screens
from wirepress.admin.visit import Ports, Screen, Visit
from wirepress.content.identity import nonces, second_factor
from wirepress.content.identity.actors import actor_of
from wirepress.content.identity.cookies import AUTH, Jar
from wirepress.content.identity.viewer import Viewer
from wirepress.content.languages import Language, language_of
from wirepress.content.newsroom import View
from wirepress.model.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NoRoom,
    NotFound,
    TooLarge,
    TooMany,
    Unavailable,
    WirepressError,
)
from wirepress.model.web import Request, Response

ROOT = "/wp-admin"
ELSEWHERE = frozenset({"admin-ajax.php", "authorize-application.php"})
"""Addresses below it that belong to the API's identities."""
STATUSES: dict[type[WirepressError], int] = {
    NotFound: 404,
    Invalid: 400,
    Conflict: 409,
    Forbidden: 403,
    NoRoom: 507,
    Unavailable: 503,
    TooMany: 429,
    TooLarge: 413,
}
SAFE = ("GET", "HEAD")
ENROLMENT = "admin.php?page=second-factor"
"""Where those are led who have to have a second factor and have none: nothing else answers them."""


@runtime_checkable
class Held(Protocol):
    """What was made ready for a write and is let go after it, whether it was needed or not."""

    def release(self) -> None: ...


class Admin:
    """The administration of a newsroom.  Safe to be asked by many threads."""

    def __init__(self, ports: Ports) -> None:
        self.ports = ports
        self.newsroom = ports.newsroom

    @staticmethod
    def serves(path: str) -> bool:
        """Whether a path (as sent) is the administration's."""
        return path == ROOT or (path.startswith(ROOT + "/") and path.removeprefix(ROOT + "/") not in ELSEWHERE)

    def answer(self, request: Request) -> Response:
        name = request.path.removeprefix(ROOT).removeprefix("/")
        if name.startswith(assets.FOLDER):
            return assets.answer(request, name.removeprefix(assets.FOLDER))
        with self.newsroom.view() as view:
            viewer = Jar.of(view.site, request).viewer(view, request, AUTH)
            if viewer is None:
                return _to_log_in(view, request)
            if request.path == ROOT:
                return Response(301, [("location", f"{view.site.base}{ROOT}/")])
            try:
                visit = self._visit(view, viewer, request, name)
                if not visit.screen.enrols and second_factor.is_due(view, viewer):
                    return pages.towards(visit, ENROLMENT)
                if request.method in SAFE and visit.screen.opens is None:
                    return _shown(visit)
                prepared = _prepared(visit)
            except WirepressError as error:
                return self._refused(view, viewer, request, error)
        if isinstance(prepared, Response):
            return prepared
        try:
            return self._written(replace(visit, prepared=prepared))
        finally:
            if isinstance(prepared, Held):
                prepared.release()

    @staticmethod
    def sender(view: View, request: Request) -> Viewer | None:
        """Whose a request is; its headers say that."""
        return Jar.of(view.site, request).viewer(view, request, AUTH)

    def follow(self, request: Request) -> Fragment:
        """The part of a page that follows what goes on, as it is now; a refusal where whoever asks may not see it."""
        with self.newsroom.view() as view:
            viewer = Jar.of(view.site, request).viewer(view, request, AUTH)
            if viewer is None:
                ended = language_of(view.site.locale).text("Your login has ended; log in again.")
                return Fragment(f"<p>{escape(ended)}</p>", status=401)
            try:
                visit = self._visit(view, viewer, request, request.path.removeprefix(f"{ROOT}/"))
                if visit.screen.live is None:
                    raise NotFound("no_screen", "There is no such page here.")
                if second_factor.is_due(view, viewer):
                    raise Forbidden("no_access", "You may not see this page.")
                _permitted(visit)
                return visit.screen.live(visit)
            except WirepressError as error:
                said = _language(view, viewer).error(error)
                return Fragment(f"<p>{escape(said)}</p>", viewer.id, status=_status(error))

    def _visit(self, view: View, viewer: Viewer, request: Request, name: str) -> Visit:
        """The visit of a request.  Raises NotFound where no screen has its address, Invalid for a form that is none."""
        asked = values_of(request.query)
        screen = _screen(name, asked.text("page"))
        if screen is None:
            raise NotFound("no_screen", "There is no such page here.")
        sent = sent_with(request, files=screen.files)
        return Visit(self.ports, view, viewer, request, _language(view, viewer), screen, asked, sent)

    def _written(self, visit: Visit) -> Response:
        """The answer to what changes something."""
        try:
            if visit.request.method in SAFE:
                return self._opened(visit)
            return self._acted(visit)
        except WirepressError as error:
            with self.newsroom.view() as view:
                return self._refused(view, visit.viewer, visit.request, error)

    def _opened(self, visit: Visit) -> Response:
        """A page that changes something when it is opened; it is made when that is kept."""
        assert visit.screen.opens is not None, visit.screen.path
        with self.newsroom.write(actor_of(visit.viewer, visit.request)) as view:
            writing = replace(visit, view=view)
            _permitted(writing)
            opened = visit.screen.opens(writing)
        with self.newsroom.view() as view:
            return _shown(replace(visit, view=view, opened=opened))

    def _acted(self, visit: Visit) -> Response:
        """What becomes of a form: all of it is kept, or nothing, and then it may come back with what was typed."""
        try:
            with self.newsroom.write(actor_of(visit.viewer, visit.request)) as view:
                writing = replace(visit, view=view)
                return _allowed(writing)(writing)
        except (Invalid, Conflict) as error:
            if visit.screen.again is None:
                raise
            with self.newsroom.view() as view:
                return visit.screen.again(replace(visit, view=view), error)

    def _refused(self, view: View, viewer: Viewer, request: Request, error: WirepressError) -> Response:
        """The page of an error, with a way back."""
        status = _status(error)
        screen = _screen(request.path.removeprefix(f"{ROOT}/"), values_of(request.query).text("page"))
        in_a_part = bool(request.headers.get("hx-request"))  # what was typed stays where it is, on the page that asks
        if error.code == "stale_form" and screen is not None and not in_a_part:
            nonce = nonces.nonce(view, viewer, _action(screen))
            if kept := resending.page(view, request, _language(view, viewer), nonce=nonce):
                return kept
        visit = Visit(self.ports, view, viewer, request, _language(view, viewer), screens()[0])
        title = visit.say("Not found") if status == 404 else visit.say("This did not work")
        page = pages.page(visit, "error.html", title, status=status, message=visit.why(error))
        if isinstance(error, TooMany | Unavailable) and error.wait:
            page.headers.append(("retry-after", str(error.wait)))
        return page


def _status(error: WirepressError) -> int:
    return next((code for kind, code in STATUSES.items() if isinstance(error, kind)), 500)


def _screen(name: str, page: str) -> Screen | None:
    wanted = name or "index.php"
    found = [screen for screen in screens() if screen.path == wanted]
    return next((screen for screen in found if screen.page == (page if screen.page else "")), None)


def _language(view: View, viewer: Viewer) -> Language:
    """The language that a user has chosen, else the site's (get_user_locale)."""
    assert viewer.user is not None
    return language_of(viewer.user.locale or view.site.locale)


def _permitted(visit: Visit) -> None:
    """Raises Forbidden where a screen is not for the user."""
    if not visit.screen.may(visit):
        raise Forbidden("no_access", "You may not see this page.")


def _shown(visit: Visit) -> Response:
    _permitted(visit)
    return visit.screen.show(visit)


def _allowed(visit: Visit) -> Callable[[Visit], Response]:
    """What a form of a screen does.  Raises where there is nothing, or whoever sent it may not."""
    if visit.request.method != "POST" or visit.screen.act is None:
        raise Invalid("no_method", "This page takes no such request.")
    _guard(visit)
    _permitted(visit)
    return visit.screen.act


def _prepared(visit: Visit) -> Any:
    """What a screen makes ready before its write, None for nothing."""
    if visit.screen.prepare is None or visit.request.method in SAFE:
        return None
    _allowed(visit)
    return visit.screen.prepare(visit)


def _guard(visit: Visit) -> None:
    """Raises Forbidden where a form did not come from a page of ours: another site made it, or it is too old."""
    given = visit.sent.text("_wpnonce")
    is_foreign = bool(visit.request.headers.get("origin")) and not resending.comes_from_here(visit.site, visit.request)
    if is_foreign or not nonces.holds(visit.view, visit.viewer, _action(visit.screen), given):
        raise Forbidden("stale_form", "This page has been open for too long. Go back, load it anew, and try again.")


def _action(screen: Screen) -> str:
    """What the nonces of a screen's forms are for."""
    return f"admin:{screen.path}"


def _to_log_in(view: View, request: Request) -> Response:
    if request.headers.get("hx-request"):
        # A part of a page asks: what was typed there stays, and the page says where to log in (admin.js).
        return Response(401, [("content-type", "text/plain"), ("cache-control", "no-store, private")], b"Log in.\n")
    had_login = Jar.of(view.site, request).name(AUTH) in request.headers.get("cookie", "")
    if had_login and (kept := resending.page(view, request, language_of(view.site.locale))):
        return kept
    there = urlsplit(view.site.base)
    back = f"{there.scheme}://{there.netloc}{request.path}" + (f"?{request.query}" if request.query else "")
    address = f"{view.site.base}/wp-login.php?redirect_to={quote(back, safe='')}&reauth=1"
    kind = ("content-type", "text/html; charset=UTF-8")
    return Response(302, [kind, ("location", address), ("cache-control", "no-store, private")])
