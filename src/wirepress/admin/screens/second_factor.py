"""`admin.php?page=second-factor`: a second factor for one's own logins, set up, renewed and switched off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO

from markupsafe import Markup

from wirepress.admin import pages
from wirepress.admin.visit import Screen, Visit
from wirepress.content import notices
from wirepress.content.identity import attempts, second_factor
from wirepress.content.identity.passwords import verify_password
from wirepress.model.errors import Invalid
from wirepress.model.web import Response

HERE = "admin.php?page=second-factor"


def show(visit: Visit) -> Response:
    return _page(visit)


def _page(
    visit: Visit, error: str = "", at: str = "", codes: list[str] | None = None, *, status: int = 400
) -> Response:
    """The page as things stand; `error` belongs to the form `at`, `codes` are new recovery codes, shown this once."""
    secret = second_factor.waiting(visit.view, visit.viewer.id)
    on = second_factor.is_on(visit.view, visit.viewer.id)
    otpauth = second_factor.address(visit.view, visit.user, secret) if secret else ""
    return pages.page(
        visit,
        "second-factor.html",
        visit.say("Second factor"),
        status=status if error else 200,
        on=on,
        must=second_factor.is_required(visit.view, visit.viewer.roles),
        secret=second_factor.grouped(secret),
        otpauth=otpauth,
        picture=picture(otpauth) if secret and not on else "",
        codes=[second_factor.grouped(code) for code in codes or ()],
        left=second_factor.recovery_left(visit.view, visit.viewer.id) if on else 0,
        error=error,
        at=at,
    )


def picture(address: str) -> Markup:
    """An address as a QR code: SVG without styles, for the page itself; "" for one that is too long for it."""
    import segno  # nobody else needs it

    try:
        code = segno.make_qr(address, error="m")
    except segno.DataOverflowError:
        return Markup()
    out = BytesIO()
    code.save(
        out,
        kind="svg",
        xmldecl=False,
        nl=False,
        svgclass=None,
        lineclass=None,
        omitsize=True,
        dark="#000",
        light="#fff",
    )
    return Markup(out.getvalue().decode())  # noqa: S704 (numbers and letters of a path alone: nothing of the address)


def prepare(visit: Visit) -> bool | Response:
    """Whether the account's password was given where the form asks for it; what is none counts as a wrong code too."""
    at, user = visit.sent.text("action"), visit.user
    if at not in ("off", "renew") or not second_factor.is_on(visit.view, user.id):
        return False
    proof = visit.sent.text("proof")
    try:
        return visit.attempts.tried(
            visit.view,
            attempts.at_code(visit.view, user.id, visit.viewer.session),
            ("proof", proof, user.password),
            lambda: verify_password(proof, user.password),
        )
    except attempts.Refused as refused:
        error = visit.say("Too many wrong tries. Try again in %(count)s seconds.", count=refused.wait)
        return _page(visit, error, at, status=429)


def act(visit: Visit) -> Response:
    action = ACTIONS.get(visit.sent.text("action"))
    if action is None:
        raise Invalid("no_action", "This page does not know what to do.")
    return action(visit)


def _begin(visit: Visit) -> Response:
    second_factor.begin(visit.view, visit.viewer.id)
    return pages.towards(visit, HERE)


def _cancel(visit: Visit) -> Response:
    if second_factor.waiting(visit.view, visit.viewer.id):
        second_factor.switch_off(visit.view, visit.viewer.id)
    return pages.towards(visit, HERE)


def _confirm(visit: Visit) -> Response:
    codes = second_factor.confirm(visit.view, visit.viewer, visit.sent.text("authcode"))
    if codes is None:
        error = visit.say("This code does not hold. Look at the app again: codes change every half minute.")
        return _page(visit, error, "confirm")
    notices.second_factor_changed(visit.view, visit.user, on=True)
    return _page(visit, codes=codes)


def _renew(visit: Visit) -> Response:
    if (refused := _unproven(visit, "renew")) is not None:
        return refused
    return _page(visit, codes=second_factor.renew_recovery(visit.view, visit.viewer.id))


def _off(visit: Visit) -> Response:
    if (refused := _unproven(visit, "off")) is not None:
        return refused
    if second_factor.switch_off(visit.view, visit.viewer.id):
        notices.second_factor_changed(visit.view, visit.user, on=False)
    return pages.towards(visit, HERE, **{"factor-off": 1})


def _unproven(visit: Visit, at: str) -> Response | None:
    """The page with an error, unless the password or a code was given; guesses are bounded as when logging in."""
    if not second_factor.is_on(visit.view, visit.viewer.id):
        return pages.towards(visit, HERE)
    if visit.prepared:
        return None
    if second_factor.takes(visit.view, visit.viewer.id, visit.sent.text("proof")):
        second_factor.passed(visit.view, visit.viewer.id, visit.viewer.session)
        return None
    if second_factor.wait(visit.view, visit.viewer.id, visit.viewer.session):
        notices.codes_refused(visit.view, visit.user)
    return _page(visit, visit.say("This is neither your password nor a code that holds."), at)


ACTIONS: Mapping[str, Callable[[Visit], Response]] = {
    "begin": _begin,
    "cancel": _cancel,
    "confirm": _confirm,
    "renew": _renew,
    "off": _off,
}


def _anybody(_: Visit) -> bool:
    """Everybody may guard their own account."""
    return True


SCREENS = (
    Screen(path="admin.php", page="second-factor", show=show, prepare=prepare, act=act, may=_anybody, enrols=True),
)
