"""`wirepress/v1/entries`, `sources` and `runs`: what became of what came, how sources do, and deciding about both."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.syndicate.subscriptions import SECRET, plant
from tests.wp.writer import Writer
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.entry import EntryState, Finding
from wirepress.model.subscription import SubscriptionState
from wirepress.model.wire import Entry, Memory, Origin, OriginFacts, Source
from wirepress.store import backlog, entries, runs, sources
from wirepress.store.backlog import Waiting
from wirepress.store.entries import Named

ROUTE = "/wirepress/v1/entries"
SOURCES = "/wirepress/v1/sources"
RUNS = "/wirepress/v1/runs"
FEED = "https://wire.example/feed"
FACTS = OriginFacts(licence="CC BY", signals=("noarchive", "tdm-reservation"), narrowed=True)
LINE = 'hold if title contains "odd"'


def held(writer: Writer, name: str = "odd") -> tuple[int, int]:
    """An article that waits: the number of its entry, and its post."""
    with writer.newsroom.write() as view:
        source = sources.by_url(view.unit, FEED)
        number = source.id if source else sources.add(view.unit, Source(0, FEED, "The Wire"))
        changes = Changes(title=f"Story {name}", content="<p>Text</p>", status="pending")
        post = publishing.create(view, NEWSROOM, "post", changes)
        url, now = f"https://u:secret@wire.example/{name}", view.now()
        origin = sources.save_origin(
            view.unit, Origin(number, name, url, f"wire.example/{name}", now, now, post=post.id, facts=FACTS)
        )
        found = Finding(EntryState.TAKEN, "filtered", LINE)
        entries.note(view.unit, [(Named(number, name, url, f"Story {name}"), found)], int(now.timestamp()), origin)
        entry = entries.of_post(view.unit, post.id)
        assert entry is not None
        return entry.id, post.id


def test_entries_are_listed_with_their_reasons(writer: Writer) -> None:
    number, post = held(writer)
    with writer.newsroom.write() as view:
        backlog.keep(view.unit, [
            Waiting(1, Entry("gone", "https://wire.example/gone", "Gone"), EntryState.FAILED, due_at=1_800_000_000,
                    since=5, tries=2, error="no answer", reason="unavailable"),
        ])  # fmt: skip
    listed = writer.get("editor", ROUTE, "state=held&source=1&search=STORY")
    assert (listed.headers["x-wp-total"], listed.headers["x-wp-totalpages"]) == ("1", "1")
    [one] = listed.value
    assert (one["id"], one["post"], one["state"], one["reason"], one["detail"]) == (
        number,
        post,
        "held",
        "filtered",
        LINE,
    )
    assert one["link"] == "https://u:***@wire.example/odd"
    assert (one["license"], one["signals"], one["narrowed"]) == ("CC BY", list(FACTS.signals), True)
    assert "candidates" not in one
    assert writer.get("editor", f"{ROUTE}/{number}").value["candidates"] == [{"post": post, "by": "name"}]
    [failed] = writer.get("editor", ROUTE, "state[]=failed&state[]=dead").value
    assert (failed["license"], failed["signals"], failed["narrowed"]) == ("", [], False)
    assert (failed["tries"], failed["next"], failed["detail"]) == (2, "2027-01-15T08:00:00+00:00", "no answer")
    assert len(writer.get("editor", ROUTE, "per_page=1").value) == 1
    assert 'rel="next"' in writer.get("editor", ROUTE, "per_page=1").headers["link"]
    for query in ("state=else", "per_page=0", "source=x", "page=0"):
        assert writer.get("editor", ROUTE, query).code == "rest_invalid_param", query
    assert writer.get("editor", ROUTE, f"source={10**30}&search=%00%25").status == 200


def test_what_is_held_is_accepted_or_rejected_once(writer: Writer) -> None:
    first, post = held(writer)
    second, other = held(writer, "odder")
    assert writer.post("author", f"{ROUTE}/{first}/accept", {}).code == "rest_cannot_decide"
    done = writer.post("editor", f"{ROUTE}/{first}/accept", {})
    assert (done.status, done.value["state"], done.value["decided_by"]) == (200, "taken", 2)
    assert writer.get("", f"/posts/{post}").status == 200
    done = writer.post("administrator", f"{ROUTE}/{second}/reject", {"reason": "Old news"})
    assert (done.value["state"], done.value["reason"], done.value["detail"]) == ("rejected", "by-hand", "Old news")
    assert writer.get("administrator", f"/posts/{other}", "context=edit").value["status"] == "trash"
    late = writer.post("administrator", f"{ROUTE}/{first}/reject", {})
    assert (late.status, late.code) == (409, "rest_entry_decided")
    assert "Editor" in late.value["message"]
    assert writer.post("editor", f"{ROUTE}/{second}/retry", {}).code == "rest_entry_not_open"


BODIES: list[Any] = [
    b"{", b"\xff", {"reason": []}, {"reason": {"a": 1}}, {"reason": "x" * 501}, b'{"reason": ' + b"[" * 5_000,
]  # fmt: skip


def test_what_is_held_is_merged_with_a_post(writer: Writer) -> None:
    ours = writer.post("editor", "/posts", {"title": "Ours", "status": "publish"}).value["id"]
    number, post = held(writer)
    one = f"{ROUTE}/{number}/merge"
    assert writer.post("author", one, {"post": ours}).status == 403
    assert writer.post("editor", one, {}).code == "rest_entry_no_match"
    assert writer.post("editor", one, {"post": 0}).code == "rest_invalid_param"
    merged = writer.post("editor", one, {"post": ours}).value
    assert (merged["state"], merged["post"], merged["duplicate_of"]) == ("duplicate", 0, ours)
    assert writer.get("editor", f"/posts/{post}").status == 404
    assert writer.post("editor", one, {"post": ours}).code == "rest_entry_decided"


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_hostile_bodies_are_refused(writer: Writer, body: Any) -> None:
    number, post = held(writer)
    answer = writer.ask("editor", "POST", f"{ROUTE}/{number}/reject", body)
    assert (answer.status, answer.code) in ((400, "rest_invalid_json"), (400, "rest_invalid_param"))
    assert writer.get("editor", f"/posts/{post}", "context=edit").value["status"] == "pending"


def test_what_failed_is_tried_again(writer: Writer) -> None:
    held(writer)
    with writer.newsroom.write() as view:
        backlog.keep(
            view.unit, [Waiting(1, Entry("a", "https://wire.example/a"), EntryState.DEAD, tries=8, error="no")]
        )
        (dead,) = backlog.listed(view.unit, 1)
    answer = writer.post("editor", f"{ROUTE}/{dead.id}/retry", {})
    assert (answer.value["state"], answer.value["tries"], answer.value["detail"]) == ("left", 0, "")
    assert writer.post("editor", f"{ROUTE}/99999/retry", {}).status == 404


def test_a_source_is_proposed_until_somebody_turns_it_on(writer: Writer) -> None:
    with writer.newsroom.write() as view:
        number = sources.propose(view.unit, Source(0, FEED, "The Wire"), 1_700_000_000)
    shown = writer.get("editor", f"{SOURCES}/{number}").value
    assert (shown["active"], shown["proposed"], shown["health"], shown["next"]) == (False, True, "proposed", None)
    assert [one["id"] for one in writer.get("editor", SOURCES, "health=proposed").value] == [number]
    shown = writer.post("administrator", f"{SOURCES}/{number}/resume", {}).value
    assert (shown["active"], shown["proposed"], shown["health"]) == (True, False, "never")
    shown = writer.post("administrator", f"{SOURCES}/{number}/pause", {}).value
    assert (shown["proposed"], shown["health"]) == (False, "paused")


def test_a_source_is_made_changed_paused_run_and_removed(writer: Writer) -> None:
    sent = {
        "url": "https://u:secret@a.example/feed",
        "name": "A",
        "rights": "full",
        "filters": ["reject if words < 80"],
    }
    made = writer.post("administrator", SOURCES, sent)
    assert made.status == 201
    number = made.value["id"]
    assert made.headers["location"].endswith(f"{SOURCES}/{number}")
    assert made.value["url"] == "https://u:***@a.example/feed"
    assert (made.value["filters"], made.value["health"], made.value["interval"]) == (
        ["reject if words < 80"],
        "never",
        1800,
    )
    one = f"{SOURCES}/{number}"
    changed = writer.post("administrator", one, {"url": made.value["url"], "arrival": "pending", "interval": 600})
    assert (changed.value["arrival"], changed.value["interval"]) == ("pending", 600)
    limited = writer.post("administrator", one, {"max_age": 7, "max_per_run": 5, "max_per_day": 10})
    assert [limited.value[name] for name in ("max_age", "max_per_run", "max_per_day")] == [7, 5, 10]
    assert limited.value["left"] == {"left": 0, "waits": 0, "failed": 0, "dead": 0}
    with writer.newsroom.view() as view:
        kept = sources.get(view.unit, number)
    assert kept is not None
    assert (kept.url, kept.rights.value) == (sent["url"], "full")
    assert writer.post("administrator", f"{one}/pause", {}).value["active"] is False
    assert writer.post("administrator", f"{one}/resume", {}).value["health"] == "never"
    ordered = writer.post("editor", f"{one}/run", {})
    assert (ordered.status, ordered.value["source"], ordered.value["state"]) == (202, number, "waiting")
    assert writer.post("editor", f"{one}/run", {}).value["order"] == ordered.value["order"]
    again = writer.post("administrator", SOURCES, sent)
    assert (again.status, again.code) == (409, "rest_source_exists")
    held(writer)
    stays = writer.delete("administrator", f"{SOURCES}/{number + 1}")
    assert (stays.status, stays.value["removed"], stays.value["active"]) == (200, True, False)
    assert writer.post("administrator", SOURCES, {"url": FEED}).value["id"] == number + 1
    assert [row["id"] for row in writer.get("editor", SOURCES, "search=A.EXAMPLE").value] == [number]
    assert writer.get("editor", SOURCES, "health=failing").value == []
    gone = writer.delete("administrator", one)
    assert (gone.value["deleted"], gone.value["previous"]["id"]) == (True, number)
    assert writer.get("editor", one).code == "rest_source_invalid_id"


@pytest.mark.parametrize("sent", [
    {}, {"url": "no address"}, {"url": "https://a.example/f", "filters": ["nonsense"]},
    {"url": "https://a.example/f", "max_age": -1}, {"url": "https://a.example/f", "max_per_day": 5001},
    {"url": "https://a.example/f", "rights": "all"}, {"url": "https://a.example/f", "interval": 1},
    {"url": "https://a.example/f", "kind": "listing"}, {"url": "https://a.example/f", "links": "<<<"},
    {"url": "https://a.example/f", "author": "nobody-here"}, {"url": "https://a.example/" + "x" * 3000},
    {"url": ["https://a.example/f"]}, {"url": "https://a.example/f", "filters": ["reject"] * 101},
])  # fmt: skip
def test_a_source_that_cannot_be_is_refused_with_the_reason(writer: Writer, sent: dict[str, Any]) -> None:
    answer = writer.post("administrator", SOURCES, sent)
    assert answer.status == 400, answer.value
    assert answer.code in ("rest_missing_callback_param", "rest_invalid_param", "rest_bad_source", "rest_bad_setting")
    assert writer.get("administrator", SOURCES).value == []


def test_runs_say_what_came_of_them(writer: Writer) -> None:
    held(writer)
    facts = {
        "found": 5, "created": 2, "revised": 1, "pages": 6, "bytes": 99, "reasons": {"filtered": 2, "duplicate": 1},
        "rejecting": {"reject if words < 80": 2}, "holding": {LINE: 1}, "causes": {"no answer": 1}, "notes": ["n"],
        "entries": [{"title": "T", "link": "https://u:p@wire.example/t", "result": "created", "post": 3}],
    }  # fmt: skip
    with writer.newsroom.write() as view:
        number = runs.begin_run(view.unit, 1, 1_750_000_000)
        runs.end_run(view.unit, number, 1_750_000_009, "2 created", facts)
        runs.begin_run(view.unit, 1, 1_750_000_020)
    listed = writer.get("editor", RUNS, "source=1&per_page=1&page=2")
    assert listed.headers["x-wp-total"] == "2"
    [one] = listed.value
    assert {name: one[name] for name in ("new", "updated", "held", "duplicate", "found")} == {
        "new": 2, "updated": 1, "held": 1, "duplicate": 1, "found": 5,
    }  # fmt: skip
    assert one["rejecting"] == [{"why": "reject if words < 80", "number": 2}]
    assert one["failures"] == [{"why": "no answer", "number": 1}]
    assert (one["fetched"], one["entries"][0]["link"]) == ({"answers": 6, "bytes": 99}, "https://u:***@wire.example/t")
    assert writer.get("editor", f"{RUNS}/{number}").value == one | {
        "_links": writer.get("editor", f"{RUNS}/{number}").value["_links"]
    }
    assert writer.get("editor", RUNS, "source=2").value == []
    assert json.dumps(writer.get("editor", f"{RUNS}/{number + 1}").value["ended"]) == "null"
    assert writer.get("editor", f"{RUNS}/999").code == "rest_run_invalid_id"


def test_a_source_says_how_it_stands_with_its_hub(writer: Writer) -> None:
    number = writer.post("administrator", SOURCES, {"url": "https://paper.example/feed"}).value["id"]
    one = f"{SOURCES}/{number}"
    assert writer.get("editor", one).value["hub"] is None
    with writer.newsroom.view() as view:
        until = int(view.now().timestamp()) + 1000
    token = plant(writer.newsroom.database, number, until, SubscriptionState.DISTRUSTED)
    found = writer.get("editor", one)
    hub = found.value["hub"]
    assert {name: hub[name] for name in ("url", "state", "reason")} == {
        "url": "https://hub.example/push", "state": "distrusted", "reason": "",
    }  # fmt: skip
    assert hub["until"] == datetime.fromtimestamp(until, UTC).isoformat()
    assert writer.get("editor", SOURCES).value[0]["hub"] == hub
    assert SECRET not in str(found.value)
    assert token not in str(found.value)
    assert writer.post("administrator", one, {"websub": False}).value["websub"] is False


def test_a_source_without_a_name_is_found_by_what_its_feed_calls_itself(writer: Writer) -> None:
    with writer.newsroom.database.write() as unit:
        number = sources.add(unit, Source(0, FEED, memory=Memory(title="The Saltmarsh Courier")))
        sources.add(unit, Source(0, "https://b.example/feed"))
    assert [row["id"] for row in writer.get("editor", SOURCES, "search=SALTMARSH").value] == [number]
