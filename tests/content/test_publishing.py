from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.content.conftest import Rooms
from tests.content.desk import NOON, Clock, article
from tests.store import many
from wirepress.content import options
from wirepress.content.identity.viewer import NEWSROOM, Viewer, viewer_of
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.people import users
from wirepress.content.posts import publishing, reading, schedule, trash
from wirepress.content.posts.changes import Changes
from wirepress.content.posts.naming import sample
from wirepress.model.comment import Comment
from wirepress.model.errors import Invalid, NotFound
from wirepress.model.moment import ZERO, Stamp
from wirepress.model.post import Post
from wirepress.model.query import PostQuery
from wirepress.store import bulk
from wirepress.store import comments as comment_store
from wirepress.store import terms as term_store


def made(newsroom: Newsroom, kind: str = "post", viewer: Viewer = NEWSROOM, **fields: Any) -> Post:
    with newsroom.write() as view:
        return publishing.create(view, viewer, kind, Changes(**({"title": "T"} | fields)))


def changed(newsroom: Newsroom, post: Post, viewer: Viewer = NEWSROOM, **fields: Any) -> Post:
    with newsroom.write() as view:
        return publishing.update(view, viewer, post.id, Changes(**fields))


def user(view: View, number: int) -> Viewer:
    return viewer_of(view.site, users.get(view, number))


def count(newsroom: Newsroom, term_id: int) -> int:
    with newsroom.view() as view:
        term = term_store.get(view.unit, None, term_id)
        assert term is not None
        return term.count


def test_a_column_that_no_rule_looks_at_is_kept_as_given(newsroom: Newsroom) -> None:
    post = made(newsroom, columns={"pinged": "https://a.example/", "to_ping": " x "})
    post = changed(newsroom, post, columns={"pinged": ""})
    assert (post.title, post.pinged, post.to_ping) == ("T", "", " x ")


