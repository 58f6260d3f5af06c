"""How dynamic blocks name posts, people and days."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from typing import Final, Protocol, TypeVar

from wirepress.model.comment import Comment
from wirepress.model.lookup import Lookup
from wirepress.model.post import Post
from wirepress.model.rendering import HoleKind
from wirepress.model.user import User
from wirepress.render.dates import format_date
from wirepress.render.entities import escape_attribute
from wirepress.render.scene import Scene
from wirepress.render.zones import zone_of

_AVATAR: Final = 96
_DAY: Final = 24 * 60 * 60
_UNITS: Final = (
    ("year", 365 * _DAY), ("month", 30 * _DAY), ("week", 7 * _DAY), ("day", _DAY), ("hour", 60 * 60), ("minute", 60),
    ("second", 1),
)  # fmt: skip


def is_locked(post: Post, scene: Scene) -> bool:
    """Whether a post's password keeps the viewer out."""
    answer = scene.answer
    if not post.is_protected or answer is None:
        return post.is_protected
    is_own = scene.open[:1] == (post.id,)
    return not (answer.opens_own(post) if is_own else answer.opens(post))


def local(date: str, scene: Scene) -> datetime | None:
    """A row's local stamp in the site's zone, whatever that was when it was written (get_post_datetime); None for what
    is no date.  An hour that the clock skipped moves on, as PHP reads it."""
    here = zone(scene)
    try:
        return datetime.fromisoformat(date).replace(tzinfo=here).astimezone(UTC).astimezone(here)
    except (ValueError, OverflowError):
        return None


def zone(scene: Scene) -> tzinfo:
    """The site's zone."""
    return zone_of({name: scene.lookup.option(name) for name in ("timezone_string", "gmt_offset")})


def in_site_zone(text: str, scene: Scene) -> datetime | None:
    """A date that somebody wrote (UTC, where it names no zone) as the site's clock shows it; None for what is no
    date."""
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return moment.astimezone(zone(scene))
    except (ValueError, OverflowError):
        return None


def day(moment: datetime | None, scene: Scene, form: str = "") -> str:
    """A moment as the site writes days."""
    if moment is None:
        return ""
    if form == "human-diff":
        answer = scene.needs(HoleKind.TIME)
        return "" if answer is None else ago(moment.replace(tzinfo=moment.tzinfo or UTC), answer.now)
    return format_date(form or str(scene.lookup.option("date_format", "F j, Y")), moment)


def ago(moment: datetime, now: datetime) -> str:
    """How far a moment is from now, in its largest unit (`human_time_diff`)."""
    seconds = abs(int((now - moment).total_seconds()))
    unit, length = next(((name, length) for name, length in _UNITS if seconds >= length), _UNITS[-1])
    count = max(1, (2 * seconds + length) // (2 * length))
    words = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{words} from now" if moment > now else f"{words} ago"


def machine_day(moment: datetime | None) -> str:
    """A moment for machines."""
    return "" if moment is None else format_date("c", moment)


def avatar(email: str, size: int, scene: Scene, *, alt: str = "", classes: str = "", marks: str = "") -> str:
    """A person's picture from the avatar service (`get_avatar`); none where the site shows none.  `marks` are more
    attributes, as they are written."""
    if scene.lookup.option("show_avatars", "1") in ("", "0", 0, False):
        return ""
    digest = hashlib.sha256(email.strip().lower().encode()).hexdigest() if email.strip() else ""
    default = str(scene.lookup.option("avatar_default", "mystery") or "mystery")
    default = {"mystery": "mm", "gravatar_default": ""}.get(default, default)
    rating = str(scene.lookup.option("avatar_rating", "G")).lower()

    def url(pixels: int) -> str:
        return f"https://secure.gravatar.com/avatar/{digest}?s={pixels}&#038;d={default}&#038;r={rating}"

    shown = size or _AVATAR
    known = "" if digest else "avatar-default "
    names = f"avatar avatar-{shown} photo {known}{classes}".rstrip()
    return (
        f"<img alt='{escape_attribute(alt)}' src='{url(shown)}' srcset='{url(2 * size or shown)} 2x' "
        f"class='{escape_attribute(names)}' height='{shown}' width='{shown}' {marks}/>"
    )


class Nested(Protocol):
    """A term or a comment: it may lie in another one."""

    @property
    def id(self) -> int: ...

    @property
    def parent(self) -> int: ...


N = TypeVar("N", bound=Nested)


def by_parent(items: Iterable[N]) -> dict[int, list[N]]:
    """Items in their order under the id of what they lie in; under 0 those whose parent is not among them."""
    items = list(items)
    known = {item.id for item in items}
    found: dict[int, list[N]] = {}
    for item in items:
        parent = item.parent if item.parent in known else 0
        found.setdefault(parent, []).append(item)
    return found


def counted(number: int, one: str, many: str) -> str:
    """A number with the word for one or for many."""
    return f"{number:,} {one if number == 1 else many}"


def bracketed(count: int, wanted: bool) -> str:
    """The number behind an entry of a list, where numbers are wanted."""
    return f"&nbsp;({count})" if wanted else ""


def author_of(post: Post, scene: Scene) -> User | None:
    return scene.lookup.user(post.author)


def commenter(comment: Comment, lookup: Lookup) -> User | None:
    """The user who made a comment."""
    return lookup.user(comment.user) if comment.user else None


def comment_author(comment: Comment, lookup: Lookup) -> str:
    """A comment's author by name (`get_comment_author`)."""
    if comment.author_name not in ("", "0"):
        return comment.author_name
    user = commenter(comment, lookup)
    return user.name if user is not None else "Anonymous"
