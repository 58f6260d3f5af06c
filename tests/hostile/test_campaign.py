"""What looks for excesses finds them: a process that takes too much, that ends, that asks nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.hostile import campaign
from tests.hostile.campaign import Campaign, Told
from tests.hostile.growing import leaves, replaced
from tests.hostile.measure import LOCK, MEGABYTES, SECONDS_OF_CHANCE, Taken

GOOD = Taken("good", 200, "", SECONDS_OF_CHANCE, MEGABYTES, LOCK)


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(campaign, "FINDS", tmp_path / "finds")


def looked(taken: Taken) -> Campaign:
    """A look in which one request takes this, and whatever follows nothing."""

    def life(folder: Path, seed: int, told: Told) -> None:
        assert folder.is_dir()
        told.begins({"label": "asked"})
        told.ended(taken)

    look = Campaign("look", life)
    look.run(0.01, 1)
    return look


def test_what_is_within_the_bounds_is_no_find() -> None:
    assert looked(GOOD).found == {}


@pytest.mark.parametrize(
    ("taken", "kind"),
    [
        (Taken("slow", 200, "", SECONDS_OF_CHANCE + 1, 0, 0), "processor"),
        (Taken("large", 200, "", 0, MEGABYTES + 1, 0), "memory"),
        (Taken("held", 200, "", 0, 0, LOCK + 1), "lock"),
        (Taken("failed", 500, "internal_server_error", 0, 0, 0), "status 500, internal_server_error"),
        (Taken("raised", 0, "", 0, 0, 0, "raised ValueError"), "raised ValueError"),
    ],
)
def test_what_exceeds_one_is_found_and_kept(taken: Taken, kind: str) -> None:
    look = looked(taken)
    assert list(look.found) == [f"asked: {kind}"]
    assert [path.read_text() for path in campaign.FINDS.iterdir()] == [f'{{"label": "asked", "name": "{taken.name}"}}']


def test_what_wordpress_answers_with_500_is_none() -> None:
    assert looked(Taken("long", 500, "db_insert_error", 0, 0, 0)).found == {}


def test_a_process_that_ends_in_a_request_is_found_with_it() -> None:
    def life(folder: Path, seed: int, told: Told) -> None:
        told.begins({"label": "the end"})
        os._exit(3)

    look = Campaign("look", life)
    assert look.run(0.01, 1) == 1
    assert list(look.found) == ["the end: ended"]


def test_a_look_that_asked_nothing_is_no_success() -> None:
    assert Campaign("look", lambda folder, seed, told: None).run(0.01, 1) == 1


def test_each_part_of_a_body_can_be_replaced() -> None:
    body = {"a": [1, {"b": "x"}]}
    assert leaves(body) == [("a",), ("a", 0), ("a", 1), ("a", 1, "b")]
    assert replaced(body, ("a", 1, "b"), lambda text: text * 3) == {"a": [1, {"b": "xxx"}]}
    assert body == {"a": [1, {"b": "x"}]}
