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
        message, reason = " ".join(error.message.split()), _cause_of(error)
        return message if reason in message else f"{message} {reason}"
    cause: BaseException = error
    if isinstance(error, DBAPIError) and error.orig is not None:
        cause = error.orig
    if cause is not error or isinstance(error, sqlite3.DatabaseError):
        return f"the database fails: {said(cause)}"
    if isinstance(error, OverflowError) and "SQLite" in str(error):  # a number that somebody typed
        return "a number is too large"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror if error.filename is None else f"{error.filename}: {error.strerror}"
    return None


def _cause_of(error: WirepressError) -> str:
    """What a database or the system said, in one line; "" where neither did."""
    cause: BaseException | None = error.__cause__
    if isinstance(cause, DBAPIError):
        cause = cause.orig
    if cause is not None and (isinstance(cause, sqlite3.Error | OSError) or hasattr(cause, "sqlstate")):
        return said(cause)
    return ""


def said(error: BaseException) -> str:
    """What an error of a driver says, in one line, without the number that some put before it."""
    is_numbered = not isinstance(error, OSError) and len(error.args) == 2 and isinstance(error.args[0], int)
    return " ".join(str(error.args[1] if is_numbered else error).split())
