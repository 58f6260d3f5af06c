"""One call of a method, and what a method is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wirepress.content.addresses.page import visible
from wirepress.content.identity.permissions import Thing, may
from wirepress.content.identity.viewer import ANONYMOUS, Viewer
from wirepress.content.newsroom import View
from wirepress.content.site import Site
from wirepress.model.moment import ZERO, Stamp
from wirepress.model.post import Post
from wirepress.model.web import Request
from wirepress.wp.xmlrpc import values
from wirepress.wp.xmlrpc.faults import Fault, forbidden, missing
from wirepress.wp.xmlrpc.values import Value


@dataclass(frozen=True, slots=True)
class Call:
    """A call in a view: who makes it, what it brings, and what was made ready of that before its write began."""

    view: View
    request: Request
    params: list[Value]
    viewer: Viewer = ANONYMOUS
    prepared: Any = None

    @property
    def site(self) -> Site:
        return self.view.site

    def again(self, view: View, prepared: Any = None) -> Call:
        """The same call in another view."""
        return replace(self, view=view, prepared=prepared)

    # ---- what it brings

    def at(self, place: int, default: Value = None) -> Value:
        """The parameter at a place."""
        return self.params[place] if place < len(self.params) else default

    def has(self, place: int) -> bool:
        return place < len(self.params)

    def text(self, place: int) -> str:
        return values.text(self.at(place))

    def number(self, place: int) -> int:
        return values.number(self.at(place))

    def struct(self, place: int) -> dict[str, Value]:
        return values.struct(self.at(place))

    @staticmethod
    def stamp(given: dict[str, Value], name: str) -> Stamp | None:
        """The date of a name in a struct; None for none, and for one of zeros.  Raises Fault for what is no date."""
        if not values.is_true(given.get(name)):
            return None
        stamp = values.stamp_of(given[name])
        if stamp is None:
            raise Fault(500, f"There is no such date: {name}.")
        return None if stamp == ZERO else stamp

    # ---- who makes it

    def may(self, capability: str, thing: Thing = None) -> bool:
        return may(self.view, self.viewer, capability, thing)

    def need(
        self, capability: str, thing: Thing = None, *, message: str = "You may not do that.", code: int = 401
    ) -> None:
        """Raises Fault where whoever calls has not the capability."""
        if not self.may(capability, thing):
            raise forbidden(message, code)

    def may_read(self, post: Post) -> bool:
        """Whether whoever calls may read a post, and so what is said of it.  One with a password is for those who may
        edit it: no call brings a password of a post."""
        if post.is_protected:
            return self.may("edit_post", post)
        return visible(self.view, post) or self.may("read_post", post)

    def post(self, post_id: int) -> Post:
        """The post of an id.  Raises Fault where there is none."""
        post = self.view.lookup.post(post_id) if post_id > 0 else None
        if post is None:
            raise missing()
        return post


def in_batches(ids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """The ids of a list, so many at a time: what a list is made of is loaded as it is written."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


Run = Callable[[Call], Value]


@dataclass(frozen=True, slots=True)
class Method:
    """A method: `login` is the place of the name in what it takes (the password follows), None where nobody has to log
    in; `least` how many parameters it needs, 0 where it does not count them.

    One that `writes` is run in a view that writes; `prepare` makes ready before that what takes time, in a view that
    reads.
    """

    run: Run
    login: int | None = 1
    least: int = 0
    writes: bool = False
    prepare: Run | None = None


def no_method(name: str) -> Fault:
    return Fault(-32601, f"There is no method {name[:100]}.")
