"""WordPress's error bodies, and the one table from kinds of errors to statuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wirepress.model.errors import Conflict, Forbidden, Invalid, NotFound, Unavailable, WirepressError

STATUS: dict[type[WirepressError], int] = {NotFound: 404, Invalid: 400, Conflict: 400, Unavailable: 503}
"""What a kind means on the wire.  Forbidden is 401 to the anonymous and 403 to the others."""

PREFIXED = frozenset(
    (
        "cannot_delete",
        "comment_author_data_required",
        "comment_author_invalid",
        "comment_content_invalid",
        "comment_failed_create",
        "comment_failed_edit",
        "comment_invalid_id",
        "comment_invalid_post_id",
        "duplicate_font_face",
        "duplicate_font_family",
        "user_create",
        "user_update",
    )
)
"""Codes of the content that the API tells under its own prefix."""


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


def wire(error: WirepressError, logged_in: bool) -> WireError:
    """The wire's form of an error of the content."""
    code = f"rest_{error.code}" if error.code in PREFIXED else error.code
    data = dict(error.data)
    additional = data.pop("additional_data", None)
    if fields := data.pop("fields", None):
        if data.get("status", 500) is None:
            return WireError(code, error.message, None, data=failed_fields(fields), additional=additional)
        additional = [failed_fields(fields)]
    if isinstance(error, Forbidden):
        status = data.pop("status", 403 if logged_in else 401)
    else:
        status = data.pop("status", next((s for kind, s in STATUS.items() if isinstance(error, kind)), 500))
    if status is None:
        return WireError(code, error.message, None, data=data or None, additional=additional)
    return WireError(code, error.message, status, data, additional=additional)


def failed_fields(names: Sequence[str]) -> str:
    """What WordPress says of columns that cannot hold their values; clients are shown it as data."""
    told, fields = ("value", "field") if len(names) == 1 else ("values", "fields")
    return (
        f"WordPress database error: Processing the {told} for the following {fields} failed: {', '.join(names)}."
        f" The supplied {told} may be too long or contains invalid data."
    )


def denied(code: str, message: str, logged_in: bool) -> WireError:
    """A refusal whose status tells a stranger from a user (rest_authorization_required_code)."""
    return WireError(code, message, 403 if logged_in else 401)


def missing(code: str, message: str) -> WireError:
    """What is not there."""
    return WireError(code, message, 404)


def no_route() -> WireError:
    return WireError("rest_no_route", "There is nothing at this address that answers to this method.", 404)
