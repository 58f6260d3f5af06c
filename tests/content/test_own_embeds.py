"""Posts of the site that other posts show where their addresses stand alone."""

from __future__ import annotations

from wirepress.content import options
from wirepress.content.addresses.oembed import own
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.post import Post
from wirepress.store import posts as store


def written(view: View, content: str, *, kind: str = "post", status: str = "publish", title: str = "T") -> Post:
    return publishing.create(view, NEWSROOM, kind, Changes(title=title, content=content, status=status))


def test_addresses_lead_to_what_is_published_there(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        post, page = written(view, "x"), written(view, "x", kind="page", title="About")
        draft = written(view, "x", status="draft")
    with newsroom.view() as view:
        lookup = view.lookup
        home = lookup.home()

        def found(url: str) -> int:
            at = lookup.post_at(url)
            return 0 if at is None else at.id

        link = lookup.permalink(post)
        assert found(link) == found(link.replace("https:", "http:")) == found(link.rstrip("/")) == post.id
        assert found(lookup.permalink(page)) == page.id
        assert found(f"{home}/?p={post.id}") == post.id
        assert found(f"{home}/?p={draft.id}") == 0
        assert found(link.replace("/20", "/19", 1)) == 0  # another year
        assert found(link.replace(home, "https://elsewhere.example")) == 0
        for odd in (
            home,
            f"{home}/?p=99999999999999999999999",
            f"{home}/?p=x",
            f"{home}/%ff/",
            "https://[",
            "x" * 5_000,
        ):
            assert found(odd) == 0


def test_an_address_under_categories_leads_to_its_post(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        options.set(view.unit, "permalink_structure", "/%category%/%postname%/")
    with newsroom.write() as view:
        post, page = written(view, "x"), written(view, "x", kind="page", title="About")
    with newsroom.view() as view:
        for one in (post, page):
            at = view.lookup.post_at(view.lookup.permalink(one))
            assert at is not None
            assert at.id == one.id


def test_what_others_are_told_of_a_post_with_a_password_says_so(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        post = publishing.create(
            view, NEWSROOM, "post", Changes(title="Sealed", content="x", status="publish", password="p")
        )
    with newsroom.view() as view:
        told = own(view, view.lookup.permalink(post), 600)
    assert told is not None
    assert told["title"] == "Protected: Sealed"
    assert ">Protected: Sealed</a>" in told["html"]


def test_a_card_follows_the_post_that_it_shows(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        shown = written(view, "x", title="Old name")
        around = written(view, f"See:\n\n{view.lookup.permalink(shown)}\n\n")
    with newsroom.write() as view:
        publishing.update(view, NEWSROOM, shown.id, Changes(title="New name"))
    with newsroom.view() as view:
        found = store.get(view.unit, around.id)
        assert found is not None
        assert found.rendering is None or "New name" in str(found.rendering.content)
