"""The unit for systemd is understood by systemd, and closes what it says it closes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from wirepress.app.serve import GRACE

UNIT = ROOT / "packaging" / "wirepress.service"
EXPOSURE = 20
"""Tenths of systemd's own mark of how exposed a service is, at most; without any hardening it is 96."""

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not on this machine; CI has it"
)


def settings() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in UNIT.read_text("utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit with a program that is there: systemd looks for it."""
    (program,) = settings()["ExecStart"]
    copy = tmp_path / UNIT.name
    copy.write_text(UNIT.read_text("utf-8").replace(program.split()[0], "/bin/true"), "utf-8")
    return copy


@needs_systemd
def test_systemd_understands_it(unit: Path) -> None:
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False
    )
    about = [line for line in done.stderr.splitlines() if UNIT.name in line]
    assert (done.returncode, about) == (0, [])


@needs_systemd
def test_systemd_finds_little_exposed(unit: Path) -> None:
    command = ["systemd-analyze", "security", "--offline=true", "--no-pager", f"--threshold={EXPOSURE}", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_it_writes_into_the_site_s_folder_alone() -> None:
    found = settings()
    (state,), (command,) = found["StateDirectory"], found["ExecStart"]
    assert f"--site /var/lib/{state} serve" in command
    assert found["ProtectSystem"] == ["strict"]
    assert "ReadWritePaths" not in found
    assert found["User"] != ["root"]


def test_it_waits_for_longer_than_serve_does() -> None:
    (seconds,) = settings()["TimeoutStopSec"]
    assert int(seconds) > GRACE
