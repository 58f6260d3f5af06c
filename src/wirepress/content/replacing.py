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
from wirepress.model.comment import Comment
from wirepress.model.errors import Conflict, Invalid
from wirepress.model.php import Unreadable
from wirepress.model.php_replacing import replaced
from wirepress.model.post import Post
from wirepress.model.term import Term
from wirepress.model.user import User
from wirepress.store import comments as comment_store
from wirepress.store import options as option_store
from wirepress.store import posts as post_store
from wirepress.store import terms as term_store
from wirepress.store import users as user_store
from wirepress.store import walk
from wirepress.store.unit import Unit

Part = Literal["posts", "comments", "terms", "users", "options"]
PARTS: Final[tuple[Part, ...]] = ("posts", "comments", "terms", "users", "options")
AT_ONCE: Final = 50
"""Rows that are looked at in one unit: others wait no longer than that takes."""
_DEEPEST: Final = 100
_MOST_NAMES: Final = 100
_TRIES: Final = 5
_POST: Final = ("title", "content", "excerpt", "content_filtered", "to_ping", "pinged")
_COMMENT: Final = ("content", "author_url")
_TERM: Final = ("name", "description")
_USER: Final = ("url", "description")
_KEPT: Final = frozenset({options.SECRET})
_MISSING: Final = object()

Step = Callable[[str, int, int], None]


@dataclass(slots=True)
class Tally:
    """Rows in which a field was changed, how often the text stood there, how many stay as they are since they cannot be
    read or would not fit, and the names of the first of those."""

    rows: int = 0
    times: int = 0
    left: int = 0
    names: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Replacing:
    """What is to be replaced by what, and what came of it by field (`posts.content`)."""

    old: str
    new: str
    found: dict[str, Tally] = field(default_factory=dict)
    _written: dict[str, str] = field(default_factory=dict)
    """What becomes of each way in which the text may be written."""
    _any: re.Pattern[str] = field(init=False)
    _renamed: dict[tuple[str, int, str], int] = field(default_factory=dict)
    """The names that terms have got, each with its taxonomy, parent and the term: none is given twice."""

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

    def add(self, row: Replacing, name: str) -> None:
        """Counts what was found in one row."""
        for place, tally in row.found.items():
            mine = self.found.setdefault(place, Tally())
            mine.rows += tally.rows
            mine.times += tally.times
            self._leave(mine, tally.left, name)

    def leave(self, row: Replacing, name: str) -> None:
        """Counts what was found in a row that stays as it is."""
        for place, tally in row.found.items():
            self._leave(self.found.setdefault(place, Tally()), tally.rows + tally.left, name)

    def claim(self, view: View, term: Term, name: str) -> None:
        """Notes the new name of a term.  Raises Conflict where a sibling has it, or has got it in this run."""
        kind = view.site.registry.taxonomies.get(term.taxonomy)
        parent = term.parent if kind is not None and kind.hierarchical else None
        moved = {*self._renamed.values(), term.taxonomy_id}
        named = term_store.by_name(view.unit, term.taxonomy, name)
        standing = [one for one in named if one.taxonomy_id not in moved and one.name.lower() == name.lower()]
        wanted = (term.taxonomy, parent or 0, name.lower())
        first = self._renamed.setdefault(wanted, term.taxonomy_id)
        if first == term.taxonomy_id and not any(parent in (None, one.parent) for one in standing):
            return
        if first == term.taxonomy_id:
            del self._renamed[wanted]
        raise Conflict("term_exists", "There is a term of this name already.", {"term_id": first})

    def _leave(self, tally: Tally, number: int, name: str) -> None:
        tally.left += number
        if number and len(tally.names) < _MOST_NAMES:
            tally.names.append(name)

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


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as it was read: its values by field, and how people call it."""

    key: Any
    name: str
    thing: Any
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to become of a row, and what was found in it."""

    row: _Row
    changed: dict[str, Any]
    found: Replacing


def replace_all(newsroom: Newsroom, asked: Replacing, parts: tuple[Part, ...], step: Step, *, write: bool) -> None:
    """Replaces in all of these parts, a few rows in each write, or only counts what would be.

    It is worked out while others may write, and written where the row is still the same: nothing that others change
    meanwhile is lost.  A row that would not fit stays, and is counted so in both runs.
    """
    for part in parts:
        with newsroom.view() as view:
            total = len(_optional(view)) if part == "options" else walk.number(view.unit, part)
        last: Any = "" if part == "options" else 0
        done = 0
        while keys := _after(newsroom, part, last):
            last, done = keys[-1], done + len(keys)
            for _ in range(_TRIES):
                plans = _planned(newsroom, asked, part, keys)
                keys = _written(newsroom, asked, part, plans) if write else _counted(asked, plans)
                if not keys:
                    break
            else:
                raise Conflict("still_changing", "Others keep changing %(name)s.", words={"name": f"{part} {keys[0]}"})
            step(part, done, total)


def _after(newsroom: Newsroom, part: Part, last: Any) -> list[Any]:
    """The keys of the next rows."""
    with newsroom.view() as view:
        if part == "options":
            return sorted(name for name in _optional(view) if name > last)[:AT_ONCE]
        return list(walk.after(view.unit, part, last, AT_ONCE))


def _optional(view: View) -> dict[str, Any]:
    return {name: value for name, value in options.all_of(view.unit).items() if name not in _KEPT}


