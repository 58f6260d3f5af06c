"""Users: browse, get, create."""

from __future__ import annotations

from collections.abc import Sequence

from wirepress.content.newsroom import View
from wirepress.model.query import Found, UserQuery
from wirepress.model.user import User


def browse(view: View, query: UserQuery) -> Found:
    """What a query finds."""
    raise NotImplementedError


def items(view: View, ids: Sequence[int]) -> list[User]:
    """The users of these ids, in order."""
    raise NotImplementedError


def get(view: View, user_id: int) -> User | None:
    """A user."""
    raise NotImplementedError


def create(
    view: View, login: str, password: str, *, email: str = "", name: str = "", roles: Sequence[str] = ()
) -> User:
    """Makes a user (wp_insert_user)."""
    raise NotImplementedError
