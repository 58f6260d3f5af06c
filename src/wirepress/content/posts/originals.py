"""What sources change of articles that are published here: what stays, what is offered, and taking it over."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any, Final

from wirepress.content import terms
from wirepress.content.identity.viewer import NEWSROOM, Viewer
from wirepress.content.newsroom import View
from wirepress.content.posts import locks, publishing, revisions
from wirepress.content.posts.changes import Changes
from wirepress.content.posts.cleaning import clean_texts, cleaning_of
from wirepress.model.errors import Conflict, Invalid, NotFound
from wirepress.model.moment import ZERO
from wirepress.model.original import FIELDS, TEXTS, FieldState, OriginalChange
from wirepress.model.post import Post
from wirepress.model.wire import Origin
from wirepress.store import originals as store
from wirepress.store import posts as post_store
from wirepress.store import sources
from wirepress.store import users as user_store

TAXONOMIES: Final = {"categories": "category", "tags": "post_tag"}
"""The fields that are terms, and of which taxonomy."""
_TAG: Final = re.compile(r"<[a-zA-Z][^<>]*>")
_APOSTROPHE: Final = re.compile("&apos;|&#x27;|&#039;")


# ---- what stands in a post


def digest(*texts: str) -> str:
    """A short print of some texts: alike for the same texts, whatever ends their lines."""
    said = "\0".join(text.replace("\r\n", "\n").strip() for text in texts)
    return sha256(said.encode("utf-8", "replace")).hexdigest()[:32]


def _print_of_text(name: str, text: str) -> str:
    return digest(_TAG.sub(_plainly, text) if name == "content" else text)


def _plainly(tag: re.Match[str]) -> str:
    """A tag as the block editor writes it.  WordPress's filter writes the same another way (`<br />`, `&apos;`): that
    somebody has saved a text does not mean that they have changed it."""
    text = _APOSTROPHE.sub("'", tag[0])
    return f"{text[:-3]}/>" if text.endswith(" />") else text


def prints(view: View, post: Post) -> dict[str, str]:
    """What stands in the fields of a post, as prints.

    A user goes by the login and a term by its id: an import may give users other numbers, an editor terms other names.
    """
    author = view.lookup.user(post.author)
    dated = post.date_gmt if post.date_gmt != ZERO else post.date
    found = {name: _print_of_text(name, getattr(post, name)) for name in TEXTS}
    found |= {
        name: _print_of_terms(t.id for t in post.terms if t.taxonomy == kind) for name, kind in TAXONOMIES.items()
    }
    found |= {"featured_media": str(post.thumbnail), "author": author.login if author else "", "date": dated}
    return found


def as_printed_now(written: Mapping[str, str], post: Post) -> Mapping[str, str]:
    """What the wire has written into a post, by the prints that are made now: before markup was compared as the block
    editor writes it, a text was printed as it stood."""
    if written.get("content") != digest(post.content):
        return written
    return {**written, "content": _print_of_text("content", post.content)}


def _print_of_terms(ids: Iterable[int]) -> str:
    return digest(*map(str, sorted(set(ids))))


def coming(view: View, values: Mapping[str, Any]) -> dict[str, str]:
    """The prints that the fields of a post would have with these values; "" for what is not there yet."""
    found: dict[str, str] = {}
    texts = {name: str(values[name]) for name in TEXTS if name in values}
    for name, text in clean_texts(cleaning_of(view, NEWSROOM), texts).items():
        found[name] = _print_of_text(name, text)
    for name, taxonomy in TAXONOMIES.items():
        if name in values:
            known = [terms.of_name(view, taxonomy, str(one)) for one in values[name]]
            there = [term.id for term in known if term is not None]
            found[name] = _print_of_terms(there) if len(there) == len(known) else ""
    found |= {name: str(values[name]) for name in ("featured_media", "author", "date") if name in values}
    return found


# ---- writing what came


def write(view: View, post: Post, values: Mapping[str, Any], viewer: Viewer = NEWSROOM) -> tuple[Post, int]:
    """Gives a post what came; what stood there before and what stands there now are kept as revisions.  The post, and
    the revision of what stands there now (0: none was kept).

    It is cleaned as what the wire writes, whoever takes it over: nobody but the source has written it.
    """
    if not values:
        return post, 0
    has_texts = bool(values.keys() & set(TEXTS))
    if has_texts:
        revisions.keep(view, NEWSROOM, post)
    assigned = {
        taxonomy: tuple(terms.find_or_create(view, taxonomy, str(one)).id for one in values[name])
        for name, taxonomy in TAXONOMIES.items()
        if name in values
    }
    author = user_store.by_login(view.unit, values["author"]) if "author" in values else None
    changes = Changes(
        title=values.get("title"),
        content=values.get("content"),
        excerpt=values.get("excerpt"),
        author=author.id if author else None,
        date_gmt=values.get("date"),
        terms=assigned or None,
        thumbnail=values.get("featured_media"),
    )
    after = publishing.update(view, NEWSROOM, post.id, changes, revise=False)
    revision = revisions.keep(view, viewer, after, brought=viewer is NEWSROOM) if has_texts else None
    return after, revision or 0


def values_of(view: View, change: OriginalChange, fields: Iterable[str]) -> dict[str, Any]:
    """What came of some fields of a change, those left out that are gone since: a deleted picture or account."""
    texts = post_store.get(view.unit, change.revision) if change.revision else None
    found: dict[str, Any] = {}
    for name in fields:
        value = getattr(texts, name, None) if name in TEXTS else change.fields[name].value
        gone = (
            value is None
            or (name == "featured_media" and post_store.get(view.unit, int(value)) is None)
            or (name == "author" and user_store.by_login(view.unit, str(value)) is None)
        )
        if not gone:
            found[name] = value
    return found


def settled(change: OriginalChange, fields: Collection[str], state: FieldState) -> OriginalChange:
    """A change of which something is offered no longer."""
    named = {
        name: replace(one, state=state) if name in fields and one.state is FieldState.OFFERED else one
        for name, one in change.fields.items()
    }
    return replace(change, fields=named)


def waiting(view: View, post_id: int) -> list[OriginalChange]:
    """The changes of which something is offered, the newest first."""
    return store.of_post(view.unit, post_id, len(FIELDS), waiting=True)


def note_written(view: View, origin: Origin, post: Post, fields: Iterable[str]) -> None:
    """Notes that what stands in some fields of a post is as the wire wrote it."""
    found = prints(view, post)
    written = {**origin.facts.written, **{name: found[name] for name in fields}}
    sources.save_origin(view.unit, replace(origin, facts=replace(origin.facts, written=written)))


# ---- what editors do


def browse(view: View, post_id: int, page: int, size: int, *, only: bool = False) -> tuple[list[OriginalChange], int]:
    """A page of the changes of a post's original, the newest first, and how many there are; `only`: those of which
    something is offered."""
    found = store.of_post(view.unit, post_id, size, (page - 1) * size, waiting=only)
    return found, store.number_of(view.unit, post_id, waiting=only)


def get(view: View, change_id: int) -> OriginalChange | None:
    """A change of an original."""
    return store.get(view.unit, change_id)


def of_revision(view: View, revision: int) -> OriginalChange | None:
    """The change whose texts a revision holds, None for one that was written here."""
    return store.of_revision(view.unit, revision)


def waiting_among(view: View, posts: Sequence[int]) -> Mapping[int, int]:
    """Those of these posts for which something is offered, with the revision that holds it."""
    return store.waiting_among(view.unit, posts)


def take_over(view: View, viewer: Viewer, change_id: int, fields: Collection[str] = ()) -> OriginalChange:
    """Gives a post what is offered of a change: some fields, or all of them.  From then on they follow again.

    Whether the viewer may is asked before (`edit_post`).  Raises NotFound for no such change, Invalid for fields that
    are not offered, Conflict where somebody else has the post open or it lies in the trash.
    """
    change, wanted, post = _offered(view, viewer, change_id, fields)
    values = values_of(view, change, wanted)
    after, _ = write(view, post, values, viewer)
    origin = sources.origins_of_posts(view.unit, [post.id]).get(post.id)
    if origin is not None:
        note_written(view, origin, after, values)
    change = settled(settled(change, tuple(values), FieldState.TAKEN), wanted, FieldState.KEPT)
    store.save(view.unit, change)
    view.unit.note("post.take_over", post.type, post.id, fields=values)
    return change


def keep_ours(view: View, viewer: Viewer, change_id: int, fields: Collection[str] = ()) -> OriginalChange:
    """Leaves a post as it is: what is offered of a change, some fields or all of it, waits no longer.

    Permission and errors as with `take_over`.
    """
    change, wanted, post = _offered(view, viewer, change_id, fields)
    change = settled(change, wanted, FieldState.KEPT)
    store.save(view.unit, change)
    view.unit.note("post.keep_ours", post.type, post.id, fields=wanted)
    return change


def _offered(
    view: View, viewer: Viewer, change_id: int, fields: Collection[str]
) -> tuple[OriginalChange, Collection[str], Post]:
    change = get(view, change_id)
    post = post_store.get(view.unit, change.post) if change is not None else None
    if change is None or post is None:
        raise NotFound("no_change", "There is no such change of an original.")
    if post.status == "trash":
        raise Conflict("trashed", "The post is in the trash.")
    if locks.holder(view, viewer, post):
        raise Conflict("locked", "Somebody has this open in the editor. Ask them, or take it over there first.")
    missing = [name for name in fields if name not in change.offered]
    if missing or not change.offered:
        raise Invalid("not_offered", "Nothing of this waits any more: somebody has decided, or a later change came.")
    return change, tuple(fields) or change.offered, post
