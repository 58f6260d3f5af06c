"""Comments sent from a form, and pages of comments, against what WordPress answered (`comment_forms.py`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.golden.comment_forms import LAST, cookies_in, plain, recorded, seen_in
from tests.golden.site import NOW, newsroom_of
from wirepress.app.clock import FrozenClock
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import Settings
from wirepress.content import options
from wirepress.content.comments.traps import HASTY, form_time
from wirepress.content.identity import sessions
from wirepress.content.identity.cookies import LOGGED_IN, Jar
from wirepress.content.newsroom import Newsroom
from wirepress.content.people import users
from wirepress.model.web import Request, Response
from wirepress.site.commenting import PATH, TIME
from wirepress.store import comments as store

CASES = recorded()
FORMS = [case for case in CASES if "forms" in case]
PAGES = [case for case in CASES if "path" in case]
KNOWN: Mapping[str, str] = {
    "remembered": "who has sent a comment is shown it by the address, not by a cookie that anybody can write",
    "no need of ''": "as above: there is no cookie either",
    "no need of 'nope'": "as above",
    "of subscriber": "as above, of those who have logged in",
    "zero name": "a name that is nothing to PHP; the API takes none either",
    "back elsewhere": "leads to the comment rather than to the administration",
    "answer elsewhere": "what stands under another post is no parent",
}
"""Cases that differ, with the reason."""


@pytest.fixture(scope="module")
def dispatcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dispatcher]:
    folder = tmp_path_factory.mktemp("forms")
    yield (made := Dispatcher(newsroom_of("golden", folder), Settings(folder)))
    made.newsroom.database.close()


def form_times(newsroom: Newsroom) -> dict[str, str]:
    """The times of forms that were made a while ago, by their posts."""
    posts = {fields["comment_post_ID"] for case in FORMS for fields in case["forms"]}
    newsroom.clock = FrozenClock(NOW.replace(hour=11, minute=59, second=60 - 2 * HASTY))
    with newsroom.view() as view:
        found = {post: form_time(view, int(post.removesuffix("abc").strip() or 0)) for post in posts}
    newsroom.clock = FrozenClock(NOW)
    return found


def turned(newsroom: Newsroom, given: Mapping[str, str]) -> dict[str, Any]:
    """Sets options and gives their values before."""
    with newsroom.write() as view:
        before = {name: view.site.option(name) for name in given}
        for name, value in given.items():
            options.set(view.unit, name, value)
    return before


def logged_in(newsroom: Newsroom, login: str) -> str:
    with newsroom.write() as view:
        user = users.by_login(view, login)
        assert user is not None
        session = sessions.begin(view, user, remember=False)
        return f"{Jar(view.site, secure=True).name(LOGGED_IN)}={sessions.cookie(view, user, session, LOGGED_IN)}"


def sent(dispatcher: Dispatcher, case: dict[str, Any], times: Mapping[str, str], remote: str) -> Response:
    headers = {"host": "news.example.com", "content-type": "application/x-www-form-urlencoded"}
    if case["as"]:
        headers["cookie"] = logged_in(dispatcher.newsroom, case["as"])
    response = Response(0)
    for fields in case["forms"]:
        body = urlencode({**fields, TIME: times[fields["comment_post_ID"]]}).encode()
        response = dispatcher.answer(Request("POST", PATH, "", headers, body, remote, "https"))
    return response


def removed(newsroom: Newsroom) -> list[str] | None:
    """What is kept of the last comment that came; all that came are removed."""
    with newsroom.write() as view:
        ids = [row[0] for row in view.unit.rows("SELECT id FROM comments WHERE id > ? ORDER BY id", (LAST,))]
        last = store.get(view.unit, ids[-1]) if ids else None
        for number in ids:
            store.delete(view.unit, number)
    if last is None:
        return None
    named = (last.author_name, last.author_email, last.author_url, last.content)
    return [last.approved, str(last.user), str(last.parent), *named]


def test_forms_are_taken_as_wordpress_takes_them(dispatcher: Dispatcher) -> None:
    newsroom, wrong = dispatcher.newsroom, []
    times = form_times(newsroom)
    for place, case in enumerate(FORMS):
        before = turned(newsroom, case["turned"])
        response = sent(dispatcher, case, times, f"192.0.{place}.7")
        turned(newsroom, before)
        kept = removed(newsroom)
        lines = " ".join(value for name, value in response.headers if name.lower() == "set-cookie")
        found = {
            "status": response.status,
            "location": plain(dict(response.headers).get("location", "")),
            "cookies": cookies_in(lines),
            "kept": kept if response.status == 302 else None,
        }
        if (found != case["expect"]) != (case["name"] in KNOWN):
            wrong.append((case["name"], case["expect"], found))
    assert wrong == [], "\n".join(map(str, wrong))


def test_pages_of_comments_are_cut_as_wordpress_cuts_them(dispatcher: Dispatcher) -> None:
    wrong = []
    for case in PAGES:
        before = turned(dispatcher.newsroom, case["turned"])
        path, _, query = case["path"].partition("?")
        response = dispatcher.answer(Request("GET", path, query, {"host": "news.example.com"}))
        turned(dispatcher.newsroom, before)
        found = seen_in(response.status, dict(response.headers), response.body.decode())
        if found != case["expect"]:
            wrong.append((case["name"], case["expect"], found))
    assert wrong == [], "\n".join(map(str, wrong))


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
def test_nothing_but_forms_is_taken(dispatcher: Dispatcher, method: str) -> None:
    response = dispatcher.answer(Request(method, PATH, "", {"host": "news.example.com"}))
    assert (response.status, dict(response.headers)["allow"]) == (405, "POST")
