"""A noun's columns, read off its dataclass: every SELECT, row, INSERT and UPDATE of the noun comes from there.

A field is a column of its name and type, a mapping is kept as JSON.  Fields marked ELSEWHERE are in other tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, get_origin, get_type_hints

from wirepress.model.errors import Conflict
from wirepress.model.post import ELSEWHERE
from wirepress.store.clauses import decoded, marks
from wirepress.store.unit import Row, Unit, encode

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

N = TypeVar("N", bound="DataclassInstance")
Derived = Mapping[str, tuple[str, Callable[[Any], Any]]]


class Columns(Generic[N]):
    """The columns of a noun's table.

    `derived` columns are made of the value of a field, by the field's name and a function; `kept` are those that no
    update sets by name, besides `key`, `version` and what is derived.
    """

    def __init__(
        self, noun: type[N], table: str, *, key: str = "id", derived: Derived | None = None, kept: Iterable[str] = ()
    ) -> None:
        derived = derived or {}
        hints = get_type_hints(noun)
        own = [f.name for f in fields(noun) if not ELSEWHERE.items() <= f.metadata.items()]
        self._json = [name for name in own if get_origin(hints[name]) is Mapping]
        self.table: Final = table
        self.key: Final = key
        self.types: Final[dict[str, Any]] = dict.fromkeys(derived, bytes) | {name: hints[name] for name in own}
        self.names: Final = tuple(sorted(self.types, key=lambda name: name != key))
        self.width: Final = len(own)
        self.settable: Final = frozenset(own) - {key, "version", *derived, *kept}
        self._noun = noun
        self._own = own
        self._makers: Final = {name: (name, _encoded) for name in self._json} | dict(derived)
        makers = [self._makers.get(name, (name, None)) for name in self.names]
        self._blank = noun.__new__
        self._rest = {f.name: f.default for f in fields(noun) if f.name not in own}
        # A frozen noun is filled through its slots: its constructor takes several times as long to set each field.
        self._fill = {name: getattr(noun, name).__set__ for name in (*own, *self._rest)}
        self._columns = tuple((self._fill[name], name in self._json) for name in own)
        self._sources = attrgetter(*(source for source, _ in makers))
        self._made = [(place, made) for place, (_, made) in enumerate(makers) if made]

    def select(self, alias: str) -> str:
        """What a SELECT names for `item`."""
        columns = {name: f'{alias}."{name}"' for name in self._own}
        columns |= {name: f"CAST({columns[name]} AS TEXT)" for name in self._json}
        return ", ".join(columns.values())

    def item(self, row: Row, **elsewhere: Any) -> N:
        """The noun of a row that `select` asked for, with the values of its fields that are in other tables."""
        item = self._blank(self._noun)
        for (fill, is_json), value in zip(self._columns, row, strict=True):
            fill(item, decoded(value) if is_json else value)
        for name, value in (self._rest | elsewhere).items():
            self._fill[name](item, value)
        return item

    def row(self, item: N) -> Row:
        """The values of `names`."""
        values = list(self._sources(item))
        for place, made in self._made:
            values[place] = made(values[place])
        return tuple(values)

    def insert(self, unit: Unit, item: N, given: int | None) -> int:
        """Adds a row under a given key or a new one, which it returns.  Raises Conflict when the given one is taken."""
        values = self.row(item)[1:]
        if given is None:
            new: int = unit.rows(insert_sql(self.table, self.names[1:], tail=f"RETURNING {self.key}"), values)[0][0]
            return new
        if unit.rows(f"SELECT 1 FROM {self.table} WHERE {self.key} = ?", (given,)):
            words = {"noun": self._noun.__name__.lower(), "id": given}
            raise Conflict("id_taken", "There is a %(noun)s of the id %(id)s already.", words=words)
        unit.run(insert_sql(self.table, self.names), (given, *values))
        if unit.dialect != "sqlite":  # SQLite's AUTOINCREMENT moves past a given key by itself
            sequence = f"pg_get_serial_sequence('{self.table}', '{self.key}')"
            most = f"SELECT max({self.key}) FROM {self.table}"
            unit.rows(f"SELECT setval({sequence}, greatest(({most}), nextval({sequence}) - 1))")
        return given

    def changed(self, old: N, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Those of the changes that differ from what is there.  Raises TypeError for a name that is not settable."""
        unknown = changes.keys() - self.settable
        if unknown:
            raise TypeError(f"a {self._noun.__name__.lower()} has no {', '.join(sorted(unknown))} to set")
        return {name: value for name, value in changes.items() if not _same(getattr(old, name), value)}

    def update(self, unit: Unit, key: int, changed: Mapping[str, Any], *, version: int = 1) -> None:
        """Sets columns, with all that is derived of them; the version grows by so much."""
        columns = {**changed}
        for name, (source, made) in self._makers.items():
            if source in changed:
                columns[name] = made(changed[source])
        names = "".join(f'"{name}" = ?, ' for name in columns)
        sql = f"UPDATE {self.table} SET {names}version = version + ? WHERE {self.key} = ?"
        unit.run(sql, (*columns.values(), version, key))


def insert_sql(table: str, columns: Sequence[str], *, tail: str = "") -> str:
    """An INSERT with a `?` for each column."""
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({marks(len(columns))}) {tail}"


def _encoded(value: Mapping[str, Any]) -> str:
    return encode(dict(value))


def _same(old: Any, new: Any) -> bool:
    """Whether two values of a field are kept as the same; in a mapping the order of the keys counts."""
    return _encoded(old) == _encoded(new) if isinstance(old, Mapping) else bool(old == new)
