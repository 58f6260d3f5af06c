"""What a person changed stays: an original's change follows field by field, or is offered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.syndicate.desk import TEXT, Desk, at_the_desk, picture
from tests.syndicate.site import Site
from wirepress.content.media import library
from wirepress.content.people import users
from wirepress.content.people.users import UserChanges
from wirepress.content.posts import originals
from wirepress.content.posts.changes import Changes
from wirepress.content.posts.provenance import brought
from wirepress.model.errors import Invalid
from wirepress.model.moment import Stamp
from wirepress.model.original import FieldState, Reason, UpdatePolicy
from wirepress.model.wire import Byline, Rights


@pytest.fixture
def desk(site: Site) -> Iterator[Desk]:
    with at_the_desk(site) as made:
        yield made


def test_what_nobody_touched_follows(desk: Desk) -> None:
    desk.press.title = "Flood in the old harbour"
    desk.press.content = TEXT.replace("two", "three")
    desk.press.summary = "The water rose a lot."
    desk.press.tags = ("harbour", "flood")
    desk.press.published = "Sun, 15 Jun 2025 07:00:00 GMT"
    before = desk.post
    assert desk.pull().result() == "1 revised"
    post = desk.post
    assert (post.title, post.excerpt) == ("Flood in the old harbour", "The water rose a lot.")
    assert "three metres" in post.content
    assert {term.slug for term in post.terms} == {"harbour", "flood", "town"}
    assert post.date_gmt == Stamp("2025-06-15 07:00:00")
    (change,) = desk.changes()
    assert {one.state for one in change.fields.values()} == {FieldState.FOLLOWED}
    with desk.site.newsroom.view() as view:
        (revision,) = brought(view, post.id)
    assert (revision.id, revision.author, revision.title) == (change.revision, 0, post.title)
    kept = [one.title for one in desk.site.posts("revision")]
    assert before.title in kept
    assert desk.waiting() == []


def test_an_edited_title_stays_and_the_text_follows(desk: Desk) -> None:
    desk.edit(title="Our own headline")
    desk.press.title = "Flood: the latest"
    desk.press.content = TEXT.replace("two", "three")
    assert desk.pull().result() == "1 revised"
    post = desk.post
    assert post.title == "Our own headline"
    assert "three metres" in post.content
    (change,) = desk.waiting()
    assert (change.offered, change.reason) == (("title",), Reason.EDITED)
    assert desk.offered() == {"title": "Flood: the latest"}
    assert change.fields["content"].state is FieldState.FOLLOWED


def test_an_edited_text_stays_and_the_title_follows(desk: Desk) -> None:
    desk.edit(content=desk.post.content.replace("two metres", "nearly two metres"))
    desk.press.title = "Flood: the latest"
    desk.press.content = TEXT.replace("two", "three")
    desk.pull()
    post = desk.post
    assert post.title == "Flood: the latest"
    assert "nearly two metres" in post.content
    assert "three metres" in desk.offered()["content"]


def test_who_saves_a_text_in_the_block_editor_and_changes_nothing_has_not_edited_it(desk: Desk) -> None:
    with_rule = f'{TEXT}<hr><p>See <a href="https://a.example/it\'s">the other quay</a> for more of it.</p>'
    desk.press.content = with_rule
    assert desk.pull().result() == "1 revised"
    content = desk.post.content
    assert "it&apos;s" in content
    assert " />\n<!-- /wp:separator -->" in content
    desk.edit(content=content.replace("it&apos;s", "it's").replace(" />", "/>"))
    assert desk.post.content != content
    desk.press.content = with_rule.replace("other", "new")
    assert desk.pull().result() == "1 revised"


def test_where_both_were_edited_all_is_offered(desk: Desk) -> None:
    desk.edit(title="Ours", content="<p>Ours.</p>")
    desk.press.title = "Theirs"
    desk.press.content = TEXT.replace("two", "three")
    assert desk.pull().result() == "1 offered"
    assert (desk.post.title, desk.post.content) == ("Ours", "<p>Ours.</p>")
    assert desk.offered().keys() == {"title", "content"}
    with desk.site.newsroom.view() as view:
        entries = view.unit.rows("SELECT CAST(details AS TEXT) FROM audit WHERE action = 'post.offer'")
    assert len(entries) == 1


def test_what_came_again_unchanged_is_offered_once(desk: Desk) -> None:
    desk.edit(title="Ours")
    desk.press.title = "Theirs"
    desk.pull()
    for number in range(2):
        desk.press.published = f"Sun, 15 Jun 2025 0{number}:00:00 GMT"
        desk.pull()
    assert len(desk.waiting()) == 1
    desk.press.title = "Theirs again"
    desk.pull()
    (change,) = desk.waiting()
    assert desk.offered() == {"title": "Theirs again"}
    assert [one.fields["title"].state for one in desk.changes() if "title" in one.fields] == [
        FieldState.OFFERED,
        FieldState.SUPERSEDED,
    ]
    assert change.id == desk.changes()[0].id


def test_terms_author_and_date_of_an_editor_stay(desk: Desk) -> None:
    with desk.site.newsroom.write() as view:
        users.create(view, UserChanges(login="wire", email="w@example.com", name="W", roles=("author",)))
        other = users.create(view, UserChanges(login="ed", email="e@example.com", name="E", roles=("editor",)))
    desk.edit(terms={"post_tag": ()}, author=other.id, date_gmt=Stamp("2025-06-01 00:00:00"))
    source = desk.site.source(desk.press.number)
    desk.site.change(replace(source, rules=replace(source.rules, author="wire", category="Coast")))
    desk.press.tags = ("sea",)
    desk.press.published = "Sun, 15 Jun 2025 07:00:00 GMT"
    desk.pull()
    post = desk.post
    assert (post.author, post.date_gmt) == (other.id, Stamp("2025-06-01 00:00:00"))
    assert {term.slug for term in post.terms} == {"coast"}  # the category was nobody's
    assert desk.offered() == {"tags": ["sea"], "author": "wire", "date": "2025-06-15 07:00:00"}
    desk.decide(originals.take_over)
    post = desk.post
    assert {term.slug for term in post.terms} == {"coast", "sea"}
    assert (post.author, post.date_gmt) != (other.id, Stamp("2025-06-01 00:00:00"))
    assert post.date_gmt == Stamp("2025-06-15 07:00:00")


def test_a_status_is_nobodys_but_the_editors(desk: Desk) -> None:
    desk.edit(status="draft")
    desk.press.title = "Theirs"
    desk.pull()
    assert (desk.post.status, desk.post.title) == ("draft", "Theirs")


def test_hold_offers_every_change(desk: Desk) -> None:
    desk.policy(UpdatePolicy.HOLD)
    desk.press.title = "Theirs"
    before = desk.post
    assert desk.pull().result() == "1 offered"
    assert desk.post.title == before.title
    (change,) = desk.waiting()
    assert change.reason is Reason.HELD
    assert desk.pull().result() == "nothing new"
    desk.decide(originals.take_over)
    assert desk.post.title == "Theirs"
    assert desk.waiting() == []
    desk.press.title = "Theirs again"
    desk.pull()
    assert desk.post.title == "Theirs"
    # What waited follows, once the source's changes are held no longer.
    desk.policy(UpdatePolicy.FOLLOW)
    assert desk.pull().counts["revised"] == 1
    assert desk.post.title == "Theirs again"
    assert desk.waiting() == []


def test_never_changes_nothing_until_it_follows(desk: Desk) -> None:
    desk.policy(UpdatePolicy.NEVER)
    desk.press.title = "Theirs"
    epoch = desk.site.epoch()
    assert desk.pull().result() == "nothing new"
    assert (desk.changes(), desk.site.epoch()) == ([], epoch)
    desk.policy(UpdatePolicy.FOLLOW)
    desk.pull()
    assert desk.post.title == "Theirs"


def test_what_is_put_back_follows_again(desk: Desk) -> None:
    ours, theirs = "Our own headline", desk.post.title
    desk.edit(title=ours)
    desk.press.title = "Flood: the latest"
    desk.pull()
    assert desk.post.title == ours
    desk.edit(title=theirs)
    assert desk.pull().result() == "1 revised"
    assert desk.post.title == "Flood: the latest"
    assert desk.waiting() == []
    desk.press.title = "Flood: the very latest"
    desk.pull()
    assert desk.post.title == "Flood: the very latest"


def test_who_writes_the_same_as_the_source_has_taken_it_over(desk: Desk) -> None:
    desk.edit(title="Theirs")
    desk.press.title = "Theirs"
    assert desk.pull().result() == "nothing new"
    assert desk.waiting() == []
    desk.press.title = "Theirs, later"
    desk.pull()
    assert desk.post.title == "Theirs, later"
    # The same where it was offered before.
    desk.edit(title="Ours")
    desk.press.title = "Theirs at last"
    desk.pull()
    desk.edit(title="Theirs at last")
    desk.pull()
    assert desk.waiting() == []
    desk.press.title = "Theirs after all"
    desk.pull()
    assert desk.post.title == "Theirs after all"


def test_what_is_taken_over_follows_from_then_on(desk: Desk) -> None:
    desk.edit(title="Ours", excerpt="Ours.")
    desk.press.title, desk.press.summary = "Theirs", "Theirs."
    desk.pull()
    change = desk.decide(originals.take_over, "title")
    assert change.offered == ("excerpt",)
    assert (desk.post.title, desk.post.excerpt) == ("Theirs", "Ours.")
    with pytest.raises(Invalid):
        desk.decide(originals.take_over, "title")
    desk.decide(originals.keep_ours)
    assert desk.waiting() == []
    desk.press.title, desk.press.summary = "Theirs again", "Theirs again."
    desk.pull()
    assert (desk.post.title, desk.post.excerpt) == ("Theirs again", "Ours.")
    assert desk.offered() == {"excerpt": "Theirs again."}
    authors = {revision.author for revision in desk.site.posts("revision")}
    assert authors == {0, desk.post.author}


def test_a_picture_of_the_editor_stays(desk: Desk) -> None:
    desk.press.picture = "/one.png"
    desk.pull()
    one = desk.post.thumbnail
    assert one
    desk.press.picture = "/two.png"
    desk.pull()
    two = desk.post.thumbnail
    assert two not in (0, one)
    with desk.site.newsroom.write() as view:
        prepared = library.prepare(view.site, picture("own"), "own.png")
        own = library.keep(view, desk.viewer(view), prepared, Changes(title="Own"), alt="").id
    desk.edit(thumbnail=own)
    desk.press.picture = "/three.png"
    desk.pull()
    assert desk.post.thumbnail == own
    three = desk.offered()["featured_media"]
    assert three not in (one, two, own)
    # Narrower rights take all that came, and leave what is the newsroom's.
    desk.site.change(replace(desk.site.source(desk.press.number), rights=Rights.EXCERPT))
    desk.pull()
    assert [medium.id for medium in desk.site.posts("attachment")] == [own]
    assert desk.post.thumbnail == own
    assert desk.waiting() == []


def test_a_picture_that_could_not_be_had_comes_with_the_next_change(desk: Desk) -> None:
    desk.press.picture = "/gone.jpg"
    assert "picture left out" in desk.pull().result()
    assert not desk.post.thumbnail
    desk.press.picture, desk.press.title = "/one.png", "Theirs"
    desk.pull()
    assert desk.post.thumbnail


def test_filters_and_names_hold_for_what_changes_too(desk: Desk) -> None:
    source = desk.site.source(desk.press.number)
    filters = ('category Coast if title contains "Flood"', 'draft if title contains "Theirs"')
    rules = replace(source.rules, filters=filters, byline=Byline.NAMES)
    desk.site.change(replace(source, rules=rules))
    desk.press.author = "Ann Byline"
    desk.press.content = TEXT.replace("two", "three")
    desk.pull()
    post = desk.post
    assert {term.slug for term in post.terms} == {"town", "coast", "flood"}
    with desk.site.newsroom.view() as view:
        author = view.lookup.user(post.author)
    assert author is not None
    assert author.name == "Ann Byline"
    desk.press.title = "Theirs"
    desk.pull()
    after = desk.post
    assert (after.title, after.status) == ("Theirs", "publish")  # the status is said once, when it comes
    assert {term.slug for term in after.terms} == {"town", "flood"}
    # An author whom an editor has chosen stays.
    desk.edit(author=1)
    desk.press.author = "Bo Byline"
    desk.pull()
    assert desk.post.author == 1
    assert desk.offered()["author"].startswith("wire-bo-byline")
