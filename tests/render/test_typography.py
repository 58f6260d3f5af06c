"""The quotes and the measure of excerpts of other languages than English."""

from __future__ import annotations

import html

import pytest

from wirepress.render.strip import trim_words
from wirepress.render.texturize import texturize
from wirepress.render.titles import title
from wirepress.render.typography import ENGLISH, signs_of

TEXT = "\"Say 'no' twice\", it's - `` they'' said"


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("", "“Say ‘no’ twice”, it’s – “ they” said"),
        ("en_GB", "“Say ‘no’ twice”, it’s – “ they” said"),
        ("de_DE", "„Say ‚no‘ twice“, it’s – „ they“ said"),
        ("de_CH_informal", "«Say ‹no› twice», it’s – « they» said"),
        ("fr_FR", "«\xa0Say ‘no’ twice\xa0», it’s – «\xa0 they\xa0» said"),
        ("pl_PL", "„Say ‚no’ twice”, it’s – „ they” said"),
        ("sv_SE", "”Say ’no’ twice”, it’s – ” they” said"),
    ],
)
def test_quotes_are_those_of_the_language(locale: str, expected: str) -> None:
    assert html.unescape(texturize(TEXT, signs_of(locale))) == expected
    assert html.unescape(title(TEXT, signs_of(locale))) == expected


def test_languages_without_spaces_count_characters() -> None:
    assert not ENGLISH.characters
    assert signs_of("ja").characters
    assert trim_words("<p>港の\n夜明け</p>", 4, "…", characters=True) == "港の 夜…"
    assert trim_words("<p>港の</p>", 4, "…", characters=True) == "港の"
