"""The documentation is true: what it names exists, and what exists is named."""

import re
from pathlib import Path

import pytest
import typer.main

from tests.house import manual
from tests.house.fences import fences
from tests.house.tree import PACKAGE, ROOT, files, name, text
from wirepress.cli.main import app

TARGET = re.compile(r"^([a-z][\w-]*):", re.MULTILINE)
ASKED = re.compile(r"\bmake ([a-z][a-z-]*)")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
NAMED = re.compile(r"(?:- |: )([\w/-]+\.md)$", re.MULTILINE)
DECISION = re.compile(r"^(\d{4})-[a-z0-9-]+\.md$")

PAGES = [path for path in files(ROOT) if path.suffix == ".md"]


def targets() -> set[str]:
    return set(TARGET.findall(text(ROOT / "Makefile")))


def code_of(page: Path) -> str:
    """What a page shows as code, where `make` is a command and not a verb."""
    blocks = re.findall(r"^    .*$|`[^`\n]+`", text(page), re.MULTILINE)
    return "\n".join([*blocks, *(fence.code for fence in fences(page))])


def test_the_makefile_has_what_everyone_expects() -> None:
    assert {"setup", "run", "test", "test-pg", "test-mariadb", "check", "check-all", "bench", "golden"} <= targets()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_in_the_pages_exist(page: Path) -> None:
    assert set(ASKED.findall(code_of(page))) - targets() == set()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    local = [link for link in LINK.findall(text(page)) if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_every_page_has_its_place_on_the_site() -> None:
    listed = set(NAMED.findall(text(ROOT / "mkdocs.yml")))
    pages = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    assert listed == pages


def test_every_room_is_on_the_map() -> None:
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    chart = text(ROOT / "docs" / "architecture.md")
    assert {room for room in rooms if f"`{room}`" not in chart} == set()


def test_decisions_are_numbered_in_a_row() -> None:
    found = sorted(path.name for path in (ROOT / "docs" / "decisions").iterdir())
    numbers = [int(match.group(1)) for file in found if (match := DECISION.match(file))]
    assert len(numbers) == len(found)
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_settings_are_as_their_page_says() -> None:
    assert text(manual.SETTINGS) == manual.settings_page(), "python -m tests.house.manual writes it anew"


def test_the_commands_are_as_their_page_says() -> None:
    assert text(manual.CLI) == manual.cli_page(), "python -m tests.house.manual writes it anew"


def test_templates_are_given_what_the_page_on_themes_says() -> None:
    assert text(manual.THEMES) == manual.themes_page(), "python -m tests.house.manual writes it anew"


def test_every_option_has_a_word_of_help() -> None:
    found = list(manual.commands(typer.main.get_command(app)))
    assert [words for words, command in found if not command.help] == []
    bare = [
        (words, p.name)
        for words, command in found
        for p in command.params
        if p.param_type_name == "option" and not p.help
    ]
    assert bare == []
