"""Users and their application passwords: what is asked of them and done with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from wirepress.model.errors import Conflict, NotFound
from wirepress.model.query import Found, UserQuery
from wirepress.model.user import ApplicationPassword, User
from wirepress.store.clauses import Where, contains, decoded, marks, position_order, window
from wirepress.store.collation import fold, sort_key
from wirepress.store.columns import insert_sql
from wirepress.store.pages import Order, cut, page
from wirepress.store.rows import PASSWORDS, PLACED_PASSWORDS, USERS
from wirepress.store.unit import Row, Unit

_SELECT: Final = f"SELECT {USERS.select('u')} FROM users u"
_PASSWORDS: Final = f"SELECT {PASSWORDS.select('a')} FROM application_passwords a"
_ORDERS: Final = {
    "name": "u.name_key",
    "registered_date": "u.registered",
    "slug": "u.slug_key",
    "email": "u.email_key",
    "login": "u.login_key",
    "posts": "(SELECT count(*) FROM posts p WHERE p.author = u.id AND p.type = 'post'"
    " AND p.status IN ('publish', 'private'))",
    "include": "u.login_key",  # without ids there is nothing to order by, and the login is what is left
}
_SEARCHED: Final = ("login", "url", "email", "slug", "name")
"""The columns of a search that names none (WordPress: WP_User_Query)."""
_COLUMNS: Final = {"username": "login", "email": "email", "name": "name", "slug": "slug", "url": "url", "id": "id"}


def find(unit: Unit, query: UserQuery) -> Found:
    """The page of users that a query asks for, with the total."""
    where = _where(unit, query)
    order = _order(unit, query)
    if query.search or query.orderby == "url":
        return _sifted(unit, query, where, order)
    return page(unit, "u.id", "users", where, order, window(query))


def _sifted(unit: Unit, query: UserQuery, where: Where, order: Order) -> Found:
    """What no index answers: the comparison of whole texts is made here."""
    rows = unit.rows(
        "SELECT u.id, u.version, u.id, u.login, u.url, u.email, u.slug, u.name FROM users u"
        f" WHERE {where.sql} ORDER BY {order[0]}",
        (*where.values, *order[1]),
    )
    if query.search:
        rows = list(filter(_matcher(query), rows))
    if query.orderby == "url":
        rows.sort(key=lambda row: sort_key(row[4]), reverse=query.order == "desc")
    return cut(rows, window(query))


def _matcher(query: UserQuery) -> Callable[[Row], bool]:
    columns = _searched_columns(query)
    places = [("id", *_SEARCHED).index(name) + 2 for name in columns if name != "id"]
    wanted = fold(query.search)

    def matches(row: Row) -> bool:
        if "id" in columns and str(row[0]) == query.search:
            return True
        return any(wanted in fold(row[place]) for place in places)

    return matches


def _searched_columns(query: UserQuery) -> tuple[str, ...]:
    """Where a search looks: the columns asked for, else what the search's form suggests (WordPress: WP_User_Query)."""
    asked = tuple(_COLUMNS[name] for name in query.search_columns if name in _COLUMNS)
    if asked:
        return asked
    if "@" in query.search:
        return ("email",)
    if query.search.isascii() and query.search.isdigit():
        return ("login", "id")
    if query.search.startswith(("http://", "https://")):
        return ("url",)
    return _SEARCHED


def _where(unit: Unit, query: UserQuery) -> Where:
    where = Where()
    if query.include:
        where.one_of("u.id", query.include)
    where.none_of("u.id", query.exclude)
    if query.slugs:
        where.one_of("u.slug_key", [sort_key(slug) for slug in query.slugs])
    if query.roles:
        _granted(unit, where, query.roles)
    for names in query.capabilities:
        _granted(unit, where, names)
    for name in query.without_roles:
        where.add(f"NOT ({contains(unit.dialect, 'CAST(u.grants AS TEXT)')})", f'"{name}":')
    if query.published_types:
        where.add(
            "EXISTS (SELECT 1 FROM posts p WHERE p.author = u.id AND p.status = 'publish'"
            f" AND p.type IN ({marks(len(query.published_types))}))",
            *query.published_types,
        )
    return where


def _granted(unit: Unit, where: Where, names: Iterable[str]) -> None:
    """Users that hold one of these roles or capabilities (WordPress looks for the name in `wp_capabilities`)."""
    either = Where()
    for name in names:
        either.add(contains(unit.dialect, "CAST(u.grants AS TEXT)"), f'"{name}":')
    where.add(f"({' OR '.join(either.parts)})", *either.values)


def _order(unit: Unit, query: UserQuery) -> Order:
    if query.orderby == "include" and query.include:
        return position_order("u.id", query.include)
    if query.orderby == "include_slugs":
        return position_order("u.slug_key", [sort_key(slug) for slug in query.slugs]) if query.slugs else ("u.id", [])
    way = "ASC" if query.order == "asc" else "DESC"
    if query.orderby == "role":
        holds = contains(unit.dialect, "CAST(u.grants AS TEXT)")
        cases = "".join(f" WHEN {holds} THEN {place}" for place, _ in enumerate(query.ranks))
        rank = f"CASE{cases} ELSE {len(query.ranks)} END" if cases else "u.id"
        return f"{rank} {way}, u.name_key {way}, u.id {way}", [f'"{role}":' for role in query.ranks]
    if query.orderby in ("id", "url"):  # whoever asks for the url's order puts the rows into it
        return f"u.id {way}", []
    return f"{_ORDERS.get(query.orderby, 'u.name_key')} {way}, u.id {way}", []


