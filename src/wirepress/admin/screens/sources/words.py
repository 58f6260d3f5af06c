"""What is said of sources, in words that everybody knows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from wirepress.admin import moments
from wirepress.admin.screens.sources import machinery
from wirepress.admin.visit import Visit
from wirepress.model.entry import Why
from wirepress.model.moment import ZERO, Stamp, stamp
from wirepress.model.order import Order, OrderKind, OrderState
from wirepress.model.subscription import SubscriptionState
from wirepress.model.wire import SourceKind
from wirepress.syndicate.reading.table import reading_of
from wirepress.syndicate.sources import Health, Overview
from wirepress.syndicate.websub.standing import host_of, state_of

HEALTH: dict[Health, tuple[str, str]] = {
    "fine": ("Fine", "good"),
    "slow": ("Slow", "warn"),
    "silent": ("Silent for longer than usual", "warn"),
    "flood": ("Brings far more than usual", "warn"),
    "failing": ("Failing", "bad"),
    "never": ("Never run", ""),
    "running": ("Running now", "good"),
    "paused": ("Paused", ""),
    "proposed": ("Proposed, not turned on yet", ""),
    "gone": ("Gone for good", "bad"),
    "removed": ("Removed", ""),
}
"""A word for each, and the colour of its badge."""

RIGHTS = {
    "full": "Full text",
    "excerpt": "Excerpt and link",
    "link": "Title and link",
}
RESULTS = {
    "created": ("New", "good"),
    "revised": ("Updated", "good"),
    "offered": ("Change offered", "warn"),
    "skipped": ("Left out", ""),
    "waits": ("Would wait", "warn"),
    "failed": ("Failed", "bad"),
    "unchanged": ("Nothing new", ""),
}
REASONS = {
    "unchanged": "nothing has changed since it came",
    "taken-down": "it was taken down here",
    "skipped-before": "it was left out before",
    "no-link": "it has no link",
    "no-title": "it has no title",
    "no-body": "no text was found on its page",
    "duplicate": "it came by another way already",
    "filtered": "a filter rejects it",
    "too-old": "it is older than what this source is to bring",
    "run-limit": "it waits: as many as may come in of one run have come in",
    "day-limit": "it waits: as many as may come in on a day have come in",
    "backlog-full": "it waited too long: as many newer ones wait as may",
    "rejected": "somebody has rejected it here",
    "near-duplicate": "nearly the same text is here already",
    "unavailable": "its page cannot be had",
    "waiting": "it failed lately, and is tried again later",
    "given-up": "it failed again and again, and is tried no more",
    "challenge": "a check for robots stood in its place",
    "consent": "a question for consent stood in its place",
    "login": "its page wants a login",
    "error-page": "its page tells of an error",
    "shell": "its page is empty without its scripts",
    "paywall": "it has to be paid for, and its page shows a part of it only",
    "paged": "not all of its pages could be had",
}
KINDS_OF_ORDER = {
    OrderKind.DISCOVER: "Looking what there is",
    OrderKind.TEST: "Looking what would come in",
    OrderKind.RUN: "Looking for new articles",
}
STATES = {
    OrderState.WAITING: "Waiting for its turn",
    OrderState.WORKING: "Under way",
    OrderState.DONE: "Done",
    OrderState.FAILED: "It did not work",
    OrderState.CANCELLED: "Stopped",
}
FLAWS = {
    "no_address": "This is no address of a web page or a feed.",
    "taken": "There is a source of this address already.",
    "interval": "The time between two runs is between a minute and thirty days.",
    "max_age": "An age is a whole number of days, ten years at most.",
    "max_per_run": "This is a whole number, 5000 at most.",
    "max_per_day": "This is a whole number, 5000 at most.",
    "too_long": "This is too long: it may have 200 characters.",
    "no_user": "There is no such user.",
    "no_links": "Say which links of the page lead to articles.",
    "no_items": "Say first what holds one article each.",
    "no_page": "Of such a source the articles' own pages have to be read.",
    "no_selector": "This is no CSS selector that can be used.",
    "no_action": "a line begins with accept, reject, hold, draft, publish, category, tag or author.",
    "no_target": "after category, tag and author stands a name.",
    "no_condition": 'after if stands what has to be so, such as: title contains "Live"',
    "no_field": "it can ask for title, text, author, term, section, address, language, words, age and picture.",
    "no_test": "texts are compared by is, contains and matches, words and age by < and >.",
    "no_value": "it does not say what to compare with.",
    "no_number": "this is no number, or no time such as: 7 days",
    "no_pattern": "this is no regular expression.",
    "no_end": "a quotation mark has no partner.",
    "no_mapping": "a line looks like: Football = category Sport",
    "too_many": "there are too many lines.",
}
"""What is wrong with a field of a source (`sources.flaws`)."""
PARTS = {
    "title": "title", "content": "text", "excerpt": "excerpt", "categories": "categories", "tags": "tags",
    "featured_media": "featured picture", "author": "author", "date": "date",
}  # fmt: skip
"""What of an article a source may have changed."""
COUNTED = {
    "created": ("%(count)s new", "%(count)s new"),
    "revised": ("%(count)s updated", "%(count)s updated"),
    "offered": ("%(count)s offered", "%(count)s offered"),
    "failed": ("%(count)s failed", "%(count)s failed"),
}
LEFT = {
    "left": ("%(count)s still to be looked at", "%(count)s still to be looked at"),
    "waits": ("%(count)s waits for the next run or day", "%(count)s wait for the next run or day"),
    "failed": ("%(count)s to be tried again", "%(count)s to be tried again"),
    "dead": ("%(count)s given up", "%(count)s given up"),
}
RULED = {
    "rejecting": ("%(count)s rejected by", "%(count)s rejected by"),
    "holding": ("%(count)s waits for a decision", "%(count)s wait for a decision"),
}
HUBS = {
    SubscriptionState.ACTIVE: "Subscribed at %(hub)s until %(when)s",
    SubscriptionState.DISTRUSTED: "Subscribed at %(hub)s until %(when)s, but not trusted: it was silent about news",
    SubscriptionState.DENIED: "%(hub)s denies to tell of news",
    SubscriptionState.PENDING: "%(hub)s was asked to tell of news, and has not confirmed it",
}
PATIENCE = 15
"""Seconds after which an order that nobody has taken is remarked upon."""


def kind(visit: Visit, of: SourceKind) -> str:
    """What a kind of source is called."""
    return visit.say(reading_of(of).label)


def gmt(seconds: int) -> Stamp:
    """A moment in the machine's seconds as a UTC stamp."""
    return stamp(datetime.fromtimestamp(seconds, UTC)) if seconds else ZERO


