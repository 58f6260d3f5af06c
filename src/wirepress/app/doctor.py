"""`wirepress doctor`: is everything as it should be, and what did a crash leave behind."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from wirepress.app.compose import database_of
from wirepress.app.failures import MENDABLE, line_of
from wirepress.app.front.port import ports_of
from wirepress.app.front.purges import Port
from wirepress.app.health import SILENCE, folders_of, nearly_full, rooms_of
from wirepress.app.settings import Settings
from wirepress.content import options
from wirepress.content.themes.catalog import FOLDER as THEMES
from wirepress.content.themes.catalog import Themes
from wirepress.content.themes.theme import OPTION, REVISION
from wirepress.model.entry import EntryState
from wirepress.model.errors import CannotWrite, Invalid, NotFound, Unavailable
from wirepress.site.checking import flaws
from wirepress.site.look import FAULT, last_fault
from wirepress.store import backlog, feed_notices, health, sources, state
from wirepress.store.database import Database
from wirepress.store.files import Files
from wirepress.store.migrations import current, pending
from wirepress.store.sweep import OLD, orphans
from wirepress.store.unit import Unit
from wirepress.syndicate.sources import name_of

GLANCES, GLANCE = 4, 0.5
"""How often a front is asked how far it is, and the seconds between."""
SOURCES_NAMED = 5
"""Sources with entries that were given up, which are named."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: `bad` needs somebody, `note` is worth knowing; `mend` says what to do, "" where all is well."""

    check: str
    state: Literal["ok", "note", "bad"]
    detail: str = ""
    mend: str = ""


MENDS = {
    "uploads": "make the folder and give it to the account that runs the server: `{command} init` makes a missing one",
    "database": "see that the database runs, that {folder}/wirepress.toml names it, and that this account may write it;"
    " a damaged file is replaced by the last backup while the server stands still",
    "tables": "`{command} init` brings them up to date",
    "writes": "give {folder} and the database's file to the account that runs the server, and see that the disk is"
    " neither full nor mounted for reading only",
    "disk": "make room; nothing is lost until then, and nothing is taken",
    "worker": "see whether `{command} serve` or `{command} worker` runs, and what its log says",
    "integrity": "stop the server, keep a copy of the file, and put the last backup in its place",
    "references": "nothing: readers see none of it; an import that is run again may bring what is missing",
    "counts": "run the import that was interrupted once more: at its end all is counted anew",
    "origins": "`{command} audit list --action post.create` tells which; `{command} post trash ID` takes one away",
    "entries": "`{command} entry list --state dead` says why; `{command} entry retry --all` tries them again",
    "hub": "`{command} option get wirepress_websub_hub` names the hub; set it to another, or to nothing",
    "theme": "`{command} theme check` names each fault; `{command} theme activate newspaper` shows the site meanwhile",
    "files": "bring them back from a backup, or run the import again with --uploads",
    "orphans": "look at them and delete what nobody needs; no page shows them",
    "leftovers": "the worker removes them; where none runs, delete them",
}
"""What to do about what a check found; `command` is the command line with the site's folder."""


def examine(settings: Settings) -> list[Finding]:
    """All checks, in an order in which one that fails explains the next, each with what to do about it."""
    words = {"folder": settings.folder, "command": f"wirepress --site {settings.folder}"}
    return [
        one if one.state == "ok" else replace(one, mend=MENDS[one.check].format(**words)) for one in checks(settings)
    ]


def checks(settings: Settings) -> list[Finding]:
    """What each check found."""
    findings = [Finding("settings", "ok", str(settings.folder)), uploads(settings)]
    try:
        database = database_of(settings, pool=1)
    except MENDABLE as error:
        return [*findings, failed(error)]
    try:
        # One by one: a check that fails takes nothing from those before it.
        for finding in of_database(database, settings):
            findings.append(finding)  # noqa: PERF402 - extend() would lose what came before a failure
    except MENDABLE as error:
        findings.append(failed(error))
    finally:
        database.close()
    return findings


def failed(error: Exception) -> Finding:
    """The database cannot be asked; a fault of ours is raised again."""
    line = line_of(error)
    if line is None:
        raise error
    return Finding("database", "bad", line)


def uploads(settings: Settings) -> Finding:
    """Whether files can be written where uploads go."""
    folder = settings.uploads_folder
    if not folder.is_dir():
        return Finding("uploads", "bad", f"{folder} is not there")
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".doctor-"):
            pass
    except OSError as error:
        return Finding("uploads", "bad", f"{folder}: {error.strerror}")
    return Finding("uploads", "ok", str(folder))


