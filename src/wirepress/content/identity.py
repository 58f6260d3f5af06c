"""Identities: password hashes as WordPress keeps them, application passwords, and who a request comes from."""

from __future__ import annotations

from wirepress.content.newsroom import View
from wirepress.content.viewer import Viewer


def hash_password(password: str) -> str:
    """The hash of a password in WordPress's own format (`$wp$2y$`)."""
    raise NotImplementedError


def verify_password(password: str, kept: str) -> bool:
    """Whether a password has this hash: `$wp$2y$`, bcrypt, phpass (`$P$`, `$H$`) or plain MD5."""
    raise NotImplementedError


def outdated(kept: str) -> bool:
    """Whether a hash should be made anew at the next login."""
    raise NotImplementedError


def authenticate(view: View, login: str, password: str) -> Viewer | None:
    """The viewer whose application password this is (login or email); None when it is nobody's."""
    raise NotImplementedError


def log_in(view: View, login: str, password: str) -> Viewer | None:
    """The viewer whose account password this is (login or email); None when it is nobody's."""
    raise NotImplementedError
