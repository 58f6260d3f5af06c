"""The wheel runs where there is no checkout: in an empty environment and an empty folder."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from gzip import decompress
from importlib.metadata import Distribution
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.house.tree import ROOT
from tests.packaging.installation import Built, build, environment, install, unpack
from tests.servers.process import free_port

pytestmark = pytest.mark.skipif(
    not os.environ.get("WIREPRESS_PACKAGE"), reason="builds and installs the wheel: `make test-package`"
)
PATIENCE = 60.0
SEED = ROOT / "tests" / "seed"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(ROOT, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def programs(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(built.wheel, tmp_path_factory.mktemp("installed") / "venv")


def run(programs: Path, cwd: Path, *words: str) -> str:
    command = [str(programs / "wirepress"), *words]
    done = subprocess.run(command, cwd=cwd, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def running(programs: Path, cwd: Path, *words: str, home: str) -> Iterator[subprocess.Popen[bytes]]:
    """A command that serves, from its first answer on."""
    command = [str(programs / "wirepress"), *words]
    with (cwd / "out").open("wb") as out, subprocess.Popen(command, cwd=cwd, env=environment(), stdout=out) as server:
        try:
            until = time.monotonic() + PATIENCE
            while not answers(home):
                assert server.poll() is None, "it has ended"
                assert time.monotonic() < until, "it does not answer"
                time.sleep(0.1)
            yield server
        finally:
            server.kill()


def answers(home: str) -> bool:
    with suppress(OSError):
        return get(f"{home}/-/health") != b""
    return False


def get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return bytes(answer.read())


def test_a_wheel_of_the_sdist_is_the_wheel_of_the_checkout(built: Built, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    again = build(unpack(built.sdist, tmp_path / "source"), tmp_path / "again")
    with ZipFile(built.wheel) as first, ZipFile(again.wheel) as second:
        assert sorted(first.namelist()) == sorted(second.namelist())


def test_what_an_index_is_told(programs: Path) -> None:
    (place,) = programs.parent.glob("lib/python*/site-packages/wirepress-*.dist-info")
    told = Distribution.at(place).metadata
    assert told["License-Expression"] == "GPL-3.0-or-later"
    assert "LICENSE" in told.get_all("License-File", [])
    assert told["Description-Content-Type"] == "text/markdown"
    assert all((place / "licenses" / name).is_file() for name in told.get_all("License-File", []))


def test_the_demo_has_its_press_with_it(programs: Path, tmp_path: Path) -> None:
    port = free_port()
    home = f"http://127.0.0.1:{port}"
    with running(programs, tmp_path, "demo", "--port", str(port), home=home) as server:
        assert b"Night trams return after eleven years" in get(f"{home}/wp-json/wp/v2/posts?_fields=title&per_page=100")
        assert (tmp_path / "var" / "demo" / "wirepress.toml").is_file()
        server.send_signal(signal.SIGINT)
        assert server.wait(PATIENCE) in (0, 130)


def test_a_site_that_was_imported_is_served(programs: Path, tmp_path: Path) -> None:
    (tmp_path / "wordpress.sqlite").write_bytes(decompress((SEED / "wordpress.sqlite.gz").read_bytes()))
    run(programs, tmp_path, "--site", "site", "init")
    run(programs, tmp_path, "--site", "site", "import", "wordpress", "sqlite:///wordpress.sqlite")
    for option, value in (("excerpt_length", "35"), ("excerpt_more", "&hellip;")):
        run(programs, tmp_path, "--site", "site", "option", "set", option, value)
    port = free_port()
    home = f"http://127.0.0.1:{port}"
    with running(programs, tmp_path, "--site", "site", "serve", "--port", str(port), home=home):
        assert get(f"{home}/index.php/wp-json/wp/v2/posts/3701") == (SEED / "post-3701.json").read_bytes()
