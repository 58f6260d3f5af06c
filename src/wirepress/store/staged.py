"""Files that belong to a write: on the disk before it is committed, under their names only after it."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

from wirepress.store.files import TEMPORARY, Files, make_folder, sync_folder


class Staged:
    """The files of one write unit.

    `put` writes bytes and waits for the disk; `settle` gives the files their names once the rows are committed, `drop`
    removes them when they are not.  What a crash leaves between the two lies beside its place as
    `.part-<random>-<name>`.  `remove` names files that go with the commit; those that a crash leaves then belong to no
    row, and `store.sweep` tells of them.
    """

    def __init__(self, files: Files) -> None:
        self._files = files
        self._waiting: dict[str, Path] = {}
        self._leaving: dict[str, None] = {}

    def put(self, path: str, data: bytes) -> None:
        """Writes a file that gets its name with the commit."""
        place = self._files.place(path)
        made = make_folder(place.parent)
        part = place.with_name(f"{TEMPORARY}{uuid4().hex}-{place.name}"[:255])
        self._waiting[path] = part
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        for folder in made:
            sync_folder(folder)

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

    def drop(self) -> None:
        """Removes all files that have no name yet."""
        for part in self._waiting.values():
            part.unlink(missing_ok=True)
        self._waiting.clear()
        self._leaving.clear()
