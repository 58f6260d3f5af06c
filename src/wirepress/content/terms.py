"""Terms: browse, get, find or create."""

from __future__ import annotations

from collections.abc import Sequence

from wirepress.content.newsroom import View
from wirepress.model.query import Found, TermQuery
from wirepress.model.term import Term


def browse(view: View, query: TermQuery) -> Found:
    """What a query finds; the ids are taxonomy ids."""
    raise NotImplementedError


def items(view: View, ids: Sequence[int]) -> list[Term]:
    """The terms of these taxonomy ids, in order."""
    raise NotImplementedError


def get(view: View, taxonomy: str, term_id: int) -> Term | None:
    """A term of a taxonomy."""
    raise NotImplementedError


def create(view: View, taxonomy: str, name: str, *, slug: str = "", description: str = "", parent: int = 0) -> Term:
    """Makes a term (wp_insert_term)."""
    raise NotImplementedError


def find_or_create(view: View, taxonomy: str, name: str, *, parent: int = 0) -> Term:
    """The term of a name, made when there is none."""
    raise NotImplementedError
