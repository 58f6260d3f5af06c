"""Hostile texts through the API, in processes of their own: what each request takes of processor, memory and lock."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import astuple
from functools import partial
from pathlib import Path
from typing import Any

from tests.content.desk import make_newsroom
from tests.hostile.measure import Meter, Taken, Watched, measured
from tests.hostile.texts import CONTENTS
from tests.wp.writer import Writer


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


def of_text(name: str) -> list[Taken]:
    """What the requests with one text take, in this process."""
    text = CONTENTS[name]
    found: list[Taken] = []
    with tempfile.TemporaryDirectory() as folder:
        writer = Writer(make_newsroom(Path(folder)))
        writer.post("editor", "/posts", {"title": "first", "content": "x", "status": "publish"})
        meter = Meter(Watched(writer.newsroom))
        made = 0
        for what, role, method, path, body in requests_of(text):
            path, _, query = path.replace("{id}", str(made)).partition("?")
            ask = partial(writer.ask, role, method, path, body if method == "POST" else None, query=query)
            taken, answer = measured(meter, f"{name}: {what}", ask)
            found.append(taken)
            if answer is not None and what == "new post":
                made = int((answer.value or {}).get("id", 0))
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
                json.dump([astuple(taken) for taken in of_text(name)], told)
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
                print(f"{one.name}: {', '.join(one.excess.values())}", flush=True)
    print(f"{number} requests, {failed} beyond the bounds; the slowest: {worst.name}, {worst.seconds:.2f} s")
    return int(failed > 0)
