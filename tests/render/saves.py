"""The way of a text into the site, as targets that take a text: cleaning, storing, rendering, indexing, answering."""

from __future__ import annotations

import atexit
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tests.content.desk import make_newsroom
from tests.wp.writer import Writer

LONG_LINE = 60_000
"""Characters that a column of WordPress's short texts holds of what takes a byte each."""


@cache
def writer() -> Writer:
    """A small newsroom, one for each process."""
    folder = tempfile.TemporaryDirectory(prefix="saves-")
    atexit.register(folder.cleanup)
    made = Writer(make_newsroom(Path(folder.name)))
    made.post("editor", "/posts", {"title": "first", "content": "x", "status": "publish"})
    return made


def _saved(role: str, path: str, field: str, **more: Any) -> Callable[[str], object]:
    def save(text: str) -> None:
        answer = writer().post(role, path, {**more, field: text})
        made = (answer.value or {}).get("id")
        if answer.status == 201 and made and path != "/comments":
            writer().delete("administrator", f"{path}/{made}", "force=true")

    return save


def _changed(text: str) -> None:
    """A post that is changed to the text and back: its indexes lose it again."""
    made = writer().post("editor", "/posts", {"title": "x", "content": "x", "status": "publish"}).value["id"]
    writer().post("editor", f"/posts/{made}", {"content": text})
    writer().post("editor", f"/posts/{made}", {"content": "x"})
    writer().delete("editor", f"/posts/{made}", "force=true")


SAVES: Mapping[str, Callable[[str], object]] = {
    "save: a contributor's post": _saved("contributor", "/posts", "content", title="x"),
    "save: an editor's post": _saved("editor", "/posts", "content", title="x", status="publish"),
    "save: a post changed": _changed,
    "save: a pattern": _saved("editor", "/blocks", "content", title="x", status="publish"),
    "save: a description": _saved("editor", "/categories", "description", name="x"),
    "save: a biography": _saved("contributor", "/users/me", "description"),
    "save: an excerpt": lambda text: _saved("contributor", "/posts", "excerpt", title="x")(text[:LONG_LINE]),
}
