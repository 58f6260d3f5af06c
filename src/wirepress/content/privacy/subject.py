"""The data subject: the person behind an e-mail address."""

from __future__ import annotations

from dataclasses import dataclass

from wirepress.content.newsroom import View
from wirepress.model.errors import Invalid
from wirepress.model.user import User
from wirepress.store import personal_data as store
from wirepress.store.personal_data import Address

LONGEST = 254
"""Characters of an address that mail can be sent to (RFC 5321)."""


@dataclass(frozen=True, slots=True)
class Subject:
    """An address, and the accounts with it."""

    address: Address
    users: tuple[User, ...]

    @property
    def ids(self) -> tuple[int, ...]:
        """The numbers of the accounts."""
        return tuple(user.id for user in self.users)


def address_of(text: str) -> Address:
    """An e-mail address that data may be kept under.  Raises Invalid for a text that is none.

    More is taken than WordPress takes for an address: what was imported is erased as well.
    """
    given = text.strip()
    local, _, domain = given.rpartition("@")
    if not (local and domain) or len(given) > LONGEST or not given.isprintable() or " " in given:
        raise Invalid("invalid_email", "That is no e-mail address.")
    return Address.of(given)


def subject_of(view: View, address: Address) -> Subject:
    """Who is behind an address."""
    return Subject(address, tuple(store.accounts(view.unit, address)))
