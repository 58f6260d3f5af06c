"""What the pages tell people to type works: every command, program and settings file in them is run.

The blocks of a page are run in its order, in one shell and one new folder, which is a site with an author (Ann) and
three sources; a copy of a WordPress database lies in it.  Files are put where their titles say.  Servers that a page
starts get ports of their own and end with the page.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from gzip import decompress
from pathlib import Path

import pytest

from tests.cli.inside import wirepress
from tests.house.fences import PAGES, Fence, fences
from tests.house.tree import ROOT, name, text
from tests.servers.process import free_port
from wirepress.app.settings import FILE, load

RUN = {"sh", "python", "toml"}
SHOWN = {"text", "json", "css", "jinja", "nginx", "caddy", "systemd", "ts", "tsx"}
"""Languages that are shown, and run by nothing here: TypeScript is by tests/clients, what proxies read by
tests/packaging."""
PROGRAMS = ("bash", "curl", "sqlite3")
SECONDS = 1200

NO_RUN = {
    "README.md": {
        "make run": "it makes an environment and serves for good; tests/packaging runs the demo of a wheel",
        "make bench": "minutes of measuring, with nginx and wrk",
    },
    "CONTRIBUTING.md": {"make": "it makes an environment, and runs this test"},
    "docs/add-a-source.md": {
        "wirepress source test https://paper.example/": "papers of others; docs/first-source.md runs the same ones",
        "wirepress story list": "stories and articles of somebody's own; tests/cli/test_story.py runs them",
    },
    "docs/backup.md": {
        "pg_dump": "a PostgreSQL server",
        "createdb": "a PostgreSQL server",
    },
    "docs/decisions/0002-lock-without-resolving.md": {"uv pip compile": "uv, and the network"},
    "docs/evaluation.md": {
        "WIREPRESS_CORPORA=/path make eval": "corpora that are not ours to publish",
        "python -m tests.eval": "the same",
        "pip install": "the network",
    },
    "docs/front.md": {"wirepress front nginx": "root; tests/front puts what it prints before real fronts"},
    "docs/import.md": {"wirepress --site newsroom init": "a MySQL server; docs/moving.md imports from SQLite"},
    "docs/moving.md": {"wirepress --site moved import wordpress mysql": "a MySQL server"},
    "docs/production.md": {
        "python3 -m venv /opt/wirepress": "root",
        "python -m hatchling build": "tests/packaging/test_wheel.py does it",
        "useradd": "root",
        "install -m 0644": "root, and a running systemd",
        "docker build": "a container engine, and the network",
        "sudo -u postgres createuser": "root, and a PostgreSQL server",
        "journalctl": "a running systemd",
        "systemctl stop": "root, and a running systemd",
    },
}
"""What is not run: its page, the beginning of its first line, and what it would take."""

SCRIPT = """\
set -euo pipefail
trap 'kill $(jobs -p) 2>/dev/null || true; wait' EXIT
answers() {
  for _ in $(seq 600); do
    if curl -s -o /dev/null "$1"; then return; fi
    sleep 0.1
  done
  return 1
}
"""
SERVES = re.compile(r"^((?:\.venv/bin/)?wirepress .*\bserve)$", re.MULTILINE)
PRESS = re.compile(r"^(python -m examples\.wire\.press .*) &$", re.MULTILINE)
TYPED = re.compile(r"^ {4,}(?:wirepress|curl|make|pip|python3?|sudo|\.venv/bin/\w+) ", re.MULTILINE)
RECIPES = {"add-a-field.md", "add-a-resource.md", "add-a-source-kind.md", "add-a-screen.md"}
"""Pages whose steps `test_recipes` follows, or whose line is a piece of a module."""


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_block_says_what_it_is(page: Path) -> None:
    assert {fence.language for fence in fences(page)} - RUN - SHOWN == set()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_what_is_not_run_has_a_reason(page: Path) -> None:
    left = [fence.first for fence in fences(page) if not fence.run]
    reasons = NO_RUN.get(name(page), {})
    assert [first for first in left if not first.startswith(tuple(reasons))] == []
    assert [start for start in reasons if not any(first.startswith(start) for first in left)] == []


def test_no_page_shows_commands_that_nothing_looks_at() -> None:
    hidden = {name(page): TYPED.findall(outside(page)) for page in PAGES if page.name not in RECIPES | {"cli.md"}}
    assert {page: found for page, found in hidden.items() if found} == {}


def outside(page: Path) -> str:
    """A page without its fenced blocks."""
    return re.sub(r"^ *```.*?^ *```$", "", text(page), flags=re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with an author and three sources, as pages take for granted."""
    folder = tmp_path_factory.mktemp("pages") / "site"
    for words in (
        ("init", "--admin", "desk", "desk@example.org"),
        ("user", "create", "ann", "ann@example.org", "--role", "author"),
        *(("source", "add", f"https://{paper}.example/feed") for paper in ("courier", "atlas", "ledger")),
    ):
        done = wirepress(folder, *words)
        assert done.returncode == 0, done.stderr
    golden = ROOT / "tests" / "golden" / "wordpress.sqlite.gz"
    (folder / "wordpress.sqlite").write_bytes(decompress(golden.read_bytes()))
    return folder


