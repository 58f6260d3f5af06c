"""`wirepress due`: what waits for its time, and doing it at once (as cron would have it done)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wirepress.app.settings import Settings
from wirepress.cli.commands import Commands
from wirepress.cli.common import fail, newsroom_of, reading, say, settings_of, show
from wirepress.content import rendering
from wirepress.content.hub import hub_of
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.posts import listing
from wirepress.model.moment import utc
from wirepress.model.query import PostQuery
from wirepress.store import feed_notices, orders, remote, sources
from wirepress.store import posts as post_store
from wirepress.syndicate.sources import name_of

if TYPE_CHECKING:
    from wirepress.net.fetch import WebFetcher  # half a second of each start of each command

group = Commands(help="List what waits for its time, and do it.")

MOST = 500
"""Of one kind, that are listed or done at once."""


class Kind(Enum):
    """What waits."""

    POSTS = "posts"
    SOURCES = "sources"
    EMBEDS = "embeds"
    FEEDS = "feeds"
    RENDERINGS = "renderings"
    ORDERS = "orders"


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="due")


@group.command("list")
def list_(
    context: typer.Context,
    kind: Annotated[Kind | None, typer.Argument(metavar="KIND", help="Only this.")] = None,
    now: Annotated[bool, typer.Option("--now", help="Only what is due by now.")] = False,
) -> None:
    """List what waits for its time: scheduled posts, sources to look at, embeds and feeds of other sites to be asked
    again, hubs to be told of the site's own feeds, renderings to be made anew, orders of the administration.

    Example: wirepress due list sources
    """
    with reading(context) as (view, _):
        rows = [row for each, rows_of in LISTS.items() if kind in (None, each) for row in rows_of(view)]
    if now:
        rows = [row for row in rows if row["due"]]
    rows.sort(key=lambda row: row["at"])
    show([row | {"due": "yes" if row["due"] else ""} for row in rows], ["kind", "id", "at", "due", "what"])


def row_of(kind: Kind, number: int | str, at: datetime | None, due: bool, what: str) -> dict[str, Any]:
    """Something that waits; `at` None for as soon as somebody comes to it."""
    said = at.astimezone(UTC).isoformat(timespec="seconds") if at is not None else ""
    return {"kind": kind.value, "id": number, "at": said, "due": due, "what": what}


def posts_of(view: View) -> list[dict[str, Any]]:
    """Scheduled posts, the next first."""
    from wirepress.content.identity.viewer import NEWSROOM

    types = tuple(name for name in view.site.registry.types if name != "revision")
    query = PostQuery(types, ("future",), per_page=MOST, order="asc", with_total=False)
    found = listing.items(view, listing.browse(view, NEWSROOM, query).ids)
    moments = [(post, utc(post.date_gmt)) for post in found]
    return [
        row_of(Kind.POSTS, post.id, at, at is not None and at <= view.now(), post.title or post.slug)
        for post, at in moments
    ]


def sources_of(view: View) -> list[dict[str, Any]]:
    """Sources that are looked at, with the time of the next look."""
    now = view.now().timestamp()
    return [
        row_of(
            Kind.SOURCES, one.source.id, datetime.fromtimestamp(one.next_at, UTC), one.next_at <= now,
            name_of(one.source),
        )
        for one in sources.standings(view.unit)
        if one.source.active and not one.removed_at
    ]  # fmt: skip


def counted(kind: Kind, number: int, what: str) -> list[dict[str, Any]]:
    """A row for things that are due at once; none where there are none."""
    more = "at least " if number == MOST else ""
    return [row_of(kind, "", None, True, f"{more}{number} {what}")] if number else []


def embeds_of(view: View) -> list[dict[str, Any]]:
    """Embeds and feeds of other sites that are to be asked."""
    number = len(remote.due(view.unit, int(view.now().timestamp()), MOST))
    return counted(Kind.EMBEDS, number, "embeds and feeds of other sites are to be asked")


def feeds_of(view: View) -> list[dict[str, Any]]:
    """Feeds of the site of whose news its hub is to be told."""
    number = len(feed_notices.due(view.unit, int(view.now().timestamp()), MOST, hub_of(view)))
    return counted(Kind.FEEDS, number, "feeds have news that the hub is to be told of")


def renderings_of(view: View) -> list[dict[str, Any]]:
    """Posts that are to be rendered anew."""
    number = len(post_store.rendered_otherwise(view.unit, rendering.mark(view.site), MOST))
    return counted(Kind.RENDERINGS, number, "posts are to be rendered anew")


def orders_of(view: View) -> list[dict[str, Any]]:
    """What the administration has ordered."""
    return counted(Kind.ORDERS, orders.opened(view.unit), "orders of the administration are open")


LISTS: Mapping[Kind, Callable[[View], list[dict[str, Any]]]] = {
    Kind.POSTS: posts_of,
    Kind.SOURCES: sources_of,
    Kind.EMBEDS: embeds_of,
    Kind.FEEDS: feeds_of,
    Kind.RENDERINGS: renderings_of,
    Kind.ORDERS: orders_of,
}


# ---- doing it


@group.command("run")
def run(
    context: typer.Context,
    kind: Annotated[Kind | None, typer.Argument(metavar="KIND", help="Only this.")] = None,
) -> None:
    """Do what is due by now, as the worker of `serve` does by itself: once, and then end.

    Orders of the administration are left to the worker, which says how far they are.

    Example: wirepress due run posts
    """
    from wirepress.app.fetcher import fetcher_of
    from wirepress.app.turns import SharedTurns

    if kind is Kind.ORDERS:
        fail("orders are carried out by the worker only: `wirepress worker`", error="worker_only")
    settings = settings_of(context)
    if settings.moment() is not None:
        fail("time stands still here (the setting `now`): nothing is ever due", error="frozen")
    done: dict[str, int] = {}
    with newsroom_of(context) as newsroom, fetcher_of(settings) as fetcher:
        fetcher.shared = SharedTurns(newsroom.database)
        for each, deed in DEEDS.items():
            if kind in (None, each):
                done[each.value] = deed(settings, newsroom, fetcher)
    for name, number in done.items():
        say(f"{name}: {number}", **done)


def publish(_settings: Settings, newsroom: Newsroom, _fetcher: WebFetcher) -> int:
    """Publishes the posts whose time has come; how many."""
    from wirepress.app.schedule import Schedule

    return Schedule(newsroom).step()


def look(settings: Settings, newsroom: Newsroom, fetcher: WebFetcher) -> int:
    """Looks at the sources that are due; how many."""
    from wirepress.app.polling import polling_of

    with newsroom.view() as view:
        number = len([row for row in sources_of(view) if row["due"]])
    if number:
        with ThreadPoolExecutor(settings.pull_sources, thread_name_prefix="source") as threads:
            polling_of(settings, newsroom, fetcher).work(threads, lambda: False)
    return number


def ask(_settings: Settings, newsroom: Newsroom, fetcher: WebFetcher) -> int:
    """Asks other sites for what posts show of them; how much."""
    from wirepress.syndicate.remote import look_up_due

    return look_up_due(newsroom, fetcher, MOST)


def tell(_settings: Settings, newsroom: Newsroom, fetcher: WebFetcher) -> int:
    """Tells the hub of the site's feeds; of how many."""
    from wirepress.syndicate.websub.telling import Telling

    return Telling(newsroom, fetcher).tell()


def render(_settings: Settings, newsroom: Newsroom, _fetcher: WebFetcher) -> int:
    """Renders what is to be rendered anew; how many posts."""
    from wirepress.app.worker import Upkeep

    upkeep, done = Upkeep(newsroom), 0
    while number := upkeep.step(threading.Event()):
        done += number
    return done


DEEDS: Mapping[Kind, Callable[[Settings, Newsroom, WebFetcher], int]] = {
    Kind.POSTS: publish,
    Kind.SOURCES: look,
    Kind.EMBEDS: ask,
    Kind.FEEDS: tell,
    Kind.RENDERINGS: render,
}
