"""The sources: their list, one of them, adding and changing, orders, and what is never shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest

from tests.admin.client import Client
from tests.content.desk import NOON, article
from tests.store.many import posts as plant
from wirepress.admin.live import Fragment
from wirepress.model.order import OrderKind
from wirepress.model.web import Request
from wirepress.model.wire import Memory, Origin, OriginFacts, Rights, Rules, Source, SourceKind
from wirepress.store import leases, runs
from wirepress.store import orders as order_store
from wirepress.store import sources as store
from wirepress.store.sources import save_origin
from wirepress.syndicate import sources

HERE = "admin.php?page=sources"
NOW = int(NOON.timestamp())
SECRET = "http://reader:s3cret@paper.example/feed"
FORM: Mapping[str, str] = {
    "action": "save", "url": "https://new.example/feed", "name": "New Paper", "kind": "feed", "rights": "full",
    "minutes": "15", "category": "World", "author": "editor", "date": "arrival", "comments": "open", "pings": "closed",
    "updates": "hold", "websub": "1",
    "canonical": "noindex", "whole_page": "1", "body": ".text", "links": "", "remove": ".ad", "unwrap": "",
}  # fmt: skip


def add(client: Client, url: str = "https://paper.example/feed", **given: Any) -> int:
    with client.newsroom.database.write() as unit:
        return store.add(unit, Source(0, url, **given))


def source(client: Client, number: int) -> Source:
    with client.newsroom.database.read() as unit:
        found = store.get(unit, number)
    assert found is not None
    return found


def ran(client: Client, number: int, *, error: str = "", ago: int = 600, seconds: int = 3, **facts: Any) -> None:
    """A look that was had."""
    with client.newsroom.database.write() as unit:
        begun, standing = NOW - ago, store.standing(unit, number)
        before = standing.attempts if standing else 0
        leases.claim(unit, number, "t", begun, begun + 900)
        run = runs.begin_run(unit, number, begun)
        leases.release(unit, number, "t", NOW + 600, Memory(error=error), before + 1 if error else 0)
        runs.end_run(unit, run, begun + seconds, error or "fine", facts | ({"error": error} if error else {}))


def test_the_list_says_how_each_source_is_doing(client: Client) -> None:
    assert "no sources yet" in client.get("editor", HERE).text
    fine, failing = add(client, name="Fine Paper"), add(client, "https://b.example/", name="Bad Paper")
    add(client, "https://c.example/", name="New Paper")
    add(client, "https://d.example/", name="Quiet Paper", active=False)
    slow = add(client, "https://e.example/", name="Slow Paper")
    ran(client, fine, created=2, found=5)
    for ago in (7200, 3600):
        ran(client, failing, error="the server answered with status 500", ago=ago)
    ran(client, slow, seconds=200)
    text = " ".join(client.get("editor", HERE).text.split())
    assert re.search(r"Fine Paper.*Fine.*10 minutes ago 2 new in 10 minutes", text)
    assert "Failing since June 15, 2025, 10:00 am The server answered with status 500." in text
    assert "Never run" in text
    assert "Paused" in text
    assert re.search(r"Slow Paper .* Slow ", text)
    for health, name in (("failing", "Bad"), ("never", "New"), ("paused", "Quiet"), ("slow", "Slow"), ("fine", "Fine")):
        shown = client.get("editor", f"{HERE}&health={health}").text
        assert re.findall(r"(\w+) Paper\s+(?:https|\w+\.example)", shown) == [name], health


def test_a_proposed_source_says_so_until_it_is_turned_on(client: Client) -> None:
    with client.newsroom.database.write() as unit:
        number = store.propose(unit, Source(0, "https://paper.example/feed", "New Paper"), NOW)
    for address in (HERE, f"{HERE}&health=proposed", f"{HERE}&source={number}"):
        text = client.get("administrator", address).text
        assert "Proposed, not turned on yet" in text
        assert "Turn on" in text
    assert "New Paper" not in client.get("administrator", f"{HERE}&health=paused").text
    client.post("administrator", HERE, {"source": str(number), "action": f"resume:{number}"})
    assert source(client, number).active
    assert "Proposed, not" not in client.get("administrator", HERE).text


def test_a_list_is_searched_and_sorted(client: Client) -> None:
    for name in ("Beta", "Alpha", "Gamma"):
        add(client, f"https://{name.lower()}.example/", name=name)

    def names(query: str) -> list[str]:
        return re.findall(r'class="title"[^>]*>(\w+)<', client.get("editor", HERE + query).html)

    assert names("") == ["Alpha", "Beta", "Gamma"]
    assert names("&orderby=name&order=desc") == ["Gamma", "Beta", "Alpha"]
    assert names("&s=BETA.ex") == ["Beta"]
    assert names("&kind=listing") == []
    assert names("&orderby=rate") == ["Gamma", "Alpha", "Beta"]


def test_a_source_without_a_name_is_found_by_what_its_feed_calls_itself(client: Client) -> None:
    add(client, "https://a.example/feed", memory=Memory(title="The Saltmarsh Courier"))
    add(client, "https://b.example/feed")
    found = client.get("editor", f"{HERE}&s=saltmarsh").text
    assert ("The Saltmarsh Courier" in found, "b.example" in found) == (True, False)


def test_sources_of_one_host_that_were_never_read_are_told_apart(client: Client) -> None:
    long = f"https://b.example/{'section/' * 20}sport"
    for url in ("https://a.example/news/", "https://a.example/?feed=rss2&cat=2", "http://a.example:8080/", long):
        add(client, url)
    names = re.findall(r'class="title"[^>]*>([^<]+)<', client.get("editor", HERE).html)
    *short, cut = map(unescape, names)
    assert sorted(short) == ["a.example/news", "a.example:8080", "a.example?feed=rss2&cat=2"]
    assert cut.startswith("b.example/section/")
    assert cut.endswith("/sport")
    assert len(cut) == sources.LONGEST_SHOWN


def test_a_page_of_the_list_takes_few_statements(client: Client) -> None:
    def statements() -> int:
        client.get("administrator", HERE)
        before = client.newsroom.database.statements
        assert client.get("administrator", HERE).status == 200
        return client.newsroom.database.statements - before

    ran(client, add(client), error="down")
    statements()
    few = statements()
    for number in range(60):
        ran(client, add(client, f"https://{number}.example/"), error="down" if number % 2 else "")
    assert statements() == few <= 12


def test_a_large_list_is_quick(client: Client) -> None:
    """A hundred thousand articles, two hundred sources."""
    with client.newsroom.database.write() as unit:
        ids = [store.add(unit, Source(0, f"https://{n}.example/", name=f"Paper {n}")) for n in range(200)]
        unit.run_many(
            "INSERT INTO origins (source, post, guid, url, url_key, canonical, content_hash, state, facts, first_seen,"
            " last_checked) VALUES (?, ?, ?, '', ?, '', '', 'live', '{}', ?, 0)",
            [(ids[n % 200], n + 1, f"g{n}", f"k{n}", NOW - n * 60) for n in range(100_000)],
        )
    client.get("editor", HERE)
    assert client.get("editor", HERE).status == 200


def test_no_page_shows_a_password(client: Client) -> None:
    number = add(client, SECRET)
    ran(client, number, error="down")
    with client.newsroom.database.write() as unit:
        order = order_store.place(unit, OrderKind.DISCOVER, 1, 0, {"url": SECRET}, NOW)
        order_store.take(unit, "w", NOW, NOW + 60)
        found = {"candidates": [candidate(SECRET)], "page": "feed"}
        order_store.finish(unit, order, "w", found, NOW)
    paths = (HERE, f"{HERE}&source={number}", f"{HERE}&order={order}", f"{HERE}&add=1&order={order}&candidate=1")
    for path in paths:
        page = client.get("administrator", path)
        assert page.status == 200
        assert "s3cret" not in page.html
        assert "reader:***@paper.example" in page.html or "order=" in path
    shown = "http://reader:***@paper.example/feed"
    kept = client.post("administrator", HERE, {**FORM, "url": shown, "source": number})
    assert kept.status == 303
    assert source(client, number).url == SECRET


def candidate(url: str, **given: Any) -> dict[str, Any]:
    return {"kind": "feed", "url": url, "title": "A <b>paper", "wordpress": False, "settings": {}, "total": 9,
            "entries": [{"title": "<script>alert(1)</script>", "link": "https://x.example/", "date": ""}],
            "warning": "", **given}  # fmt: skip


KINDS = {
    "wordpress": ("WordPress site", {}),
    "sitemap": ("Sitemap", {}),
    "listing": ("Listing page", {"links": "h3 a", "items": "li.card", "titles": "h3", "dates": "time"}),
    "article": ("Single article", {}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_kind_is_found_can_be_chosen_and_kept(client: Client, kind: str) -> None:
    word, settings = KINDS[kind]
    placed = client.post("administrator", HERE, {"action": "discover", "address": "new.example"})
    [number] = re.findall(r"order=(\d+)", placed.location)
    with client.newsroom.database.write() as unit:
        order = order_store.take(unit, "w", NOW, NOW + 60)
        assert order is not None
        one = candidate("https://new.example/", kind=kind, settings=settings)
        order_store.finish(unit, order.id, "w", {"page": "page", "candidates": [one]}, NOW)
    assert word in client.get("administrator", f"{HERE}&order={number}").html
    chosen = client.get("administrator", f"{HERE}&add=1&order={number}&candidate=1").html
    assert f'<option value="{kind}" selected' in chosen
    assert all(f'value="{value}"' in chosen for value in settings.values())
    form = {**FORM, "order": number, "candidate": 1, "kind": kind, "url": "https://new.example/", **settings}
    kept = client.post("administrator", HERE, form)
    assert "added=1" in kept.location
    with client.newsroom.view() as view:
        source = sources.get(view, sources.known(view, "https://new.example/"))
    assert (source.kind, {name: getattr(source.rules, name) for name in settings}) == (kind, settings)
    assert word in client.get("administrator", f"{HERE}&source={source.id}").html
    assert word in client.get("administrator", f"{HERE}&kind={kind}").html


def test_an_address_is_pasted_looked_at_chosen_and_kept(client: Client) -> None:
    placed = client.post("administrator", HERE, {"action": "discover", "address": "new.example"})
    assert placed.status == 303
    [number] = re.findall(r"order=(\d+)", placed.location)
    waiting = client.get("administrator", f"{HERE}&order={number}")
    assert 'http-equiv="refresh"' in waiting.html
    assert f"order={number}&amp;events=1" in waiting.html
    with client.newsroom.database.write() as unit:
        order = order_store.take(unit, "w", NOW, NOW + 60)
        assert order is not None
        assert order.given == {"url": "https://new.example"}
        listing = candidate("https://new.example/", kind="listing", settings={"links": ".card a"})
        order_store.finish(unit, order.id, "w", {"page": "page", "candidates": [listing]}, NOW)
    found = client.get("administrator", f"{HERE}&order={number}")
    assert "&lt;script&gt;alert(1)" in found.html
    assert "events=1" not in found.html
    chosen = client.get("administrator", f"{HERE}&add=1&order={number}&candidate=1")
    assert 'value=".card a"' in chosen.html
    form = {**FORM, "order": number, "candidate": 1, "kind": "listing", "links": ".card a"}
    tested = client.post("administrator", HERE, {**form, "action": "test"})
    assert tested.status == 303
    with client.newsroom.database.read() as unit:
        assert store.standings(unit) == []
    page = client.get("administrator", tested.location.partition("/wp-admin/")[2])
    assert 'value="New Paper"' in page.html
    kept = client.post("administrator", HERE, form)
    assert kept.status == 303
    assert "added=1" in kept.location
    assert source(client, 1) == Source(
        1, "https://new.example/feed", "New Paper", SourceKind.LISTING, Rights.FULL,
        rules=Rules(
            links=".card a", body=".text", remove=".ad", category="World", author="editor", date="arrival",  # type: ignore[arg-type]
            comments="open", canonical="noindex", updates="hold",  # type: ignore[arg-type]
        ),
        interval=900,
    )  # fmt: skip
    with client.newsroom.database.read() as unit:
        assert order_store.of_source(unit, 1, OrderKind.RUN) is not None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"url": "javascript:alert(1)"}, "no address"),
        ({"url": ""}, "no address"),
        ({"minutes": "0.1"}, "between a minute and thirty days"),
        ({"minutes": "soon"}, "between a minute and thirty days"),
        ({"author": "nobody"}, "no such user"),
        ({"kind": "listing"}, "which links"),
        ({"kind": "listing", "links": "a", "titles": "h3"}, "what holds one article"),
        ({"kind": "listing", "links": "a", "items": "* " * 30}, "no CSS selector"),
        ({"kind": "article", "whole_page": ""}, "own pages have to be read"),
        ({"body": "p["}, "no CSS selector"),
        ({"url": "https://paper.example/feed"}, "a source of this address already"),
        ({"category": "x" * 201}, "200 characters"),
        ({"filters": "reject if picture\n\nremove it"}, "Line 2: a line begins with accept"),
        ({"terms": "Football"}, "Line 1: a line looks like"),
        ({"max_age": "a week"}, "whole number of days"),
        ({"max_per_day": "5001"}, "5000 at most"),
        ({"max_per_run": "-1"}, "5000 at most"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client: Client, given: dict[str, str], said: str) -> None:
    add(client)
    page = client.post("administrator", HERE, {**FORM, "name": 'My "paper"', **given})
    assert page.status == 400
    assert said in page.text
    assert "My &#34;paper&#34;" in page.html
    with client.newsroom.database.read() as unit:
        assert len(store.standings(unit)) == 1


def test_a_source_is_changed(client: Client) -> None:
    number = add(client, rights=Rights.FULL, memory=Memory(etag="x", within="full"))
    kept = client.post("administrator", HERE, {**FORM, "source": number, "rights": "excerpt"})
    assert (kept.status, "updated=1" in kept.location, "order=" in kept.location) == (303, True, True)
    changed = source(client, number)
    assert (changed.name, changed.rights, changed.memory.etag, changed.memory.within) == (
        "New Paper", Rights.EXCERPT, "", "",
    )  # fmt: skip
    lines = "hold if words < 80\r\n\r\n  tag  Live if title contains live "
    directed = {"filters": lines, "terms": "* = nothing", "arrival": "pending", "byline": "names"}
    client.post("administrator", HERE, {**FORM, "source": number, "rights": "excerpt", **directed})
    rules = source(client, number).rules
    assert (rules.filters, rules.terms, rules.arrival, rules.byline) == (
        ("hold if words < 80", "tag Live if title contains live"), ("* = nothing",), "pending", "names",
    )  # fmt: skip
    bounds = {"max_age": " 7 ", "max_per_run": "3", "max_per_day": ""}
    client.post("administrator", HERE, {**FORM, "source": number, "rights": "excerpt", **bounds})
    rules = source(client, number).rules
    assert (rules.max_age, rules.max_per_run, rules.max_per_day) == (7, 3, 0)
    assert 'value="7"' in client.get("administrator", f"{HERE}&source={number}").html
    again = client.post("administrator", HERE, {**FORM, "source": number, "rights": "excerpt", "name": "Newer"})
    assert "order=" not in again.location
    wrong = client.post("administrator", HERE, {**FORM, "source": number, "body": "p["})
    assert wrong.status == 400
    assert "How it is doing" in wrong.text


def test_sources_are_paused_resumed_and_removed(client: Client) -> None:
    number, other = add(client), add(client, "https://b.example/")
    both = {"source": [number, other]}
    assert "paused=2" in client.post("administrator", HERE, {**both, "action": "bulk", "bulk-action": "pause"}).location
    assert not source(client, number).active
    assert "resumed=1" in client.post("administrator", HERE, {"action": f"resume:{number}"}).location
    assert source(client, number).active
    with client.newsroom.database.write() as unit:
        save_origin(unit, Origin(number, "g", "https://a.example/1", "a", NOON, NOON, post=1, facts=OriginFacts()))
    client.post("administrator", HERE, {**both, "action": "bulk", "bulk-action": "remove"})
    with client.newsroom.database.read() as unit:
        assert [(one.source.id, one.removed_at) for one in store.standings(unit)] == [(number, NOW)]
    assert "paper.example" not in client.get("administrator", HERE).text
    assert "paper.example" in client.get("administrator", f"{HERE}&health=removed").text
    assert "skipped=1" in client.post("administrator", HERE, {"action": f"pause:{other}"}).location


def test_editors_look_and_have_sources_looked_at_but_change_nothing(client: Client) -> None:
    number = add(client)
    page = client.get("editor", f"{HERE}&source={number}")
    assert "Run now" in page.text
    assert not re.search(r'name="action" value="(pause|resume|remove|save|test)', page.html)
    for action in (f"pause:{number}", f"resume:{number}", f"remove:{number}"):
        assert client.post("editor", HERE, {"action": action}).status == 403
    for action in ("save", "test"):
        assert client.post("editor", HERE, {**FORM, "action": action}).status == 403
    assert client.post("editor", HERE, {"action": "discover", "address": "a.example"}).status == 403
    assert client.get("editor", f"{HERE}&add=1").status == 403
    placed = client.post("editor", HERE, {"action": f"run:{number}"})
    assert placed.status == 303
    assert client.get("editor", placed.location.partition("/wp-admin/")[2]).status == 200
    [order] = re.findall(r"order=(\d+)", placed.location)
    assert client.post("editor", HERE, {"action": "cancel", "order": order}).status == 303
    assert "Stopped" in client.get("editor", f"{HERE}&source={number}&order={order}").text


def test_the_page_of_a_source_shows_looks_and_articles(client: Client) -> None:
    number = add(client, name="<i>Paper")
    with client.newsroom.database.write() as unit:
        plant(unit, [article(7, "a", title="<b>A story"), article(8, "b", title="Another")])
        for post in (7, 8):
            seen = datetime.fromtimestamp(NOW - 100 * post, UTC)
            url = "javascript:alert(1)" if post == 7 else "https://paper.example/8"
            save_origin(unit, Origin(number, f"g{post}", url, f"k{post}", seen, seen, post=post))
    entries = [
        {"title": "<u>One", "link": "https://x.example/", "result": "created", "detail": "", "post": 7},
        {"title": "Two", "link": "", "result": "skipped", "detail": "near-duplicate: like post 3", "post": 0},
    ]
    ran(client, number, created=1, found=9, reasons={"unchanged": 7, "near-duplicate": 1}, entries=entries,
        notes=["a picture was left out"])  # fmt: skip
    page = client.get("editor", f"{HERE}&source={number}")
    text = " ".join(page.text.split())
    assert "7 × nothing has changed since it came" in text
    assert "Two – nearly the same text is here already" in text
    assert "A picture was left out." in text
    assert text.index("<b>A story") < text.index("Another")
    assert "post.php?post=7&amp;action=edit" in page.html
    assert 'href="javascript:' not in page.html
    assert "<u>One" not in page.html


def test_what_is_not_there_is_said(client: Client) -> None:
    assert client.get("administrator", f"{HERE}&source=99").status == 404
    assert client.get("administrator", f"{HERE}&order=99").status == 404
    assert client.post("administrator", HERE, {"action": "run:99"}).status == 404


def follow(client: Client, role: str, order: int) -> Fragment:
    headers = {"host": "news.example.com", "cookie": client.cookies.get(role, "")}
    query = f"page=sources&order={order}&events=1"
    return client.admin.follow(Request("GET", "/wp-admin/admin.php", query, headers, b"", "192.0.2.7", "https"))


def test_a_panel_follows_an_order(client: Client) -> None:
    number = add(client)
    client.post("editor", HERE, {"action": f"run:{number}"})
    with client.newsroom.database.write() as unit:
        order_store.take(unit, "w", NOW, NOW + 60)
        order_store.tell(unit, 1, "w", {"done": 2, "found": 8, "created": 1, "reasons": {"unchanged": 1}}, NOW + 60)
    working = follow(client, "editor", 1)
    assert (working.status, working.ended, working.user) == (200, False, 2)
    assert "2 of 8 articles looked at · 1 new" in working.html
    with client.newsroom.database.write() as unit:
        order_store.fail(unit, 1, "w", "<b>it is down", NOW)
    failed = follow(client, "editor", 1)
    assert failed.ended
    assert "&lt;b&gt;it is down." in failed.html
    assert [follow(client, role, 1).status for role in ("author", "subscriber", "")] == [403, 403, 401]
    assert follow(client, "editor", 2).status == 404
