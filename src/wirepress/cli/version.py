"""Which version this is, and of which commit."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

import wirepress

FILE = "commit.txt"
"""What a build writes into the package (`hatch_build.py`)."""


@dataclass(frozen=True, slots=True)
class Build:
    """A version, and the commit that it was built of; "" where nobody knows."""

    version: str
    commit: str


def build() -> Build:
    """What is running: the commit that the build has noted, else that of the checkout that the package lies in."""
    package = Path(wirepress.__file__).parent
    noted = package / FILE
    commit = noted.read_text("ascii").strip() if noted.is_file() else _of_checkout(package.parent.parent)
    return Build(wirepress.__version__, commit)


def _of_checkout(folder: Path) -> str:
    """The commit of a working copy, with a mark where files differ from it; "" where it is none."""
    if not (folder / ".git").exists():
        return ""
    command = ["git", "-C", str(folder), "describe", "--always", "--dirty", "--abbrev=12", "--exclude", "*"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=10)  # noqa: S603 - fixed words
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()
