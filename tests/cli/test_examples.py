"""Each command's help has an example; each example does what its command says, in a scratch folder."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from typer.testing import CliRunner

from examples.wire.press import serving
from tests.cli.scratch import SITE, filled
from tests.house.manual import commands, example_of
from wirepress.cli.main import app

ALL = dict(commands(typer.main.get_command(app)))
ENDLESS: dict[tuple[str, ...], bytes] = {("serve",): b"Listening on", ("worker",): b""}
"""Commands that end when they are asked to, and what they say before."""
ELSEWHERE = {("demo",): "tests/app/test_demo.py"}
"""Commands whose example is the subject of a test of its own."""
WITHOUT_SITE = {("init",)}
"""Commands whose example begins without a site."""
WITH_EMPTY_SITE = {("import", "wordpress")}
ANSWERS_WITH_TEXT = {("audit", "export"), ("source", "export")}
"""Commands that print a file: with --json they print it in JSON all the same."""


@pytest.fixture(scope="module")
def press() -> Iterator[str]:
    with serving() as served:
        yield served.base


@pytest.fixture(scope="module")
def master(press: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that each example gets a copy of."""
    folder = tmp_path_factory.mktemp("master")
    before = Path.cwd()
    os.chdir(folder)
    try:
        filled(folder, press)
    finally:
        os.chdir(before)
    return folder


@pytest.fixture
def scratch(master: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "scratch"
    fresh(master, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("WIREPRESS_SITE", str(folder / SITE))
    return folder


def fresh(master: Path, folder: Path) -> None:
    """Gives a folder what the master has; what no command writes to is not copied."""
    folder.mkdir(exist_ok=True)
    for path in master.iterdir():
        if path.is_file():
            (folder / path.name).unlink(missing_ok=True)
            os.link(path, folder / path.name)
    shutil.rmtree(folder / SITE, ignore_errors=True)
    shutil.copytree(master / SITE, folder / SITE)


def run(line: str) -> tuple[int, str, str]:
    """Runs a line as it stands in the help, without the name of the command."""
    result = CliRunner().invoke(app, shlex.split(line), catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def example(words: tuple[str, ...]) -> str:
    found = example_of(ALL[words])
    assert found.startswith("wirepress "), (words, found)
    return found.removeprefix("wirepress ")


def prepared(words: tuple[str, ...], scratch: Path) -> None:
    if words in WITHOUT_SITE | WITH_EMPTY_SITE:
        shutil.rmtree(scratch / SITE)
    if words in WITH_EMPTY_SITE:
        assert run("init")[0] == 0


ENDING = [words for words in ALL if words not in ENDLESS and words not in ELSEWHERE]


@pytest.mark.parametrize("words", ENDING, ids=" ".join)
def test_the_example_does_what_it_says(words: tuple[str, ...], scratch: Path, master: Path) -> None:
    """As it stands; and with --json it says one document, and nothing else."""
    line = example(words)
    named = re.sub(r"^--site \S+ ", "", line)
    assert named.startswith(" ".join(words)) or words == ("entries",)
    prepared(words, scratch)
    code, _, said = run(line)
    assert code == 0, (line, said)
    fresh(master, scratch)
    (scratch / "reader.zip").unlink(missing_ok=True)
    prepared(words, scratch)
    code, out, said = run(f"{line} --json")
    assert (code, said) == (0, "")
    json.loads(out)
    assert words in ANSWERS_WITH_TEXT or out.count("\n") <= 1


@pytest.mark.parametrize("words", ENDLESS, ids=" ".join)
def test_what_goes_on_ends_when_it_is_asked_to(words: tuple[str, ...], scratch: Path) -> None:
    command = [sys.executable, "-m", *shlex.split(example_of(ALL[words]))]
    if words == ("serve",):
        command = [*command[:-1], "0"]  # a port that is free
    with subprocess.Popen(command, stderr=subprocess.PIPE, cwd=scratch) as process:
        assert process.stderr is not None
        try:
            if ENDLESS[words]:
                assert any(ENDLESS[words] in line for line in process.stderr)
            process.send_signal(signal.SIGTERM)
            process.stderr.read()
            assert process.wait(30) in (0, -signal.SIGTERM)
        finally:
            process.kill()


TABLES = ("list", "entries", "show", "get", "status", "doctor", "changes", "pull")


def test_no_table_is_wider_than_a_terminal(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rich.console import Console

    monkeypatch.setattr("wirepress.cli.output.out", Console(width=80))
    for line in (example(words) for words in ALL if words[-1] in TABLES):
        code, out, _ = run(line)
        assert code == 0, line
        assert max(map(len, out.splitlines()), default=0) <= 80, out
        heads = [name.strip() for row in out.splitlines() if row.startswith("┃") for name in row.strip("┃ ").split("┃")]
        assert all(len(name) > 1 for name in heads), out  # no head is folded to nothing