def of_database(database: Database, settings: Settings) -> Iterator[Finding]:
    waiting = pending(database)
    if waiting:
        yield Finding("tables", "bad", f"pending: {', '.join(waiting)}")
        return
    yield Finding("tables", "ok", current(database) or "")
    yield writes(database)
    yield found("disk", "bad", "; ".join(nearly_full(rooms_of(folders_of(database, settings)))))
    with database.read() as unit:
        yield found("worker", "note", silence(state.worker_heard(unit), time.time()))
        yield found("integrity", "bad", "; ".join(health.broken(unit)))
        yield found("references", "note", "; ".join(health.dangling(unit)))
        yield found("counts", "bad", some(health.drifted(unit), "differ"))
        yield found("origins", "bad", some(health.doubled(unit), "articles published twice"))
        yield found("entries", "note", given_up(unit))
        yield found("hub", "note", untold(unit))
        epoch = state.epoch(unit)
        yield theme(unit, settings)
        files = dict(health.attached(unit))
        strange = orphans(unit, Files(settings.uploads_folder))
    yield found("front", "bad", "; ".join(behind(settings, epoch)))
    missing = [path for path in files.values() if not (settings.uploads_folder / path).is_file()]
    yield found("files", "note", some(len(missing), "attachments without their file", missing))
    yield found("orphans", "note", some(len(strange), "files that belong to nothing", strange))
    unfinished = list(leftovers(settings))
    yield found("leftovers", "note", some(len(unfinished), "unfinished files", unfinished))


def theme(unit: Unit, settings: Settings) -> Finding:
    """Whether the site's theme can be shown, and what went wrong with its templates last."""
    name, revision = str(options.get(unit, OPTION)), str(options.get(unit, REVISION) or "")
    themes = Themes(settings.folder / THEMES)
    try:
        made, problems = themes.activated(name, revision.partition(".")[0])
    except (Invalid, NotFound) as error:
        return Finding("theme", "bad", f"the newspaper is shown: {error.message}")
    if fault := last_fault(options.get(unit, FAULT), made):
        return Finding("theme", "bad", f"{name}: the newspaper is shown in places: {fault}")
    if themes.is_changed(name, made):
        return Finding(
            "theme", "note", f"{name}'s folder has changed; readers see it as it was (`theme activate {name}` shows it)"
        )
    wrong = [f"{flaw.place}: {flaw.message}" for flaw in flaws(made, problems, time.monotonic)]
    if wrong:
        return Finding("theme", "note", some(len(wrong), f"things are wrong with {name} (`theme check`)", wrong))
    return Finding("theme", "ok", name)


def writes(database: Database) -> Finding:
    """Whether the database takes writes."""
    try:
        with database.write() as unit:
            state.prove_writing(unit)
    except CannotWrite as error:
        return Finding("writes", "bad", line_of(error) or error.message)
    return Finding("writes", "ok")


def given_up(unit: Unit) -> str:
    """How many entries were given up, and of which sources: of those with most of them first."""
    counted = {source: number.get(EntryState.DEAD, 0) for source, number in backlog.counts(unit).items()}
    worst = sorted((source for source in counted if counted[source]), key=lambda source: -counted[source])
    names = []
    for number in worst[:SOURCES_NAMED]:
        source = sources.get(unit, number)
        names.append(f"{name_of(source) if source else number} ({counted[number]})")
    if len(worst) > len(names):
        names.append(f"{len(worst) - len(names)} more sources")
    said = some(sum(counted.values()), "entries of sources were given up (`entries`, `entry retry`)")
    return f"{said}: {', '.join(names)}" if names else ""


def untold(unit: Unit) -> str:
    """Of how many feeds the site's hub has not taken that they have news, and why."""
    number, reason = feed_notices.refused(unit)
    return some(number, f"feeds of whose news the hub takes no word (`wirepress_websub_hub`): {reason}")


def behind(settings: Settings, epoch: int) -> Iterator[str]:
    """The site's front caches that were not told of everything up to an epoch, and why, as far as they say."""
    for port in ports_of(settings):
        try:
            with contextlib.closing(port):
                position = told_up_to(port, epoch)
        except Unavailable as error:
            yield error.message
            continue
        if position is None:
            yield f"{port.name} has been told nothing yet, and keeps nothing"
        elif position < epoch:
            yield f"{port.name} has been told of {position} of {epoch} epochs"


def told_up_to(port: Port, epoch: int) -> int | None:
    """The position of a front, which gets a moment if it is told of an epoch just now."""
    for _ in range(GLANCES):
        position = port.position()
        if position is not None and position >= epoch:
            break
        time.sleep(GLANCE)
    return position


def silence(heard: int, now: float) -> str:
    """For how long the worker has not been heard of; "" where it was lately, or never on a site that is not served."""
    if not heard or now - heard <= SILENCE:
        return ""
    return f"the worker was last heard of {int(now - heard) // 60} minutes ago"


def found(check: str, state: Literal["note", "bad"], detail: str) -> Finding:
    """What a check found: nothing, or something that is of this state."""
    return Finding(check, state if detail else "ok", detail)


def some(number: int, what: str, examples: Sequence[str] = ()) -> str:
    """How many there are of something, with the first as an example; nothing of none."""
    example = "".join(f", such as {first}" for first in examples[:1])
    return f"{number} {what}{example}" if number else ""


def leftovers(settings: Settings) -> Iterator[str]:
    """Temporary files that a write did not live to rename.  Those of the last hour may be of a write that goes on."""
    for path in settings.uploads_folder.rglob(".*"):
        with contextlib.suppress(FileNotFoundError):  # it has its name now
            if path.is_file() and time.time() - path.stat().st_mtime > OLD:
                yield str(path)
