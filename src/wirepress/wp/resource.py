"""The language in which resources are declared, and what follows from a declaration.

A resource is its fields, parameters, links, rules and verbs.  From them come the schema that OPTIONS shows, the
arguments of every endpoint, and (in `emit`) one emitter for each context and choice of fields.  Fields stand in the
order of WordPress's answers; its schemas have an order of their own, given by `order`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from wirepress.model.query import Found
from wirepress.wp.call import Call
from wirepress.wp.errors import WireError

T = TypeVar("T")
Json = Any
Schema = Mapping[str, Json]
Reader = Callable[[T, Call], Json]
Clean = Callable[[Call, Any], Any]
Exempt = Callable[[Call, Any], bool]

ALL = ("view", "edit", "embed")
READ = ("view", "edit")
EDIT = ("edit",)
NEVER: tuple[str, ...] = ()

KEYWORDS = (
    "title",
    "description",
    "type",
    "format",
    "enum",
    "items",
    "properties",
    "additionalProperties",
    "patternProperties",
    "minProperties",
    "maxProperties",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "anyOf",
    "oneOf",
)
"""The words of a schema that an argument shows, in WordPress's order."""


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """A field of an answer.

    `write` names the attribute that it sets when it is sent (None: read-only).  `tail` holds the words that
    WordPress writes behind a field's context in its schema.  `when`: whether this item has the field at all.
    `read` None: the field can be sent, and is never shown.  `answer` is the schema of what is really answered, where
    the other, which is WordPress's word and tells what may be sent, does not hold for it.  `clean` reads what is
    sent in its own way (a sanitize_callback), raising `params.Refused`, `eager` whether its schema is checked before;
    what `spares` says yes to is not checked.
    """

    name: str
    schema: Schema
    context: tuple[str, ...]
    read: Reader[T] | None
    write: str | None = None
    tail: Schema = field(default_factory=dict)
    when: Callable[[T, Call], bool] | None = None
    readonly: bool | None = None
    answer: Schema | None = None
    clean: Clean | None = None
    eager: bool = True
    exempt: Exempt | None = None

    def described(self) -> dict[str, Json]:
        readonly = self.write is None if self.readonly is None else self.readonly
        described = {**self.schema, "context": list(self.context)}
        return {**described, **({"readonly": True} if readonly else {}), **self.tail}


@dataclass(frozen=True, slots=True)
class Group(Generic[T]):
    """An object whose parts have contexts of their own, such as title.raw and title.rendered."""

    name: str
    description: str
    context: tuple[str, ...]
    parts: tuple[Field[T], ...]
    write: str | None = None
    order: tuple[str, ...] = ()
    type: str | tuple[str, ...] = "object"
    clean: Clean | None = None
    eager: bool = True
    exempt: Exempt | None = None

    def described(self) -> dict[str, Json]:
        parts = {part.name: part.described() for part in self.parts}
        return {
            "description": self.description,
            "type": self.type if isinstance(self.type, str) else list(self.type),
            "context": list(self.context),
            **({} if self.write else {"readonly": True}),
            "properties": {name: parts[name] for name in self.order or parts},
        }


