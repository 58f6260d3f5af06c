"""The log of changes: what each door leaves in it, reading it, erasing persons."""

from __future__ import annotations

import re
from base64 import b64encode
from uuid import uuid4

from tests.admin.client import Client
from wirepress.content import audit, options
from wirepress.content.identity.passwords import hash_token
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.audit import Actor, AuditQuery, Entry
from wirepress.model.user import ApplicationPassword
from wirepress.model.web import Request
from wirepress.store import users

HERE = "admin.php?page=audit"


def entries(client: Client, **query: object) -> list[Entry]:
    with client.newsroom.view() as view:
        return audit.browse(view, NEWSROOM, AuditQuery(**query))[0]  # type: ignore[arg-type] # as a test names fields


def test_a_screen_leaves_the_account_and_the_address(client: Client) -> None:
    client.post("administrator", "admin.php?page=sources", {
        "action": "save", "url": "https://u:hush@a.example/feed", "kind": "feed", "minutes": "30", "rights": "link",
    })  # fmt: skip
    found = entries(client, object="source")
    assert {entry.action for entry in found} == {"source.create", "order.run"}
    assert {(entry.user, entry.kind, entry.login, entry.ip) for entry in found} == {
        (1, "browser", "administrator", "192.0.2.7")
    }
    assert "hush" not in repr(found)


def test_a_program_leaves_its_door(client: Client) -> None:
    with client.newsroom.write() as view:
        users.add_application_password(view.unit, ApplicationPassword(str(uuid4()), 2, "x", hash_token("secret")))
    headers = {
        "host": "news.example.com", "content-type": "application/json", "user-agent": "A program",
        "authorization": f"Basic {b64encode(b'editor:secret').decode()}",
    }  # fmt: skip
    body = b'{"title": "A story", "content": "Nobody else may know", "status": "publish"}'
    request = Request("POST", "/index.php/wp-json/wp/v2/posts", "", headers, body, "198.51.100.4", "https")
    assert client.api.answer(request).status == 201
    [made] = entries(client, action="post")
    assert (made.user, made.kind, made.action, made.agent) == (2, "application", "post.create", "A program")
    assert "Nobody" not in repr(made)


def test_what_the_newsroom_does_itself_is_the_process_s(client: Client) -> None:
    with client.newsroom.write() as view:
        publishing.create(view, NEWSROOM, "post", Changes(title="By itself", status="publish"))
    [made] = entries(client, action="post")
    assert (made.user, made.kind, made.person) == (0, "system", 0)


def test_the_log_is_read_searched_and_escaped(client: Client) -> None:
    with client.newsroom.write() as view:
        for number in range(60):
            options.set(view.unit, "blogname", f"<b>Name {number}")
            view.unit.note("post.update", "post", number + 1, fields=["title"])
    page = client.get("administrator", HERE)
    assert page.status == 200
    assert "of 2" in page.text
    assert "<b>Name" not in page.html
    found = client.get("administrator", f"{HERE}&action=setting&object=option&id=blogname")
    assert "<b>Name 59" in found.text
    assert len(re.findall("<tr data-key", found.html)) == 1
    assert "Nothing was changed" in client.get("administrator", f"{HERE}&to=2001-01-01").text
    assert "Nothing was changed" not in client.get("administrator", f"{HERE}&from=2001-01-01").text
    assert client.get("administrator", f"{HERE}&from=nonsense&to=9999-99-99&who=x").status == 200


def test_a_page_of_the_log_takes_few_statements(client: Client) -> None:
    def statements() -> int:
        client.get("administrator", HERE)
        before = client.newsroom.database.statements
        client.get("administrator", HERE)
        return client.newsroom.database.statements - before

    few = statements()
    with client.newsroom.write() as view:
        for number in range(200):
            view.unit.note("post.update", "post", number)
    assert statements() <= few + 1 <= 12


