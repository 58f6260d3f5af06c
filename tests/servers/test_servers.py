"""The throw-away servers: their command line, and what they say when the machine has none."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers.process import MissingServer, program

NAMES = ["postgres", "mariadb"]


def start(name: str, *command: str, path: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", f"tests.servers.{name}", *command],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", NAMES)
def test_nothing_to_run_is_a_usage_error(name: str) -> None:
    answer = start(name, path=os.environ["PATH"])
    assert answer.returncode == 2
    assert "COMMAND" in answer.stderr


def test_a_missing_program_is_one_line_for_a_person(tmp_path: Path) -> None:
    with pytest.raises(MissingServer, match="no-such-server is not installed") as missing:
        program("no-such-server", tmp_path)
    assert "\n" not in str(missing.value)


def test_a_program_in_the_given_folder_is_preferred(tmp_path: Path) -> None:
    sh = tmp_path / "sh"
    sh.write_text("#!/bin/true\n")
    sh.chmod(0o755)
    assert program("sh", tmp_path) == str(sh)
