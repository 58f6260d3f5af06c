"""A new password for who has lost theirs: a key that is sent by mail, signed, for one day and one use."""

from __future__ import annotations

import hmac
import secrets
from html import unescape
from urllib.parse import urlencode

from wirepress.content import notices
from wirepress.content.identity.nonces import signed
from wirepress.content.identity.passwords import hash_token, verify_token
from wirepress.content.identity.sessions import end_others
from wirepress.content.newsroom import View
from wirepress.model.mail import Mail
from wirepress.model.user import User
from wirepress.store import users

LIFE = 24 * 3600
_SECRET, _SIGNATURE = 24, 16
_LOST = """Somebody asked for a new password for this account:

Site: {name}
Username: {login}

If it was not you, nothing needs to be done.
Otherwise choose a new password here, within a day:

{address}

This was asked from {ip}.
"""
_GIVEN = """Somebody who runs this site asks you to choose a new password for your account:

Site: {name}
Username: {login}

Choose it here, within a day:

{address}

Until then the one that you have stays.  Later than that, ask for a new link where you log in.
"""
_INVITED = """There is an account for you:

Site: {name}
Username: {login}

Choose your password here, within a day:

{address}

Later than that, ask for a new one where you log in.
"""


def key_for(view: View, user: User) -> str:
    """A new key of a user; one that was given before holds no more (get_password_reset_key).

    The store knows the time and the hash of it, as WordPress keeps them.
    """
    secret = secrets.token_hex(_SECRET // 2)
    key = secret + _signature(view, user, secret)
    users.set_activation_key(view.unit, user.id, f"{_now(view)}:{hash_token(key)}")
    return key


def letter(view: View, user: User, ip: str) -> Mail:
    """The mail with a new key, which somebody who has to prove who they are asked for from an address
    (retrieve_password)."""
    return _mail(view, user, "A new password", _LOST, ip=ip)


def sent_letter(view: View, user: User) -> Mail:
    """The mail with a new key which somebody who runs the site sends, from the administration or the command line."""
    return _mail(view, user, "A new password", _GIVEN)


def invitation(view: View, user: User) -> Mail:
    """The mail with which a new user chooses a password (wp_new_user_notification)."""
    return _mail(view, user, "Your account", _INVITED)


def _mail(view: View, user: User, subject: str, text: str, **words: str) -> Mail:
    query = urlencode({"login": user.login, "key": key_for(view, user), "action": "rp"})
    name = " ".join(unescape(str(view.site.option("blogname"))).split()) or view.site.host
    address = f"{view.site.base}/wp-login.php?{query}"
    return Mail(user.email, f"[{name}] {subject}", text.format(name=name, login=user.login, address=address, **words))


def owner_of(view: View, login: str, key: str) -> User | None:
    """The user whose key this is, while it holds (check_password_reset_key)."""
    secret, signature = key[:_SECRET], key[_SECRET:]
    user = users.by_login(view.unit, login)
    if user is None:
        return None
    if not hmac.compare_digest(_signature(view, user, secret).encode(), signature.encode("utf-8", "replace")):
        return None
    made, _, kept = users.activation_key(view.unit, user.id).partition(":")
    if not made.isdigit() or not 0 <= _now(view) - int(made) < LIFE or not verify_token(key, kept):
        return None
    return user


def choose(view: View, user: User, hashed: str) -> None:
    """Gives a user the password of this hash, which they chose: the key is used up and all logins end
    (reset_password).  The site's keeper is told."""
    _replace(view, user, hashed)
    notices.password_chosen(view, user)


def give(view: View, user: User, hashed: str) -> None:
    """The same with a password that somebody who runs the site has chosen: it is the user who is told."""
    _replace(view, user, hashed)
    notices.password_given(view, user)


def _replace(view: View, user: User, hashed: str) -> None:
    users.update(view.unit, user.id, password=hashed)
    users.set_activation_key(view.unit, user.id, "")
    end_others(view, user.id)


def _signature(view: View, user: User, secret: str) -> str:
    return signed(view, "reset", user.id, user.password, secret)[:_SIGNATURE]


def _now(view: View) -> int:
    return int(view.now().timestamp())