def load(unit: Unit, ids: Sequence[int]) -> dict[int, User]:
    """The users of these ids."""
    where = Where()
    where.one_of("u.id", tuple(dict.fromkeys(ids)))
    return {user.id: user for user in _read(unit, where)}


def get(unit: Unit, user_id: int) -> User | None:
    """The user of this id."""
    return load(unit, (user_id,)).get(user_id)


def by_login(unit: Unit, login: str) -> User | None:
    """The user with this login, or else with this e-mail address."""
    key = sort_key(login)
    for column in ("login_key", "email_key"):
        where = Where()
        where.add(f"u.{column} = ?", key)
        if login.strip() and (found := _read(unit, where)):
            return found[0]
    return None


def by_email(unit: Unit, email: str) -> User | None:
    """The user with this e-mail address."""
    where = Where()
    where.add("u.email_key = ?", sort_key(email))
    return next(iter(_read(unit, where)), None) if email else None


def by_session(unit: Unit, token: str, now: int) -> User | None:
    """The user whose login has this token's hash and lasts beyond a time."""
    rows = unit.rows(f'{_SELECT} JOIN sessions s ON s."user" = u.id WHERE s.token = ? AND s.expires > ?', (token, now))
    return USERS.item(rows[0]) if rows else None


def by_slug(unit: Unit, slug: str) -> User | None:
    """The user with this slug."""
    where = Where()
    where.add("u.slug_key = ?", sort_key(slug))
    return next(iter(_read(unit, where)), None)


def granted(unit: Unit, names: Iterable[str], besides: Sequence[int] = ()) -> list[User]:
    """The users that hold one of these roles or capabilities, and those of these ids, by name."""
    where = Where()
    _granted(unit, where, names)
    if besides:
        either = Where()
        either.one_of("u.id", besides)
        where.parts[0] = f"({where.parts[0]} OR {either.sql})"
        where.values += either.values
    rows = unit.rows(f"{_SELECT} WHERE {where.sql} ORDER BY u.name_key, u.id", where.values)
    return [USERS.item(row) for row in rows]


def any_there(unit: Unit) -> bool:
    """Whether there is a user at all."""
    return bool(unit.rows("SELECT 1 FROM users LIMIT 1"))


def published(unit: Unit, user_id: int, types: Sequence[str]) -> bool:
    """Whether the user has a published post of one of these types."""
    where = Where()
    where.add("author = ? AND status = 'publish'", user_id)
    where.one_of("type", types)
    return bool(unit.rows(f"SELECT 1 FROM posts WHERE {where.sql} LIMIT 1", where.values))


def authored(unit: Unit, user_id: int, types: Sequence[str]) -> tuple[int, ...]:
    """The ids of all posts of these types that a user is the author of, whatever their status."""
    where = Where()
    where.add("author = ?", user_id)
    where.one_of("type", types)
    return tuple(row[0] for row in unit.rows(f"SELECT id FROM posts WHERE {where.sql} ORDER BY id", where.values))


def grants(unit: Unit) -> list[tuple[dict[str, Any], int]]:
    """What users are granted, and how many have just that."""
    rows = unit.rows("SELECT CAST(grants AS TEXT), count(*) FROM users GROUP BY CAST(grants AS TEXT)")
    return [(decoded(row[0]), row[1]) for row in rows]


def post_counts(unit: Unit, user_ids: Sequence[int], type_: str, statuses: Sequence[str]) -> dict[int, int]:
    """How many posts of a type and of some statuses users have written; who has none is not there."""
    where = Where()
    where.one_of("author", user_ids)
    where.add("type = ?", type_)
    where.one_of("status", statuses)
    return dict(unit.rows(f"SELECT author, count(*) FROM posts WHERE {where.sql} GROUP BY author", where.values))


def have_written(unit: Unit, user_ids: Sequence[int]) -> bool:
    """Whether there is any post by one of these users."""
    where = Where()
    where.one_of("author", user_ids)
    return bool(unit.rows(f"SELECT 1 FROM posts WHERE {where.sql} LIMIT 1", where.values))


def application_passwords(unit: Unit, user_id: int) -> list[ApplicationPassword]:
    """A user's application passwords in the order they were made."""
    rows = unit.rows(f'{_PASSWORDS} WHERE a."user" = ? ORDER BY a.position, a.created, a.uuid', (user_id,))
    return [PASSWORDS.item(row) for row in rows]


def _read(unit: Unit, where: Where) -> list[User]:
    return [USERS.item(row) for row in unit.rows(f"{_SELECT} WHERE {where.sql} ORDER BY u.id", where.values)]


# ---- changing