def moment(visit: Visit, seconds: int) -> dict[str, str]:
    """A moment as pages show it: how long ago, and the date in full."""
    when = gmt(seconds)
    return {"ago": moments.ago(visit, when), "full": moments.full(visit, when), "iso": moments.iso(visit, when)}


def flaw(visit: Visit, found: str) -> str:
    """What is wrong with a field, with the line that it is wrong in where it has lines."""
    line, _, code = found.rpartition(": ")
    text = visit.say(FLAWS[code])
    return visit.say("Line %(line)s: %(flaw)s", line=line, flaw=text) if line else text


def health(visit: Visit, one: Overview) -> dict[str, str]:
    """A source's health as a badge, with the last error in plain words."""
    word, colour = HEALTH[one.health]
    text = visit.say(word)
    if one.failing_since:
        text = visit.say("Failing since %(when)s", when=moments.full(visit, gmt(one.failing_since)))
    error = one.source.memory.error if one.health in ("failing", "gone") else ""
    return {"name": one.health, "text": text, "colour": colour, "error": sentence(visit, error)}


def sentence(visit: Visit, text: str) -> str:
    """A line of the machinery's as a sentence in the user's language."""
    text = machinery.said(visit.language, text.strip())
    if not text:
        return ""
    if "." not in text.split()[0]:  # the name of a host stays as it is
        text = text[0].upper() + text[1:]
    return text + ("" if text.endswith((".", "!", "?")) else ".")


def hub(visit: Visit, one: Overview) -> str:
    """How it stands with a source's hub, "" where there is none."""
    known = one.subscription
    if known is None:
        return ""
    state = state_of(known, int(visit.view.now().timestamp()))
    until = moments.full(visit, gmt(known.lease_until))
    line = visit.say(HUBS[state], hub=host_of(known), when=until)
    return f"{line}: {machinery.said(visit.language, known.reason)}" if known.reason else line


def counted(visit: Visit, facts: Any) -> str:
    """What a look brought, in words: new, updated, left out, failed."""
    count = visit.language.count
    parts = []
    for name, (one, many) in COUNTED.items():
        number = facts.get(name, 0)
        if number:
            parts.append(count(one, many, number))
    return ", ".join(parts) or visit.say("Nothing new")


def left(visit: Visit, one: Overview) -> str:
    """How much is still to be taken of a source, and what was given up."""
    count = visit.language.count
    parts = [count(single, many, one.left[state]) for state, (single, many) in LEFT.items() if one.left.get(state)]
    return ", ".join(parts)


def result(visit: Visit, entry: Any) -> dict[str, str]:
    """What became of an entry, as a badge and the reason."""
    name = entry.get("result", "")
    word, colour = RESULTS.get(name, (name, ""))
    detail = str(entry.get("detail", ""))
    reason = str(entry.get("reason", ""))
    first, _, rest = detail.partition(": ")
    if not reason and (name == "skipped" or (name == "created" and first in REASONS)):
        reason, detail = first, rest
    said = visit.say(REASONS[reason]) if reason in REASONS else reason
    if name in ("revised", "offered"):
        said, detail = ", ".join(visit.say(PARTS.get(part, part)) for part in detail.split(", ")), ""
    said = said or machinery.said(visit.language, detail)
    return {"name": name, "text": visit.say(word), "colour": colour, "reason": said}


def reasons(visit: Visit, found: Any) -> list[tuple[str, int]]:
    """Why entries were left out, with how many, most first."""
    pairs = sorted(dict(found or {}).items(), key=lambda pair: -pair[1])
    return [(visit.say(REASONS.get(str(name), str(name))), number) for name, number in pairs]


def rules(visit: Visit, facts: Any) -> list[tuple[str, str]]:
    """Which lines of the filters rejected entries or held articles, with how many each: words, and the line."""
    count = visit.language.count
    rejected = [(count(*RULED["rejecting"], number), line) for line, number in facts.get("rejecting", {}).items()]
    held = [(count(*RULED["holding"], number), line) for line, number in facts.get("holding", {}).items()]
    return [*rejected, *((said, "" if line == Why.ARRIVAL else line) for said, line in held)]


def state(visit: Visit, order: Order) -> dict[str, str]:
    """How far an order is, in words."""
    note = ""
    waits = int(visit.view.now().timestamp()) - order.placed
    if order.state is OrderState.WAITING and waits > PATIENCE:
        note = visit.say("Nobody has taken it up yet. Is the worker running?")
    colours = {OrderState.DONE: "good", OrderState.FAILED: "bad"}
    return {
        "title": visit.say(KINDS_OF_ORDER[order.kind]),
        "text": visit.say(STATES[order.state]),
        "colour": colours.get(order.state, ""),
        "note": note,
    }
