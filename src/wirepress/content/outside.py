"""Files of other servers that somebody asks for by address.

A web process itself speaks to no other server: a process beside it does, within bounds, and through the gate that
refuses private addresses (`net`).
"""

from __future__ import annotations

from typing import Protocol

from wirepress.model.blob import Blob


class Outside(Protocol):
    """The process beside this one that fetches."""

    def fetched(self, url: str, most: int) -> Blob:
        """What is at an address, of at most so many octets.  Raises net.port.FetchError where nothing came of it.

        It takes as long as the other server does: nothing may be held meanwhile (`content.beforehand`).
        """
