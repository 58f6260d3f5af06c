"""A WordPress database as rows: opened for reading only, one moment of it, in pages of bounded size."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import quote, unquote

import pymysql.converters
from pymysql.constants import FIELD_TYPE
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from wirepress.model.errors import Invalid, NotFound, Unavailable
from wirepress.transfer.wordpress.report import Stopped

Item = TypeVar("Item")
Raw = Mapping[str, Any]
"""A row of the source by WordPress's column names."""

PAGE_ROWS: Final = 500
PAGE_BYTES: Final = 8 * 1024 * 1024

_COLUMNS: Final = {
    "posts": "ID post_author post_date post_date_gmt post_content post_title post_excerpt post_status comment_status"
    " ping_status post_password post_name to_ping pinged post_modified post_modified_gmt post_content_filtered"
    " post_parent guid menu_order post_type post_mime_type comment_count",
    "postmeta": "meta_id post_id meta_key meta_value",
    "terms": "term_id name slug term_group",
    "termmeta": "meta_id term_id meta_key meta_value",
    "term_taxonomy": "term_taxonomy_id term_id taxonomy description parent count",
    "term_relationships": "object_id term_taxonomy_id term_order",
    "users": "ID user_login user_pass user_nicename user_email user_url user_registered user_activation_key"
    " user_status display_name",
    "usermeta": "umeta_id user_id meta_key meta_value",
    "comments": "comment_ID comment_post_ID comment_author comment_author_email comment_author_url comment_author_IP"
    " comment_date comment_date_gmt comment_content comment_karma comment_approved comment_agent comment_type"
    " comment_parent user_id",
    "commentmeta": "meta_id comment_id meta_key meta_value",
    "options": "option_id option_name option_value autoload",
}
OWN: Final[Mapping[str, tuple[str, ...]]] = {table: tuple(names.split()) for table, names in _COLUMNS.items()}
"""WordPress's tables that become tables of ours, with the columns that WordPress gives them."""

