"""Files that belong to a write: on the disk before it is committed, under their names only after it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from wirepress.model.blob import Blob
from wirepress.store.faults import file_faults
from wirepress.store.files import TEMPORARY, Files, make_folder, sync_folder


@dataclass(slots=True)
class Part:
    """The bytes of a file, on the disk before anybody knows its name; `taken` once a write unit has it."""

    place: Path
    size: int
    sha256: str
    taken: bool = False


def write_parts(files: Files, contents: Iterable[bytes | Blob]) -> tuple[Part, ...]:
    """Writes files, a piece at a time, and waits for the disk, so that the write that keeps them need not.

    What a crash leaves of them is named by `store.sweep`, where the rows were committed that they belong to.  Raises
    NoRoom and CannotWrite, and leaves nothing then.
    """
    parts: list[Part] = []
    try:
        with file_faults():
            folders = [files.root, *make_folder(files.root)]
            for data in map(Blob.of, contents):
                part = Part(files.root / f"{TEMPORARY}{uuid4().hex}", data.size, "")
                parts.append(part)
                digest = hashlib.sha256()
                _write(part.place, _hashed(data.pieces(), digest.update))
                part.sha256 = digest.hexdigest()
            for folder in folders:
                sync_folder(folder)
    except BaseException:
        release(parts)
        raise
    return tuple(parts)


def release(parts: Iterable[Part]) -> None:
    """Removes the parts that no write unit has taken."""
    for part in parts:
        if not part.taken:
            part.place.unlink(missing_ok=True)


class Staged:
    """The files of one write unit.

    `put` writes bytes and waits for the disk, `adopt` takes what is on the disk already; `settle` gives the files their
    names once the rows are committed, `drop` removes them when they are not.  What a crash leaves between the two lies
    beside its place as `.part-<random>-<name>`, or above all places as `.part-<random>`.  `remove` names files that go
    with the commit; those that a crash leaves then belong to no row, and `store.sweep` tells of them.

    `put` and `adopt` raise NoRoom and CannotWrite.
    """

    def __init__(self, files: Files) -> None:
        self._files = files
        self._waiting: dict[str, Path] = {}
        self._leaving: dict[str, None] = {}

    def put(self, path: str, data: bytes) -> None:
        """Writes a file that gets its name with the commit."""
        place = self._files.place(path)
        part = place.with_name(f"{TEMPORARY}{uuid4().hex}-{place.name}"[:255])
        with file_faults():
            made = make_folder(place.parent)
            self._waiting[path] = part
            _write(part, (data,))
            for folder in made:
                sync_folder(folder)

    def adopt(self, path: str, part: Part) -> None:
        """Takes a part as the file that gets this name with the commit."""
        with file_faults():
            for folder in make_folder(self._files.place(path).parent):
                sync_folder(folder)
        part.taken = True
        self._waiting[path] = part.place

    def remove(self, path: str) -> None:
        """Removes a file when the unit is committed."""
        self._leaving[path] = None

    def taken(self, path: str) -> bool:
        """Whether there is a file of this path, or will be one."""
        return path in self._waiting or self._files.exists(path)

    def settle(self) -> None:
        """Gives all files their names."""
        folders = set()
        for path, part in self._waiting.items():
            place = self._files.place(path)
            try:
                part.replace(place)
            except FileNotFoundError:  # a sweep (`store.sweep`) saw the committed row and was quicker
                if not place.exists():
                    raise
            folders.add(place.parent)
        for path in self._leaving.keys() - self._waiting.keys():
            place = self._files.place(path)
            place.unlink(missing_ok=True)
            if place.parent.is_dir():
                folders.add(place.parent)
        self._waiting.clear()
        self._leaving.clear()
        for folder in sorted(folders):
            sync_folder(folder)

    def leave(self) -> None:
        """Leaves everything as it lies, where nobody knows whether the rows were committed: `store.sweep` looks."""
        self._waiting.clear()
        self._leaving.clear()

    def drop(self) -> None:
        """Removes all files that have no name yet."""
        for part in self._waiting.values():
            part.unlink(missing_ok=True)
        self._waiting.clear()
        self._leaving.clear()


def _hashed(pieces: Iterable[bytes], update: Callable[[bytes], object]) -> Iterator[bytes]:
    for piece in pieces:
        update(piece)
        yield piece


def _write(place: Path, pieces: Iterable[bytes]) -> None:
    with place.open("xb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
