"""The files of the uploads folder: copied whole or not at all, and nothing from outside the folder.

A file is written under a temporary name, synced, then renamed; its row is written after that.  So a crash leaves at
most files without a row, which the next run finds equal and gives their rows.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Final

from wirepress.model.errors import Invalid, NotFound
from wirepress.store.clauses import decoded, marks
from wirepress.store.database import Database, Unit
from wirepress.store.uploads import name_key
from wirepress.transfer.wordpress.report import Progress, Report, Tally, quiet
from wirepress.transfer.wordpress.source import batched

_CHUNK: Final = 1 << 20
_BATCH: Final = 100
_PARTIAL: Final = ".wirepress-part"
_PROGRAMS: Final = re.compile(r"\.(?:ph(?:p[0-9s]?|tml|t|ar)|cgi|pl|py|sh|aspx?|jsp|exe)\Z", re.IGNORECASE)
_DENIED: Final = ("deny from all", "require all denied")


@dataclass(slots=True)
class _Copying:
    database: Database
    source: Path
    target: Path
    report: Report
    progress: Progress
    closed: set[str] = field(default_factory=set)
    total: int = 0
    done: int = 0
    tally: Tally = field(default_factory=Tally)


def copy_uploads(database: Database, source: Path, target: Path, report: Report, progress: Progress = quiet) -> None:
    """Copies the files of a WordPress uploads folder, first those of attachments, then the rest.

    Equal files are left alone, files that this site already has under the same name for something else too.  Raises
    NotFound when there is no such folder, Invalid when one of the two lies in the other.
    """
    if not source.is_dir():
        raise NotFound("uploads_missing", f"{source}: there is no such folder.")
    source, target = source.resolve(), target.resolve()
    if source != target and (source in target.parents or target in source.parents):
        raise Invalid("uploads_overlap", f"{source} and this site's uploads folder {target} lie in each other.")
    copying = _Copying(database, source, target, report, progress)
    copying.total = sum(1 for _ in _walk(source, Report(), copying.closed))
    progress("files", 0, copying.total)
    for post, paths in _attachments(database):
        _take(copying, {path: post for path in map(safe_path, paths) if path and not _refused(copying, path)})
        for name in paths:
            if safe_path(name) is None:
                report.leave_out("files outside the folder", "their path leads elsewhere", example=f"{post}: {name}")
    for found in batched(_BATCH, _walk(source, report, copying.closed)):
        with database.read() as unit:
            known = _rows(unit, found)
        # Those of attachments are done.
        _take(copying, {path: 0 for path in found if not known.get(path, (0,))[0]})
    progress("files", copying.total, copying.total)
    report.tally("files", copying.tally)


def safe_path(name: str) -> str | None:
    """A path under uploads in plain form; None for one that leads elsewhere or that no site should hold."""
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or any(c in name for c in "\0\\") or len(name) > 1024:
        return None
    if any(part == ".." or part.startswith(".") for part in parts):
        return None
    return "/".join(parts)


def files_of(meta: Mapping[str, Any]) -> list[str]:
    """The paths under uploads of an attachment's file, its sizes and its original, as its meta names them."""
    attached = _first(meta, "_wp_attached_file")
    facts = _first(meta, "_wp_attachment_metadata")
    if not isinstance(attached, str) or not attached:
        return []
    names = [attached]
    if isinstance(facts, Mapping):
        folder = attached.rpartition("/")[0]
        sizes = facts.get("sizes")
        listed = list(sizes.values()) if isinstance(sizes, Mapping) else []
        beside = [*(size.get("file") for size in listed if isinstance(size, Mapping)), facts.get("original_image")]
        names += [f"{folder}/{name}".lstrip("/") for name in beside if isinstance(name, str) and name]
    return list(dict.fromkeys(names))


def _first(meta: Mapping[str, Any], key: str) -> Any:
    entries = meta.get(key)
    return entries[0] if isinstance(entries, list) and entries else None


def _refused(copying: _Copying, path: str) -> bool:
    """Whether an attachment's file is one that the walk through the folder leaves out and reports."""
    return bool(_PROGRAMS.search(path)) or any(path.startswith(f"{folder}/") for folder in copying.closed)


def _attachments(database: Database) -> Iterator[tuple[int, list[str]]]:
    last = 0
    while True:
        with database.read() as unit:
            page = unit.rows(
                "SELECT id, CAST(meta AS TEXT) FROM posts WHERE type = 'attachment' AND id > ? ORDER BY id LIMIT 500",
                (last,),
            )
        if not page:
            return
        last = page[-1][0]
        for post, meta in page:
            if paths := files_of(decoded(meta)):
                yield post, paths


