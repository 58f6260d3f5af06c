"""Requests to export or erase personal data: asked for here, confirmed by whoever the address belongs to, done here.

As WordPress keeps them, so that those of an import are here as well.  A request is pending until the link in a mail is
followed, which holds once and for a day; of its key only a hash is kept.  An erasure leaves the request without its
address, with the report of what was done.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from html import unescape
from typing import Any, Final
from urllib.parse import urlencode

from wirepress.content.identity import attempts
from wirepress.content.identity.passwords import costly, hash_token, verify_token
from wirepress.content.languages import Language, language_of
from wirepress.content.newsroom import View
from wirepress.content.people import users
from wirepress.content.privacy.subject import address_of
from wirepress.model.errors import Conflict, NotFound, TooMany
from wirepress.model.mail import Mail
from wirepress.model.moment import Stamp, stamp
from wirepress.model.post import Post
from wirepress.store import personal_requests as store
from wirepress.store import posts as post_store
from wirepress.store.personal_data import NOBODY
from wirepress.store.unit import encode

LIFE: Final = timedelta(days=1)
"""How long a link holds (WordPress: user_request_key_expiration)."""
_LONGEST_KEY: Final = 300
_CONFIRMED_AT, _COMPLETED_AT = "_wp_user_request_confirmed_timestamp", "_wp_user_request_completed_timestamp"


class Kind(StrEnum):
    """What is asked for, under WordPress's names."""

    EXPORT = "export_personal_data"
    ERASE = "remove_personal_data"


class Status(StrEnum):
    """How far a request is, under WordPress's names."""

    PENDING = store.PENDING
    CONFIRMED = store.CONFIRMED
    FAILED = store.FAILED
    COMPLETED = store.COMPLETED


