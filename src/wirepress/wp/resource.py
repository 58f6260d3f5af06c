"""The language in which resources are declared, and what follows from a declaration.

A resource is its fields, parameters, links, rules and verbs.  From them come the schema that OPTIONS shows, the
arguments of every endpoint, the changes that a write asks for (`changes`), the endpoints themselves (`endpoints`), and
one emitter for each context and choice of fields (`emit`).  Fields stand in the order of WordPress's answers; its
schemas have an order of their own, given by `order`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from wirepress.model.query import Found
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.errors import WireError
from wirepress.wp.schema import Json, Schema

T = TypeVar("T")
Reader = Callable[[T, Call], Json]
Clean = Callable[[Call, Any], Any]
Exempt = Callable[[Call, Any], bool]
Convert = Callable[[Call, Any, Any], Any]
Permission = Callable[[Call], None]
ItemPermission = Callable[[Call, T], None]
Verb = Literal["browse", "read", "create", "edit", "delete"]

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
    schema; what `exempt` says yes to is not checked.  `clean` reads the value in its own way (a sanitize_callback),
    raising `params.Refused`.
    """

    name: str
    schema: Schema
    eager: bool = False
    required: bool = False
    clean: Clean | None = None
    exempt: Exempt | None = None


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
    besides the resource's own rules. `clean`, `eager` and `exempt` are those of the parameter.
    """

    attribute: str = ""
    convert: Convert | None = None
    capability: str = ""
    clean: Clean | None = None
    eager: bool = True
    exempt: Exempt | None = None
    nullable: bool = False


class Several(dict[str, Any]):
    """Values of several attributes of the changes."""


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


class To(NamedTuple):
    """One link: its address, what stands beside it, and what it embeds."""

    href: str
    more: Mapping[str, Json] = {}
    target: Target | None = None


Made = To | Sequence[To] | None
"""What a relation leads to: one thing, several or nothing."""


@dataclass(frozen=True, slots=True)
class Link(Generic[T]):
    """A relation of an item.

    `to` makes it, or is a route, which may end in an attribute of the item: `/wp/v2/users/{id}`.  `hints`: the methods
    that the caller may use stand beside it (targetHints).
    """

    rel: str
    to: Callable[[T, Call], Made] | str
    hints: bool = False

    def maker(self) -> Callable[[T, Call], Made]:
        """What makes the link."""
        if not isinstance(self.to, str):
            return self.to
        route, brace, attribute = self.to.partition("{")
        if not brace:
            return lambda _, call: To(call.api + route)
        key_of = attrgetter(attribute.removesuffix("}"))
        return lambda item, call: To(f"{call.api}{route}{key_of(item)}")


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
    update before it is looked at what was sent. `prepare` does their costly part (pictures, password hashes) before
    the write has its turn; its result is `call.prepared`. `context`: which fields the answer shows.
    """

    changes: type[Any] = dict
    create: Callable[[Call, Any], T] | None = None
    update: Callable[[Call, T, Any], T] | None = None
    delete: Callable[[Call, T], T | None] | None = None
    check: Callable[[Call, T | None], None] | None = None
    prepare: Callable[[Call], Any] | None = None
    context: Callable[[Call], str] = _edit


