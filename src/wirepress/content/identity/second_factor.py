"""A second factor beside the password: codes of an app that both sides make of a secret and the time (RFC 6238).

A code holds for its half minute, the one before and the one after, and counts once.  Who has no app at hand uses a
recovery code: there are ten, each counts once, and what is kept of them are hashes.  The secret itself is shown while
it waits for its first code, and never again.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Collection, Sequence
from html import unescape

import pyotp

from wirepress.content.identity import attempts, sessions
from wirepress.content.identity.passwords import hash_token
from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import View
from wirepress.content.options import table
from wirepress.model.errors import Conflict, Invalid
from wirepress.model.user import SecondFactor, User
from wirepress.store import second_factors as store

ROLES = "wirepress_second_factor_roles"
"""The option that lists the roles whose users have to have one."""
STEP = 30
SKEW = 1
"""How many steps a clock may be off."""
RECOVERY_CODES = 10
_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_SECRET_LENGTH = 32
_RECOVERY_LENGTH = 12
_CODE = re.compile(r"[0-9]{6}")
_NOT_IN_CODE = re.compile(r"[^0-9A-Za-z]")
_LONGEST = 100


def is_on(view: View, user_id: int) -> bool:
    """Whether a login of a user asks for a code."""
    return bool(store.confirmed(view.unit, (user_id,)))


def on_among(view: View, user_ids: Sequence[int]) -> frozenset[int]:
    """Those of the users whose logins ask for a code."""
    return store.confirmed(view.unit, user_ids)


def required_roles(view: View) -> frozenset[str]:
    """The roles whose users have to have a second factor."""
    value = view.site.option(ROLES, ())
    if not isinstance(value, list | tuple):
        value = tuple(table(value).values())  # an array as PHP keeps it
    return frozenset(str(name) for name in value)


def is_required(view: View, roles: Collection[str]) -> bool:
    """Whether who has these roles has to have a second factor."""
    return not required_roles(view).isdisjoint(roles)


def is_due(view: View, viewer: Viewer) -> bool:
    """Whether a viewer has to have a second factor and has none: until then nothing but that is theirs to do."""
    return viewer.user is not None and is_required(view, viewer.roles) and not is_on(view, viewer.id)


# ---- switching it on and off


def waiting(view: View, user_id: int) -> str:
    """The secret that waits for its first code; "" where none does."""
    found = store.get(view.unit, user_id)
    return found.secret if found is not None and not found.since else ""


def begin(view: View, user_id: int) -> str:
    """A new secret, which waits for its first code.  Raises Conflict where the second factor is on already."""
    if is_on(view, user_id):
        raise Conflict("second_factor_on", "The second factor is on already.")
    secret = "".join(secrets.choice(_BASE32) for _ in range(_SECRET_LENGTH))
    store.put(view.unit, user_id, secret)
    return secret


def address(view: View, user: User, secret: str) -> str:
    """The otpauth:// address by which an app takes the secret over."""
    name = unescape(str(view.site.option("blogname"))).replace(":", " ").strip() or view.site.host
    return pyotp.TOTP(secret).provisioning_uri(name=user.login, issuer_name=name)


def grouped(secret: str) -> str:
    """A secret or a code as people read it: in groups of four."""
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


def confirm(view: View, viewer: Viewer, code: str) -> list[str] | None:
    """Switches the second factor on with its first code and gives the recovery codes; None where the code is wrong.

    All logins end but the viewer's own: they were begun with the password alone.  Raises Invalid where no secret waits.
    """
    found = store.get(view.unit, viewer.id)
    if found is None or found.since:
        raise Invalid("no_second_factor", "There is no second factor to confirm.")
    step = _step_of(view, found, _clean(code))
    if step is None or not store.use_step(view.unit, viewer.id, step):
        return None
    store.confirm(view.unit, viewer.id, _now(view))
    sessions.end_others(view, viewer.id, besides=viewer.session)
    return renew_recovery(view, viewer.id)


def renew_recovery(view: View, user_id: int) -> list[str]:
    """New recovery codes; the old ones hold no more."""
    codes = ["".join(secrets.choice(_BASE32) for _ in range(_RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)]
    store.set_recovery(view.unit, user_id, [hash_token(code) for code in codes])
    return codes


def recovery_left(view: View, user_id: int) -> int:
    """How many recovery codes a user has left."""
    return store.recovery_left(view.unit, user_id)


def switch_off(view: View, user_id: int) -> bool:
    """Logins of a user ask for no code any more; whether they did."""
    was_on = is_on(view, user_id)
    store.remove(view.unit, user_id)
    return was_on


# ---- a code that is given


def takes(view: View, user_id: int, code: str) -> bool:
    """Whether a code of the app or a recovery code is right; it is used up then."""
    found = store.get(view.unit, user_id)
    if found is None or not found.since or len(code) > _LONGEST:
        return False
    code = _clean(code)
    if _CODE.fullmatch(code):
        step = _step_of(view, found, code)
        return step is not None and store.use_step(view.unit, user_id, step)
    return store.use_recovery(view.unit, user_id, hash_token(code.upper()))


def step_of(view: View, user_id: int, code: str) -> int | None:
    """The step whose code this is and that no login has used; whoever asks sees to it that it is used once.

    For where nothing can be written: a recovery code, which is used up, is none.
    """
    found = store.get(view.unit, user_id)
    if found is None or not found.since or not _CODE.fullmatch(_clean(code)):
        return None
    return _step_of(view, found, _clean(code))


def wait(view: View, user_id: int, place: str = "") -> int:
    """How many seconds there are to wait before a code is looked at; 0: none.

    A right code has to wait as well: the bound is what a code of six digits lives by, and nobody comes here without
    the password.  `place`: the known device or the login that it comes from.
    """
    return attempts.waiting(view, attempts.at_code(view, user_id, place))


def failed(view: View, user_id: int, place: str = "") -> int:
    """Counts a wrong code, and says how long there is to wait from now on."""
    attempts.count(view.unit, attempts.at_code(view, user_id, place), _now(view))
    return wait(view, user_id, place)


def passed(view: View, user_id: int, place: str = "") -> None:
    """Forgets the wrong codes that came before a right one."""
    attempts.give_back(view.unit, attempts.at_code(view, user_id, place))


def _clean(code: str) -> str:
    return _NOT_IN_CODE.sub("", code[:_LONGEST])


def _step_of(view: View, factor: SecondFactor, code: str) -> int | None:
    """The step whose code this is: of now, or off by as much as a clock may be."""
    maker = pyotp.HOTP(factor.secret)
    now = _now(view) // STEP
    for step in range(max(0, now - SKEW), now + SKEW + 1):
        if hmac.compare_digest(maker.at(step), code) and step > factor.last_step:
            return step
    return None


def _now(view: View) -> int:
    return int(view.now().timestamp())
