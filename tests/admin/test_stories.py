"""Stories in the administration: listed, filtered, merged and split, without script."""

from __future__ import annotations

import re

from tests.admin.client import Client, Form
from tests.admin.test_takedowns import HOSTILE, written
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import trash
from wirepress.content.stories import reading
from wirepress.model.story import Story, StoryQuery
from wirepress.syndicate.stories.deciding import merge

HERE = "admin.php?page=stories"


def made(client: Client, *titles: str) -> Story:
    posts = [written(client, title).id for title in titles]
    with client.newsroom.write() as view:
        return merge(view, NEWSROOM, (), posts)


def all_of(client: Client) -> list[Story]:
    with client.newsroom.view() as view:
        return reading.browse(view, NEWSROOM, StoryQuery())[0]


def test_stories_are_merged_and_split(client: Client) -> None:
    first, second = made(client, "Harbour", "Flood"), made(client, "Water", "Rain")
    page = client.get("editor", HERE)
    for text in ("Harbour", "Flood", "Water", "Rain", "Written here", "by hand", "2 items"):
        assert text in page.text, text
    sent: Form = {"action": "merge", "story": [str(first.id), str(second.id)]}
    done = client.post("editor", HERE, sent)
    assert (done.status, "merged=2" in done.location) == (303, True)
    (story,) = all_of(client)
    assert (story.id, len(story.articles)) == (first.id, 4)
    assert "2 stories are one now" in client.get("editor", f"{HERE}&merged=2").text
    last = story.articles[-1]
    done = client.post("editor", HERE, {"action": f"split:{last.id}", "s": "rain"})
    assert (done.status, "split=1" in done.location, "s=rain" in done.location) == (303, True, True)
    assert [len(one.articles) for one in all_of(client)] == [1, 3]
    alone = client.post("editor", HERE, {"action": f"split:{last.id}"})
    assert (alone.status, "only article" in alone.text) == (400, True)
    assert f'value="split:{last.id}"' not in client.get("editor", HERE).html
    assert "story.merge" in client.get("administrator", "admin.php?page=audit&action=story").text


def test_what_is_refused_is_said_and_stays_chosen(client: Client) -> None:
    story = made(client, "Harbour", "Flood")
    page = client.post("editor", HERE, {"action": "merge", "story": str(story.id)})
    assert (page.status, "Choose two stories or more." in page.text) == (400, True)
    assert re.search(rf'value="{story.id}" data-row checked', page.html)
    assert client.post("editor", HERE, {"action": "merge"}).status == 400
    assert client.post("editor", HERE, {"action": "else"}).status == 400
    assert len(all_of(client)) == 1


def test_the_list_is_narrowed(client: Client) -> None:
    made(client, "Harbour", "Flood")
    made(client, "Water", "Rain")
    found = client.get("editor", f"{HERE}&s=FLOO")
    assert ("Harbour" in found.text, "Water" in found.text, "1 item" in found.text) == (True, False, True)
    assert "There is no such story." in client.get("editor", f"{HERE}&s=nothing").text
    assert "There is no such story." in client.get("editor", f"{HERE}&source=7").text
    assert client.get("editor", f"{HERE}&source={2**80}").status == 200


def test_what_was_written_is_shown_as_text(client: Client) -> None:
    made(client, f"Harbour {HOSTILE}", "Flood")
    assert HOSTILE not in client.get("editor", f"{HERE}&s={HOSTILE}").html


def test_what_lies_in_the_trash_is_shown_as_that_and_what_is_deleted_is_not(client: Client) -> None:
    story = made(client, "Harbour", "Flood", "Water")
    with client.newsroom.write() as view:
        trash.trash(view, NEWSROOM, story.articles[1].post)
        trash.delete(view, story.articles[2].post)
    text = client.get("editor", HERE).text
    assert ("Flood" in text, "Trash" in text, "Water" in text) == (True, True, False)


def test_a_list_takes_few_statements(client: Client) -> None:
    counted = []
    for number in range(3):
        made(client, f"One {number}", f"Two {number}")
        client.get("editor", HERE)
        before = client.newsroom.database.statements
        client.get("editor", HERE)
        counted.append(client.newsroom.database.statements - before)
    assert counted[0] == counted[-1] <= 12
    assert "No two sources have told the same yet." not in client.get("editor", HERE).text
