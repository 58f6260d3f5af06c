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

    `set_aside` and `bring_back` move files out of the uploads and into them again: both places have them until the
    commit, only the new one after it (`store.sweep` ends what a crash cuts short).

    `put`, `adopt`, `set_aside` and `bring_back` raise NoRoom and CannotWrite.
    """

    def __init__(self, files: Files) -> None:
        self._files = files
        self._waiting: dict[str, Path] = {}
        self._leaving: dict[str, None] = {}
        self._aside: list[Path] = []
        self._spent: list[Path] = []

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

    def set_aside(self, path: str, folder: str) -> bool:
        """Moves a file out of reach, into a folder of `Files.aside`, with the commit; False where there is none."""
        place, kept = self._files.place(path), self._files.place_aside(folder, path)
        if not place.is_file():
            return False
        with file_faults():
            made = make_folder(kept.parent)
            self._aside.append(kept)
            _double(place, kept)
            for one in (*made, kept.parent):
                sync_folder(one)
        self.remove(path)
        return True

    def bring_back(self, path: str, folder: str, size: int, sha256: str) -> bool:
        """Moves a file that was set aside to its old place with the commit; False where there is none."""
        kept = self._files.place_aside(folder, path)
        if not kept.is_file():
            return False
        part = Part(self._files.root / f"{TEMPORARY}{uuid4().hex}", size, sha256)
        with file_faults():
            self._waiting[path] = part.place
            _double(kept, part.place)
            sync_folder(self._files.root)
        self.adopt(path, part)
        self._spent.append(kept)
        return True

    def spend(self, path: str, folder: str) -> None:
        """Removes a file that was set aside when the unit is committed."""
        self._spent.append(self._files.place_aside(folder, path))

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
        for folder in sorted(folders):
            sync_folder(folder)
        for place in self._spent:
            place.unlink(missing_ok=True)
            remove_empty(place.parent, self._files.aside)
        self.leave()

    def leave(self) -> None:
        """Leaves everything as it lies, where nobody knows whether the rows were committed: `store.sweep` looks."""
        for noted in (self._waiting, self._leaving, self._aside, self._spent):
            noted.clear()

    def drop(self) -> None:
        """Removes all files that have no name yet, and what was to lie aside."""
        for part in self._waiting.values():
            part.unlink(missing_ok=True)
        for kept in self._aside:
            kept.unlink(missing_ok=True)
            remove_empty(kept.parent, self._files.aside)
        self.leave()


def remove_empty(folder: Path, root: Path) -> None:
    """Removes a folder and those above it, below a root, that hold nothing any more."""
    while folder != root and folder.is_relative_to(root):
        try:
            folder.rmdir()
        except OSError:  # something is in it, or another was quicker
            return
        folder = folder.parent


def _hashed(pieces: Iterable[bytes], update: Callable[[bytes], object]) -> Iterator[bytes]:
    for piece in pieces:
        update(piece)
        yield piece


def _double(place: Path, other: Path) -> None:
    """Gives a file a second name, or where the disk knows no such thing makes a copy of it."""
    try:
        os.link(place, other)
    except FileExistsError:
        raise
    except OSError:
        with place.open("rb") as file:
            _write(other, iter(lambda: file.read(1 << 20), b""))


def _write(place: Path, pieces: Iterable[bytes]) -> None:
    with place.open("xb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
