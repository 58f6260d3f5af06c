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
        return f"{error.message} {_cause_of(error)}".strip()
    cause = error
    if isinstance(error, DBAPIError) and error.orig is not None:
        cause = error.orig
    if cause is not error or isinstance(error, sqlite3.DatabaseError):
        return f"the database fails: {' '.join(str(cause).split())}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror if error.filename is None else f"{error.filename}: {error.strerror}"
    return None


def _cause_of(error: WirepressError) -> str:
    """What a database or the system said, in one line; "" where neither did."""
    cause = error.__cause__
    if isinstance(cause, DBAPIError):
        cause = cause.orig
    if isinstance(cause, sqlite3.Error | OSError) or hasattr(cause, "sqlstate"):
        return " ".join(str(cause).split())
    return ""
