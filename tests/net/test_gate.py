from __future__ import annotations

import asyncio
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirepress.net.fetch import WebFetcher
from wirepress.net.gate import Gate, GatedResolver, is_public
from wirepress.net.port import Fault, FetchError
from wirepress.url.parse import parse

PRIVATE = [
    "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::", "::1", "fe80::1", "fc00::1",
    "fd12:3456::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::10.0.0.1", "64:ff9b:1::1", "2002:7f00:1::1", "2001:db8::1", "fe80::1%eth0",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "93.184.216.34", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450:4001::1", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_refused(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_admitted(address: str) -> None:
    assert is_public(ip_address(address))


@given(st.ip_addresses(v=4))
def test_ipv6_cannot_smuggle_what_ipv4_may_not(address: object) -> None:
    for prefix in ("::ffff:", "64:ff9b::"):
        wrapped = ip_address(f"{prefix}{address}")
        if not is_public(ip_address(str(address))):
            assert not is_public(wrapped)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/",
        "http://017700000001/", "http://0177.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::]:80/",
        "http://0/", "http://127.0.0.1./", "file:///etc/passwd", "ftp://example.com/", "gopher://example.com/",
        "//example.com/", "example.com", "http://", "http://a:0/", "http://.../",
    ],
)  # fmt: skip
def test_an_address_that_must_not_be_asked_is_refused_before_any_look_up(url: str) -> None:
    async def look_up(host: str, port: int) -> list[str]:
        raise AssertionError(host)

    with WebFetcher(look_up=look_up) as fetcher, pytest.raises(FetchError) as caught:
        fetcher.get(url)
    assert caught.value.fault is Fault.ADDRESS
    assert "\n" not in caught.value.message


def test_settings_open_hosts_addresses_and_networks() -> None:
    gate = Gate(["wire.internal", "10.1.0.0/16", "[::1]"])
    assert gate.admits("wire.internal", "192.168.0.9")
    assert gate.admits("anything", "10.1.2.3")
    assert gate.admits("anything", "::1")
    assert not gate.admits("anything", "10.2.2.3")
    own = parse("http://[::1]:8080/")
    assert own is not None
    gate.check(own)


def resolved(answer: list[str], gate: Gate | None = None) -> list[str]:
    async def look_up(host: str, port: int) -> list[str]:
        return answer

    return [found["host"] for found in asyncio.run(GatedResolver(gate or Gate(), look_up).resolve("news.example", 80))]


def test_only_judged_addresses_are_handed_to_the_connection() -> None:
    assert resolved(["10.0.0.1", "93.184.216.34", "::1"]) == ["93.184.216.34"]


def test_a_name_of_a_private_host_is_refused() -> None:
    with pytest.raises(FetchError, match="is not a public host"):
        resolved(["127.0.0.1", "::ffff:10.0.0.1"])


def test_a_name_without_an_address() -> None:
    with pytest.raises(FetchError, match="has no address"):
        resolved([])


@pytest.mark.parametrize(
    ("address", "passes"),
    [
        ("http://news.example/", True),
        ("https://news.example/", True),
        ("https://news.example:80/", True),
        ("http://news.example:8080/", True),
        ("http://news.example:22/", False),
        ("https://8.8.8.8:8443/", False),
        ("https://[2606:4700::1]:25/", False),
        ("http://wire.internal:9000/", True),
        ("http://10.1.2.3:9000/", True),
        ("http://[::1]:9000/", True),
    ],
)
def test_ports_are_bounded_where_they_are_named(address: str, passes: bool) -> None:
    allowed, url = ["wire.internal", "10.1.0.0/16", "[::1]"], parse(address)
    assert url is not None
    Gate(allowed).check(url)
    gate = Gate(allowed, (80, 443, 8080))
    if passes:
        gate.check(url)
        return
    with pytest.raises(FetchError, match="nothing is fetched at port") as refused:
        gate.check(url)
    assert refused.value.fault is Fault.ADDRESS
