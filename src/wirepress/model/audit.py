"""Who changed what, and when: the nouns of the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

ActorKind = Literal["system", "browser", "application", "api", "worker", "cli"]
"""The door by which a change came: a login of a browser, an application password, the API without an account."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever changes something: an account (0: none), the door, and what is known of the person.

    Login, address and client are kept apart from the log, so that they can be erased.
    """

    kind: ActorKind = "system"
    user: int = 0
    login: str = ""
    ip: str = ""
    agent: str = ""


SYSTEM = Actor()


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the log.  `person` is 0 where nothing is known besides; what was erased is empty."""

    id: int
    at: int
    user: int
    kind: str
    person: int
    action: str
    object: str
    object_id: str
    details: Mapping[str, Any] = field(default_factory=dict)
    login: str = ""
    ip: str = ""
    agent: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of somebody besides the number of their account: all that an erasure takes away."""

    login: str
    ip: str
    agent: str


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """A page of the log, newest first.  `who` is an account, `login` the beginning of a login, `ip` an address;
    `action` is a whole action or its beginning (`post`); `since` and `before` are seconds since 1970."""

    page: int = 1
    per_page: int = 50
    who: int | None = None
    login: str = ""
    ip: str = ""
    kind: str = ""
    action: str = ""
    object: str = ""
    object_id: str = ""
    since: int = 0
    before: int = 0

    @property
    def offset(self) -> int | None:
        return None
