"""Users: browse, get, make (wp_insert_user)."""

from __future__ import annotations

from collections.abc import Sequence

from wirepress.content.lookup import MOST_ID
from wirepress.content.newsroom import View
from wirepress.content.passwords import hash_password
from wirepress.model.errors import Conflict, Invalid
from wirepress.model.query import Found, UserQuery
from wirepress.model.user import User
from wirepress.render.slugs import MAX_SLUG, truncated_slug
from wirepress.render.slugs import login as login_of
from wirepress.render.slugs import slug as slug_of
from wirepress.store import users as store

LONGEST_LOGIN = 60
LONGEST_SLUG = 50


def browse(view: View, query: UserQuery) -> Found:
    """What a query finds."""
    return store.find(view.unit, query)


def items(view: View, ids: Sequence[int]) -> list[User]:
    """The users of these ids, in order."""
    loaded = store.load(view.unit, ids)
    return [loaded[i] for i in ids if i in loaded]


def get(view: View, user_id: int) -> User | None:
    """A user."""
    return store.get(view.unit, user_id) if user_id <= MOST_ID else None


def by_login(view: View, login: str) -> User | None:
    """The user of a login, or else of an e-mail address."""
    return store.by_login(view.unit, login)


def has_published(view: View, user_id: int) -> bool:
    """Whether a user has a published post of a type that the API shows: what makes him visible to everybody."""
    types = [kind.name for kind in view.site.kinds.types.values() if kind.show_in_rest]
    return store.published(view.unit, user_id, types)


def create(
    view: View,
    login: str,
    password: str,
    *,
    email: str = "",
    name: str = "",
    first_name: str = "",
    last_name: str = "",
    url: str = "",
    description: str = "",
    slug: str = "",
    roles: Sequence[str] = (),
) -> User:
    """Makes a user; without roles he has the site's default one."""
    login = _checked_login(view, login)
    if email and store.by_email(view.unit, email) is not None:
        raise Conflict("existing_user_email", "There is a user with this e-mail address already.")
    for role in roles:
        if role not in view.site.roles:
            raise Invalid("invalid_role", f"There is no role {role}.")
    granted = roles or (str(view.site.option("default_role")),)
    user = User(
        id=0,
        login=login,
        slug=_unique_slug(view, slug_of(slug or login)),
        email=email,
        url=url,
        name=name or " ".join(part for part in (first_name, last_name) if part) or login,
        registered=view.stamps()[1],
        password=hash_password(password),
        first_name=first_name,
        last_name=last_name,
        nickname=login,
        description=description,
        grants=dict.fromkeys(granted, True),
    )
    user_id = store.insert(view.unit, user)
    view.lookup.forget()
    made = store.get(view.unit, user_id)
    assert made is not None
    return made


def _checked_login(view: View, login: str) -> str:
    login = login_of(login, strict=True).strip()
    if not login:
        raise Invalid("empty_user_login", "A user needs a login.")
    if len(login) > LONGEST_LOGIN:
        raise Invalid("user_login_too_long", "A login has at most 60 characters.")
    known = store.by_login(view.unit, login)
    if known is not None and known.login.lower() == login.lower():
        raise Conflict("existing_user_login", "There is a user with this login already.")
    return login


def _unique_slug(view: View, wanted: str) -> str:
    wanted = truncated_slug(wanted, min(LONGEST_SLUG, MAX_SLUG))
    candidate, number = wanted, 2
    while store.by_slug(view.unit, candidate) is not None:
        candidate = f"{truncated_slug(wanted, LONGEST_SLUG - len(str(number)) - 1)}-{number}"
        number += 1
    return candidate
