"""What is kept beside the rows, on every database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.store import many
from tests.store.nouns import DATE, article, category, kept_count_is_true, person
from wirepress.model.comment import Comment
from wirepress.model.query import CommentQuery
from wirepress.model.rendering import Rendering, Used, solid
from wirepress.store import bulk, comment_checks, comments, options, posts, state, terms, users
from wirepress.store.database import Database, Unit


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
            ("an option", lambda unit: options.set_value(unit, "x", 1), (1, 1)),
            ("the same option", lambda unit: options.set_value(unit, "x", 1), (0, 0)),
            ("a hidden option", lambda unit: options.set_value(unit, "y", 1, visible=False), (0, 0)),
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

    def test_a_term_counts_what_hangs_on_published_posts(self, database: Database) -> None:
        with database.write() as unit:
            term = terms.insert(unit, category("Maps"))
            above = posts.insert(unit, article(status="draft"))
            attached = posts.insert(unit, article("map", type="attachment", status="inherit", parent=above))
            posts.set_terms(unit, attached, [term.taxonomy_id])
            for status, number in (("publish", 1), ("draft", 0), ("private", 0), ("publish", 1)):
                posts.update(unit, above, status=status)
                kept_count_is_true(unit)
                assert unit.rows("SELECT count FROM terms WHERE id = ?", (term.id,)) == [(number,)]
            posts.delete(unit, above)
            kept_count_is_true(unit)

    def test_a_commenter_is_known_by_his_address_whatever_its_case(self, database: Database) -> None:
        said = Comment(0, 1, author_name="Ada", author_email="Ada@X.example", content="Hm", date=DATE, date_gmt=DATE)
        with database.write() as unit:
            number = comments.insert(unit, said)
            assert comment_checks.approved_before(unit, name="ADA", email="ada@x.example")
            assert not comment_checks.approved_before(unit, name="Bob", email="ada@x.example")
            assert comment_checks.doubled(unit, replace(said, author_email="ADA@x.example", content="HM"))
            assert not comment_checks.doubled(unit, replace(said, author_email="ad@x.example"))
            asked = Comment(0, 0, author_ip="::1", author_email="ada@x.example")
            assert comment_checks.last_of(unit, asked, DATE) == DATE
            comments.update(unit, number, author_email="bob@x.example")
            assert not comment_checks.approved_before(unit, name="Ada", email="ada@x.example")
            found = comments.find(unit, CommentQuery(author_email="BOB@x.example"))
        assert [item[0] for item in found.rows] == [number]

    def test_a_page_that_has_pinged_a_post_is_known(self, database: Database) -> None:
        url = "https://a.example/?a=1&amp;b=2"
        with database.write() as unit:
            ids = [
                comments.insert(unit, Comment(0, 1, type=kind, author_url=url, approved=state, date_gmt=DATE))
                for kind, state in (("pingback", "0"), ("pingback", "spam"), ("comment", "1"))
            ]
            assert comment_checks.pinged_before(unit, 1, url)
            assert not comment_checks.pinged_before(unit, 2, url)
            assert not comment_checks.pinged_before(unit, 1, url + "3")
            assert [comment_checks.pingbacks(unit, 1, most) for most in (1, 9)] == [1, 2]
            assert comments.urls(unit, ids[:2]) == dict.fromkeys(ids[:2], url)

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
                many.posts(unit, made)
                many.terms(unit, [replace(category("World"), id=5, taxonomy_id=6, count=1)])
                many.post_terms(unit, [(10, 6, 0)])
                many.users(unit, [replace(person("ann"), id=3)])
                many.comments(unit, [Comment(4, 99_999, date=DATE, date_gmt=DATE)])
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