METHODS: tuple[tuple[Verb, tuple[str, ...]], ...] = (
    ("read", ("GET",)),
    ("edit", ("POST", "PUT", "PATCH")),
    ("delete", ("DELETE",)),
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Resource(Generic[T]):
    """A kind of thing that the API serves: rows, what is computed, or a single document.

    `name` is its schema's title, `route` its collection's route.  `key` is the part of the route that names an item
    ("": the route is a document of its own).  `find` gives the item of a call or raises.

    A collection has rows or is computed.  Of rows `browse` gives what a call finds (ids and versions) and `items` the
    items of ids, in order; what is computed, `page` gives: the items of the page that is asked for, and how many there
    are in all.  `collection` is its form: a page with totals, a plain list, or an object of items by `id_of`.

    `facets` is what else than the row an encoded item depends on, for a caller who is known; `public` whether everybody
    may read all that a collection's call finds.  `version_of` None: never kept.  `depends_on` "epoch": other rows of
    the same kind lend to an item, so it is encoded anew in each epoch.  `address` is an item's page for readers.

    `write_order` are the fields that are looked at first when they are sent, where WordPress refuses them so.
    `exact_fields`: the fields (True: all) that `_fields` must name themselves, not a part of them.  `deferred`
    "missing": that there is no such item is told after the question who may ask; "always": a refusal too.  `past_end`
    is the code of the error for a page past the last one ("": an empty page); `offset_counts_pages`: an offset counts
    as pages in the paging links; `clamped`: the page before one past the end is the last.

    `parents` are the parameters of the route's own names (`/posts/(?P<parent>...)/revisions`), `at` the address of the
    collection of a call where these are not what was asked with.  `args` are the arguments of a verb where WordPress's
    do not follow from the declaration, `keyless` that no verb names the path's words among its own; `asks` is the rule
    of a verb where it is asked before an item is looked for.  `documented` False: there are no descriptions; arguments
    are described by their names, and of answers only the fields are promised; `answer` is what is promised where
    neither holds.  `contextless`: its schema knows no contexts, all of them show whatever `ALL` does.  `alters`: when
    even reading runs in a view that writes.
    """

    name: str
    route: str
    fields: tuple[Entry[T], ...]
    rules: Rules[T]
    find: Callable[[Call], T]
    browse: Callable[[Call], Found] | None = None
    items: Callable[[Call, Sequence[int]], list[T]] | None = None
    page: Callable[[Call], Page[T]] | None = None
    collection: Literal["page", "list", "map"] = "page"
    id_of: Callable[[T], Any] = attrgetter("id")
    version_of: Callable[[T], int] | None = attrgetter("version")
    key: str = r"(?P<id>[\d]+)"
    key_schema: Schema = field(default_factory=lambda: s.integer("The number of the item."))
    parents: tuple[Param, ...] = ()
    at: Callable[[Call], str] | None = None
    params: tuple[Param, ...] = ()
    item_params: tuple[Param, ...] = ()
    create_params: tuple[Param, ...] = ()
    delete_params: tuple[Param, ...] = ()
    args: Mapping[Verb, tuple[Param, ...]] = field(default_factory=dict)
    asks: Mapping[Verb, Permission] = field(default_factory=dict)
    keyless: bool = False
    links: tuple[Link[T], ...] = ()
    actions: tuple[tuple[str, str, Schema], ...] = ()
    order: tuple[str, ...] = ()
    write_order: tuple[str, ...] = ()
    facets: Callable[[Call, T], Any] | None = None
    public: Callable[[Call], bool] | None = None
    address: Callable[[Call, T], str] | None = None
    depends_on: Literal["shared", "epoch"] = "shared"
    deferred: Literal["", "missing", "always"] = ""
    offset_counts_pages: bool = False
    clamped: bool = True
    past_end: str = ""
    exact_fields: bool | tuple[str, ...] = False
    namespace: str = "wp/v2"
    batch: bool | None = None
    documented: bool = True
    answer: Schema | None = None
    contextless: bool = False
    alters: bool | Callable[[Call], bool] = False
    verbs: Verbs[T] = field(default_factory=Verbs)

    @cached_property
    def by_name(self) -> Mapping[str, Entry[T]]:
        return {entry.name: entry for entry in self.fields}

    @cached_property
    def makers(self) -> tuple[tuple[Link[T], Callable[[T, Call], Made]], ...]:
        """The links with what makes each."""
        return tuple((link, link.maker()) for link in self.links)

    @cached_property
    def writes(self) -> tuple[tuple[str, Write], ...]:
        """What can be sent, in the order in which it is looked at."""
        names = (*self.write_order, *(name for name in self.by_name if name not in self.write_order))
        found = [(name, entry.write) for name in names if (entry := self.by_name.get(name)) is not None]
        return tuple((name, write) for name, write in found if write is not None)

    @cached_property
    def contexts(self) -> tuple[str, ...]:
        """The contexts that any field knows, as WordPress lists them."""
        names = {context for entry in self.fields for context in entry.context or ()}
        return tuple(sorted(names, reverse=True))

    @cached_property
    def key_name(self) -> str:
        """The name of the path's part that names an item."""
        return self.key.partition("<")[2].partition(">")[0]

    def context_param(self) -> Param:
        return context_param(self.contexts)

    def properties(self) -> dict[str, Json]:
        """The properties of the schema."""
        listed = [name for name, entry in self.by_name.items() if not getattr(entry, "hidden", False)]
        found = {name: self.by_name[name].described() for name in self.order or listed}
        if self.contextless:
            for described in found.values():
                del described["context"]
        return found

    def schema(self) -> dict[str, Json]:
        """The schema as OPTIONS shows it."""
        return s.document(self.name, self.properties())

    def arguments(self, verb: Verb) -> tuple[Param, ...]:
        """The arguments of a verb."""
        params = self.args[verb] if verb in self.args else self._derived(verb)
        return params if self.documented else worded(params)

    def _derived(self, verb: Verb) -> tuple[Param, ...]:
        key: tuple[Param, ...] = ()
        if self.key and not self.keyless:
            key = (Param(self.key_name, self.key_schema, required=self.key_schema.get("required", False)),)
        context = () if self.contextless else (self.context_param(),)
        match verb:
            case "browse":
                return (*self.parents, *context, *self.params)
            case "read":
                return (*self.parents, *key, *context, *self.item_params)
            case "create":
                return (*self.parents, *self.writable(creating=True), *self.create_params)
            case "edit":
                return (*self.parents, *key, *self.writable(creating=False))
            case "delete":
                return (*self.parents, *key, *self.delete_params)

    def writable(self, *, creating: bool) -> tuple[Param, ...]:
        """The arguments of create or update, from the fields that can be written."""
        params = []
        for name, described in self.properties().items():
            if described.get("readonly"):
                continue
            schema = {"default": described["default"]} if creating and described.get("default") is not None else {}
            schema |= {word: described[word] for word in s.KEYWORDS if word in described}
            required = creating and described.get("required") is True
            write = self.by_name[name].write or Write()
            params.append(Param(name, schema, write.eager, required, write.clean, write.exempt))
        return tuple(params)

    def allowed(self, call: Call, item: T) -> tuple[str, ...]:
        """The methods that a caller may use on an item; nobody may change anything."""
        if call.viewer.anonymous:
            return ("GET",) if passes(self.rules.read, call, item) else ()
        found: list[str] = []
        for verb, methods in METHODS:
            rule = getattr(self.rules, verb)
            if rule is not None and passes(rule, call, item):
                found += methods
        return tuple(found)


def passes(permission: Callable[..., None], *args: Any) -> bool:
    """Whether a rule lets something pass."""
    try:
        permission(*args)
    except WireError:
        return False
    return True


def worded(params: Iterable[Param]) -> tuple[Param, ...]:
    """Parameters described by their names, and checked all at once."""
    return tuple(replace(param, schema=s.worded(param.name, param.schema), eager=False) for param in params)
