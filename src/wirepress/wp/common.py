"""Words that many resources share: parameters of collections, refusals, and reading parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from wirepress.content.identity.permissions import Thing, may
from wirepress.model.moment import Stamp
from wirepress.wp.call import Call
from wirepress.wp.dates import local_stamp
from wirepress.wp.errors import WireError, denied
from wirepress.wp.resource import Param, Schema, boolean, choice, integer, listing, text
from wirepress.wp.values import items_of, text_field, to_int

IDS: Schema = {"type": "integer"}


# ---- parameters of collections

PAGE = Param("page", integer("Which page of the collection.", default=1, minimum=1), eager=True)
PER_PAGE = Param(
    "per_page", integer("How many items a page has at most.", default=10, minimum=1, maximum=100), eager=True
)
SEARCH = Param(
    "search", text("Only what holds these words."), eager=True, clean=lambda _, value: text_field(str(value))
)
PAGING = (PAGE, PER_PAGE, SEARCH)
EXCLUDE = Param("exclude", listing("Leave out these ids.", IDS, default=[]))
INCLUDE = Param("include", listing("Only these ids.", IDS, default=[]))
OFFSET = Param("offset", integer("Leave out this many items at the beginning."))


def dated(name: str, description: str) -> Param:
    return Param(name, text(description, format="date-time"))


def ordered(default: Literal["asc", "desc"]) -> Param:
    schema = {
        "description": "Ascending or descending.",
        "type": "string",
        "default": default,
        "enum": ["asc", "desc"],
    }
    return Param("order", schema)


def sorted_by(default: str, options: Sequence[str]) -> Param:
    schema = {
        "description": "By which attribute the collection is sorted.",
        "type": "string",
        "default": default,
        "enum": list(options),
    }
    return Param("orderby", schema)


SLUGS = Param("slug", listing("Only what has one of these slugs.", "string"))
FORCE = Param("force", boolean("Whether to delete it for good instead of moving it to the trash.", default=False))


def columns(options: Sequence[str]) -> Param:
    schema = {
        "default": [],
        "description": "In which columns the search looks.",
        "type": "array",
        "items": {"enum": list(options), "type": "string"},
    }
    return Param("search_columns", schema)


def chosen(description: str, options: Sequence[str]) -> Schema:
    return choice(description, options)


# ---- reading parameters


def int_param(params: Mapping[str, Any], name: str, default: int = 0) -> int:
    """A parameter as a whole number, whatever it holds (a rule is asked before the check too)."""
    value = params.get(name)
    if isinstance(value, dict | list):
        return int(bool(value))  # as PHP casts an array
    return default if value is None else to_int(value)


def page_of(params: Mapping[str, Any]) -> int:
    """The page asked for, of a size that a database can count to."""
    return min(int_param(params, "page", 1), 1 << 40)


def numbers(params: Mapping[str, Any], name: str) -> tuple[int, ...]:
    value = params.get(name)
    return () if value is None else tuple(to_int(v) for v in items_of(value) if not isinstance(v, dict | list))


def strings(params: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = params.get(name)
    return () if value is None else tuple(str(v) for v in items_of(value))


def day(call: Call, name: str) -> Stamp | None:
    """A date parameter as a local stamp; a zone that it names is turned into the site's."""
    value = call.params.get(name)
    return local_stamp(call.site, value) if isinstance(value, str) and value else None


def order_of(call: Call) -> Literal["asc", "desc"]:
    return "asc" if call.params.get("order") == "asc" else "desc"


# ---- refusals


def refuse(call: Call, code: str, message: str) -> None:
    raise denied(code, message, call.logged_in)


def need(call: Call, capability: str, code: str, message: str, thing: Thing = None) -> None:
    """Raises unless the caller has a capability."""
    if not may(call.view, call.viewer, capability, thing):
        raise denied(code, message, call.logged_in)


def editing(call: Call) -> bool:
    """Whether a call asks for the fields of editing (a rule may be asked before the context is checked)."""
    return bool(call.params.get("context", call.context) == "edit")


def missing(code: str, message: str) -> WireError:
    return WireError(code, message, 404)
