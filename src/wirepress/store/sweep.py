"""After a crash: files that a write did not live to name, or that belong to no row."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from wirepress.store import takedowns, uploads
from wirepress.store.files import TEMPORARY, Files, make_folder, sync_folder
from wirepress.store.staged import remove_empty
from wirepress.store.unit import Unit

_STAGED = re.compile(rf"{re.escape(TEMPORARY)}[0-9a-f]{{32}}-(.+)")
OLD = 3600.0
"""Seconds after which nobody is still writing a file."""


def sweep(unit: Unit, files: Files, now: float) -> tuple[int, int]:
    """Ends what a crash has cut short; how many files got the names of their committed rows, how many were removed.

    `unit` writes, `now` is the time in seconds since 1970.  SQLite has one writer, so what is staged now without a row
    is nobody's; elsewhere it must be old.
    """
    done: list[bool | None] = []
    for path in list(unfinished(files)):
        with suppress(FileNotFoundError):  # its own process was quicker
            done.append(_end(unit, files, path, now))
    return done.count(True), done.count(False) + _end_moves(unit, files, now)


def _end_moves(unit: Unit, files: Files, now: float) -> int:
    """Ends the moves of files that were taken down, or brought back: each is in one place; how many were removed.

    What lies aside and belongs to no row is removed only where its file is in its old place.
    """
    removed = 0
    kept = set(takedowns.kept_paths(unit))
    for folder, path in kept:
        if files.exists(path) and not uploads.known(unit, path) and files.place_aside(folder, path).is_file():
            removed += files.delete(path)
    for place in [one for one in files.aside.rglob("*") if one.is_file()]:
        folder, _, path = place.relative_to(files.aside).as_posix().partition("/")
        is_young = unit.dialect != "sqlite" and now - place.parent.stat().st_mtime <= OLD
        if (folder, path) not in kept and files.exists(path) and not is_young:
            place.unlink()
            remove_empty(place.parent, files.aside)
            removed += 1
    return removed


def _end(unit: Unit, files: Files, path: str, now: float) -> bool | None:
    """Names or removes an unfinished file: True when it got a name, False when it is gone, None when it stays."""
    folder, _, name = path.rpartition("/")
    place = files.root / path
    staged = _STAGED.fullmatch(name)
    meant = f"{folder}/{staged[1]}".lstrip("/") if staged else ""
    missing = [one for one in uploads.of_hash(unit, _hash(place)) if not files.exists(one)]
    if missing and (not meant or meant in missing):
        _name(files, place, meant or missing[0])
        return True
    if meant and uploads.known(unit, meant) and not files.exists(meant):
        return None  # not what was committed: a person has to look
    if not (meant and unit.dialect == "sqlite") and now - place.stat().st_mtime <= OLD:
        return None
    place.unlink()
    return False


def _hash(place: Path) -> str:
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _name(files: Files, part: Path, path: str) -> None:
    place = files.place(path)
    for folder in (*make_folder(place.parent), place.parent):
        sync_folder(folder)
    part.replace(place)
    sync_folder(place.parent)


def unfinished(files: Files) -> Iterator[str]:
    """The paths of files that are not whole, or whose write was cut short before they got their names."""
    return (path for path in files.all() if path.rpartition("/")[2].startswith(TEMPORARY))


def orphans(unit: Unit, files: Files) -> list[str]:
    """The paths of whole files that belong to no row."""
    known = {str(row[0]) for row in unit.rows("SELECT path FROM uploads")}
    return [path for path in files.all() if path not in known and "/." not in f"/{path}"]
