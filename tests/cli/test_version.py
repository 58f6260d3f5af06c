"""`--version` says the commit: of a checkout, and of what was built."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.inside import wirepress
from tests.house.tree import ROOT
from wirepress import __version__
from wirepress.cli import version

BUILD = """\
from hatchling.builders.wheel import WheelBuilder
print(next(WheelBuilder({root!r}).build(directory={folder!r}, versions=["standard"])))
"""


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=a", "-c", "user.email=a@a.example")
    done = subprocess.run(["git", "-C", str(folder), *who, *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_it_is_said() -> None:
    assert wirepress(Path("/nowhere"), "--version").stdout.startswith(f"wirepress {__version__}")


def test_a_wheel_knows_its_commit(tmp_path: Path) -> None:
    root = tmp_path / "root"
    package = root / "src" / "wirepress"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (root / "examples").mkdir()
    (root / "examples" / "feed.xml").write_text("<rss/>")
    for name in ("hatch_build.py", "README.md", "LICENSE"):
        (root / name).write_bytes((ROOT / name).read_bytes())
    (root / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    git(tmp_path, "init", "-q", str(root))
    git(root, "add", "-A")
    git(root, "commit", "-qm", "First")
    script = BUILD.format(root=str(root), folder=str(tmp_path / "built"))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(done.stdout.strip().splitlines()[-1]) as wheel:
        noted = wheel.read("wirepress/commit.txt").decode().strip()
    assert noted == git(root, "rev-parse", "--short=12", "HEAD")


def test_what_is_noted_comes_before_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "src" / "wirepress"
    package.mkdir(parents=True)
    monkeypatch.setattr("wirepress.__file__", str(package / "__init__.py"))
    assert version.build().commit == ""
    (package / "commit.txt").write_text("abc\n")
    assert version.build().commit == "abc"
