"""What the lists of the administration are made of, on every database."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.store.nouns import article, person
from wirepress.model.moment import Stamp
from wirepress.model.query import PostQuery, Visibility
from wirepress.model.wire import Origin, Source
from wirepress.store import posts, sources, users
from wirepress.store.database import Database, Unit

SEEN = datetime(2025, 6, 1, tzinfo=UTC)


def taken(unit: Unit, source: int, post: int) -> None:
    address = f"https://wire.example/{post}"
    sources.save_origin(unit, Origin(source, f"guid-{post}", address, address, SEEN, SEEN, post=post))


class Listing:
    """What the lists of the administration are made of."""

    def test_posts_are_found_by_their_source(self, database: Database) -> None:
        with database.write() as unit:
            reuters = sources.add(unit, Source(0, "https://b.example/feed", "Bee wire"))
            other = sources.add(unit, Source(0, "https://a.example/feed"))
            mine, first, second, third = (posts.insert(unit, article(slug)) for slug in ("mine", "one", "two", "three"))
            for source, post in ((reuters, first), (other, second), (reuters, third)):
                taken(unit, source, post)
        with database.read() as unit:
            found = posts.find(unit, PostQuery(sources=(reuters,)))
            assert (set(found.ids), found.total) == ({first, third}, 2)
            assert posts.find(unit, PostQuery(sources=(reuters, other))).total == 3
            assert posts.find(unit, PostQuery(sources=(2**70,))).total == 0
            assert posts.find(unit, PostQuery(sources=(reuters,), include=(mine, first))).ids == (first,)
            before = unit.statements
            names, by_post = sources.names_beside(unit, (mine, first, second))
            assert unit.statements - before == 1
            assert names == {other: "https://a.example/feed", reuters: "Bee wire"}
            assert list(names) == [reuters, other]
            assert by_post == {first: reuters, second: other}
            assert sources.names_beside(unit, ()) == (names, {})

    def test_an_outline_is_in_the_order_of_the_menu(self, database: Database) -> None:
        with database.write() as unit:
            last = posts.insert(unit, article("z", type="page", menu_order=3))
            beta = posts.insert(unit, article("beta", type="page", parent=last))
            alpha = posts.insert(unit, article("alpha", type="page"))
            hidden = posts.insert(unit, article("hidden", type="page", status="private", author=7))
        query = PostQuery(types=("page",), statuses=("publish", "private"))
        with database.read() as unit:
            assert posts.outline(unit, query, 9) == [(alpha, 0, "alpha"), (beta, last, "beta"), (last, 0, "z")]
            own = PostQuery(
                types=("page",), statuses=query.statuses, visibility=Visibility(("publish",), ("private",), 7)
            )
            assert [row[0] for row in posts.outline(unit, own, 9)] == [alpha, beta, hidden, last]
            assert len(posts.outline(unit, own, 2)) == 2

    def test_months_of_some_statuses(self, database: Database) -> None:
        with database.write() as unit:
            for date, status in (
                ("2025-06-30 23:59:59", "publish"), ("2025-06-01 00:00:00", "publish"),
                ("2023-12-31 10:00:00", "draft"), ("2024-02-29 10:00:00", "trash"),
                ("0000-00-00 00:00:00", "draft"), ("2025-06-15 10:00:00", "draft"),
            ):  # fmt: skip
                posts.insert(unit, article(date[:10], status=status, date=Stamp(date)))
        with database.read() as unit:
            assert posts.months_of(unit, "post", ("publish", "draft", "future")) == ((2025, 6), (2023, 12))
            assert posts.months_of(unit, "post", ("trash",)) == ((2024, 2),)
            assert posts.months_of(unit, "page", ("publish",)) == ()
            assert posts.months_of(unit, "post", ()) == ()

    def test_counts_of_all_and_of_one_author(self, database: Database) -> None:
        with database.write() as unit:
            for author, status in ((1, "publish"), (2, "publish"), (2, "draft")):
                posts.insert(unit, article(f"a{author}{status}", author=author, status=status))
            posts.insert(unit, article("page", type="page", author=2))
        with database.read() as unit:
            assert posts.counts_beside(unit, "post", 2) == ({"publish": 2, "draft": 1}, {"publish": 1, "draft": 1})
            assert posts.counts_beside(unit, "post", 9)[1] == {}

    def test_users_of_roles_and_some_others(self, database: Database) -> None:
        with database.write() as unit:
            zoe = users.insert(unit, person("Zoe", grants={"editor": True}))
            adam = users.insert(unit, person("Adam", grants={"edit_posts": True}))
            guest = users.insert(unit, person("Guest", grants={"subscriber": True}))
        with database.read() as unit:
            assert [user.id for user in users.granted(unit, ("editor", "edit_posts"))] == [adam, zoe]
            assert [user.id for user in users.granted(unit, ("editor",), (guest, zoe))] == [guest, zoe]
