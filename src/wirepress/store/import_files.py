"""Databases that were uploaded to be imported: apart from what is served, for this account alone, bounded in all."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Collection, Iterator
from contextlib import suppress
from io import RawIOBase
from pathlib import Path
from typing import Final

from wirepress.model.errors import Conflict, Invalid, NotFound
from wirepress.store.faults import file_faults
from wirepress.store.files import sync_folder

MOST: Final = 4
"""Files at a time: the oldest that nothing refers to makes room."""
OLD: Final = 2 * 24 * 3600.0
"""Seconds after which a file that nothing refers to goes."""
ROOM: Final = 64 << 20
"""Bytes of the disk that an upload leaves free."""
_KEY: Final = re.compile(r"[0-9a-f]{32}")
_PART: Final = ".part"
_WHOLE: Final = ".sqlite"


class ImportFiles:
    """A folder of uploaded databases.  Each has a key, which nobody guesses, and comes in pieces, in their order."""

    def __init__(self, folder: Path, limit: int) -> None:
        self.folder = folder
        self.limit = limit

    def begin(self, size: int, now: float, kept: Collection[str] = ()) -> str:
        """The key of a file that is about to come.  Raises Invalid where it is too large, Conflict where the disk has
        no room for it."""
        if not 0 < size <= self.limit:
            raise Invalid("too_large", "The file is larger than this site takes.")
        with file_faults():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.sweep(now, kept)
        if shutil.disk_usage(self.folder).free < size + ROOM:
            raise Conflict("disk_full", "The disk of this server has no room for this file.")
        key = secrets.token_hex(16)
        with file_faults():
            os.close(os.open(self.folder / f"{key}{_PART}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        return key

    def append(self, key: str, offset: int, data: bytes, size: int) -> int:
        """Writes a piece of a file of this size, and says how many bytes there are; with the last one it is whole.

        Raises Conflict for a piece that does not come next, with `received` in its data, Invalid for too many bytes,
        NoRoom and CannotWrite where the disk does not take it; the same piece can be sent again then.
        """
        place = self._place(key, _PART)
        try:
            with file_faults(), place.open("r+b", buffering=0) as file:
                received = file.seek(0, os.SEEK_END)
                if received != offset:
                    data_so_far = {"received": received}
                    raise Conflict("wrong_piece", "The pieces of the file came in another order.", data_so_far)
                if offset + len(data) > min(size, self.limit):
                    raise Invalid("too_large", "The file is larger than this site takes.")
                _append(file, data, offset)
                if offset + len(data) < size:
                    return offset + len(data)
                os.fsync(file.fileno())
        except FileNotFoundError:
            raise _gone() from None
        with file_faults():
            place.replace(self._place(key, _WHOLE))
            sync_folder(self.folder)
        return size

    def path(self, key: str) -> Path:
        """Where a whole file lies.  Raises NotFound for none."""
        place = self._place(key, _WHOLE)
        if not place.is_file():
            raise _gone()
        return place

    def is_there(self, key: str) -> bool:
        """Whether a file has come whole and is kept still."""
        with suppress(NotFound):
            return self.path(key).is_file()
        return False

    def remove(self, key: str) -> None:
        """Removes a file, whole or not."""
        for ending in (_PART, _WHOLE):
            self._place(key, ending).unlink(missing_ok=True)

    def sweep(self, now: float, kept: Collection[str] = ()) -> None:
        """Removes what is old, and the oldest where there are too many; what `kept` names stays."""
        found = sorted((changed, key) for key, changed in self._all() if key not in kept)
        for number, (changed, key) in enumerate(reversed(found), 2):
            if changed < now - OLD or number > MOST:
                self.remove(key)

    def _all(self) -> Iterator[tuple[str, float]]:
        if not self.folder.is_dir():
            return
        for place in self.folder.iterdir():
            if place.suffix in (_PART, _WHOLE) and _KEY.fullmatch(place.stem):
                with suppress(FileNotFoundError):
                    yield place.stem, place.stat().st_mtime

    def _place(self, key: str, ending: str) -> Path:
        if not _KEY.fullmatch(key):
            raise _gone()
        return self.folder / f"{key}{ending}"


def _append(file: RawIOBase, data: bytes, offset: int) -> None:
    """Writes all of a piece behind the others, or nothing of it."""
    rest = memoryview(data)
    try:
        while rest:
            rest = rest[file.write(rest) or 0 :]
    except OSError:
        file.truncate(offset)
        raise


def _gone() -> NotFound:
    return NotFound("no_file", "The uploaded file is not there any more; upload it again.")