Entry = Field[T] | Group[T]


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of an endpoint.

    `eager` ones are checked before all others, as WordPress does where a validate_callback stands beside the
    schema; what `spares` says yes to is not checked.  `clean` may read the value in its own way, raising
    `params.Refused`.
    """

    name: str
    schema: Schema
    eager: bool = False
    required: bool = False
    clean: Clean | None = None
    exempt: Exempt | None = None


class Target(NamedTuple):
    """What an embeddable link stands for: `kind` names a way to fetch many at once (see `embed`)."""

    kind: str
    key: Any


class To(NamedTuple):
    """One link: its address, what stands beside it, and what it embeds."""

    href: str
    more: Mapping[str, Json] = {}
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Link(Generic[T]):
    """A relation of an item.  `hints`: the methods that the caller may use stand beside it (targetHints)."""

    rel: str
    make: Callable[[T, Call], To | Sequence[To] | None]
    hints: bool = False


Permission = Callable[[Call], None]
ItemPermission = Callable[[Call, T], None]


@dataclass(frozen=True, slots=True)
class Rules(Generic[T]):
    """Who may do what; each raises the refusal.  None: there is no such verb."""

    browse: Permission | None
    read: ItemPermission[T]
    create: Permission | None = None
    edit: ItemPermission[T] | None = None
    delete: ItemPermission[T] | None = None


@dataclass(frozen=True, slots=True)
class Verbs(Generic[T]):
    """What changes items.  Each runs in a view that writes, and whatever it raises undoes everything.

    `create` gives the new item, `update` the item as it became, `delete` the item where it went to the trash and None
    where it is gone.  `prepare` does the costly part of a create or an update (pictures, password hashes) before the
    write has its turn; its result is `call.prepared`.  `context`: which fields the answer shows.
    """

    create: Callable[[Call], T] | None = None
    update: Callable[[Call, T], T] | None = None
    delete: Callable[[Call, T], T | None] | None = None
    prepare: Callable[[Call], Any] | None = None
    context: Callable[[Call], str] = lambda _: "edit"


METHODS = (("read", ("GET",)), ("edit", ("POST", "PUT", "PATCH")), ("delete", ("DELETE",)))


@dataclass(frozen=True, kw_only=True, eq=False)
class Resource(Generic[T]):
    """A kind of thing that the API serves.

    `name` is its schema's title, `route` its collection's route.  `key` is the part of the route that names an item.
    `find` gives the item of a call or raises; `browse` gives what a collection's call finds and `items` the items
    of ids, in order.  `facets` is what else than the row an encoded item depends on, for a caller who is known;
    `known` whether everybody may read all that a collection's call finds.  `address` is an item's page for readers.
    `whole`: the fields (True: all) that `_fields` must name themselves, not a part of them.
    `late` "missing": that there is no such item is told after the question who may ask; "always": a refusal too.
     `past_end` is the code of the error for
    a page past the last one ("": an empty page); `offset_pages`: an offset counts as pages in the paging links.
    `depends_on` "epoch": other rows of the same kind lend to an item, so it is encoded anew in each epoch.
    """

    name: str
    route: str
    fields: tuple[Entry[T], ...]
    rules: Rules[T]
    find: Callable[[Call], T]
    browse: Callable[[Call], Found] | None = None
    items: Callable[[Call, Sequence[int]], list[T]] | None = None
    id_of: Callable[[T], Any] = lambda item: getattr(item, "id")  # noqa: B009 - the usual case, of any noun
    version_of: Callable[[T], int] | None = lambda item: getattr(item, "version")  # noqa: B009
    key: str = r"(?P<id>[\d]+)"
    key_schema: Schema = field(default_factory=lambda: {"description": "The number of the item.", "type": "integer"})
    params: tuple[Param, ...] = ()
    item_params: tuple[Param, ...] = ()
    create_params: tuple[Param, ...] = ()
    delete_params: tuple[Param, ...] = ()
    links: tuple[Link[T], ...] = ()
    actions: tuple[tuple[str, str, Schema], ...] = ()
    order: tuple[str, ...] = ()
    facets: Callable[[Call, T], Any] | None = None
    known: Callable[[Call], bool] | None = None
    address: Callable[[Call, T], str] | None = None
    depends_on: Literal["shared", "epoch"] = "shared"
    deferred: Literal["", "missing", "always"] = ""
    offset_counts_pages: bool = False
    past_end: str = ""
    whole: bool | tuple[str, ...] = False
    namespace: str = "wp/v2"
    batch: bool | None = None
    verbs: Verbs[T] = field(default_factory=Verbs)

    @cached_property
    def by_name(self) -> Mapping[str, Entry[T]]:
        return {entry.name: entry for entry in self.fields}

    @cached_property
    def contexts(self) -> tuple[str, ...]:
        """The contexts that any field knows, as WordPress lists them."""
        names = {c for entry in self.fields for c in entry.context}
        return tuple(sorted(names, reverse=True))

    def context_param(self, default: str = "view") -> Param:
        schema: dict[str, Json] = {
            "description": "Which fields there are in the answer: those of this context.",
            "type": "string",
            "enum": list(self.contexts),
            "default": default,
        }
        return Param("context", schema, eager=True)

    def properties(self) -> dict[str, Json]:
        """The properties of the schema."""
        return {name: self.by_name[name].described() for name in self.order or self.by_name}

    def schema(self) -> dict[str, Json]:
        """The schema as OPTIONS shows it."""
        shown: dict[str, Json] = {
            "$schema": "http://json-schema.org/draft-04/schema#",
            "title": self.name,
            "type": "object",
            "properties": self.properties() or [],
        }
        return shown

    def arguments(self, creating: bool) -> tuple[Param, ...]:
        """The arguments of create or update, from the fields that can be written."""
        params = []
        for name, described in self.properties().items():
            if described.get("readonly"):
                continue
            schema = {"default": described["default"]} if creating and "default" in described else {}
            schema |= {word: described[word] for word in KEYWORDS if word in described}
            required = creating and described.get("required") is True
            entry = self.by_name[name]
            params.append(Param(name, schema, entry.eager, required, entry.clean, entry.exempt))
        return tuple(params)

    def allowed(self, call: Call, item: T) -> tuple[str, ...]:
        """The methods that a caller may use on an item; nobody may change anything."""
        if call.viewer.anonymous:
            return ("GET",) if passes(self.rules.read, call, item) else ()
        return tuple(
            m
            for verb, methods in METHODS
            if (permission := getattr(self.rules, verb)) is not None and passes(permission, call, item)
            for m in methods
        )


def passes(permission: Callable[..., None], *args: Any) -> bool:
    """Whether a rule lets something pass."""

    try:
        permission(*args)
    except WireError:
        return False
    return True


# ---- words for schemas

NOTHING: Schema = {"type": "array", "maxItems": 0}
"""PHP's empty array, which is what an object without parts is answered as."""


def text(description: str, **more: Json) -> Schema:
    return {"description": description, "type": "string", **more}


def integer(description: str, **more: Json) -> Schema:
    return {"description": description, "type": "integer", **more}


def boolean(description: str, **more: Json) -> Schema:
    return {"description": description, "type": "boolean", **more}


def uri(description: str) -> Schema:
    return text(description, format="uri")


def moment(description: str, *, nullable: bool = False) -> Schema:
    return {"description": description, "type": ["string", "null"] if nullable else "string", "format": "date-time"}


def choice(description: str, options: Iterable[str], **more: Json) -> Schema:
    return {"description": description, "type": "string", "enum": list(options), **more}


def listing(description: str, items: str | Schema, **more: Json) -> Schema:
    inner = {"type": items} if isinstance(items, str) else items
    return {"description": description, "type": "array", "items": inner, **more}


def mapping(description: str, **more: Json) -> Schema:
    return {"description": description, "type": "object", **more}