def test_a_published_post_has_all_that_wordpress_gives_it(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        post = publishing.create(view, user(view, 3), "post", Changes(title="Café & Bar", status="publish"))
    assert (post.slug, post.status, post.author) == ("cafe-bar", "publish", 3)
    assert post.date == post.date_gmt == post.modified == post.modified_gmt == "2025-06-15 12:00:00"
    assert post.guid == "/index.php/2025/06/15/cafe-bar/"
    assert (post.comment_status, post.ping_status) == ("open", "closed")
    assert [term.slug for term in post.terms] == ["uncategorized"]
    assert post.rendering is not None
    assert post.rendering.post_version == post.version
    assert count(newsroom, 1) == 1


def test_a_draft_floats(newsroom: Newsroom) -> None:
    draft = made(newsroom)
    assert (draft.slug, draft.date_gmt, draft.guid) == ("", ZERO, f"/?p={draft.id}")
    assert count(newsroom, 1) == 0
    newsroom.clock.moment = datetime(2025, 6, 16, 9, tzinfo=UTC)  # type: ignore[attr-defined]
    draft = changed(newsroom, draft, title="Later")
    assert draft.date == "2025-06-16 09:00:00"
    post = changed(newsroom, draft, status="publish")
    assert (post.slug, post.date_gmt) == ("later", "2025-06-16 09:00:00")
    assert count(newsroom, 1) == 1


def test_a_draft_keeps_a_date_of_its_own(newsroom: Newsroom) -> None:
    draft = made(newsroom, date=Stamp("2025-01-02 03:04:05"))
    assert draft.date_gmt == "2025-01-02 03:04:05"
    draft = changed(newsroom, draft, title="X")
    assert draft.date == "2025-01-02 03:04:05"
    assert changed(newsroom, draft, date=ZERO).date == "2025-06-15 12:00:00"


@pytest.mark.parametrize(
    ("status", "date", "expected"),
    [
        ("publish", "2025-06-15 12:00:59", "publish"),
        ("publish", "2025-06-15 12:01:00", "future"),
        ("future", "2025-06-15 12:00:30", "publish"),
        ("future", "2031-01-01 00:00:00", "future"),
        ("draft", "2031-01-01 00:00:00", "draft"),
        ("private", "2031-01-01 00:00:00", "private"),
    ],
)
def test_dates_decide_what_is_scheduled(newsroom: Newsroom, status: str, date: str, expected: str) -> None:
    assert made(newsroom, status=status, date=Stamp(date)).status == expected


def test_dates_count_in_the_zone_of_the_site(rooms: Rooms) -> None:
    newsroom = rooms(options={"timezone_string": "Europe/Berlin"})
    post = made(newsroom, status="publish")
    assert (post.date, post.date_gmt) == ("2025-06-15 14:00:00", "2025-06-15 12:00:00")
    post = made(newsroom, status="publish", date_gmt=Stamp("2025-01-01 00:00:00"))
    assert post.date == "2025-01-01 01:00:00"
    post = made(newsroom, status="publish", date=Stamp("2025-03-30 02:30:00"))
    assert post.date == "2025-03-30 03:30:00"


@pytest.mark.parametrize("date", ["2025-13-01 00:00:00", "soon", ""])
def test_what_is_no_date_is_refused(newsroom: Newsroom, date: str) -> None:
    with pytest.raises(Invalid, match="no date"):
        made(newsroom, date=Stamp(date))


def test_slugs_are_unique_within_their_kind(newsroom: Newsroom) -> None:
    assert made(newsroom, title="Same", status="publish").slug == "same"
    assert made(newsroom, title="Same", status="publish").slug == "same-2"
    assert made(newsroom, title="Same", status="private").slug == "same-3"
    page = made(newsroom, "page", title="Same", status="publish")
    assert page.slug == "same"
    assert made(newsroom, "page", title="Same", status="publish", parent=page.id).slug == "same"
    assert made(newsroom, "attachment", title="Same").slug == "same-4"
    assert made(newsroom, title="Feed", status="publish").slug == "feed-2"
    assert made(newsroom, title="", content="x", status="publish").slug.isdigit()
    assert made(newsroom, title="Same", slug="My Slug! ünïcode").slug == "my-slug-unicode"


def test_a_changed_slug_is_remembered(newsroom: Newsroom) -> None:
    post = made(newsroom, title="Old", status="publish")
    post = changed(newsroom, post, slug="new")
    assert post.meta["_wp_old_slug"] == ["old"]
    assert post.guid.endswith("/old/")
    post = changed(newsroom, post, slug="old")
    assert post.meta["_wp_old_slug"] == ["new"]


def test_markup_is_filtered_by_what_the_writer_may(newsroom: Newsroom) -> None:
    wild: dict[str, Any] = {
        "title": "A <script>x</script>",
        "content": "<script>x</script><b>b</b>",
        "excerpt": "<iframe></iframe>",
    }
    with newsroom.write() as view:
        by_author = publishing.create(view, user(view, 3), "post", Changes(**wild))
        by_editor = publishing.create(view, user(view, 2), "post", Changes(**wild))
    assert (by_author.title, by_author.content, by_author.excerpt) == ("A x", "x<b>b</b>", "")
    assert (by_editor.title, by_editor.content, by_editor.excerpt) == tuple(wild.values())


def test_a_contributors_pending_post_gets_no_slug(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        post = publishing.create(view, user(view, 4), "post", Changes(title="Mine", status="pending"))
    assert post.slug == ""


def test_terms_formats_and_stickiness(newsroom: Newsroom) -> None:
    wearing: dict[str, Any] = {"terms": {"category": [3, 999], "post_tag": [4]}, "format": "aside", "sticky": True}
    with newsroom.write() as view:
        post = publishing.create(view, NEWSROOM, "post", Changes(title="T", status="publish", **wearing))
        assert view.site.sticky == (post.id,)
    assert [(term.taxonomy, term.slug) for term in post.terms] == [
        ("category", "europe"),
        ("post_format", "post-format-aside"),
        ("post_tag", "breaking"),
    ]
    assert (count(newsroom, 3), count(newsroom, 4)) == (1, 1)
    post = changed(newsroom, post, terms={"category": [], "post_tag": []}, format="standard", sticky=False)
    assert post.terms == ()
    assert count(newsroom, 3) == 0
    assert [term.id for term in changed(newsroom, post, title="X").terms] == [1]
    with newsroom.view() as view:
        assert view.site.sticky == ()


def test_a_featured_image_is_set_and_taken_away(newsroom: Newsroom) -> None:
    picture = made(newsroom, "attachment", title="P")
    post = made(newsroom, thumbnail=picture.id, template="wide", meta={"k": ["v"]})
    assert (post.thumbnail, post.first_meta("_wp_page_template")) == (picture.id, "wide")
    post = changed(newsroom, post, thumbnail=0, meta={"k": []})
    assert post.thumbnail == 0
    assert "k" not in post.meta


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("one  two\t three", True),
        ("\tone two three\n\n", True),
        ("one two   \t   three", True),
        ("one\ntwo three", False),
        ("one twothree", False),
    ],
)
def test_blanks_alone_make_no_revision(newsroom: Newsroom, text: str, same: bool) -> None:
    post = made(newsroom, content="one two three")
    assert changed(newsroom, post, content="one two three.").revisions == 1
    assert changed(newsroom, post, content="one two three").revisions == 2
    assert changed(newsroom, post, content=text).revisions == 2 + (not same)


