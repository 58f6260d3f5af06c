from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirepress.syndicate.addresses import url_key, without_tracking
from wirepress.syndicate.same import Fingerprint, Neighbours, containment, content_hash, fingerprint


@pytest.mark.parametrize(
    "url",
    [
        "https://wire.example/a/b?id=1&x=2",
        "http://www.wire.example:80/a/b/?x=2&id=1",
        "HTTPS://Wire.Example:443/a/b?utm_source=rss&id=1&fbclid=z&x=2#part",
        "https://wire.example/a/b/index.html?id=1&x=2",
    ],
)
def test_one_article_has_one_key(url: str) -> None:
    assert url_key(url) == "wire.example/a/b?id=1&x=2"


def test_other_articles_have_other_keys() -> None:
    urls = [
        "https://e.example/a",
        "https://e.example/A",
        "https://e.example/a?p=1",
        "https://e.example:8080/a",
        "https://f.example/a",
    ]
    assert len({url_key(url) for url in urls}) == len(urls)


@pytest.mark.parametrize("url", ["", "mailto:a@b.example", "/a", "http://", "http://[::1", "http://a:99999999/"])
def test_what_is_no_address_has_no_key(url: str) -> None:
    assert url_key(url) == ""


def test_tracking_goes_and_the_rest_stays_as_it_was() -> None:
    assert without_tracking("https://e.example/a?b=%20c&utm_medium=x&D#f") == "https://e.example/a?b=%20c&D#f"
    assert without_tracking("https://e.example/a#utm_source=x") == "https://e.example/a"


@given(st.text(max_size=60))
def test_a_key_is_never_an_error_and_is_its_own_key(text: str) -> None:
    key = url_key(f"https://wire.example/{text}")
    assert url_key(f"https://{key}") == key


def test_markup_and_space_do_not_change_a_text() -> None:
    assert content_hash("<p>One  two</p>") == content_hash("One\ntwo")
    assert content_hash("one") != content_hash("two")


def story(start: int, length: int) -> str:
    return " ".join(f"word{number * 7919 % 10007}" for number in range(start, start + length))


def print_of(text: str) -> Fingerprint:
    found = fingerprint(text)
    assert found is not None
    return found


def test_neighbours_are_found_cut_and_framed() -> None:
    known = Neighbours((number, print_of(story(number * 500, 400))) for number in range(1, 15))
    assert known.nearest(print_of(story(5 * 500, 260))) == (5, 1.0)
    framed = known.nearest(print_of(f"{story(9000, 120)} {story(3 * 500, 400)}"))
    assert framed is not None
    assert framed[0] == 3
    assert known.nearest(print_of(story(8000, 400))) is None


def test_short_texts_have_no_fingerprint() -> None:
    assert fingerprint("Results of the day") is None


def test_what_a_text_holds() -> None:
    whole, part = print_of(story(0, 100)), print_of(story(20, 50))
    assert containment(whole, part) == containment(part, whole) == 1.0
    assert containment(whole, print_of(story(5000, 100))) == 0.0
    assert containment(whole, frozenset()) == 0.0
