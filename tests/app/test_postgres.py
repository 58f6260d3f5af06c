"""A site on PostgreSQL answers as the same site on SQLite does, byte for byte, from the command line to the socket."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy

from tests.golden.cases import Case, masked, reads, request_of
from tests.golden.site import TESTS
from tests.servers.process import free_port
from wirepress.app.dispatch import Dispatcher, compose
from wirepress.app.settings import load
from wirepress.model.web import Request, Response
from wirepress.store.database import Database

SERVER = os.environ.get("WIREPRESS_TEST_POSTGRES", "")
pytestmark = pytest.mark.skipif(not SERVER, reason="WIREPRESS_TEST_POSTGRES is unset: `make test-pg` sets it")
NOW = "2025-06-15T12:00:00Z"


def wirepress(site: Path, *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "wirepress", "--site", str(site), *words],
        env=os.environ | {"WIREPRESS_NOW": NOW},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """The golden site twice: in a file, and in a database of its own on the server."""
    name = f"wirepress_app_{uuid4().hex}"
    server = sqlalchemy.create_engine(SERVER, isolation_level="AUTOCOMMIT")
    home = tmp_path_factory.mktemp("sites")
    tables = home / "golden.sqlite"
    tables.write_bytes(gzip.decompress((TESTS / "golden" / "wordpress.sqlite.gz").read_bytes()))
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
        url = sqlalchemy.make_url(SERVER).set(database=name).render_as_string(hide_password=False)
        lite, postgres = home / "lite", home / "postgres"
        wirepress(lite, "init")
        wirepress(postgres, "init", "--database", url)
        for site in (lite, postgres):
            wirepress(site, "import", "wordpress", f"sqlite:///{tables}")
        yield lite, postgres
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    server.dispose()


@pytest.fixture(scope="module")
def dispatcher(folders: tuple[Path, Path]) -> Iterator[list[Dispatcher]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WIREPRESS_NOW", NOW)
        made = [compose(load(folder)) for folder in folders]
    yield made
    for one in made:
        one.newsroom.database.close()


def cases() -> list[Case]:
    return [case for case in reads() if case["method"] == "GET"]


def answered(dispatcher: Dispatcher, request: Request) -> tuple[int, list[tuple[str, str]], str]:
    """An answer without what is drawn at random."""
    answer = dispatcher.answer(request)
    return answer.status, answer.headers, plain(answer.body)


SIGNED = re.compile(r'(name="comment_form_time" value=")[^"]*')
"""The time in a comment form is signed with a key that each site has of its own."""


def plain(body: bytes) -> str:
    return SIGNED.sub(r"\1", masked(body.decode("latin-1")))


def test_every_recorded_read_is_answered_alike(dispatcher: list[Dispatcher]) -> None:
    different = []
    for case in cases():
        lite, postgres = (answered(one, request_of(case)) for one in dispatcher)
        if lite != postgres:
            different.append(f"{case['n']} {case['path']}?{case['query']} {lite[0]} {postgres[0]}")
    assert not different, "\n".join(different)


@pytest.fixture
def port(folders: tuple[Path, Path]) -> Iterator[int]:
    number = free_port()
    command = [sys.executable, "-m", "wirepress", "--site", str(folders[1]), "serve", "--workers", "2"]
    process = subprocess.Popen([*command, "--port", str(number)], env=os.environ | {"WIREPRESS_NOW": NOW})
    try:
        until = time.monotonic() + 60
        while not answers(number):
            assert time.monotonic() < until
            time.sleep(0.05)
        yield number
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


def answers(port: int) -> bool:
    try:
        return asked(port, "/-/health")[0] == 200
    except OSError:
        return False


def asked(port: int, target: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", target)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_a_served_site_says_the_same_whichever_process_answers(dispatcher: list[Dispatcher], port: int) -> None:
    anonymous = [case for case in cases() if not case["as"] and "/wp-json/" in case["path"]]
    chosen = anonymous[:: max(1, len(anonymous) // 40)]
    assert len(chosen) >= 40
    for case in chosen:
        target = f"{case['path']}?{case['query']}" if case["query"] else case["path"]
        wanted = dispatcher[0].answer(Request("GET", case["path"], case["query"], {}, b"", "127.0.0.1", "http"))
        for _ in range(4):
            status, body = asked(port, target)
            assert (status, plain(body)) == (wanted.status, plain(wanted.body)), target


ENDED = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def test_a_connection_that_ends_in_the_middle_of_an_answer_costs_nobody_an_error(
    dispatcher: list[Dispatcher], folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each answer's first statements find their connection ended by the server; they are made anew on others."""
    postgres = dispatcher[1]
    server = sqlalchemy.create_engine(load(folders[1]).database_url, isolation_level="AUTOCOMMIT")
    database = postgres.newsroom.database
    fetch = type(database).fetch
    ended: list[Any] = []

    def cut(self: Database, raw: Any, sql: str, params: Sequence[Any]) -> list[Any]:
        if not ended:
            with server.connect() as connection:
                ended.extend(connection.exec_driver_sql(ENDED).fetchall())
        return fetch(self, raw, sql, params)

    monkeypatch.setattr(type(database), "fetch", cut)
    try:
        for path in ("/wp-json/wp/v2/posts", "/", "/index.php/feed/", "/wp-login.php"):
            ended.clear()
            answer = postgres.begin(postgres.answer, Request("GET", path, "", {}, b"", "127.0.0.1", "http"), {})
            assert isinstance(answer, Response)
            assert answer.status == 200, (path, answer.body)
            assert ended
    finally:
        server.dispose()
