"""The form of a source: what it shows, and the source that was sent with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wirepress.admin import people
from wirepress.admin.forms import Values
from wirepress.admin.screens.sources import words
from wirepress.admin.visit import Visit
from wirepress.content import terms
from wirepress.content.people.users import display_name
from wirepress.model.original import UpdatePolicy
from wirepress.model.wire import (
    Arrival,
    Byline,
    CanonicalPolicy,
    DatePolicy,
    Duplicates,
    Openness,
    Pictures,
    Rights,
    Rules,
    SignalPolicy,
    Source,
    SourceKind,
)
from wirepress.syndicate.filters import MOST
from wirepress.syndicate.reading.table import readings
from wirepress.syndicate.sources import LIMITS
from wirepress.url.parse import open_address

MOST_CHOICES = 200
DATES = {"original": "The date of the original", "arrival": "The moment it comes in"}
ARRIVALS = {
    "publish": "Publish them at once",
    "pending": "Hold them for review",
    "draft": "Keep them as drafts",
}
BYLINES = {
    "user": "The author chosen above; the attribution names who wrote it",
    "names": "Who wrote it, as a user who cannot log in",
}
OPENNESS = {"closed": "Closed", "open": "Open"}
CANONICALS = {
    "original": "The original is the one to list",
    "noindex": "Do not list our copy",
    "self": "Our copy stands for itself (the source agreed)",
}
RIGHTS = {
    "full": "Full text: we may republish the articles",
    "excerpt": "Excerpt: title, a short summary, and a link to the original",
    "link": "Link: the title, with a link to the original",
}
PICTURES = {
    "all": "The lead picture, and those in the text",
    "lead": "The lead picture alone",
    "none": "None",
}
SIGNALS = {
    "licence": "What we agreed with the source stands above it",
    "heed": "Take no more than an excerpt of such an article",
}
UPDATES = {
    "follow": "Update what nobody has changed here, offer the rest",
    "hold": "Offer every change, and wait for an editor",
    "never": "Leave the post as it came",
}
DUPLICATES = {
    "link": "Leave it out, and name the source beside the first one's",
    "hold": "Hold it for review, in the same story",
    "separate": "Publish it too, as the same story",
}
LONGEST = 2000


def fields(visit: Visit, source: Source, wrong: Mapping[str, str]) -> Mapping[str, Any]:
    """What the template of the form needs."""
    rules = source.rules
    say = visit.say
    return {
        "source": source,
        "rules": rules,
        "url": open_address(source.url),
        "secret": open_address(source.url) != source.url,
        "minutes": interval_text(source.interval),
        "limits": {name: shown_limit(getattr(rules, name)) for name in LIMITS},
        "wrong": {name: words.flaw(visit, flaw) for name, flaw in wrong.items()},
        "categories": [term.name for term in terms.all_of(visit.view, "category")][:MOST_CHOICES],
        "authors": _authors(visit, rules.author),
        "kinds": [(kind.value, say(reading.help)) for kind, reading in readings()],
        "rights": [(name, say(text)) for name, text in RIGHTS.items()],
        "arrivals": [(name, say(text)) for name, text in ARRIVALS.items()],
        "bylines": [(name, say(text)) for name, text in BYLINES.items()],
        "dates": [(name, say(text)) for name, text in DATES.items()],
        "openness": [(name, say(text)) for name, text in OPENNESS.items()],
        "canonicals": [(name, say(text)) for name, text in CANONICALS.items()],
        "pictures": [(name, say(text)) for name, text in PICTURES.items()],
        "signals": [(name, say(text)) for name, text in SIGNALS.items()],
        "updates": [(name, say(text)) for name, text in UPDATES.items()],
        "duplicates": [(name, say(text)) for name, text in DUPLICATES.items()],
    }


def _authors(visit: Visit, current: str) -> list[tuple[str, str]]:
    """Who can be the author of what comes in: those who may write, and whoever is it now."""
    choices = [(user.login, display_name(user)) for user in people.writers(visit)]
    if current and current not in dict(choices):
        choices.insert(0, (current, current))
    return [("", visit.say("The first administrator or editor")), *choices]


def shown_limit(number: int) -> str:
    """A bound as the form shows it, empty for none."""
    return str(number) if number else ""


def interval_text(seconds: int) -> str:
    """Minutes, as the form shows them."""
    return f"{seconds / 60:g}"


def sent(visit: Visit, base: Source) -> Source:
    """The source as the form says; what is no choice stays as it was.

    An address that is sent back as it was shown, without its password, is the address that is kept.
    """
    given = visit.sent
    url = _line(given, "url")
    if url == open_address(base.url):
        url = base.url
    elif "://" not in url and url:
        url = f"https://{url}"
    kind = SourceKind(given.choice("kind", tuple(SourceKind), base.kind))
    return replace(
        base,
        url=url,
        name=_line(given, "name"),
        kind=kind,
        rights=Rights(given.choice("rights", tuple(Rights), base.rights)),
        interval=_seconds(given.text("minutes"), base.interval),
        rules=_rules(given, base.rules),
    )


def _rules(given: Values, base: Rules) -> Rules:
    return Rules(
        items=_line(given, "items"),
        links=_line(given, "links"),
        titles=_line(given, "titles"),
        dates=_line(given, "dates"),
        body=_line(given, "body"),
        remove=_line(given, "remove"),
        unwrap=_line(given, "unwrap"),
        category=_line(given, "category"),
        author=_line(given, "author"),
        date=DatePolicy(given.choice("date", tuple(DatePolicy), base.date)),
        comments=Openness(given.choice("comments", tuple(Openness), base.comments)),
        pings=Openness(given.choice("pings", tuple(Openness), base.pings)),
        canonical=CanonicalPolicy(given.choice("canonical", tuple(CanonicalPolicy), base.canonical)),
        arrival=Arrival(given.choice("arrival", tuple(Arrival), base.arrival)),
        byline=Byline(given.choice("byline", tuple(Byline), base.byline)),
        filters=_lines(given, "filters"),
        terms=_lines(given, "terms"),
        picture=given.text("picture") == "1",
        signals=SignalPolicy(given.choice("signals", tuple(SignalPolicy), base.signals)),
        pictures=Pictures(given.choice("pictures", tuple(Pictures), base.pictures)),
        page=given.text("whole_page") == "1",
        websub=given.text("websub") == "1",
        duplicates=Duplicates(given.choice("duplicates", tuple(Duplicates), base.duplicates)),
        updates=UpdatePolicy(given.choice("updates", tuple(UpdatePolicy), base.updates)),
        max_age=_limit(given.text("max_age")),
        max_per_run=_limit(given.text("max_per_run")),
        max_per_day=_limit(given.text("max_per_day")),
    )


def _limit(text: str) -> int:
    """A bound as it was typed, 0 for none; what is no number is one that is refused."""
    text = text.strip()
    if not text:
        return 0
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _line(given: Values, name: str) -> str:
    return " ".join(given.text(name).split())[: LONGEST + 1]


def _lines(given: Values, name: str) -> tuple[str, ...]:
    """The lines of an area, one more than may be kept at most."""
    lines = (" ".join(line.split()) for line in given.text(name).splitlines())
    return tuple(filter(None, lines))[: MOST + 1]


def _seconds(text: str, otherwise: int) -> int:
    """Minutes as they were typed, in seconds; what is no number is one that is refused."""
    try:
        minutes = float(text.strip().replace(",", "."))
    except ValueError:
        return 0 if text.strip() else otherwise
    return round(minutes * 60) if 0 < minutes < 10**6 else 0
