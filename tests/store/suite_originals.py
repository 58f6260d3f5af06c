"""Changes of originals, on every database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from wirepress.model.original import ChangedField, FieldState, OriginalChange, Reason
from wirepress.model.post import Post
from wirepress.model.query import PostQuery
from wirepress.model.wire import Origin, OriginState, Source
from wirepress.store import originals, posts, sources
from wirepress.store.database import Database, Unit

NOW = datetime(2025, 6, 15, 12, tzinfo=UTC)


def imported(unit: Unit, number: int, source: int) -> int:
    """A post that came from a source."""
    post = posts.insert(unit, Post(id=0, type="post", status="publish", title=f"Post {number}"))
    key = f"a.example/{number}"
    sources.save_origin(unit, Origin(source, key, f"https://{key}", key, NOW, NOW, post=post))
    return post


def changed(unit: Unit, post: int, *offered: str) -> OriginalChange:
    """A change of its original, with the revision that holds it."""
    revision = posts.insert(unit, Post(id=0, type="revision", status="inherit", parent=post, title="Neu: ü"))
    fields = {name: ChangedField(FieldState.OFFERED, ["ü"], "print") for name in offered}
    fields["author"] = ChangedField(FieldState.FOLLOWED, "ann")
    change = OriginalChange(0, post, NOW, revision, Reason.EDITED, fields)
    return replace(change, id=originals.insert(unit, change))


class Offering:
    """Changes of originals are kept, found while they wait, and go with what they belong to."""

    def test_a_change_is_kept_as_it_is(self, database: Database) -> None:
        with database.write() as unit:
            source = sources.add(unit, Source(0, "https://a.example/feed"))
            post, other = imported(unit, 1, source), imported(unit, 2, source)
            first, second = changed(unit, post, "title", "tags"), changed(unit, post)
            assert originals.get(unit, first.id) == first
            assert originals.of_revision(unit, first.revision) == first
            assert originals.of_post(unit, post, 10) == [second, first]
            assert originals.of_post(unit, post, 10, waiting=True) == [first]
            assert (originals.number_of(unit, post), originals.number_of(unit, post, waiting=True)) == (2, 1)
            assert originals.waiting_among(unit, [post, other]) == {post: first.revision}
            assert originals.held_revisions(unit, post) == {first.revision}
            assert originals.changed_posts(unit, source, 0, 10) == [post]
            assert originals.changed_posts(unit, source, post, 10) == []
            assert posts.find(unit, PostQuery(original_changed=True)).ids == (post,)
            decided = {name: replace(one, state=FieldState.KEPT) for name, one in first.fields.items()}
            originals.save(unit, replace(first, fields=decided))
            assert originals.of_post(unit, post, 10, waiting=True) == []
            assert posts.find(unit, PostQuery(original_changed=True)).total == 0

    def test_a_change_goes_with_its_revision_and_its_post(self, database: Database) -> None:
        with database.write() as unit:
            source = sources.add(unit, Source(0, "https://a.example/feed"))
            post, other = imported(unit, 1, source), imported(unit, 2, source)
            gone, stays, beside = (
                changed(unit, post, "title"),
                changed(unit, post, "title"),
                changed(unit, other, "tags"),
            )
            posts.delete(unit, gone.revision)
            assert originals.of_post(unit, post, 10) == [stays]
            posts.delete(unit, post)
            assert originals.get(unit, stays.id) is None
            assert originals.get(unit, beside.id) == beside
            originals.forget(unit, other)
            assert originals.get(unit, beside.id) is None
            states = {origin.guid: (origin.post, origin.state) for origin in sources.find_origins(
                unit, source, ["a.example/1", "a.example/2"], []
            )}  # fmt: skip
            assert states == {
                "a.example/1": (0, OriginState.TAKEN_DOWN), "a.example/2": (other, OriginState.LIVE)
            }  # fmt: skip
