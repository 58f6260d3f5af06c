"""What no column and no statement can hold does no harm, on every database."""

from __future__ import annotations

import pytest

from tests.store.nouns import article, category, kept_count_is_true, person
from wirepress.model.errors import Invalid
from wirepress.model.query import CommentQuery, PostQuery, TermFilter, TermQuery, UserQuery
from wirepress.model.rendering import Rendering, Used, solid
from wirepress.store import comments, options, posts, terms, users
from wirepress.store.database import Database

HUGE = 2**63
MANY = 40_000


class Bounds:
    """Ids of more than 64 bits, more ids than a statement has values, texts with NUL."""

    def test_ids_beyond_64_bits_match_nothing(self, database: Database) -> None:
        with database.write() as unit:
            post = posts.insert(unit, article())
            term = terms.insert(unit, category("World"))
            user = users.insert(unit, person("ann"))
        with database.read() as unit:
            for far in ((HUGE,), (-HUGE - 1, 10**40)):
                assert posts.find(unit, PostQuery(include=far, orderby="include")).total == 0
                assert posts.find(unit, PostQuery(include=(*far, post), orderby="include")).ids == (post,)
                assert posts.find(unit, PostQuery(parents=far)).total == 0
                assert posts.find(unit, PostQuery(authors=far)).total == 0
                assert posts.find(unit, PostQuery(menu_order=far[0])).total == 0
                kept = PostQuery(exclude=far, parents_not=far, authors_not=far)
                assert posts.find(unit, kept).ids == (post,)
                for children in (False, True):
                    assigned = (TermFilter("category", far, children=children),)
                    assert posts.find(unit, PostQuery(terms=assigned)).total == 0
                assert terms.find(unit, TermQuery(("category",), include=far)).total == 0
                assert terms.find(unit, TermQuery(("category",), parent=far[0])).total == 0
                assert terms.find(unit, TermQuery(("category",), post=far[0])).total == 0
                assert terms.find(unit, TermQuery(("category",), exclude=far)).ids == (term.taxonomy_id,)
                assert users.find(unit, UserQuery(include=far)).total == 0
                assert users.find(unit, UserQuery(exclude=far)).ids == (user,)
                assert comments.find(unit, CommentQuery(include=far, posts=far, parents=far, authors=far)).total == 0
                for noun in (posts, terms, users, comments):
                    assert noun.load(unit, far) == {}
                for single in (posts, users, comments):
                    assert single.get(unit, far[0]) is None
                assert terms.get(unit, None, far[0]) is None
            assert posts.find(unit, PostQuery(page=10**30)).ids == ()
            assert posts.find(unit, PostQuery(offset=10**30)).ids == ()

    def test_a_change_may_make_any_number_of_renderings_stale(self, database: Database) -> None:
        rendering = Rendering(solid("t"), solid("c"), solid("e"), 1, 1, Used(options=frozenset({"x"})))
        with database.write() as unit:
            first = posts.insert(unit, article())
            posts.save_rendering(unit, first, rendering)
            # Rows as an import makes them: only their number matters here.
            rows = [(HUGE // 2 + n, f"p{n}") for n in range(MANY)]
            unit.run_many(
                "INSERT INTO posts (id, type, status, slug, slug_key, title, title_key, content, excerpt, author, date,"
                " date_gmt, modified, modified_gmt, parent, menu_order, password, guid, mime_type, comment_status,"
                " ping_status, comment_count, to_ping, pinged, content_filtered, meta, thumbnail, revisions,"
                " last_revision, version) SELECT ?, type, 'draft', ?, slug_key, title, title_key, content, excerpt,"
                " author, date, date_gmt, modified, modified_gmt, parent, menu_order, password, guid, mime_type,"
                " comment_status, ping_status, comment_count, to_ping, pinged, content_filtered, meta, 0, 0, 0, 1"
                f" FROM posts WHERE id = {first}",
                rows,
            )
            unit.run_many(
                "INSERT INTO rendering_uses (post, kind, ref) VALUES (?, 'option', 'x')", [(row[0],) for row in rows]
            )
            assert len(posts.spoil(unit, "option", "x")) == MANY + 1
            assert posts.stale(unit, "option", "x") == ()
            assert unit.rows("SELECT count(*) FROM posts WHERE version = 2") == [(MANY + 1,)]

    def test_a_text_with_nul_is_refused(self, database: Database) -> None:
        with database.write() as unit:
            post = posts.insert(unit, article())
        for field in ("title", "content", "excerpt", "slug", "password"):
            with pytest.raises(Invalid), database.write() as unit:
                posts.insert(unit, article(**{field: "a\0b"}))
            with pytest.raises(Invalid), database.write() as unit:
                posts.update(unit, post, **{field: "a\0b"})
        with pytest.raises(Invalid), database.write() as unit:
            terms.insert(unit, category("a\0b"))
        with pytest.raises(Invalid), database.write() as unit:
            users.insert(unit, person("a\0b"))
        with pytest.raises(Invalid), database.write() as unit:
            options.set_value(unit, "a\0b", 1)
        with database.write() as unit:
            options.set_value(unit, "list", {"a": "b\0"})  # JSON has a way to write it
            posts.update(unit, post, meta={"k": ["a\0b"]})
        with database.read() as unit:
            kept_count_is_true(unit)
            assert options.get(unit, "list") == {"a": "b\0"}
            assert posts.find(unit, PostQuery(slugs=("a\0b",), include=(post,))).total == 0

    def test_a_user_who_wrote_goes_when_the_posts_have_gone_to_another(self, database: Database) -> None:
        with database.write() as unit:
            ann, bob = users.insert(unit, person("ann")), users.insert(unit, person("bob"))
            written = [posts.insert(unit, article(f"p{n}", author=ann)) for n in range(3)]
            assert posts.reassign(unit, ann, bob) == 3
            assert users.delete(unit, ann)
            assert not users.delete(unit, ann)
            assert {post.author for post in posts.load(unit, written).values()} == {bob}
