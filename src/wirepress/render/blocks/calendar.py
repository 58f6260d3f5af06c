"""The calendar block: this month with its days of posts (`get_calendar`)."""

from __future__ import annotations

from calendar import Calendar
from datetime import date, datetime, timedelta

from wirepress.model.moment import Stamp
from wirepress.model.query import PostQuery
from wirepress.model.rendering import HoleKind
from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.settings import number
from wirepress.render.blocks.shown import zone
from wirepress.render.blocks.styles import colours
from wirepress.render.blocks.wrapper import linked, wrapper
from wirepress.render.entities import escape_attribute
from wirepress.render.scene import Scene
from wirepress.render.urls import clean_url

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EMPTY = '\n\t\t<td class="pad" colspan="{}">&nbsp;</td>'


def calendar(block: Block, scene: Scene) -> str:
    shown = month(block, scene)
    if shown is None:
        return f"<div {wrapper(block)}>The calendar block is hidden because there are no published posts.</div>"
    return shown and f"<div {wrapper(block)}>{shown}</div>"


def month(block: Block, scene: Scene) -> str | None:
    """A month with its days of posts, and the ways to others; None where there are no posts at all, "" where no answer
    is under way."""
    answer = scene.needs(HoleKind.TIME)
    scene.needs(HoleKind.POSTS)
    if answer is None:
        return ""
    months = [(year, month) for year, month, _ in scene.months() if year and month]
    if not months:
        return None
    today = _today(answer.now, scene)
    first = _chosen(block, scene) or today.replace(day=1)
    earlier = max((m for m in months if m < (first.year, first.month)), default=None)
    later = min((m for m in months if m > (first.year, first.month)), default=None)
    table = _table(first, today, scene, block)
    before = _link(earlier, scene, "&laquo; {}")
    after = _link(later, scene, "{} &raquo;")
    return (
        f"{table}"
        '<nav aria-label="Previous and next months" class="wp-calendar-nav">\n'
        f'\t\t<span class="wp-calendar-nav-prev">{before}</span>\n'
        '\t\t<span class="pad">&nbsp;</span>\n'
        f'\t\t<span class="wp-calendar-nav-next">{after}</span>\n'
        "\t</nav>"
    )


def _chosen(block: Block, scene: Scene) -> date | None:
    """The first day of the month that a block names: one that has an address of its own where posts have it too."""
    structure = str(scene.lookup.option("permalink_structure"))
    year, month = number(block.settings.get("year"), 0, 9998), number(block.settings.get("month"), 0, 12)
    if not (year and month and "%year%" in structure and "%monthnum%" in structure):
        return None
    return date(_full(year), month, 1)


def _full(year: int) -> int:
    """A year of which two digits were written, as PHP reads it."""
    if year >= 100:
        return year
    return year + (2000 if year < 70 else 1900)


def _today(now: datetime, scene: Scene) -> date:
    return now.astimezone(zone(scene)).date()


def _link(month: tuple[int, int] | None, scene: Scene, form: str) -> str:
    if month is None:
        return "&nbsp;"
    name = form.format(f"{date(month[0], month[1], 1):%b}")
    return f'<a href="{clean_url(scene.lookup.date_link(*month))}">{name}</a>'


def _table(first: date, today: date, scene: Scene, block: Block) -> str:
    start = number(scene.lookup.option("start_of_week", 1), 1) % 7
    names = [_DAYS[(start + place - 1) % 7] for place in range(7)]
    heads = "".join(f'\t\t<th scope="col" aria-label="{name}">{name[0]}</th>\n' for name in names)
    posted = _days_with_posts(first, scene)
    rows: list[str] = []
    for week in Calendar((start - 1) % 7).monthdayscalendar(first.year, first.month):
        before = next(place for place, day in enumerate(week) if day)
        after = 7 - before - sum(1 for day in week if day)
        row = "\n\t\t" if rows else ""  # the first row begins a line with what is before it alone
        if before:
            row = f'\n\t\t<td colspan="{before}" class="pad">&nbsp;</td>'
        row += "".join(_cell(first.replace(day=day), today, posted, scene) for day in week if day)
        if after:
            row += _EMPTY.format(after)
        rows.append(row)
    body = "\n\t</tr>\n\t<tr>".join(rows)
    return (
        f"<table {_looks(block)}>\n"
        f"\t<caption>{first:%B} {first.year:04}</caption>\n\t<thead>\n\t<tr>\n{heads}\t</tr>\n\t</thead>\n"
        f"\t<tbody>\n\t<tr>{body}\n\t</tr>\n\t</tbody>\n\t</table>"
    )


def _looks(block: Block) -> str:
    """The attributes of the table, which the block's colours are on."""
    looks = colours(block.name, block.settings, outer=False)
    rules = "".join(f"{rule};" for rule in looks.declarations)
    style = f'style="{escape_attribute(rules)}" ' if rules else ""
    classes = " ".join(filter(None, ("wp-calendar-table", *looks.classes, linked(block))))
    return f'{style}id="wp-calendar" class="{escape_attribute(classes)}"'


def _days_with_posts(first: date, scene: Scene) -> set[int]:
    following = (first + timedelta(days=31)).replace(day=1)
    query = PostQuery(
        per_page=2_000,
        after=Stamp(f"{first - timedelta(days=1)} 23:59:59"),
        before=Stamp(f"{following} 00:00:00"),
        with_total=False,
    )
    month = f"{first:%Y-%m}"
    return {int(post.date[8:10]) for post in scene.posts(query) if post.date.startswith(month)}


def _cell(day: date, today: date, posted: set[int], scene: Scene) -> str:
    shown = str(day.day)
    if day.day in posted:
        label = f"Posts published on {day:%B} {day.day}, {day.year}"
        url = clean_url(scene.lookup.date_link(day.year, day.month, day.day))
        shown = f'<a href="{url}" aria-label="{label}">{day.day}</a>'
    return f'<td id="today">{shown}</td>' if day == today else f"<td>{shown}</td>"
