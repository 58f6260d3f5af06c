"""WordPress's error bodies, and the one table from kinds of errors to statuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wirepress.model.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NoRoom,
    NotFound,
    TooLarge,
    TooMany,
    Unavailable,
    WirepressError,
)

_KINDS: dict[type[WirepressError], int] = {
    NotFound: 404,
    Invalid: 400,
    Conflict: 400,
    NoRoom: 507,
    Unavailable: 503,
    TooMany: 429,
    TooLarge: 413,
}
"""What a kind means on the wire, the first that fits.  Forbidden is 401 to the anonymous and 403 to the others."""

_CODES: Mapping[str, tuple[str, int | None]] = {
    "alone": ("rest_story_article_alone", 409),
    "already_lifted": ("rest_already_lifted", 409),
    "already_taken_down": ("rest_already_taken_down", 409),
    "ambiguous_slug": ("rest_ambiguous_slug", 409),
    "cannot_delete": ("rest_cannot_delete", 500),
    "comment_author_data_required": ("rest_comment_author_data_required", 400),
    "comment_author_invalid": ("rest_comment_author_invalid", 400),
    "comment_content_invalid": ("rest_comment_content_invalid", 400),
    "comment_duplicate": ("comment_duplicate", 409),
    "comment_failed_create": ("rest_comment_failed_create", 500),
    "comment_failed_edit": ("rest_comment_failed_edit", 500),
    "comment_invalid_id": ("rest_comment_invalid_id", 404),
    "comment_invalid_post_id": ("rest_comment_invalid_post_id", 403),
    "decided": ("rest_entry_decided", 409),
    "db_insert_error": ("db_insert_error", 500),
    "db_update_error": ("db_update_error", 500),
    "duplicate_font_face": ("rest_duplicate_font_face", 400),
    "duplicate_font_family": ("rest_duplicate_font_family", 400),
    "duplicate_term_slug": ("duplicate_term_slug", None),
    "empty_term_name": ("empty_term_name", None),
    "empty_user_login": ("empty_user_login", None),
    "existing_user_email": ("existing_user_email", None),
    "existing_user_login": ("existing_user_login", None),
    "foreign_size": ("rest_invalid_sub_size_file", 400),
    "is_here": ("rest_entry_is_here", 409),
    "invalid_term_name": ("invalid_term_name", None),
    "locked": ("rest_post_locked", 409),
    "menu_exists": ("menu_exists", None),
    "missing_parent": ("missing_parent", None),
    "no_match": ("rest_entry_no_match", 400),
    "nothing_kept": ("rest_nothing_kept", 409),
    "not_held": ("rest_entry_not_held", 409),
    "not_open": ("rest_entry_not_open", 409),
    "not_offered": ("rest_not_offered", 409),
    "overlong_term": ("db_insert_error", None),
    "overlong_user": ("db_insert_error", None),
    "size_mismatch": ("rest_upload_dimension_mismatch", 400),
    "source_there": ("rest_source_exists", 409),
    "too_many_sizes": ("rest_too_many_items", 400),
    "too_many_orders": ("rest_too_many_orders", 429),
    "trashed": ("rest_post_trashed", 409),
    "user_create": ("rest_user_create", 500),
    "user_login_too_long": ("user_login_too_long", None),
    "user_nicename_too_long": ("user_nicename_too_long", None),
    "user_update": ("rest_user_update", 400),
    "user_url_too_long": ("user_url_too_long", None),
}
"""Code and status, as the API tells them, of errors that differ in either from their kind.  Without a status WordPress
answers 500 with null for the data."""


class WireError(Exception):
    """An error as WordPress's REST API tells it.  `status` None: WordPress gave none, so the answer is 500 and its
    data null."""

    def __init__(
        self,
        code: str,
        message: str,
        status: int | None = 400,
        more: Mapping[str, Any] | None = None,
        *,
        data: Any = None,
        additional: Any = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status or 500
        self.data: Any = data
        if status is not None:
            self.data = {"status": status, **(more or {})}
        self.additional = additional
        self.others: tuple[WireError, ...] = ()
        self.headers: dict[str, str] = {}

    def body(self) -> dict[str, Any]:
        body = {"code": self.code, "message": self.message, "data": self.data}
        if self.additional is not None:
            body["additional_data"] = self.additional
        if self.others:
            body["additional_errors"] = [other.body() for other in self.others]
        return body


def wire(error: WirepressError, logged_in: bool, status: int | None = None) -> WireError:
    """The wire's form of an error of the content; a `status` stands in the place of the error's own."""
    code, own_status = _CODES.get(error.code, (error.code, _status_of_kind(error, logged_in=logged_in)))
    status = status or own_status
    data = dict(error.data)
    failed = None
    if fields := data.pop("fields", None):
        failed = [failed_fields(fields)]
    if status is None:
        return WireError(code, error.message, None, data=failed[0] if failed else None)
    made = WireError(code, error.message, status, data, additional=failed)
    if isinstance(error, TooMany | Unavailable) and error.wait:
        made.headers["Retry-After"] = str(error.wait)
    return made


def _status_of_kind(error: WirepressError, *, logged_in: bool) -> int:
    if isinstance(error, Forbidden):
        return 403 if logged_in else 401
    return next((status for kind, status in _KINDS.items() if isinstance(error, kind)), 500)


def failed_fields(names: Sequence[str]) -> str:
    """What WordPress says of columns that cannot hold their values; clients are shown it as data."""
    value, field = ("value", "field") if len(names) == 1 else ("values", "fields")
    return (
        f"WordPress database error: Processing the {value} for the following {field} failed: {', '.join(names)}."
        f" The supplied {value} may be too long or contains invalid data."
    )


def denied(code: str, message: str, logged_in: bool) -> WireError:
    """A refusal whose status tells a stranger from a user (rest_authorization_required_code)."""
    return WireError(code, message, 403 if logged_in else 401)


def missing(code: str, message: str) -> WireError:
    """What is not there."""
    return WireError(code, message, 404)


def no_route() -> WireError:
    return WireError("rest_no_route", "There is nothing at this address that answers to this method.", 404)
