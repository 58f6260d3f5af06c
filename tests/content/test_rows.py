"""What a view holds of the rows of its unit is never older than the unit's last write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.content.desk import DAYS, article, make_newsroom
from tests.store import many
from tests.wp.rehearsal import Rehearsal
from wirepress.content.lookup import SiteLookup, TracingLookup, mentioned
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.rows import Rows
from wirepress.content.site import site_of
from wirepress.model.comment import Comment
from wirepress.model.query import PostQuery
from wirepress.model.remote import RemoteKind, Wish
from wirepress.model.rendering import Rendering, Used, solid
from wirepress.model.term import Term
from wirepress.model.user import User
from wirepress.store import bulk, comments, options, posts, terms, users
from wirepress.store.database import Unit

POSTS = range(10, 20)
TERMS = range(1, 9)
USERS = range(1, 8)
STRUCTURES = (DAYS, "/%category%/%postname%/", "/%author%/%post_id%/", "")
OPTIONS = ("permalink_structure", "default_category", "category_base", "blogname")
PUBLISHED = PostQuery(types=("post", "page"), statuses=("publish",))
STATUSES = ("publish", "draft", "trash")
TYPES = ("post", "page", "attachment", "revision")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    folder: Path = tmp_path_factory.mktemp("rows")
    newsroom = make_newsroom(folder)
    every = Used(frozenset(POSTS), frozenset(TERMS), frozenset(OPTIONS))
    kept = Rendering(solid("title"), solid("content"), solid("excerpt"), used=every)
    with newsroom.database.write() as unit:
        many.posts(
            unit,
            [
                article(10, "parent", type="page", author=1),
                article(11, "child", type="page", parent=10, author=2, rendering=kept),
                article(12, "picture", "inherit", type="attachment", parent=13, author=2),
                article(13, "news", author=3, meta={"_thumbnail_id": ["12"]}, rendering=kept),
                article(14, "more", "draft", author=3),
            ],
        )
        many.post_terms(unit, [(13, 3, 0), (13, 4, 0), (14, 2, 0)])
        many.comments(unit, [Comment(1, 13, approved="1"), Comment(2, 13, approved="0")])
        bulk.settle(unit)
    yield newsroom
    newsroom.database.close()


def one_of(pool: range, number: int) -> int:
    return pool[number % len(pool)]


def insert_post(unit: Unit, a: int, b: int) -> None:
    if posts.get(unit, one_of(POSTS, a)) is None:
        parent = one_of(POSTS, b)
        posts.insert(unit, article(0, f"new{b}", type=TYPES[b % 4], parent=parent, author=1), id=one_of(POSTS, a))


def update_post(unit: Unit, a: int, b: int) -> None:
    changes = (
        {"slug": f"slug{b}"}, {"parent": one_of(POSTS, b)}, {"status": STATUSES[b % 3]}, {"author": one_of(USERS, b)},
        {"type": TYPES[b % 4]}, {"meta": {"_thumbnail_id": [str(b)]}}, {"meta": {"_edit_lock": [str(b)]}},
    )  # fmt: skip
    if posts.get(unit, one_of(POSTS, a)) is not None:
        posts.update(unit, one_of(POSTS, a), **changes[b % len(changes)])


def set_terms(unit: Unit, a: int, b: int) -> None:
    known = [term.taxonomy_id for i in (b, b + 1) if (term := terms.get(unit, None, one_of(TERMS, i)))]
    if posts.get(unit, one_of(POSTS, a)) is not None:
        posts.set_terms(unit, one_of(POSTS, a), known)


def first_terms(unit: Unit, a: int, b: int) -> None:
    term, post = terms.get(unit, None, one_of(TERMS, b)), posts.get(unit, one_of(POSTS, a))
    if post is not None and term is not None and not post.terms:
        posts.set_first_terms(unit, post, [term.taxonomy_id])


def first_guid(unit: Unit, a: int, b: int) -> None:
    posts.set_first_guid(unit, one_of(POSTS, a), f"/?p={b}")


def delete_post(unit: Unit, a: int, b: int) -> None:
    posts.delete(unit, one_of(POSTS, a))


def reassign(unit: Unit, a: int, b: int) -> None:
    posts.reassign(unit, one_of(USERS, a), one_of(USERS, b))


def save_rendering(unit: Unit, a: int, b: int) -> None:
    used = Used(frozenset({one_of(POSTS, b)}), frozenset({one_of(TERMS, b)}), frozenset({OPTIONS[b % 4]}))
    if posts.get(unit, one_of(POSTS, a)) is not None:
        posts.save_rendering(unit, one_of(POSTS, a), Rendering(solid("t"), solid(f"c{b}"), solid("e"), used=used))


def spoil(unit: Unit, a: int, b: int) -> None:
    posts.spoil(unit, "post", one_of(POSTS, a))


def insert_term(unit: Unit, a: int, b: int) -> None:
    if terms.get(unit, None, one_of(TERMS, a)) is None:
        made = Term(0, "category", f"Name {a}", f"name-{a}", parent=one_of(TERMS, b))
        terms.insert(unit, made, id=one_of(TERMS, a))


def update_term(unit: Unit, a: int, b: int) -> None:
    changes = ({"slug": f"term{b}"}, {"name": f"Term {b}"}, {"parent": one_of(TERMS, b)}, {"count": b})
    if term := terms.get(unit, None, one_of(TERMS, a)):
        terms.update(unit, term.taxonomy_id, **changes[b % len(changes)])


def delete_term(unit: Unit, a: int, b: int) -> None:
    term, heir = terms.get(unit, None, one_of(TERMS, a)), terms.get(unit, None, one_of(TERMS, b))
    if term and heir and term != heir:
        terms.hand_over(unit, term.taxonomy_id, heir.taxonomy_id)
        if b % 2:
            terms.delete(unit, term.taxonomy_id)


def insert_user(unit: Unit, a: int, b: int) -> None:
    if users.get(unit, one_of(USERS, a)) is None:
        users.insert(unit, User(0, f"user{a}-{b}", f"user{a}-{b}"), id=one_of(USERS, a))


def update_user(unit: Unit, a: int, b: int) -> None:
    if users.get(unit, one_of(USERS, a)) is not None:
        users.update(unit, one_of(USERS, a), **({"slug": f"user{b}"} if b % 2 else {"password": str(b)}))


def delete_user(unit: Unit, a: int, b: int) -> None:
    users.delete(unit, one_of(USERS, a))


def change_comment(unit: Unit, a: int, b: int) -> None:
    number = 1 + a % 3
    if comments.get(unit, number) is None:
        if posts.get(unit, 13) is not None:
            comments.insert(unit, Comment(0, 13, approved="1"), id=number)
    elif b % 3:
        comments.update(unit, number, approved=str(b % 2))
    else:
        comments.delete(unit, number)


def change_option(unit: Unit, a: int, b: int) -> None:
    name = OPTIONS[a % 4]
    values = {"permalink_structure": STRUCTURES[b % 4], "default_category": str(one_of(TERMS, b))}
    options.set_value(unit, name, values.get(name, f"value{b}"), visible=bool(b % 5))


def delete_option(unit: Unit, a: int, b: int) -> None:
    options.delete(unit, OPTIONS[a % 4])


def import_options(unit: Unit, a: int, b: int) -> None:
    bulk.options(unit, {OPTIONS[a % 4]: STRUCTURES[b % 4]})


def import_posts(unit: Unit, a: int, b: int) -> None:
    many.posts(unit, [article(one_of(POSTS, a), "imported", type=TYPES[b % 4], parent=13, author=1)])
    bulk.settle(unit)


WRITES: tuple[Callable[[Unit, int, int], None], ...] = (
    insert_post, update_post, set_terms, first_terms, first_guid, delete_post, reassign, save_rendering, spoil,
    insert_term, update_term, delete_term, insert_user, update_user, delete_user, change_comment, change_option,
    delete_option, import_options, import_posts,
)  # fmt: skip


def seen(lookup: SiteLookup) -> dict[str, object]:
    """All that a lookup gives of the rows that the writes above can change, links included."""
    found: dict[str, object] = {name: lookup.option(name) for name in OPTIONS}
    found["count"] = lookup.count(PUBLISHED)
    for number in POSTS:
        post = lookup.post(number)
        found[f"post {number}"] = (post, post and lookup.permalink(post))
    for number in TERMS:
        term = lookup.term(number)
        found[f"term {number}"] = (term, term and lookup.term_link(term))
    for number in USERS:
        user = lookup.user(number)
        found[f"user {number}"] = (user, user and lookup.author_link(user))
    return found


@given(st.lists(st.tuples(st.sampled_from(WRITES), st.integers(0, 59), st.integers(0, 59)), min_size=20, max_size=40))
@settings(max_examples=60, deadline=None, database=None, derandomize=True)
def test_a_lookup_gives_what_a_fresh_one_gives(
    room: Newsroom, writes: list[tuple[Callable[[Unit, int, int], None], int, int]]
) -> None:
    with Rehearsal.of(room).write() as view:
        seen(view.lookup)
        for write, a, b in writes:
            write(view.unit, a, b)
            site = site_of(options.all_of(view.unit), view.site)
            assert seen(view.lookup) == seen(SiteLookup(site, Rows(view.unit))), (write.__name__, a, b)


def test_only_what_was_written_is_loaded_anew(room: Newsroom) -> None:
    def again(view: View, ids: tuple[int, ...]) -> int:
        before = view.unit.statements
        for number in ids:
            view.lookup.post(number)
        return view.unit.statements - before

    with Rehearsal.of(room).write() as view:
        assert again(view, (10, 13, 14)) == 6
        posts.update(view.unit, 13, title="Other")
        assert again(view, (10, 14)) == 0
        assert again(view, (13,)) == 2
        terms.update(view.unit, 3, name="The Old World")
        options.set_value(view.unit, "blogname", "Another")
        assert view.lookup.option("blogname") == "Another"
        assert again(view, (10, 14)) == 0
        assert again(view, (13,)) == 2


def test_options_are_read_once_after_several_were_written(room: Newsroom) -> None:
    with Rehearsal.of(room).write() as view:
        begun = view.site
        options.set_value(view.unit, "blogname", "One")
        options.set_value(view.unit, "blogdescription", "Two")
        before = view.unit.statements
        assert (view.site.option("blogname"), view.lookup.option("blogdescription")) == ("One", "Two")
        assert view.unit.statements - before == 1
        assert (view.site.home, view.site.registry) == (begun.home, begun.registry)


def test_what_a_write_spoils_is_rendered_at_its_end(newsroom: Newsroom) -> None:
    used = Used(posts=frozenset({10}), options=frozenset({"blogname"}))
    kept = Rendering(solid(""), solid("as it was"), solid(""), used=used)
    with newsroom.database.write() as unit:
        many.posts(unit, [article(10), *(article(n, f"p{n}", rendering=kept) for n in (11, 12))])
        bulk.settle(unit)
    with newsroom.write() as view:
        posts.update(view.unit, 10, slug="other")
        posts.delete(view.unit, 12)
        assert list(view.unit.spoiled) == [11, 12]
        post = view.lookup.post(11)
        assert post is not None
        assert post.rendering is None
    with newsroom.view() as view:
        post = view.lookup.post(11)
        assert post is not None
        assert post.rendering is not None
        assert (str(post.rendering.content), post.rendering.post_version) == ("", post.version)


def test_what_an_option_spoils_waits_until_it_is_read(newsroom: Newsroom) -> None:
    used = Used(options=frozenset({"blogname"}))
    with newsroom.database.write() as unit:
        many.posts(unit, [article(11, rendering=Rendering(solid(""), solid("as it was"), solid(""), used=used))])
        bulk.settle(unit)
    with newsroom.write() as view:
        options.set_value(view.unit, "blogname", "Another")
    with newsroom.view() as view:
        post = view.lookup.post(11)
        assert post is not None
        assert (post.rendering, post.version) == (None, 2)


def test_a_trace_notes_what_links_are_made_of_whoever_asked_before(room: Newsroom) -> None:
    with room.view() as view:
        child = view.lookup.post(11)
        assert child is not None
        assert view.lookup.permalink(child).endswith("/parent/child/")
        tracing = TracingLookup(view.lookup)
        tracing.permalink(child)
        tracing.option("blogname")
        assert tracing.used() == Used(posts=frozenset({10}), options=frozenset({"blogname"}))
        assert tracing.used(besides=10).posts == frozenset()


def test_wishes_of_a_trace_are_bounded(room: Newsroom) -> None:
    with room.view() as view:
        tracing = TracingLookup(view.lookup)
        wishes = [Wish(RemoteKind.EMBED, str(n), f"https://x.example/{n}") for n in range(101)]
        for wish in (*wishes, wishes[0]):
            assert tracing.oembed(wish) is None
        assert tracing.used().wishes == frozenset(wishes[:100])


def test_a_content_names_its_pictures_and_galleries() -> None:
    named = '[gallery ids="3, 4"] xids="5" _ids="6" <img class="wp-image-7"> {"id":8,"ref":9,"mediaId":10,"i":11}'
    assert mentioned(named) == {3, 4, 7, 8, 9, 10}
    assert mentioned('ids="1"') == {1}
