"""One text in the place of another, wherever a site keeps it: contents, meta and options (WP-CLI's search-replace).

What is changed is changed in place: no revision is made, no date moves, and guids, logins, e-mail addresses, slugs and
the origins of articles stay, since others know things by them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from wirepress.content import options, terms
from wirepress.content.comments.writing import LONGEST
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.people import users
from wirepress.content.people.users import UserChanges
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.content.posts.cleaning import refuse_overlong
from wirepress.model.errors import Invalid
from wirepress.model.php import Unreadable
from wirepress.model.php_replacing import replaced
from wirepress.store import comments as comment_store
from wirepress.store import posts as post_store
from wirepress.store import terms as term_store
from wirepress.store import users as user_store
from wirepress.store import walk

Part = Literal["posts", "comments", "terms", "users", "options"]
PARTS: Final[tuple[Part, ...]] = ("posts", "comments", "terms", "users", "options")
AT_ONCE: Final = 50
"""Rows that are looked at in one unit: others wait no longer than that takes."""
_DEEPEST: Final = 100
_POST: Final = ("title", "content", "excerpt", "content_filtered", "to_ping", "pinged")
_COMMENT: Final = ("content", "author_url")
_TERM: Final = ("name", "description")
_USER: Final = ("url", "description")
_KEPT: Final = frozenset({options.SECRET})

Step = Callable[[str, int, int], None]


@dataclass(slots=True)
class Tally:
    """Rows in which a field was changed, how often the text stood there, and how many rows could not be read."""

    rows: int = 0
    times: int = 0
    left: int = 0


@dataclass(slots=True)
class Replacing:
    """What is to be replaced by what, and what came of it by field (`posts.content`)."""

    old: str
    new: str
    found: dict[str, Tally] = field(default_factory=dict)
    _written: dict[str, str] = field(default_factory=dict)
    """What becomes of each way in which the text may be written."""
    _any: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        if not self.old:
            raise Invalid("replace_nothing", "There must be something to look for.")
        # As JSON writes it that PHP has encoded: plugins keep whole pages so.
        escaped = self.old.replace("/", "\\/")
        self._written = {escaped: self.new.replace("/", "\\/")} | {self.old: self.new}
        # In one pass: what is written for one way may hold the other.
        self._any = re.compile("|".join(map(re.escape, self._written)))

    def of(self, place: str, value: Any) -> Any:
        """A value with the text replaced in it; where that is impossible the value as it is."""
        tally = self.found.setdefault(place, Tally())
        counted = 0

        def change(text: str) -> str:
            nonlocal counted
            if not any(old in text for old in self._written):  # far quicker than the pattern
                return text
            text, number = self._any.subn(lambda found: self._written[found[0]], text)
            counted += number
            return text

        try:
            made = _walked(value, change, 0)
        except Unreadable:
            if self._stands_in(value):
                tally.left += 1
            return value
        if counted:
            tally.rows += 1
            tally.times += counted
        return made

    def _stands_in(self, value: Any) -> bool:
        text = str(value)
        return any(old in text for old in self._written)


def _walked(value: Any, change: Callable[[str], str], depth: int) -> Any:
    """A value of JSON with each of its texts changed; keys stay."""
    if depth > _DEEPEST:
        raise Unreadable("too deep")
    if isinstance(value, str):
        return replaced(value, change)
    if isinstance(value, Mapping):
        return {key: _walked(inner, change, depth + 1) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_walked(inner, change, depth + 1) for inner in value]
    return value


def replace_all(newsroom: Newsroom, asked: Replacing, parts: tuple[Part, ...], step: Step, *, write: bool) -> None:
    """Replaces in all of these parts, a few rows in each write, or only counts what would be.

    Each row is read in the unit that writes it, so nothing that others change meanwhile is lost.
    """
    for part in parts:
        if part == "options":
            with newsroom.write() if write else newsroom.view() as view:
                _options(view, asked, write=write)
            continue
        with newsroom.view() as view:
            total = walk.number(view.unit, part)
        last = done = 0
        while True:
            with newsroom.write() if write else newsroom.view() as view:
                ids = walk.after(view.unit, part, last, AT_ONCE)
                for row_id in ids:
                    _ROWS[part](view, asked, row_id, write)
            if not ids:
                break
            last, done = ids[-1], done + len(ids)
            step(part, done, total)


def _changed(asked: Replacing, part: str, row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """The fields of a row, its meta among them, that differ when the text is replaced in them."""
    made = {name: asked.of(f"{part}.{name}", getattr(row, name)) for name in names}
    made["meta"] = {
        key: [asked.of(f"{part}.meta", value) for value in values] for key, values in dict(row.meta).items()
    }
    before = {name: getattr(row, name) for name in names}
    before["meta"] = {key: list(values) for key, values in dict(row.meta).items()}
    return {name: value for name, value in made.items() if value != before[name]}


def _post(view: View, asked: Replacing, post_id: int, write: bool) -> None:
    post = post_store.get(view.unit, post_id)
    if post is None:
        return
    changed = _changed(asked, "posts", post, _POST)
    if write and changed:
        for name in ("title", "content", "excerpt"):
            if name in changed:
                refuse_overlong(name, changed[name])
        publishing.save(view, NEWSROOM, post, replace(post, **changed), Changes(), revise=False)


def _comment(view: View, asked: Replacing, comment_id: int, write: bool) -> None:
    comment = comment_store.get(view.unit, comment_id)
    if comment is None:
        return
    changed = _changed(asked, "comments", comment, _COMMENT)
    for name in _COMMENT:
        if len(str(changed.get(name, "")).encode("utf-8", "replace")) > LONGEST[name]:
            raise Invalid("comment_too_long", "Comment %(id)s would be too long.", words={"id": comment_id})
    if write and changed:
        comment_store.update(view.unit, comment_id, **changed)


def _term(view: View, asked: Replacing, taxonomy_id: int, write: bool) -> None:
    term = term_store.load(view.unit, (taxonomy_id,)).get(taxonomy_id)
    if term is None:
        return
    changed = _changed(asked, "terms", term, _TERM)
    if write and changed:
        if "name" in changed:
            terms.refuse_overlong(changed["name"])
        if term.taxonomy in view.site.registry.taxonomies:
            terms.update(view, term, slug=term.slug, **changed)
        else:  # what an import brought and nothing serves
            term_store.update(view.unit, taxonomy_id, **changed)


def _user(view: View, asked: Replacing, user_id: int, write: bool) -> None:
    user = user_store.get(view.unit, user_id)
    if user is None:
        return
    changed = _changed(asked, "users", user, _USER)
    if write and changed:
        users.update(view, user_id, UserChanges(**changed))


def _options(view: View, asked: Replacing, *, write: bool) -> None:
    for name, value in options.all_of(view.unit).items():
        if name in _KEPT:
            continue
        made = asked.of("options", value)
        if write and made != value:
            options.set(view.unit, name, made)


_ROWS: Final[Mapping[str, Callable[[View, Replacing, int, bool], None]]] = {
    "posts": _post,
    "comments": _comment,
    "terms": _term,
    "users": _user,
}
