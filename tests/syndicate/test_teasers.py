from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirepress.syndicate.teasers import is_syndicators, summary_of

HERE = "A bell was found."
APPEARED = "The post A bell appeared first on Saltmarsh Courier."


@pytest.mark.parametrize(
    "end",
    [
        " Read more…",
        " Read more",
        " Continue reading →",
        " Weiterlesen",
        " Lire la suite »",
        " […]",
        " [...]",
        f" {APPEARED}",
        " Der Beitrag Glocke erschien zuerst auf Bote.",
        f" […] Read more… {APPEARED}",
    ],
)
def test_what_was_hung_onto_a_summary_is_taken_off(end: str) -> None:
    assert summary_of(HERE + end) == HERE


@pytest.mark.parametrize(
    "text",
    ["The town wants to read more", "He has one wish: that children read more books.", "The post is on time. A post."],
)
def test_words_of_the_author_stay(text: str) -> None:
    assert summary_of(text) == text


def test_a_summary_that_was_cut_says_so() -> None:
    assert summary_of("The bell was found in the [&hellip;]".replace("&hellip;", "…")) == "The bell was found in the …"


def test_a_line_about_the_way_of_a_text_is_known() -> None:
    assert is_syndicators(APPEARED)
    assert is_syndicators("The post appeared first on Saltmarsh Courier.")
    assert not is_syndicators("The post appeared on time.")


@given(st.text(max_size=200))
def test_a_summary_is_the_beginning_of_its_text(text: str) -> None:
    assert text.startswith(summary_of(text).removesuffix(" …").removesuffix("…").rstrip())
