"""What is told of a failure: one line where it is somebody's to mend, nothing where it is a fault of ours."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError

from wirepress.model.errors import WirepressError

MENDABLE = (WirepressError, DBAPIError, sqlite3.DatabaseError, OSError)
"""The kinds of failures that can be told in one line."""


def line_of(error: BaseException) -> str | None:
    """The failure in one line; None for what nobody but a programmer can mend."""
    if isinstance(error, WirepressError):
        why = str(error.__cause__.orig) if isinstance(error.__cause__, DBAPIError) else ""
        return f"{error.message} {' '.join(why.split())}".strip()
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.DatabaseError) or (isinstance(error, DBAPIError) and cause is not None):
        return f"the database fails: {' '.join(str(cause).split())}"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename is not None else error.strerror
    return None
