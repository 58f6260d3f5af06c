from collections.abc import Sequence

import pytest

from wirepress.render import slugs
from wirepress.render.filetypes import file_type


def test_reserved_and_taken_slugs_get_a_number() -> None:
    taken = {"a", "a-2"}.intersection
    assert slugs.unique_slug("a", taken) == "a-3"
    assert slugs.unique_slug("b", taken) == "b"
    for word in ("feed", "rss2", "embed"):
        assert slugs.unique_slug(word, taken) == f"{word}-2"
    assert slugs.unique_slug("page2", taken) == "page2"
    assert slugs.unique_slug("page2", taken, hierarchical=True) == "page2-2"


def test_a_title_that_came_a_thousand_times_takes_few_questions() -> None:
    asked = []

    def taken(wanted: Sequence[str]) -> set[str]:
        asked.append(len(wanted))
        return {"a", *(f"a-{number}" for number in range(2, 1000) if number != 700)}.intersection(wanted)

    assert slugs.unique_slug("a", taken) == "a-700"
    assert len(asked) <= 8
    assert max(asked) <= 500


def test_numbers_that_read_as_dates_are_not_slugs_of_posts() -> None:
    def free(_: object) -> tuple[()]:
        return ()

    assert slugs.unique_slug("2024", free, dates="/%postname%/") == "2024-2"
    assert slugs.unique_slug("12", free, dates="/%year%/%postname%/") == "12-2"
    assert slugs.unique_slug("13", free, dates="/%year%/%postname%/") == "13"
    assert slugs.unique_slug("31", free, dates="/%year%/%monthnum%/%postname%/") == "31-2"
    assert slugs.unique_slug("12", free, dates="/%year%/%postname%/", own_slug="12") == "12"
    assert slugs.unique_slug("12", free, dates="/%year%/%postname%/", post=False) == "12"


def test_long_slugs_are_cut_between_characters() -> None:
    encoded = slugs.slug("語" * 30)
    assert len(encoded) == 198
    cut = slugs.unique_slug(encoded, {encoded}.intersection)
    assert cut == encoded + "-2" if len(encoded) <= 198 else cut.endswith("-2")
    assert slugs.truncated_slug("a" * 250, 198) == "a" * 198
    assert slugs.truncated_slug(encoded, 20) == encoded[:18]
    assert slugs.truncated_slug("\ud800" * 20, 10) == "%3F%3F%3F"


def test_a_query_keeps_accents_encoded() -> None:
    assert slugs.slug("Köln – Café") == "koln-cafe"
    assert slugs.query_slug("Köln") == "k%c3%b6ln"


def test_capital_sigma_is_small_sigma_everywhere() -> None:
    assert slugs.slug("ΣΑΣ") == "%cf%83%ce%b1%cf%83"


def test_file_names_hide_no_type() -> None:
    assert slugs.file_name("a.php.tar.gz") == "a.php_.tar.gz"
    assert slugs.file_name("jpg") == "unnamed-file.jpg"
    assert slugs.file_name("at 10.00.00\u202fAM\u3000\u2003x.png") == "at-10.00.00-AM-x.png"
    assert slugs.file_name("\u202e/../x.jpg") == "\u202e.x.jpg"
    assert file_type("x.PNG") == ("PNG", "image/png")
    assert file_type("x.exe") is None
    assert file_type("noextension") is None


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("Größe & Übermut", "", "grose-ubermut"),
        ("Größe & Übermut", "de_DE", "groesse-uebermut"),
        ("Größe", "de_CH_informal", "groesse"),
        ("Smørrebrød på Ærø", "da_DK", "smoerrebroed-paa-aeroe"),
        ("Smørrebrød", "nb_NO", "smorrebrod"),
        ("Đorđe", "sr_RS", "djordje"),
        ("Đorđe", "hr", "dorde"),
        ("Col·lecció", "ca", "colleccio"),
    ],
)
def test_some_languages_write_a_letter_in_two(text: str, locale: str, expected: str) -> None:
    assert slugs.slug(text, locale=locale) == expected
    assert slugs.file_name(f"{text.split()[0]}.jpg", locale=locale).lower() == f"{expected.split('-')[0]}.jpg"
