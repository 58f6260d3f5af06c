"""Two terms become one: where the addresses lead that were those of the one and of what stood under it."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.content.conftest import Rooms
from wirepress.content import redirections, terms
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.term_merging import merge
from wirepress.model.term import Term
from wirepress.store import terms as store


@pytest.fixture
def newsroom(rooms: Rooms) -> Newsroom:
    return rooms(options={"permalink_structure": "/%postname%/"})


def made(view: View, name: str, above: Term | None = None) -> Term:
    return terms.create(view, "category", name, parent=above.id if above else 0)


def now(view: View, term: Term) -> Term:
    found = terms.get(view, "category", term.id)
    assert found is not None
    return found


def path_of(view: View, term: Term) -> str:
    return urlsplit(view.lookup.term_link(now(view, term))).path


def led(view: View, path: str) -> str:
    found = redirections.at(view, path)
    return "" if found is None else urlsplit(redirections.location(view, found)).path


def test_addresses_of_terms_below_lead_to_where_they_are_now(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        old, new = made(view, "Old"), made(view, "New")
        child = made(view, "Child", old)
        grandchild, beside = made(view, "Grandchild", child), made(view, "Beside")
        before = {term.id: path_of(view, term) for term in (old, child, grandchild, beside)}
        merge(view, old, now(view, new))
        assert path_of(view, grandchild) == "/category/new/child/grandchild/"
        assert led(view, before[old.id]) == path_of(view, new)
        assert led(view, before[child.id]) == path_of(view, child)
        assert led(view, before[grandchild.id]) == path_of(view, grandchild)
        assert led(view, before[beside.id]) == ""


def test_a_term_that_goes_into_one_below_it_leads_there(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        old = made(view, "Old")
        child, other = made(view, "Child", old), made(view, "Other", old)
        merge(view, old, now(view, child))
        assert (path_of(view, child), path_of(view, other)) == ("/category/child/", "/category/child/other/")
        assert led(view, "/category/old/") == led(view, "/category/old/child/") == "/category/child/"
        assert led(view, "/category/old/other/") == "/category/child/other/"


def test_merging_to_and_fro_leads_in_no_circle(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        first, second = made(view, "First"), made(view, "Second")
        child = made(view, "Child", first)
        merge(view, first, now(view, second))
        again = made(view, "First")
        merge(view, now(view, second), now(view, again))
        assert path_of(view, child) == "/category/first/child/"
        assert led(view, "/category/second/child/") == "/category/first/child/"
        assert led(view, "/category/second/") == "/category/first/"
        assert led(view, "/category/first/") == led(view, "/category/first/child/") == ""


def test_terms_that_stand_under_each_other_are_come_to_once(newsroom: Newsroom) -> None:
    """An import may bring them."""
    with newsroom.write() as view:
        old, new = made(view, "Old"), made(view, "New")
        child = made(view, "Child", old)
        store.update(view.unit, old.taxonomy_id, parent=child.id)
        merge(view, now(view, old), now(view, new))
        assert now(view, child).parent == new.id
        assert path_of(view, child) == "/category/new/child/"
