"""Whether what comes may take its ids here: an import into a site that holds other things under them is refused."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from wirepress.model.errors import Conflict
from wirepress.store.clauses import marks
from wirepress.store.collation import sort_key
from wirepress.store.database import Database, Unit
from wirepress.transfer.wordpress.mapping import Values
from wirepress.transfer.wordpress.source import Raw, Source

_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells that two rows of one id are the same thing, though it may have been edited since."""

    what: str
    table: str
    key: str
    columns: tuple[str, ...]
    names: Mapping[str, str]
    """WordPress's column for the key and each of the columns."""
    same: Callable[[Mapping[str, str], Mapping[str, str]], bool]


def _equal(*names: str) -> Callable[[Mapping[str, str], Mapping[str, str]], bool]:
    return lambda here, comes: all(here[name] == comes[name] for name in names)


def _same_post(here: Mapping[str, str], comes: Mapping[str, str]) -> bool:
    name = "guid" if here["guid"] and comes["guid"] else "date"
    return _equal("type", name)(here, comes)


def _same_term(here: Mapping[str, str], comes: Mapping[str, str]) -> bool:
    renamed = here["name"] != comes["name"] and here["slug"] != comes["slug"]
    return here["id"] == comes["id"] and here["taxonomy"] == comes["taxonomy"] and not renamed


_POSTS: Final = Identity(
    "post",
    "posts",
    "id",
    ("type", "guid", "date", "title"),
    {"id": "ID", "type": "post_type", "guid": "guid", "date": "post_date", "title": "post_title"},
    _same_post,
)


def _same_user(here: Mapping[str, str], comes: Mapping[str, str]) -> bool:
    return sort_key(here["login"]) == sort_key(comes["login"]) and here["registered"] == comes["registered"]


_USERS: Final = Identity(
    "user",
    "users",
    "id",
    ("login", "registered"),
    {"id": "ID", "login": "user_login", "registered": "user_registered"},
    _same_user,
)
_TERMS: Final = Identity(
    "term",
    "terms",
    "taxonomy_id",
    ("id", "taxonomy", "name", "slug"),
    {"taxonomy_id": "term_taxonomy_id", "id": "term_id", "taxonomy": "taxonomy", "name": "name", "slug": "slug"},
    _same_term,
)
_COMMENTS: Final = Identity(
    "comment",
    "comments",
    "id",
    ("post", "date_gmt"),
    {"id": "comment_ID", "post": "comment_post_ID", "date_gmt": "comment_date_gmt"},
    _equal("post", "date_gmt"),
)


def refuse_conflicts(
    source: Source, database: Database, values: Values, *, users: bool = True, spare: frozenset[int] = frozenset()
) -> None:
    """Raises Conflict when this site holds something else under an id that comes.

    `users` says whether accounts count, `spare` which terms of this site give way.
    """
    from_terms = (
        f"{source.named('term_taxonomy')} x JOIN {source.named('terms')} t ON t.term_id = x.term_id",
        {"term_id": "x.term_id"},
    )
    for identity, (tables, qualified) in (
        (_POSTS, (source.named("posts"), {})),
        (_USERS, (source.named("users"), {})),
        (_TERMS, from_terms),
        (_COMMENTS, (source.named("comments"), {})),
    ):
        if identity is _USERS and not users:
            continue
        with database.read() as unit:
            if unit.rows(f"SELECT 1 FROM {identity.table} LIMIT 1"):
                _refuse(source, unit, identity, (tables, qualified), values, spare if identity is _TERMS else ())


def refuse_users(source: Source, unit: Unit, values: Values) -> None:
    """Raises Conflict when an account of this site is in the way of one that comes."""
    _refuse(source, unit, _USERS, (source.named("users"), {}), values, ())


def _refuse(
    source: Source,
    unit: Unit,
    identity: Identity,
    where: tuple[str, Mapping[str, str]],
    values: Values,
    spare: Collection[int],
) -> None:
    tables, qualified = where
    columns = ", ".join(qualified.get(name, source.quoted(name)) for name in identity.names.values())
    key = source.quoted(identity.names[identity.key])
    sql = f"SELECT {columns} FROM {tables} WHERE {key} > :last ORDER BY {key}"
    clashes: list[str] = []
    for page in source.paged(sql, identity.names[identity.key]):
        comes = {values.number(raw[identity.names[identity.key]]): _comparable(raw, identity, values) for raw in page}
        keys = list(comes)
        chosen = ", ".join((identity.key, *identity.columns))
        found = unit.rows(f"SELECT {chosen} FROM {identity.table} WHERE {identity.key} IN ({marks(len(keys))})", keys)
        for row in found:
            here = dict(zip(identity.columns, map(str, row[1:]), strict=True))
            if row[0] not in spare and not identity.same(here, comes[row[0]]):
                clashes.append(_clash(identity, row[0], here, comes[row[0]]))
        if identity is _USERS:
            clashes += _taken_logins(unit, comes)
    if clashes:
        more = f", and {len(clashes) - _SHOWN} more" if len(clashes) > _SHOWN else ""
        raise Conflict(
            "ids_taken",
            f"This site holds other content under the same ids: {'; '.join(clashes[:_SHOWN])}{more}."
            " Import into a new site. Nothing was changed.",
            {"clashes": clashes[:100]},
        )


def _clash(identity: Identity, key: int, here: Mapping[str, str], comes: Mapping[str, str]) -> str:
    column = next(name for name in reversed(identity.columns) if here[name] != comes[name])
    return f"{identity.what} {key} has {column} {here[column]!r} here, {comes[column]!r} there"


def _taken_logins(unit: Unit, comes: Mapping[int, Mapping[str, str]]) -> list[str]:
    keys = [sort_key(user["login"]) for user in comes.values()]
    found = unit.rows(f"SELECT id, login FROM users WHERE login_key IN ({marks(len(keys))})", keys)
    by_key = {sort_key(user["login"]): user_id for user_id, user in comes.items()}
    return [
        f"user {user_id} is {login!r} here, user {by_key[sort_key(login)]} there"
        for user_id, login in found
        if user_id not in comes
    ]


def _comparable(raw: Raw, identity: Identity, values: Values) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in identity.columns:
        value = raw[identity.names[name]]
        found[name] = str(values.stamp(value)) if name.startswith(("date", "registered")) else values.text(value)
    return found