@dataclass(frozen=True, slots=True)
class PersonalRequest:
    """A request.  `address` is "" once the person is erased; times are seconds since 1970, 0 for what has not come yet;
    `asked` is when the newest link was mailed; `report` is what an erasure did."""

    id: int
    kind: Kind
    status: Status
    address: str
    asked: Stamp
    confirmed: int = 0
    completed: int = 0
    report: Mapping[str, Any] | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is still to come of it."""
        return self.status in (Status.PENDING, Status.CONFIRMED)


# ---- reading


def get(view: View, request_id: int, kind: Kind | None = None) -> PersonalRequest:
    """A request.  Raises NotFound where there is none, or none of this kind."""
    post = post_store.get(view.unit, request_id) if 0 < request_id < 2**63 else None
    request = _request(view, post) if post is not None else None
    if request is None or (kind is not None and request.kind is not kind):
        raise NotFound("no_request", "There is no such request any more.")
    return request


def browse(
    view: View, kind: Kind, *, status: str = "", search: str = "", page: int = 1, per_page: int = 20
) -> tuple[list[PersonalRequest], int]:
    """A page of the requests of a kind, the newest first, and how many there are in all."""
    offset = min((page - 1) * per_page, 2**62)
    ids, total = store.find(view.unit, kind, _since(view), status=status, search=search, limit=per_page, offset=offset)
    posts = post_store.load(view.unit, ids)
    found = [_request(view, posts[one]) for one in ids if one in posts]
    return [one for one in found if one is not None], total


def counts(view: View, kind: Kind) -> Mapping[str, int]:
    """How many requests of a kind there are, by status."""
    return store.counts(view.unit, kind, _since(view))


def _request(view: View, post: Post) -> PersonalRequest | None:
    """A post as the request that it is; None for any other, also for a kind that a plugin has brought."""
    if post.type != store.TYPE or post.slug not in set(Kind) or post.status not in set(Status):
        return None
    status = Status(post.status)
    if status is Status.PENDING and post.modified_gmt < _since(view):
        status = Status.FAILED
    address = "" if post.title == NOBODY else post.title
    confirmed, completed = _seconds(post, _CONFIRMED_AT), _seconds(post, _COMPLETED_AT)
    return PersonalRequest(
        post.id, Kind(post.slug), status, address, post.modified_gmt, confirmed, completed, _report(post)
    )


def _since(view: View) -> Stamp:
    """The time from which on keys hold."""
    return stamp(view.now() - LIFE)


def _seconds(post: Post, name: str) -> int:
    value = str(post.first_meta(name))
    return int(value) if value.isascii() and value.isdigit() and len(value) < 12 else 0


def _report(post: Post) -> Mapping[str, Any] | None:
    """What an erasure has left in a request, in the shape of `erasing.Report`: an import may bring anything."""
    try:
        found = json.loads(post.content or "null")
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not isinstance(found.get("steps"), list):
        return None
    places = found.get("places")
    return {
        "steps": [_step(step) for step in found["steps"] if isinstance(step, dict)],
        "places": [one for one in places if isinstance(one, str)] if isinstance(places, list) else [],
    }


def _step(step: Mapping[str, Any]) -> Mapping[str, Any]:
    texts = {name: step.get(name) for name in ("kind", "action", "reason")}
    numbers = {name: step.get(name) for name in ("found", "done", "kept")}
    return {
        **{name: value if isinstance(value, str) else "" for name, value in texts.items()},
        **{name: value if type(value) is int else 0 for name, value in numbers.items()},
    }


# ---- asking


def make(view: View, kind: Kind, who: str, *, confirm: bool = True) -> PersonalRequest:
    """Keeps a request for an e-mail address or the login of an account, and has its link mailed.

    `confirm`: False where whoever makes it knows already that the person asks.  Raises Invalid for what is no address,
    Conflict where such a request is open, TooMany where an address was written to too often.
    """
    user = users.by_login(view, who.strip()) if "@" not in who else None
    address = address_of(user.email if user is not None else who)
    if store.unfinished(view.unit, kind, address, _since(view)):
        raise Conflict("duplicate_request", "There is an open request for this address already.")
    local, now = view.stamps()
    status = Status.PENDING if confirm else Status.CONFIRMED
    # Nobody is its author: an account that has written nothing else is to go with the person.
    post = Post(
        0, store.TYPE, status, slug=kind, title=address.given, date=local, date_gmt=now, modified=local,
        modified_gmt=now, meta={} if confirm else {_CONFIRMED_AT: [str(_now(view))]},
    )  # fmt: skip
    request_id = post_store.insert(view.unit, post)
    if confirm:
        _send(view, request_id, kind, address.given)
    return get(view, request_id)


def resend(view: View, request_id: int) -> None:
    """Mails a new link for a request that nobody has confirmed; the one before holds no more.

    Raises NotFound, Conflict where it is confirmed or done, or another one is open, and TooMany.
    """
    request = get(view, request_id)
    if request.status not in (Status.PENDING, Status.FAILED) or not request.address:
        raise Conflict("request_confirmed", "This request needs no confirmation any more.")
    other = store.unfinished(view.unit, request.kind, address_of(request.address), _since(view))
    if other not in (0, request_id):
        raise Conflict("duplicate_request", "There is an open request for this address already.")
    _send(view, request_id, request.kind, request.address)


def _send(view: View, request_id: int, kind: Kind, address: str) -> None:
    try:
        attempts.take(view, attempts.of_confirmation(view, address))
    except attempts.Refused as refused:
        raise TooMany(
            "too_many_mails", "This address was written to too often. Try again tomorrow.", refused.wait
        ) from refused
    key = secrets.token_urlsafe(24)
    local, now = view.stamps()
    post_store.update(
        view.unit, request_id, status=Status.PENDING.value, password=hash_token(key), modified=local, modified_gmt=now
    )
    variables = {"action": "confirmaction", "request_id": request_id, "confirm_key": key}
    link = f"{view.site.base}/wp-login.php?{urlencode(variables)}"
    language = language_of(view.site.locale)
    words = {"site": _name(view), "what": asked_for(language, kind), "link": link, "home": view.site.home}
    text = language.text(
        "Hello,\n\nsomebody asks this of %(site)s for your e-mail address: %(what)s.\n\nIf it is you, follow this link"
        " within a day, and confirm it there; it holds once:\n\n%(link)s\n\nIf it is not you, nothing needs to be"
        " done.\n\n%(home)s\n",
        **words,
    )
    _mail(view, address, language.text("Confirm: %(what)s", what=words["what"]), text)


def asked_for(language: Language, kind: Kind) -> str:
    """What a kind of request is called."""
    if kind is Kind.EXPORT:
        return language.text("Export of personal data")
    return language.text("Erasure of personal data")


# ---- confirming


def holding(view: View, request_id: int, key: str) -> PersonalRequest | None:
    """The request that a link confirms, while it does."""
    post = post_store.get(view.unit, request_id) if 0 < request_id < 2**63 else None
    request = _request(view, post) if post is not None else None
    if post is None or request is None or request.status is not Status.PENDING:
        return None
    # Of an import before WordPress 6.8 the hash is costly, and no thread has the time for a stranger's key.
    if not post.password or costly(post.password) or not verify_token(key[:_LONGEST_KEY], post.password):
        return None
    return request


def confirm(view: View, request_id: int, key: str) -> PersonalRequest | None:
    """Uses a link up, and tells the site's keeper; None where it does not hold."""
    request = holding(view, request_id, key)
    if request is None:
        return None
    _move(view, request_id, Status.CONFIRMED, _CONFIRMED_AT)
    language = language_of(view.site.locale)
    what = asked_for(language, request.kind)
    screen = "export" if request.kind is Kind.EXPORT else "erase"
    text = language.text(
        "Hello,\n\n%(address)s has confirmed a request: %(what)s.\n\nIt is done here:\n%(link)s\n",
        address=request.address,
        what=what,
        link=f"{view.site.base}/wp-admin/{screen}-personal-data.php",
    )
    _mail(view, str(view.site.option("admin_email")), language.text("Confirmed: %(what)s", what=what), text)
    return get(view, request_id)


