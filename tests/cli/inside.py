"""The command in this process: as it is run for real (`test_promise`), without the second that starting takes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from wirepress.cli.main import app


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left behind, under the names of `subprocess.CompletedProcess`."""

    returncode: int
    stdout: str
    stderr: str


def wirepress(site: Path, *words: str) -> Done:
    """Runs the command on a site.  Raises what it raises besides its end."""
    result = CliRunner().invoke(app, ["--site", str(site), *words], catch_exceptions=False)
    return Done(result.exit_code, result.stdout, result.stderr)
