"""What an error of a database or a disk means to whoever asked."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from wirepress.model.errors import CannotWrite, ConnectionLost, NoRoom, OutcomeUnknown, Unavailable

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_UNWRITABLE: Final = frozenset({errno.EROFS, errno.EIO})
_FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM})
_ENDED: Final = frozenset({"57P01", "57P02", "57P03", "57P04", "57P05"})
"""The server shuts down, has crashed, is starting, or ends a connection (PostgreSQL, appendix A, class 57)."""
_CROWDED: Final = frozenset({"53200", "53300", "53400", "55P03", "40001", "40P01"})
"""No memory, no connection, a limit, a lock that was not to be had, two that wait for each other."""


def busy() -> Unavailable:
    """What a unit raises that has waited too long for its turn."""
    return Unavailable("database_busy", "The database is busy; try again in a moment.", wait=5)


def unreachable() -> Unavailable:
    """What a unit raises that finds no database.  Clients are told this: where it was looked for is in the cause."""
    return Unavailable("database_unreachable", "The database cannot be reached.", wait=5)


def no_room() -> NoRoom:
    """What a write raises for which there is no room."""
    return NoRoom("no_room", "There is no room left to keep anything; nothing was changed.", wait=60)


def cannot_write() -> CannotWrite:
    """What a write raises where nothing can be written."""
    return CannotWrite("cannot_write", "Nothing can be changed for now; try again later.", wait=30)


def forbidden() -> CannotWrite:
    """What a write raises into a folder that is another account's.  Where it is, is in the cause."""
    return CannotWrite(
        "cannot_write", "The account that the server runs as may not write into one of its folders.", wait=30
    )


def lost() -> ConnectionLost:
    """What a unit raises whose connection has ended before its commit."""
    return ConnectionLost(
        "database_lost", "The database went away; nothing was changed. Try again in a moment.", wait=5
    )


def unknown() -> OutcomeUnknown:
    """What a write raises whose commit nobody has answered.  It names no time: it must not be sent again unseen."""
    return OutcomeUnknown(
        "outcome_unknown",
        "The database went away while this was being kept; look whether it was before you send it again.",
    )


def of_file(error: BaseException) -> CannotWrite | None:
    """What an error of the system means for what was to be written into a file; None for any other."""
    number = error.errno if isinstance(error, OSError) else None
    if number in _FULL:
        return no_room()
    if number in _FORBIDDEN:
        return forbidden()
    return cannot_write() if number in _UNWRITABLE else None


@contextmanager
def file_faults() -> Iterator[None]:
    """Raises NoRoom and CannotWrite for what the system says of a file that is written in here."""
    try:
        yield
    except OSError as error:
        meaning = of_file(error)
        if meaning is None:
            raise
        raise meaning from error


def of_sqlite(error: BaseException, *, writing: bool) -> Unavailable | None:
    """What an error of SQLite means (https://www.sqlite.org/rescode.html); None for one that waiting does not mend."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return no_room()
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return busy()
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return cannot_write() if writing else unreachable()
    return None


def leaves_open(error: BaseException) -> bool:
    """Whether a commit of SQLite that failed so may hold after a crash: its end was written, and not synced."""
    code = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF == sqlite3.SQLITE_IOERR and code != sqlite3.SQLITE_IOERR_WRITE


def is_lost(error: BaseException) -> bool:
    """Whether PostgreSQL's connection has ended with this error of the driver."""
    state = getattr(error, "sqlstate", None)
    if state is None:  # libpq says this of a connection, a server always names a state
        return type(error).__name__ in ("OperationalError", "InterfaceError")
    return state in _ENDED or state.startswith("08")


def of_postgres(error: BaseException, *, writing: bool) -> Unavailable | None:
    """What an error of PostgreSQL's driver means (PostgreSQL, appendix A); None for one that waiting does not mend."""
    state = getattr(error, "sqlstate", None) or ""
    if state == "53100":
        return no_room()
    if state in _CROWDED:
        return busy()
    if writing and state in ("25006", "58030"):  # a server that only reads; an error of its disk
        return cannot_write()
    return lost() if is_lost(error) else None
