"""What two sources tell alike becomes one story: linked, held or apart, merged and split by hand."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.net.loopback import Loopback, reply
from tests.syndicate.agencies import Desk, told
from tests.syndicate.test_takedowns import take_down
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing, trash
from wirepress.content.posts.changes import Changes
from wirepress.content.stories import reading
from wirepress.model.story import Duplicates
from wirepress.model.wire import Arrival, Rights, Rules
from wirepress.store import posts as post_store
from wirepress.syndicate import comparing
from wirepress.syndicate.comparing import forget_old


def test_a_further_source_is_linked_where_the_first_is(two: Desk) -> None:
    assert two.titles() == ["courier"]
    assert two.told() == [[("courier", True), ("herald", False)]]
    (story,) = two.stories()
    assert story.articles[1].likeness >= 90
    url = two.agencies.url
    attribution = two.post("courier").content.rpartition("<!-- wp:paragraph")[2]
    assert f'First published by <a href="{url}/courier/one">The Courier</a>.' in attribution
    assert f'Also published by <a href="{url}/herald/one">The Herald</a>.' in attribution
    epoch = two.site.epoch()
    assert two.pull("herald").counts["created"] == 0
    assert (two.told(), two.site.epoch()) == ([[("courier", True), ("herald", False)]], epoch)


def test_the_first_goes_on_with_its_source_and_names_the_others(two: Desk) -> None:
    two.agencies.tell("courier", told("b"))
    assert two.pull("courier").counts["revised"] == 1
    content = two.post("courier").content
    assert told("b", 260).split()[3] in content
    assert "Also published by" in content


def test_an_editor_s_text_is_left_alone(desk: Desk) -> None:
    desk.agencies.tell("courier", told("a"))
    desk.agencies.tell("herald", told("a"))
    for paper in ("courier", "herald"):
        desk.source(paper)
    desk.pull("courier")
    post = desk.post("courier")
    edited = post.content.replace("he said", "she said", 1)
    with desk.site.newsroom.write() as view:
        publishing.update(view, NEWSROOM, post.id, Changes(content=edited))
    desk.pull("herald")
    assert desk.post("courier").content == edited
    assert desk.told() == [[("courier", True), ("herald", False)]]


@pytest.mark.parametrize(("arrival", "status"), [(Arrival.PUBLISH, "pending"), (Arrival.DRAFT, "draft")])
def test_a_further_one_is_held(desk: Desk, arrival: Arrival, status: str) -> None:
    desk.agencies.tell("courier", told("a"))
    desk.agencies.tell("herald", told("a"))
    desk.source("courier")
    desk.source("herald", Duplicates.HOLD, arrival=arrival)
    desk.pull("courier")
    assert desk.pull("herald").counts["created"] == 1
    assert (desk.titles(), desk.titles(status)) == (["courier"], ["herald"])
    assert desk.told() == [[("courier", True), ("herald", True)]]


def test_further_ones_are_published_as_one_story(desk: Desk) -> None:
    for paper in ("courier", "herald", "mail"):
        desk.agencies.tell(paper, told("a") + told(paper, 40))
        desk.source(paper, Duplicates.SEPARATE)
        desk.pull(paper)
    assert desk.titles() == ["courier", "herald", "mail"]
    assert desk.told() == [[("courier", True), ("herald", True), ("mail", True)]]
    with desk.site.newsroom.view() as view:
        others = reading.others_of(view, desk.post("herald"))
    assert {post.title for post in others} == {"courier", "mail"}


def test_articles_on_one_event_are_two(desk: Desk) -> None:
    quoted = told("quoted", 60)
    desk.agencies.tell("courier", told("a") + quoted)
    desk.agencies.tell("herald", told("b") + quoted)
    for paper in ("courier", "herald"):
        desk.source(paper)
        desk.pull(paper)
    assert (desk.titles(), desk.told()) == (["courier", "herald"], [])


def test_an_excerpt_is_known_where_the_full_text_is(desk: Desk) -> None:
    """Under the rights of an excerpt no text is kept, and the summary is compared all the same."""
    text = told("a")
    words = re.sub("<[^>]*>", " ", text).split()

    def paper(path: str, headers: dict[str, str]) -> bytes:
        if path == "/brief":
            said = " ".join(words[:50])
            item = f"<item><title>Brief</title><link>/brief/one</link><description>{said}</description></item>"
            return reply(body=f"<rss version='2.0'><channel><title>B</title>{item}</channel></rss>".encode())
        return desk.agencies(path, headers)

    desk.agencies.tell("courier", text)
    with Loopback(paper) as press:
        desk.source("courier")
        desk.pull("courier")
        number = desk.site.add(f"{press.url}/brief", Rights.EXCERPT, rules=Rules(page=False))
        assert desk.site.pull(number).reasons == {"near-duplicate": 1}
    assert desk.told() == [[("courier", True), ("Brief", False)]]


@pytest.mark.parametrize("policy", list(Duplicates))
@pytest.mark.parametrize("how", ["trashed", "deleted", "taken down"])
def test_what_is_gone_here_comes_back_by_no_other_source(desk: Desk, how: str, policy: Duplicates) -> None:
    desk.agencies.tell("courier", told("a"))
    desk.agencies.tell("herald", told("a") + told("more", 50))
    desk.source("courier")
    desk.pull("courier")
    post = desk.post("courier")
    if how == "taken down":
        take_down(desk.site, post.id)
    else:
        with desk.site.newsroom.write() as view:
            (trash.delete if how == "deleted" else _trash)(view, post.id)
    desk.source("herald", policy)
    desk.site.clock.later(days=45)  # it is remembered for longer than others are compared
    forget_old(desk.site.newsroom)
    for _ in range(2):
        assert desk.pull("herald").counts["created"] == 0
    assert desk.titles() == []
    assert [story for story in desk.told() if ("herald", False) in story] == []


def _trash(view: object, post: int) -> None:
    trash.trash(view, NEWSROOM, post)  # type: ignore[arg-type] # the view of the test above


def test_one_that_an_editor_threw_away_stands_in_no_link_s_way(desk: Desk) -> None:
    for paper in ("courier", "herald", "mail"):
        desk.agencies.tell(paper, told("a"))
    desk.source("courier")
    desk.source("herald", Duplicates.SEPARATE)
    desk.source("mail")
    desk.pull("courier")
    desk.pull("herald")
    with desk.site.newsroom.write() as view:
        trash.trash(view, NEWSROOM, desk.post("herald").id)
    desk.pull("mail")
    assert desk.titles() == ["courier"]
    assert ("mail", False) in desk.told()[0]


def test_a_post_of_our_own_is_the_first(desk: Desk) -> None:
    with desk.site.newsroom.write() as view:
        text = (
            told("a").replace("<p>", "<!-- wp:paragraph -->\n<p>").replace("</p>", "</p>\n<!-- /wp:paragraph -->\n\n")
        )
        ours = publishing.create(view, NEWSROOM, "post", Changes(title="Ours", content=text, status="publish"))
    desk.agencies.tell("courier", told("a"))
    desk.source("courier")
    assert desk.pull("courier").reasons == {"near-duplicate": 1}
    assert desk.told() == [[("Ours", True), ("courier", False)]]
    with desk.site.newsroom.view() as view:
        assert post_store.load(view.unit, [ours.id])[ours.id].content == ours.content


def test_texts_are_compared_for_thirty_days(desk: Desk) -> None:
    desk.agencies.tell("courier", told("a"))
    desk.agencies.tell("herald", told("a"))
    desk.source("courier")
    desk.source("herald")
    desk.pull("courier")
    desk.site.clock.later(days=31)
    assert forget_old(desk.site.newsroom) == 1
    with desk.site.newsroom.database.read() as unit:
        assert (unit.rows("SELECT 1 FROM text_prints"), unit.rows("SELECT 1 FROM text_bands")) == ([], [])
    assert desk.pull("herald").counts["created"] == 1


def test_two_that_come_at_the_same_moment_are_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both workers have compared before either has written."""
    papers = [f"paper{number}" for number in range(4)]
    for paper in papers:
        desk.agencies.tell(paper, told("a"))
        desk.source(paper)
    together, like = Barrier(len(papers)), comparing.Comparison.like
    waited: set[int] = set()

    def at_once(comparison: comparing.Comparison, *given: object) -> object:
        found = like(comparison, *given)  # type: ignore[arg-type] # as it was called
        if comparison.source.id not in waited:
            waited.add(comparison.source.id)
            assert found is None
            together.wait(60)
        return found

    monkeypatch.setattr(comparing.Comparison, "like", at_once)
    with ThreadPoolExecutor(len(papers)) as threads:
        reports = list(threads.map(desk.site.pull, desk.numbers.values()))
    assert sorted(report.counts["created"] for report in reports) == [0, 0, 0, 1]
    assert len(desk.titles()) == 1
    (story,) = desk.told()
    assert sorted(has_post for _, has_post in story) == [False, False, False, True]
