"""Every language of the administration says everything, and what is compiled is what is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.texts import PLACE, all_texts, of_module, of_template
from tests.house.translations import catalog, compiled, forms, languages, missing, po, scripts, template
from wirepress.content.languages import SCRIPTS

PLAIN_PLACE = re.compile(r"(?<!%)%(?!%|\()")


@pytest.mark.parametrize("language", languages())
def test_a_catalog_has_the_texts_that_there_are(language: str) -> None:
    there = {str(message.id) for message in template() if message.id}
    known = {str(message.id) for message in catalog(language) if message.id}
    assert sorted(there - known) == [], "make translations adds them"
    assert sorted(known - there) == [], "make translations removes them"


@pytest.mark.parametrize("language", languages())
def test_nothing_is_untranslated_or_doubtful(language: str) -> None:
    assert missing(catalog(language)) == []


@pytest.mark.parametrize("language", languages())
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    assert po(language).with_suffix(".mo").read_bytes() == compiled(catalog(language)), "make translations compiles"
    assert po(language).with_name(SCRIPTS).read_bytes() == scripts(catalog(language)), "make translations compiles"


@pytest.mark.parametrize("language", languages())
def test_translations_have_the_places_of_their_texts(language: str) -> None:
    """Each form of a translation has those of the text, neither more nor fewer; a plural may leave its number out."""
    wrong = []
    for message in catalog(language):
        texts = forms(message.id)
        wanted = [set(PLACE.findall(text)) for text in texts]
        for index, said in enumerate(forms(message.string)):
            places = set(PLACE.findall(said))
            if message.id and places != wanted[min(index, len(wanted) - 1)]:
                wrong.append(said)
    assert wrong == []


def test_no_text_has_a_place_without_a_name() -> None:
    texts = [form for text in all_texts() for form in (text.one, text.many)]
    assert [text for text in texts if PLACE.search(text) and PLAIN_PLACE.search(text)] == []


def test_texts_are_found_where_they_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.house.texts.name", lambda path: path.name)
    module = tmp_path / "screen.py"
    module.write_text(
        'TITLES = {"a": "First title", "b": ("%(count)s thing", "%(count)s things"), "c": "application/json"}\n'
        'KEY = "not-a-text"\n'
        'DONE = {"x": ("It is done.", "They are done.")}\n'
        "def show(visit):\n"
        '    message = "Said by name."\n'
        '    visit.sent.text("no"), "x".count("y")\n'
        '    visit.say("Said %(n)s", n=1), visit.language.count("one", "many", 2), visit.language.text("Told")\n'
        '    if visit:\n        raise Invalid("code", message)\n'
        '    raise NotFound("code", "Gone.")\n'
    )
    found = {(text.one, text.many) for text in of_module(module, ours=True)}
    assert found == {
        ("First title", ""),
        ("It is done.", "They are done."),
        ("%(count)s thing", "%(count)s things"),
        ("Said by name.", ""),
        ("Said %(n)s", ""),
        ("one", "many"),
        ("Told", ""),
        ("Gone.", ""),
    }
    page = tmp_path / "page.html"
    page.write_text(
        '{{ _("One") }} {{ visit.say("Two") }} {{ ngettext("a", "b", 3) }} {% trans %}Three{% endtrans %}'
        ' {{ visit.sent.text("no") }}'
    )
    assert [(text.one, text.many) for text in of_template(page)] == [
        ("One", ""),
        ("Two", ""),
        ("a", "b"),
        ("Three", ""),
    ]
