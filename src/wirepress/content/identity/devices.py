"""Devices that an account knows: browsers in which somebody has logged in to it, or opened a link that was mailed.

What a browser keeps is `made|name|signature`, a cookie for each account, sent to `wp-login.php` only.  The signature is
the site's, of these, the account and the hash of its password: with another password no device is known any more.  It
opens nothing: whoever brings it may guess a little, apart from everybody else (`attempts`).
"""

from __future__ import annotations

import hmac
import secrets
from html import unescape
from typing import Final
from urllib.parse import urlencode

from wirepress.content.identity.nonces import signed
from wirepress.content.identity.passwords import hash_token
from wirepress.content.newsroom import View
from wirepress.model.mail import Mail
from wirepress.model.user import User
from wirepress.store import device_links as store
from wirepress.store import users

LIFE = 180 * 86_400
LINK_LIFE = 86_400
LINKS = 5
"""How many links are mailed for an account in a day."""
_LONGEST = 300
_LINK = """Somebody wants to log in to this account on a device that it does not know:

Site: {name}
Username: {login}

While too many wrong passwords are given, only devices that the account knows may log in with the password. If it is
you, open this link on that device, within a day; it holds once:

{address}

If it was not you, nothing needs to be done. This was asked from {ip}.
"""


_BY_MAIL: Final = "m-"


def value(view: View, user: User, *, mailed: bool = False) -> str:
    """What a browser keeps to be known from now on; `user` as stored.

    `mailed`: it was made known by a mail alone and has not logged in yet.
    """
    made, name = _now(view), f"{_BY_MAIL if mailed else ''}{secrets.token_hex(12)}"
    return f"{made}|{name}|{_signature(view, user, made, name)}"


def known(view: View, user: User, kept: str) -> str:
    """The name of the device that keeps this, where the account knows it; "" where not."""
    made, _, rest = kept[:_LONGEST].partition("|")
    name, _, signature = rest.partition("|")
    if not (made.isascii() and made.isdigit() and len(made) < 16) or not 0 <= _now(view) - int(made) < LIFE:
        return ""
    right = _signature(view, user, int(made), name)
    return name if hmac.compare_digest(right.encode(), signature.encode("utf-8", "replace")) else ""


def has_logged_in(name: str) -> bool:
    """Whether a device of this name was made known by a whole login.  Where only a mail made it so, it is no place of
    its own for the codes of a second factor: whoever reads the mails could have as many as they like."""
    return bool(name) and not name.startswith(_BY_MAIL)


# ---- links that make a browser known


def letter(view: View, user: User, ip: str) -> Mail | None:
    """The mail with a new link, which was asked for from an address; None after too many of them."""
    now = _now(view)
    if not user.email or store.made_since(view.unit, user.id, now - LINK_LIFE) >= LINKS:
        return None
    key = secrets.token_urlsafe(24)
    store.add(view.unit, hash_token(key), user.id, now)
    name = " ".join(unescape(str(view.site.option("blogname"))).split()) or view.site.host
    address = f"{view.site.base}/wp-login.php?{urlencode({'action': 'device', 'key': key})}"
    text = _LINK.format(name=name, login=user.login, address=address, ip=ip)
    return Mail(user.email, f"[{name}] Logging in on a new device", text)


def owner_of(view: View, key: str) -> User | None:
    """The user whose link holds this, while it does."""
    user_id = store.owner(view.unit, hash_token(key[:_LONGEST]), _now(view) - LINK_LIFE)
    return users.get(view.unit, user_id) if user_id else None


def use(view: View, key: str) -> User | None:
    """Uses a link up, and gives the user whose it was; None where it does not hold."""
    user = owner_of(view, key)
    if user is None or not store.use(view.unit, hash_token(key[:_LONGEST]), _now(view)):
        return None
    return user


def _signature(view: View, user: User, made: int, name: str) -> str:
    return signed(view, "device", user.id, made, name, user.password)


def _now(view: View) -> int:
    return int(view.now().timestamp())
