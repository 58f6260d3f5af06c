"""Writes the commit that a wheel or an sdist is built of into it, for `wirepress --version`."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NOTED = "src/wirepress/commit.txt"


class CommitHook(BuildHookInterface[Any]):
    """Notes the commit of the checkout; an sdist brings its own note along."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Adds the file to what is built.  An installation that is edited in place asks git itself."""
        root = Path(self.root)
        if version == "editable" or (root / NOTED).is_file():
            return
        commit = commit_of(root)
        if not commit:
            return
        with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False) as file:
            file.write(commit + "\n")
        self.written = Path(file.name)
        place = NOTED if self.target_name == "sdist" else NOTED.removeprefix("src/")
        build_data["force_include"][file.name] = place

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Removes the temporary file."""
        del version, build_data, artifact_path  # the hook's form
        if written := getattr(self, "written", None):
            written.unlink(missing_ok=True)


def commit_of(root: Path) -> str:
    """The commit of a working copy, with a mark where files differ from it; "" where it is none."""
    command = ["git", "-C", str(root), "describe", "--always", "--dirty", "--abbrev=12", "--exclude", "*"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=10).stdout.strip()  # noqa: S603 - fixed words
    except (OSError, subprocess.SubprocessError):
        return ""
