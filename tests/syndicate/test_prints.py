"""By what a text is known again, measured on texts that are cut, framed and retold."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirepress.content.stories.bands import bands_of, traces_of
from wirepress.model.story import KeptPrint, TextPrint
from wirepress.syndicate.prints import (
    Dressing,
    containment,
    likeness,
    markup_print,
    nearest,
    print_of,
)

WORDS = tuple(f"word{number}" for number in range(3_000))


def story(name: str, length: int) -> str:
    """Sentences of words drawn anew."""
    dice = Random(name)
    return " ".join(f"{dice.choice(WORDS)}{'.' if number % 17 == 16 else ''}" for number in range(length))


def printed(text: str) -> TextPrint:
    found = print_of(text)
    assert found is not None
    return found


def cut(text: str, share: float, name: str) -> str:
    """A text without some of its sentences."""
    dice = Random(name)
    return ".".join(sentence for sentence in text.split(".") if dice.random() >= share)


BOILERPLATE = story("boilerplate", 70)
FORMS: dict[str, Callable[[str], str]] = {
    "as it was": lambda text: text,
    "with small cuts": lambda text: cut(text, 0.12, text[:20]),
    "with a paragraph before it": lambda text: f"{story('before', 90)} {text}",
    "with a paragraph behind it": lambda text: f"{text} {story('behind', 90)}",
    "framed": lambda text: f"{story('frame', 25)} {text} {BOILERPLATE}",
    "its first half": lambda text: " ".join(text.split()[: len(text.split()) // 2]),
    "an excerpt": lambda text: " ".join(text.split()[:55]),
    "paragraphs out of its middle": lambda text: " ".join(text.split()[80:220]),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("length", [240, 500, 1200, 6000])
def test_the_same_text_is_found_and_known(form: str, length: int) -> None:
    """Found: it shares bands with what it is like; known: it counts as the same."""
    missed = []
    for number in range(12):
        text = story(f"{length}-{number}", length)
        known, other = printed(text), printed(FORMS[form](text))
        if not (set(bands_of(known)) & set(bands_of(other)) and likeness(known, other)):
            missed.append(number)
    assert missed == []


def test_articles_on_one_event_by_other_authors_are_not_one() -> None:
    """They share quotations and names: a third of their words, in runs of a sentence."""
    shared = [story(f"quotation {number}", 30) for number in range(4)]
    for length in (130, 250, 500):
        ours = " ".join(f"{story(f'ours {number}', length // 4)} {said}" for number, said in enumerate(shared))
        theirs = " ".join(f"{story(f'theirs {number}', length // 4)} {said}" for number, said in enumerate(shared))
        assert 0.1 < containment(printed(ours), printed(theirs)) < 0.6
        assert likeness(printed(ours), printed(theirs)) == 0


def test_a_short_text_that_is_quoted_is_not_what_quotes_it() -> None:
    said = story("statement", 60)
    article = f"{story('about it', 200)} {said} {story('after it', 200)}"
    assert containment(printed(said), printed(article)) == 1
    assert likeness(printed(said), printed(article)) == 0
    assert likeness(printed(said), printed(f"{said} {story('goes on', 400)}")) == 1  # of which it is an excerpt


def test_short_texts_have_to_be_nearly_the_same() -> None:
    """A form letter with other names in it: weather, results, the register."""
    form = story("form", 60).split()
    filled = " ".join(word if place % 15 else f"name{place}" for place, word in enumerate(form))
    assert likeness(printed(" ".join(form)), printed(filled)) == 0
    assert likeness(printed(" ".join(form)), printed(" ".join(form[:-3]))) > 0


def test_brief_texts_are_known_as_a_whole_with_their_titles() -> None:
    said = story("brief", 20)
    one = print_of(said, "Rain")
    assert one is not None
    assert print_of("Results of the day") is None
    assert likeness(one, print_of(f"  {said.upper()} ", "RAIN") or TextPrint(frozenset())) == 1
    for other in (print_of(said, "Snow"), print_of(f"{said} too", "Rain")):
        assert other is not None
        assert likeness(one, other) == 0
    assert likeness(one, one, same_source=True) == 0


def test_one_source_says_much_alike() -> None:
    words = story("text", 300).split()
    filled = printed(" ".join(word if place % 20 else f"name{place}" for place, word in enumerate(words)))
    assert likeness(printed(" ".join(words)), filled) > 0
    assert likeness(printed(" ".join(words)), filled, same_source=True) == 0
    teaser = printed(story("to be read in full with a subscription", 60))
    assert likeness(teaser, teaser, same_source=True) == 0


def test_what_a_source_says_around_its_articles_does_not_count() -> None:
    """Two texts of 60 words in a frame of 70, of one source and of another: alike by the frame only."""
    dressing = Dressing(printed(f"{story(f'article {number}', 200)} {BOILERPLATE}") for number in range(3))
    framed = printed(f"{story('one', 60)} {BOILERPLATE}")
    other = KeptPrint(7, 70, 1, printed(f"{story('two', 60)} {BOILERPLATE}"))
    assert nearest(framed, 1, [other], dressing) == []
    assert nearest(printed(BOILERPLATE), 1, [other], dressing) == []  # nothing is left of it
    bare = KeptPrint(8, 80, 2, printed(story("one", 60)))
    assert [kept.id for _, kept in nearest(framed, 1, [other, bare], dressing)] == [8]


def test_an_article_that_a_source_sends_often_is_no_dressing() -> None:
    text = printed(story("again and again", 300))
    dressing = Dressing([text] * 6)
    assert dressing.off(text) == text


def test_markup_and_headlines_make_no_difference() -> None:
    text = story("marked up", 200)
    marked = "".join(f"<p>{sentence}.</p>" for sentence in text.split(". "))
    found = markup_print(marked, "Another headline")
    assert found is not None
    assert likeness(found, printed(text)) == 1


@given(st.lists(st.sampled_from(WORDS[:40]), max_size=400), st.integers(0, 390), st.integers(1, 400))
def test_a_part_is_in_the_whole(words: list[str], start: int, length: int) -> None:
    whole, part = print_of(" ".join(words)), print_of(" ".join(words[start : start + length]))
    if whole is None or part is None or len(part.numbers) == 1:
        return
    assert containment(whole, part) == containment(part, whole) == 1.0


@given(st.text(max_size=2_000))
def test_every_text_has_a_print_or_none(text: str) -> None:
    found = print_of(text)
    if found is None:
        return
    assert likeness(found, found) == 1
    assert bands_of(found)
    assert set(bands_of(found)) <= set(traces_of(found)) <= found.numbers
