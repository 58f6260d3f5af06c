"""Merging an article that waits into the story of a post: a further source, and no second post."""

from __future__ import annotations

from contextlib import nullcontext

import pytest

from tests.syndicate.agencies import Desk, told
from wirepress.content.identity.viewer import NEWSROOM, Viewer
from wirepress.model.entry import EntryQuery, EntryRecord, EntryState
from wirepress.model.errors import Conflict, Forbidden, Invalid
from wirepress.model.wire import Duplicates
from wirepress.store import prints
from wirepress.syndicate import entries
from wirepress.syndicate.merging import merge, resembled


def waiting(desk: Desk, paper: str, text: str, **rules: object) -> EntryRecord:
    """An article that has come and waits for a decision."""
    desk.agencies.tell(paper, text)
    desk.source(paper, **rules)  # type: ignore[arg-type] # a test names rules as it likes
    desk.pull(paper)
    return entry(desk, paper)


def entry(desk: Desk, paper: str) -> EntryRecord:
    with desk.site.newsroom.view() as view:
        (found,) = entries.browse(view, EntryQuery(source=desk.numbers[paper]))[0]
    return found


def merged(desk: Desk, record: EntryRecord, into: int = 0) -> EntryRecord:
    with desk.site.newsroom.write() as view:
        return merge(view, NEWSROOM, record, into)


@pytest.fixture
def first(desk: Desk) -> int:
    desk.agencies.tell("courier", told("a"))
    desk.source("courier")
    desk.pull("courier")
    return desk.post("courier").id


def test_a_near_copy_becomes_a_source_of_what_it_resembles(desk: Desk, first: int) -> None:
    held = waiting(desk, "herald", told("a") + "<p>A further line.</p>", duplicates=Duplicates.HOLD)
    assert held.state is EntryState.HELD
    with desk.site.newsroom.view() as view:
        assert resembled(view, held) == first
    after = merged(desk, held)
    assert (after.state, after.reason, after.other, after.post) == (EntryState.DUPLICATE, "near-duplicate", first, 0)
    assert desk.told() == [[("courier", True), ("herald", False)]]
    assert "Also published by" in desk.post("courier").content
    for status in ("pending", "trash", "draft"):
        assert desk.titles(status) == []
    with desk.site.newsroom.database.read() as unit:
        assert prints.of_post(unit, held.post) == []
    # It stays so, whatever it says later, and does not bar others who tell the same.
    desk.agencies.tell("herald", told("something else by now"))
    desk.pull("herald")
    assert desk.told() == [[("courier", True), ("herald", False)]]
    desk.agencies.tell("mail", told("a") + "<p>A further line.</p>")
    desk.source("mail")
    desk.pull("mail")
    assert desk.titles() == ["courier"]
    assert len(desk.told()[0]) == 3
    with pytest.raises(Conflict):
        merged(desk, entry(desk, "herald"), first)


def test_what_a_rule_holds_is_merged_with_the_post_that_is_named(desk: Desk, first: int) -> None:
    held = waiting(desk, "herald", told("b"), filters=("hold",))
    with pytest.raises(Invalid, match="Name the post"):
        merged(desk, held)
    with pytest.raises(Invalid, match="Name the post"):
        merged(desk, held, held.post)
    with pytest.raises(Invalid, match="no such post"):
        merged(desk, held, 2**62)
    assert entry(desk, "herald") == held
    assert merged(desk, held, first).other == first
    assert desk.told() == [[("courier", True), ("herald", False)]]
    assert (desk.titles(), desk.titles("pending")) == (["courier"], [])


@pytest.mark.parametrize("lacks", ["delete_others_posts", "edit_published_posts", ""])
def test_whoever_merges_may_delete_the_one_and_edit_the_other(desk: Desk, first: int, lacks: str) -> None:
    held = waiting(desk, "herald", told("b"), filters=("hold",))
    has = {"edit_posts", "edit_others_posts", "edit_published_posts", "publish_posts", "delete_posts"}
    viewer = Viewer(capabilities=dict.fromkeys((has | {"delete_others_posts"}) - {lacks}, True))
    refused = pytest.raises(Forbidden) if lacks else nullcontext()
    with refused, desk.site.newsroom.write() as view:
        merge(view, viewer, held, first)
    assert entry(desk, "herald").state is (EntryState.HELD if lacks else EntryState.DUPLICATE)


@pytest.mark.parametrize("by", ["split", "accept"])
def test_one_that_was_merged_is_taken_after_all(desk: Desk, first: int, by: str) -> None:
    merged(desk, waiting(desk, "herald", told("b"), filters=("hold",)), first)
    if by == "split":
        desk.split("herald")
    else:
        with desk.site.newsroom.write() as view:
            entries.accept(view, NEWSROOM, entry(desk, "herald"))
    desk.pull("herald")
    assert len(desk.titles() + desk.titles("pending")) == 2
