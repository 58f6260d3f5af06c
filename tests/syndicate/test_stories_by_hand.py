"""Stories that somebody has merged or split, and what take-downs do to them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.syndicate.agencies import Desk, told
from tests.syndicate.desk import printed_plainly
from tests.syndicate.test_takedowns import lift, take_down
from wirepress.model.errors import Conflict, Invalid, NotFound
from wirepress.model.original import UpdatePolicy
from wirepress.store import prints
from wirepress.syndicate.comparing import catch_up


def test_one_that_was_split_off_is_published_and_stays_so(two: Desk) -> None:
    two.split("herald")
    assert two.told() == [[("herald", False)], [("courier", True)]]
    assert "Also published by" not in two.post("courier").content
    for _ in range(2):
        two.pull("herald")
        two.pull("courier")
        assert two.titles() == ["courier", "herald"]
        assert sorted(two.told()) == [[("courier", True)], [("herald", True)]]
    # A third paper joins what it is most like, and brings the two together no more.
    two.agencies.tell("mail", told("a") + told("more", 60))
    two.source("mail")
    two.pull("mail")
    assert sorted(map(sorted, two.told())) == [[("courier", True)], [("herald", True), ("mail", False)]]


def test_merged_by_hand_stays_merged(desk: Desk) -> None:
    for paper in ("courier", "herald"):
        desk.agencies.tell(paper, told(paper))
        desk.source(paper)
        desk.pull(paper)
    posts = [desk.post(paper).id for paper in ("courier", "herald")]
    story = desk.merge(posts=tuple(posts))
    assert [one.post for one in story.articles] == posts
    assert all(one.by_hand for one in story.articles)
    desk.agencies.tell("herald", told("another text"))
    desk.pull("herald")
    desk.pull("courier")
    assert desk.told() == [[("courier", True), ("herald", True)]]
    with pytest.raises(Invalid, match="two"):
        desk.merge(story.id)
    with pytest.raises(NotFound):
        desk.merge(story.id, 999)
    with pytest.raises(NotFound):
        desk.merge(story.id, posts=(2**70,))


def test_a_linked_one_that_was_merged_by_hand_is_never_published(two: Desk) -> None:
    two.agencies.tell("mail", told("mail"))
    two.source("mail")
    two.pull("mail")
    (story,) = two.stories()
    merged = two.merge(story.id, posts=(two.post("mail").id,))
    assert [one.title for one in merged.articles] == ["courier", "herald", "mail"]
    two.agencies.tell("herald", told("something else by now"))
    assert two.pull("herald").counts["created"] == 0
    assert two.told() == [[("courier", True), ("herald", False), ("mail", True)]]


def test_one_that_tells_something_else_by_now_leaves_by_itself(two: Desk) -> None:
    two.agencies.tell("herald", told("something else by now"))
    assert two.pull("herald").counts["created"] == 1
    assert (two.titles(), two.told()) == (["courier", "herald"], [[("courier", True)]])
    assert "Also published by" not in two.post("courier").content


def test_nobody_is_split_off_alone(two: Desk) -> None:
    two.split("herald")
    with pytest.raises(Conflict, match="only article"):
        two.split("herald")


def test_a_linked_original_that_is_taken_down_is_named_no_more(two: Desk) -> None:
    take_down(two.site, f"{two.agencies.url}/herald/one")
    assert "herald" not in two.post("courier").content.lower()
    assert two.told() == [[("courier", True)]]


def test_a_lift_brings_a_post_back_into_its_story(two: Desk) -> None:
    made = take_down(two.site, two.post("courier").id)
    assert two.told() == [[("herald", False)]]
    lift(two.site, made.id)
    assert two.told() == [[("courier", True), ("herald", False)]]
    assert "Also published by" in two.post("courier").content


def test_erased_titles_are_nowhere(two: Desk) -> None:
    take_down(two.site, two.post("courier").id, erase=True)
    with two.site.newsroom.database.read() as unit:
        assert unit.rows("SELECT title FROM story_articles WHERE gone = 1") == [("",)]


def test_stories_are_found_by_source_and_words(two: Desk) -> None:
    numbers = two.numbers
    assert len(two.stories(source=numbers["herald"])) == len(two.stories(search="HERA")) == 1
    assert two.stories(source=999) == two.stories(search="nothing like it") == []
    assert len(two.stories(search="/courier/one")) == 1


def test_posts_that_came_before_are_compared_as_well(two: Desk) -> None:
    with two.site.newsroom.database.write() as unit:
        unit.run("DELETE FROM text_prints")
        unit.run("DELETE FROM text_bands")
    assert catch_up(two.site.newsroom) == 1
    assert catch_up(two.site.newsroom) == 0
    with two.site.newsroom.database.read() as unit:
        (kept,) = prints.of_post(unit, two.post("courier").id)
    assert kept.source == two.numbers["courier"]
    two.agencies.tell("mail", told("a"))
    two.source("mail")
    assert two.pull("mail").reasons == {"near-duplicate": 1}


def test_what_changes_in_an_original_is_what_others_are_compared_with(two: Desk) -> None:
    two.agencies.tell("courier", told("rewritten"))
    two.pull("courier")
    for paper, text in (("mail", told("rewritten")), ("post", told("a"))):
        two.agencies.tell(paper, text)
        two.source(paper)
        two.pull(paper)
    assert two.titles() == ["courier", "post"]


def test_a_look_at_an_article_takes_few_statements(desk: Desk) -> None:
    """Beside what is asked once a look: two to compare it, three to keep what it is known again by, one so that its
    address says no more that something is gone, and three to write down which lists and neighbours it touches."""
    desk.source("courier")
    for number in range(3):
        desk.agencies.tell("courier", told(f"first {number}"), f"First {number}", f"first{number}")
    desk.pull("courier")
    counted = []
    for turn in (1, 5):
        for number in range(turn):
            desk.agencies.tell("courier", told(f"{turn} {number}"), f"{turn} {number}", f"{turn}-{number}")
        before = desk.site.newsroom.database.statements
        assert desk.pull("courier").counts["created"] == turn
        counted.append(desk.site.newsroom.database.statements - before)
    per_article = (counted[1] - counted[0]) / 4
    assert per_article <= 39, per_article


def test_update_policies_are_as_before(two: Desk) -> None:
    source = two.site.source(two.numbers["courier"])
    two.site.change(replace(source, rules=replace(source.rules, updates=UpdatePolicy.HOLD)))
    two.agencies.tell("courier", told("b"))
    assert two.pull("courier").counts["offered"] == 1


@pytest.mark.parametrize("erased", [False, True])
def test_near_copies_of_what_was_taken_down_are_possible_again_once_that_is_lifted(desk: Desk, erased: bool) -> None:
    desk.agencies.tell("courier", told("a"))
    desk.source("courier")
    desk.pull("courier")
    down = take_down(desk.site, desk.post("courier").id, erase=erased)
    desk.agencies.tell("herald", told("a") + told("more", 60))
    desk.source("herald")
    for _ in range(2):
        desk.pull("herald")
        assert desk.titles() == []
    lift(desk.site, down.id)
    desk.pull("herald")
    expected = ["herald"] if erased else ["courier"]
    assert desk.titles() == expected
    assert desk.told() == ([] if erased else [[("courier", True), ("herald", False)]])


def test_a_text_that_was_printed_plainly_names_further_sources(desk: Desk) -> None:
    desk.agencies.tell("courier", told("a"))
    desk.source("courier")
    desk.pull("courier")
    printed_plainly(desk.site, desk.post("courier"))
    desk.agencies.tell("herald", told("a") + told("more", 60))
    desk.source("herald")
    desk.pull("herald")
    assert "Also published by" in desk.post("courier").content
