"""Why an entry of a source is not taken."""

from __future__ import annotations

from enum import StrEnum


class SkipReason(StrEnum):
    """Why an entry is not taken."""

    UNCHANGED = "unchanged"
    TAKEN_DOWN = "taken-down"
    SKIPPED_BEFORE = "skipped-before"
    NO_LINK = "no-link"
    NO_TITLE = "no-title"
    NO_BODY = "no-body"
    """The rights would allow the text, but none could be found."""
    DUPLICATE = "duplicate"
    """The same article came by another way."""
    NEAR_DUPLICATE = "near-duplicate"
    TOO_OLD = "too-old"
    """It is older than what its source is to bring."""
    RUN_LIMIT = "run-limit"
    DAY_LIMIT = "day-limit"
    """Its source has brought as many in this run, or on this day, as it may: it waits for the next one."""
    BACKLOG_FULL = "backlog-full"
    """So many of its source wait already, all of them newer."""
    FILTERED = "filtered"
    """A filter of the source rejects it."""
    REJECTED = "rejected"
    """Somebody has rejected it here."""
    UNAVAILABLE = "unavailable"
    """The page could not be fetched or read."""
    WAITING = "waiting"
    """It could not be taken lately; its next try is yet to come."""
    GIVEN_UP = "given-up"
    """It could not be taken again and again; somebody has to wake it."""
    CHALLENGE = "challenge"
    CONSENT = "consent"
    LOGIN = "login"
    ERROR_PAGE = "error-page"
    SHELL = "shell"
    PAYWALL = "paywall"
    PAGED = "paged"  # this and those above: what was under its address is no whole article (`PageKind`)
