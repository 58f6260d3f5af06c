"""Each place that trusts an address from outside, against every hostile spelling of one."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tests.url.spellings import OWN, PRIVATE, SPELLINGS, name_of
from wirepress.admin.files import address_of
from wirepress.admin.settings.checks import is_site
from wirepress.content.addresses.oembed import is_own
from wirepress.content.addresses.own import own_address
from wirepress.content.languages import Language
from wirepress.content.newsroom import View
from wirepress.content.site import site_of
from wirepress.net.fetch import WebFetcher
from wirepress.net.port import Fault, FetchError
from wirepress.syndicate.addresses import url_key
from wirepress.syndicate.attribution import attribution
from wirepress.syndicate.embeds import framed
from wirepress.syndicate.oembed import asked, sandboxed
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.providers import provider_of
from wirepress.syndicate.unreadable import Unreadable
from wirepress.url.parse import is_address, web_url
from wirepress.wp.askable import may_be_asked
from wirepress.wp.authorize import flaws_of
from wirepress.wp.call import Call

SITE = site_of({"home": "http://news.example", "siteurl": "http://news.example"})
VIEW = cast("View", SimpleNamespace(site=SITE))
CALL = cast("Call", SimpleNamespace(view=VIEW))
HOME = "http://news.example/wp-admin/"
ENGLISH = Language("en_US")

every = pytest.mark.parametrize("text", SPELLINGS, ids=name_of)


def host_of(text: str) -> str:
    """Where a browser goes from a page of the site."""
    found = web_url(text, OWN)
    return found.host if found else ""


@every
def test_nobody_who_logs_in_is_led_off_the_site(text: str) -> None:
    assert host_of(own_address(SITE, text, HOME)) == "news.example"


@every
def test_a_password_goes_to_no_address_that_reads_two_ways(text: str) -> None:
    for name in ("success_url", "reject_url"):
        given = {"app_id": "", "success_url": "", "reject_url": "", name: text}
        if flaws_of(ENGLISH, given):
            continue
        found = web_url(text)
        assert found is not None
        assert found.host in ("127.0.0.1", "[::1]")  # every spelling here is one of http, none of https
        assert found.host in text


@pytest.mark.parametrize(
    "text",
    [
        "http://evil.example\\@127.0.0.1/", "http://127.0.0.1\\@evil.example/", "http://127.0.0.1:80@evil.example/",
        "http://127.0.0.1%2f@evil.example/", "https://good.example\\@evil.example/", "https://good.example@evil.example/",
        "https:\\\\evil.example/", "https:/evil.example/", "https:evil.example/", "http://localhost.evil.example/",
        "https://evil.example:99999/", "https://[::1/", "http://0x7f.1/", "http://127.1/", "about:blank",
        "view\tsource:https://evil.example/", "java\nscript:alert(1)", "vbscript:x", "//evil.example/",
    ],
)  # fmt: skip
def test_addresses_that_no_program_gets_a_password_at(text: str) -> None:
    assert flaws_of(ENGLISH, {"app_id": "", "success_url": text, "reject_url": ""})


@every
def test_the_host_that_is_asked_is_the_one_that_was_checked(text: str) -> None:
    asked_for: list[str] = []

    async def look_up(host: str, port: int) -> list[str]:
        asked_for.append(host)
        return ["10.0.0.1", "::1"]

    with WebFetcher(look_up=look_up) as fetcher, pytest.raises(FetchError) as caught:
        fetcher.get(text, robots=False)
    assert caught.value.fault in (Fault.ADDRESS, Fault.DNS)
    found = web_url(text)
    assert set(asked_for) <= {found.host if found else ""}


@pytest.mark.parametrize("text", PRIVATE, ids=name_of)
def test_no_spelling_of_a_private_number_is_looked_up(text: str) -> None:
    async def look_up(host: str, port: int) -> list[str]:
        raise AssertionError(host)

    with WebFetcher(look_up=look_up) as fetcher, pytest.raises(FetchError) as caught:
        fetcher.get(text)
    assert caught.value.fault is Fault.ADDRESS


@every
def test_a_source_has_an_address_that_says_where_it_is(text: str) -> None:
    if is_address(text):
        assert host_of(text) == SPELLINGS[text] != ""
    assert not (is_address(text) and set(text) & set("\\\t\r\n\0 "))


@every
def test_links_of_feeds_and_pages_are_kept_as_they_were_read(text: str) -> None:
    kept = absolute(OWN, text)
    assert (host_of(kept) if kept else "") == SPELLINGS[text]
    assert kept == "" or is_address(kept)
    assert kept.isascii()
    assert not set(kept) & set("\\\t\r\n\0 ")


@every
def test_articles_of_two_hosts_are_never_one(text: str) -> None:
    found = web_url(text)
    host = found.host.rstrip(".") if found else ""
    assert url_key(text).partition("/")[0] in ("", host)


@every
def test_no_stranger_is_taken_for_this_site(text: str) -> None:
    whole = web_url(text)
    assert is_own(VIEW, text) == (whole is not None and whole.host == "news.example")


@every
def test_a_site_and_a_font_have_plain_addresses(text: str) -> None:
    for taken in (is_site, partial(may_be_asked, CALL)):
        if taken(text):
            assert is_address(text)
            assert "@" not in text.partition("#")[0].partition("?")[0]


@every
def test_administrators_are_given_no_link_that_runs(text: str) -> None:
    post: Any = SimpleNamespace(guid=text, first_meta=lambda name: "")
    visit: Any = SimpleNamespace(site=SITE)
    shown = address_of(visit, post)
    assert shown in ("", text, f"http://news.example{text}")
    assert shown == "" or web_url(shown) is not None


FILM = "/watch?v=dQw4w9WgXcQ"


@pytest.mark.parametrize(
    "text",
    [
        f"http://evil.example\\@www.youtube.com{FILM}", f"http:\\\\evil.example\\www.youtube.com{FILM}",
        f"http://www.youtube.com@evil.example{FILM}", f"http://evil.example#@www.youtube.com{FILM}",
        f"http://www.youtube.com\0.evil.example{FILM}", f"javascript://www.youtube.com{FILM}",
        f"//www.youtube.com{FILM}", f"http://www.youtube.com%2eevil.example{FILM}",
    ],
)  # fmt: skip
def test_nobody_passes_for_a_provider(text: str) -> None:
    assert provider_of(text) is None
    assert framed(text.replace(FILM, "/embed/dQw4w9WgXcQ")) is None


@pytest.mark.parametrize("endpoint", ["http://[::1/", "javascript:x", "", "http://a:0/"])
def test_an_endpoint_that_is_none_is_not_asked(endpoint: str) -> None:
    with pytest.raises(Unreadable):
        asked(endpoint, cast("Any", SimpleNamespace(width=1, height=1, url="http://a.example/")))


@every
def test_a_frame_of_a_stranger_shows_a_plain_address_or_nothing(text: str) -> None:
    html = sandboxed(f'<iframe src="{text}"></iframe>') if text.isprintable() else None
    if html is not None:
        assert host_of(text) == SPELLINGS[text] != ""


@every
def test_a_licence_is_a_link_only_where_it_is_one(text: str) -> None:
    facts: Any = SimpleNamespace(publisher="Wire", authors=(), rights=None, licence=text)
    origin: Any = SimpleNamespace(facts=facts, url="http://wire.example/1", canonical="")
    assert ('rel="license"' in attribution(origin)) == is_address(text)


@pytest.mark.parametrize("text", ["http://0x7f000001/127.0.0.1", "http://127.1/127.0.0.1", "http://127.0.0.1@0x7f.1/"])
def test_a_number_is_looked_for_where_the_host_stands(text: str) -> None:
    assert not is_address(text)
