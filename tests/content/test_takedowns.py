"""What is taken down is nowhere, what is lifted is as it was."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.content.desk import HOME
from tests.content.test_media import picture
from tests.store.nouns import kept_count_is_true
from wirepress.content import options
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.media import library
from wirepress.content.newsroom import Newsroom
from wirepress.content.posts import publishing, trash
from wirepress.content.posts.changes import Changes
from wirepress.content.takedowns.contents import files_of
from wirepress.model.audit import AuditQuery
from wirepress.model.comment import Comment
from wirepress.model.errors import Conflict
from wirepress.model.post import Post
from wirepress.model.takedown import Disclosure, Order, Takedown
from wirepress.model.web import Request, Response
from wirepress.site.reader import Reader
from wirepress.store import audit, comments, posts
from wirepress.store import takedowns as store
from wirepress.syndicate import takedowns

TABLES = ("posts", "post_terms", "terms", "comments", "uploads", "counts", "options", "search_texts")


def write(newsroom: Newsroom, title: str, kind: str = "post", **more: Any) -> Post:
    fields = {"content": f"<p>{title} and more</p>", "status": "publish", **more}
    with newsroom.write() as view:
        return publishing.create(view, NEWSROOM, kind, Changes(title=title, **fields))


def take_down(newsroom: Newsroom, target: object, **more: Any) -> Takedown:
    order = Order(str(target), **{"reason": "A court says so", **more})
    with newsroom.view() as view:
        prepared = takedowns.prepare(view, NEWSROOM, order)
    with newsroom.write() as view:
        return takedowns.take_down(view, NEWSROOM, prepared)


def lift(newsroom: Newsroom, takedown: Takedown) -> Takedown:
    with newsroom.write() as view:
        return takedowns.lift(view, NEWSROOM, takedown.id, "It was settled")


def illustrated(newsroom: Newsroom, title: str) -> tuple[Post, Post]:
    """A post with a featured picture of its own."""
    with newsroom.write() as view:
        post = publishing.create(view, NEWSROOM, "post", Changes(title=title, content="Text", status="publish"))
        file = library.prepare(view.site, picture(900, 600), f"{title.lower()}.jpg")
        attachment = library.keep(view, NEWSROOM, file, Changes(parent=post.id), alt="Alt")
        post = publishing.update(view, NEWSROOM, post.id, Changes(thumbnail=attachment.id))
    return post, attachment


def page(newsroom: Newsroom, url: str) -> Response:
    path, _, query = url.removeprefix(HOME).partition("?")
    return Reader(newsroom).answer(Request("GET", path, query, {"host": "news.example.com"}))


def link(newsroom: Newsroom, post: Post) -> str:
    with newsroom.view() as view:
        return view.lookup.permalink(post)


def rows(newsroom: Newsroom) -> dict[str, list[str]]:
    """All rows of the site, but what only grows (versions) and is made of others (comment lists by state)."""
    found = {}
    with newsroom.database.read() as unit:
        for table in TABLES:
            names = [
                row[0] for row in unit.connection.exec_driver_sql(f"SELECT * FROM {table} LIMIT 0").cursor.description
            ]
            kept = ", ".join(f'"{name}"' for name in names if name not in ("version", "autoload"))
            listed = [repr([str(v) for v in row]) for row in unit.rows(f"SELECT {kept} FROM {table}")]
            found[table] = sorted(line for line in listed if table != "counts" or not line.endswith("'0']"))
        kept_count_is_true(unit)
    return found


def test_a_post_with_all_that_belongs_to_it_goes_and_comes_back(newsroom: Newsroom) -> None:
    post, attachment = illustrated(newsroom, "Harbour")
    with newsroom.write() as view:
        changes = Changes(content="Harbour text, again", terms={"category": (2, 3), "post_tag": (4,)}, sticky=True)
        publishing.update(view, NEWSROOM, post.id, changes)
        said = comments.insert(view.unit, Comment(0, post.id, content="First", author_email="a@x.example"))
        comments.insert(view.unit, Comment(0, post.id, content="Reply", parent=said, meta={"k": ["v"]}))
        comments.insert(view.unit, Comment(0, post.id, content="Spam", approved="spam"))
        child = publishing.create(view, NEWSROOM, "page", Changes(title="Child", content="x", status="publish"))
        posts.update(view.unit, child.id, parent=post.id)
    before, files = rows(newsroom), sorted(newsroom.files.all())
    epoch = newsroom.epoch()
    made = take_down(newsroom, post.id, notice="Az. 5 O 1/25")
    assert newsroom.epoch() > epoch
    gone = json.dumps(rows(newsroom))
    for text in ("Harbour", "harbour", "First", "Reply", "Spam", "a@x.example"):
        assert text not in gone
    assert list(newsroom.files.all()) == []
    with newsroom.view() as view:
        assert view.site.sticky == ()
        assert posts.get(view.unit, attachment.id) is None
        assert len(store.contents(view.unit, made.id)) > 5
    lifted = lift(newsroom, made)
    assert (lifted.stands, lifted.lift_reason) == (False, "It was settled")
    assert rows(newsroom) == before
    assert sorted(newsroom.files.all()) == files
    assert list(newsroom.files.aside.iterdir()) == []
    assert b"Harbour text, again" in page(newsroom, link(newsroom, post)).body
    with newsroom.view() as view:
        assert store.contents(view.unit, made.id) == []
    with pytest.raises(Conflict, match="lifted already"):
        lift(newsroom, made)


def test_a_picture_that_another_article_shows_stays(newsroom: Newsroom) -> None:
    post, own = illustrated(newsroom, "One")
    with newsroom.write() as view:
        path = str(own.first_meta("_wp_attached_file"))
        stem = path.rpartition(".")[0]
        kept = []
        for number, name in enumerate(("featured", "looked", "named", "longer")):
            file = library.prepare(view.site, picture(400, 300 + number), f"{name}.jpg")
            kept.append(library.keep(view, NEWSROOM, file, Changes(parent=post.id)))
        main = [str(one.first_meta("_wp_attached_file")) for one in kept]
        sized = main[2].replace(".jpg", "-300x227.jpg")
        texts = (
            f'<!-- wp:image {{"id":{kept[1].id}}} -->\n<figure class="wp-block-image"><img src="x.jpg" alt=""'
            f' class="wp-image-{kept[1].id}"/></figure>\n<!-- /wp:image -->'
            f"<img src='/wp-content/uploads/{sized}'> {stem}-other.jpg {main[3]}x"
        )  # fmt: skip
        publishing.create(
            view, NEWSROOM, "post", Changes(title="Two", content=texts, status="draft", thumbnail=kept[0].id)
        )
        assert sized in {one.path for one in files_of(view, [kept[2]])}
    take_down(newsroom, post.id)
    with newsroom.view() as view:
        there = [posts.get(view.unit, one.id) is not None for one in (own, *kept)]
    assert there == [False, True, True, True, True]
    assert not any(path in name for name in newsroom.files.all())
    assert newsroom.files.exists(main[0])


def test_a_featured_picture_of_the_library_goes_but_not_the_site_s_own(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        one, two = (
            library.keep(view, NEWSROOM, library.prepare(view.site, picture(300, 300), f"{name}.jpg"))
            for name in ("one", "logo")
        )
        options.set(view.unit, "site_logo", two.id)
    for attachment in (one, two):
        take_down(newsroom, write(newsroom, f"Post {attachment.id}", thumbnail=attachment.id).id)
    with newsroom.view() as view:
        assert posts.get(view.unit, one.id) is None
        assert posts.get(view.unit, two.id) is not None


def test_a_file_is_taken_down_for_itself(newsroom: Newsroom) -> None:
    post, attachment = illustrated(newsroom, "One")
    path = str(attachment.first_meta("_wp_attached_file"))
    made = take_down(newsroom, attachment.id, disclosure=Disclosure.REASON)
    assert not newsroom.files.exists(path)
    assert page(newsroom, f"{HOME}/wp-content/uploads/{path}").status == 410
    with newsroom.view() as view:
        assert publishing.existing(view, post.id).thumbnail == 0
    with newsroom.write() as view:
        again = library.keep(view, NEWSROOM, library.prepare(view.site, picture(30, 30), path.rpartition("/")[2]))
        assert again.first_meta("_wp_attached_file") != path
    lift(newsroom, made)
    assert newsroom.files.exists(path)
    with newsroom.view() as view:
        assert publishing.existing(view, post.id).thumbnail == attachment.id


@pytest.mark.parametrize(
    ("disclosure", "status", "shown"),
    [(Disclosure.REASON, 410, True), (Disclosure.GONE, 410, False), (Disclosure.MISSING, 404, False)],
)
def test_readers_are_told_what_the_owner_wants(
    newsroom: Newsroom, disclosure: Disclosure, status: int, shown: bool
) -> None:
    post = write(newsroom, "Harbour")
    write(newsroom, "Harbour festival")  # which an address would be guessed to mean
    address = link(newsroom, post)
    take_down(newsroom, address, reason="<script>alert(1)</script> & others", disclosure=disclosure)
    for asked in ("", "feed/", "embed/", "2/", "trackback/", "feed/atom/", "comment-page-1/"):
        answer = page(newsroom, address + asked)
        assert answer.status == status, asked
        assert not answer.keepable
        assert (b"&lt;script&gt;alert(1)&lt;/script&gt; &amp; others" in answer.body) == shown
        assert b"<script>alert" not in answer.body
    assert page(newsroom, f"{HOME}/?p={post.id}").status == status
    assert page(newsroom, f"{HOME}/?page_id={post.id}").status == status
    assert page(newsroom, address.upper().replace(HOME.upper(), HOME)).status == status
    assert page(newsroom, f"{HOME}/index.php/2024/01/01/nothing/").status == 404


def test_a_new_post_at_its_address_is_shown_and_the_old_one_comes_back_beside_it(newsroom: Newsroom) -> None:
    post = write(newsroom, "Harbour")
    made = take_down(newsroom, post.slug)
    other = write(newsroom, "Harbour")
    assert other.slug == "harbour"
    assert page(newsroom, link(newsroom, other)).status == 200
    lift(newsroom, made)
    with newsroom.view() as view:
        assert publishing.existing(view, post.id).slug == "harbour-2"


def test_the_former_address_of_a_renamed_post_is_gone_as_well(newsroom: Newsroom) -> None:
    post = write(newsroom, "Harbour")
    old = link(newsroom, post)
    with newsroom.write() as view:
        publishing.update(view, NEWSROOM, post.id, Changes(slug="port"))
    take_down(newsroom, old)
    assert page(newsroom, old).status == 410


@pytest.mark.parametrize("kind", ["page", "wp_block"])
def test_pages_and_reusable_blocks(newsroom: Newsroom, kind: str) -> None:
    thing = write(newsroom, "Harbour", kind)
    user = write(newsroom, "User", content=f'<!-- wp:block {{"ref":{thing.id}}} /-->')
    if kind == "page":
        with newsroom.write() as view:
            child = publishing.create(
                view, NEWSROOM, "page", Changes(title="Child", content="x", status="publish", parent=thing.id)
            )
            for name, value in (("show_on_front", "page"), ("page_on_front", str(thing.id))):
                options.set(view.unit, name, value)
    else:
        assert b"Harbour and more" in page(newsroom, link(newsroom, user)).body
        child = thing
    made = take_down(newsroom, thing.id)
    assert b"Harbour and more" not in page(newsroom, link(newsroom, user)).body
    with newsroom.view() as view:
        assert view.site.number("page_on_front") == 0
        assert kind == "wp_block" or publishing.existing(view, child.id).parent == 0
    lift(newsroom, made)
    with newsroom.view() as view:
        if kind == "page":
            assert publishing.existing(view, child.id).parent == thing.id
            assert (view.site.number("page_on_front"), view.site.option("show_on_front")) == (thing.id, "page")
    if kind == "wp_block":
        assert b"Harbour and more" in page(newsroom, link(newsroom, user)).body


def test_twice_and_after_an_erasure(newsroom: Newsroom) -> None:
    post, _ = illustrated(newsroom, "Harbour")
    address = link(newsroom, post)
    made = take_down(newsroom, post.id)
    for again in (post.id, address):
        with pytest.raises(Conflict, match=f"take-down {made.id}") as refused:
            take_down(newsroom, again)
        assert refused.value.data == {"takedown": made.id}
    with newsroom.write() as view:
        erased = takedowns.erase(view, NEWSROOM, made.id)
    assert (erased.title, erased.restorable) == ("", False)
    assert (list(newsroom.files.aside.iterdir()), list(newsroom.files.all())) == ([], [])
    with newsroom.view() as view:
        assert store.contents(view.unit, made.id) == []
        known = store.get(view.unit, made.id)
        assert known is not None
        assert (known.title, known.digest) == ("", made.digest)
    with newsroom.write() as view, pytest.raises(Conflict, match="Nothing is kept"):
        takedowns.erase(view, NEWSROOM, made.id)
    assert page(newsroom, address).status == 410
    lift(newsroom, made)
    assert page(newsroom, address).status == 404
    assert write(newsroom, "Another").id > post.id


def test_erased_at_once(newsroom: Newsroom) -> None:
    post, _ = illustrated(newsroom, "Harbour")
    made = take_down(newsroom, post.id, erase=True)
    assert (made.erased > 0, made.title, made.folder) == (True, "", "")
    assert list(newsroom.files.all()) == []
    with newsroom.view() as view:
        assert store.contents(view.unit, made.id) == []


def test_a_save_in_between_is_taken_down_as_well(newsroom: Newsroom) -> None:
    post = write(newsroom, "Harbour")
    with newsroom.view() as view:
        prepared = takedowns.prepare(view, NEWSROOM, Order(str(post.id), "why"))
    with newsroom.write() as view:
        publishing.update(view, NEWSROOM, post.id, Changes(content="Saved later"))
    with newsroom.write() as view:
        made = takedowns.take_down(view, NEWSROOM, prepared)
        kept = [row for kind, row in store.contents(view.unit, made.id) if kind == "post"]
    assert kept[0]["content"] == "Saved later"
    with newsroom.write() as view, pytest.raises(Conflict):
        takedowns.take_down(view, NEWSROOM, prepared)


def test_menu_entries_go_and_come_back(newsroom: Newsroom) -> None:
    post = write(newsroom, "Harbour")
    with newsroom.write() as view:
        item = publishing.create(view, NEWSROOM, "nav_menu_item", Changes(title="Entry", content="x", status="publish"))
        meta = {"_menu_item_object_id": [str(post.id)], "_menu_item_type": ["post_type"], "_menu_item_object": ["post"]}
        posts.update(view.unit, item.id, meta=meta)
    made = take_down(newsroom, post.id)
    with newsroom.view() as view:
        assert posts.get(view.unit, item.id) is None
    lift(newsroom, made)
    with newsroom.view() as view:
        back = posts.get(view.unit, item.id)
        assert back is not None
        assert dict(back.meta) == meta


def test_the_proof_stays_in_the_log(newsroom: Newsroom) -> None:
    post = write(newsroom, "Harbour", content='"quoted" ' * 30)
    quotes = '"' * 500
    made = take_down(newsroom, post.id, reason=quotes, notice='"' * 1000)
    lift(newsroom, made)
    with newsroom.write() as view:
        audit.trim(view.unit, 2**40)
        found, _ = audit.find(view.unit, AuditQuery(action="takedown"))
    assert [entry.action for entry in found] == ["takedown.lift", "takedown.create"]
    details = found[1].details
    assert (details["notice"], details["reason"], details["sha256"]) == ('"' * 1000, quotes, made.digest)
    assert "quoted" not in repr(found)


def test_a_post_in_the_trash_and_a_draft(newsroom: Newsroom) -> None:
    thrown, draft = write(newsroom, "Thrown"), write(newsroom, "Draft", status="draft")
    with newsroom.write() as view:
        trash.trash(view, NEWSROOM, thrown.id)
    before = rows(newsroom)
    for post in (thrown, draft):
        lift(newsroom, take_down(newsroom, post.id))
    assert rows(newsroom) == before


def test_what_others_changed_meanwhile_stays(newsroom: Newsroom) -> None:
    """The parent, the author and a category of a post may be gone when it comes back."""
    with newsroom.write() as view:
        above = publishing.create(view, NEWSROOM, "page", Changes(title="Above", content="x", status="publish"))
        below = publishing.create(
            view, NEWSROOM, "page", Changes(title="Below", content="x", status="publish", parent=above.id)
        )
    made = take_down(newsroom, below.id)
    with newsroom.write() as view:
        trash.delete(view, above.id)
    lift(newsroom, made)
    with newsroom.view() as view:
        assert publishing.existing(view, below.id).parent == 0
        kept_count_is_true(view.unit)
