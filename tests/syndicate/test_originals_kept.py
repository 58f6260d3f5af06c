"""Nothing of an original's change is lost: trash, locks, several who write at once, rights, what is old."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.syndicate.desk import TEXT, Desk, at_the_desk, printed_plainly
from tests.syndicate.site import Site
from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import Newsroom
from wirepress.content.people import users
from wirepress.content.people.users import UserChanges
from wirepress.content.posts import locks, originals, trash
from wirepress.model.errors import Conflict
from wirepress.model.original import FieldState, Reason
from wirepress.model.wire import OriginState, Rights, Rules
from wirepress.store import renumber, sources
from wirepress.store import users as user_store
from wirepress.syndicate import ingest, take
from wirepress.syndicate.ingest import Ingest


@pytest.fixture
def desk(site: Site) -> Iterator[Desk]:
    with at_the_desk(site) as made:
        yield made


def test_what_is_in_the_trash_or_deleted_does_not_come_back(desk: Desk) -> None:
    with desk.site.newsroom.write() as view:
        trash.trash(view, desk.viewer(view), desk.number)
    desk.press.title = "Theirs"
    assert desk.pull().result() == "nothing new"
    assert (desk.post.status, desk.post.title) == ("trash", "Flood in the harbour")
    # Taken back, it is as new as any other.
    with desk.site.newsroom.write() as view:
        trash.restore(view, desk.viewer(view), desk.number, as_it_was=True)
    desk.pull()
    assert (desk.post.status, desk.post.title) == ("publish", "Theirs")
    number = desk.number
    with desk.site.newsroom.write() as view:
        trash.delete(view, number)
    for title in ("Theirs again", "Theirs for ever"):
        desk.press.title = title
        assert desk.pull().result() == "nothing new"
    second = desk.site.add(f"{desk.press.url}/second", rules=Rules(page=False))
    assert desk.site.pull(second).counts["created"] == 0
    assert desk.site.posts() == []
    with desk.site.newsroom.view() as view:
        assert view.unit.rows("SELECT post, state FROM origins") == [(None, OriginState.TAKEN_DOWN.value)]
        assert view.unit.rows("SELECT count(*) FROM original_changes") == [(0,)]


def test_nothing_is_written_under_an_open_editor(desk: Desk) -> None:
    with desk.site.newsroom.write() as view:
        locks.take(view, desk.viewer(view), desk.number)
    desk.site.clock.later(minutes=-9)
    desk.press.content = TEXT.replace("two", "three")
    assert desk.pull().result() == "1 offered"
    assert "two metres" in desk.post.content
    (change,) = desk.waiting()
    assert change.reason is Reason.OPEN
    # Whoever had it open changes something else; what waited follows when they have gone.
    desk.edit(title="Ours")
    assert desk.pull().result() == "1 revised"
    assert "three metres" in desk.post.content
    assert desk.post.title == "Ours"
    desk.press.title = "Theirs"
    desk.pull()
    with desk.site.newsroom.write() as view:
        locks.take(view, desk.viewer(view), desk.number)
    (change,) = desk.waiting()
    with desk.site.newsroom.write() as view, pytest.raises(Conflict):
        originals.take_over(view, Viewer(), change.id)


def test_a_save_while_a_pull_is_on_its_way_is_not_lost(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    apply = take.apply

    def slow(newsroom: Newsroom, *rest: Any) -> Any:
        desk.edit(title="Ours, just in time")
        return apply(newsroom, *rest)

    monkeypatch.setattr(ingest, "apply", slow)
    desk.press.title = "Theirs"
    desk.press.content = TEXT.replace("two", "three")
    desk.pull()
    assert desk.post.title == "Ours, just in time"
    assert "three metres" in desk.post.content
    assert desk.offered() == {"title": "Theirs"}


def test_of_two_pulls_at_once_the_later_decides_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The feed changes while the first look is on its way, and a second look takes that first."""
    apply = take.apply
    looks: list[str] = []

    def overtaken(newsroom: Newsroom, *rest: Any) -> Any:
        if not looks:
            looks.append("second")
            desk.press.title = "Second"
            source = desk.site.source(desk.press.number)
            other = Ingest(newsroom, source, desk.site.fetcher)
            from wirepress.syndicate.reading.declaration import Document
            from wirepress.syndicate.reading.feed import read_answer

            fetched = desk.site.fetcher.get(source.url)
            (entry,) = read_answer(Document(fetched.body, fetched.url)).entries
            other.handle(entry)
        return apply(newsroom, *rest)

    monkeypatch.setattr(ingest, "apply", overtaken)
    desk.press.title = "First"
    desk.pull()
    assert len(desk.changes()) == 2
    desk.pull()
    assert desk.post.title == "Second"
    assert [change.fields["title"].state for change in desk.changes()] == [FieldState.FOLLOWED] * len(desk.changes())


def test_other_numbers_of_users_are_no_change(desk: Desk) -> None:
    with desk.site.newsroom.write() as view:
        users.create(view, UserChanges(login="wire", email="w@example.com", name="W", roles=("author",)))
        found = user_store.by_login(view.unit, "admin")
        assert found is not None
        renumber.renumber(view.unit, found.id, 77)
    source = desk.site.source(desk.press.number)
    desk.site.change(replace(source, rules=replace(source.rules, author="wire")))
    desk.press.title = "Theirs"
    desk.pull()
    assert desk.post.author != 77
    assert desk.waiting() == []


