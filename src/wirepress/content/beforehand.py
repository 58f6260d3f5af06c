"""Work that a request has done before it is answered: hashing passwords, and fetching what lies elsewhere.  A web
process does it in threads of its own.

Where such a process answers a request, the first piece of it that is not done yet ends the answering (`Wanted`): the
thread is free, the work waits for its turn elsewhere, and then the request is answered from the beginning, with what
came of it.  So a request asks for all such work before it writes anything.  Everywhere else the work is done at once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Literal, TypeVar

from wirepress.model.errors import TooMany, WirepressError

T = TypeVar("T")
Outcomes = dict[Hashable, Any]
"""What came of the work of one request: values, or errors to be raised."""
Lane = Literal["strangers", "devices", "users", "elsewhere"]
"""Behind what work waits: hashing for strangers, for devices that an account knows, for who has logged in; what waits
for other servers."""

_OUTCOMES: ContextVar[Outcomes | None] = ContextVar("outcomes", default=None)
_WAITS: ContextVar[bool] = ContextVar("waits", default=True)


class Wanted(BaseException):
    """Work that has to be done before a request can be answered; `user` is for whom, 0 where nobody has a share.

    It is no failure, so nothing that looks for failures may take it for one.
    """

    def __init__(self, key: Hashable, work: Callable[[], Any], lane: Lane, user: int = 0) -> None:
        super().__init__()
        self.user = user
        self.key = key
        self.work = work
        self.lane = lane


def no_room(lane: Lane) -> TooMany:
    """What comes of work that nobody can do now."""
    if lane == "elsewhere":
        return TooMany("fetches_wait", "Too many files are being fetched; try again in a moment.", 10)
    return TooMany("passwords_wait", "Too many passwords wait to be looked at; try again in a moment.", 2)


@contextmanager
def elsewhere(outcomes: Outcomes) -> Iterator[None]:
    """In here costly work is not done: what came of it is looked for in `outcomes`."""
    token = _OUTCOMES.set(outcomes)
    try:
        yield
    finally:
        _OUTCOMES.reset(token)


@contextmanager
def at_once() -> Iterator[None]:
    """In here what is not done yet is done where it is asked for: something may have been written already."""
    token = _WAITS.set(False)
    try:
        yield
    finally:
        _WAITS.reset(token)


def is_done(key: Hashable) -> bool:
    """Whether it is known what came of a piece of work."""
    outcomes = _OUTCOMES.get()
    return outcomes is not None and key in outcomes


def done(key: Hashable, work: Callable[[], T], lane: Lane, user: int = 0) -> T:
    """What comes of a piece of work; its key is the same whenever the request is answered again.

    A `user` has a share of the lane, and no more.
    """
    outcomes = _OUTCOMES.get()
    if outcomes is None or (key not in outcomes and not _WAITS.get()):
        return work()
    if key not in outcomes:
        raise Wanted(key, work, lane, user)
    found = outcomes[key]
    if isinstance(found, WirepressError):
        raise found
    result: T = found
    return result