def _walk(source: Path, report: Report, closed: set[str], folder: str = "") -> Iterator[str]:
    """The files under a folder, by name; links are never followed.  Fills `closed`."""
    with os.scandir(source / folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    if folder and _closed(entries):
        closed.add(folder)
        report.leave_out("closed folders", "their .htaccess lets nobody read them", example=folder)
        return
    for entry in entries:
        path = f"{folder}/{entry.name}" if folder else entry.name
        if entry.is_symlink():
            report.leave_out("symbolic links", "they may lead out of the folder", example=path)
        elif entry.is_dir(follow_symlinks=False):
            if entry.name.startswith("."):
                report.leave_out("hidden files", "nothing serves them", example=path)
            else:
                yield from _walk(source, report, closed, path)
        elif reason := _unwanted(entry):
            report.leave_out(*reason, example=path)
        else:
            yield path


def _closed(entries: Sequence[os.DirEntry[str]]) -> bool:
    for entry in entries:
        if entry.name == ".htaccess" and entry.is_file(follow_symlinks=False):
            with Path(entry.path).open("rb") as rules:
                text = " ".join(rules.read(10_000).decode(errors="replace").lower().split())
            # Rules inside <Files> speak of some files only.
            return any(words in text for words in _DENIED) and "<files" not in text
    return False


def _unwanted(entry: os.DirEntry[str]) -> tuple[str, str] | None:
    if not entry.is_file(follow_symlinks=False):
        return "sockets, pipes and devices", "they are no files"
    if entry.name.startswith(".") or entry.name.endswith(_PARTIAL):
        return "hidden files", "nothing serves them"
    if _PROGRAMS.search(entry.name):
        return "programs", "uploads hold no programs here"
    try:
        entry.name.encode()
    except UnicodeEncodeError:
        return "files with broken names", "the name is no UTF-8"
    return None


def _take(copying: _Copying, wanted: Mapping[str, int]) -> None:
    """Copies some files and writes their rows in one transaction."""
    if not wanted:
        return
    with copying.database.read() as unit:
        known = _rows(unit, list(wanted))
    moved: list[tuple[str, int, int, str]] = []
    for path, post in wanted.items():
        row = _copied(copying, path, post, known.get(path))
        if row is not None:
            moved.append(row)
        copying.done += 1
    copying.progress("files", min(copying.done, copying.total), copying.total)
    fresh = [row for row in moved if known.get(row[0]) != row[1:]]
    if fresh:
        with copying.database.write() as unit:
            unit.run_many(
                "INSERT INTO uploads (path, post, size, sha256, name_key) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (path) DO UPDATE"
                " SET post = excluded.post, size = excluded.size, sha256 = excluded.sha256",
                [(*row, name_key(row[0])) for row in fresh],
            )


def _copied(
    copying: _Copying, path: str, post: int, known: tuple[int, int, str] | None
) -> tuple[str, int, int, str] | None:
    """The row of a file that is in place; None when it is not."""
    origin = _open_inside(copying.source, path)
    if origin is None:
        copying.report.leave_out("files of attachments", "not in the folder", example=path)
        return None
    goal = copying.target / path
    with origin:
        if copying.source == copying.target:
            size, digest = _digest(origin)
            word = "same"
        elif _is_in_the_way(goal):
            copying.report.leave_out("files in the way", "this site has something else of that name", example=path)
            return None
        elif goal.exists():
            size, digest = _digest(origin)
            word = "same" if _is_equal(goal, size, digest) else "changed"
            if word == "changed" and known is None:
                copying.report.leave_out("files in the way", "this site has another file of that name", example=path)
                return None
            if word == "changed":
                origin.seek(0)
                size, digest = _write(origin, goal)
        else:
            size, digest = _write(origin, goal)
            word = "new"
    copying.tally.add(Tally(**{word: 1}))
    return path, post, size, digest


def _open_inside(root: Path, path: str) -> BinaryIO | None:
    """A file under a folder, opened without following any link on the way; None when there is none."""
    folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        *parents, name = path.split("/")
        for parent in parents:
            inner = os.open(parent, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=folder)
            os.close(folder)
            folder = inner
        handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except OSError:
        return None
    finally:
        os.close(folder)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        return None
    return os.fdopen(handle, "rb")


def _write(origin: BinaryIO, goal: Path) -> tuple[int, str]:
    """Writes a file under a temporary name, then gives it its own; its size and SHA-256."""
    goal.parent.mkdir(parents=True, exist_ok=True)
    partial = goal.with_name(f".{goal.name[:100]}{_PARTIAL}")
    digest = hashlib.sha256()
    size = 0
    try:
        with partial.open("wb") as copy:
            while chunk := origin.read(_CHUNK):
                copy.write(chunk)
                digest.update(chunk)
                size += len(chunk)
            copy.flush()
            os.fsync(copy.fileno())
        moment = os.fstat(origin.fileno())
        os.utime(partial, ns=(moment.st_atime_ns, moment.st_mtime_ns))
        partial.replace(goal)
    finally:
        partial.unlink(missing_ok=True)
    _sync(goal.parent)
    return size, digest.hexdigest()


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _digest(origin: BinaryIO) -> tuple[int, str]:
    digest = hashlib.sha256()
    size = 0
    while chunk := origin.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return size, digest.hexdigest()


def _is_in_the_way(place: Path) -> bool:
    return place.is_symlink() or (place.exists() and not place.is_file())


def _is_equal(place: Path, size: int, digest: str) -> bool:
    with place.open("rb") as present:
        return place.stat().st_size == size and _digest(present)[1] == digest


def _rows(unit: Unit, paths: Sequence[str]) -> dict[str, tuple[int, int, str]]:
    found = unit.rows(f"SELECT path, post, size, sha256 FROM uploads WHERE path IN ({marks(len(paths))})", paths)
    return {path: (post, size, digest) for path, post, size, digest in found}