LONGEST_VALUE: Final = 64 << 20
"""The most bytes of a value or row of a hostile file: they are held in memory."""
STEPS: Final = 1_000_000
"""Steps of SQLite's machine between two questions whether a statement is to end."""
_LIMITS: Final = {
    sqlite3.SQLITE_LIMIT_COLUMN: 500,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
}
_READING: Final = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_TRANSACTION}
)
_ASKED: Final = frozenset(
    {
        *("table_info", "table_xinfo", "table_list", "index_list", "index_info", "foreign_key_list", "quick_check"),
        *("main.table_info", "main.table_xinfo"),
    }
)
_NEEDED: Final = ("posts", "postmeta", "options", "terms", "term_taxonomy", "term_relationships", "comments")
_SHARED: Final = ("users", "usermeta")
_SAFE: Final = re.compile(r"[^\x00-\x1f`\"\\]{1,120}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a WordPress database is.

    `shown` is what is said of it instead of its address.  `hostile`: a file from somebody whom the machine's owner need
    not know, opened with all that SQLite has against what a file could be made to do; `stop` then ends its longest
    statement.
    """

    url: str
    prefix: str | None = None
    shown: str = ""
    hostile: bool = False
    stop: Callable[[], bool] = lambda: False


@dataclass(slots=True)
class Source:
    """An open WordPress database.

    `shown` is its address without a password; `tables` are the names of WordPress's own tables there, by their name
    without prefix; `others` the names of what else carries the prefix; `spoilt` counts the texts that were no UTF-8.
    """

    connection: Connection
    shown: str
    prefix: str
    tables: Mapping[str, str]
    others: Sequence[str]
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    spoilt: list[int] = field(default_factory=lambda: [0])

    def quoted(self, name: str) -> str:
        """A table or column name, quoted for this database (`_SAFE` names hold no quote)."""
        mark = "`" if self.connection.dialect.name in {"mysql", "mariadb"} else '"'
        # A colon would start the name of a value in SQLAlchemy's texts.
        return mark + name.replace(":", "\\:") + mark

    def named(self, table: str) -> str:
        """The quoted name of one of WordPress's own tables."""
        return self.quoted(self.tables[table])

    def count(self, name: str) -> int:
        """How many rows a table (its full name) holds."""
        return int(self.connection.scalar(text(f"SELECT count(*) FROM {self.quoted(name)}")) or 0)

    def rows(self, sql: str, **values: Any) -> Generator[dict[str, Any]]:
        """The rows of a statement, streamed."""
        with self.connection.execute(text(sql), values, execution_options={"stream_results": True}) as result:
            for row in result.mappings():
                yield dict(row)

    def pages(self, table: str, key: str) -> Iterator[list[dict[str, Any]]]:
        """The rows of one of WordPress's own tables in the order of their key, in pages of bounded size."""
        column = self.quoted(key)
        yield from self.paged(f"SELECT * FROM {self.named(table)} WHERE {column} > :last ORDER BY {column}", key)

    def paged(self, sql: str, key: str) -> Iterator[list[dict[str, Any]]]:
        """The rows of a statement with `:last`, page by page; a page ends early when it grows large."""
        last: Any = -1
        sql += f" LIMIT {PAGE_ROWS}"
        while page := self._page(sql, last):
            last = page[-1][key]
            yield page

    def _page(self, sql: str, last: Any) -> list[dict[str, Any]]:
        page: list[dict[str, Any]] = []
        size = 0
        with closing(self.rows(sql, last=last)) as rows:
            for row in rows:
                page.append(row)
                size += sum(len(value) for value in row.values() if isinstance(value, str | bytes))
                if size > PAGE_BYTES:
                    break
        return page


@contextmanager
def opened(place: Place) -> Iterator[Source]:
    """The WordPress database at a place, as it stands at this moment.

    Raises Invalid when the database is not WordPress's, or holds several installs while no prefix is named, and
    Unavailable when it cannot be reached.
    """
    engine, spoilt = _engine(place)
    shown = place.shown or _shown(engine.url)
    try:
        try:
            connection = engine.connect()
        except DBAPIError as error:
            raise Unavailable("source_unavailable", f"{shown}: {_first_line(error)}") from error
        with connection:
            try:
                _one_moment(connection)
                source = _source(connection, shown, place.prefix)
            except DBAPIError as error:
                raise Invalid("no_wordpress", f"{shown}: {_first_line(error)}") from error
            source.spoilt = spoilt
            try:
                yield source
            except DBAPIError as error:
                if place.stop():  # it was this that ended the statement
                    raise Stopped from error
                line = f"{source.shown}: {_first_line(error)}. What has come so far stays; run it again."
                raise Unavailable("source_failed", line) from error
    finally:
        engine.dispose()


def _source(connection: Connection, shown: str, prefix: str | None) -> Source:
    found = inspect(connection)
    made_up = _virtual(connection)
    names = [name for name in found.get_table_names() if _SAFE.fullmatch(name) and name not in made_up]
    installs = installs_in(names)
    prefix = _prefix(installs, shown, prefix)
    tables = _tables(names, installs, shown, prefix)
    columns = {name: tuple(c["name"] for c in found.get_columns(full)) for name, full in tables.items()}
    for name, wanted in (("posts", "ID"), ("posts", "guid"), ("options", "option_name"), ("users", "user_login")):
        if wanted not in columns[name]:
            raise Invalid("no_wordpress", f"{shown}: table {tables[name]!r} has no column {wanted!r}.")
    return Source(connection, shown, prefix, tables, _others(names, installs, prefix, tables), columns)


def _virtual(connection: Connection) -> set[str]:
    """Tables of SQLite that are no rows of a file but what some code makes: none of WordPress's are."""
    if connection.dialect.name != "sqlite":
        return set()
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND lower(ltrim(sql)) LIKE 'create virtual%'"
    return {row[0] for row in connection.exec_driver_sql(sql)}


def _prefix(installs: Sequence[str], shown: str, wanted: str | None) -> str:
    """The prefix of the install that is meant."""
    listed = ", ".join(map(repr, installs))
    if not installs:
        line = f"{shown} is not a WordPress database: no table ends in {_NEEDED[0]!r} and its kin."
        raise Invalid("no_wordpress", line)
    if wanted is None and len(installs) > 1:
        line = f"{shown} holds several WordPress installs; name one with --prefix: {listed}."
        raise Invalid("several_installs", line, {"installs": list(installs)})
    if wanted is not None and wanted not in installs:
        line = f"{shown} has no WordPress tables with the prefix {wanted!r}; there is {listed}."
        raise Invalid("no_such_prefix", line)
    return installs[0] if wanted is None else wanted


def _tables(names: Sequence[str], installs: Sequence[str], shown: str, prefix: str) -> dict[str, str]:
    """The full names of WordPress's own tables."""
    tables = {name: prefix + name for name in OWN if prefix + name in names}
    for name in _SHARED:
        # The sites of a network share the users of the first.
        bases = [base for base in installs if prefix.startswith(base) and base + name in names]
        if name not in tables and not bases:
            raise Invalid("no_wordpress", f"{shown} has no table {prefix + name!r}.")
        tables.setdefault(name, max(bases, key=len, default=prefix) + name)
    return tables


def _others(names: Sequence[str], installs: Sequence[str], prefix: str, tables: Mapping[str, str]) -> list[str]:
    """What else carries the prefix and belongs to no other install."""
    longer = tuple(other for other in installs if other != prefix and other.startswith(prefix))
    own = tables.values()
    return sorted(n for n in names if n.startswith(prefix) and not n.startswith(longer) and n not in own)


def batched(size: int, items: Iterator[Item]) -> Iterator[list[Item]]:
    """The items in lists of a size."""
    while batch := list(islice(items, size)):
        yield batch


def installs_in(names: Sequence[str]) -> list[str]:
    """The prefixes of the WordPress installs among these tables."""
    known = set(names)
    prefixes = (name.removesuffix("posts") for name in names if name.endswith("posts"))
    return sorted(prefix for prefix in prefixes if all(prefix + needed in known for needed in _NEEDED))


def _engine(place: Place) -> tuple[Engine, list[int]]:
    try:
        url = make_url(place.url)
        kind = url.get_backend_name()
        spoilt = [0]
        if kind == "sqlite":
            return _sqlite(url, spoilt, place), spoilt
        if kind in {"mysql", "mariadb"}:
            return create_engine(url, connect_args={"conv": _plain_dates()}, isolation_level="REPEATABLE READ"), spoilt
        return create_engine(url, isolation_level="REPEATABLE READ"), spoilt
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise Invalid(
            "bad_url", f"{_hidden(place.url)}: not the URL of a database (sqlite:///path, mysql+pymysql://...)."
        ) from error


def _sqlite(url: URL, spoilt: list[int], place: Place) -> Engine:
    path = Path(url.database or "")
    if not url.database or not path.is_file():
        raise NotFound("source_missing", f"{url.database or ''!r}: there is no such file.")

    def decode(raw: bytes) -> str:
        try:
            return raw.decode()
        except UnicodeDecodeError:
            spoilt[0] += 1
            return raw.decode(errors="replace")

    # A copy in a folder that cannot be written to has no place for SQLite's lock files: then it must be still.
    mode = {"mode": "ro"} if _writable(path.parent) else {"immutable": "1"}
    log = path.with_name(path.name + "-wal")
    if "immutable" in mode and log.is_file() and log.stat().st_size:
        raise Invalid("source_in_use", f"{path} has a write-ahead log; copy both to a folder that can be written to.")
    engine = create_engine(
        URL.create("sqlite", database=f"file:{quote(str(path.resolve()))}", query={**mode, "uri": "true"})
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.text_factory = decode
        connection.isolation_level = None
        if place.hostile:
            _guard(connection, place.stop)

    return engine


def _guard(connection: sqlite3.Connection, stop: Callable[[], bool]) -> None:
    """Bounds what a file that was made by somebody can bring SQLite to (sqlite.org/security.html)."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    for limit, most in _LIMITS.items():
        connection.setlimit(limit, most)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "query_only = ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.set_authorizer(_only_reading)
    connection.set_progress_handler(stop, STEPS)


def _only_reading(action: int, first: str | None, *_rest: str | None) -> int:
    """What a statement of ours may lead to: reading tables, and asking how they are made."""
    if action == sqlite3.SQLITE_PRAGMA:
        return sqlite3.SQLITE_OK if first in _ASKED else sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY


def _writable(folder: Path) -> bool:
    try:
        return bool(folder.stat().st_mode & 0o222) and os.access(folder, os.W_OK)
    except OSError:
        return False


def _plain_dates() -> dict[Any, Any]:
    """PyMySQL's conversions without those of dates: a zero date is none of Python's."""
    kept = dict(pymysql.converters.conversions)
    for kind in (FIELD_TYPE.DATETIME, FIELD_TYPE.TIMESTAMP, FIELD_TYPE.DATE, FIELD_TYPE.TIME):
        kept.pop(kind, None)
    return kept


def _one_moment(connection: Connection) -> None:
    """All that is read comes from one moment, though the site there goes on."""
    match connection.dialect.name:
        case "sqlite":
            connection.exec_driver_sql("BEGIN")
        case "mysql" | "mariadb":
            # A page is written here before the next is asked for: the server must be patient.
            connection.exec_driver_sql("SET SESSION net_write_timeout = 600, SESSION wait_timeout = 28800")
            connection.commit()
            connection.exec_driver_sql("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")


def _shown(url: URL) -> str:
    if url.get_backend_name() == "sqlite":
        return unquote(str(url.database).removeprefix("file:"))
    return url.render_as_string(hide_password=True)


def _hidden(given: str) -> str:
    return re.sub(r"://[^@]*@", "://***@", given)


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).splitlines()[0] if str(error.orig) else type(error.orig).__name__
