"""Long texts in a process beside the web process: the same results, and no error where it cannot be had."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from wirepress.app import text_process
from wirepress.app.compose import create, open_newsroom
from wirepress.app.settings import Settings
from wirepress.app.text_process import TextProcess
from wirepress.content.apart import LONG
from wirepress.content.identity.viewer import ANONYMOUS, NEWSROOM
from wirepress.content.newsroom import Newsroom
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.content.posts.cleaning import clean_ahead
from wirepress.model.post import Post
from wirepress.render.saving import Cleaning
from wirepress.store import posts as store

PARAGRAPH = '<!-- wp:paragraph --><p onclick=x>Words of the "day".</p><!-- /wp:paragraph -->\n'
TEXT = PARAGRAPH * (LONG // len(PARAGRAPH) + 1)


class Desk:
    """A newsroom with a process for long texts."""

    def __init__(self, folder: Path, idle: float = 60.0) -> None:
        settings = Settings(folder=folder)
        create(settings, {})
        self.newsroom: Newsroom = open_newsroom(settings)
        self.process = TextProcess(settings, idle=idle)
        self.newsroom.apart = self.process

    def cleaned(self, text: str) -> dict[tuple[str, str], str]:
        with self.newsroom.view() as view:
            return {**clean_ahead(view, ANONYMOUS, {"content": text}).texts}

    def written(self, text: str) -> Post:
        """A post as it is kept, its rendering made by now."""
        with self.newsroom.write() as view:
            post = publishing.create(view, NEWSROOM, "post", Changes(title="T", content=text, status="publish"))
        with self.newsroom.view() as view:
            found = store.get(view.unit, post.id)
        assert found is not None
        return found

    def alone(self) -> Desk:
        """The same without the process."""
        self.newsroom.apart = None
        return self


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.process.close()
    desk.newsroom.database.close()


def test_what_comes_back_is_what_would_be_made_here(desk: Desk) -> None:
    cleaned, post = desk.cleaned(TEXT), desk.written(TEXT)
    assert desk.process.pid
    assert desk.process.rendered(post) == post.rendering
    desk.alone()
    assert cleaned == desk.cleaned(TEXT)
    assert "onclick" not in cleaned["content", TEXT]
    here = desk.written(TEXT)
    assert post.rendering is not None
    assert here.rendering is not None
    assert (post.rendering.content, post.rendering.used) == (here.rendering.content, here.rendering.used)
    assert "&#8220;day&#8221;" in str(post.rendering.content)


def test_short_texts_start_no_process(desk: Desk) -> None:
    desk.cleaned(PARAGRAPH * 100)
    assert desk.written(PARAGRAPH * 100).rendering is not None
    assert not desk.process.pid


def test_one_that_was_killed_is_started_again(desk: Desk) -> None:
    cleaned, first = desk.cleaned(TEXT), desk.process.pid
    os.kill(first, signal.SIGKILL)
    assert desk.cleaned(TEXT) == cleaned
    assert desk.process.pid not in (0, first)


def test_one_that_idles_ends_and_is_started_again(tmp_path: Path) -> None:
    desk = Desk(tmp_path, idle=0.2)
    cleaned = desk.cleaned(TEXT)
    wait_until(lambda: not desk.process.pid)
    assert desk.cleaned(TEXT) == cleaned
    desk.process.close()
    desk.newsroom.database.close()


def test_without_one_the_work_is_done_here(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert "onclick" not in desk.cleaned(TEXT)["content", TEXT]
    assert desk.written(TEXT).rendering is not None
    assert not desk.process.pid


def test_one_that_takes_too_long_is_ended(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_process, "LONGEST", 0.0)
    assert "onclick" not in desk.cleaned(TEXT)["content", TEXT]
    assert not desk.process.pid


WEB_PROCESS = """
import os, sys
from pathlib import Path
from tests.app.test_text_process import TEXT, Desk
desk = Desk(Path(sys.argv[1]))
desk.cleaned(TEXT)
print(desk.process.pid, flush=True)
os._exit(9)
"""


def test_who_waits_for_one_that_is_closed_works_without_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.cleaned(TEXT)
    heard = text_process._heard

    def closing(channel: Connection) -> object:
        desk.process.close()
        return heard(channel)

    monkeypatch.setattr(text_process, "_heard", closing)
    assert "onclick" not in desk.cleaned(TEXT)["content", TEXT]
    assert not desk.process.pid


def test_what_is_left_in_the_channel_answers_no_other_text(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    cleaned = desk.cleaned(TEXT)
    heard, failures = text_process._heard, [MemoryError(), MemoryError()]

    def failing(channel: Connection) -> object:
        if failures:
            raise failures.pop()
        return heard(channel)

    monkeypatch.setattr(text_process, "_heard", failing)
    other = TEXT.replace("Words", "Others")
    assert desk.process.cleaned([("content", other)], Cleaning(unfiltered=False, host="a.example")) is None
    desk.process._not_before = 0.0
    assert desk.cleaned(TEXT) == cleaned


def test_it_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WEB_PROCESS, str(tmp_path)]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False).stdout
    cmdline = Path(f"/proc/{int(said)}/cmdline")  # empty where it has ended and nobody has asked how
    wait_until(lambda: not cmdline.exists() or not cmdline.read_bytes())


def wait_until(holds: Callable[[], bool]) -> None:
    """Waits for what will be, a minute at most."""
    until = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)
