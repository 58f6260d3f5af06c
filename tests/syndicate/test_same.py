from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirepress.syndicate.addresses import url_key, without_tracking
from wirepress.syndicate.same import content_hash


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


@pytest.mark.parametrize(
    ("other", "key"),
    [
        ("https://m.wire.example/a", "wire.example/a"),
        ("https://www.mobile.wire.example:443/a/#top", "wire.example/a"),
        ("https://amp.wire.example/a?amp=1", "wire.example/a"),
        ("https://wire.example/a/amp/", "wire.example/a"),
        ("https://wire.example/amp/a?outputType=amp&id=3", "wire.example/a?id=3"),
        ("https://wire.example/a.amp.html", "wire.example/a.html"),
        ("https://wire.example/a.amp", "wire.example/a"),
        ("https://wire-example.cdn.ampproject.org/c/s/www.wire.example/a/amp?id=3", "wire.example/a?id=3"),
        ("https://wire-example.cdn.ampproject.org/v/wire.example/a?usqp=mq331&id=3", "wire.example/a?id=3"),
        ("https://www.google.co.uk/amp/s/amp.wire.example/a", "wire.example/a"),
        ("https://de.m.wire.example/a", "de.wire.example/a"),
    ],
)
def test_forms_for_small_screens_are_of_the_same_article(other: str, key: str) -> None:
    assert url_key(other) == key


@pytest.mark.parametrize(
    "url",
    [
        "m.example/a",  # a name that is as short
        "amp.example/amp",
        "wire.example/camp",
        "wire.example/a?damp=1",
        "wire.example/amplifier/a",
        "a.b.mobile.example/a",
        "google.elsewhere.example/x/amp/s/wire.example/a",
    ],
)
def test_what_only_looks_like_such_a_form_stays(url: str) -> None:
    assert url_key(f"https://{url}") == url


def test_copies_of_copies_end() -> None:
    assert url_key("https://google.com/amp/s/" * 3 + "e.example/a".removeprefix("https://")) != ""
    assert url_key("https://google.com/" + "amp/s/google.com/" * 400 + "amp/s/e.example/a") != ""


HOSTS = st.sampled_from(["wire.example", "de.wire.example", "wire.co.example"])
PATHS = st.lists(st.text("abc019-_", min_size=1, max_size=6), min_size=1, max_size=4).map("/".join)


@given(HOSTS, PATHS, st.lists(st.sampled_from("wmas/q#i:ltu"), max_size=8))
def test_no_dressing_makes_another_article(host: str, path: str, dressing: list[str]) -> None:
    """Each letter is a way in which addresses of one article differ, several may meet."""
    front = "".join({"w": "www.", "m": "m.", "a": "amp."}.get(letter, "") for letter in dict.fromkeys(dressing))
    scheme, port = ("http", ":80") if "s" in dressing else ("https", ":443" if ":" in dressing else "")
    end = "/amp" * ("t" in dressing) + "/" * ("/" in dressing)
    query = "?utm_source=x&fbclid=2" if "q" in dressing else ""
    name = (front + host).upper() if "u" in dressing else front + host
    dressed = f"{scheme}://{name}{port}/{path}{end}{query}{'#part' if '#' in dressing else ''}"
    plain = url_key(f"https://{host}/{path}")
    assert plain == f"{host}/{path}".removesuffix("/amp")
    assert url_key(dressed) == plain


@given(HOSTS, PATHS, PATHS)
def test_other_paths_are_other_articles(host: str, one: str, other: str) -> None:
    assert (url_key(f"https://{host}/{one}") == url_key(f"https://m.{host}/{other}")) == (one == other)


def test_markup_and_space_do_not_change_a_text() -> None:
    assert content_hash("<p>One  two</p>") == content_hash("One\ntwo")
    assert content_hash("one") != content_hash("two")
