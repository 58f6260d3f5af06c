"""Hostile texts through the API, in processes of their own: what each request takes of processor, memory and lock."""

from __future__ import annotations

import json
import os
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.content.desk import make_newsroom
from tests.hostile.texts import CONTENTS
from tests.wp.writer import Writer

SECONDS = 2.0
"""Of the processor, for a request."""
MEGABYTES = 100
"""That a request may add to what the process has taken."""
LOCK = 0.25
"""Seconds of the processor between the beginning of a write and its end, while others wait for their turn."""


OVERLONG = frozenset({"db_insert_error", "db_update_error"})
"""What WordPress answers, with 500, to a text that is longer than its column."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a request took, and its status and code."""

    name: str
    status: int
    code: str
    seconds: float
    megabytes: float
    lock: float

    @property
    def excess(self) -> list[str]:
        """The bounds that it exceeds."""
        found = []
        if self.seconds > SECONDS:
            found.append(f"{self.seconds:.2f} s of the processor")
        if self.megabytes > MEGABYTES:
            found.append(f"{self.megabytes:.0f} MB")
        if self.lock > LOCK:
            found.append(f"held others up for {self.lock:.2f} s")
        if self.status >= 500 and self.code not in OVERLONG:
            found.append(f"status {self.status}, {self.code}")
        return found


class Watched:
    """A newsroom whose writes are timed: `longest` is the most processor time that one of them took."""

    def __init__(self, writer: Writer) -> None:
        self.longest = 0.0
        database: Any = writer.newsroom.database
        begin = database.write

        @contextmanager
        def write() -> Iterator[Any]:
            with begin() as unit:
                start = time.thread_time()
                try:
                    yield unit
                finally:
                    self.longest = max(self.longest, time.thread_time() - start)

        database.write = write


def requests_of(text: str) -> Iterator[tuple[str, str, str, str, dict[str, Any]]]:
    """What a text is sent to: a name, a role, a method, a path and a body; `{id}` is the post made first."""
    yield "new post", "contributor", "POST", "/posts", {"title": "x", "content": text}
    yield "the post", "", "GET", "/posts", {}
    yield "change", "contributor", "POST", "/posts/{id}", {"content": text + " "}
    yield "the post to edit", "contributor", "GET", "/posts/{id}?context=edit", {}
    yield "autosave", "contributor", "POST", "/posts/{id}/autosaves", {"content": text + "  "}
    yield "title and excerpt", "contributor", "POST", "/posts", {"title": text[:60_000], "excerpt": text[:60_000]}
    yield "published", "editor", "POST", "/posts", {"title": "x", "content": text, "status": "publish"}
    yield "list", "", "GET", "/posts?_embed", {}
    yield "pattern", "editor", "POST", "/blocks", {"title": "x", "content": text, "status": "publish"}
    yield "comment", "subscriber", "POST", "/comments", {"post": 1, "content": text[:60_000]}
    yield "biography", "contributor", "POST", "/users/me", {"description": text}
    yield "category", "editor", "POST", "/categories", {"name": "x", "description": text}
    yield "search", "", "GET", "/posts?search=xxx", {}
    yield "gone", "contributor", "DELETE", "/posts/{id}", {}


def measured(name: str) -> list[Taken]:
    """What the requests with one text take, in this process."""
    text = CONTENTS[name]
    found: list[Taken] = []
    with tempfile.TemporaryDirectory() as folder:
        writer = Writer(make_newsroom(Path(folder)))
        writer.post("editor", "/posts", {"title": "first", "content": "x", "status": "publish"})
        watched = Watched(writer)
        made = 0
        for what, role, method, path, body in requests_of(text):
            watched.longest = 0.0
            before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
            path, _, query = path.replace("{id}", str(made)).partition("?")
            told = writer.ask(role, method, path, body if method == "POST" else None, query=query)
            seconds = time.process_time() - start
            memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
            found.append(Taken(f"{name}: {what}", told.status, told.code, seconds, memory, watched.longest))
            if what == "new post":
                made = int((told.value or {}).get("id", 0))
    return found


def main(names: Sequence[str] = ()) -> int:
    """Measures the texts that are named, or all; prints what exceeds, and how many requests there were."""
    names = names or list(CONTENTS)
    number, failed = 0, 0
    worst = Taken("", 0, "", 0.0, 0.0, 0.0)
    for name in names:
        read, write = os.pipe()
        if not (child := os.fork()):
            os.close(read)
            with os.fdopen(write, "w") as told:
                json.dump([[t.name, t.status, t.code, t.seconds, t.megabytes, t.lock] for t in measured(name)], told)
            os._exit(0)
        os.close(write)
        with os.fdopen(read) as told:
            answered = told.read()
        os.waitpid(child, 0)
        taken = [Taken(*row) for row in json.loads(answered)] if answered else []
        if not taken:
            print(f"{name}: the process ended")
            failed += 1
        for one in taken:
            number += 1
            worst = max(worst, one, key=lambda t: t.seconds)
            if one.excess:
                failed += 1
                print(f"{one.name}: {', '.join(one.excess)}", flush=True)
    print(f"{number} requests, {failed} beyond the bounds; the slowest: {worst.name}, {worst.seconds:.2f} s")
    return int(failed > 0)
