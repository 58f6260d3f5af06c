"""Taking something down in the administration, by its address or from a list, and lifting that."""

from __future__ import annotations

import re

from tests.admin.client import Client, Form
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.post import Post
from wirepress.model.takedown import Takedown, TakedownQuery
from wirepress.store import posts, takedowns

HERE = "admin.php?page=takedowns"
HOSTILE = """"><img src=x onerror=alert(1)>'<script>alert(2)</script>"""


def written(client: Client, title: str = "Harbour") -> Post:
    with client.newsroom.write() as view:
        return publishing.create(view, NEWSROOM, "post", Changes(title=title, content="Text", status="publish"))


def all_of(client: Client) -> list[Takedown]:
    with client.newsroom.view() as view:
        return takedowns.find(view.unit, TakedownQuery())[0]


def is_there(client: Client, post: Post) -> bool:
    with client.newsroom.view() as view:
        return posts.get(view.unit, post.id) is not None


def test_from_a_list_to_the_take_down_and_back(client: Client) -> None:
    post = written(client)
    listed = client.get("editor", "edit.php").html
    found = re.search(rf'href="([^"]+page=takedowns&amp;post={post.id})"', listed)
    assert found is not None
    assert "page=takedowns" not in client.get("author", "edit.php").html
    form = client.get("editor", f"{HERE}&post={post.id}")
    assert f'value="{post.id}"' in form.html
    sent: Form = {
        "action": "take-down", "target": post.id, "reason": "A court says so", "notice": "Az. 5",
        "disclosure": "reason",
    }  # fmt: skip
    done = client.post("editor", HERE, sent)
    assert (done.status, "taken-down=1" in done.location) == (303, True)
    assert not is_there(client, post)
    [made] = all_of(client)
    assert (made.user, made.reason, made.notice, made.disclosure.value) == (2, "A court says so", "Az. 5", "reason")
    page = client.get("editor", f"{HERE}&taken-down=1")
    for text in ("It is taken down.", "Harbour", "A court says so", "Notice: Az. 5", made.digest, "Editor"):
        assert text in page.text, text
    lift = client.get("editor", f"{HERE}&takedown={made.id}")
    assert "the post is back as it was" in lift.text
    refused = client.post("editor", HERE, {"action": "lift", "takedown": made.id, "reason": " "})
    assert (refused.status, "Say why." in refused.text, "Why it is lifted" in refused.text) == (400, True, True)
    assert client.post("editor", HERE, {"action": "lift", "takedown": made.id, "reason": "Settled"}).status == 303
    assert is_there(client, post)
    lifted = client.get("editor", f"{HERE}&status=lifted")
    assert "Settled" in lifted.text
    assert f"post={post.id}&amp;action=edit" in lifted.html
    assert "Nothing was taken down" in client.get("editor", HERE).text


def test_what_is_refused_is_said_and_stays_typed(client: Client) -> None:
    sent: Form = {"action": "take-down", "target": "no-such-slug", "reason": "Why & <how>", "notice": "N", "erase": "1"}
    page = client.post("administrator", HERE, {**sent, "target": "http://["})
    assert page.status == 400
    assert "not an address of the web" in page.text
    assert 'value="Why &amp; &lt;how&gt;"' in page.html
    assert re.search(r'name="erase" value="1" checked', page.html)
    assert client.post("administrator", HERE, {"action": "else"}).status == 400
    assert all_of(client) == []


def test_what_was_written_is_shown_as_text(client: Client) -> None:
    post = written(client, f"Harbour {HOSTILE}")
    sent: Form = {"action": "take-down", "target": post.id, "reason": HOSTILE, "notice": HOSTILE}
    client.post("administrator", HERE, sent)
    client.post("administrator", HERE, {**sent, "target": "https://a.example/'><script>x</script>"})
    first, second = all_of(client)
    for place in (HERE, f"{HERE}&takedown={first.id}", f"{HERE}&takedown={second.id}", f"{HERE}&s=%22><script>"):
        html = client.get("administrator", place).html
        assert HOSTILE not in html
        assert "<script>x" not in html


def test_it_is_erased_and_searched(client: Client) -> None:
    for title in ("One", "Two"):
        post = written(client, title)
        client.post("editor", HERE, {"action": "take-down", "target": post.id, "reason": f"Reason {title}"})
    last, first = all_of(client)
    found = client.get("editor", f"{HERE}&s=reason+one").text
    assert ("Reason One" in found, "Reason Two" in found) == (True, False)
    assert "erased-content=1" in client.post("editor", HERE, {"action": "erase", "takedown": first.id}).location
    assert client.post("editor", HERE, {"action": "erase", "takedown": first.id}).status in (400, 409)
    assert "Nothing is kept" in client.get("editor", f"{HERE}&takedown={first.id}").text
    assert "The content was erased" in client.get("editor", HERE).text
    assert client.get("editor", f"{HERE}&takedown={last.id}").status == 200
    logged = client.get("administrator", "admin.php?page=audit&action=takedown")
    assert "takedown.erase" in logged.text
