"""One call of the API in its stages: what was asked and checked, who asks, and the view that it is answered from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal, NamedTuple, NoReturn, TypeVar

from wirepress.content.identity.permissions import Thing, may
from wirepress.content.identity.viewer import ANONYMOUS, Viewer
from wirepress.content.newsroom import View
from wirepress.content.site import Site
from wirepress.content.zone import existing
from wirepress.model.moment import Stamp
from wirepress.model.web import Request
from wirepress.url.query import encoded
from wirepress.wp import values
from wirepress.wp.dates import local_stamp
from wirepress.wp.errors import denied

H = TypeVar("H")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who a call comes from, and the nonce that they may use from now on, "" where they came without one."""

    viewer: Viewer = ANONYMOUS
    nonce: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was sent with a call, as far as it is checked.

    `params` are the parameters of all sources with their defaults; `query` those of the query string, as cleaned (they
    make the paging links).  `fields` are the names of `_fields`, () when everything is asked for.
    """

    params: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    context: str = "view"
    head: bool = False


class Fetched:
    """What was fetched ahead for a call: one object of each type that resources declare for it."""

    __slots__ = ("_by_type",)

    def __init__(self) -> None:
        self._by_type: dict[type, Any] = {}

    def of(self, kind: type[H]) -> H:
        """The object of a type; it is made, empty, when it is first asked for."""
        found: H | None = self._by_type.get(kind)
        if found is None:
            found = self._by_type[kind] = kind()
        return found


class Place(NamedTuple):
    """Where the API of a site stands: its address without the slash that routes begin with, the site's own, and whether
    the site has pretty permalinks."""

    api: str
    home: str
    pretty: bool

    def href(self, route: str, query: str = "") -> str:
        """The address of a route.  Where the route is a word of the query itself and another is added, WordPress
        encodes the route's slashes (add_query_arg)."""
        if not query:
            return self.api + route
        if self.pretty:
            return f"{self.api}{route}?{query}"
        return f"{self.home}/index.php?rest_route={encoded(route)}&{query}"


