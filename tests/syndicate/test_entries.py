"""What becomes of entries is kept with the reason, and what people decide about them holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.net.loopback import Loopback, reply
from tests.syndicate.site import Site
from tests.syndicate.test_again import Paper
from tests.syndicate.test_bad_input import page
from wirepress.app import worker
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import locks, publishing, trash
from wirepress.model.entry import EntryQuery, EntryRecord, EntryState, Why
from wirepress.model.errors import Conflict, Invalid
from wirepress.model.wire import Arrival, Rights, Rules
from wirepress.store import entries as store
from wirepress.store import held
from wirepress.syndicate import entries


class Twins(Paper):
    """A press whose feed is to be had under more than one address."""

    def __call__(self, path: str, headers: dict[str, str]) -> bytes:
        return super().__call__(path.partition("?")[0], headers)


HOLD = 'hold if title contains "odd"'
REJECT = 'reject if title contains "bad"'


def all_of(site: Site) -> dict[str, EntryRecord]:
    """The entries by the last words of their addresses."""
    with site.newsroom.view() as view:
        found, total = entries.browse(view, EntryQuery(per_page=100))
    assert total == len(found)
    return {record.link.rpartition("/")[2]: record for record in found}


def decide(site: Site, verb: str, record: EntryRecord, *words: str) -> EntryRecord:
    with site.newsroom.write() as view:
        found: EntryRecord = getattr(entries, verb)(view, NEWSROOM, record, *words)
        return found


def retry(site: Site, *records: EntryRecord) -> int:
    with site.newsroom.write() as view:
        return entries.retry(view, NEWSROOM, [record.id for record in records])


def test_every_entry_has_a_state_and_says_why(site: Site) -> None:
    paper = Twins("good", "odd", "bad", "lost")
    del paper.pages["lost"]
    with Loopback(paper) as press:
        number = site.add(f"{press.url}/feed", rules=Rules(filters=(REJECT, HOLD)))
        report = site.pull(number)
        other = site.add(f"{press.url}/feed?again")
        site.pull(other)
        with site.newsroom.view() as view:
            mine = {one.link.rpartition("/")[2]: one for one in entries.browse(view, EntryQuery(source=number))[0]}
            counted = store.counts(view.unit, number)
            doubles = entries.browse(view, EntryQuery(source=other, states=(EntryState.DUPLICATE,)))[0]
    assert {name: (one.state, one.reason, one.detail) for name, one in mine.items()} == {
        "good": (EntryState.TAKEN, "", ""),
        "odd": (EntryState.HELD, "filtered", HOLD),
        "bad": (EntryState.REJECTED, "filtered", REJECT),
        "lost": (EntryState.FAILED, "unavailable", "the server answered with status 404"),
    }
    assert mine["lost"].tries == 1
    assert mine["good"].post == site.posts()[0].id
    assert counted == {
        EntryState.TAKEN: 1, EntryState.HELD: 1, EntryState.REJECTED: 1, EntryState.FAILED: 1,
    }  # fmt: skip
    summary = report.summary()
    assert (summary["held"], summary["holding"], summary["rejecting"]) == (1, {HOLD: 1}, {REJECT: 1})
    assert "1 held" in report.result()
    doubled = {(one.title, one.other) for one in doubles}
    assert doubled >= {("Story good", mine["good"].post), ("Story odd", mine["odd"].post)}


def test_a_look_at_what_is_known_writes_nothing_of_entries(site: Site) -> None:
    paper = Paper("good", "bad")
    with Loopback(paper) as press:
        number = site.add(f"{press.url}/feed", rules=Rules(filters=(REJECT,)))
        site.pull(number)
        before = all_of(site)
        site.clock.later(hours=1)
        source = site.source(number)
        site.change(replace(source, memory=replace(source.memory, etag="")))
        site.pull(number)
        assert all_of(site) == before


def test_what_follows_its_original_is_updated_and_what_its_post_says_counts(site: Site) -> None:
    paper = Paper("good")
    with Loopback(paper) as press:
        number = site.add(f"{press.url}/feed")
        site.pull(number)
        paper.title = "New: "
        source = site.source(number)
        site.change(replace(source, memory=replace(source.memory, etag="")))
        site.clock.later(hours=1)
        site.pull(number)
    assert all_of(site)["good"].state is EntryState.UPDATED
    (post,) = site.posts()
    for act, state in (("trash", EntryState.REMOVED), ("restore", EntryState.UPDATED)):
        with site.newsroom.write() as view:
            getattr(trash, act)(view, NEWSROOM, post.id)
        assert all_of(site)["good"].state is state
    with site.newsroom.write() as view:
        trash.delete(view, post.id)
    assert all_of(site)["good"].state is EntryState.REMOVED


def test_what_is_held_is_accepted_once(site: Site) -> None:
    with Loopback(Paper("odd")) as press:
        number = site.add(f"{press.url}/feed", rules=Rules(arrival=Arrival.PENDING))
        site.pull(number)
    record = all_of(site)["odd"]
    assert (record.state, record.reason) == (EntryState.HELD, Why.ARRIVAL)
    with site.newsroom.write() as view:
        original = held.original(view.unit, record.post)
        locks._write(view, record.post, f"{int(view.now().timestamp())}:1")
    assert original is not None
    assert original.kind == "page"
    assert "<p>" in original.markup
    assert not any(sign in original.markup for sign in ("href", "src", "<script", "style", "class="))
    for verb in ("accept", "reject"):
        with pytest.raises(Conflict, match="open in the editor"):
            decide(site, verb, record)
    site.clock.later(minutes=10)
    assert decide(site, "accept", record).state is EntryState.TAKEN
    assert [post.id for post in site.posts()] == [record.post]
    for verb in ("accept", "reject"):
        with pytest.raises(Conflict):
            decide(site, verb, all_of(site)["odd"])
    with site.newsroom.view() as view:
        assert held.original(view.unit, record.post) is None


def test_what_was_rejected_never_comes_again_unless_somebody_wants_it(site: Site) -> None:
    with Loopback(Twins("odd")) as press:
        number = site.add(f"{press.url}/feed", rules=Rules(filters=(HOLD,)))
        site.pull(number)
        record = decide(site, "reject", all_of(site)["odd"], "Old news")
        assert (record.state, record.reason, record.detail) == (EntryState.REJECTED, Why.BY_HAND, "Old news")
        with pytest.raises(Conflict):
            retry(site, record)
        again = site.add(f"{press.url}/feed?again")
        for one in (number, again):
            assert site.pull(one).counts["created"] == 0
        site.clock.later(days=400)
        worker.forget(site.newsroom)
        with site.newsroom.view() as view:
            record = entries.get(view, record.id)
        assert record.state is EntryState.REJECTED
        assert decide(site, "accept", record).state is EntryState.TAKEN
    assert [post.title for post in site.posts()] == ["Story odd"]
    with pytest.raises(Invalid):
        decide(site, "reject", record, "x" * 501)


def test_what_a_filter_rejected_is_taken_once_somebody_wants_it(site: Site) -> None:
    paper = Paper("bad", "bad2")
    with Loopback(paper) as press:
        number = site.add(f"{press.url}/feed", rules=Rules(filters=(REJECT,)))
        site.pull(number)
        found = all_of(site)
        assert decide(site, "accept", found["bad"]).state is EntryState.LEFT
        assert retry(site, found["bad2"]) == 1
        report = site.pull(number)
        assert (report.counts["created"], report.rejecting.total()) == (1, 1)
        assert [post.title for post in site.posts()] == ["Story bad"]
        found = all_of(site)
        assert (found["bad"].state, found["bad2"].state) == (EntryState.TAKEN, EntryState.REJECTED)
        # By other rules it comes.
        site.change(replace(site.source(number), rules=Rules()))
        assert retry(site, found["bad2"]) == 1
        site.pull(number)
    assert len(site.posts()) == 2


def test_what_cannot_be_taken_is_rejected_for_good(site: Site) -> None:
    paper = Paper("lost")
    text = paper.pages.pop("lost")
    with Loopback(paper) as press:
        number = site.add(f"{press.url}/feed")
        site.pull(number)
        decide(site, "reject", all_of(site)["lost"])
        paper.pages["lost"] = text
        site.clock.later(days=2)
        site.pull(number)
        assert site.posts() == []
        assert all_of(site)["lost"].reason == Why.BY_HAND
        decide(site, "accept", all_of(site)["lost"])
        site.pull(number)
    assert len(site.posts()) == 1


def test_a_duplicate_is_not_taken_beside_the_article_that_is_here(site: Site) -> None:
    with Loopback(Twins("good")) as press:
        site.pull(site.add(f"{press.url}/feed"))
        site.pull(site.add(f"{press.url}/feed?again"))
    with site.newsroom.view() as view:
        (double,), _ = entries.browse(view, EntryQuery(states=(EntryState.DUPLICATE,)))
        (match,) = entries.matches(view, double)
    assert (match.post, match.by) == (site.posts()[0].id, "address")
    with pytest.raises(Conflict, match=str(site.posts()[0].id)):
        decide(site, "accept", double)


def test_old_states_are_forgotten_and_what_is_listed_still_is_not(site: Site) -> None:
    paper = Paper("bad", "good")
    with Loopback(paper) as press:
        number = site.add(f"{press.url}/feed", rules=Rules(filters=(REJECT,)))
        site.pull(number)
        source = site.source(number)
        site.clock.later(days=80)
        site.change(replace(source, memory=replace(source.memory, etag="")))
        site.pull(number)
        site.clock.later(days=80)
        worker.forget(site.newsroom)
        assert set(all_of(site)) == {"bad", "good"}
        site.clock.later(days=80)
        worker.forget(site.newsroom)
        assert set(all_of(site)) == {"good"}
        with site.newsroom.view() as view:
            assert view.unit.rows("SELECT count(*) FROM origins")[0][0] == 1


def test_narrower_rights_take_back_what_was_kept_of_an_original(site: Site) -> None:
    with Loopback(Paper("odd")) as press:
        number = site.add(f"{press.url}/feed", rules=Rules(filters=(HOLD,)))
        site.pull(number)
        post = all_of(site)["odd"].post
        site.change(replace(site.source(number), rights=Rights.EXCERPT))
        site.pull(number)
        with site.newsroom.view() as view:
            assert held.original(view.unit, post) is None


@pytest.mark.parametrize("rights", [Rights.EXCERPT, Rights.LINK])
def test_nothing_is_kept_of_an_original_that_the_rights_do_not_reach(site: Site, rights: Rights) -> None:
    with Loopback(Paper("odd")) as press:
        site.pull(site.add(f"{press.url}/feed", rights, rules=Rules(filters=(HOLD,))))
    with site.newsroom.view() as view:
        assert held.original(view.unit, all_of(site)["odd"].post) is None


def test_of_a_feed_alone_its_own_text_is_kept(site: Site) -> None:
    paper = Paper("odd")
    paper.text = (
        "&lt;p onclick='x()'&gt;"
        + "Words of the feed. " * 60
        + "&lt;img src='https://spy.example/x.gif' alt='A pier'&gt;"
    )
    with Loopback(paper) as press:
        site.pull(site.add(f"{press.url}/feed", rules=Rules(page=False, filters=(HOLD,))))
    with site.newsroom.view() as view:
        original = held.original(view.unit, all_of(site)["odd"].post)
    assert original is not None
    assert original.kind == "feed"
    assert "Words of the feed." in original.markup
    assert "[A pier]" in original.markup
    assert "spy" not in original.markup
    assert "onclick" not in original.markup


def test_what_was_published_elsewhere_is_held_no_more(site: Site) -> None:
    with Loopback(Paper("odd")) as press:
        site.pull(site.add(f"{press.url}/feed", rules=Rules(filters=(HOLD,))))
    record = all_of(site)["odd"]
    with site.newsroom.write() as view:
        publishing.publish(view, NEWSROOM, record.post)
    assert all_of(site)["odd"].state is EntryState.TAKEN
    worker.forget(site.newsroom)
    with site.newsroom.view() as view:
        assert held.original(view.unit, record.post) is None
    with pytest.raises(Conflict, match="does not wait"):
        decide(site, "reject", all_of(site)["odd"])


def test_a_page_full_of_tricks_is_kept_as_bare_text(site: Site) -> None:
    tricks = (
        b"<p>One <a href=https://spy.example/a ping=x>link</a> &lt;script&gt;alert(1)&lt;/script&gt;</p>"
        b"<link rel=dns-prefetch href=//spy.example><style>@import 'https://spy.example/s.css'</style>"
        b"<svg><script href=data:,alert(2)></script></svg><meta http-equiv=refresh content='0;url=//spy.example'>"
        b"<form action=//spy.example><input name=q></form><iframe src=//spy.example></iframe>"
    )
    body = page("odd").replace(b"</body>", tricks + b"</body>") if b"</body>" in page("odd") else page("odd") + tricks

    def press(path: str, headers: dict[str, str]) -> bytes:
        return reply(body=body, Content_Type="text/html") if path == "/odd" else paper(path, headers)

    paper = Paper("odd")
    with Loopback(press) as server:
        site.pull(site.add(f"{server.url}/feed", rules=Rules(filters=(HOLD,))))
    with site.newsroom.view() as view:
        original = held.original(view.unit, all_of(site)["odd"].post)
    assert original is not None
    assert "One link &lt;script&gt;alert(1)" in original.markup
    assert not any(word in original.markup for word in ("spy", "<script", "<form", "<input", "<meta", "alert(2)"))