def _move(view: View, request_id: int, status: Status, moment: str, **changes: Any) -> None:
    post = post_store.get(view.unit, request_id)
    assert post is not None
    meta = {**post.meta, moment: [str(_now(view))]}
    post_store.update(view.unit, request_id, status=status.value, password="", meta=meta, **changes)


# ---- doing


def take_export(view: View, request_id: int) -> PersonalRequest:
    """The request whose export may be given away.  Raises NotFound, Conflict where nobody has confirmed it."""
    request = get(view, request_id, Kind.EXPORT)
    if request.status not in (Status.CONFIRMED, Status.COMPLETED) or not request.address:
        raise Conflict("request_pending", "Nobody has confirmed this request yet.")
    return request


def complete(view: View, request_id: int) -> None:
    """Notes that the person has what they asked for.  Raises NotFound, Conflict for what is not confirmed."""
    if get(view, request_id, Kind.EXPORT).status is not Status.CONFIRMED:
        raise Conflict("request_pending", "Nobody has confirmed this request yet.")
    _move(view, request_id, Status.COMPLETED, _COMPLETED_AT)


def erased(view: View, request_id: int) -> None:
    """Notes that the person is erased; the request names them no longer."""
    if post_store.get(view.unit, request_id) is not None:
        _move(view, request_id, Status.COMPLETED, _COMPLETED_AT, title=NOBODY, author=0)


def keep_report(view: View, request_id: int, report: Mapping[str, Any]) -> None:
    """Keeps with a request what its erasure did."""
    if post_store.get(view.unit, request_id) is not None:
        post_store.update(view.unit, request_id, content=encode(report))


def remove(view: View, request_id: int) -> None:
    """Removes a request.  Raises NotFound."""
    get(view, request_id)
    post_store.delete(view.unit, request_id)


def fulfilled(view: View, address: str) -> Mail:
    """The mail that tells a person that they are erased."""
    language = language_of(view.site.locale)
    text = language.text(
        "Hello,\n\nwhat %(site)s held of you under this e-mail address is erased, as you have asked.\n\n%(home)s\n",
        site=_name(view),
        home=view.site.home,
    )
    return Mail(address, f"[{_name(view)}] {language.text('Your personal data is erased')}", text)


def _mail(view: View, address: str, subject: str, text: str) -> None:
    if address:
        view.mails.append(Mail(address, f"[{_name(view)}] {subject}", text))


def _name(view: View) -> str:
    return " ".join(unescape(str(view.site.option("blogname"))).split()) or view.site.host


def _now(view: View) -> int:
    return int(view.now().timestamp())
