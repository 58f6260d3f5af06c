"""What the tables hold of the person behind an e-mail address: found, and taken out.

An address is compared letter by letter, whatever their case: the site's own comparison, which takes `é` for `e`, would
show and erase the data of somebody else.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from wirepress.model.comment import Comment
from wirepress.model.user import User
from wirepress.store import comments as comment_store
from wirepress.store.clauses import Where, chunks, contains, marks
from wirepress.store.collation import sort_key
from wirepress.store.personal_columns import searched
from wirepress.store.rows import COMMENTS, USERS
from wirepress.store.unit import Unit, encode

NOBODY: Final = "deleted@site.invalid"
"""What stands for an address that was taken out of a text (WordPress: wp_privacy_anonymize_data)."""
AT_ONCE: Final = 500
"""Rows that are read together."""
KEPT_META: Final = frozenset({"_wp_trash_meta_status", "_wp_trash_meta_time", "_wp_note_status", "rating"})
"""What is noted beside a comment that says nothing of its author; plugins note addresses there."""
_ANY_ADDRESS: Final = re.compile(r"[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_ASCII: Final = re.compile(r"[\x21-\x7e]+")

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A text with an address in it: the column that holds it, and the key of its row."""

    table: str
    column: str
    key: Key


@dataclass(frozen=True, slots=True)
class Address:
    """An e-mail address, as it was given and as texts are compared with it."""

    given: str
    folded: str
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, given: str) -> Address:
        folded = _folded(given)
        # Not as a part of a longer address: neither joann@... nor ann+news@... is ann@...
        pattern = re.compile(rf"(?<![\w.+%-]){re.escape(folded)}(?![\w-]|\.\w)")
        return cls(given.strip(), folded, pattern)

    @property
    def piece(self) -> str:
        """The part of it that the database can look for, whatever it makes of other letters than those of ASCII."""
        pieces: list[str] = _ASCII.findall(self.folded)
        return max(pieces, key=len)

    def same(self, other: str) -> bool:
        """Whether another text is this address."""
        return _folded(other) == self.folded

    def within(self, text: str) -> bool:
        """Whether a text names this address."""
        return bool(self.pattern.search(_folded(text)))

    def taken_out(self, text: str) -> str:
        """The text without this address."""
        # Folding may change a text's length, so that places in the folded one say nothing.
        plain = unicodedata.normalize("NFC", text)
        return re.sub(self.pattern.pattern, NOBODY, plain, flags=re.IGNORECASE)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip().lower()


# ---- finding


def accounts(unit: Unit, address: Address) -> list[User]:
    """The users with an address; there is one, but where an import brought more."""
    sql = f"SELECT {USERS.select('u')} FROM users u WHERE u.email_key = ? ORDER BY u.id"
    found = [USERS.item(row) for row in unit.rows(sql, (sort_key(address.given),))]
    return [user for user in found if address.same(user.email)]


def comments(unit: Unit, address: Address, users: Sequence[int], after: int = 0) -> tuple[list[Comment], int]:
    """Some comments that were written under an address or by a user, behind one of them, in any state; and behind
    which to go on, 0 where there are no more."""
    either = Where()
    either.one_of('c."user"', [user for user in users if user])
    rows = unit.rows(
        f"SELECT {COMMENTS.select('c')} FROM comments c WHERE c.id > ? AND (c.email_key = ? OR {either.sql})"
        " ORDER BY c.id LIMIT ?",
        (after, sort_key(address.given), *either.values, AT_ONCE),
    )
    found = [COMMENTS.item(row) for row in rows]
    theirs = [one for one in found if address.same(one.author_email) or (one.user and one.user in users)]
    return theirs, found[-1].id if len(found) == AT_ONCE else 0


def all_comments(unit: Unit, address: Address, users: Sequence[int]) -> Iterator[Comment]:
    """All of these comments, oldest first."""
    after = 0
    while True:
        found, after = comments(unit, address, users, after)
        yield from found
        if not after:
            return


def taken_down_comments(unit: Unit, address: Address, users: Sequence[int]) -> Iterator[Comment]:
    """The comments of a person that are kept for the lift of a take-down."""
    after: Key = ()
    while True:
        found, after = _taken_down(unit, address, users, after)
        yield from (Comment(**row) for _, row in found)
        if not after:
            return


