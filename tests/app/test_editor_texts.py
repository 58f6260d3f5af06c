"""The texts of the block editor that lie in the folder of a site: read with care, left out where they are none."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from wirepress.app import editor_texts
from wirepress.app.editor_texts import FOLDER, EditorTexts

GERMAN = "nplurals=2; plural=(n != 1);"


@pytest.fixture
def texts(tmp_path: Path) -> EditorTexts:
    (tmp_path / FOLDER).mkdir()
    return EditorTexts(tmp_path)


def lay(texts: EditorTexts, name: str, content: Any) -> None:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    (texts.folder / name).write_bytes(data)


def test_a_site_without_any_has_none(tmp_path: Path) -> None:
    assert EditorTexts(tmp_path)("de_DE") == {}


def test_a_file_is_read_and_read_anew_when_it_changes(texts: EditorTexts) -> None:
    lay(texts, "editor-de_DE.json", {"": {"plural_forms": GERMAN}, "Publish": ["Veröffentlichen"]})
    first = texts("de_DE")
    assert first == {"": {"plural_forms": GERMAN}, "Publish": ["Veröffentlichen"]}
    assert texts("de_DE") is first
    assert texts("fr_FR") == {}
    lay(texts, "editor-de_DE.json", {"Save": ["Sichern"]})
    assert texts("de_DE") == {"Save": ["Sichern"]}


def test_language_packs_are_read_before_the_site_s_own_file(texts: EditorTexts) -> None:
    wrapped = {"": {"plural-forms": GERMAN, "lang": "de"}, "Publish": ["Freigeben"], "Save": ["Speichern"]}
    lay(texts, f"de_DE-{'0a' * 16}.json", {"domain": "messages", "locale_data": {"messages": wrapped}})
    lay(texts, f"de_DE-{'0b' * 16}.json", {"locale_data": {"messages": {"Undo": ["Rückgängig"]}}})
    lay(texts, "de_DE.json", {"No": ["Nein"]})
    lay(texts, "editor-de_DE.json", {"Publish": ["Veröffentlichen"]})
    assert texts("de_DE") == {
        "": {"plural_forms": GERMAN},
        "Publish": ["Veröffentlichen"],
        "Save": ["Speichern"],
        "Undo": ["Rückgängig"],
    }


@pytest.mark.parametrize(
    "content",
    [b"no JSON", b"\xff\xfe", [], "text", {"locale_data": {}}, {"locale_data": {"messages": 1}}, b"[" * 100_000],
)
def test_what_is_no_catalog_is_left_out(texts: EditorTexts, content: Any, caplog: pytest.LogCaptureFixture) -> None:
    lay(texts, f"de_DE-{'0a' * 16}.json", {"Save": ["Speichern"]})
    lay(texts, "editor-de_DE.json", content)
    with caplog.at_level(logging.WARNING):
        assert texts("de_DE") == {"Save": ["Speichern"]}
    assert "editor-de_DE.json is left out" in caplog.text


def test_what_is_no_translation_is_left_out(texts: EditorTexts) -> None:
    lay(texts, "editor-de_DE.json", {
        "": {"plural_forms": "nplurals=2; plural=alert(1);", "x": "y"}, "a": "text", "b": [], "c": [None, "x"],
        "d": [""], "e": {"f": 1}, "Save": ["Speichern"],
    })  # fmt: skip
    assert texts("de_DE") == {"Save": ["Speichern"]}


def test_more_than_a_page_can_carry_is_left_out(
    texts: EditorTexts, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(editor_texts, "MOST_BYTES", 40)
    lay(texts, "editor-de_DE.json", {"Save": ["Speichern" * 10]})
    with caplog.at_level(logging.WARNING):
        assert texts("de_DE") == {}
    assert "left out" in caplog.text
