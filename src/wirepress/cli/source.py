"""`wirepress source` and `wirepress pull`: where articles come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from wirepress.cli.commands import Commands
from wirepress.cli.common import fail, newsroom_of, say, settings_of, show
from wirepress.cli.output import speaks_json, tell_fault, watched
from wirepress.model.errors import Unavailable, WirepressError
from wirepress.model.original import UpdatePolicy
from wirepress.model.wire import (
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
from wirepress.store import backlog, sources, users
from wirepress.store import runs as run_store
from wirepress.syndicate.reading.table import reading_of
from wirepress.syndicate.sources import LIMITS, SELECTORS, is_selector, name_of
from wirepress.syndicate.tempo import course_of
from wirepress.url.parse import is_address, open_address

group = Commands(help="Add, list and remove sources.")

SOURCE = typer.Argument(metavar="SOURCE", help="Id or address of the source.")
LONGEST_CATEGORY = 200
"""Characters of a term's name in WordPress's column."""


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="source")
    app.command("pull")(pull)


@group.command("add")
def add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="Address of the feed, or of what --kind says.")],
    kind: Annotated[SourceKind | None, typer.Option(help="What it is; with --links a listing, else a feed.")] = None,
    category: Annotated[str, typer.Option(help="Category of its posts, made when there is none.")] = "",
    rights: Annotated[Rights, typer.Option(help="What may be republished.")] = Rights.EXCERPT,
    name: Annotated[str, typer.Option(help="Name shown in attributions.")] = "",
    links: Annotated[str, typer.Option(metavar="CSS", help="URL is a listing page; these are its article links.")] = "",
    items: Annotated[str, typer.Option(metavar="CSS", help="On it, what holds one article each; within it ...")] = "",
    titles: Annotated[str, typer.Option(metavar="CSS", help="... its title ...")] = "",
    dates: Annotated[str, typer.Option(metavar="CSS", help="... and its date.")] = "",
    body: Annotated[str, typer.Option(metavar="CSS", help="What holds an article's text.")] = "",
    remove: Annotated[str, typer.Option(metavar="CSS", help="What to cut out of the text.")] = "",
    unwrap: Annotated[str, typer.Option(metavar="CSS", help="What to cut out but keep the inside of.")] = "",
    author: Annotated[str, typer.Option(help="Login of the user its posts belong to.")] = "",
    date: Annotated[DatePolicy, typer.Option(help="Date of the original or of arrival.")] = DatePolicy.ORIGINAL,
    comments: Annotated[Openness, typer.Option(help="Comments on its posts.")] = Openness.CLOSED,
    pings: Annotated[Openness, typer.Option(help="Pings to its posts.")] = Openness.CLOSED,
    canonical: Annotated[CanonicalPolicy, typer.Option(help="What crawlers are told.")] = CanonicalPolicy.ORIGINAL,
    picture: Annotated[bool, typer.Option(help="Take the lead picture under excerpt and link too.")] = False,
    pictures: Annotated[
        Pictures, typer.Option(help="Which pictures are taken, as far as the rights reach.")
    ] = Pictures.ALL,
    signals: Annotated[
        SignalPolicy, typer.Option(help="What pages say against copies, under full: heed it, or the licence stands.")
    ] = SignalPolicy.LICENCE,
    websub: Annotated[bool, typer.Option(help="Have hubs that it names tell of its news.")] = True,
    page: Annotated[bool, typer.Option(help="Fetch each article's page; else the feed's text is all.")] = True,
    updates: Annotated[UpdatePolicy, typer.Option(help="What a change of the original does.")] = UpdatePolicy.FOLLOW,
    duplicates: Annotated[
        Duplicates, typer.Option(help="What becomes of an article whose text is here already.")
    ] = Duplicates.LINK,
    max_age: Annotated[
        int, typer.Option(metavar="DAYS", min=0, help="Days after which an article is too old; 0: none is.")
    ] = 0,
    max_per_run: Annotated[
        int, typer.Option(metavar="NUMBER", min=0, help="Articles that may come in of one run; 0: all.")
    ] = 0,
    max_per_day: Annotated[
        int, typer.Option(metavar="NUMBER", min=0, help="Articles that may come in on a day; 0: all.")
    ] = 0,
    every: Annotated[int, typer.Option("--interval", "--every", min=60, help="Seconds between two looks.")] = 1800,
) -> None:
    """Add a source: a feed, or what --kind says.  One that was stopped is taken up again.

    Example: wirepress source add https://harbour.example/feed --category Harbour --rights full
    """
    if not is_address(url):
        fail(f"{url} is no http or https address", error="invalid_address")
    if len(category) > LONGEST_CATEGORY:
        fail(f"the name of a category has at most {LONGEST_CATEGORY} characters", error="bad_source")
    rules = Rules(
        links, body, remove, unwrap, category, author, date, comments, pings, canonical,
        picture=picture, page=page, updates=updates, duplicates=duplicates, items=items, titles=titles, dates=dates,
        pictures=pictures, signals=signals, websub=websub, max_age=max_age, max_per_run=max_per_run,
        max_per_day=max_per_day,
    )  # fmt: skip
    kind = kind or (SourceKind.LISTING if links else SourceKind.FEED)
    source = Source(0, url, name, kind, rights, rules=rules, interval=every)
    check(source)
    with newsroom_of(context) as newsroom, newsroom.database.write() as unit:
        number = added(unit, source)
    say(f"Source {number}: {open_address(url)}", id=number, url=open_address(url))


def added(unit: Any, source: Source) -> int:
    """The number of a source that was added, or taken up again with what it brought where it was stopped; ends the
    command where it is one already, or names no user."""
    known = sources.by_url(unit, source.url)
    if known is not None and known.active:
        fail(f"{open_address(source.url)} is source {known.id} already", error="source_there")
    if source.rules.author and users.by_login(unit, source.rules.author) is None:
        fail(f"there is no user {source.rules.author}", error="invalid_user_id")
    if known is None:
        return sources.add(unit, source)
    sources.change(unit, replace(source, id=known.id))
    sources.take_up(unit, known.id)
    return known.id


def check(source: Source) -> None:
    """Ends the command where the source cannot be read as it says."""
    reading = reading_of(source.kind)
    too_much = [name for name, most in LIMITS.items() if getattr(source.rules, name) > most]
    if too_much:
        fail(f"--{too_much[0].replace('_', '-')} is at most {LIMITS[too_much[0]]}", error="bad_source")
    flawed = [name for name in SELECTORS if not is_selector(getattr(source.rules, name))]
    if flawed:
        fail(f"--{flawed[0]} {getattr(source.rules, flawed[0])!r} is no CSS selector", error="bad_source")
    missing = [name for name in reading.needs if not getattr(source.rules, name)]
    if missing:
        fail(f"a source of the kind {source.kind.value} needs --{missing[0]}", error="bad_source")
    if reading.flaws(source.rules):
        fail("--titles and --dates are looked for in --items", error="bad_source")


@group.command("list")
def list_(context: typer.Context) -> None:
    """List sources and how their last run went.

    Example: wirepress source list
    """
    with newsroom_of(context) as newsroom, newsroom.database.read() as unit:
        runs = run_store.last_runs(unit)
        left = backlog.counts(unit)
        now = int(newsroom.clock.now().timestamp())
        rows = [
            row_of(standing, runs.get(standing.source.id), left.get(standing.source.id, {}), now)
            for standing in sources.standings(unit)
        ]
    columns = ["id", "source", "rights", "state", "last run", "open", "result"]
    show([row | in_short(row) for row in rows] if not speaks_json() else rows, columns)


def in_short(row: Mapping[str, Any]) -> dict[str, Any]:
    """What several columns of JSON are in a table: whether a source is looked at, and how many entries are open."""
    state = "proposed" if row["proposed"] else "off"
    waiting = {name: row[name] for name in ("left", "waits", "failed", "dead") if row[name]}
    return {
        "state": (row["rhythm"] or "on") if row["active"] else state,
        "open": ", ".join(f"{number} {name}" for name, number in waiting.items()),
        "last run": str(row["last run"]).replace("+00:00", ""),
    }


def row_of(standing: sources.Standing, run: Any, left: Mapping[str, int], now: int) -> dict[str, Any]:
    """A source as the list shows it; `left` is how many of its entries are in which state."""
    source = standing.source
    when = datetime.fromtimestamp(run.started, UTC).isoformat(timespec="seconds") if run else ""
    return {
        "id": source.id,
        "url": open_address(source.url),
        "name": source.name,
        "source": name_of(source),
        "kind": source.kind.value,
        "rights": source.rights.value,
        "category": source.rules.category,
        "updates": source.rules.updates.value,
        "duplicates": source.rules.duplicates.value,
        "active": source.active,
        "proposed": bool(standing.proposed_at) and not source.active,
        "last run": when,
        "left": left.get("left", 0),
        "waits": left.get("waits", 0),
        "failed": left.get("failed", 0),
        "dead": left.get("dead", 0),
        "rhythm": course_of(source.memory.tempo, now) if source.active else "",
        "result": source.memory.error or (run.result if run else ""),
        "attempts": standing.attempts,
        "next_at": standing.next_at,
    }


@group.command("rights")
def rights_(
    context: typer.Context,
    source: Annotated[str, SOURCE],
    rights: Annotated[Rights, typer.Argument(metavar="RIGHTS", help="full, excerpt or link.")],
) -> None:
    """Change what of a source (by id or address) may be republished; what that no longer allows is taken back.

    Example: wirepress source rights 1 link
    """
    from wirepress.syndicate.narrow import mark_of, narrow

    with newsroom_of(context) as newsroom:
        with newsroom.database.write() as unit:
            # Without validators the next pull reads the whole source: wider rights bring what narrower ones left out.
            found = replace(find(unit, source), rights=rights)
            found = replace(found, memory=replace(found.memory, etag="", last_modified="", within="", mark=""))
            sources.change(unit, found)
            sources.due_now(unit, found.id)
        changed = narrow(newsroom, found)
        with newsroom.database.write() as unit:
            sources.change(unit, replace(found, memory=replace(found.memory, within=mark_of(found))))
    say(
        f"Source {found.id}: {rights.value}; {changed} posts were brought within it",
        source=found.id, rights=rights.value, changed=changed,
    )  # fmt: skip


@group.command("remove")
def remove_(context: typer.Context, source: Annotated[str, SOURCE]) -> None:
    """Stop a source (by id or address); what it brought stays, with its attribution.

    Example: wirepress source remove 1
    """
    with newsroom_of(context) as newsroom, newsroom.database.write() as unit:
        found = find(unit, source)
        sources.remove(unit, found.id, int(newsroom.clock.now().timestamp()))
    say(f"Source {found.id} is stopped", source=found.id)


def find(unit: Any, source: str) -> Source:
    """The source of this id or address; ends the command when there is none."""
    is_id = source.isascii() and source.isdigit() and len(source) < 19
    found = sources.get(unit, int(source)) if is_id else sources.by_url(unit, source)
    if found is None:
        fail(f"there is no source {source}", error="no_source")
    return found


def chosen(unit: Any, source: str) -> list[Source]:
    """The source of this id or address, or without one all that are active."""
    if source:
        return [find(unit, source)]
    return [standing.source for standing in sources.standings(unit) if standing.source.active]


def why_not(error: Exception, number: int) -> str:
    """Why a source could not be looked at, in one line; of a fault of ours it is said where it came from."""
    if isinstance(error, WirepressError):  # somebody else looks at it, or has removed it
        return error.message
    tell_fault(f"source {number} failed", error)
    return f"a fault of this program, not of the source: {type(error).__name__}"


def pull(
    context: typer.Context,
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="Id or address of one source; all when left out.")
    ] = "",
) -> None:
    """Look at the sources now and take what is new.

    Example: wirepress pull 1
    """
    from wirepress.app.fetcher import fetcher_of
    from wirepress.app.turns import SharedTurns
    from wirepress.syndicate.pull import pull_source
    from wirepress.syndicate.report import Report

    settings = settings_of(context)
    reports: list[Report] = []
    with newsroom_of(context) as newsroom:
        with newsroom.database.read() as unit:
            wanted = chosen(unit, source)
        with fetcher_of(settings) as fetcher, watched() as progress:
            fetcher.shared = SharedTurns(newsroom.database)
            for one in wanted:
                name = f"{one.id} {name_of(one)}"  # two sources of one host are two bars
                progress(name, 0, None)

                def step(report: Report, name: str = name) -> None:
                    progress(name, report.done, report.found)

                try:
                    report = pull_source(newsroom, one.id, fetcher, step=step)
                except Unavailable:  # the next source would fare no better
                    raise
                except Exception as error:
                    if len(wanted) == 1 and isinstance(error, WirepressError):
                        raise
                    report = Report(name_of(one), error=why_not(error, one.id))
                reports.append(report)
                progress(name, 1, 1)
    rows = [report.row() for report in reports]
    show(rows, ["source", "found", "created", "revised", "skipped", "failed", "result"])
    if rows and all(report.error for report in reports):
        raise typer.Exit(1)
