"""Whom a request comes from, and over what, when a proxy stands in between: only a configured one is believed."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from wirepress.model.errors import Invalid

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_MOST = 20
"""How many addresses of X-Forwarded-For are looked at."""


class Proxies:
    """The proxies of a site, from its setting: addresses and networks, separated by commas."""

    def __init__(self, setting: str) -> None:
        self.networks: list[Network] = []
        for word in filter(None, (part.strip() for part in setting.split(","))):
            try:
                self.networks.append(ipaddress.ip_network(word, strict=False))
            except ValueError:
                raise Invalid("bad_setting", f"proxies: {word} is no address and no network") from None

    def seen(self, peer: str, scheme: str, headers: Iterable[tuple[bytes, bytes]]) -> tuple[str, str]:
        """The client's address and scheme, as far as proxies of ours say so.

        Each proxy adds the address that it saw at the end, so the client is the last one that is no proxy of ours;
        what stands before it is only the client's word.
        """
        if not self.networks or not self._ours(peer):
            return peer, scheme
        said: dict[bytes, list[str]] = {b"x-forwarded-for": [], b"x-forwarded-proto": []}
        for name, value in headers:
            if name in said:
                said[name] += [word.strip() for word in value.decode("latin-1").split(",")]
        protocols = said[b"x-forwarded-proto"]
        if protocols and protocols[-1].lower() in ("http", "https"):
            scheme = protocols[-1].lower()
        return self._client(peer, said[b"x-forwarded-for"]), scheme

    def _client(self, peer: str, forwarded: list[str]) -> str:
        for word in reversed(forwarded[-_MOST:]):
            address = _address(word)
            if address is None:
                break
            peer = address
            if not self._ours(address):
                break
        return peer

    def _ours(self, peer: str) -> bool:
        text = _address(peer)
        if text is None:
            return False
        address = ipaddress.ip_address(text)
        return any(address in network for network in self.networks)


def _address(word: str) -> str | None:
    """An address as proxies write it (with a port, in brackets), None where it is none."""
    if word.startswith("["):
        word = word[1:].partition("]")[0]
    elif word.count(":") == 1:
        word = word.partition(":")[0]
    try:
        address = ipaddress.ip_address(word)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)
