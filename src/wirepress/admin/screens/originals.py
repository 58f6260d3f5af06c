"""What the original of a post offers, beside what stands there: the part of `revision.php` where it is decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wirepress.admin import moments, pages
from wirepress.admin.differences import Line, compared
from wirepress.admin.plain import plain
from wirepress.admin.visit import Visit
from wirepress.content.people import users
from wirepress.content.people.users import display_name
from wirepress.content.posts import originals
from wirepress.model.moment import Stamp
from wirepress.model.original import TEXTS, OriginalChange
from wirepress.model.post import Post
from wirepress.model.web import Response

LABELS = {
    "title": "Title",
    "content": "Text",
    "excerpt": "Excerpt",
    "categories": "Categories",
    "tags": "Tags",
    "featured_media": "Featured picture",
    "author": "Author",
    "date": "Date",
}
REASONS = {
    "edited": "It changes what somebody has changed here.",
    "held": "Changes of this source wait for an editor.",
    "open": "Somebody had the post open when it came.",
    "trashed": "The post was in the trash when it came.",
}
VERBS = {"take": originals.take_over, "keep": originals.keep_ours}


def offer(visit: Visit, revision: Post, post: Post) -> Mapping[str, Any] | None:
    """What a revision offers of an original's change, by field; None where nobody has to decide."""
    change = originals.of_revision(visit.view, revision.id)
    if change is None or not change.offered:
        return None
    reason = REASONS.get(change.reason.value, "")
    return {
        "reason": visit.say(reason) if reason else "",
        "fields": [
            {"name": name, "label": visit.say(LABELS[name]), "lines": _lines(visit, change, name, revision, post)}
            for name in change.offered
        ],
    }


def act(visit: Visit, revision: Post, post: Post) -> Response:
    """Takes over, or keeps ours: a field, or all of them (`take=title`, `keep=all`)."""
    change = originals.of_revision(visit.view, revision.id)
    verb = next(name for name in VERBS if name in visit.sent)
    field = visit.sent.text(verb)
    change = VERBS[verb](visit.view, visit.viewer, change.id if change else 0, () if field == "all" else (field,))
    if change.offered:
        return pages.towards(visit, f"revision.php?revision={revision.id}")
    return pages.towards(visit, f"post.php?post={post.id}&action=edit")


def _lines(visit: Visit, change: OriginalChange, name: str, revision: Post, post: Post) -> list[Line]:
    """What a field would lose and get."""
    if name in TEXTS:
        return list(compared(getattr(post, name), getattr(revision, name)))
    pair = (("removed", _now(visit, name, post)), ("added", _then(visit, name, change.fields[name].value)))
    return [Line(kind, text) for kind, text in pair if text]


def _now(visit: Visit, name: str, post: Post) -> str:
    if name in originals.TAXONOMIES:
        return ", ".join(plain(term.name) for term in post.terms if term.taxonomy == originals.TAXONOMIES[name])
    if name == "author":
        user = visit.view.lookup.user(post.author)
        return display_name(user) if user else ""
    if name == "date":
        return moments.full(visit, post.date_gmt)
    return _picture(visit, post.thumbnail)


def _then(visit: Visit, name: str, value: Any) -> str:
    if name in originals.TAXONOMIES:
        return ", ".join(map(str, value))
    if name == "author":
        user = users.by_login(visit.view, str(value))
        return display_name(user) if user else str(value)
    if name == "date":
        return moments.full(visit, Stamp(str(value)))
    return _picture(visit, int(value))


def _picture(visit: Visit, number: int) -> str:
    """The name of a picture's file."""
    found = visit.view.lookup.post(number) if number else None
    return str(found.first_meta("_wp_attached_file")).rpartition("/")[2] if found else ""
