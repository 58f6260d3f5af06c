"""The administration in a language: whose choice counts, and that every text which screens say is known to it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import parse_qs

import pytest

from tests.admin.client import Client
from tests.admin.test_permissions import rows
from tests.house.translations import catalog, forms, languages
from wirepress.admin import moments
from wirepress.content import options
from wirepress.content.languages import Language, available, language_of
from wirepress.content.locales import NAMES
from wirepress.content.people import users
from wirepress.model.errors import Invalid
from wirepress.render.dates import format_date


def speak(client: Client, locale: str) -> None:
    with client.newsroom.write() as view:
        options.set(view.unit, "WPLANG", locale)


def test_the_site_s_language_is_everybody_s(client: Client) -> None:
    speak(client, "de_DE")
    page = client.get("editor")
    assert '<html lang="de-DE" dir="ltr">' in page.html
    assert "Warten auf Durchsicht" in page.text


def test_users_choose_their_own(client: Client) -> None:
    speak(client, "de_DE")
    with client.newsroom.write() as view:
        users.update(view, 2, users.UserChanges(locale="en_US"))
    assert "Waiting for review" in client.get("editor").text
    assert "Warten auf Durchsicht" in client.get("author").text
    assert "There is no such page here." in client.get("editor", "nothing.php").text
    assert "Diese Seite gibt es hier nicht." in client.get("author", "nothing.php").text


def test_a_language_without_texts_is_english(client: Client) -> None:
    assert language_of("xx_YY").name == "en_US"
    assert language_of("de_AT").text("Save") == "Speichern"
    assert language_of("de_AT").tag == "de-AT"


def test_errors_are_said_with_what_differs() -> None:
    error = Invalid("invalid_role", "There is no role %(role)s.", words={"role": "100 %(x)s"})
    assert error.message == "There is no role 100 %(x)s."
    assert language_of("de_DE").error(error) == "Es gibt keine Rolle 100 %(x)s."
    assert language_of("de_DE").error(Invalid("x", "100 %")) == Invalid("x", "100 %").message == "100 %"


def test_every_language_has_a_name() -> None:
    assert set(available()) <= set(NAMES)


@pytest.mark.parametrize("name", languages())
def test_names_of_days_and_months_are_known(name: str) -> None:
    language = language_of(name)
    said = {str(message.id) for message in catalog(name)}
    for month in range(1, 13):
        moment = datetime(2025, month, month, 10 if month % 2 else 20, tzinfo=UTC)
        for letter in "DlMFaA":
            assert format_date(letter, moment) in said, letter
    moment = datetime(2025, 3, 4, 20, tzinfo=UTC)
    assert set(moments.NAMES) <= said
    assert format_date("l, j. F Y \\F", moment, language_of("de_DE").text) == "Dienstag, 4. März 2025 F"
    assert language.count("%(count)s minute", "%(count)s minutes", 2) != "2 minutes"


def test_screens_say_nothing_that_is_not_in_the_catalogs(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also what is put together while it runs: each screen is asked by each method, as the permissions are."""
    known = {form for message in catalog("de_DE") for form in forms(message.id)}
    asked: set[str] = set()
    text, count = Language.text, Language.count

    def heard(self: Language, said: str, **words: object) -> str:
        asked.add(said)
        return text(self, said, **words)

    def heard_many(self: Language, one: str, many: str, number: int, **words: object) -> str:
        asked.update((one, many))
        return count(self, one, many, number, **words)

    monkeypatch.setattr(Language, "text", heard)
    monkeypatch.setattr(Language, "count", heard_many)
    speak(client, "de_DE")
    for row in rows():
        if row["method"] == "GET":
            client.get("administrator", row["screen"])
        else:
            client.post("administrator", row["screen"], parse_qs(row["form"], keep_blank_values=True))
    assert sorted(said for said in asked - known if re.search(r"[a-z]{2}", said)) == []
