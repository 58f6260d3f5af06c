"""What a site keeps so that it need not be made again, and having it made again."""

from __future__ import annotations

from dataclasses import dataclass

from wirepress.content.newsroom import Newsroom, View
from wirepress.content.rendering import mark
from wirepress.store import caches as store
from wirepress.store import state

AT_ONCE = 200
"""Renderings that are dropped in one write: others wait for it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How much of something is kept, and how much is still to be made or asked for."""

    what: str
    kept: int
    wanted: int


def status(view: View) -> list[Kept]:
    """What is kept; whole answers, which lie in the memory of each web process, are not among it."""
    holding, wanted = store.renderings(view.unit, mark(view.site))
    found = [Kept("renderings", holding, wanted)]
    return found + [Kept(f"{kind}s of other sites", *numbers) for kind, numbers in store.answers(view.unit).items()]


def drop_answers(view: View) -> None:
    """Has every process and every front forget the answers that they keep, also where a backup was put in the place of
    the database: the epoch comes to a number that no answer was ever made in."""
    state.skip_epochs(view.unit)
    view.unit.raise_shared_version()


def drop_renderings(newsroom: Newsroom) -> int:
    """Drops all renderings: they are made anew by whoever reads first, or by the worker.  How many there were."""
    dropped, last = 0, 0
    while True:
        with newsroom.write() as view:
            number, last = store.drop_renderings(view.unit, last, AT_ONCE)
        if not number:
            return dropped
        dropped += number


def ask_anew(view: View) -> int:
    """Has other sites asked again for all that is shown of them; how much that is."""
    return store.ask_anew(view.unit)
