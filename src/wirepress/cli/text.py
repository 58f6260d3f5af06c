"""Texts that commands are given: files or standard input, in Markdown, HTML or blocks."""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path
from typing import IO, NamedTuple

from wirepress.cli.output import fail

LARGEST = 32 << 20
"""Bytes of a text."""


class Format(Enum):
    """How a text is written."""

    MARKDOWN = "markdown"
    HTML = "html"
    BLOCKS = "blocks"


SUFFIXES = {".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN, ".html": Format.HTML, ".htm": Format.HTML}


class Given(NamedTuple):
    """A text as a post keeps it, and the title that it begins with, "" for none."""

    title: str
    content: str


def given(file: Path | None, form: Format | None) -> Given | None:
    """The text of a file, or of standard input for `-`; None without a file.  Ends the command where it cannot be read.

    Without a format a file's name tells it; a text with block delimiters is blocks, and one of standard input HTML.
    """
    if file is None:
        return None
    text = read(file)
    form = form or SUFFIXES.get(file.suffix.lower(), Format.HTML)
    if form is Format.MARKDOWN:
        from wirepress.transfer import markdown

        found = markdown.read(text)
        return Given(found.title, found.content)
    if form is Format.BLOCKS and "<!-- wp:" not in text:
        fail(f"{file} holds no blocks", error="no_blocks")
    return Given("", text.strip())


def read(file: Path) -> str:
    """The text of a file, or of standard input for `-`.  Ends the command where it cannot be read."""
    name = "standard input" if str(file) == "-" else str(file)
    try:
        if str(file) == "-":
            data = octets(sys.stdin.buffer)
        else:
            with file.open("rb") as opened:
                data = octets(opened)
        return data.decode("utf-8-sig")
    except OSError as error:
        fail(f"{name} cannot be read: {error.strerror}", error="unreadable_file")
    except UnicodeDecodeError:
        fail(f"{name} cannot be read: it is not in UTF-8", error="unreadable_file")


def octets(opened: IO[bytes]) -> bytes:
    """What an open file holds; ends the command where that is too much for a text."""
    data = opened.read(LARGEST + 1)
    if len(data) > LARGEST:
        fail(f"a text has at most {LARGEST >> 20} MB", error="too_large")
    return data
