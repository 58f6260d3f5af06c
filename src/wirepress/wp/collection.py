"""What the collections of many resources share: parameters, and the pages of what is known whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeVar

from wirepress.render.values import to_boolean
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.cleaning import plain_text
from wirepress.wp.declaration import Page, Param
from wirepress.wp.errors import WireError, missing
from wirepress.wp.schema import Schema

T = TypeVar("T")

IDS: Schema = {"type": "integer"}

PAGE = Param("page", s.integer("Which page of the collection.", default=1, minimum=1), eager=True)
PER_PAGE = Param(
    "per_page", s.integer("How many items a page has at most.", default=10, minimum=1, maximum=100), eager=True
)
SEARCH = Param("search", s.text("Only what holds these words."), eager=True, clean=plain_text)
PAGING = (PAGE, PER_PAGE, SEARCH)
EXCLUDE = Param("exclude", s.array("Leave out these ids.", IDS, default=[]))
INCLUDE = Param("include", s.array("Only these ids.", IDS, default=[]))
OFFSET = Param("offset", s.integer("Leave out this many items at the beginning."))


def searched(call: Call) -> str:
    """The words that a collection is searched for, "" for none; `0` is none in PHP."""
    words = str(call.params.get("search") or "")
    return "" if words == "0" else words


def dated(name: str, description: str) -> Param:
    return Param(name, s.text(description, format="date-time"))


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


SLUGS = Param("slug", s.array("Only what has one of these slugs.", "string"))
FORCE = Param("force", s.boolean("Whether to delete it for good instead of moving it to the trash.", default=False))


def orderby_of(call: Call, default: str = "date") -> str:
    """What the call's collection is sorted by.  Raises where that needs a search or `include`, which is not given."""
    orderby = str(call.params.get("orderby") or default)
    if orderby == "relevance" and not call.params.get("search"):
        raise WireError("rest_no_search_term_defined", "To sort by relevance, something has to be searched for.", 400)
    if orderby == "include" and not call.params.get("include"):
        raise WireError("rest_orderby_include_missing_include", "To sort by include, it has to be given.", 400)
    return orderby


def need_force(call: Call, message: str) -> None:
    """Raises unless the caller says, by `force`, that they know there is no trash."""
    if not to_boolean(call.params.get("force")):
        raise WireError("rest_trash_not_supported", message, 501)


def columns(options: Sequence[str]) -> Param:
    schema = {
        "default": [],
        "description": "In which columns the search looks.",
        "type": "array",
        "items": {"enum": list(options), "type": "string"},
    }
    return Param("search_columns", schema)


def page_of(call: Call, items: Sequence[T]) -> Page[T]:
    """The page that a call asks for of items that are all at hand."""
    first = (call.page - 1) * call.per_page
    return Page(items[first : first + call.per_page], len(items))


def first_of(items: Iterable[T], code: str, message: str) -> T:
    """The first of some items.  Raises a 404 of the code where there is none."""
    for item in items:
        return item
    raise missing(code, message)