def test_revisions_are_kept_when_a_text_changes(newsroom: Newsroom) -> None:
    post = made(newsroom, content="one")
    assert post.revisions == 0
    post = changed(newsroom, post, content="two")
    assert post.revisions == 1
    post = changed(newsroom, post, comment_status="closed")
    assert post.revisions == 1
    post = changed(newsroom, post, meta={"footnotes": ["[]"]})
    assert post.revisions == 2
    with newsroom.view() as view:
        last = reading.get(view, post.last_revision)
    assert last is not None
    assert (last.slug, last.content, last.parent, last.status) == (f"{post.id}-revision-v1", "two", post.id, "inherit")
    assert last.guid == f"/?p={last.id}"


def test_what_says_nothing_is_refused_and_leaves_nothing(newsroom: Newsroom) -> None:
    with newsroom.view() as view:
        before = view.site.epoch
    with pytest.raises(Invalid, match="empty"):
        made(newsroom, title="", status="publish")
    with pytest.raises(Invalid):
        made(newsroom, status="nonsense")
    with pytest.raises(Invalid):
        made(newsroom, "movie")
    with pytest.raises(Invalid):
        made(newsroom, title="x" * 70_000)
    with pytest.raises(NotFound):
        changed(newsroom, article(999), title="x")
    assert newsroom.epoch() == before
    assert made(newsroom, "page", title="").title == ""
    with newsroom.view() as view:
        assert reading.browse(view, NEWSROOM, PostQuery(statuses=("publish", "draft"))).total == 0
    draft = made(newsroom)
    with pytest.raises(Invalid, match="empty"):
        changed(newsroom, draft, title="")


def test_no_post_stands_under_itself(newsroom: Newsroom) -> None:
    above = made(newsroom, "page", status="publish")
    below = made(newsroom, "page", status="publish", parent=above.id)
    assert changed(newsroom, above, parent=below.id).parent == 0
    assert changed(newsroom, above, parent=above.id).parent == 0


def test_the_trash_notes_what_it_took(newsroom: Newsroom) -> None:
    post = made(newsroom, title="Gone", status="publish", sticky=True)
    with newsroom.write() as view:
        comment_store.insert(view.unit, Comment(0, post.id, approved="1"))
        thrown = trash.trash(view, NEWSROOM, post.id)
        assert thrown.comment_count == 0
    assert (thrown.status, thrown.slug) == ("trash", "gone__trashed")
    assert thrown.first_meta("_wp_trash_meta_status") == "publish"
    assert thrown.first_meta("_wp_trash_meta_time") == str(int(NOON.timestamp()))
    assert made(newsroom, title="Gone", status="publish").slug == "gone"


def test_deleting_takes_all_that_belongs_to_a_post(newsroom: Newsroom) -> None:
    above = made(newsroom, "page", status="publish")
    below = made(newsroom, "page", status="publish", parent=above.id)
    changed(newsroom, above, content="x")
    with newsroom.write() as view:
        trash.delete(view, above.id)
    with newsroom.view() as view:
        assert reading.get(view, above.id) is None
        left = reading.get(view, below.id)
        assert left is not None
        assert left.parent == 0
        assert reading.browse(view, NEWSROOM, PostQuery(types=("revision",), statuses=("inherit",))).total == 0


def test_scheduled_posts_are_published_once_they_are_due(newsroom: Newsroom) -> None:
    early = made(newsroom, title="Early", status="future", date=Stamp("2025-06-15 13:00:00"))
    late = made(newsroom, title="Late", status="future", date=Stamp("2025-06-15 15:00:00"))
    newsroom.clock.moment = datetime(2025, 6, 15, 14, tzinfo=UTC)  # type: ignore[attr-defined]
    with newsroom.write() as view:
        assert schedule.due(view) == (early.id,)
        assert schedule.publish(view, early.id)
        assert not schedule.publish(view, early.id)
        assert schedule.due(view) == ()
    with newsroom.view() as view:
        published, waiting = reading.get(view, early.id), reading.get(view, late.id)
    assert published is not None
    assert waiting is not None
    assert (published.status, published.date, published.slug) == ("publish", "2025-06-15 13:00:00", "early")
    assert waiting.status == "future"


