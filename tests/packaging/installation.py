"""An installation of the wheel outside of the checkout, in an empty virtual environment."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement


@dataclass(frozen=True, slots=True)
class Built:
    """What `hatchling build` makes."""

    wheel: Path
    sdist: Path


def build(source: Path, into: Path) -> Built:
    """Builds the wheel and the sdist of a checkout, or of an unpacked sdist; asks no network."""
    _run([sys.executable, "-m", "hatchling", "build", "-d", str(into)], source)
    (wheel,) = into.glob("*.whl")
    (sdist,) = into.glob("*.tar.gz")
    return Built(wheel, sdist)


def unpack(sdist: Path, into: Path) -> Path:
    """The folder that an sdist holds."""
    with tarfile.open(sdist) as archive:
        archive.extractall(into, filter="data")
    (folder,) = into.iterdir()
    return folder


def install(wheel: Path, into: Path) -> Path:
    """An environment with the wheel and what it requires, nothing else; answers its folder of programs.

    The requirements are links to what the environment of the tests has: exactly those that the wheel names, and what
    they name in turn, so that one that is missing there is missed here.
    """
    _run([sys.executable, "-m", "venv", "--without-pip", str(into)], into.parent)
    (packages,) = into.glob("lib/python*/site-packages")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(into / "bin" / "python")]
    _run([*pip, "install", "--quiet", "--no-deps", "--no-index", "--no-compile", str(wheel)], into.parent)
    (own,) = (Distribution.at(path) for path in packages.glob("wirepress-*.dist-info"))
    for found in _required(own):
        for name in _top_level(found):
            if not (packages / name).exists():
                (packages / name).symlink_to(Path(str(found.locate_file(name))))
    return into / "bin"


def environment() -> dict[str, str]:
    """The tests' environment without what would lead to the checkout."""
    ours = re.compile(r"PYTHON|WIREPRESS_|VIRTUAL_ENV")
    return {name: value for name, value in os.environ.items() if not ours.match(name)}


def _required(own: Distribution) -> list[Distribution]:
    wanted = [(own, "")]
    found: dict[tuple[str, str], Distribution] = {}
    while wanted:
        of, extra = wanted.pop()
        for line in of.requires or ():
            need = Requirement(line)
            if need.marker is not None and not need.marker.evaluate({"extra": extra}):
                continue
            for asked in ("", *need.extras):
                if (need.name, asked) not in found:
                    found[need.name, asked] = distribution(need.name)
                    wanted.append((found[need.name, asked], asked))
    return list(found.values())


def _top_level(of: Distribution) -> Iterator[str]:
    names = {file.parts[0] for file in of.files or ()}
    yield from sorted(names - {"..", "__pycache__"})


def _run(command: list[str], cwd: Path) -> None:
    done = subprocess.run(command, cwd=cwd, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
