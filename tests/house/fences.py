"""The fenced blocks of the pages: what is run, and what is not."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from pathlib import Path

from tests.house.tree import ROOT, text

OPENING = re.compile(r"^(?P<indent> *)```(?P<language>[\w-]*)(?P<no_run> no-run)?(?: title=\"(?P<title>[^\"]+)\")?$")
PAGES = (
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    *sorted((ROOT / "docs").rglob("*.md")),
)


@dataclass(frozen=True, slots=True)
class Fence:
    """A block of a page.  `title` is the file that it is, "" where it is none."""

    language: str
    title: str
    run: bool
    code: str
    line: int

    @property
    def first(self) -> str:
        return self.code.partition("\n")[0]


def fences(page: Path) -> list[Fence]:
    """The fenced blocks of a page.  Raises ValueError for one that is not opened or not closed as the others are."""
    found: list[Fence] = []
    lines = text(page).splitlines()
    start = -1
    for number, line in enumerate(lines):
        if not line.lstrip().startswith("```"):
            continue
        if start < 0:
            start = number
            continue
        opened = OPENING.match(lines[start])
        if opened is None or line != opened["indent"] + "```":
            raise ValueError(f"{page.name}:{start + 1}: {lines[start]}")
        code = textwrap.dedent("\n".join(lines[start + 1 : number])) + "\n"
        run = opened["no_run"] is None
        found.append(Fence(opened["language"], opened["title"] or "", run, code, start + 1))
        start = -1
    if start >= 0:
        raise ValueError(f"{page.name}:{start + 1} is not closed")
    return found