def _taken_down(
    unit: Unit, address: Address, users: Sequence[int], after: Key
) -> tuple[list[tuple[Key, dict[str, Any]]], Key]:
    """Some of these with their keys, and behind which row to go on, () where there are no more."""
    behind = "AND (takedown, position) > (?, ?)" if after else ""
    rows = unit.rows(
        f"SELECT takedown, position, CAST(\"row\" AS TEXT) FROM takedown_contents WHERE kind = 'comment' {behind}"
        " ORDER BY takedown, position LIMIT ?",
        (*after, AT_ONCE),
    )
    read = [(tuple(row[:2]), json.loads(row[2])) for row in rows]
    found = [
        (key, row)
        for key, row in read
        if address.same(str(row.get("author_email", ""))) or (row.get("user") and row["user"] in users)
    ]
    return found, read[-1][0] if len(read) == AT_ONCE else ()


def mentions(unit: Unit, address: Address, tables: Sequence[str] = ()) -> Iterator[Mention]:
    """The texts of some tables, or of all, that name an address."""
    for table, keys, column in searched():
        if tables and table not in tables:
            continue
        for key, text in _holding(unit, table, keys, column, address.piece):
            if address.within(_read(text)):
                yield Mention(table, column, key)


def _holding(unit: Unit, table: str, keys: Sequence[str], column: str, piece: str) -> Iterator[tuple[Key, str]]:
    """The rows whose text holds a piece of ASCII, in whatever case, with their keys; read some at a time."""
    listed = ", ".join(f'"{key}"' for key in keys)
    text = f'CAST("{column}" AS TEXT)'
    condition = contains(unit.dialect, f"lower({text})")
    last: Key = ()
    while True:
        behind = f"AND ({listed}) > ({marks(len(keys))})" if last else ""
        sql = f"SELECT {listed}, {text} FROM {table} WHERE {condition} {behind} ORDER BY {listed} LIMIT ?"
        rows = unit.rows(sql, (piece, *last, AT_ONCE))
        yield from ((tuple(row[:-1]), str(row[-1])) for row in rows)
        if len(rows) < AT_ONCE:
            return
        last = tuple(rows[-1][:-1])


def _read(text: str) -> str:
    """A kept text as people read it: JSON may hold letters as numbers."""
    if "\\u" not in text:
        return text
    try:
        return encode(json.loads(text))
    except ValueError:
        return text


LISTS: Final[Mapping[str, tuple[str, str, str]]] = {
    "sessions": ("user", "created expires ip agent", "created, token"),
    "application_passwords": ("user", "name app_id created last_used last_ip", "position, uuid"),
    "second_factors": ("user", "since", "since"),
    "device_links": ("user", "made used", "made, hash"),
    "attempts": ("user", "number since last", "since, key"),
    "audit_people": ("user", "login ip agent seen", "id"),
    "audit": ("user", "at kind action object object_id", "id"),
    "orders": ("user", "kind state placed ended", "id"),
    "entries": ("decided_by", "title link at", "id"),
    "takedowns": ("user", "title url at", "id"),
}
"""What there is of an account, by table: the column that names the account, those that tell of it, and the order."""


def listed(unit: Unit, table: str, user_id: int) -> list[dict[str, Any]]:
    """The rows of one of LISTS that are an account's."""
    account, names, order = LISTS[table]
    columns = names.split()
    sql = f'SELECT {", ".join(columns)} FROM {table} WHERE "{account}" = ? ORDER BY {order}'
    return [dict(zip(columns, row, strict=True)) for row in unit.rows(sql, (user_id,))]


def written_by(unit: Unit, user_id: int, *, revisions: bool) -> list[int]:
    """The ids of the posts of all types that a user is the author of; of revisions, or of all others."""
    sign = "=" if revisions else "<>"
    sql = f"SELECT id FROM posts WHERE author = ? AND type {sign} 'revision' ORDER BY id"
    return [row[0] for row in unit.rows(sql, (user_id,))]


def requests(unit: Unit, address: Address) -> list[int]:
    """The requests to export or erase personal data (`user_request`) that came from an address."""
    rows = unit.rows(
        "SELECT id, title FROM posts WHERE type = 'user_request' AND title_key = ? ORDER BY id",
        (sort_key(address.given),),
    )
    return [row[0] for row in rows if address.same(row[1])]


def kept_row(unit: Unit, key: Key) -> dict[str, Any]:
    """A row of an imported database that nothing here serves."""
    sql = 'SELECT CAST("row" AS TEXT) FROM kept_rows WHERE source_table = ? AND source_key = ?'
    rows = unit.rows(sql, key)
    found = json.loads(rows[0][0]) if rows else {}
    return found if isinstance(found, dict) else {"row": found}


# ---- taking out


