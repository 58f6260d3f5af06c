"""The language in which resources are declared, and what follows from a declaration.

A resource is its fields, parameters, links, rules and verbs.  From them come the schema that OPTIONS shows, the
arguments of every endpoint, the changes that a write asks for (`changes`), the endpoints themselves (`endpoints`), and
one emitter for each context and choice of fields (`emit`).  Fields stand in the order of WordPress's answers; its
schemas have an order of their own, given by `order`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import Any, Generic, Literal, TypeVar

from wirepress.model.query import Found
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.declaration import (
    Entry,
    Link,
    Page,
    Param,
    Permission,
    Rules,
    Verbs,
    Write,
    context_param,
    is_ours,
    passes,
    worded,
)
from wirepress.wp.schema import Json, Schema

T = TypeVar("T")
Verb = Literal["browse", "read", "create", "edit", "delete"]

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
    are in all.  `collection` is its form: a page with totals, the whole as one page ("whole"), a plain list, or an
    object of items by `id_of`.

    `facets` is what else than the row an encoded item depends on, for a caller who is known; `public` whether everybody
    may read all that a collection's call finds.  `version_of` None: never kept.  `depends_on` "epoch": an item
    borrows from other rows of the same kind, so it is encoded anew in each epoch.  `address` is an item's page for
    readers.

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
    neither holds.  `alters`: when even reading runs in a view that writes.  `complete` makes of what a write gave what
    is shown of it (a rendering).
    """

    name: str
    route: str
    fields: tuple[Entry[T], ...]
    rules: Rules[T]
    find: Callable[[Call], T]
    browse: Callable[[Call], Found] | None = None
    items: Callable[[Call, Sequence[int]], list[T]] | None = None
    page: Callable[[Call], Page[T]] | None = None
    collection: Literal["page", "whole", "list", "map"] = "page"
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
    alters: bool | Callable[[Call], bool] = False
    verbs: Verbs[T] = field(default_factory=Verbs)
    complete: Callable[[Call, T], T] | None = None

    @cached_property
    def by_name(self) -> Mapping[str, Entry[T]]:
        return {entry.name: entry for entry in self.fields}

    @cached_property
    def path_names(self) -> tuple[str, ...]:
        """The names of the path's parts that say which item is meant."""
        return (*(param.name for param in self.parents), self.key_name)

    @cached_property
    def narrowing(self) -> frozenset[str]:
        """The names of the parameters that narrow the collection."""
        return frozenset(param.name for param in (*self.parents, *self.params))

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
        """The properties of the schema: WordPress's fields."""
        listed = [name for name, entry in self.by_name.items() if not getattr(entry, "hidden", False)]
        names = [name for name in self.order or listed if not is_ours(self.by_name[name])]
        return {name: self.by_name[name].described() for name in names}

    def schema(self) -> dict[str, Json]:
        """The schema as OPTIONS shows it."""
        return s.document(self.name, self.properties())

    def arguments(self, verb: Verb) -> tuple[Param, ...]:
        """The arguments of a verb."""
        params = self.args[verb] if verb in self.args else self._derived(verb)
        if self.documented:
            return params
        return worded(params)

    def _key_param(self) -> tuple[Param, ...]:
        if not self.key or self.keyless:
            return ()
        return (Param(self.key_name, self.key_schema, required=self.key_schema.get("required", False)),)

    def _derived(self, verb: Verb) -> tuple[Param, ...]:
        key = self._key_param()
        context = (self.context_param(),) if self.contexts else ()
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
        fields = self.properties()
        fields |= {name: entry.described() for name, entry in self.by_name.items() if is_ours(entry)}
        return tuple(
            self._sent(name, described, creating=creating)
            for name, described in fields.items()
            if not described.get("readonly")
        )

    def _sent(self, name: str, described: Schema, *, creating: bool) -> Param:
        """A field as an argument."""
        schema = {}
        if creating and described.get("default") is not None:
            schema = {"default": described["default"]}
        schema |= {word: described[word] for word in s.KEYWORDS if word in described}
        required = creating and described.get("required") is True
        entry = self.by_name[name]
        write = entry.write or Write()
        return Param(name, schema, write.eager, required, write.clean, write.validate, is_ours(entry))

    def allowed(self, call: Call, item: T) -> tuple[str, ...]:
        """The methods that a caller may use on an item; nobody may change anything."""
        if call.viewer.anonymous:
            if passes(self.rules.read, call, item):
                return ("GET",)
            return ()
        found: list[str] = []
        for verb, methods in METHODS:
            rule = getattr(self.rules, verb)
            if rule is not None and passes(rule, call, item):
                found += methods
        return tuple(found)
