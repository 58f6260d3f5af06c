"""The lists of the administration on a site of any size, as an administrator asks for them, in this process.

For each: the statements it takes, milliseconds by the clock and of processor time (the median of a few), kilobytes.
The session that asks is begun for this and ended with it.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from wirepress.app.dispatch import Dispatcher, compose
from wirepress.app.settings import load
from wirepress.content.identity import sessions
from wirepress.content.identity.cookies import AUTH, LOGGED_IN, Jar
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.people import users
from wirepress.model.user import User
from wirepress.model.web import Request

LOGIN: Final = "bench-editor"
SCREENS: Final = {
    "today": "",
    "posts": "edit.php",
    "posts, the last page": "edit.php?paged={last}",
    "posts, published, by title": "edit.php?post_status=publish&orderby=title&order=asc",
    "posts of a category": "edit.php?cat={category}",
    "posts of an author": "edit.php?author={author}",
    "posts of a month": "edit.php?m=202406",
    "posts, a word of half of them": "edit.php?s=bread",
    "posts, a rare word": "edit.php?s=dossier123x",
    "posts, the trash": "edit.php?post_status=trash",
    "pages": "edit.php?post_type=page",
    "pictures, grid": "upload.php?mode=grid",
    "pictures, list": "upload.php?mode=list",
    "pictures, a word": "upload.php?mode=list&s=bread",
    "pictures, images": "upload.php?mode=list&post_mime_type=image",
    "categories": "edit-tags.php?taxonomy=category",
    "tags": "edit-tags.php?taxonomy=post_tag",
    "tags, a word": "edit-tags.php?taxonomy=post_tag&s=bread",
    "comments": "edit-comments.php",
    "comments, approved": "edit-comments.php?comment_status=approved",
    "comments, a word": "edit-comments.php?s=bread",
    "users": "users.php",
    "users, a word": "users.php?s=reporter",
    "sources": "admin.php?page=sources",
    "log": "admin.php?page=audit",
    "menus": "nav-menus.php",
}


def run(folder: Path, posts: int, rounds: int = 5) -> None:
    """Prints a line for each list."""
    dispatcher = compose(load(folder))
    newsroom = dispatcher.newsroom
    print(f"\n{f'lists, {posts:,} posts':34}{'statements':>11}{'ms':>9}{'CPU ms':>9}{'kB':>7}")
    with asking(newsroom) as (cookie, places):
        for name, path in SCREENS.items():
            before = newsroom.database.statements
            size = one(dispatcher, path.format(**places), cookie)
            statements = newsroom.database.statements - before
            clock, processor = timed(dispatcher, path.format(**places), cookie, rounds)
            print(f"{name:34}{statements:11}{clock:9.1f}{processor:9.1f}{size / 1000:7.0f}", flush=True)
    newsroom.database.close()


def timed(dispatcher: Dispatcher, path: str, cookie: str, rounds: int) -> tuple[float, float]:
    """The medians of milliseconds by the clock and of processor time."""
    clock, processor = [], []
    for _ in range(rounds):
        begun, used = time.perf_counter(), time.process_time()
        one(dispatcher, path, cookie)
        clock.append(1000 * (time.perf_counter() - begun))
        processor.append(1000 * (time.process_time() - used))
    return statistics.median(clock), statistics.median(processor)


def one(dispatcher: Dispatcher, path: str, cookie: str) -> int:
    """Asks for a screen; how many bytes it has."""
    where, _, query = path.partition("?")
    given = {"host": "bench.example", "cookie": cookie}
    response = dispatcher.answer(Request("GET", f"/wp-admin/{where}", query, given, b"", "192.0.2.7", "http"))
    assert response.status == 200, (path, response.status, response.headers)
    return len(response.body)


@contextmanager
def asking(newsroom: Newsroom) -> Iterator[tuple[str, dict[str, int]]]:
    """A login of an administrator as a Cookie header, and ids to ask for."""
    with newsroom.write() as view:
        user = users.by_login(view, LOGIN) or users.create(
            view,
            users.UserChanges(login=LOGIN, email="bench@press.example", roles=("administrator",), password="!"),
        )
        cookie = begin(view, user)
        places = {
            "last": view.unit.rows("SELECT count(*) FROM posts WHERE type = 'post'")[0][0] // 20,
            "category": view.unit.rows("SELECT id FROM terms WHERE taxonomy = 'category' ORDER BY count DESC")[0][0],
            "author": view.unit.rows("SELECT author FROM posts WHERE type = 'post' ORDER BY id LIMIT 1")[0][0],
        }
    try:
        yield cookie, places
    finally:
        with newsroom.write() as view:
            sessions.end_others(view, user.id)


def begin(view: View, user: User) -> str:
    """A login that has just begun, as a Cookie header."""
    session = sessions.begin(view, user, remember=False)
    jar = Jar.of(view.site, Request("GET", "/"))
    values = {scheme: sessions.cookie(view, user, session, scheme) for scheme in (AUTH, LOGGED_IN)}
    return "; ".join(f"{jar.name(scheme)}={value}" for scheme, value in values.items())
