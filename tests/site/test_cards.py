"""Stories that are kept from page to page: whatever lends to a card, its change is seen at once."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.content.desk import NOON, article, make_newsroom
from tests.site.kept_cards import META, NEWEST, PICTURE, Readers, date, origin, picture
from tests.store import many
from wirepress.content import customisations, options
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.posts import publishing, reading
from wirepress.content.posts.changes import Changes
from wirepress.content.themes.theme import OPTION
from wirepress.model.moment import Stamp
from wirepress.model.story import StoryArticle
from wirepress.model.takedown import Order
from wirepress.model.term import Term
from wirepress.model.wire import OriginFacts, Source
from wirepress.site.cards import ROOM, Cards
from wirepress.site.story import Story
from wirepress.store import bulk, posts, sources, stories, terms, users
from wirepress.syndicate import takedowns


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    """A newsroom with a front page: ten newest posts, the last with a picture, one from elsewhere, and a section."""
    made = make_newsroom(tmp_path)
    with made.database.write() as unit:
        written = [
            article(number, f"n{number}", title=f"News {number}", date=date(number), author=2, content=f"Text {number}")
            for number in range(30, NEWEST + 1)
        ]
        written[-1] = replace(written[-1], meta={"_thumbnail_id": [str(PICTURE)]})
        many.posts(unit, [picture(), *written])
        many.post_terms(unit, [(post.id, 3 if post.id % 2 else 2, 0) for post in written])
        unit.run("UPDATE terms SET count = 8 WHERE id IN (2, 3)")
        bulk.settle(unit)
        source = sources.add(unit, Source(0, "https://agency.example/feed", name="Agency"))
        sources.save_origin(unit, origin(source, NEWEST - 1))
    made.render_old(100)
    yield made
    made.database.close()


@pytest.fixture
def readers(newsroom: Newsroom) -> Readers:
    made = Readers(newsroom)
    made.page()
    made.page()
    assert made.kept() >= {NEWEST, NEWEST - 1, NEWEST - 11}
    return made


Change = Callable[[View], object]


def edited(view: View) -> None:
    publishing.update(view, NEWSROOM, NEWEST, Changes(title="Anew"))


def excerpted(view: View) -> None:
    publishing.update(view, NEWSROOM, NEWEST, Changes(excerpt="Anew"))


def locked(view: View) -> None:
    publishing.update(view, NEWSROOM, NEWEST, Changes(password="secret"))


def hidden(view: View) -> None:
    publishing.update(view, NEWSROOM, NEWEST, Changes(status="private"))


def deleted(view: View) -> None:
    posts.delete(view.unit, NEWEST)


def moved(view: View) -> None:
    publishing.update(view, NEWSROOM, NEWEST, Changes(slug="anew"))


def dated(view: View) -> None:
    posts.update(view.unit, NEWEST, date=Stamp("2024-03-01 08:00:00"), date_gmt=Stamp("2024-03-01 08:00:00"))


def given_to(view: View) -> None:
    posts.update(view.unit, NEWEST, author=3)


def assigned(view: View) -> None:
    posts.set_terms(view.unit, NEWEST, [1])


def renamed_author(view: View) -> None:
    users.update(view.unit, 2, name="Anna Anew")


def moved_author(view: View) -> None:
    users.update(view.unit, 2, slug="anew")


def renamed_term(view: View) -> None:
    terms.update(view.unit, 3, name="Anew")


def moved_term(view: View) -> None:
    terms.update(view.unit, 3, parent=0)


def moved_above(view: View) -> None:
    terms.update(view.unit, 2, slug="anew")


def deleted_term(view: View) -> None:
    terms.delete(view.unit, 3)


def other_picture(view: View) -> None:
    publishing.update(view, NEWSROOM, NEWEST, Changes(thumbnail=0))


def described_picture(view: View) -> None:
    posts.update(view.unit, PICTURE, meta={**picture().meta, "_wp_attachment_image_alt": ["Anew"]})


def other_file(view: View) -> None:
    posts.update(view.unit, PICTURE, meta={**picture().meta, "_wp_attached_file": ["2024/anew.jpg"]})


def cut_anew(view: View) -> None:
    posts.update(view.unit, PICTURE, meta={**picture().meta, "_wp_attachment_metadata": [{**META, "sizes": {}}]})


def deleted_picture(view: View) -> None:
    posts.delete(view.unit, PICTURE)


def renamed_source(view: View) -> None:
    (standing,) = sources.standings(view.unit)
    sources.change(view.unit, replace(standing.source, name="Agency anew"))


def attributed(view: View) -> None:
    (standing,) = sources.standings(view.unit)
    sources.save_origin(view.unit, origin(standing.source.id, NEWEST, "Somebody Anew"))
    view.unit.raise_epoch()


def other_byline(view: View) -> None:
    known = sources.origins_of_posts(view.unit, [NEWEST - 1])[NEWEST - 1]
    sources.save_origin(view.unit, replace(known, facts=OriginFacts(authors=("Ann Anew",))))
    view.unit.raise_epoch()


def told_by_others(view: View) -> None:
    story = stories.add(view.unit, 1)
    for at, post in enumerate((NEWEST, NEWEST - 1)):
        stories.put(view.unit, StoryArticle(0, story, post, 0, at))
    source = sources.add(view.unit, Source(0, "https://other.example/feed", name="Other"))
    number = sources.save_origin(view.unit, replace(origin(source, 0), post=0, guid="x", url_key="x"))
    stories.put(view.unit, StoryArticle(0, story, 0, number, 2))
    view.unit.raise_epoch()


def option(name: str, value: object) -> Change:
    return lambda view: options.set(view.unit, name, value)


CHANGES: dict[str, Change] = {
    **{
        change.__name__: change
        for change in (
            edited, excerpted, locked, hidden, deleted, moved, dated, given_to, assigned, renamed_author, moved_author,
            renamed_term, moved_term, moved_above, deleted_term, other_picture, described_picture, other_file, cut_anew,
            deleted_picture, renamed_source, attributed, other_byline, told_by_others,
        )
    },
    "dates": option("date_format", "Y/m/d"),
    "zone": option("timezone_string", "Pacific/Kiritimati"),
    "home": option("home", "https://elsewhere.example"),
    "uploads": option("upload_url_path", "https://files.example"),
    "addresses": option("permalink_structure", "/%category%/%author%/%postname%/"),
    "theme": option(OPTION, "magazine"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_what_lends_to_a_card_changes_it_at_once(readers: Readers, name: str) -> None:
    before = readers.page()
    with readers.newsroom.write() as view:
        CHANGES[name](view)
    after = readers.page()
    assert after != before
    assert readers.page() == after


@pytest.mark.parametrize("name", ["assigned", "given_to", "moved_author", "moved_term", "moved_above", "deleted_term"])
def test_an_address_that_names_authors_and_categories_follows_them(readers: Readers, name: str) -> None:
    with readers.newsroom.write() as view:
        option("permalink_structure", "/%category%/%author%/%postname%/")(view)
    test_what_lends_to_a_card_changes_it_at_once(readers, name)


@pytest.mark.parametrize("status", ["private", "trash"])
def test_a_picture_that_nobody_may_list_is_shown_as_it_is(readers: Readers, status: str) -> None:
    with readers.newsroom.write() as view:
        posts.update(view.unit, PICTURE, status=status)
    readers.page()
    test_what_lends_to_a_card_changes_it_at_once(readers, "described_picture")


def test_a_byline_that_a_look_at_the_source_brings_is_shown(readers: Readers) -> None:
    """As where the source tells of other authors, and of nothing else that is new."""
    assert "Ann Other" in readers.page()
    with readers.newsroom.write() as view:
        known = sources.origins_of_posts(view.unit, [NEWEST - 1])[NEWEST - 1]
        sources.save_origin(view.unit, replace(known, facts=OriginFacts(authors=("Ann Anew",))))
    assert "Ann Anew" in readers.page()


def test_a_look_at_a_source_that_brings_nothing_new_drops_nothing(newsroom: Newsroom, readers: Readers) -> None:
    before = newsroom.epoch()
    with newsroom.write() as view:
        known = sources.origins_of_posts(view.unit, [NEWEST - 1])[NEWEST - 1]
        sources.save_origin(view.unit, replace(known, last_checked=NOON, facts=replace(known.facts, etag="anew")))
    assert newsroom.epoch() == before


def test_cards_go_with_the_look_that_they_were_made_in(newsroom: Newsroom, readers: Readers) -> None:
    with newsroom.view() as view:
        stories_before = readers.reader.cards.known(view, {NEWEST: 1})
    for colour in ("#111111", "#222222"):
        with newsroom.write() as view:
            number = customisations.styles_made(view, NEWSROOM, str(view.site.option("stylesheet") or "wirepress"))
            palette = [{"slug": "ink", "name": "Ink", "color": colour}]
            settings = {"version": 3, "isGlobalStylesUserThemeJSON": True, "settings": {"color": {"palette": palette}}}
            publishing.update(view, NEWSROOM, number, Changes(content=json.dumps(settings)))
        readers.page()
        readers.page()
        with newsroom.view() as view:
            (story,) = readers.reader.cards.known(view, {NEWEST: 1}).values()
        assert story is not stories_before.get(NEWEST)
        assert story.made is not None
        assert len(story.made.cards) == 1
        stories_before = {NEWEST: story}


def test_what_a_story_depends_on_counts(newsroom: Newsroom) -> None:
    with newsroom.view() as view:
        (post,) = reading.items(view, NEWSROOM, [NEWEST])
        few, many_tags = Cards(newsroom), Cards(newsroom)
        few.keep(view, post, Story({"title_html": "A"}), ())
        many_tags.keep(view, post, Story({"title_html": "A"}), [f"term:{number}" for number in range(1000)])
    assert many_tags.bytes > few.bytes + 100_000


def test_of_pages_nothing_is_kept(newsroom: Newsroom, readers: Readers) -> None:
    with newsroom.write() as view:
        above = publishing.create(view, NEWSROOM, "page", Changes(title="Harbour above", status="publish"))
        below = Changes(title="Harbour below", status="publish", parent=above.id)
        page = publishing.create(view, NEWSROOM, "page", below)
    assert "/harbour-above/harbour-below/" in readers.page("/", "s=harbour")
    with newsroom.view() as view:
        assert readers.reader.cards.known(view, {page.id: page.version}) == {}
    with newsroom.write() as view:
        publishing.update(view, NEWSROOM, above.id, Changes(slug="anew"))
    assert "/anew/harbour-below/" in readers.page("/", "s=harbour")


def test_a_section_shows_what_is_in_a_category_that_was_made_below_it(newsroom: Newsroom, readers: Readers) -> None:
    assert "News 33" in readers.page()
    with newsroom.write() as view:
        made = terms.insert(view.unit, Term(0, "category", "Anew", "anew", parent=3))
    readers.page()
    with newsroom.write() as view:
        posts.set_terms(view.unit, 33, [made.taxonomy_id])
    shown = readers.page()
    assert "News 33" in shown
    assert "/category/world/europe/anew/" in shown
    with newsroom.write() as view:
        terms.update(view.unit, made.taxonomy_id, parent=0)
    assert "News 33" not in readers.page()


def test_a_takedown_takes_its_card_down(newsroom: Newsroom, readers: Readers) -> None:
    assert "News 45" in readers.page()
    order = Order(str(NEWEST), reason="A court says so")
    with newsroom.view() as view:
        prepared = takedowns.prepare(view, NEWSROOM, order)
    with newsroom.write() as view:
        taken = takedowns.take_down(view, NEWSROOM, prepared)
    assert "News 45" not in readers.page()
    with newsroom.write() as view:
        takedowns.lift(view, NEWSROOM, taken.id, "It was settled")
    assert "News 45" in readers.page()


def test_a_change_leaves_the_cards_of_others(newsroom: Newsroom, readers: Readers) -> None:
    before = readers.kept()
    with newsroom.write() as view:
        edited(view)
    assert readers.kept() == before - {NEWEST}
    with newsroom.write() as view:
        publishing.create(view, NEWSROOM, "post", Changes(title="News", status="publish"))
    assert readers.kept() == before - {NEWEST}


def test_where_nobody_knows_what_was_written_nothing_is_kept(newsroom: Newsroom, readers: Readers) -> None:
    with newsroom.write() as view:
        view.unit.raise_shared_version()
    assert readers.kept() == set()


def test_an_older_view_is_given_nothing_newer_and_keeps_nothing(newsroom: Newsroom, readers: Readers) -> None:
    cards = readers.reader.cards
    with newsroom.view() as old:
        post = old.lookup.post(NEWEST)
        assert post is not None
        written = threading.Thread(target=lambda: write(newsroom))  # a thread has one unit of each kind at a time
        written.start()
        written.join()
        kept = readers.kept()
        assert kept
        assert cards.known(old, dict.fromkeys(kept, 1)) == {}
        assert cards.keep(old, post, Story({"title_html": "Old"}), ()).made is None
    readers.page()


def write(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        edited(view)


def test_neither_previews_nor_what_a_password_has_opened_is_kept(newsroom: Newsroom) -> None:
    cards = Cards(newsroom)
    with newsroom.view() as view:
        (post,) = reading.items(view, NEWSROOM, [NEWEST])
        cards.stories(view, [replace(post, title="A preview", rendering=None)], {})
        assert len(cards) == 0
        (story,) = cards.stories(view, [post], {})
        assert cards.known(view, {NEWEST: post.version}) == {NEWEST: story}


def test_what_is_kept_is_bounded_in_bytes(newsroom: Newsroom) -> None:
    cards = Cards(newsroom, limit=200_000)
    with newsroom.view() as view:
        found = reading.items(view, NEWSROOM, range(30, NEWEST + 1))
        made = cards.stories(view, found, {})
        assert 0 < len(cards) < len(found)
        assert cards.bytes <= cards.limit
        assert set(cards.known(view, {post.id: post.version for post in found})) == {
            *range(NEWEST + 1 - len(cards), NEWEST + 1)
        }
    story = made[-1]
    for number in range(1000):
        story.card((number,), lambda: "x" * 100)
    assert story.made is not None
    assert 0 <= story.made.room < ROOM
    assert sum(len(card) for card in story.made.cards.values()) <= ROOM
    cards.clear()
    assert (len(cards), cards.bytes) == (0, 0)
