"""What was taken down, deleted or thrown away here does not come back by itself."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.net.loopback import Loopback, reply
from tests.syndicate.site import Site
from tests.syndicate.test_again import Paper
from tests.syndicate.test_bad_input import feed, page
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing, trash
from wirepress.content.posts.changes import Changes
from wirepress.content.takedowns.reading import scrub
from wirepress.model.errors import Conflict
from wirepress.model.takedown import Order, Takedown
from wirepress.model.wire import Dispatch, Intent, OriginState, Remember, Revise, Rights
from wirepress.store import kept_origins, sources
from wirepress.syndicate import takedowns
from wirepress.syndicate.take import apply


def take_down(site: Site, target: object, **more: object) -> Takedown:
    order = Order(str(target), "A court says so", **more)  # type: ignore[arg-type] # a test names fields as it likes
    with site.newsroom.view() as view:
        prepared = takedowns.prepare(view, NEWSROOM, order)
    with site.newsroom.write() as view:
        return takedowns.take_down(view, NEWSROOM, prepared)


def lift(site: Site, number: int) -> Takedown:
    with site.newsroom.write() as view:
        return takedowns.lift(view, NEWSROOM, number, "It was settled")


def titles(site: Site) -> list[str]:
    return [post.title for post in site.posts()]


def afresh(site: Site, number: int) -> None:
    """Has the next look read the whole feed, some hours later."""
    source = site.source(number)
    site.change(replace(source, memory=replace(source.memory, etag="")))
    site.clock.later(hours=7)


def test_no_look_brings_back_what_was_taken_down(site: Site) -> None:
    paper = Paper("one", "two")
    with Loopback(paper) as press:
        number = site.add(f"{press.url}/feed")
        site.pull(number)
        post = site.post("Story one")
        origin = site.origin(post)
        made = take_down(site, post.id)
        assert (made.post, made.original, titles(site)) == (post.id, origin.url, ["Story two"])
        looks = paper.looks("one")
        for _ in range(2):
            afresh(site, number)
            report = site.pull(number)
            assert report.counts.get("created", 0) == 0
        paper.pages["one"] = page("one").replace(b"he said", b"she wrote")
        afresh(site, number)
        site.pull(number)
        assert titles(site) == ["Story two"]
        assert paper.looks("one") == looks  # and nobody asks for its page
    with site.newsroom.database.read() as unit:
        [known] = kept_origins.barred(unit)
    assert (known.url, known.post, known.state, known.facts.title) == (origin.url, 0, OriginState.TAKEN_DOWN, "")


def test_what_was_lifted_is_as_it_was_and_looked_at_again(site: Site) -> None:
    paper = Paper("one")
    with Loopback(paper) as press:
        number = site.add(f"{press.url}/feed")
        site.pull(number)
        post = site.post("Story one")
        origin = site.origin(post)
        lift(site, take_down(site, origin.url + "?utm_source=x").id)
        back = site.post("Story one")
        assert replace(back, version=0, rendering=None) == replace(post, version=0, rendering=None)
        assert site.origin(back) == origin
        afresh(site, number)
        site.pull(number)
        assert titles(site) == ["Story one"]


def test_no_other_source_brings_it_by_its_address_or_its_text(site: Site) -> None:
    """Another feed links it otherwise, and a third one republishes its text under an address of its own."""
    text = page("a")
    retold = text.replace(b"he said", b"she wrote")
    pages = {"/a": text, "/copy": text, "/retold": retold, "/other": page("other")}

    def paper(path: str, _: dict[str, str]) -> bytes:
        lists = {"/feed": ("a",), "/second": ("a?utm_source=x&fbclid=1",), "/third": ("copy",)}
        lists |= {"/fourth": ("retold",), "/fifth": ("other",)}
        if path in lists:
            return reply(body=feed(*lists[path]).replace(b"&fbclid", b"&amp;fbclid"))
        body = pages.get(path.partition("?")[0])
        return reply(body=body, Content_Type="text/html") if body else reply(404)

    with Loopback(paper) as press:
        first = site.add(f"{press.url}/feed")
        site.pull(first)
        [post] = site.posts()
        made = take_down(site, post.id)
        reports = [site.pull(site.add(f"{press.url}/{name}")) for name in ("second", "third", "fourth", "fifth")]
        assert [report.counts.get("created", 0) for report in reports] == [
            0,
            0,
            0,
            1,
        ]  # the last one is no copy
        with site.newsroom.database.read() as unit:
            assert {origin.source for origin in kept_origins.barred(unit)} >= {1, 3}
        lift(site, made.id)
        with site.newsroom.database.read() as unit:
            assert kept_origins.barred(unit) == []


def test_an_article_that_was_never_here_never_comes(site: Site) -> None:
    paper = Paper("one", "two")
    with Loopback(paper) as press:
        made = take_down(site, f"{press.url.replace('127.0.0.1', '127.1')}/one#top")
        assert (made.post, made.url, made.digest) == (0, f"{press.url}/one#top", "")
        with pytest.raises(Conflict, match="already"):
            take_down(site, f"{press.url}/one")
        number = site.add(f"{press.url}/feed")
        site.pull(number)
        assert titles(site) == ["Story two"]
        assert paper.looks("one") == 0
        lift(site, made.id)
        afresh(site, number)
        site.pull(number)
        assert titles(site) == ["Story two", "Story one"]


def test_a_decision_of_before_changes_nothing_after(site: Site) -> None:
    paper = Paper("one")
    with Loopback(paper) as press:
        site.pull(site.add(f"{press.url}/feed"))
        post = site.post("Story one")
        origin = site.origin(post)
        late: list[Intent] = [Revise(origin, Dispatch("Late", "<p>Late</p>"), ("title",), origin), Remember(origin)]
        take_down(site, post.id)
        assert [apply(site.newsroom, intent).detail for intent in late] == ["taken-down", "taken-down"]
        assert titles(site) == []
        with site.newsroom.database.read() as unit:
            assert [one.post for one in kept_origins.barred(unit)] == [0]


def test_a_text_that_many_articles_have_bars_none(site: Site) -> None:
    """Under the rights `link` all posts are alike, but for their titles."""
    paper = Paper("one", "two")
    with Loopback(paper) as press:
        number = site.add(f"{press.url}/feed", Rights.LINK)
        paper.names = ("one",)
        site.pull(number)
        take_down(site, site.post("Story one").id)
        paper.names = ("one", "two")
        afresh(site, number)
        site.pull(number)
        assert titles(site) == ["Story two"]


def test_erased_is_erased(site: Site) -> None:
    paper = Paper("one")
    with Loopback(paper) as press:
        number = site.add(f"{press.url}/feed")
        site.pull(number)
        post = site.post("Story one")
        marker = post.content.split("<p>")[1][:40]
        assert site.holds(marker)
        made = take_down(site, post.id, erase=True)
        assert (made.title, made.erased > 0, made.restorable) == ("", True, False)
        assert scrub(site.newsroom)
        assert not scrub(site.newsroom)
        assert site.holds(marker) == []
        lifted = lift(site, made.id)
        assert not lifted.stands
        assert titles(site) == []
        afresh(site, number)
        site.pull(number)  # it may come again now, and does
        assert titles(site) == ["Story one"]


@pytest.mark.parametrize("how", ["trashed", "deleted"])
def test_what_was_thrown_away_here_never_comes_back_by_a_look(site: Site, how: str) -> None:
    paper = Paper("one", "two")
    with Loopback(paper) as press:
        number = site.add(f"{press.url}/feed")
        site.pull(number)
        post = site.post("Story one")
        with site.newsroom.write() as view:
            trash.trash(view, NEWSROOM, post.id)
            if how == "deleted":
                trash.delete(view, post.id)
        for change in (b"he said", b"she wrote", b"they sang"):
            paper.pages["one"] = page("one").replace(b"he said", change)
            afresh(site, number)
            site.pull(number)
            assert titles(site) == ["Story two"]
        second = site.add(f"{press.url}/feed?again=1")
        site.pull(second)
        assert titles(site) == ["Story two"]
        with site.newsroom.database.write() as unit:  # not even where the source was removed and added again
            sources.remove(unit, number, 1)
            sources.take_up(unit, number)
        afresh(site, number)
        site.pull(number)
        assert titles(site) == ["Story two"]


def test_a_post_of_our_own_is_not_brought_back_by_who_copied_it(site: Site) -> None:
    def paper(path: str, _: dict[str, str]) -> bytes:
        if path.startswith("/feed"):
            return reply(body=feed("copy"))
        return reply(body=page("copy"), Content_Type="text/html") if path == "/copy" else reply(404)

    paragraphs = re.findall(r"<p>.*?</p>", page("copy").decode())
    text = "\n\n".join(f"<!-- wp:paragraph -->\n{one}\n<!-- /wp:paragraph -->" for one in paragraphs)
    with site.newsroom.write() as view:
        post = publishing.create(view, NEWSROOM, "post", Changes(title="Ours", content=text, status="publish"))
    made = take_down(site, post.slug)
    with Loopback(paper) as press:
        number = site.add(f"{press.url}/feed")
        site.pull(number)
        assert titles(site) == []
        lift(site, made.id)
        afresh(site, number)
        site.pull(number)
        assert titles(site) == ["Ours"]  # and the copy belongs to its story
        with site.newsroom.write() as view:
            trash.delete(view, post.id)
        second = site.add(f"{press.url}/feed?again=1")
        site.pull(second)
        assert titles(site) == []
