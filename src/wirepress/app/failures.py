"""What is said of a failure: one line where it is somebody's to mend, nothing where it is a fault of ours."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError

from wirepress.model.errors import WirepressError

MENDABLE = (WirepressError, DBAPIError, sqlite3.DatabaseError, OSError)
"""The kinds of failures that can be said in one line."""


def line_of(error: BaseException) -> str | None:
    """The failure in one line; None for what nobody but a programmer can mend."""
    if isinstance(error, WirepressError):
        if isinstance(error.__cause__, DBAPIError):
            return f"{error.message} {' '.join(str(error.__cause__.orig).split())}".strip()
        return error.message.strip()
    cause = error
    if isinstance(error, DBAPIError) and error.orig is not None:
        cause = error.orig
    if cause is not error or isinstance(error, sqlite3.DatabaseError):
        return f"the database fails: {' '.join(str(cause).split())}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror if error.filename is None else f"{error.filename}: {error.strerror}"
    return None
