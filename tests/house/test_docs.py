"""The documentation is true: what it names exists, and what exists is named."""

import dataclasses
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from tests.house.tree import PACKAGE, ROOT, files, name, text

TARGET = re.compile(r"^([a-z][\w-]*):", re.MULTILINE)
ASKED = re.compile(r"\bmake ([a-z][a-z-]*)")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
DECISION = re.compile(r"^(\d{4})-[a-z0-9-]+\.md$")

PAGES = [path for path in files(ROOT) if path.suffix == ".md"]


def targets() -> set[str]:
    return set(TARGET.findall(text(ROOT / "Makefile")))


def code_of(page: Path) -> str:
    """What a page shows as code, where `make` is a command and not a verb."""
    blocks = re.findall(r"^    .*$|`[^`\n]+`", text(page), re.MULTILINE)
    return "\n".join(blocks)


def test_the_makefile_has_what_everyone_expects() -> None:
    assert {"setup", "run", "test", "test-pg", "test-mariadb", "check", "check-all", "bench", "golden"} <= targets()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_in_the_pages_exist(page: Path) -> None:
    assert set(ASKED.findall(code_of(page))) - targets() == set()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    local = [link for link in LINK.findall(text(page)) if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_every_room_is_on_the_map() -> None:
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    chart = text(ROOT / "docs" / "architecture.md")
    assert {room for room in rooms if f"`{room}`" not in chart} == set()


def test_decisions_are_numbered_in_a_row() -> None:
    found = sorted(path.name for path in (ROOT / "docs" / "decisions").iterdir())
    numbers = [int(match.group(1)) for file in found if (match := DECISION.match(file))]
    assert len(numbers) == len(found)
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_setting_is_explained() -> None:
    settings = pytest.importorskip("wirepress.app.settings", reason="there are no settings yet")
    page = ROOT / "docs" / "settings.md"
    if not page.exists():
        pytest.skip("docs/settings.md is not written yet")
    names = {field.name for field in dataclasses.fields(settings.Settings)} - {"folder"}
    assert {name for name in names if f"`{name}`" not in text(page)} == set()


def test_every_command_is_explained() -> None:
    page = ROOT / "docs" / "cli.md"
    if not page.exists():
        pytest.skip("docs/cli.md is not written yet")
    app = importlib.import_module("wirepress.cli.main").app
    commands = set(spoken(typer.main.get_command(app)))
    assert {command for command in commands if f"wirepress {command}" not in text(page)} == set()


def spoken(command: Any, *before: str) -> Iterator[str]:
    """The commands under `command`, each as it is typed."""
    below = getattr(command, "commands", None)
    if below is None:
        yield " ".join(before)
        return
    for name_, part in below.items():
        yield from spoken(part, *before, name_)