RUNNING = [page for page in PAGES if any(fence.run and fence.language in RUN for fence in fences(page))]


@pytest.mark.skipif(not os.environ.get("WIREPRESS_PAGES"), reason="it takes a minute: `make test-pages`")
@pytest.mark.parametrize("page", RUNNING, ids=name)
def test_what_a_page_says_works(page: Path, site: Path, tmp_path: Path) -> None:
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        pytest.skip(f"{', '.join(missing)} not installed: .ci/packages names them")
    scratch = tmp_path / "scratch"
    shutil.copytree(site, scratch)
    ports = {"8080": str(free_port()), "8100": str(free_port())}
    script = SCRIPT + "".join(
        step(with_ports(fence.code, ports), fence, scratch, ports) for fence in fences(page) if fence.run
    )
    code, said = bash(script, scratch, programs(tmp_path / "bin"), ports)
    assert code == 0, said[-4000:]


def step(code: str, fence: Fence, scratch: Path, ports: dict[str, str]) -> str:
    """What the shell does for a block."""
    if fence.language == "toml":
        tomllib.loads(code)
        if fence.title == FILE:
            check_settings(code, scratch.parent / "settings")  # an example: it is not left in the site
            return ""
    if fence.title and not fence.title.startswith("/"):
        return f"mkdir -p $(dirname {fence.title})\ncat > {fence.title} <<'END OF FILE'\n{code}END OF FILE\n"
    if fence.language == "python":
        return f"python - <<'END OF FILE'\n{code}END OF FILE\n"
    if fence.language != "sh":
        return ""
    code = SERVES.sub(rf"\1 &\nanswers http://127.0.0.1:{ports['8080']}/-/health/live", code)
    return PRESS.sub(rf"\1 &\nanswers http://127.0.0.1:{ports['8100']}/", code)


def with_ports(code: str, ports: dict[str, str]) -> str:
    return re.sub(r"\b(8080|8100)\b", lambda found: ports[found[1]], code)


def check_settings(code: str, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    (folder / FILE).write_text(code, "utf-8")
    load(folder, {})


def programs(folder: Path) -> Path:
    """The programs of this installation under the names that pages use."""
    folder.mkdir()
    (folder.parent / "scratch" / ".venv").mkdir()
    (folder.parent / "scratch" / ".venv" / "bin").symlink_to(folder)
    for program, command in (("wirepress", f"{sys.executable} -m wirepress"), ("python", sys.executable)):
        (folder / program).write_text(f'#!/bin/sh\nexec {command} "$@"\n')
        (folder / program).chmod(0o755)
    return folder


def bash(script: str, cwd: Path, own: Path, ports: dict[str, str]) -> tuple[int, str]:
    """Runs a script, and ends all that it has started."""
    environment = {
        **os.environ,
        "PATH": f"{own}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        "WIREPRESS_PORT": ports["8080"],
    }
    out = cwd.parent / "out"
    with out.open("wb") as file:
        shell = subprocess.Popen(
            ["bash", "-c", script],
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
        try:
            code = shell.wait(SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(shell.pid, signal.SIGKILL)
            code = shell.wait()
    return code, out.read_text("utf-8", errors="replace")
