"""The parts of which resources are declared: parameters, fields, links, rules and verbs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import Any, Generic, NamedTuple, TypeVar

from wirepress.wp import json
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.dates import gmt_of, read_in
from wirepress.wp.errors import WireError
from wirepress.wp.schema import Json, Schema
from wirepress.wp.validation import Flaw

T = TypeVar("T")
Reader = Callable[[T, Call], Json]
Clean = Callable[[Call, Any], Any]
Validate = Callable[[Call, Any], Flaw | None]
Convert = Callable[[Call, Any, Any], Any]
Permission = Callable[[Call], None]
ItemPermission = Callable[[Call, T], None]

ALL = ("view", "edit", "embed")
READ = ("view", "edit")
EDIT = ("edit",)
NEVER: tuple[str, ...] = ()
EVERY: tuple[str, ...] | None = None
"""The contexts of a field that is always shown; its schema names none."""


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of an endpoint.

    `eager` ones are checked before all others, as WordPress does where a validate_callback stands beside the
    schema; `validate` checks them in place of the schema.  `clean` reads the value in its own way (a
    sanitize_callback), raising `params.Refused`.  `ours`: WordPress has no such parameter, so OPTIONS and the index do
    not tell of it.
    """

    name: str
    schema: Schema
    eager: bool = False
    required: bool = False
    clean: Clean | None = None
    validate: Validate | None = None
    ours: bool = False


def context_param(contexts: Iterable[str]) -> Param:
    """The parameter that chooses between contexts."""
    schema = s.choice("Which fields there are in the answer: those of this context.", contexts, default="view")
    return Param("context", schema, eager=True)


@dataclass(frozen=True, slots=True)
class Write:
    """What a field that is sent gives to the changes of its noun.

    `attribute` is the attribute of the changes ("": the field's own name). `convert(call, value, item)` makes its
    value out of what was sent, `Several` where it sets more than one attribute, None where all stays as it is; `item`
    is None while it is created. `nullable`: null is a value too. `capability`: what a caller needs who sends it,
    besides the resource's own rules. `clean`, `eager` and `validate` are those of the parameter.
    """

    attribute: str = ""
    convert: Convert | None = None
    capability: str = ""
    clean: Clean | None = None
    eager: bool = True
    validate: Validate | None = None
    nullable: bool = False


class Several(dict[str, Any]):
    """Values of several attributes of the changes."""


def constant(value: Json) -> Reader[Any]:
    """Reads the same of every item."""

    def read(_: Any, __: Call) -> Json:
        return value

    return read


def local_date(name: str) -> Reader[Any]:
    """Reads a date of items, as `dates.read_in`."""

    def read(item: Any, call: Call) -> str:
        return read_in(call.site, getattr(item, name))

    return read


def utc_date(name: str) -> Reader[Any]:
    """Reads a date of items in UTC, as `dates.gmt_of`."""

    def read(item: Any, call: Call) -> str:
        return gmt_of(call.site, getattr(item, f"{name}_gmt"), getattr(item, name))

    return read


def by_verb(_: Call, __: Any, ___: Any) -> None:
    """Converts what is no plain change: the verb looks at it itself."""


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """A field of an answer.

    `read` gives its value: a function of the item and the call, the name of the item's attribute ("": the field's
    own name), or None where the field can be sent and is never shown.  `write`: what it sets when it is sent (None:
    read-only).  `tail` holds the words that WordPress writes behind a field's context in its schema.  `when`: whether
    this item has the field at all.  `answer` is the schema of what is really answered, where the other, which is
    WordPress's word and tells what may be sent, does not hold for it.  `hidden`: the schema does not tell of it.

    `ours`: WordPress has no such field, so it is shown only where `_fields` names it, and only the OpenAPI description
    tells of it.
    """

    name: str
    schema: Schema
    context: tuple[str, ...] | None
    read: Reader[T] | str | None = ""
    write: Write | None = None
    tail: Schema = field(default_factory=dict)
    when: Callable[[T, Call], bool] | None = None
    readonly: bool | None = None
    answer: Schema | None = None
    hidden: bool = False
    ours: bool = False

    def described(self) -> dict[str, Json]:
        """The field in the schema."""
        readonly = self.write is None if self.readonly is None else self.readonly
        described = dict(self.schema)
        if self.context is not None:
            described["context"] = list(self.context)
        if readonly:
            described["readonly"] = True
        return {**described, **self.tail}

    def shown_in(self, context: str) -> bool:
        """Whether a context shows it."""
        return self.context is None or context in self.context

    def reader(self) -> Reader[T] | None:
        """What reads it; None where it is never shown."""
        if not isinstance(self.read, str):
            return self.read
        value_of = attrgetter(self.read or self.name)
        return lambda item, _: value_of(item)


