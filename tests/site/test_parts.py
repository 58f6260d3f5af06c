from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirepress.render.autop import autop
from wirepress.site.stories import parts_of

SPLIT = "<!--nextpage-->"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("<p>One.</p>", ["<p>One.</p>"]),
        (f"<p>One.</p>\n{SPLIT}\n<p>Two.</p>", ["<p>One.</p>", "<p>Two.</p>"]),
        (f"<p>One.</p>\n<p>{SPLIT}</p>\n<p>Two.</p>\n", ["<p>One.</p>", "<p>Two.</p>"]),
        (f"<p>One.<br />\n{SPLIT}<br />\nTwo.</p>", ["<p>One.</p>", "<p>Two.</p>"]),
        (f'<p class="a">One. {SPLIT} Two.</p>', ['<p class="a">One.</p>', "<p>Two.</p>"]),
        (f"<p>1</p>\n<p>{SPLIT}</p>\n<p>2</p>\n<p>{SPLIT}</p>\n<p>3</p>", ["<p>1</p>", "<p>2</p>", "<p>3</p>"]),
        (f"{SPLIT}{SPLIT}", ["", "", ""]),
    ],
)
def test_each_part_is_whole(text: str, parts: list[str]) -> None:
    assert parts_of(text) == parts


@given(st.lists(st.sampled_from(["One.", "Two.", "\n", "\n\n", " ", SPLIT]), max_size=12))
def test_paragraphs_of_classic_texts_are_opened_and_closed(pieces: list[str]) -> None:
    for part in parts_of(autop("".join(pieces))):
        assert part.count("<p>") == part.count("</p>")


def test_a_long_run_of_breaks_takes_no_time() -> None:
    assert parts_of(f"a{' ' * 200_000}b{SPLIT}{'<br />' * 50_000}c") == [f"a{' ' * 200_000}b", "c"]
