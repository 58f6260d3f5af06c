"""Corrections that somebody notes under an article: what was wrong, and when that was set right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wirepress.content.identity.permissions import may
from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import View
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.errors import Forbidden, Invalid, NotFound
from wirepress.model.moment import Stamp
from wirepress.model.post import Post

META: Final = "wirepress_corrections"
"""The meta key that holds them: each value has `at` (UTC) and `text`."""
MOST: Final = 50
LONGEST: Final = 2_000


@dataclass(frozen=True, slots=True)
class Correction:
    """A note, as plain text; `at` is UTC."""

    at: Stamp
    text: str


def of(post: Post) -> list[Correction]:
    """The corrections of a post, those noted last first; meta of another form is passed over."""
    found = [
        Correction(Stamp(str(value.get("at", ""))[:19]), str(value["text"])[:LONGEST])
        for value in post.meta.get(META, ())
        if isinstance(value, Mapping) and value.get("text")
    ]
    return found[:MOST][::-1]


def add(view: View, viewer: Viewer, post_id: int, text: str) -> Post:
    """Notes a correction.  Raises NotFound for no article, Forbidden for whoever may not edit it, Invalid for a text
    that is empty or too long, and where there are too many."""
    post = _editable(view, viewer, post_id)
    text = " ".join(text.split())
    kept = [{"at": one.at, "text": one.text} for one in reversed(of(post))]
    if not text:
        raise Invalid("empty_correction", "Say what was wrong.")
    if len(text) > LONGEST:
        raise Invalid("long_correction", "A correction has %(most)s characters at most.", words={"most": LONGEST})
    if len(kept) >= MOST:
        raise Invalid("many_corrections", "An article has %(most)s corrections at most.", words={"most": MOST})
    return _keep(view, viewer, post, [*kept, {"at": view.stamps()[1], "text": text}])


def remove(view: View, viewer: Viewer, post_id: int, number: int) -> Post:
    """Removes a correction by its number, the one noted last being 1.  Raises NotFound where there is none."""
    post = _editable(view, viewer, post_id)
    kept = of(post)
    if not 0 < number <= len(kept):
        raise NotFound("no_correction", "There is no such correction.")
    del kept[number - 1]
    return _keep(view, viewer, post, [{"at": one.at, "text": one.text} for one in reversed(kept)])


def _editable(view: View, viewer: Viewer, post_id: int) -> Post:
    post = publishing.existing(view, post_id)
    if post.type == "revision":
        raise NotFound("invalid_post", "There is no such post.")
    if not may(view, viewer, "edit_post", post):
        raise Forbidden("no_access", "You may not edit this.")
    return post


def _keep(view: View, viewer: Viewer, post: Post, values: Sequence[Mapping[str, str]]) -> Post:
    changes = Changes(meta={META: list(values)}, texts_stand=True)
    return publishing.update(view, viewer, post.id, changes, revise=False)