@dataclass(frozen=True, slots=True)
class Group(Generic[T]):
    """An object whose parts have contexts of their own, such as title.raw and title.rendered."""

    name: str
    schema: Schema
    context: tuple[str, ...]
    parts: tuple[Field[T], ...]
    write: Write | None = None
    order: tuple[str, ...] = ()

    def shown_in(self, context: str) -> bool:
        """Whether a context shows it."""
        return context in self.context

    def described(self) -> dict[str, Json]:
        """The group in the schema."""
        parts = {part.name: part.described() for part in self.parts}
        described = {**self.schema, "context": list(self.context)}
        if self.write is None:
            described["readonly"] = True
        return {**described, "properties": {name: parts[name] for name in self.order or parts}}


Entry = Field[T] | Group[T]


def is_ours(entry: Entry[Any]) -> bool:
    """Whether WordPress has no such field."""
    return isinstance(entry, Field) and entry.ours


class Page(NamedTuple, Generic[T]):
    """A page of what is computed, how many items there are in all, and how many a page has where the call does not
    say so."""

    items: Sequence[T]
    total: int
    per_page: int = 0


class Target(NamedTuple):
    """What an embeddable link stands for: `kind` names a way to fetch many at once (see `embed`)."""

    kind: str
    key: Any


class Beside(dict[str, Json]):
    """What stands beside a link's address; one that many links share is written once."""

    @cached_property
    def written(self) -> str:
        """Its members as JSON text, each with a comma behind it."""
        return "".join(f"{json.encode(name)}:{json.encode(value)}," for name, value in self.items())


EMBEDDABLE = Beside(embeddable=True)


class To(NamedTuple):
    """One link: its address, what stands beside it, and what it embeds."""

    href: str
    more: Mapping[str, Json] = {}
    target: Target | None = None


Made = To | Sequence[To] | None
"""What a relation leads to: one thing, several or nothing."""


@dataclass(frozen=True, slots=True)
class Way(Generic[T]):
    """An address that a relation leads to: a route, in which or in whose `query` one attribute of the item may stand
    (`/wp/v2/users/{id}`, in a query a whole number), what stands beside it, and what it embeds."""

    route: str
    query: str = ""
    beside: Beside | Callable[[T, Call], Beside] = field(default_factory=Beside)
    target: Callable[[T, Call], Target | None] | None = None


@dataclass(frozen=True, slots=True)
class Link(Generic[T]):
    """A relation of an item.

    `to` makes it, or is a route, or several ways.  Of a route, `query`, `beside` and `target` are those of `Way`, and
    an item whose attribute `when` is empty has no such link.

    `hints`: the methods that the caller may use stand beside it (targetHints).  `curied`: a relation with the prefix
    `wp:` has it explained beside it, which WordPress does where it shortens `https://api.w.org/`, and not where the
    prefix is given.  `editing`: it is told to users with context=edit only.
    """

    rel: str
    to: Callable[[T, Call], Made] | str | tuple[Way[T], ...]
    query: str = ""
    beside: Beside | Callable[[T, Call], Beside] = field(default_factory=Beside)
    when: str = ""
    target: Callable[[T, Call], Target | None] | None = None
    hints: bool = False
    curied: bool = True
    editing: bool = False


@dataclass(frozen=True, slots=True)
class Rules(Generic[T]):
    """Who may do what; each raises the refusal.  None: there is no such verb."""

    browse: Permission | None
    read: ItemPermission[T]
    create: Permission | None = None
    edit: ItemPermission[T] | None = None
    delete: ItemPermission[T] | None = None


def anybody(_: Call, __: Any = None) -> None:
    """The rule of what everybody may ask for."""


def _edit(_: Call) -> str:
    return "edit"


@dataclass(frozen=True, slots=True)
class Verbs(Generic[T]):
    """What changes items.  Each runs in a view that writes, and whatever it raises undoes everything.

    `create` and `update` get the changes that the call asks for: an object of the class `changes`, made of the fields
    that were sent by what their `write` says. `create` gives the new item, `update` the item as it became, `delete`
    the item where it went to the trash and None where it is gone. `check` raises what speaks against a create or an
    update before it is looked at what was sent. `prepare` does their costly part (pictures, password hashes) while
    others may still write; its result is `call.prepared`. `context`: which fields the answer shows. `located`: whether
    the answer to a creation says where the new item is; `headers`: what else its head says of it.
    """

    changes: type[Any] = dict
    create: Callable[[Call, Any], T] | None = None
    update: Callable[[Call, T, Any], T] | None = None
    delete: Callable[[Call, T], T | None] | None = None
    check: Callable[[Call, T | None], None] | None = None
    prepare: Callable[[Call], Any] | None = None
    context: Callable[[Call], str] = _edit
    located: bool = True
    headers: Callable[[Call, T], Mapping[str, str]] | None = None


def passes(permission: Callable[..., None], *args: Any) -> bool:
    """Whether a rule lets something pass."""
    try:
        permission(*args)
    except WireError:
        return False
    return True


def worded(params: Iterable[Param]) -> tuple[Param, ...]:
    """Parameters described by their names."""
    return tuple(replace(param, schema=s.worded(param.name, param.schema)) for param in params)
