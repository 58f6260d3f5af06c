"""`admin.php?page=stories`: what several sources tell alike, with their articles; merging stories, splitting one off.

`source=3` and `s=words` filter, `story=3` shows one alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from wirepress.admin import lists, moments, pages
from wirepress.admin.screens.post_filters import status_label
from wirepress.admin.screens.post_rows import title_of
from wirepress.admin.visit import Menu, Screen, Visit
from wirepress.content.posts import listing
from wirepress.content.stories import reading
from wirepress.model.errors import Invalid, WirepressError
from wirepress.model.moment import stamp
from wirepress.model.story import Story, StoryArticle, StoryQuery
from wirepress.model.web import Response
from wirepress.syndicate.stories import deciding
from wirepress.url.parse import is_address

HERE = "admin.php?page=stories"
PER_PAGE = 20
_LONGEST = 200


def show(visit: Visit) -> Response:
    return _list(visit)


def again(visit: Visit, error: WirepressError) -> Response:
    """The list, with why nothing was done."""
    return _list(visit, error)


def _list(visit: Visit, error: WirepressError | None = None) -> Response:
    query = StoryQuery(
        page=lists.page_of(visit),
        per_page=PER_PAGE,
        source=max(0, visit.asked.number("source")),
        search=visit.asked.text("s").strip()[:_LONGEST],
    )
    found, total = reading.browse(visit.view, visit.viewer, query)
    if number := visit.asked.number("story"):
        one = reading.get(visit.view, number)
        found, total = ([one], 1) if one is not None else ([], 0)
    say = visit.say
    return pages.page(
        visit,
        "stories.html",
        say("Stories"),
        status=400 if error else 200,
        error=visit.why(error) if error else "",
        rows=[_row(visit, story) for story in found],
        chosen=frozenset(visit.sent.numbers("story")),
        sources=_sources(visit),
        source=str(query.source or ""),
        search=query.search,
        is_filtered=bool(query.source or query.search or number),
        paging=lists.paging(visit, total, PER_PAGE),
        here=visit.address(HERE),
        filters=_filters(visit),
    )


def _sources(visit: Visit) -> list[tuple[str, str]]:
    names, _ = listing.origins(visit.view, ())
    return [("", visit.say("All sources")), *((str(key), name) for key, name in names.items())]


def _filters(visit: Visit) -> dict[str, str]:
    """What the list is narrowed to, for the form that leads back to it."""
    return {name: visit.asked.text(name) for name in ("source", "s", "paged") if visit.asked.text(name)}


def _row(visit: Visit, story: Story) -> Mapping[str, Any]:
    return {
        "id": story.id,
        "title": title_of(visit, story.title),
        "latest": _moment(visit, story.latest),
        "articles": [_article(visit, one, is_alone=len(story.articles) == 1) for one in story.articles],
    }


def _article(visit: Visit, one: StoryArticle, *, is_alone: bool) -> Mapping[str, Any]:
    return {
        "id": one.id,
        "title": title_of(visit, one.title),
        "href": visit.address(f"post.php?post={one.post}&action=edit") if one.post and one.status != "trash" else "",
        "status": status_label(visit, one.status) if one.post and one.status != "publish" else "",
        "original": one.url if is_address(one.url) else "",
        "source": one.publisher or one.source_name or visit.say("Written here"),
        "is_linked": not one.post,
        "likeness": visit.say("%(percent)s%% alike", percent=one.likeness) if one.likeness else "",
        "by_hand": one.by_hand,
        "came": _moment(visit, int(one.came.timestamp()) if one.came else one.at),
        "is_alone": is_alone,
    }


def _moment(visit: Visit, seconds: int) -> tuple[str, str]:
    """A time for machines and for people."""
    when = stamp(datetime.fromtimestamp(seconds, UTC))
    return moments.iso(visit, when), moments.full(visit, when)


def act(visit: Visit) -> Response:
    match lists.action_of(visit):
        case "merge":
            stories = visit.sent.numbers("story")
            deciding.merge(visit.view, visit.viewer, stories)
            return _back(visit, merged=len(stories))
        case "split":
            (number, *_) = lists.rows_of(visit, "article") or (0,)
            deciding.split(visit.view, visit.viewer, number)
            return _back(visit, split=1)
    raise Invalid("no_action", "Choose first what shall be done.")


def _back(visit: Visit, **done: int) -> Response:
    kept = {name: visit.sent.text(name) for name in ("source", "s") if visit.sent.text(name)}
    return pages.towards(visit, HERE, **kept, **done)


def _may(visit: Visit) -> bool:
    return reading.may(visit.view, visit.viewer)


def _menus(visit: Visit) -> Mapping[str, Menu]:
    return {HERE: Menu("Stories", "sources", 10)} if _may(visit) else {}


SCREENS = (Screen(path="admin.php", page="stories", show=show, act=act, again=again, may=_may, menus=_menus),)
