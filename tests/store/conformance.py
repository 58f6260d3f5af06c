"""What a store must do on every database.  `test_sqlite.py` and `test_postgres.py` run it."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from wirepress.model.comment import Comment
from wirepress.model.errors import Conflict, Unavailable
from wirepress.model.moment import Stamp
from wirepress.model.post import Post
from wirepress.model.query import CommentQuery, PostQuery, TermFilter, TermQuery, UserQuery, Visibility
from wirepress.model.rendering import Hole, HoleKind, Rendering, Text, Used, solid
from wirepress.model.term import Term
from wirepress.model.user import ApplicationPassword, User
from wirepress.store import bulk, comments, options, posts, state, terms, users
from wirepress.store.database import Database, Unit, open_database
from wirepress.store.migrations import HEAD, current, migrate, pending

DATE = Stamp("2025-06-01 10:00:00")
EVERYTHING = Visibility(all_of=("publish", "draft", "private", "inherit", "pending", "future"), viewer=1)

COUNTING = """
import sys
from wirepress.store import options
from wirepress.store.database import open_database
database = open_database(sys.argv[1], pool=1, wait=60)
for _ in range(int(sys.argv[2])):
    with database.write() as unit:
        options.set(unit, "counter", options.get(unit, "counter", 0) + 1)
