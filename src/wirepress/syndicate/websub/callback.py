"""What hubs say at the callback of a subscription (WebSub, sections 5 and 7): their questions, and what they deliver.

The callback's address is a secret between this site and the hub: who does not know it learns nothing here.

What is delivered counts as a sign that the feed has changed, and no more: the source is then looked at as it always
is, within its rights, rules and leases, and the body is read by nobody.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from wirepress.content.newsroom import Newsroom
from wirepress.model.blob import Blob
from wirepress.model.subscription import Delivery, Subscription, SubscriptionState
from wirepress.store import subscriptions as store
from wirepress.syndicate.schedule import chance_of
from wirepress.syndicate.websub.hearing import due_at
from wirepress.syndicate.websub.lease import DENIED_FOR, REMEMBERED_FOR, lease_of, renewal

PATH: Final = "/-/websub/"
"""The beginning of every callback's path; its token is the end."""
TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")
LONGEST_CHALLENGE: Final = 2_000
LONGEST_REASON: Final = 200
METHODS: Final[Mapping[str, int]] = {
    name: hashlib.new(name, usedforsecurity=False).digest_size for name in ("sha1", "sha256", "sha384", "sha512")
}
"""How deliveries may be signed, with the octets of a signature."""
_SIGNED: Final = re.compile(r"(sha\d{1,3})=([0-9a-fA-F]{40,128})")

Received = Literal["taken", "ignored", "gone"]


@dataclass(frozen=True, slots=True)
class Question:
    """What a hub asks: whether a subscription was wanted (`subscribe`, `unsubscribe`), or that it is `denied`."""

    mode: str
    topic: str
    challenge: str = ""
    lease: str = ""
    reason: str = ""


def find(newsroom: Newsroom, token: str) -> Subscription | None:
    """The subscription of a callback."""
    if not TOKEN.fullmatch(token):
        return None
    with newsroom.database.read() as unit:
        return store.by_token(unit, token)


def answer(newsroom: Newsroom, token: str, question: Question) -> str | None:
    """What to answer a hub, None where nothing of the sort was asked of it.

    A question that is asked once more, since the hub did not get the answer, is answered as before; for some minutes
    where a subscription has ended.
    """
    known = find(newsroom, token)
    now = int(newsroom.clock.now().timestamp())
    if known is None or not _was_asked(known, question, now):
        return None
    if question.mode == "denied":
        _deny(newsroom, known, question.reason, now)
        return ""
    with newsroom.database.write() as unit:
        if question.mode == "unsubscribe":
            is_so = store.leave(unit, known, now + REMEMBERED_FOR)
        else:
            lease = lease_of(question.lease)
            is_so = store.confirm(unit, known, now, now + lease, renewal(now, lease, chance_of(known.id, now)))
    return question.challenge if is_so else None  # it may have changed since it was looked for


def _was_asked(known: Subscription, question: Question, now: int) -> bool:
    if question.topic != known.topic or not (known.tries or known.is_held(now)):
        return False
    if question.mode == "denied":
        return True
    wanted = "unsubscribe" if known.state is SubscriptionState.ENDING else "subscribe"
    return question.mode == wanted and 0 < len(question.challenge) <= LONGEST_CHALLENGE


def _deny(newsroom: Newsroom, known: Subscription, reason: str, now: int) -> None:
    with newsroom.database.write() as unit:
        if known.state is SubscriptionState.ENDING:
            store.remove(unit, known)
            return
        line = " ".join("".join(sign if sign.isprintable() else " " for sign in reason).split())
        lost = store.lose(unit, known, SubscriptionState.DENIED, line[:LONGEST_REASON], now + DENIED_FOR)
        if lost and known.is_held(now):  # the source was asked rarely until now
            store.deliver(unit, known, now, due_at(known, now))


def receive(newsroom: Newsroom, token: str, signature: str, body: Blob) -> Received:
    """Takes what a hub delivers; what is not signed as was agreed is ignored.

    However much comes, there is one write between two looks at the source, and these have a pause between them.
    """
    known = find(newsroom, token)
    if known is None or known.state is SubscriptionState.ENDING:
        return "gone"
    if not is_signed(known.secret, signature, body):
        return "ignored"
    if known.delivery in (Delivery.NONE, Delivery.TAKEN):
        now = int(newsroom.clock.now().timestamp())
        with newsroom.database.write() as unit:
            store.deliver(unit, known, now, due_at(known, now))
    return "taken"


def is_signed(secret: str, signature: str, body: Blob) -> bool:
    """Whether an `X-Hub-Signature` (`method=hex`) is that of a body; compared in a time that tells nothing."""
    found = _SIGNED.fullmatch(signature.strip())
    if found is None or METHODS.get(found[1]) != len(found[2]) / 2:
        return False
    made = hmac.new(secret.encode(), digestmod=found[1])
    for piece in body.pieces():
        made.update(piece)
    return hmac.compare_digest(made.digest(), bytes.fromhex(found[2]))
