"""The gate: nobody makes us speak to a private address.

A name is resolved once, each address it gives is checked, and the connection goes to an address that was checked: there
is no second look-up that could answer otherwise.  A redirect passes the gate again.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Collection, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from aiohttp.abc import AbstractResolver, ResolveResult

from wirepress.net.port import Fault, FetchError
from wirepress.url.parse import Url

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Awaitable[list[str]]]
"""The addresses of a host; `OSError` when there are none."""

_USUAL = {"http": 80, "https": 443}
# Prefixes whose addresses hold an IPv4 address in their last 32 bits (RFC 6052, RFC 4291 2.5.5.1).
_EMBEDDING = (ip_network("64:ff9b::/96"), ip_network("::/96"))
# Not told apart by `is_global` in every Python: site-local (RFC 3879), local-use NAT64 (RFC 8215).
_CLOSED = (ip_network("fec0::/10"), ip_network("64:ff9b:1::/48"))


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet, with the IPv4 address looked at that IPv6 may hold."""
    if address.is_multicast or address.is_reserved or address.is_unspecified or not address.is_global:
        return isinstance(address, IPv6Address) and _embedded_is_public(address)
    if isinstance(address, IPv6Address):
        if any(address in network for network in _CLOSED):
            return False
        held = _embedded(address)
        return held is None or is_public(held)
    return True


def _embedded(address: IPv6Address) -> IPv4Address | None:
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if any(address in network for network in _EMBEDDING):
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return None


def _embedded_is_public(address: IPv6Address) -> bool:
    # NAT64 addresses lie in a range that some Pythons call reserved; the host they stand for decides.
    return address in _EMBEDDING[0] and is_public(IPv4Address(int(address) & 0xFFFF_FFFF))


class Gate:
    """Says which hosts and addresses may be asked, and at which ports (() for any)."""

    def __init__(self, allow: Iterable[str] = (), ports: Collection[int] = ()) -> None:
        self._ports = ports
        self._hosts: set[str] = set()
        self._networks: list[IPv4Network | IPv6Network] = []
        for item in allow:
            try:
                self._networks.append(ip_network(item.strip("[]"), strict=False))
            except ValueError:
                self._hosts.add(item.lower().rstrip("."))

    def admits(self, host: str, address: str) -> bool:
        """Whether `host` may be asked at `address`."""
        try:
            number = ip_address(address)
        except ValueError:
            return False
        return self._allows(host, address) or is_public(number)

    def _allows(self, host: str, address: str) -> bool:
        """Whether a host, or the number that is its address, is one of those that the settings name."""
        if host.lower().rstrip(".") in self._hosts:
            return True
        return _is_number(address) and any(ip_address(address) in network for network in self._networks)

    def check(self, url: Url) -> None:
        """Raises FetchError for what is no public http(s) address, as far as can be said without a look-up."""
        if url.scheme not in ("http", "https"):
            raise FetchError(Fault.ADDRESS, f"only http and https are fetched, not {url.scheme or 'a bare path'}:")
        if not url.names_a_host:
            raise FetchError(Fault.ADDRESS, "the address names no host that could be asked")
        # 127.1, 2130706433 and 0x7f.1 have been read as the numbers that they mean; no name ends in a number.
        host = url.host.strip("[]")
        if _is_number(host) and not self.admits(host, host):
            # Whoever reads it may well mean their own network.
            raise FetchError(
                Fault.ADDRESS, f"{host} is not a public address; the setting `allow_private` lets it be asked"
            )
        port = _USUAL[url.scheme] if url.port is None else url.port
        if self._ports and port not in self._ports and not self._allows(host, host):
            raise FetchError(Fault.ADDRESS, f"nothing is fetched at port {port}")


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


async def system_look_up(host: str, port: int) -> list[str]:
    """What the machine's own resolver says."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


class GatedResolver(AbstractResolver):
    """Resolves for aiohttp and hands on only addresses that the gate admits."""

    def __init__(self, gate: Gate, look_up: Resolve = system_look_up) -> None:
        self._gate = gate
        self._look_up = look_up

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002 (the interface's; we ask for both)
    ) -> list[ResolveResult]:
        """The admitted addresses of a host (see `AbstractResolver`).  Raises FetchError when there is none."""
        try:
            found = await self._look_up(host, port)
        except (OSError, UnicodeError) as error:
            raise FetchError(Fault.DNS, f"{host} has no address") from error
        admitted = [address for address in dict.fromkeys(found) if self._gate.admits(host, address)]
        if not admitted:
            closed = "is not a public host; the setting `allow_private` lets it be asked"
            reason = closed if found else "has no address"
            raise FetchError(Fault.ADDRESS if found else Fault.DNS, f"{host} {reason}")
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for address in admitted
        ]

    async def close(self) -> None:
        """Nothing is held."""