def _planned(newsroom: Newsroom, asked: Replacing, part: Part, keys: list[Any]) -> list[_Plan]:
    """What becomes of some rows.  Those that stay as they are, are counted here."""
    plans = []
    with newsroom.view() as view:
        for key in keys:
            row = _read(view, part, key)
            if row is None:
                continue
            found = Replacing(asked.old, asked.new)
            changed = _changed(found, part, row)
            if not changed:
                asked.add(found, row.name)
            elif _fits(view, asked, part, _Plan(row, changed, found)):
                plans.append(_Plan(row, changed, found))
    return plans


def _fits(view: View, asked: Replacing, part: Part, plan: _Plan) -> bool:
    """Whether a row can be kept so; counts one that cannot as left."""
    try:
        if part in _CHECKS:
            _CHECKS[part](view, asked, plan.row.thing, plan.changed)
    except (Invalid, Conflict):
        asked.leave(plan.found, plan.row.name)
        return False
    return True


def _counted(asked: Replacing, plans: list[_Plan]) -> list[Any]:
    for plan in plans:
        asked.add(plan.found, plan.row.name)
    return []


def _written(newsroom: Newsroom, asked: Replacing, part: Part, plans: list[_Plan]) -> list[Any]:
    """Writes what was worked out; the keys of the rows that others have changed meanwhile."""
    if not plans:
        return []
    again = []
    with newsroom.write() as view:
        for plan in plans:
            row = _read(view, part, plan.row.key)
            if row is None:
                continue
            if row.values != plan.row.values:
                again.append(row.key)
            elif _fits(view, asked, part, plan):
                _WRITES[part](view, row.thing, plan.changed)
                asked.add(plan.found, row.name)
    return again


def _read(view: View, part: Part, key: Any) -> _Row | None:
    """A row with its fields in which is replaced; None where there is none any more."""
    if part == "options":
        value = option_store.get(view.unit, key, _MISSING)
        return None if value is _MISSING else _Row(key, f"option {key}", key, {"value": value})
    thing: Any = _GETS[part](view.unit, key)
    if thing is None:
        return None
    values = {name: getattr(thing, name) for name in _FIELDS[part]}
    values["meta"] = {name: list(kept) for name, kept in dict(thing.meta).items()}
    return _Row(key, f"{part.removesuffix('s')} {thing.id}", thing, values)


def _changed(found: Replacing, part: Part, row: _Row) -> dict[str, Any]:
    """The fields of a row, its meta among them, that differ when the text is replaced in them."""
    made: dict[str, Any] = {}
    for name, value in row.values.items():
        place = part if part == "options" else f"{part}.{name}"
        if name == "meta":
            made[name] = {key: [found.of(place, one) for one in values] for key, values in value.items()}
        else:
            made[name] = found.of(place, value)
    return {name: value for name, value in made.items() if value != row.values[name]}


def _check_post(_view: View, _asked: Replacing, _post: Post, changed: dict[str, Any]) -> None:
    for name in ("title", "content", "excerpt"):
        if name in changed:
            refuse_overlong(name, changed[name])


def _check_comment(_view: View, _asked: Replacing, _comment: Comment, changed: dict[str, Any]) -> None:
    for name in _COMMENT:
        if len(str(changed.get(name, "")).encode("utf-8", "replace")) > LONGEST[name]:
            raise Invalid("comment_too_long", "The comment would be too long.")


def _check_term(view: View, asked: Replacing, term: Term, changed: dict[str, Any]) -> None:
    if len(changed.get("description", "")) > terms.LONGEST_DESCRIPTION:
        raise Invalid("overlong_term", "A term's description is too long.")
    if "name" not in changed:
        return
    name = terms.clean_name(changed["name"])
    if not name.strip():
        raise Invalid("empty_term_name", "A term needs a name.")
    terms.refuse_overlong(name)
    asked.claim(view, term, name)


def _check_user(view: View, _asked: Replacing, user: User, changed: dict[str, Any]) -> None:
    users.changed(view, user, UserChanges(**changed))


def _write_post(view: View, post: Post, changed: dict[str, Any]) -> None:
    publishing.save(view, NEWSROOM, post, replace(post, **changed), Changes(), revise=False)


def _write_comment(view: View, comment: Comment, changed: dict[str, Any]) -> None:
    comment_store.update(view.unit, comment.id, **changed)


def _write_term(view: View, term: Term, changed: dict[str, Any]) -> None:
    if term.taxonomy in view.site.registry.taxonomies:
        terms.update(view, term, slug=term.slug, **changed)
    else:  # what an import brought and nothing serves
        term_store.update(view.unit, term.taxonomy_id, **changed)


def _write_user(view: View, user: User, changed: dict[str, Any]) -> None:
    users.update(view, user.id, UserChanges(**changed))


def _write_option(view: View, name: str, changed: dict[str, Any]) -> None:
    options.set(view.unit, name, changed["value"])


def _term(unit: Unit, taxonomy_id: int) -> Term | None:
    return term_store.load(unit, (taxonomy_id,)).get(taxonomy_id)


_GETS: Final[Mapping[Part, Callable[[Unit, int], Any]]] = {
    "posts": post_store.get, "comments": comment_store.get, "terms": _term, "users": user_store.get,
}  # fmt: skip
_FIELDS: Final[Mapping[Part, tuple[str, ...]]] = {
    "posts": _POST, "comments": _COMMENT, "terms": _TERM, "users": _USER,
}  # fmt: skip
_CHECKS: Final[Mapping[Part, Callable[[View, Replacing, Any, dict[str, Any]], None]]] = {
    "posts": _check_post, "comments": _check_comment, "terms": _check_term, "users": _check_user,
}  # fmt: skip
_WRITES: Final[Mapping[Part, Callable[[View, Any, dict[str, Any]], None]]] = {
    "posts": _write_post, "comments": _write_comment, "terms": _write_term, "users": _write_user,
    "options": _write_option,
}  # fmt: skip
