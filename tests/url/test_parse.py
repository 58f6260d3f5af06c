"""What addresses mean: the same as to a browser, however they are spelt."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.url.spellings import OWN, SPELLINGS, name_of
from wirepress.url.parse import LONGEST, is_address, open_address, parse, plain_url, web_url

NASTY = st.text(alphabet="htps:/\\@.?#[]%0x17\t\n\0 aeEv。．１:;-", max_size=40)


@pytest.mark.parametrize("text", SPELLINGS, ids=name_of)
def test_the_host_is_the_one_that_a_browser_goes_to(text: str) -> None:
    found = web_url(text, OWN)
    assert (found.host if found else "") == SPELLINGS[text]


@pytest.mark.parametrize("text", SPELLINGS, ids=name_of)
def test_an_address_that_is_taken_as_it_is_can_be_read_in_one_way_only(text: str) -> None:
    """Read by the syntax of RFC 3986, by Python and by PHP the host is the same."""
    found = plain_url(text)
    if found is None:
        return
    generic = re.match(r"https?://(?:[^/?#]*@)?([^/?#:]+|\[[^\]]*\])(?::\d*)?(?:[/?#]|\Z)", text, re.IGNORECASE)
    assert generic is not None
    assert parse(f"http://{generic[1]}/") == parse(f"http://{found.host}/")
    assert not re.search(r"[\s\\\x00-\x20\x7f]", text)


@given(NASTY)
def test_what_was_read_is_read_alike_again(text: str) -> None:
    found = parse(text, OWN)
    if found is not None:
        assert found.href.isascii()
        assert parse(found.href) == found
        assert isinstance(found.host_as_read, str)


@given(st.text(max_size=60), st.sampled_from(["", OWN, "no address"]))
def test_any_text_is_an_address_or_none(text: str, base: str) -> None:
    found = web_url(text, base)
    assert found is None or (found.scheme in ("http", "https") and found.host and len(found.href) <= LONGEST)


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("https://wire.example/feed/", True),
        ("HTTPS://Wire.example:8443/feed?a=b#c", True),
        ("http://reader:secret@wire.example/feed", True),
        ("http://münchen.example/über", True),
        ("http://127.0.0.1:8080/feed", True),
        ("http://[2001:db8::1]/feed", True),
        ("http://127.1/", False),
        ("http://0x7f.0.0.1/", False),
        ("http:/wire.example/", False),
        ("http:wire.example/", False),
        ("//wire.example/", False),
        ("wire.example", False),
        ("http://wire.example/a b", False),
        (" http://wire.example/", False),
        ("http://wire.example/\\", False),
        ("http://wire.example/\t", False),
        ("http://wire.example/\u200b", False),
        ("http://wire.example:0/", False),
        ("ftp://wire.example/", False),
        ("", False),
    ],
)
def test_addresses_that_can_be_fetched(text: str, sound: bool) -> None:
    assert is_address(text) is sound


@pytest.mark.parametrize(
    "text",
    [
        "http://a:s3cret@wire.example/", "http:\\\\a:s3cret@wire.example/", "http:/a:s3cret@wire.example/",
        "ht\ntp://a:s3cret@wire.example/", "http://a:s3cret@no host/", "//a:s3cret@wire.example/",
        "http://a:s3cret@b:s3cret@wire.example/", "http://:s3cret@[::1/", "ftp://a:s3cret@wire.example",
    ],
)  # fmt: skip
def test_no_spelling_shows_a_password(text: str) -> None:
    shown = open_address(text)
    assert "s3cret" not in shown
    assert "***" in shown


def test_hosts_are_shown_as_people_write_them() -> None:
    found = web_url("https://xn--mnchen-3ya.example/")
    assert found is not None
    assert found.host_as_read == "münchen.example"
    assert (found.origin, found.endpoint) == ("https://xn--mnchen-3ya.example", "https://xn--mnchen-3ya.example/")


@pytest.mark.parametrize("text", SPELLINGS, ids=name_of)
def test_no_host_is_too_strange_to_be_shown(text: str) -> None:
    found = parse(text, OWN)
    assert found is None or isinstance(found.host_as_read, str)
