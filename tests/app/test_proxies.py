"""Whom a request comes from: only a configured proxy is believed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirepress.app.proxies import Proxies
from wirepress.model.errors import Invalid

OURS = Proxies("127.0.0.1, 10.0.0.0/8, ::1")


def seen(proxies: Proxies, peer: str, forwarded: str = "", proto: str = "") -> tuple[str, str]:
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    headers += [(b"x-forwarded-proto", proto.encode())] if proto else []
    return proxies.seen(peer, "http", headers)


@pytest.mark.parametrize(
    ("peer", "forwarded", "remote"),
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("::ffff:127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("198.51.100.1", "203.0.113.7", "198.51.100.1"),
        ("127.0.0.1", "1.1.1.1, 203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "1.1.1.1, 203.0.113.7, 10.1.2.3", "203.0.113.7"),
        ("127.0.0.1", "10.1.2.3, 10.1.2.4", "10.1.2.3"),
        ("127.0.0.1", "evil, 10.1.2.4", "10.1.2.4"),
        ("127.0.0.1", "203.0.113.7:4711", "203.0.113.7"),
        ("127.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("", "203.0.113.7", ""),
    ],
)
def test_the_client_is_the_last_that_is_no_proxy_of_ours(peer: str, forwarded: str, remote: str) -> None:
    assert seen(OURS, peer, forwarded)[0] == remote
    assert seen(Proxies(""), peer, forwarded)[0] == peer


@pytest.mark.parametrize(
    ("peer", "proto", "scheme"),
    [
        ("127.0.0.1", "https", "https"),
        ("127.0.0.1", "HTTPS", "https"),
        ("127.0.0.1", "https, http", "http"),
        ("127.0.0.1", "gopher", "http"),
        ("198.51.100.1", "https", "http"),
    ],
)
def test_the_scheme_is_the_proxys_word(peer: str, proto: str, scheme: str) -> None:
    assert seen(OURS, peer, "", proto)[1] == scheme


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_header_is_borne(forwarded: str, proto: str) -> None:
    said = forwarded.encode("latin-1", "ignore").decode("latin-1")
    remote, scheme = OURS.seen(
        "10.0.0.1", "http", [(b"x-forwarded-for", said.encode("latin-1")), (b"x-forwarded-proto", proto.encode())]
    )
    assert remote
    assert scheme in ("http", "https")


def test_a_setting_that_names_no_network_is_refused() -> None:
    with pytest.raises(Invalid, match="proxies: proxy"):
        Proxies("127.0.0.1, proxy.example")
