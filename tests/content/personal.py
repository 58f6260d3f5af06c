"""A person whose data lies wherever a site can hold any, and how to look for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, text

from tests.content.desk import article
from tests.store import many
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.languages import language_of
from wirepress.content.newsroom import Newsroom
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.content.privacy import archive, erasing
from wirepress.content.privacy.erasing import Report, Wish
from wirepress.content.privacy.subject import Subject, address_of, subject_of
from wirepress.model.audit import Actor
from wirepress.model.comment import Comment
from wirepress.model.order import OrderKind
from wirepress.model.takedown import Takedown
from wirepress.model.user import ApplicationPassword, Session, User
from wirepress.model.wire import Rules, Source
from wirepress.store import (
    attempts,
    comments,
    device_links,
    orders,
    posts,
    second_factors,
    sessions,
    sources,
    takedowns,
    users,
)
from wirepress.store.attempts import Tally
from wirepress.store.unit import Unit

ADDRESS = "Zoe.Quill+news@Reader.example"
NAME = "Zoë Quillfeather"
ZOE = 77
MARKS = ("quillfeather", "zoe.quill", "zquill", "203.0.113.77", "quillbrowser", "quillsite")
ACTOR = Actor("browser", ZOE, "zquill", "203.0.113.77", "QuillBrowser/1")
SAID = Comment(
    0, 1, author_name=NAME, author_email=ADDRESS, author_url="https://quillsite.example/", author_ip="203.0.113.77",
    agent="QuillBrowser/1", content="I disagree.", meta={"akismet_history": [{"user": ADDRESS}], "rating": ["4"]},
)  # fmt: skip


def with_account(unit: Unit, *, written: bool = True) -> None:
    """An account with everything that an account can have."""
    zoe = User(
        ZOE, "zquill", "zquill", email=ADDRESS.lower(), url="https://quillsite.example/", name=NAME, first_name="Zoë",
        last_name="Quillfeather", nickname="zquill", description=NAME, password="$P$x", grants={"author": True},
        meta={"twitter": ["@zquill"], "session_tokens": [{"quillhash": {}}]},
    )  # fmt: skip
    many.users(unit, [zoe])
    unit.actor = ACTOR
    sessions.add(unit, Session("hash", ZOE, 100, 2**40, "203.0.113.77", "QuillBrowser/1"))
    password = ApplicationPassword("uuid-1", ZOE, "Quillbrowser on a phone", "$generic$x", last_ip="203.0.113.77")
    users.add_application_password(unit, password)
    second_factors.put(unit, ZOE, "SECRETOFZOE")
    second_factors.set_recovery(unit, ZOE, ["a", "b"])
    device_links.add(unit, "linkhash", ZOE, 100)
    attempts.put(unit, [Tally("key", ZOE, 2, 100, 200)])
    orders.place(unit, OrderKind.DISCOVER, ZOE, 0, {"url": f"https://x.example/?for={ADDRESS}"}, 100)
    users.set_activation_key(unit, ZOE, "100:key")
    sources.add(unit, Source(0, "https://wire.example/feed", "Wire", rules=Rules(author="zquill")))
    if written:
        for number in range(5):
            posts.insert(unit, article(0, f"by-zoe-{number}", author=ZOE, title=f"Written {number}"))
        posts.insert(unit, article(0, "r", type="revision", status="inherit", author=ZOE, parent=1))


def with_comments(unit: Unit) -> None:
    for approved in ("1", "0", "spam", "trash"):
        comments.insert(unit, Comment(**{**values_of(SAID), "approved": approved}))
    comments.insert(unit, Comment(**{**values_of(SAID), "user": ZOE, "author_email": "former.zoe.quill@x.example"}))


def values_of(comment: Comment) -> dict[str, Any]:
    return {name: getattr(comment, name) for name in Comment.__slots__}


def with_rest(unit: Unit) -> None:
    """What lies elsewhere: in rows of a plugin, a take-down, the log, an old request."""
    row = {"name": NAME, "author_email": ADDRESS, "form_token": "tokenoftheform"}
    insert = 'INSERT INTO kept_rows (source_table, source_key, "row") VALUES (?, ?, ?)'
    unit.run(insert, ("wp_forms", "1", json.dumps(row)))
    unit.run(insert, ("wp_forms", "2", json.dumps({"mails": [ADDRESS.upper(), "other@x.example"]})))
    unit.run(insert, ("wp_forms", "3", json.dumps({"mail": "other@x.example"})))
    number = takedowns.add(unit, Takedown(at=1, user=ZOE, post=9, type="post", url="https://x.example/"))
    takedowns.keep_contents(unit, number, [("place", {}), ("comment", {**values_of(SAID), "meta": dict(SAID.meta)})])
    unit.note("setting.update", "option", "x", after=f"to {ADDRESS}")
    fields = {"type": "user_request", "status": "request-completed", "title": ADDRESS}
    posts.insert(unit, article(0, "export_personal_data", **fields))


def fill(newsroom: Newsroom) -> Newsroom:
    """A newsroom that holds a person wherever one can be held."""
    with newsroom.write(ACTOR) as view:
        posts.insert(view.unit, article(1, "first", author=2, title="First"), 1)
        with_account(view.unit)
        with_comments(view.unit)
        with_rest(view.unit)
    with newsroom.write() as view:
        block = '<!-- wp:post-author-name {"isLink":true} /--><!-- wp:latest-comments /--><p>Text</p>'
        post = posts.insert(view.unit, article(0, "with-blocks", author=ZOE))
        publishing.update(view, NEWSROOM, post, Changes(content=block))
    return newsroom


def subject(newsroom: Newsroom, address: str = ADDRESS) -> Subject:
    with newsroom.view() as view:
        return subject_of(view, address_of(address))


def erased(newsroom: Newsroom, address: str = ADDRESS, wish: Wish | None = None) -> Report:
    return erasing.erase(newsroom, address_of(address), wish or Wish())


def every_value(newsroom: Newsroom) -> Iterator[tuple[str, str]]:
    """Every value of every table that the database has, those of its search indexes as well."""
    with newsroom.database.read() as unit:
        seen = inspect(unit.connection)
        virtual = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%'"  # what they hold is in other tables
        unread = {row[0] for row in unit.rows(virtual)} if unit.dialect == "sqlite" else set()
        for table in {*seen.get_table_names()} - unread:
            for row in unit.connection.execute(text(f'SELECT * FROM "{table}"')).mappings():
                for column, value in row.items():
                    is_binary = isinstance(value, bytes | memoryview)
                    yield f"{table}.{column}", bytes(value).decode("latin-1") if is_binary else str(value)


def traces(newsroom: Newsroom, marks: tuple[str, ...] = MARKS) -> set[str]:
    return {place for place, value in every_value(newsroom) if any(mark in value.lower() for mark in marks)}


def in_files(folder: Path, marks: tuple[str, ...] = MARKS) -> set[str]:
    """The files that hold a mark anywhere, in free pages and logs as well."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.name for path in files if any(mark.encode() in path.read_bytes().lower() for mark in marks)}


def exported(newsroom: Newsroom, address: str = ADDRESS, language: str = "en_US") -> dict[str, Any]:
    with newsroom.view() as view:
        found = "".join(archive.json_of(view, subject_of(view, address_of(address)), language_of(language)))
    data: dict[str, Any] = json.loads(found)
    [(title, groups)] = data.items()
    assert address.strip() in title
    return dict(groups)
