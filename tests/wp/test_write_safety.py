"""Who may write any markup, and what becomes of writes that come at the same moment."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.wp.conftest import Writers
from tests.wp.writer import Answered, Writer
from wirepress.content.registry.roles import ROLES

MARKUP = '<b onclick="steal()">Text</b><script>steal()</script><a href="javascript:steal()">here</a>'
CLEAN = '<b>Text</b>steal()<a href="steal()">here</a>'
MANY = 6


def at_once(ask: Callable[[int], Answered]) -> list[Answered]:
    """What as many threads are answered that ask at the same moment."""
    answers: list[Answered] = []
    together = threading.Barrier(MANY)

    def run(number: int) -> None:
        together.wait()
        answers.append(ask(number))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.parametrize(
    ("role", "kept"), [("administrator", MARKUP), ("editor", MARKUP), ("author", CLEAN), ("contributor", CLEAN)]
)
def test_markup_is_filtered_but_for_who_may_write_any(writer: Writer, role: str, kept: str) -> None:
    for fields in ({"content": MARKUP}, {"excerpt": MARKUP}, {"title": MARKUP}):
        made = writer.post(role, "/posts", fields)
        assert made.status == 201, made.value
        (name,) = fields
        assert made.value[name]["raw"] == kept
        assert ("<script" in made.value[name]["rendered"]) is (kept == MARKUP)
        changed = writer.post(role, f"/posts/{made.value['id']}", {name: MARKUP + "!"})
        assert changed.value[name]["raw"] == kept + "!"


def test_another_role_may_be_given_the_right_and_one_may_lose_it(writers: Writers) -> None:
    roles: dict[str, Any] = {
        slug: {"name": role.name, "capabilities": dict(role.capabilities)} for slug, role in ROLES.items()
    }
    roles["author"]["capabilities"]["unfiltered_html"] = True
    roles["editor"]["capabilities"]["unfiltered_html"] = False
    writer = writers(options={"user_roles": roles})
    assert writer.post("author", "/posts", {"content": MARKUP}).value["content"]["raw"] == MARKUP
    assert writer.post("editor", "/posts", {"content": MARKUP}).value["content"]["raw"] == CLEAN


def test_what_is_said_of_terms_and_users_is_filtered_for_everybody(writer: Writer) -> None:
    said = '<a href="https://a.example" onclick="x()">a</a><script>x</script>'
    term = writer.post("administrator", "/categories", {"name": "Markup", "description": said})
    user = writer.post("administrator", "/users/me", {"description": said})
    for answered in (term, user):
        assert answered.value["description"] == '<a href="https://a.example">a</a>x'


def test_posts_of_one_title_get_slugs_of_their_own(writer: Writer) -> None:
    answers = at_once(lambda _: writer.post("editor", "/posts", {"title": "Same", "status": "publish"}))
    assert {answer.status for answer in answers} == {201}
    assert {answer.value["slug"] for answer in answers} == {"same", *(f"same-{n}" for n in range(2, MANY + 1))}
    assert len({answer.value["id"] for answer in answers}) == MANY


def test_terms_of_one_name_are_one(writer: Writer) -> None:
    answers = at_once(lambda _: writer.post("editor", "/categories", {"name": "Same"}))
    assert Counter(answer.status for answer in answers) == {201: 1, 400: MANY - 1}
    made = next(answer.value["id"] for answer in answers if answer.status == 201)
    assert {a.value["data"]["term_id"] for a in answers if a.code == "term_exists"} == {made}


def test_users_of_one_name_or_address_are_one(writer: Writer) -> None:
    def person(number: int) -> dict[str, str]:
        login = "same" if number % 2 else f"other{number}"
        return {"username": login, "email": "same@news.example.com", "password": "x"}

    answers = at_once(lambda number: writer.post("administrator", "/users", person(number)))
    assert Counter(answer.status for answer in answers) == {201: 1, 500: MANY - 1}
    assert {a.code for a in answers if a.status == 500} <= {"existing_user_login", "existing_user_email"}