database.close()
"""


def article(slug: str = "a", **fields: object) -> Post:
    values: dict[str, object] = {
        "type": "post", "status": "publish", "slug": slug, "title": slug, "date": DATE, "date_gmt": DATE,
        "modified": DATE, "modified_gmt": DATE,
    }  # fmt: skip
    return Post(id=0, **(values | fields))  # type: ignore[arg-type] # a test names fields as it likes


def category(name: str, **fields: object) -> Term:
    return Term(id=0, taxonomy="category", name=name, slug=name.lower(), **fields)  # type: ignore[arg-type] # as above


def person(login: str, **fields: object) -> User:
    values: dict[str, object] = {"slug": login.lower(), "name": login, "email": f"{login}@x.example"}
    return User(id=0, login=login, **(values | fields))  # type: ignore[arg-type] # as above


def kept_count_is_true(unit: Unit) -> None:
    """What is kept beside the rows says what the rows say."""
    rows = unit.rows("SELECT type, status, count(*) FROM posts GROUP BY type, status")
    assert posts.counts(unit) == {(t, s): n for t, s, n in rows}
    worn = "SELECT count(*) FROM post_terms x JOIN posts p ON p.id = x.post WHERE x.taxonomy_id = t.taxonomy_id"
    assert not unit.rows(f"SELECT t.id FROM terms t WHERE t.count <> ({worn} AND p.status = 'publish')")
    revisions = "SELECT count(*) FROM posts r WHERE r.parent = p.id AND r.type = 'revision' AND r.status = 'inherit'"
    assert not unit.rows(f"SELECT p.id FROM posts p WHERE p.revisions <> ({revisions})")
    approved = "SELECT count(*) FROM comments c WHERE c.post = p.id AND c.approved = '1'"
    assert not unit.rows(f"SELECT p.id FROM posts p WHERE p.comment_count <> ({approved})")
    lonely = "SELECT p.id FROM posts p WHERE p.type <> 'revision' AND p.id NOT IN (SELECT post FROM search_texts)"
    assert not unit.rows(lonely)


class Units:
    """Snapshots, whole writes, no lost update."""

    def test_a_read_sees_one_moment(self, database: Database) -> None:
        with database.read() as reader:
            assert options.get(reader, "x") is None
            with database.write() as unit:
                options.set(unit, "x", "new")
            assert options.get(reader, "x") is None
        with database.read() as reader:
            assert options.get(reader, "x") == "new"

    def test_a_write_that_fails_leaves_nothing(self, database: Database) -> None:
        def fail() -> None:
            with database.write() as unit:
                posts.insert(unit, article())
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        with database.read() as unit:
            assert posts.find(unit, PostQuery()).total == 0
            assert state.both(unit) == (1, 1)

    def test_threads_lose_no_update(self, database: Database) -> None:
        def count() -> None:
            for _ in range(10):
                with database.write() as unit:
                    options.set(unit, "counter", options.get(unit, "counter", 0) + 1)

        threads = [threading.Thread(target=count) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with database.read() as unit:
            assert options.get(unit, "counter") == 60
            assert state.epoch(unit) == 61

    def test_processes_lose_no_update(self, database: Database, url: str) -> None:
        command = [sys.executable, "-c", COUNTING, url, "20"]
        running = [subprocess.Popen(command) for _ in range(3)]
        assert [process.wait(120) for process in running] == [0, 0, 0]
        with database.read() as unit:
            assert options.get(unit, "counter") == 60

    def test_a_write_waits_for_its_turn_and_then_gives_up(self, database: Database, url: str) -> None:
        other = open_database(url, pool=1, wait=0.05)
        try:
            with database.write() as unit:
                options.set(unit, "x", 1)
                with pytest.raises(Unavailable), other.write():
                    pass
            with other.write() as unit:
                assert options.get(unit, "x") == 1
        finally:
            other.close()

    def test_statements_are_counted(self, database: Database) -> None:
        before = database.statements
        with database.read() as unit:
            posts.find(unit, PostQuery())
            posts.load(unit, (1,))
            assert unit.statements == 2
        assert database.statements == before + 2

    def test_the_hint_changes_with_a_commit(self, database: Database) -> None:
        before = database.hint()
        assert database.hint() == before
        with database.write() as unit:
            options.set(unit, "x", 1)
        assert before is None or database.hint() != before

    def test_migrations_are_done_once(self, database: Database) -> None:
        assert current(database) == HEAD
        assert pending(database) == []
        migrate(database)
        assert current(database) == HEAD


class Identifiers:
    """Ids are given once."""

    def test_a_removed_id_never_comes_back(self, database: Database) -> None:
        with database.write() as unit:
            first = posts.insert(unit, article())
            term = terms.insert(unit, category("One"))
            user = users.insert(unit, person("one"))
            comment = comments.insert(unit, Comment(0, first, date=DATE, date_gmt=DATE))
            for done in (
                comments.delete(unit, comment),
                posts.delete(unit, first),
                terms.delete(unit, term.taxonomy_id),
                users.delete(unit, user),
            ):
                assert done
        with database.write() as unit:
            again = terms.insert(unit, category("Two"))
            assert posts.insert(unit, article()) > first
            assert again.id > term.id
            assert again.taxonomy_id > term.taxonomy_id
            assert users.insert(unit, person("two")) > user
            assert comments.insert(unit, Comment(0, first + 1, date=DATE, date_gmt=DATE)) > comment

    def test_a_given_id_is_kept_and_the_next_lies_above(self, database: Database) -> None:
        with database.write() as unit:
            assert posts.insert(unit, article(), id=700) == 700
            assert posts.insert(unit, article()) > 700
            assert terms.insert(unit, category("Given"), id=90).id == 90
            assert terms.insert(unit, category("Next")).id > 90
            with pytest.raises(Conflict):
                posts.insert(unit, article(), id=700)

    def test_a_login_is_taken_whatever_its_case_and_accents(self, database: Database) -> None:
        with database.write() as unit:
            user = users.insert(unit, person("Jose"))
            with pytest.raises(Conflict):
                users.insert(unit, person("josé"))
            for login in ("JOSE", "José ", "JOSE@x.example"):
                found = users.by_login(unit, login)
                assert found is not None
                assert found.id == user
            assert users.by_login(unit, "") is None


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
            "#1", "10", "9", "Ångström", "Äpfel", "apple", "éclair", "Eclipse", "zebra", "Žižkov", "zoo", "Ёлка", "日本",
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

    def test_filters(self, database: Database) -> None:
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
            for wanted, queries in every.items():
                for query in queries:
                    found = posts.find(unit, query)
                    assert found.ids == wanted, query
                    assert found.total in (len(wanted), 3 if query.sticky_first else len(wanted)), query
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
            assert users.published_authors(unit, ("post", "page")) == {zoe}
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
                unit, Comment(0, post, "Ann", "Ann@x.example", date=DATE, date_gmt=DATE, content="Café")
            )
            held = comments.insert(unit, Comment(0, post, date=DATE, date_gmt=DATE, approved="0"))
            answer = comments.insert(unit, Comment(0, post, date=DATE, date_gmt=DATE, parent=first))
        with database.read() as unit:
            assert comments.find(unit, CommentQuery()).ids == (answer, first)
            assert comments.find(unit, CommentQuery(approved=None, order="asc")).ids == (first, held, answer)
            assert comments.find(unit, CommentQuery(search="CAFE")).ids == (first,)
            assert comments.find(unit, CommentQuery(author_email="ann@X.example")).ids == (first,)
            assert comments.find(unit, CommentQuery(parents=(first,))).ids == (answer,)
            assert comments.children(unit, (first, answer)) == {first: (answer,)}


class Searching:
    """Words as WordPress looks for them."""

    TEXTS = (
        ("Harbour fire", "The storm of the council.", ""),
        ("Council meets", "A harbour and a Café near 日本.", "short"),
        ("Quiet day", "Nothing: 100% calm, ends in xq", "harbour"),
    )

    @pytest.fixture
    def ids(self, database: Database) -> list[int]:
        with database.write() as unit:
            return [
                posts.insert(unit, article(f"s{n}", title=title, content=content, excerpt=excerpt))
                for n, (title, content, excerpt) in enumerate(self.TEXTS)
            ]

    @pytest.mark.parametrize(
        ("words", "wanted"),
        [
            ("harbour", (2, 1, 0)),
            ("HARBOUR council", (1, 0)),
            ('"harbour fire"', (0,)),
            ("council -storm", (1,)),
            ("-harbour", ()),
            ("cafe", (1,)),
            ("日本", (1,)),
            ("本", (1,)),
            ("%", (2,)),
            ("xq", (2,)),
            ("q", (2,)),
            ("urfi", ()),
            ("100% calm", (2,)),
            ("the of", ()),
            ("of the", (0,)),
            ("zzz", ()),
            ("har our", (2, 1, 0)),
            ('"', ()),
            ("\\", ()),
            ("_", ()),
            ("a\x00b", ()),
        ],
    )
    def test_words(self, database: Database, ids: list[int], words: str, wanted: tuple[int, ...]) -> None:
        with database.read() as unit:
            found = posts.find(unit, PostQuery(search=words))
        assert found.ids == tuple(ids[n] for n in wanted)
        assert found.total == len(wanted)

    def test_relevance(self, database: Database, ids: list[int]) -> None:
        def ranked(words: str) -> list[int]:
            with database.read() as unit:
                return [ids.index(i) for i in posts.find(unit, PostQuery(search=words, orderby="relevance")).ids]

        assert ranked("harbour") == [0, 2, 1]
        assert ranked("council") == [1, 0]
        assert ranked("fire harbour") == [0]
        assert ranked("council harbour") == [1, 0]

    def test_columns_exactness_and_passwords(self, database: Database, ids: list[int]) -> None:
        with database.write() as unit:
            posts.insert(unit, article("locked", title="harbour", password="secret"))
        with database.read() as unit:
            assert posts.find(unit, PostQuery(search="harbour", search_columns=("post_excerpt",))).ids == (ids[2],)
            assert posts.find(unit, PostQuery(search="xq", search_columns=("post_title",))).ids == ()
            assert posts.find(unit, PostQuery(search='"quiet day"', search_exact=True)).ids == (ids[2],)
            assert posts.find(unit, PostQuery(search="quiet", search_exact=True)).ids == ()
            assert posts.find(unit, PostQuery(search="harbour", visibility=EVERYTHING)).total == 4

    def test_changed_and_removed_texts(self, database: Database, ids: list[int]) -> None:
        with database.write() as unit:
            posts.update(unit, ids[0], title="Ship", content="None of it")
            posts.delete(unit, ids[1])
        with database.read() as unit:
            assert posts.find(unit, PostQuery(search="harbour")).ids == (ids[2],)
            assert posts.find(unit, PostQuery(search="ship")).ids == (ids[0],)

    def test_files_of_media_and_revisions(self, database: Database) -> None:
        with database.write() as unit:
            file = {"_wp_attached_file": ["2025/06/Lake.png"]}
            media = posts.insert(unit, article("m", type="attachment", status="inherit", meta=file))
            revision = posts.insert(
                unit, article("r", type="revision", status="inherit", parent=media, content="Crème")
            )
        with database.read() as unit:
            query = PostQuery(types=("attachment",), statuses=("inherit",), visibility=EVERYTHING, search="lake.PNG")
            assert posts.find(unit, query).ids == (media,)
            assert posts.find(unit, replace(query, types=("revision",), search="creme")).ids == (revision,)
            assert posts.find(unit, replace(query, types=("revision",), search="-creme")).ids == ()


class Keeping:
    """What is kept beside the rows, and who is told."""

    def test_the_epoch_grows_exactly_with_what_a_reader_can_see(self, database: Database) -> None:
        with database.write() as unit:
            public = posts.insert(unit, article("public"))
            draft = posts.insert(unit, article("draft", status="draft"))
            page = posts.insert(unit, article("page", type="page"))
            posts.insert(unit, article("below", type="page", parent=page))
            term = terms.insert(unit, category("World"))
            user = users.insert(unit, person("ann"))
            comment = comments.insert(unit, Comment(0, public, date=DATE, date_gmt=DATE, approved="0"))
        autosave = article("x-autosave-v1", type="revision", status="inherit", parent=draft)
        steps: list[tuple[str, Callable[[Unit], object], tuple[int, int]]] = [
            ("nothing", lambda unit: options.get(unit, "x"), (0, 0)),
            ("a new draft", lambda unit: posts.insert(unit, article("d", status="auto-draft")), (0, 0)),
            ("a draft changes", lambda unit: posts.update(unit, draft, title="x"), (0, 0)),
            ("a draft's autosave", lambda unit: posts.insert(unit, autosave), (0, 0)),
            ("a draft's terms", lambda unit: posts.set_terms(unit, draft, [term.taxonomy_id]), (0, 0)),
            ("a draft is published", lambda unit: posts.update(unit, draft, status="publish"), (1, 0)),
            ("no change", lambda unit: posts.update(unit, public, title="public"), (0, 0)),
            ("two changes", lambda unit: [posts.update(unit, public, title=t) for t in "ab"], (1, 0)),
            ("an edit lock", lambda unit: posts.update(unit, public, meta={"_edit_lock": ["1:1"]}), (0, 0)),
            ("a revision", lambda unit: posts.insert(unit, replace(autosave, parent=public)), (1, 0)),
            ("it is unpublished", lambda unit: posts.update(unit, draft, status="private"), (1, 0)),
            ("an address above others", lambda unit: posts.update(unit, page, slug="p"), (1, 1)),
            ("a password is upgraded", lambda unit: users.update(unit, user, password="new"), (0, 0)),
            ("a name", lambda unit: users.update(unit, user, name="New"), (1, 1)),
            ("a term", lambda unit: terms.update(unit, term.taxonomy_id, name="All"), (1, 1)),
            ("an option", lambda unit: options.set(unit, "x", 1), (1, 1)),
            ("the same option", lambda unit: options.set(unit, "x", 1), (0, 0)),
            ("a hidden option", lambda unit: options.set(unit, "y", 1, visible=False), (0, 0)),
            ("a held comment changes", lambda unit: comments.update(unit, comment, content="c"), (0, 0)),
            ("a comment is approved", lambda unit: comments.update(unit, comment, approved="1"), (1, 0)),
            ("a removal", lambda unit: posts.delete(unit, public), (1, 0)),
        ]
        for name, step, grown in steps:
            with database.write() as unit:
                before = state.both(unit)
                step(unit)
            with database.read() as unit:
                after = state.both(unit)
                kept_count_is_true(unit)
            assert (after[0] - before[0], after[1] - before[1]) == grown, name

    def test_versions_and_freshness(self, database: Database) -> None:
        rendering = Rendering(solid("t"), solid("c"), solid("e"), 1, 1, Used(posts=frozenset({1})))
        with database.write() as unit:
            first = posts.insert(unit, article("first"), id=1)
            second = posts.insert(unit, article("second"))
            posts.save_rendering(unit, second, rendering)
            term = terms.insert(unit, category("World"))
            posts.set_terms(unit, second, [term.taxonomy_id])
            fresh = posts.get(unit, second)
            assert fresh is not None
            assert fresh.rendering is not None
            assert fresh.version == fresh.rendering.post_version == 2
            posts.update(unit, first, title="Changed")
            spoiled = posts.get(unit, second)
            assert spoiled is not None
            assert spoiled.version == 3
            assert spoiled.rendering is None
            assert posts.stale(unit, "post", first) == ()

    def test_revisions_and_featured_images(self, database: Database) -> None:
        with database.write() as unit:
            picture = posts.insert(unit, article("pic", type="attachment", status="inherit"))
            post = posts.insert(unit, article(meta={"_thumbnail_id": [str(picture)], "k": ["v"]}))
            made = [
                posts.insert(unit, article(f"{post}-revision-v1", type="revision", status="inherit", parent=post))
                for _ in range(2)
            ]
            loaded = posts.get(unit, post)
            assert loaded is not None
            assert (loaded.thumbnail, loaded.revisions, loaded.last_revision) == (picture, 2, made[1])
            posts.delete(unit, made[1])
            posts.delete(unit, picture)
            loaded = posts.get(unit, post)
            assert loaded is not None
            assert (loaded.thumbnail, loaded.revisions, loaded.last_revision) == (0, 1, made[0])
            assert loaded.meta == {"k": ["v"]}
            posts.delete(unit, post)
            assert posts.get(unit, made[0]) is None

    def test_removed_terms_and_comments_hand_on_what_is_below(self, database: Database) -> None:
        with database.write() as unit:
            top = terms.insert(unit, category("Top"))
            middle = terms.insert(unit, category("Middle", parent=top.id))
            low = terms.insert(unit, category("Low", parent=middle.id))
            terms.delete(unit, middle.taxonomy_id)
            found = terms.get(unit, "category", low.id)
            assert found is not None
            assert found.parent == top.id
            post = posts.insert(unit, article())
            first = comments.insert(unit, Comment(0, post, date=DATE, date_gmt=DATE))
            second = comments.insert(unit, Comment(0, post, date=DATE, date_gmt=DATE, parent=first))
            comments.delete(unit, first)
            answer = comments.get(unit, second)
            assert answer is not None
            assert answer.parent == 0
            kept_count_is_true(unit)

    def test_an_import_settles(self, database: Database) -> None:
        made = [replace(article(f"p{n}"), id=n + 10) for n in range(1200)]
        made.append(replace(article("10-revision-v1", type="revision", status="inherit", parent=10), id=5000))
        for _ in range(2):
            with database.write() as unit:
                bulk.posts(unit, made)
                bulk.terms(unit, [replace(category("World"), id=5, taxonomy_id=6, count=1)])
                bulk.post_terms(unit, [(10, 6, 0)])
                bulk.users(unit, [replace(person("ann"), id=3)])
                bulk.comments(unit, [Comment(4, 99_999, date=DATE, date_gmt=DATE)])
                bulk.options(unit, {"blogname": "Ä", "list": [1, {"a": None}]})
                bulk.settle(unit)
        with database.write() as unit:
            kept_count_is_true(unit)
            assert posts.insert(unit, article()) == 5001
            assert terms.insert(unit, category("New")).id == 6
            assert users.insert(unit, person("bob")) == 4
            assert options.all(unit) == {"blogname": "Ä", "list": [1, {"a": None}]}
            loaded = posts.get(unit, 10)
            assert loaded is not None
            assert (loaded.revisions, loaded.last_revision) == (1, 5000)


class Conformance(Units, Identifiers, Reading, Searching, Keeping):
    """All of it."""
