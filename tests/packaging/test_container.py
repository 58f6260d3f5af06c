"""What the container file says of itself is so: its locks, its user, its check of health."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.house.tree import ROOT, text
from wirepress.app.settings import Settings

FILE = ROOT / "Containerfile"
PIN = re.compile(
    r"^([a-zA-Z0-9._-]+)==(\S+)(?: ; [^\\]+)? \\\n((?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE
)
LOCKS = [ROOT / "packaging" / "requirements.lock", ROOT / "packaging" / "build.lock"]

Step = tuple[str, str]


def steps() -> list[Step]:
    """The instructions with what follows them, lines that go on joined."""
    lines = [line for line in text(FILE).splitlines() if not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in joined.splitlines() if line)]


def last_stage() -> list[Step]:
    found = steps()
    start = max(index for index, (word, _) in enumerate(found) if word == "FROM")
    return found[start:]


def said(word: str) -> list[str]:
    return [rest for name, rest in last_stage() if name == word]


def pins(lock: Path) -> dict[str, tuple[str, frozenset[str]]]:
    """What a lock names: version and hashes."""
    return {
        name.lower(): (version, frozenset(re.findall(r"sha256:[0-9a-f]+", hashes)))
        for name, version, hashes in PIN.findall(text(lock))
    }


def test_it_does_not_run_as_root() -> None:
    (user,) = said("USER")
    assert all(int(number) >= 1000 for number in user.split(":"))
    order = [word for word, _ in last_stage()]
    assert order.index("USER") < order.index("ENTRYPOINT")


def test_what_is_kept_lies_in_a_volume_that_its_user_owns() -> None:
    (volume,) = said("VOLUME")
    assert f"WIREPRESS_SITE={volume}" in " ".join(said("ENV"))
    assert any(f"install -d -o wirepress -g wirepress -m 0750 {volume}" in run for run in said("RUN"))


def test_its_health_is_asked_where_it_listens() -> None:
    (port,) = said("EXPOSE")
    assert int(port) == Settings(Path()).port
    (check,) = said("HEALTHCHECK")
    assert f"http://127.0.0.1:{port}/-/health/live" in check
    assert "WIREPRESS_HOST=0.0.0.0" in " ".join(said("ENV"))


def test_every_package_is_checked_against_a_hash() -> None:
    runs = [rest for word, rest in steps() if word == "RUN"]
    installs = [part for run in runs for part in re.split(r"&&", run) if "pip install" in part]
    assert len(installs) == 3
    for words in map(shlex.split, installs):
        assert "--no-deps" in words
        assert "--require-hashes" in words or "--no-index" in words


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_its_locks_are_parts_of_the_lock_of_development(lock: Path) -> None:
    whole, part = pins(ROOT / "requirements.lock"), pins(lock)
    assert len(part) == len(re.findall(r"^\S+==", text(lock), re.MULTILINE))
    assert {name: pin for name, pin in part.items() if whole.get(name) != pin} == {}


def test_its_lock_has_all_that_the_package_requires() -> None:
    project = tomllib.loads(text(ROOT / "pyproject.toml"))
    required = {Requirement(line).name.lower() for line in project["project"]["dependencies"]}
    assert required - pins(LOCKS[0]).keys() == set()
    assert {Requirement(line).name for line in project["build-system"]["requires"]} - pins(LOCKS[1]).keys() == set()


def test_nothing_of_the_working_copy_s_state_goes_into_it() -> None:
    left_out = set(text(ROOT / ".dockerignore").split())
    ignored = {line.rstrip("/") for line in text(ROOT / ".gitignore").splitlines() if line and "*" not in line}
    assert ignored - {line.removeprefix("**/") for line in left_out} == set()
    assert ".git" in left_out


@pytest.mark.skipif(shutil.which("hadolint") is None, reason="hadolint is not installed: `make test-package` brings it")
def test_hadolint_has_nothing_to_say() -> None:
    done = subprocess.run(["hadolint", str(FILE)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