def anonymize_comments(unit: Unit, found: Sequence[Comment], name: str) -> None:
    """Takes out of comments who wrote them; their texts stay (WordPress: wp_comments_personal_data_eraser)."""
    if not found:
        return
    rows = [(name, sort_key(""), encode(_kept_meta(one.meta)), one.id) for one in found]
    unit.run_many(
        "UPDATE comments SET author_name = ?, author_email = '', email_key = ?, author_url = '', author_ip = '',"
        " agent = '', \"user\" = 0, meta = ?, version = version + 1 WHERE id = ?",
        rows,
    )
    unit.note("comment.anonymize", "comment", "", count=len(rows))
    unit.raise_epoch()


def delete_comments(unit: Unit, found: Sequence[Comment]) -> None:
    """Deletes comments; the answers to them move up."""
    for one in found:
        comment_store.delete(unit, one.id)


def _kept_meta(meta: Mapping[str, Any]) -> dict[str, Any]:
    return {key: values for key, values in meta.items() if key in KEPT_META}


def anonymize_taken_down(unit: Unit, address: Address, users: Sequence[int], name: str, after: Key) -> tuple[int, Key]:
    """Takes the same out of comments that are kept for the lift of a take-down, some at a time; how many there were,
    and behind which row to go on, () where there are no more."""
    found, last = _taken_down(unit, address, users, after)
    changed = []
    for key, row in found:
        empty = dict.fromkeys(("author_email", "author_url", "author_ip", "agent"), "")
        meta = _kept_meta(row.get("meta") or {})
        changed.append((encode({**row, **empty, "author_name": name, "user": 0, "meta": meta}), *key))
    unit.run_many('UPDATE takedown_contents SET "row" = ? WHERE takedown = ? AND position = ?', changed)
    return len(changed), last


def redact(unit: Unit, address: Address, found: Sequence[Mention]) -> int:
    """Takes an address out of texts, wherever in them it stands; of how many."""
    return sum(_rewrite(unit, one, lambda text: _without(text, address)) for one in found)


def _rewrite(unit: Unit, mention: Mention, change: Callable[[str], str]) -> int:
    keys = next(keys for table, keys, _ in searched() if table == mention.table)
    where = " AND ".join(f'"{key}" = ?' for key in keys)
    column = f'"{mention.column}"'
    rows = unit.rows(f"SELECT CAST({column} AS TEXT) FROM {mention.table} WHERE {where}", mention.key)
    if not rows or (after := change(str(rows[0][0]))) == rows[0][0]:
        return 0
    return unit.run(f"UPDATE {mention.table} SET {column} = ? WHERE {where}", (after, *mention.key))


def _without(text: str, address: Address) -> str:
    try:
        value = json.loads(text)
    except ValueError:
        return address.taken_out(text)
    return encode(_walked(value, address.taken_out)) if isinstance(value, dict | list) else address.taken_out(text)


def _walked(value: Any, change: Callable[[str], str]) -> Any:
    """A value of JSON with all texts in it changed, names of members as well."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {change(key): _walked(one, change) for key, one in value.items()}
    if isinstance(value, list):
        return [_walked(one, change) for one in value]
    return value


def drop_kept_rows(unit: Unit, address: Address, found: Sequence[Mention]) -> tuple[int, int]:
    """Removes rows of an imported database that are an address's own: a column holds it and nothing else, and no other
    address is named.  Of any other row, which may be what somebody else wrote, only the address goes.  How many were
    removed, and how many changed."""
    removed, shared = 0, []
    for one in found:
        columns = kept_row(unit, one.key)
        row = encode(columns)
        is_theirs = any(isinstance(value, str) and address.same(value) for value in columns.values())
        others = [other for other in _ANY_ADDRESS.findall(row) if not address.same(other) and other != NOBODY]
        if others or not is_theirs:
            shared.append(one)
        else:
            removed += unit.run("DELETE FROM kept_rows WHERE source_table = ? AND source_key = ?", one.key)
    return removed, redact(unit, address, shared)


def forget_people(unit: Unit, user_id: int, logins: Sequence[str]) -> int:
    """Removes what the audit log knows of a person besides the number of the account; how many rows there were."""
    removed = unit.run('DELETE FROM audit_people WHERE "user" = ?', (user_id,)) if user_id else 0
    for some in chunks(sorted({login.lower() for login in logins if login})):
        removed += unit.run(f"DELETE FROM audit_people WHERE lower(login) IN ({marks(len(some))})", some)
    return removed


def forget_device_links(unit: Unit, user_id: int) -> int:
    """Removes the links that would make a browser known to an account; how many there were."""
    return unit.run('DELETE FROM device_links WHERE "user" = ?', (user_id,))
