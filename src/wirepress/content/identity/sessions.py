"""Logins by cookie: begun with a right password, ended by logging out, by a new password or by time.

A cookie's value is `login|expiration|token|signature`, as WordPress writes it (wp_generate_auth_cookie).  The signature
is the site's, of all of these, the scheme and the hash of the password: with another password it holds no more.  The
token is a secret that is new at each login; the store knows its hash, and what the store does not know is no login.

While the store takes nothing (its disk is full), a login is begun all the same, for an hour and by its cookie alone,
whose signature is of a kind of its own (docs/decisions/0010-logins-without-room.md).

A login lasts by the time of the content, since it has to outlive the process that began it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import replace

from wirepress.content.identity.nonces import signed
from wirepress.content.identity.passwords import hash_password, outdated
from wirepress.content.identity.viewer import Viewer, viewer_of
from wirepress.content.newsroom import View
from wirepress.model.errors import Conflict
from wirepress.model.user import Session, User
from wirepress.store import sessions as store
from wirepress.store import users

DAY = 24 * 3600
SHORT, LONG = 2 * DAY, 14 * DAY
"""How long a login lasts, and one that is to be remembered."""
UNKEPT = 3600
"""How long a login lasts that the store does not know, so that nothing but a new password ends it before."""
GRACE = 3600
"""What was begun in time may be sent a little later (WordPress gives POST an hour)."""
_TOKEN = 43
_LONGEST_AGENT = 300
_LONGEST_COOKIE = 1000


def newer_hash(user: User, password: str) -> str:
    """The hash to keep from now on where the kept one is of an older kind, else ""; made before a write begins."""
    return hash_password(password) if outdated(user.password) else ""


def begin(view: View, user: User, *, remember: bool, ip: str = "", agent: str = "", newer: str = "") -> Session:
    """Begins a login of a user whose password was verified, and gives it with its token in clear.

    Raises Conflict when the password has been changed since.  `newer` is what `newer_hash` gave.  In a view that only
    reads, nothing is kept: for where nothing can be (CannotWrite).
    """
    current = users.get(view.unit, user.id)
    if current is None or current.password != user.password:
        raise Conflict("password_changed", "The password was changed meanwhile.")
    token = secrets.token_urlsafe(32)[:_TOKEN]
    now = _now(view)
    if not view.unit.writing:
        return Session(token, user.id, now, now + UNKEPT, kept=False)
    if newer:
        users.update(view.unit, user.id, password=newer)
    life = LONG if remember else SHORT
    session = Session(_hashed(token), user.id, now, now + life, ip, agent[:_LONGEST_AGENT])
    store.add(view.unit, session)
    return replace(session, token=token)


def cookie(view: View, user: User, session: Session, scheme: str) -> str:
    """The value of the cookie of a scheme for a login that has just begun; `user` as stored."""
    return f"{user.login}|{session.expires}|{session.token}|{_signature(view, user, session, scheme)}"


def viewer_of_cookie(view: View, value: str, scheme: str, *, late: bool = False) -> Viewer | None:
    """The viewer whose login a cookie holds (wp_validate_auth_cookie); None when it holds none.

    `late`: what has just expired still counts.
    """
    claimed = _claimed(value)
    if claimed is None:
        return None
    login, expires, token, signature = claimed
    now = _now(view) - (GRACE if late else 0)
    user, kept = None, True
    if expires > now:
        user = users.by_session(view.unit, _hashed(token), now)
    if user is None and 0 < expires - now <= UNKEPT:
        user, kept = users.by_login(view.unit, login), False
    if user is None or user.login != login:
        return None
    right = _signature(view, user, Session(token, user.id, 0, expires, kept=kept), scheme)
    if not hmac.compare_digest(right.encode(), signature.encode("utf-8", "replace")):
        return None
    return replace(viewer_of(view.site, user), session=token)


def _claimed(value: str) -> tuple[str, int, str, str] | None:
    """What a cookie says of itself: login, time, token and signature; None for what is no such cookie."""
    if len(value) > _LONGEST_COOKIE or value.count("|") < 3:
        return None
    login, expires, token, signature = value.rsplit("|", 3)
    if not (expires.isascii() and expires.isdigit() and len(expires) < 12):
        return None
    return login, int(expires), token, signature


def renew(view: View, viewer: Viewer, user: User, *, ip: str = "", agent: str = "") -> tuple[Session, bool]:
    """Puts a new login in the place of the one that a viewer came with, whose password has just been changed, and
    says whether it is to be remembered as that was (wp_update_user)."""
    old = store.get(view.unit, _hashed(viewer.session))
    remember = old is not None and old.expires - _now(view) > SHORT
    end(view, viewer)
    return begin(view, user, remember=remember, ip=ip, agent=agent), remember


def of_user(view: View, user_id: int) -> list[Session]:
    """The logins of a user that last, the newest first; their tokens are hashes."""
    return store.of_user(view.unit, user_id, _now(view))


def is_own(viewer: Viewer, session: Session) -> bool:
    """Whether a kept login is the one that a viewer came with."""
    return bool(viewer.session) and hmac.compare_digest(session.token, _hashed(viewer.session))


def end_one(view: View, user_id: int, hashed: str) -> bool:
    """Ends the login of a user whose token has this hash; whether there was one."""
    return store.remove(view.unit, user_id, hashed) > 0


def end(view: View, viewer: Viewer) -> None:
    """Logs out: the login that a viewer came with is no more."""
    if viewer.session:
        store.remove(view.unit, viewer.id, _hashed(viewer.session))


def end_others(view: View, user_id: int, besides: str = "") -> int:
    """Ends all logins of a user but the one of the token `besides`; how many there were."""
    return store.remove(view.unit, user_id, besides=_hashed(besides) if besides else "")


def _signature(view: View, user: User, session: Session, scheme: str) -> str:
    kind = "login" if session.kept else "login that is not kept"
    return signed(view, f"{kind} {scheme}", user.login, session.expires, session.token, user.password)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _now(view: View) -> int:
    return int(view.now().timestamp())
