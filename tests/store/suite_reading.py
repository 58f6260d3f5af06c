"""What is found and loaded, on every database."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.store.nouns import DATE, article, category, person
from wirepress.model.comment import Comment
from wirepress.model.moment import Stamp
from wirepress.model.query import CommentQuery, PostQuery, TermFilter, TermQuery, UserQuery, Visibility
from wirepress.model.rendering import Hole, HoleKind, Rendering, Text, Used, solid
from wirepress.model.term import Term
from wirepress.model.user import ApplicationPassword
from wirepress.store import comments, post_query, posts, terms, users
from wirepress.store.database import Database
from wirepress.store.guesses import begins_with, once_called


class Reading:
    """What is found and loaded."""

    def test_text_sorts_as_in_wordpress(self, database: Database) -> None:
        titles = [
            "zebra",
            "Äpfel",
            "apple",
            "Žižkov",
            "zoo",
            "Ångström",
            "éclair",
            "Eclipse",
            "日本",
            "Ёлка",
            "10",
            "9",
            "#1",
        ]
        with database.write() as unit:
            for title in titles:
                posts.insert(unit, article(title=title))
        with database.read() as unit:
            found = posts.find(unit, PostQuery(orderby="title", order="asc", per_page=100)).ids
            loaded = posts.load(unit, found)
        assert [loaded[i].title for i in found] == [
            "#1", "10", "9", "Ångström", "Äpfel", "apple", "éclair", "Eclipse", "zebra", "Žižkov", "zoo", "Ёлка",
            "日本",
        ]  # fmt: skip

    def test_a_post_comes_back_as_it_went_in(self, database: Database) -> None:
        rendering = Rendering(
            solid("T"),
            Text(("a", Hole(HoleKind.NUMBER, "gallery", {"n": [1]}), "b")),
            solid(""),
            1,
            7,
            Used(frozenset({3}), frozenset({4}), frozenset({"home"})),
        )
        post = article(content="Ünï\n", excerpt="e", meta={"b": ["1", {"x": [1, None]}], "a": ["2"]}, menu_order=-1)
        with database.write() as unit:
            post = replace(post, id=posts.insert(unit, post), rendering=rendering)
            posts.save_rendering(unit, post.id, rendering)
            assert posts.stale(unit, "option", "home") == (post.id,)
        with database.read() as unit:
            loaded = posts.get(unit, post.id)
        assert loaded == post
        assert loaded is not None
        assert list(loaded.meta) == ["b", "a"]

    def test_a_former_slug_or_day_leads_to_its_post(self, database: Database) -> None:
        with database.write() as unit:
            moved = {"_wp_old_slug": ["before", "long-before"], "_wp_old_date": ["2024-02-03"]}
            post = posts.insert(unit, article("now", meta=moved))
            posts.insert(unit, article("page", type="page", meta={"_wp_old_slug": ["first"]}))
        with database.read() as unit:
            for slug in ("before", "long-before"):
                assert once_called(unit, slug, "post") == post
                assert once_called(unit, slug, "post", "2025-06") == post
                assert once_called(unit, slug, "post", "2024-02-03") == post
            assert once_called(unit, "now", "post", "2024-02") == post
            for slug, date in (("befor", ""), ("now", ""), ("now", "2024-03"), ("first", ""), ('"', "")):
                assert once_called(unit, slug, "post", date) is None

    def test_files_and_what_uses_them(self, database: Database) -> None:
        file = {"type": "attachment", "status": "inherit"}
        with database.write() as unit:
            early = posts.insert(unit, article("early", date=Stamp("2024-02-29 10:00:00"), **file))
            one, two, three = (posts.insert(unit, article(name, **file)) for name in ("one", "two", "three"))
            posts.insert(unit, article("private", type="attachment", status="private"))
            led = posts.insert(unit, article("led", meta={"_thumbnail_id": [str(two)]}))
            posts.insert(unit, article("r", type="revision", status="inherit", meta={"_thumbnail_id": [str(two)]}))
            shown = posts.insert(unit, article("shown"))
            looked = Rendering(solid(""), solid(""), solid(""), used=Used(posts=frozenset({two})))
            posts.save_rendering(unit, shown, looked)
        with database.read() as unit:
            assert posts.months(unit, "attachment", ("inherit",)) == ((2025, 6, 3), (2024, 2, 1))
            assert posts.months(unit, "attachment", ("inherit", "private")) == ((2025, 6, 4), (2024, 2, 1))
            assert posts.months(unit, "attachment") == ()
            found = posts.load(unit, (early, one, two, three))
            beside = [posts.beside(unit, found[number]) for number in (early, one, two, three)]
            assert beside == [(one, 0), (two, early), (three, one), (0, two)]
            assert posts.led_by(unit, (one, two)) == {two: 1}
            assert posts.led_by(unit, ()) == {}
            assert posts.users_of(unit, two, 20) == (shown, led)
            assert posts.users_of(unit, two, 1) == (shown,)
            assert posts.users_of(unit, one, 20) == ()

    def test_terms_come_by_taxonomy_and_name(self, database: Database) -> None:
        with database.write() as unit:
            post = posts.insert(unit, article())
            made = [terms.insert(unit, category(name)) for name in ("Žižkov", "World", "Zoo", "Ásie")]
            tag = terms.insert(unit, replace(category("alpha"), taxonomy="post_tag"))
            posts.set_terms(unit, post, [tag.taxonomy_id, *(term.taxonomy_id for term in made)])
            loaded = posts.get(unit, post)
            assert loaded is not None
            assert [term.name for term in loaded.terms] == ["Ásie", "World", "Žižkov", "Zoo", "alpha"]
            assert [term.name for term in terms.of_post(unit, post, ("post_tag",))] == ["alpha"]

    def test_pages_and_totals(self, database: Database) -> None:
        with database.write() as unit:
            ids = [posts.insert(unit, article(f"p{n}")) for n in range(7)]
        with database.read() as unit:
            first = posts.find(unit, PostQuery(per_page=3))
            assert first.ids == tuple(ids[:-4:-1])
            assert first.total == 7
            assert [version for _, version in first.rows] == [1, 1, 1]
            assert unit.statements == 1
            assert posts.find(unit, PostQuery(per_page=3, page=3)).ids == (ids[0],)
            beyond = posts.find(unit, PostQuery(per_page=3, page=9))
            assert (beyond.ids, beyond.total) == ((), 7)
            assert posts.find(unit, PostQuery(offset=5, page=2)).ids == (ids[1], ids[0])

    def test_what_a_viewer_may_see(self, database: Database) -> None:
        with database.write() as unit:
            mine = posts.insert(unit, article("mine", status="draft", author=5))
            posts.insert(unit, article("theirs", status="draft", author=6))
            public = posts.insert(unit, article("public"))
        both = PostQuery(statuses=("publish", "draft"))
        with database.read() as unit:
            assert posts.find(unit, both).ids == (public,)
            assert posts.find(unit, replace(both, statuses=("draft",))).ids == ()
            own = Visibility(("publish",), ("draft",), 5)
            found = posts.find(unit, replace(both, visibility=own))
            assert found.ids == (public, mine)
            assert found.total == 2
            assert posts.find(unit, replace(both, visibility=Visibility(("publish",), ("draft",), 0))).ids == (public,)

    @pytest.mark.parametrize("many", [post_query.MANY, 0])
    def test_filters(self, database: Database, monkeypatch: pytest.MonkeyPatch, many: int) -> None:
        monkeypatch.setattr(post_query, "MANY", many)
        with database.write() as unit:
            world = terms.insert(unit, category("World"))
            asia = terms.insert(unit, category("Asia", parent=world.id))
            one = posts.insert(unit, article("one", author=3, meta={"_thumbnail_id": ["44"]}))
            two = posts.insert(unit, article("two", date=Stamp("2025-06-02 00:00:00")))
            three = posts.insert(unit, article("three", parent=one, mime_type="image/png", menu_order=4))
            posts.set_terms(unit, one, [world.taxonomy_id])
            posts.set_terms(unit, two, [asia.taxonomy_id])
        every: dict[tuple[int, ...], list[PostQuery]] = {
            (one,): [
                PostQuery(authors=(3,)),
                PostQuery(slugs=("ÓNE",)),
                PostQuery(terms=(TermFilter("category", (world.id,)),)),
                PostQuery(sticky=True, sticky_ids=(one,)),
            ],
            (two,): [PostQuery(after=DATE), PostQuery(include=(two, 999)), PostQuery(exclude=(one, three))],
            (two, one): [
                PostQuery(terms=(TermFilter("category", (world.id,), children=True),)),
                PostQuery(terms=tuple(TermFilter("category", (i,)) for i in (world.id, asia.id)), terms_relation="OR"),
                PostQuery(parents=(0,)),
                PostQuery(include=(two, one), orderby="include"),
                PostQuery(slugs=("two", "one"), orderby="include_slugs"),
            ],
            (three,): [
                PostQuery(terms=(TermFilter("category", (world.id,), negate=True, children=True),)),
                PostQuery(mime_classes=("image",)),
                PostQuery(mime_types=("image/png", "image/gif")),
                PostQuery(parents=(one,)),
                PostQuery(menu_order=4),
            ],
            (): [
                PostQuery(terms=(TermFilter("category", (world.id, asia.id), every=True),)),
                PostQuery(types=("page",)),
                PostQuery(sticky=True),
                PostQuery(before=Stamp("2020-01-01 00:00:00")),
            ],
            (one, two, three): [PostQuery(sticky_first=True, sticky_ids=(one,), exclude=(99,))],
        }  # fmt: skip
        with database.read() as unit:
            assert [term.count for term in terms.any_of(unit, [world.id, asia.id])] == [1, 1]
            for wanted, queries in every.items():
                for query in queries:
                    found = posts.find(unit, query)
                    assert found.ids == wanted, query
                    assert found.total in (len(wanted), 3 if query.sticky_first else len(wanted)), query
            together = [
                (wanted, query) for wanted, queries in every.items() for query in queries
                if query.orderby in ("date", "menu_order") and not query.search
            ]  # fmt: skip
            before = unit.statements
            found_each = posts.find_each(unit, [query for _, query in together])
            assert unit.statements == before + 1
            assert [found.ids for found in found_each] == [wanted for wanted, _ in together]
            far = [PostQuery(sticky_first=True, sticky_ids=(one,), per_page=1), PostQuery(orderby="menu_order")]
            assert posts.find_each(unit, far) == [posts.find(unit, query) for query in far]
            thumbnail = posts.get(unit, one)
            assert thumbnail is not None
            assert thumbnail.thumbnail == 44

    def test_terms_are_found(self, database: Database) -> None:
        with database.write() as unit:
            world = terms.insert(unit, category("World", description="b"))
            asia = terms.insert(unit, category("Ásie", parent=world.id, description="a"))
            empty = terms.insert(unit, category("Empty"))
            post = posts.insert(unit, article())
            posts.set_terms(unit, post, [asia.taxonomy_id])
        expected: list[tuple[TermQuery, list[Term]]] = [
            (TermQuery(), [asia, empty, world]),
            (TermQuery(order="desc"), [world, empty, asia]),
            (TermQuery(hide_empty=True), [asia, world]),
            (TermQuery(hide_empty=True, parent=0), []),
            (TermQuery(parent=world.id), [asia]),
            (TermQuery(search="ASI"), [asia]),
            (TermQuery(search="nope"), []),
            (TermQuery(post=post), [asia]),
            (TermQuery(orderby="description"), [empty, asia, world]),
            (TermQuery(orderby="count", order="desc"), [asia, empty, world]),
            (TermQuery(slugs=("world",)), [world]),
            (TermQuery(include=(world.id, asia.id), orderby="include"), [world, asia]),
        ]
        with database.read() as unit:
            for query, wanted in expected:
                ids = [term.taxonomy_id for term in wanted]
                found = terms.find(unit, query)
                if query.orderby == "count":
                    assert found.ids[0] == asia.taxonomy_id
                else:
                    assert list(found.ids) == ids, query
                assert found.total == len(ids)
            assert terms.ancestors(unit, "category", asia.id) == (world.id,)

    def test_users_are_found(self, database: Database) -> None:
        with database.write() as unit:
            zoe = users.insert(unit, person("zoe", name="Zoë", url="http://b.example", grants={"editor": True}))
            adam = users.insert(unit, person("adam", url="http://a.example", grants={"author": True}))
            posts.insert(unit, article(author=zoe))
            users.add_application_password(unit, ApplicationPassword("u-1", zoe, "App", "hash", created=5))
            users.note_use(unit, "u-1", 9, "192.0.2.1")
        with database.read() as unit:
            assert users.find(unit, UserQuery()).ids == (adam, zoe)
            assert users.find(unit, UserQuery(orderby="url", order="desc")).ids == (zoe, adam)
            assert users.find(unit, UserQuery(search="zoe", search_columns=("name",))).ids == (zoe,)
            assert users.find(unit, UserQuery(roles=("editor",))).ids == (zoe,)
            assert users.find(unit, UserQuery(published_types=("post",))).ids == (zoe,)
            assert users.application_passwords(unit, zoe) == [
                ApplicationPassword("u-1", zoe, "App", "hash", created=5, last_used=9, last_ip="192.0.2.1")
            ]
            loaded = users.get(unit, zoe)
            assert loaded is not None
            assert loaded.grants == {"editor": True}

    def test_comments_are_found(self, database: Database) -> None:
        with database.write() as unit:
            post = posts.insert(unit, article())
            first = comments.insert(
                unit,
                Comment(
                    0, post, author_name="Ann", author_email="Ann@x.example", date=DATE, date_gmt=DATE, content="Café"
                ),
            )
            held = comments.insert(unit, Comment(0, post, date=DATE, date_gmt=DATE, approved="0"))
            answer = comments.insert(unit, Comment(0, post, date=DATE, date_gmt=DATE, parent=first))
        with database.read() as unit:
            assert comments.find(unit, CommentQuery()).ids == (answer, first)
            assert comments.find(unit, CommentQuery(approved=None, order="asc")).ids == (first, held, answer)
            assert comments.find(unit, CommentQuery(search="CAFE")).ids == (first,)
            assert comments.find(unit, CommentQuery(author_email="ann@X.example")).ids == (first,)
            assert comments.find(unit, CommentQuery(parents=(first,))).ids == (answer,)
            nothing = comments.find(unit, CommentQuery(orderby="include"))
            assert (nothing.ids, nothing.total) == ((), 2)
            assert comments.children(unit, (first, answer)) == {first: (answer,)}

    def test_an_address_is_guessed_by_how_its_slug_begins(self, database: Database) -> None:
        with database.write() as unit:
            made = {
                slug: posts.insert(unit, article(slug)) for slug in ("chleba", "c-dur", "my-first-%e6%97%a5", "abc")
            }
        with database.read() as unit:
            for begun, slug in (("c", "c-dur"), ("ch", "chleba"), ("c-", "c-dur"), ("my-f", "my-first-%e6%97%a5")):
                assert begins_with(unit, begun, ("post",)) == made[slug]
            for begun in ("C", "my-first-_", "%", "_", "b", "abcd", "chleb\u00e1", "\U0010ffff"):
                assert begins_with(unit, begun, ("post",)) is None
            assert begins_with(unit, "abc", ("post",), "2025-06") == made["abc"]
            assert begins_with(unit, "abc", ("post",), "2025-07") is None
            assert begins_with(unit, "abc", ("page",)) is None