_HABITS: Final = frozenset({"wp_persisted_preferences", "session_tokens", "wp_user-settings", "wp_user-settings-time"})
"""Notes of the administration about how somebody works."""
_UNSEEN: Final = frozenset({"password", "registered", "locale", "grants"})
"""What no answer to a reader shows."""


def insert(unit: Unit, user: User, id: int | None = None) -> int:  # noqa: A002 - the word callers use
    """Adds a user and gives the id.  Readers see who has published something, so nothing changes for them yet.

    Raises Conflict when the login or a given id is taken.
    """
    if unit.rows("SELECT 1 FROM users WHERE login_key = ?", (sort_key(user.login),)):
        raise Conflict("existing_user_login", "There is a user of this name already.")
    new_id = USERS.insert(unit, user, id)
    unit.touched("user", (new_id,))
    unit.note("user.create", "user", new_id, roles=list(user.grants))
    return new_id


def update(unit: Unit, user_id: int, **changes: Any) -> bool:
    """Gives a user other values, by the names of `User`, and says whether that changed anything.

    Raises NotFound when there is no such user.
    """
    old = get(unit, user_id)
    if old is None:
        raise NotFound("no_user", "There is no user of the id %(id)s.", words={"id": user_id})
    changed = USERS.changed(old, changes)
    if not changed:
        return False
    unit.touched("user", (user_id,))
    _note(unit, old, changed)
    if changed.keys() - _UNSEEN:
        unit.raise_shared_version()
    USERS.update(unit, user_id, changed)
    return True


def delete(unit: Unit, user_id: int) -> bool:
    """Removes a user with the application passwords; the posts must have gone to somebody else before."""
    if not unit.run("DELETE FROM users WHERE id = ?", (user_id,)):
        return False
    unit.touched("user", (user_id,))
    unit.note("user.delete", "user", user_id)
    unit.raise_shared_version()
    return True


def _note(unit: Unit, old: User, changed: Mapping[str, Any]) -> None:
    """Notes a change of a user for the audit log: roles with their values, of all else the names."""
    if "grants" in changed:
        unit.note("user.role", "user", old.id, before=list(old.grants), after=list(changed["grants"]))
    if "password" in changed:
        unit.note("user.password", "user", old.id)
    fields = set(changed) - {"grants", "password", "meta"}
    meta = changed.get("meta", old.meta)
    fields |= {key for key in {*meta, *old.meta} - _HABITS if meta.get(key) != old.meta.get(key)}
    fields = {key for key in fields if not key.endswith("_per_page")}
    if fields:
        unit.note("user.update", "user", old.id, fields=fields)


def set_activation_key(unit: Unit, user_id: int, key: str) -> None:
    """Keeps the hash of a key that lets a user choose a new password; "" for none."""
    unit.run("UPDATE users SET activation_key = ? WHERE id = ?", (key, user_id))


def activation_key(unit: Unit, user_id: int) -> str:
    """The kept hash of such a key, "" when there is none."""
    found = unit.rows("SELECT activation_key FROM users WHERE id = ?", (user_id,))
    return found[0][0] if found else ""


def add_application_password(unit: Unit, password: ApplicationPassword) -> None:
    """Adds an application password behind those that the user has."""
    position = unit.rows(
        'SELECT coalesce(max(position), -1) + 1 FROM application_passwords WHERE "user" = ?', (password.user,)
    )
    unit.run(insert_sql(PASSWORDS.table, PLACED_PASSWORDS), (*PASSWORDS.row(password), position[0][0]))
    unit.note("application_password.create", "user", password.user, uuid=password.uuid)


def rename_application_password(unit: Unit, user_id: int, uuid: str, *, name: str, app_id: str) -> bool:
    """Gives an application password another name and application; False where there is none."""
    known = unit.rows('SELECT name, app_id FROM application_passwords WHERE "user" = ? AND uuid = ?', (user_id, uuid))
    if known and tuple(known[0]) != (name, app_id):
        sql = 'UPDATE application_passwords SET name = ?, app_id = ? WHERE "user" = ? AND uuid = ?'
        unit.run(sql, (name, app_id, user_id, uuid))
        unit.note("application_password.update", "user", user_id, uuid=uuid)
    return bool(known)


def rehash_application_password(unit: Unit, uuid: str, hashed: str) -> None:
    """Gives an application password another hash of the same secret."""
    unit.run("UPDATE application_passwords SET hash = ? WHERE uuid = ?", (hashed, uuid))


def note_use(unit: Unit, uuid: str, when: int, ip: str) -> None:
    """Notes when and from where an application password was used last."""
    unit.run("UPDATE application_passwords SET last_used = ?, last_ip = ? WHERE uuid = ?", (when, ip, uuid))


def remove_application_password(unit: Unit, user_id: int, uuid: str | None = None) -> int:
    """Removes one application password of a user, or all; how many there were."""
    if uuid is None:
        removed = unit.run('DELETE FROM application_passwords WHERE "user" = ?', (user_id,))
    else:
        removed = unit.run('DELETE FROM application_passwords WHERE "user" = ? AND uuid = ?', (user_id, uuid))
    if removed:
        unit.note("application_password.delete", "user", user_id, uuid=uuid or "")
    return removed
