"""A new site has no terms; the first that somebody makes does not become the site's default category."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.content.desk import NOON, Clock
from wirepress.app.compose import create, newsroom_of
from wirepress.app.settings import Settings
from wirepress.content import options, terms
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.newsroom import Newsroom
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.term import Term
from wirepress.store import terms as store
from wirepress.store.database import open_database


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Newsroom]:
    settings = Settings(tmp_path)
    create(settings, {})
    newsroom = newsroom_of(settings, open_database(settings.database_url))
    newsroom.clock = Clock(NOON)
    yield newsroom
    newsroom.database.close()


def test_a_new_site_has_no_terms(fresh: Newsroom) -> None:
    with fresh.view() as view:
        assert store.by_slug(view.unit, "category", "uncategorized") is None


def test_the_first_category_is_not_the_default_one(fresh: Newsroom) -> None:
    with fresh.write() as view:
        world = terms.find_or_create(view, "category", "World")
        plain = publishing.create(view, NEWSROOM, "post", Changes(title="One", status="publish"))
    with fresh.view() as view:
        default = store.get(view.unit, "category", 1)
        assert default is not None
        assert (default.name, default.slug, world.id) == ("Uncategorized", "uncategorized", 2)
        assert [(term.taxonomy, term.slug) for term in plain.terms] == [("category", "uncategorized")]


def test_a_tag_that_came_first_leaves_the_default_its_id(fresh: Newsroom) -> None:
    with fresh.write() as view:
        assert terms.create(view, "post_tag", "Bells").id == 2
        assert terms.default_category(view).id == 1


def test_an_id_that_is_taken_is_not_shared(fresh: Newsroom) -> None:
    with fresh.write() as view:
        store.insert(view.unit, Term(0, "post_tag", "Old", "old"), id=1)
        assert terms.default_category(view).id == 2
        assert options.get(view.unit, "default_category") == "2"
        assert terms.find_or_create(view, "category", "Uncategorized").id == 2