def test_persons_are_erased_and_the_erasure_is_noted(client: Client) -> None:
    for _ in range(2):
        client.post("editor", "admin.php?page=sources", {"action": "cancel", "order": 1})
    with client.newsroom.write(None) as view:
        view.unit.note("post.update", "post", 1)
    client.post("administrator", "admin.php?page=sources", {"action": "discover", "address": "a.example"})
    with client.newsroom.write() as view:
        assert audit.erase_person(client.newsroom, view, user=1) == 1
    text = client.get("administrator", f"{HERE}&action=order").text
    assert "erased" in text
    assert "192.0.2.7" not in text
    assert entries(client)[0].action == "person.erase"
    client.post("administrator", "admin.php?page=sources", {"action": "discover", "address": "b.example"})
    assert entries(client)[0].login == "administrator"


def changed_by_editor(client: Client) -> None:
    with client.newsroom.write(Actor("browser", 2, "editor", "192.0.2.7", "Their <b>browser")) as view:
        view.unit.note("post.update", "post", 1)


def test_an_administrator_erases_somebody_after_asking_again(client: Client) -> None:
    changed_by_editor(client)
    client.post("administrator", "admin.php?page=sources", {"action": "discover", "address": "b.example"})
    link = f"{HERE}&erase=1&who=2"
    assert link.replace("&", "&amp;") in client.get("administrator", f"{HERE}&who=2").html
    asked = client.get("administrator", link)
    assert "knows of Editor" in asked.text
    assert "192.0.2.7" in asked.text
    assert "Their <b>browser" in asked.text
    assert entries(client, who=2)[0].login == "editor"
    assert client.get("editor", link).status == 403
    assert client.post("editor", HERE, {"action": "erase", "who": 2}).status == 403
    done = client.post("administrator", HERE, {"action": "erase", "who": 2})
    assert (done.status, "erased=1" in done.location) == (303, True)
    assert (entries(client, who=2)[0].login, entries(client, who=2)[0].ip) == ("", "")
    noted = entries(client)[0]
    assert (noted.action, noted.object, noted.object_id, noted.user) == ("person.erase", "user", "2", 1)
    assert "editor" not in repr(noted)
    assert "knows nothing" in client.get("administrator", link).text


def test_what_came_from_an_address_is_listed_and_erased(client: Client) -> None:
    changed_by_editor(client)
    assert len(re.findall("<tr data-key", client.get("administrator", f"{HERE}&ip=192.0.2.7").html)) == 1
    assert "Nothing was changed" in client.get("administrator", f"{HERE}&ip=192.0.2.8").text
    assert "came from 192.0.2.7" in client.get("administrator", f"{HERE}&erase=1&ip=192.0.2.7").text
    client.post("administrator", HERE, {"action": "erase", "ip": "192.0.2.7"})
    assert entries(client, who=2)[0].ip == ""
    assert "192.0.2.7" not in repr(entries(client)[0].details)
    assert client.post("administrator", HERE, {"action": "erase"}).status == 303
    assert client.post("administrator", HERE, {"action": "erase", "who": -1}).status == 303
    assert len(entries(client, action="person")) == 1


def test_it_is_kept_for_as_long_as_the_site_wants(client: Client) -> None:
    with client.newsroom.write() as view:
        view.unit.note("post.update", "post", 1)
    with client.newsroom.write() as view:
        assert audit.trim(view) == 0
        view.unit.run("UPDATE audit SET at = at - ?", (366 * 86400,))
        options.set(view.unit, audit.DAYS, "0")
        assert audit.trim(view) == 0
        options.set(view.unit, audit.DAYS, "365")
        assert audit.trim(view) >= 1  # and the logins of those who are here


def test_the_api_shows_it_to_administrators(client: Client) -> None:
    with client.newsroom.write() as view:
        users.add_application_password(view.unit, ApplicationPassword(str(uuid4()), 1, "x", hash_token("secret")))
        view.unit.note("post.update", "post", 7, fields=["title"])
    headers = {"host": "news.example.com", "authorization": f"Basic {b64encode(b'administrator:secret').decode()}"}
    path = "/index.php/wp-json/wirepress/v1/audit"
    answer = client.api.answer(Request("GET", path, "action=post&per_page=1", headers, b"", "192.0.2.7", "https"))
    assert answer.status == 200
    assert b'"object_id":"7"' in answer.body
    assert b'"fields":["title"]' in answer.body
    assert dict(answer.headers)["X-WP-Total"] == "1"
