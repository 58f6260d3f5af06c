"""Orders: what an address could be, what would come in of a source, a look at once; each ends in any case."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from examples.wire.press import Press
from tests.syndicate.elsewhere import Elsewhere
from tests.syndicate.site import LISTING, Site
from wirepress.app.orders import Orders
from wirepress.content.carrying import LEASE, Telling
from wirepress.content.identity.viewer import NEWSROOM, Viewer
from wirepress.content.newsroom import View
from wirepress.model.errors import Conflict, Forbidden, Invalid, NotFound
from wirepress.model.order import Order, OrderState
from wirepress.model.wire import Rights, Rules, Source, SourceKind
from wirepress.net.port import Fetcher
from wirepress.store import orders as order_store
from wirepress.store import sources as store
from wirepress.syndicate import orders, sources
from wirepress.syndicate.carry import carry_out
from wirepress.syndicate.parse.propose import propose

RSS = '<rss version="2.0"><channel><title>W</title>{}</channel></rss>'
ITEM = "<item><title>{0}</title><link>https://a.example/{0}</link><description>Some words.</description></item>"


def carried(site: Site, order: Order, fetcher: Fetcher | None = None) -> Order:
    """The order as it is when it was carried out."""
    with site.newsroom.database.write() as unit:
        taken = order_store.take(unit, "test", 0, 10**10)
    assert taken is not None
    assert taken.id == order.id
    carry_out(site.newsroom, taken, fetcher or site.fetcher, "test", lambda: False)
    with site.newsroom.view() as view:
        return orders.get(view, NEWSROOM, order.id)


def discovered(site: Site, address: str, fetcher: Fetcher | None = None) -> Order:
    with site.newsroom.write() as view:
        order = orders.discover(view, NEWSROOM, address)
    return carried(site, order, fetcher)


def candidates(order: Order) -> list[dict[str, Any]]:
    assert order.state is OrderState.DONE, order.error
    return list(order.result["candidates"])


def test_a_feed_is_found_out(site: Site, press: Press) -> None:
    order = discovered(site, f"{press.base}/courier/feed.rss")
    (found,) = candidates(order)
    assert (order.result["page"], found["kind"], found["url"]) == ("feed", "feed", f"{press.base}/courier/feed.rss")
    assert found["title"]
    assert found["total"] >= len(found["entries"]) > 0
    assert found["entries"][0]["link"].startswith("http")


def test_a_page_names_its_articles(site: Site, press: Press) -> None:
    found = candidates(discovered(site, f"{press.base}/meridian/world/"))
    listing = found[-1]
    assert listing["kind"] == "listing"
    assert listing["total"] >= 3
    rules = Rules(**listing["settings"])
    site.pull(site.add(f"{press.base}/meridian/world/", rules=rules))
    assert {post.title for post in site.posts()} == {post.title for post in pulled_by_hand(site, press)}


def pulled_by_hand(site: Site, press: Press) -> list[Any]:
    site.pull(site.add(f"{press.base}/meridian/world/?again", rules=LISTING))
    return site.posts()


def test_a_wordpress_site_is_known_by_its_page_and_asked_for_its_feed(site: Site) -> None:
    page = '<html><link rel="https://api.w.org/" href="/wp-json/"><p>Hello</p></html>'
    feed = RSS.format("<generator>https://wordpress.org/?v=6.8</generator>" + ITEM.format("one"))
    order = discovered(site, "a.example", Elsewhere({"https://a.example": page, "https://a.example/feed/": feed}))
    (found,) = candidates(order)
    assert (order.result["page"], found["url"], found["wordpress"]) == ("wordpress", "https://a.example/feed/", True)


def test_the_feeds_that_a_page_names_are_read(site: Site) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/{}">'
    page = f"<html>{link.format('news.xml')}{link.format('broken.xml')}<p>Hello</p></html>"
    answers = {"https://a.example/": page, "https://a.example/news.xml": RSS.format(ITEM.format("one")),
               "https://a.example/broken.xml": "nothing"}  # fmt: skip
    (found,) = candidates(discovered(site, "https://a.example/", Elsewhere(answers)))
    assert (found["url"], found["total"]) == ("https://a.example/news.xml", 1)


def test_what_cannot_be_had_is_said(site: Site) -> None:
    order = discovered(site, "https://a.example/", Elsewhere({}))
    assert (order.state, order.error) == (OrderState.FAILED, "the server answered with status 404")
    nothing = discovered(site, "https://b.example/", Elsewhere({"https://b.example/": "just words"}))
    assert "neither a feed nor a web page" in nothing.error


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "file:///etc/passwd", "https://", "a b", "x" * 3000])
def test_what_is_no_address_is_not_ordered(site: Site, address: str) -> None:
    with site.newsroom.write() as view, pytest.raises(Invalid):
        orders.discover(view, NEWSROOM, address)


def test_menus_are_no_list_of_articles() -> None:
    menu = "".join(f'<li><a class="m" href="/{n}">All the news of town {n}</a></li>' for n in range(9))
    story = "".join(f'<article><h2><a href="/s/{n}">What the council has said {n}</a></h2></article>' for n in range(4))
    found = propose(f"<html><nav>{menu}</nav><main>{story}</main></html>", "https://a.example/")
    assert found is not None
    assert (found[0].links, len(found[1].entries)) == ("h2 a", 4)
    assert propose(f"<html><nav>{menu}</nav></html>", "https://a.example/") is None


def test_a_test_says_what_would_come_in_and_keeps_nothing(site: Site, press: Press) -> None:
    source = Source(0, f"{press.base}/courier/feed.rss", rights=Rights.FULL, rules=Rules(category="Harbour"))
    with site.newsroom.write() as view:
        order = orders.test(view, NEWSROOM, source)
    epoch = site.epoch()
    result = carried(site, order).result
    entries = result["entries"]
    assert result["counts"]["created"] == len([entry for entry in entries if entry["result"] == "created"]) > 0
    new = next(entry for entry in entries if entry["result"] == "created")
    assert (new["category"], new["words"] > 20, bool(new["title"])) == ("Harbour", True, True)
    assert site.posts() == []
    assert site.epoch() == epoch
    with site.newsroom.database.read() as unit:
        assert unit.rows("SELECT count(*) FROM origins") == [(0,)]


def test_a_test_of_a_known_source_names_why_nothing_comes(site: Site, press: Press) -> None:
    number = site.add(f"{press.base}/courier/feed.rss")
    site.pull(number)
    with site.newsroom.write() as view:
        order = orders.test(view, NEWSROOM, sources.get(view, number))
    entries = carried(site, order).result["entries"]
    assert {entry["result"] for entry in entries} == {"skipped"}
    assert "unchanged" in {entry["reason"] for entry in entries}


def test_a_run_brings_articles_and_tells_of_each(site: Site, press: Press) -> None:
    number = site.add(f"{press.base}/courier/feed.rss")
    with site.newsroom.write() as view:
        order = orders.run(view, NEWSROOM, number)
        assert orders.run(view, NEWSROOM, number) == order
    done = carried(site, order)
    assert done.result["created"] == len(site.posts()) > 0
    assert done.progress["found"] == done.result["found"]
    assert {entry["result"] for entry in done.result["entries"]} >= {"created"}
    with site.newsroom.view() as view:
        (run,) = sources.runs(view, number, 5)
        assert run.facts["entries"] == done.result["entries"]
        assert [post.id for _, post in sources.articles(view, NEWSROOM, number, 1, 50)[0]] == [
            post.id for post in reversed(site.posts())
        ]


def test_a_run_of_what_is_not_there_is_refused(site: Site) -> None:
    with site.newsroom.write() as view, pytest.raises(NotFound):
        orders.run(view, NEWSROOM, 7)


def test_what_is_cancelled_ends_and_stays_cancelled(site: Site, press: Press) -> None:
    number = site.add(f"{press.base}/courier/feed.rss")
    with site.newsroom.write() as view:
        order = orders.run(view, NEWSROOM, number)
    with site.newsroom.database.write() as unit:
        taken = order_store.take(unit, "test", 0, 10**10)
        order_store.cancel(unit, order.id, 1)
    assert taken is not None
    carry_out(site.newsroom, taken, site.fetcher, "test", lambda: False)
    with site.newsroom.view() as view:
        assert orders.get(view, NEWSROOM, order.id).state is OrderState.CANCELLED
    assert site.posts() == []


def test_a_mistake_of_ours_ends_an_order_as_well(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    order = discovered(site, "https://a.example/", Elsewhere({"https://a.example/": 10**5000}))
    assert order.state is OrderState.FAILED


def test_orders_are_bounded_and_not_for_everybody(site: Site) -> None:
    with site.newsroom.write() as view:
        for number in range(orders.MOST_OF_ONE):
            ask(view, NEWSROOM, f"https://a.example/{number}")
        with pytest.raises(Conflict):
            ask(view, NEWSROOM, "https://a.example/more")
        with pytest.raises(Forbidden):
            ask(view, Viewer(capabilities={"edit_others_posts": True}), "https://a.example/")


def ask(view: View, viewer: Viewer, address: str) -> None:
    orders.discover(view, viewer, address)


def test_the_worker_s_threads_take_what_waits(site: Site, press: Press) -> None:
    number = site.add(f"{press.base}/courier/feed.rss")
    with site.newsroom.write() as view:
        wanted = [orders.run(view, NEWSROOM, number), orders.discover(view, NEWSROOM, press.base + "/meridian/world/")]
    stop, worker = threading.Event(), Orders(site.newsroom, site.fetcher)
    with ThreadPoolExecutor(2) as threads:
        assert worker.step(threads, stop) == 2
    with site.newsroom.view() as view:
        assert [orders.get(view, NEWSROOM, order.id).state.value for order in wanted] == ["done", "done"]
        assert store.standings(view.unit)[0].lease_until == 0


def test_a_worker_fails_what_a_dead_one_held(site: Site, press: Press) -> None:
    with site.newsroom.write() as view:
        order = orders.discover(view, NEWSROOM, press.base)
    gone = Orders(site.newsroom, site.fetcher)
    host = gone.name.partition(":")[0]
    with site.newsroom.database.write() as unit:
        order_store.take(unit, f"{host}:{2**22 + 5}:1:orders", 0, 10**12)
    gone.tidy()
    with site.newsroom.view() as view:
        found = orders.get(view, NEWSROOM, order.id)
    assert (found.state, "cut short" in found.error) == (OrderState.FAILED, True)


def test_a_statement_that_takes_longer_than_a_lease_does_not_end_its_order(site: Site, press: Press) -> None:
    """Neither where its process still says that it is there, nor where it cannot, since nobody may write beside it."""
    with site.newsroom.write() as view:
        order = orders.discover(view, NEWSROOM, press.base)
    worker, other = Orders(site.newsroom, site.fetcher), Orders(site.newsroom, site.fetcher)
    elsewhere = "elsewhere:1:1:orders"
    assert worker.take() is not None
    site.clock.later(seconds=LEASE + 1)
    other.tidy()
    with site.newsroom.view() as view:
        assert orders.get(view, NEWSROOM, order.id).state is OrderState.WORKING
    with site.newsroom.database.write() as unit:
        unit.run("UPDATE orders SET lease_by = ?", (elsewhere,))
    worker.name = elsewhere
    with ThreadPoolExecutor(1) as threads:
        working = threading.Event()

        def go_on() -> None:
            working.wait()

        worker.running.add(threads.submit(go_on))
        worker.beat()
        other.tidy()
        working.set()
    with site.newsroom.view() as view:
        assert orders.get(view, NEWSROOM, order.id).state is OrderState.WORKING
    site.clock.later(seconds=LEASE + 1)
    other.tidy()
    with site.newsroom.view() as view:
        assert orders.get(view, NEWSROOM, order.id).state is OrderState.FAILED


def test_what_is_not_wanted_any_more_is_seen_without_a_word_of_progress(site: Site, press: Press) -> None:
    with site.newsroom.write() as view:
        order = orders.discover(view, NEWSROOM, press.base)
    with site.newsroom.database.write() as unit:
        order_store.take(unit, "test", 0, 10**10)
    telling = Telling(site.newsroom, order, "test", lambda: False, 60.0)
    assert not telling.stop()
    with site.newsroom.write() as view:
        orders.cancel(view, NEWSROOM, order.id)
    assert not telling.stop()  # it was asked a moment ago
    site.clock.later(seconds=1)
    assert telling.stop()


def test_orders_are_taken_within_a_second_or_two(site: Site) -> None:
    stop = threading.Event()
    worker = threading.Thread(target=Orders(site.newsroom, Elsewhere({})).run, args=(stop,))
    worker.start()
    try:
        with site.newsroom.write() as view:
            order = orders.discover(view, NEWSROOM, "https://a.example/")
        deadline = time.monotonic() + 60  # it hangs, if it takes so long
        state = OrderState.WAITING
        while state is not OrderState.FAILED and time.monotonic() < deadline:
            time.sleep(0.05)
            with site.newsroom.view() as view:
                state = orders.get(view, NEWSROOM, order.id).state
        assert state is OrderState.FAILED
    finally:
        stop.set()
        worker.join()


def test_a_listing_needs_links_and_an_author_that_is_there(site: Site) -> None:
    source = Source(0, "https://a.example/", kind=SourceKind.LISTING, rules=Rules(author="nobody", body="p["))
    with site.newsroom.view() as view:
        assert set(sources.flaws(view, source)) == {"author", "body", "links"}


def test_a_source_that_is_removed_keeps_its_articles_and_is_taken_up_again(site: Site, press: Press) -> None:
    address = f"{press.base}/courier/feed.rss"
    number = site.add(address, rights=Rights.EXCERPT)
    with site.newsroom.write() as view:
        other = sources.add(view, Source(0, "https://never.example/feed"))
        sources.remove(view, other)
        with pytest.raises(NotFound):
            sources.get(view, other)
    site.pull(number)
    with site.newsroom.write() as view:
        sources.remove(view, number)
        assert sources.overview(view, number).health == "removed"
    assert site.posts()
    with site.newsroom.write() as view:
        assert sources.add(view, Source(0, address)) == number
        assert sources.overview(view, number).health == "fine"


def test_health_in_a_word(site: Site) -> None:
    number = site.add("https://a.example/feed")
    with site.newsroom.write() as view:
        assert [one.health for one in sources.overviews(view)] == ["never"]
        sources.pause(view, number)
        assert sources.overview(view, number).health == "paused"
        sources.resume(view, number)
    site.fetcher = Elsewhere({})  # type: ignore[assignment]
    for _ in range(2):
        site.pull(number)
        site.clock.later(hours=1)
    with site.newsroom.view() as view:
        (found,) = sources.overviews(view)
        assert (found.health, found.failing_since) == ("failing", int(view.now().timestamp()) - 7200)
