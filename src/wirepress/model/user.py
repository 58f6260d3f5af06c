"""Users, roles and what an application password is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field

from wirepress.model.moment import ZERO, Stamp
from wirepress.model.post import Meta


@dataclass(frozen=True, slots=True)
class Role:
    """A role: its name for people and what it allows (a capability may be set to false)."""

    slug: str
    name: str
    capabilities: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class User:
    """A user.  `slug` is WordPress's user_nicename; `grants` holds roles and single capabilities as stored
    (`wp_capabilities`), in their order; `password` is the hash."""

    id: int
    login: str
    slug: str
    _: KW_ONLY
    email: str = ""
    url: str = ""
    name: str = ""
    registered: Stamp = ZERO
    password: str = ""
    first_name: str = ""
    last_name: str = ""
    nickname: str = ""
    description: str = ""
    locale: str = ""
    grants: Mapping[str, bool] = field(default_factory=dict)
    meta: Meta = field(default_factory=dict)
    version: int = 1


@dataclass(frozen=True, slots=True)
class ApplicationPassword:
    """An application password; times are seconds since 1970, `last_used` None until it was used."""

    uuid: str
    user: int
    name: str
    hash: str
    app_id: str = ""
    created: int = 0
    last_used: int | None = None
    last_ip: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A login by cookie; `token` is the hash of the secret that the cookie holds, times are seconds since 1970.

    One that is not `kept` is known by its cookie alone (`content.identity.sessions`).
    """

    token: str
    user: int
    created: int
    expires: int
    ip: str = ""
    agent: str = ""
    kept: bool = True


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """What the codes of a user's second factor are made of (RFC 6238): the secret in base 32, since when it is on
    (seconds since 1970, 0 while it waits for its first code), and the step of the last code that was taken."""

    user: int
    secret: str = field(repr=False)
    since: int = 0
    last_step: int = 0
