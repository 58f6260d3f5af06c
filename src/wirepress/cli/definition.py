"""`wirepress source show|set|test|pause|resume|apply|export|import`: sources as they are defined."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from wirepress.cli.common import fail, newsroom_of, say, settings_of, show
from wirepress.cli.output import answer, speaks_json
from wirepress.cli.source import SOURCE, find, group
from wirepress.content.newsroom import Newsroom, View
from wirepress.model.errors import Invalid
from wirepress.model.wire import Source
from wirepress.net.port import Fetcher
from wirepress.store import sources as store
from wirepress.store import subscriptions
from wirepress.syndicate import definition, sources
from wirepress.syndicate.websub.standing import described
from wirepress.url.parse import is_address, open_address

FILE = "sources.toml"
GIVEN = typer.Argument(metavar="NAME=VALUE", help="Settings, as `source show` names them; a list's, once a line.")
RESULTS = {"waits": "would wait"}
"""What becomes of an entry, where it is shown in other words than JSON has."""
_LISTS = ("filters", "terms")


def register(_: typer.Typer) -> None:
    """The commands are those of `source` already."""


@group.command("show")
def show_(
    context: typer.Context,
    source: Annotated[str, SOURCE],
) -> None:
    """Show all settings of a source, as sources.toml has them, and how it stands with its hub.

    Example: wirepress source show 1
    """
    with newsroom_of(context) as newsroom, newsroom.database.read() as unit:
        found = find(unit, source)
        settings = definition.settings_of(found)
        now = int(newsroom.clock.now().timestamp())
        hub = described(subscriptions.of_source(unit, found.id), now)
    settings["url"] = open_address(settings["url"])
    lines = (f"# hub: {hub}\n" if hub else "") + definition.as_toml([settings])
    answer(lines.rstrip("\n"), settings | {"hub": hub})


@group.command("set")
def set_(context: typer.Context, source: Annotated[str, SOURCE], given: Annotated[list[str], GIVEN]) -> None:
    """Change settings of a source: `source set 3 category=Sport 'filters=reject if words < 80'`.

    Example: wirepress source set 1 category=Sport "filters=reject if words < 80"
    """
    settings = settings_given(given)
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        before = find(view.unit, source)
        kept(view, before, settings)
    say(f"Source {before.id}: {', '.join(settings)}", source=before.id, changed=list(settings))


def settings_given(given: list[str]) -> dict[str, Any]:
    """The settings of a command line; ends the command where one has no value."""
    found: dict[str, Any] = {}
    for one in given:
        name, has_value, value = one.partition("=")
        if not has_value:
            fail(f"{one!r} is no NAME=VALUE", error="invalid_setting")
        if name in _LISTS:
            found.setdefault(name, []).append(value)
        else:
            found[name] = value
    return found


def kept(view: View, before: Source, settings: Mapping[str, Any]) -> None:
    try:
        definition.keep(view, before, definition.with_settings(before, settings))
    except Invalid as error:
        fail(in_words(error), error=error.code, data=error.data)


@group.command("pause")
def pause(context: typer.Context, source: Annotated[str, SOURCE]) -> None:
    """Look at a source no more, until it is resumed.

    Example: wirepress source pause 1
    """
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        found = find(view.unit, source)
        sources.pause(view, found.id)
    say(f"Source {found.id} is paused", source=found.id)


@group.command("resume")
def resume(context: typer.Context, source: Annotated[str, SOURCE]) -> None:
    """Look at a source again, soon.

    Example: wirepress source resume 1
    """
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        found = find(view.unit, source)
        sources.resume(view, found.id)
    say(f"Source {found.id} is looked at again", source=found.id)


@group.command("test")
def try_(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Id or address of a source, or any address.")],
    given: Annotated[list[str] | None, GIVEN] = None,
) -> None:
    """Show what would come in of a source, entry by entry with the reasons; nothing is kept.

    Of a new address it is found out first what there is (feeds, a WordPress site, a sitemap, a list of articles, an
    article), unless kind=KIND or links=CSS says it.  Where the best of it is a source already, that one is shown.

    Example: wirepress source test 1
    """
    from wirepress.app.fetcher import fetcher_of
    from wirepress.syndicate.preview import preview

    settings = settings_given(given or [])
    candidates: list[dict[str, Any]] = []
    with newsroom_of(context) as newsroom, fetcher_of(settings_of(context)) as fetcher:
        with newsroom.view() as view:
            is_new = is_address(source) and store.by_url(view.unit, source) is None
            before = Source(0, source) if is_new else find(view.unit, source)
        try:
            if is_new and not {"kind", "links"} & settings.keys():
                candidates = offered(newsroom, source, fetcher)
                before, settings = best_of(newsroom, candidates, settings)
            one = definition.with_settings(before, settings)
            with newsroom.view() as view:
                refuse_flaws(view, one)
            found = preview(newsroom, one, fetcher, lambda *_: None)
        except Invalid as error:
            fail(in_words(error), error=error.code, data=error.data)
    if speaks_json():
        answer("", {"source": before.id or None, "candidates": candidates, "settings": shown_of(one), **found})
        return
    if candidates:
        show([{**row, "settings": as_given(row["settings"])} for row in candidates],
             ["kind", "url", "total", "title", "settings", "source"])  # fmt: skip
        what = f"The first of them, {one.kind.value} {open_address(one.url)},"
        state = "" if before.active else ", which is off"
        say(f"{what} is source {before.id} already{state}; it would bring:" if before.id else f"{what} would bring:")
    rows = [
        {
            "entry": entry["title"] or entry["link"],
            "result": RESULTS.get(entry["result"], entry["result"]),
            "why": entry["detail"] if entry["result"] == "waits" else why_of(entry),
            "words": entry.get("words", ""),
            "category": entry.get("category", ""),
            "status": entry.get("status", ""),
        }
        for entry in found["entries"]
    ]
    show(rows, ["entry", "result", "why", "words", "category", "status"])
    say(f"{found['found']} entries, of which the newest {len(rows)} were looked at; nothing was kept")


def why_of(entry: Mapping[str, Any]) -> str:
    return ": ".join(filter(None, (entry["reason"], entry["detail"])))


def offered(newsroom: Newsroom, url: str, fetcher: Fetcher) -> list[dict[str, Any]]:
    """What of an address could be a source, the best first; ends the command where nothing could.

    Raises FetchError and Unreadable where the address cannot be read.
    """
    from wirepress.syndicate.discover import discover

    found = discover(url, fetcher, newsroom.clock.now(), lambda _: None)["candidates"]
    if not found:
        fail(f"no source was found at {open_address(url)}", error="no_source_found")
    return list(found)


def best_of(
    newsroom: Newsroom, candidates: list[dict[str, Any]], given: dict[str, Any]
) -> tuple[Source, dict[str, Any]]:
    """What the first of the candidates is as a source, and the settings that it gets besides: one that is a source
    already is that source, whatever state it is in.  Notes in each candidate which `source` it is, None for none."""
    with newsroom.view() as view:
        known = [store.by_url(view.unit, candidate["url"]) for candidate in candidates]
    for candidate, one in zip(candidates, known, strict=True):
        candidate["source"] = one.id if one else None
    best = candidates[0]
    if known[0] is not None:
        return known[0], given
    return Source(0, best["url"]), {"kind": best["kind"], **best["settings"], **given}


def refuse_flaws(view: View, source: Source) -> None:
    """Ends the command where a source cannot be kept as it is."""
    if flaws := sources.flaws(view, source):
        fail(worded(flaws), error="bad_source", data=flaws)


def in_words(error: Invalid) -> str:
    """What is wrong, with the fields that it is wrong in."""
    return worded(error.data) if isinstance(error.data, Mapping) and error.data else error.message


def worded(flaws: Mapping[str, Any]) -> str:
    """What is wrong with fields of a source (`sources.flaws`), in the sentences of its screen."""
    from wirepress.admin.screens.sources.words import FLAWS

    said = []
    for name, flaw in flaws.items():
        line, _, code = str(flaw).rpartition(": ")
        text = FLAWS.get(code, code)
        said.append(f"{name}: line {line}: {text}" if line else f"{name}: {text}")
    return "; ".join(said)


def shown_of(source: Source) -> dict[str, Any]:
    """The settings of a source, without a password in its address."""
    return definition.settings_of(replace(source, url=open_address(source.url)), only_changed=True)


def as_given(settings: Mapping[str, Any]) -> str:
    """Settings as the command line takes them."""
    return " ".join(shlex.quote(f"{name}={value}") for name, value in settings.items())


@group.command("apply")
def apply(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(help="A file of [[source]]s; sources.toml of the site if left out.")
    ] = None,
) -> None:
    """Bring sources to what a file says; what it does not name is left alone.

    Example: wirepress source apply sources.toml
    """
    place = file or settings_of(context).folder / FILE
    try:
        text = place.read_text("utf-8")
    except UnicodeDecodeError:
        fail(f"{place} cannot be read: it is not in UTF-8", error="unreadable_file")
    except OSError as error:
        fail(f"{place} cannot be read: {error.strerror}", error="unreadable_file")
    done(context, text=text)


@group.command("import")
def import_(context: typer.Context, file: Annotated[Path, typer.Argument(help="An OPML file.")]) -> None:
    """Add the feeds of a list (OPML), each with its folder as category; those that are there stay as they are.

    Example: wirepress source import feeds.opml
    """
    from wirepress.syndicate import opml

    try:
        listed = opml.read(file.read_bytes())
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror}", error="unreadable_file")
    with newsroom_of(context) as newsroom, newsroom.view() as view:
        known = {standing.source.url for standing in store.standings(view.unit)}
    done(context, listed=[one for one in listed if one["url"] not in known])


def done(context: typer.Context, *, text: str = "", listed: list[dict[str, Any]] | None = None) -> None:
    """Applies definitions and says what came of it."""
    wanted = definition.definitions_of(text) if listed is None else listed
    with newsroom_of(context) as newsroom, newsroom.write() as view:
        applied = definition.apply(view, wanted)
    say(
        f"{len(applied.added)} added, {len(applied.changed)} changed, {len(applied.same)} as they were",
        added=applied.added, changed=applied.changed, same=applied.same,
    )  # fmt: skip


@group.command("export")
def export(
    context: typer.Context,
    as_opml: Annotated[bool, typer.Option("--opml", help="As a list of feeds for other programs.")] = False,
) -> None:
    """Print all sources as sources.toml has them, or as OPML; passwords in addresses stay out.

    Example: wirepress source export --opml
    """
    with newsroom_of(context) as newsroom, newsroom.view() as view:
        found = [standing.source for standing in store.standings(view.unit) if not standing.removed_at]
        title = str(view.site.option("blogname"))
    if as_opml:
        from wirepress.syndicate import opml

        text = opml.written(found, title).decode()
        answer(text.rstrip("\n"), {"opml": text})
        return
    listed = [replace(source, url=open_address(source.url)) for source in found]
    settings = [definition.settings_of(source, only_changed=True) for source in listed]
    answer(definition.as_toml(settings).rstrip("\n"), settings)
