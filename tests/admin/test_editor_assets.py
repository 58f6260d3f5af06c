"""The editor's committed files are what their manifest says.  `make editor-check` builds them anew, this only reads."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from functools import cache
from typing import Any

import pytest

from tests.house.tree import PACKAGE, ROOT

FOLDER = PACKAGE / "admin" / "static" / "editor"
LARGEST = 12_000_000
PACKED_FROM = 1024
"""Smaller files are not packed."""


@cache
def manifest() -> Any:
    return json.loads((FOLDER / "manifest.json").read_bytes())


def names() -> list[str]:
    return sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file())


def packed() -> list[str]:
    """What a server hands out packed: scripts and style sheets that are worth it."""
    found = (name for name in names() if name.endswith((".js", ".css", ".svg")))
    return [name for name in found if (FOLDER / name).stat().st_size >= PACKED_FROM]


def test_the_manifest_names_every_file() -> None:
    assert sorted(manifest()["files"]) == [name for name in names() if name != "manifest.json"]


def test_every_file_has_the_hash_that_the_manifest_gives() -> None:
    hashes = {name: hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() for name in manifest()["files"]}
    assert hashes == manifest()["files"]


def test_what_a_page_asks_for_is_there_under_a_name_with_a_hash() -> None:
    entries = manifest()["entries"]
    assert set(entries) == {"editor.js", "editor.css", "canvas.css"}
    for name in [*entries.values(), *manifest()["preload"]]:
        assert re.fullmatch(r"[a-z]+-[A-Z0-9]{8}\.(js|css)", name)
        assert name in manifest()["files"]


def test_the_modules_that_a_module_imports_are_there() -> None:
    """Static imports of all that is loaded ahead are loaded ahead as well; the others exist."""
    ahead = {manifest()["entries"]["editor.js"], *manifest()["preload"]}
    for name in names():
        if not name.endswith(".js"):
            continue
        text = (FOLDER / name).read_text("utf-8")
        static = set(re.findall(r'(?:from|import)"\./([\w-]+\.js)"', text))
        dynamic = set(re.findall(r'import\("\./([\w-]+\.js)"\)', text))
        assert static | dynamic <= set(manifest()["files"])
        assert name not in ahead or static <= ahead


@pytest.mark.parametrize("name", packed())
def test_packed_forms_hold_the_same(name: str) -> None:
    content = (FOLDER / name).read_bytes()
    assert gzip.decompress((FOLDER / f"{name}.gz").read_bytes()) == content
    # Nothing that is locked unpacks brotli; the manifest's hash is what speaks for it here.
    assert 0 < (FOLDER / f"{name}.br").stat().st_size < len(content)


def test_nothing_else_is_packed() -> None:
    found = {name.rpartition(".")[0] for name in names() if name.endswith((".gz", ".br"))}
    assert found == set(packed())


def test_a_page_can_name_the_inline_scripts_in_its_policy() -> None:
    assert len(manifest()["inlineScripts"]) == 2
    assert all(re.fullmatch(r"sha256-[A-Za-z0-9+/]{43}=", script) for script in manifest()["inlineScripts"])


def test_the_folder_stays_small() -> None:
    assert sum((FOLDER / name).stat().st_size for name in names()) < LARGEST


def test_there_are_no_source_maps() -> None:
    assert [name for name in names() if name.endswith(".map")] == []
    ends = {name: (FOLDER / name).read_bytes()[-200:] for name in packed()}
    assert [name for name, end in ends.items() if b"sourceMappingURL=" in end] == []


def test_the_licences_name_the_packages_as_they_are_locked() -> None:
    locked = json.loads((ROOT / "editor" / "package.json").read_bytes())["dependencies"]
    text = (FOLDER / "LICENSES.txt").read_text("utf-8")
    assert f"\n@wordpress/edit-post {locked['@wordpress/edit-post']}: GPL-2.0-or-later\n" in text
    assert "GNU GENERAL PUBLIC LICENSE" in text.upper()
    assert "Permission is hereby granted, free of charge" in text


def test_versions_are_pinned_and_locked() -> None:
    wanted = json.loads((ROOT / "editor" / "package.json").read_bytes())["dependencies"]
    lock = json.loads((ROOT / "editor" / "package-lock.json").read_bytes())["packages"]
    assert {name: lock[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert [name for name, entry in lock.items() if name and "integrity" not in entry] == []


def test_each_package_of_the_editor_is_locked_once() -> None:
    """Two copies of one would be two stores, and settings of one would not reach the other."""
    lock = json.loads((ROOT / "editor" / "package-lock.json").read_bytes())["packages"]
    names = [name.rpartition("node_modules/")[2] for name in lock]
    ours = [name for name in names if name.startswith("@wordpress/")]
    assert len(ours) == len(set(ours)) > 0