def test_samples_are_those_recorded(newsroom: Newsroom) -> None:
    draft = made(newsroom, title="Draft by admin", date=Stamp("2025-05-01 10:00:00"))
    page = made(newsroom, "page", title="Contact", status="publish")
    child = made(newsroom, "page", title="Info", status="publish", parent=page.id)
    with newsroom.view() as view:
        home = view.site.home
        assert sample(view, draft) == (f"{home}/index.php/2025/05/01/%postname%/", "draft-by-admin")
        assert sample(view, child) == (f"{home}/index.php/contact/%pagename%/", "info")
    with newsroom.write() as view:
        thrown = trash.trash(view, NEWSROOM, draft.id)
        assert sample(view, thrown) == (f"{home}/?p={draft.id}", "draft-by-admin")


def test_only_what_readers_see_raises_the_epoch(newsroom: Newsroom) -> None:
    def epoch() -> int:
        return newsroom.epoch()

    start = epoch()
    draft = made(newsroom, status="draft")
    changed(newsroom, draft, content="more")
    made(newsroom, status="future", date=Stamp("2031-01-01 00:00:00"))
    assert epoch() == start
    changed(newsroom, draft, status="publish")
    assert epoch() == start + 1
    changed(newsroom, draft, content="even more")
    assert epoch() == start + 2
    changed(newsroom, draft)
    assert epoch() == start + 2


def test_pages_show_what_the_viewer_may_read_and_count_the_rest(newsroom: Newsroom) -> None:
    with newsroom.database.write() as unit:
        many.posts(unit, [article(n, f"p{n}", s, author=3) for n, s in enumerate(("publish", "draft", "private"), 10)])
        bulk.settle(unit)
    query = PostQuery(statuses=("publish", "draft", "private"), orderby="id", order="asc")
    with newsroom.view() as view:
        contributor, author = user(view, 4), user(view, 3)
        found = reading.browse(view, contributor, query)
        assert found.total == 3
        assert [post.id for post in reading.items(view, contributor, found.ids)] == [10]
        assert [post.id for post in reading.items(view, author, found.ids)] == [10, 11, 12]
        assert reading.askable(view, contributor, "post", "draft")
        assert not reading.askable(view, user(view, 5), "post", "draft")
        assert reading.get(view, 2**70) is None


def test_a_protected_post_opens_to_its_password() -> None:
    post = article(88, password="opensésame")
    assert reading.unlocked(post, "opensésame")
    assert not reading.unlocked(post, "other")
    assert not reading.unlocked(post, None)
    assert reading.unlocked(article(1), None)


def test_a_page_of_posts_takes_two_statements(newsroom: Newsroom) -> None:
    written = [made(newsroom, title=f"T{n}", status="publish").id for n in range(12)]
    with newsroom.view() as view:
        before = view.unit.statements
        items = reading.items(view, NEWSROOM, written)
        assert len(items) == 12
        assert view.unit.statements - before == 2
        for post in items:
            view.lookup.permalink(post)
        assert view.unit.statements - before == 2


def test_clock_is_the_one_given(rooms: Rooms) -> None:
    newsroom = rooms(clock=Clock(datetime(2030, 1, 1, tzinfo=UTC)))
    assert made(newsroom, status="publish").date == "2030-01-01 00:00:00"


def test_renderings_hold_while_the_site_is_the_same(newsroom: Newsroom) -> None:
    written = made(newsroom, content="Smile :)", status="publish")
    kept = written.rendering
    assert kept is not None
    with newsroom.view() as view:
        again = reading.get(view, written.id)
        assert again is not None
        assert again.rendering == kept
    with newsroom.write() as view:
        options.set(view.unit, "use_smilies", "0")
    with newsroom.view() as view:
        fresh = reading.get(view, written.id)
    assert fresh is not None
    assert fresh.rendering is not None
    assert str(fresh.rendering.content) != str(kept.content)
    assert newsroom.render_old() == 1
    assert newsroom.render_old() == 0
    moved = Newsroom(newsroom.database, newsroom.clock, newsroom.files, address="http://127.0.0.1:1")
    assert moved.render_old() == 1


def test_a_post_is_rendered_anew_when_what_it_shows_changes(newsroom: Newsroom) -> None:
    block = made(newsroom, "wp_block", content="one", status="publish")
    user = made(newsroom, content=f'<!-- wp:block {{"ref":{block.id}}} /-->', status="publish")
    assert user.rendering is not None
    assert "one" in str(user.rendering.content)
    assert block.id in user.rendering.used.posts
    changed(newsroom, block, content="two")
    with newsroom.view() as view:
        shown = reading.get(view, user.id)
    assert shown is not None
    assert shown.version > user.version
    assert shown.rendering is not None
    assert shown.rendering.post_version == shown.version
    assert "two" in str(shown.rendering.content)