def test_what_came_before_prints_were_kept_is_known_by_its_words(desk: Desk) -> None:
    def forget() -> None:
        with desk.site.newsroom.write() as view:
            (origin,) = sources.origins_of_posts(view.unit, [desk.number]).values()
            facts = replace(origin.facts, came={}, written={}, pictures=())
            sources.save_origin(view.unit, replace(origin, facts=facts))

    forget()
    desk.press.content = TEXT.replace("two", "three")
    desk.press.summary = "The water rose a lot."
    desk.pull()
    assert "three metres" in desk.post.content
    assert desk.post.excerpt == "The water rose a lot."
    forget()
    desk.edit(content=desk.post.content.replace("three metres", "our three metres"))
    desk.press.title = "Theirs"
    desk.press.content = TEXT.replace("two", "four")
    desk.pull()
    assert desk.post.title == "Theirs"
    assert "our three metres" in desk.post.content
    assert "four metres" in desk.offered()["content"]


def test_what_came_before_markup_was_compared_is_not_edited_by_that(desk: Desk) -> None:
    printed_plainly(desk.site, desk.post)
    desk.press.content = "<p>The water sinks again.</p><hr>"
    assert desk.pull().counts["revised"] == 1
    assert "sinks again" in desk.post.content
    printed_plainly(desk.site, desk.post)
    desk.edit(content=desk.post.content.replace("sinks", "runs"))
    desk.press.content = "<p>The water is gone.</p>"
    assert desk.pull().counts["offered"] == 1
    assert "runs again" in desk.post.content


def test_what_is_offered_of_it_is_settled(desk: Desk) -> None:
    printed_plainly(desk.site, desk.post)
    with desk.site.newsroom.write() as view:
        locks.take(view, desk.viewer(view), desk.number)
    desk.press.content = "<p>The water sinks again.</p>"
    assert desk.site.pull(desk.press.number).counts["offered"] == 1
    desk.site.clock.later(hours=1)
    assert desk.pull().counts["revised"] == 1
    assert "sinks again" in desk.post.content


def test_what_is_offered_outlives_the_limit_of_revisions(desk: Desk) -> None:
    from wirepress.content import options

    with desk.site.newsroom.write() as view:
        options.set(view.unit, "revisions_to_keep", "1")
    desk.edit(title="Ours")
    desk.press.title = "Theirs"
    desk.pull()
    for number in range(4):
        desk.edit(title=f"Ours {number}")
    assert desk.offered() == {"title": "Theirs"}
    desk.decide(originals.take_over)
    assert desk.post.title == "Theirs"


def test_narrower_rights_forget_what_was_offered(desk: Desk) -> None:
    desk.edit(content="<p>Ours.</p>", excerpt="Our summary.")
    desk.press.content = TEXT.replace("two", "some secret")
    desk.press.summary = "Their summary."
    desk.pull()
    assert desk.site.holds("some secret metres")
    desk.site.change(replace(desk.site.source(desk.press.number), rights=Rights.EXCERPT))
    desk.pull()
    assert desk.site.holds("some secret metres") == []
    assert desk.post.excerpt == "Our summary."
    assert desk.offered() == {"excerpt": "Their summary."}


def test_any_sequence_of_edits_and_changes(desk: Desk) -> None:
    """An edited field never changes by a pull; an untouched one is the newest original after each."""
    fields = ("title", "excerpt", "content")
    dice = random.Random(15)
    newest = {name: getattr(desk.post, name) for name in fields}
    wrote = dict(newest)  # what the wire wrote last
    attribution = desk.post.content.partition("\n\n")[2]
    for turn in range(25):
        for name in fields:
            deed = dice.choice(["edit", "put back", "change", "", ""])
            if deed == "edit":
                desk.edit(**{name: f"<p>Ours {turn}</p>"})
            elif deed == "put back":
                desk.edit(**{name: wrote[name]})
            elif deed == "change" and name == "content":
                desk.press.content = f"<p>Theirs {turn}.</p>"
                body = f"<!-- wp:paragraph -->\n<p>Theirs {turn}.</p>\n<!-- /wp:paragraph -->"
                newest[name] = f"{body}\n\n{attribution}"
            elif deed == "change":
                setattr(desk.press, {"title": "title", "excerpt": "summary"}[name], f"Theirs {turn}.")
                newest[name] = f"Theirs {turn}."
        before = desk.post
        desk.pull()
        after = desk.post
        offered = desk.offered()
        for name in fields:
            if getattr(before, name) in (wrote[name], newest[name]):
                assert getattr(after, name) == newest[name], (turn, name)
                assert name not in offered
                wrote[name] = newest[name]
            else:
                assert getattr(after, name) == getattr(before, name), (turn, name)
                assert offered.get(name, newest[name]) == newest[name]
                assert (name in offered) is (newest[name] != wrote[name]), (turn, name)