@dataclass(frozen=True)
class Call:
    """What permissions, queries and readers of fields get besides an item.

    `prepared` is what an endpoint made ready before its write began; `cookies` are header lines that go out with the
    answer.
    """

    view: View
    request: Request
    caller: Caller = field(default_factory=Caller)
    checked: Checked = field(default_factory=Checked)
    prepared: Any = None
    fetched: Fetched = field(default_factory=Fetched)
    cookies: list[tuple[str, str]] = field(default_factory=list)

    # ---- what was sent

    @property
    def params(self) -> Mapping[str, Any]:
        return self.checked.params

    @property
    def fields(self) -> tuple[str, ...]:
        return self.checked.fields

    @property
    def context(self) -> str:
        return self.checked.context

    @property
    def head(self) -> bool:
        """Whether nothing but headers is asked for."""
        return self.checked.head

    @property
    def editing(self) -> bool:
        """Whether the fields of editing are asked for (a permission may be asked before the context is checked)."""
        return bool(self.params.get("context", self.context) == "edit")

    def holds(self, name: str) -> bool:
        """Whether a parameter says something (PHP's `empty`, for which "0" says nothing; a permission is asked before
        the check too)."""
        value = self.params.get(name)
        return bool(value) and value != "0"

    def integer(self, name: str, default: int = 0) -> int:
        """A parameter as a whole number, whatever it holds (a permission is asked before the check too)."""
        return values.integer_in(self.params, name, default)

    def integers(self, name: str) -> tuple[int, ...]:
        """A parameter as whole numbers."""
        return values.integers_in(self.params, name)

    def ids(self, name: str) -> tuple[int, ...]:
        """A parameter as ids, which have no sign (wp_parse_id_list)."""
        return tuple(map(abs, self.integers(name)))

    def strings(self, name: str) -> tuple[str, ...]:
        """A parameter as texts."""
        return values.strings_in(self.params, name)

    def stamp(self, name: str) -> Stamp | None:
        """A date parameter that rows are compared with, as a local stamp: a zone that it names is turned into the
        site's, an hour that the site's clock skipped moves on (WP_Date_Query::build_mysql_datetime)."""
        value = self.params.get(name)
        if not isinstance(value, str) or not value:
            return None
        local = local_stamp(self.site, value)
        return None if local is None else existing(local, self.site.zone)

    @property
    def page(self) -> int:
        """The page asked for, of a size that a database can count to."""
        return min(self.integer("page", 1), 1 << 40)

    @property
    def per_page(self) -> int:
        return self.integer("per_page", 10)

    @property
    def offset(self) -> int | None:
        """How many items are passed over, without a sign (absint); None: pages are counted."""
        value = self.params.get("offset")
        if value is None:
            return None
        return abs(values.to_int(value))

    @property
    def order(self) -> Literal["asc", "desc"]:
        if self.params.get("order") == "asc":
            return "asc"
        return "desc"

    # ---- who asks

    @property
    def viewer(self) -> Viewer:
        return self.caller.viewer

    @property
    def logged_in(self) -> bool:
        return self.viewer.user is not None

    @cached_property
    def password(self) -> str | None:
        """The password of a protected post that was sent along."""
        value = self.params.get("password")
        if isinstance(value, str) and value:
            return value
        return None

    @cached_property
    def stranger(self) -> bool:
        """Nobody, without any key: what they see, everybody sees."""
        return self.viewer.anonymous and self.password is None

    def may(self, capability: str, thing: Thing = None) -> bool:
        """Whether the caller has a capability, for a thing where it is asked of one (current_user_can)."""
        return may(self.view, self.viewer, capability, thing)

    def refuse(self, code: str, message: str) -> NoReturn:
        """Raises the refusal of a code: 401 to strangers, 403 to users."""
        raise denied(code, message, self.logged_in)

    def need(self, capability: str, code: str, message: str, thing: Thing = None) -> None:
        """Raises unless the caller has a capability."""
        if not self.may(capability, thing):
            self.refuse(code, message)

    # ---- where

    @property
    def site(self) -> Site:
        return self.view.site

    @cached_property
    def api(self) -> str:
        """The address of the API, with the slash that routes begin with left out."""
        return self.site.rest_url("/").removesuffix("/")

    @cached_property
    def place(self) -> Place:
        """Where the API stands."""
        return Place(self.api, self.site.home, bool(self.site.structure))

    def href(self, route: str, query: str = "") -> str:
        """The address of a route, as `Place.href`."""
        return self.place.href(route, query)

    # ---- the call at another stage

    def with_checked(self, checked: Checked) -> Call:
        """The call with something else that was sent; what is fetched for either is there for both."""
        # Every call comes here some times: dataclasses.replace takes three times as long.
        return Call(self.view, self.request, self.caller, checked, self.prepared, self.fetched, self.cookies)

    def with_params(self, params: Mapping[str, Any]) -> Call:
        """The call with other parameters."""
        sent = self.checked
        return self.with_checked(Checked(params, sent.query, sent.fields, sent.context, sent.head))

    def plain(self, context: str = "view") -> Call:
        """The same caller asking for something else without parameters of their own (targetHints, _embed)."""
        return self.with_checked(Checked(context=context))

    @cached_property
    def hinting(self) -> Call:
        """The call that the methods beside a link are worked out with."""
        return self.plain()

    def again(self, view: View) -> Call:
        """The call in another view, with nothing fetched yet."""
        checked = replace(self.checked, head=False)
        return replace(self, view=view, checked=checked, fetched=Fetched(), cookies=[])

    def written(self, context: str) -> Call:
        """The call after its write, as the answer is made: in a context, with nothing fetched yet."""
        params = {**self.params, "context": context}
        return replace(self, checked=replace(self.checked, params=params, context=context), fetched=Fetched())
