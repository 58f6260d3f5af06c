"""Files under the uploads folder: whole or not there, never outside of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from wirepress.model.errors import Invalid, NotFound

TEMPORARY = ".part-"
"""How the names of files begin that are not whole yet; what a crash leaves of them may be swept."""


class Files:
    """The uploads of a site.  Paths are relative, with `/`, as WordPress's `_wp_attached_file` holds them."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def _resolved_root(self) -> Path:
        return self.root.resolve()

    @property
    def aside(self) -> Path:
        """The folder beside the uploads for what was taken down: nothing in it is ever served."""
        return self.root.with_name(f"{self.root.name}-taken-down")

    def place_aside(self, folder: str, path: str) -> Path:
        """Where a file lies that was taken down (or would).  Raises Invalid as `place` does."""
        self.place(path)
        return self.aside / folder / PurePosixPath(path)

    def place(self, path: str) -> Path:
        """Where a file lies (or would).  Raises Invalid for whatever would lie elsewhere than below the root."""
        pure = PurePosixPath(path)
        found, parts = self.root / pure, pure.parts
        strange = pure.is_absolute() or any(ord(character) < 32 or character == "\\" for character in path)
        hidden = any(part in ("..", ".") or part.startswith(TEMPORARY) for part in parts)
        # A NUL, which no path may hold, is among the strange characters: it must not come to `resolve`.
        if not parts or strange or hidden or not found.resolve().is_relative_to(self._resolved_root):
            raise Invalid("invalid_path", "A file cannot have this path.")
        return found

    def open(self, path: str) -> BinaryIO:
        """A file for reading.  Raises NotFound when there is none."""
        try:
            return self.place(path).open("rb")
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
            raise NotFound("no_file", "There is no such file.") from error

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        with self.open(path) as file:
            return file.read()

    def exists(self, path: str) -> bool:
        """Whether there is a file of this path."""
        return self.place(path).is_file()

    def delete(self, path: str) -> bool:
        """Removes a file and says whether there was one."""
        place = self.place(path)
        try:
            place.unlink()
        except (FileNotFoundError, NotADirectoryError):
            return False
        sync_folder(place.parent)
        return True

    def all(self) -> Iterator[str]:
        """The paths of all files, those that are not whole among them."""
        for folder, folders, names in os.walk(self.root):
            folders.sort()
            for name in sorted(names):
                yield (Path(folder) / name).relative_to(self.root).as_posix()


def make_folder(folder: Path) -> list[Path]:
    """Makes a folder with those above it; the folders in which a new name has appeared."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return [one.parent for one in missing]


def sync_folder(folder: Path) -> None:
    """Puts the names in a folder on the disk, where the system can do that."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
