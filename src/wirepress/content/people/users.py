"""Users: browse, get, make, change and remove, with WordPress's rules (wp_insert_user, wp_delete_user)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from wirepress.content import notices
from wirepress.content.identity.viewer import Viewer, viewer_of
from wirepress.content.media import library
from wirepress.content.newsroom import View
from wirepress.content.posts import trash
from wirepress.content.posts.cleaning import clean_address, clean_name
from wirepress.content.rows import MOST_ID
from wirepress.model.errors import Conflict, Invalid, NotFound
from wirepress.model.query import Found, UserQuery
from wirepress.model.user import User
from wirepress.render.saving import kses_plain
from wirepress.render.slugs import login as login_of
from wirepress.render.slugs import slug as slug_of
from wirepress.render.values import clean_email
from wirepress.store import posts as post_store
from wirepress.store import users as store

NO_LOGIN = "A login has 1 to 60 letters, digits, spaces and signs of . - _ @ only."
LONGEST_LOGIN = 60
LONGEST_SLUG = 50
_LONGEST_EMAIL = _LONGEST_URL = 100
_LONGEST_NAME = 250
_LONGEST_NOTE = 200_000
_TEXTS = ("email", "name", "first_name", "last_name", "nickname", "slug", "url", "description", "locale", "password")


@dataclass(frozen=True, slots=True, kw_only=True)
class UserChanges:
    """What a write gives to a user; None leaves a field as it is (or at its default, in a new user).

    Texts are raw; `password` is a hash (`passwords.hash_password`), made before the write.  `roles` replace those that
    the user has; `meta` replaces the values of the keys it names, an empty sequence removes a key.
    """

    login: str | None = None
    email: str | None = None
    name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    nickname: str | None = None
    slug: str | None = None
    url: str | None = None
    description: str | None = None
    locale: str | None = None
    password: str | None = None
    roles: Sequence[str] | None = None
    meta: Mapping[str, Sequence[Any]] | None = None


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


def is_login(view: View, login: str) -> bool:
    """Whether a text can be a login as it is, whoever has it (validate_username)."""
    cleaned = login_of(login, strict=True, locale=view.site.locale).strip()
    return cleaned == login and login not in ("", "0") and len(login) <= LONGEST_LOGIN


def by_login(view: View, login: str) -> User | None:
    """The user of a login, or else of an e-mail address."""
    return store.by_login(view.unit, login)


def by_email(view: View, email: str) -> User | None:
    """The user of an e-mail address."""
    return store.by_email(view.unit, email)


def by_slug(view: View, slug: str) -> User | None:
    """The user of a slug."""
    return store.by_slug(view.unit, slug)


def holding(view: View, capability: str, besides: Sequence[int] = ()) -> tuple[list[User], list[User]]:
    """The users who have a capability, by a role of theirs or by themselves, and those of some ids who have not; both
    by name."""
    roles = [name for name, role in view.site.roles.items() if role.capabilities.get(capability)]
    found = store.granted(view.unit, (*roles, capability), besides)
    holders = {user.id for user in found if viewer_of(view.site, user).can(capability)}
    return [user for user in found if user.id in holders], [user for user in found if user.id not in holders]


def display_name(user: User) -> str:
    """The name that a user is shown by, as text: it is kept with its special characters as entities."""
    return unescape(user.name or user.login)


def has_published(view: View, user_id: int) -> bool:
    """Whether a user has a published post of a type that the API shows: what makes them visible to everybody."""
    types = [kind.name for kind in view.site.registry.types.values() if kind.show_in_rest]
    return store.published(view.unit, user_id, types)


@dataclass(frozen=True, slots=True)
class RoleCounts:
    """How many users there are, of each role, and without any."""

    total: int
    roles: Mapping[str, int]
    without: int


def role_counts(view: View) -> RoleCounts:
    """How many users there are of each role (count_users); who has two is counted in both."""
    total, without = 0, 0
    found = dict.fromkeys(view.site.roles, 0)
    for granted, number in store.grants(view.unit):
        held = [name for name, on in granted.items() if on and name in found]
        total += number
        without += 0 if held else number
        for name in held:
            found[name] += number
    return RoleCounts(total, found, without)


def post_counts(view: View, user_ids: Sequence[int]) -> dict[int, int]:
    """How many articles users have that readers or the newsroom can see (count_many_users_posts)."""
    return store.post_counts(view.unit, user_ids, "post", ("publish", "private"))


def have_written(view: View, user_ids: Sequence[int]) -> bool:
    """Whether anything in the newsroom is by one of these users."""
    return store.have_written(view.unit, user_ids)


def create(view: View, changes: UserChanges) -> User:
    """Makes a user of what is given (wp_insert_user); where no `roles` are named they have the site's default one.

    Raises Conflict for a login or e-mail address that another has, Invalid for a login that is none, a role that there
    is not and what is too long.
    """
    login = _checked_login(view, changes.login or "")
    if changes.roles is None:
        usual = str(view.site.option("default_role"))
        changes = replace(changes, roles=(usual,) if usual in view.site.roles else ())
    user = _filled(view, User(0, login, "", registered=view.stamps()[1]), changes)
    if not _fits(user):
        raise Invalid("user_create", "A user's name or e-mail address is too long.")
    user_id = store.insert(view.unit, user)
    return existing(view, user_id)


def update(view: View, user_id: int, changes: UserChanges) -> User:
    """Changes a user, all but the login (wp_update_user).  Raises NotFound when there is none, or as `create` does."""
    before = existing(view, user_id)
    after = changed(view, before, changes)
    values = {name: getattr(after, name) for name in (*_TEXTS, "grants", "meta")}
    store.update(view.unit, user_id, **values)
    if (after.email, after.password) != (before.email, before.password):
        store.set_activation_key(view.unit, user_id, "")
        notices.account_changed(view, before, after)
    return existing(view, user_id)


def changed(view: View, user: User, changes: UserChanges) -> User:
    """What `update` would make of a user.  Raises as it does."""
    after = _filled(view, user, changes)
    if not _fits(after):
        raise Invalid("user_update", "A user's name or e-mail address is too long.")
    return after


def keep_password(view: View, user: User, hashed: str) -> None:
    """Keeps a newer hash of a password that was verified; nothing else changes by it (wp_set_password's rehash).

    Raises Conflict when the password has been changed since.
    """
    if existing(view, user.id).password != user.password:
        raise Conflict("password_changed", "The password was changed meanwhile.")
    store.update(view.unit, user.id, password=hashed)


def delete(view: View, viewer: Viewer, user_id: int, reassign: int | None = None) -> None:
    """Removes a user (wp_delete_user).  Raises NotFound when there is none.

    With `reassign` all that they have written is another's then (0: nobody's).  Without it their posts and pages go to
    the trash and the rest of theirs is deleted; what other authors have under it stays.
    """
    existing(view, user_id)
    if reassign is not None:
        post_store.reassign(view.unit, user_id, reassign)
    else:
        _remove_posts(view, viewer, user_id)
    store.delete(view.unit, user_id)


def existing(view: View, user_id: int) -> User:
    """A user as this unit holds them; raises NotFound when there is none."""
    user = get(view, user_id)
    if user is None:
        raise NotFound("invalid_user_id", "There is no such user.")
    return user


def _remove_posts(view: View, viewer: Viewer, user_id: int) -> None:
    kinds = view.site.registry.types.values()
    types = [kind.name for kind in kinds if kind.delete_with_user or "author" in kind.supports]
    for post_id in store.authored(view.unit, user_id, types):
        post = post_store.get(view.unit, post_id)
        if post is None:
            continue  # it went with another: a revision with its post
        if post.type in ("post", "page") and post.status != "trash":
            trash.trash(view, viewer, post_id)
        elif post.type == "attachment":
            library.delete(view, post_id)
        else:
            trash.delete(view, post_id)


# ---- the rules of wp_insert_user


def _filled(view: View, user: User, changes: UserChanges) -> User:
    """The user with what a write gives, cleaned as WordPress keeps it."""
    texts = _texts(user, changes)
    slug = _slug(view, user, texts["slug"])
    email = _checked_email(view, user, texts["email"])
    url = clean_address(texts["url"])
    if len(url) > _LONGEST_URL:
        raise Invalid("user_url_too_long", "A user's address has at most 100 characters.")
    first, last = clean_name(texts["first_name"]), clean_name(texts["last_name"])
    if len(texts["description"]) > _LONGEST_NOTE:  # others wait while it is filtered
        raise Invalid("overlong_user", "A text is too long.")
    description = kses_plain(texts["description"])
    if max(map(len, (description, first, last))) > _LONGEST_NOTE:
        raise Invalid("overlong_user", "A text is too long.")
    name = texts["name"]
    if not name and not user.id:
        name = " ".join(filter(None, (first, last)))
    meta = {**user.meta, **{key: list(values) for key, values in (changes.meta or {}).items()}}
    return replace(
        user,
        email=email,
        url=url,
        name=clean_name(name or user.login),
        first_name=first,
        last_name=last,
        nickname=clean_name(texts["nickname"] or user.login),
        slug=slug,
        description=description,
        locale=texts["locale"],
        password=texts["password"],
        grants=user.grants if changes.roles is None else _granted(view, user, changes.roles),
        meta={key: values for key, values in meta.items() if values},
    )


def _texts(user: User, changes: UserChanges) -> dict[str, str]:
    """The texts of a user after a write, as they are given; "0" is none (PHP's empty)."""
    before = {name: getattr(user, name) for name in _TEXTS}
    given = {name: text for name in _TEXTS if (text := getattr(changes, name)) is not None}
    return {name: "" if text == "0" else text for name, text in (before | given).items()}


def _fits(user: User) -> bool:
    """Whether the columns of WordPress's table hold a user."""
    return len(user.name) <= _LONGEST_NAME and len(user.email) <= _LONGEST_EMAIL


def _granted(view: View, user: User, roles: Sequence[str]) -> dict[str, bool]:
    """What a user is granted whose roles are these: single capabilities stay (WP_User::set_role, add_role)."""
    for role in roles:
        if role not in view.site.roles:
            raise Invalid("invalid_role", "There is no role %(role)s.", words={"role": role})
    single = {name: value for name, value in user.grants.items() if name not in view.site.roles}
    return {**single, **dict.fromkeys(roles, True)}


def _checked_login(view: View, login: str) -> str:
    """A login that is nobody's yet; "0" is none (PHP's empty)."""
    login = login_of(login, strict=True, locale=view.site.locale).strip()
    if login in ("", "0"):
        raise Invalid("empty_user_login", "A user needs a login.")
    if len(login) > LONGEST_LOGIN:
        raise Invalid("user_login_too_long", "A login has at most 60 characters.")
    known = store.by_login(view.unit, login)
    if known is not None and known.login.lower() == login.lower():
        raise Conflict("existing_user_login", "There is a user with this login already.")
    return login


def _checked_email(view: View, user: User, email: str) -> str:
    email = clean_email(email.strip())
    if email.lower() != user.email.lower():
        refuse_taken(view, user, email)
    return email


def refuse_taken(view: View, user: User, email: str) -> None:
    """Raises Conflict for an e-mail address that another has."""
    known = store.by_email(view.unit, email) if email else None
    if known is not None and known.id != user.id:
        raise Conflict("existing_user_email", "There is a user with this e-mail address already.")


def _slug(view: View, user: User, wanted: str) -> str:
    """The slug that a user gets: what is wanted, or the login, with a number where another has it."""
    locale = view.site.locale
    text = login_of(wanted, strict=True, locale=locale) if wanted else user.login[:LONGEST_SLUG]
    wanted = slug_of(text, locale=locale)
    if len(wanted) > LONGEST_SLUG:
        raise Invalid("user_nicename_too_long", "A user's slug has at most 50 characters.")
    candidate, number = wanted, 2
    while (known := store.by_slug(view.unit, candidate)) is not None and known.id != user.id:
        candidate = f"{wanted[: LONGEST_SLUG - 1 - len(str(number))]}-{number}"
        number += 1
    return candidate
