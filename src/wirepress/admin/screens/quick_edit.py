"""Quick edit: what a list changes of one post in its row (wp_ajax_inline_save), and what bulk edit shares with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import unquote

from wirepress.admin.plain import as_typed
from wirepress.admin.screens.post_filters import Selection, status_label, tree
from wirepress.admin.screens.post_rows import title_of
from wirepress.admin.visit import Visit
from wirepress.content import terms
from wirepress.content.posts import listing, locks, publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.errors import Conflict, Forbidden, Invalid
from wirepress.model.moment import ZERO, Stamp
from wirepress.model.post import Post
from wirepress.model.query import PostQuery
from wirepress.model.registry import Taxonomy

PUBLISHED = ("publish", "private", "future")
"""Statuses that only those give who may publish."""
_LONGEST_PASSWORD = 255
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?")
_WHOLE = re.compile(r"-?\d{1,9}")


# ---- what may be chosen


def statuses(selection: Selection, now: str = "") -> list[tuple[str, str]]:
    """The statuses that a post may get, and the one that it has."""
    names = ["pending", "draft"]
    if selection.visit.may(selection.kind.capabilities["publish_posts"]):
        names = ["publish", *(["future"] if now == "future" else []), "private", *names]
    if now and now not in names:
        names.insert(0, now)
    return [(name, status_label(selection.visit, name)) for name in names]


def authors(selection: Selection) -> list[tuple[str, str]]:
    return [(str(user_id), selection.names[user_id]) for user_id in selection.authors]


def assignable(selection: Selection) -> list[Taxonomy]:
    """The taxonomies whose terms the user may give in a list."""
    return [
        taxonomy
        for taxonomy in selection.taxonomies
        if taxonomy.show_in_quick_edit and selection.visit.may(taxonomy.capabilities["assign_terms"])
    ]


def may_stick(selection: Selection) -> bool:
    """Whether the user may put posts of the type on top of the front page."""
    return (
        selection.kind.name == "post"
        and selection.edits_others
        and selection.visit.may(selection.kind.capabilities["publish_posts"])
    )


def trees(selection: Selection, checked: Mapping[str, Sequence[int]]) -> list[dict[str, Any]]:
    """The hierarchical taxonomies as boxes to check."""
    return [
        {
            "name": f"tax_{taxonomy.name}",
            "label": selection.visit.say(taxonomy.label),
            "terms": [
                (term.id, unescape(term.name), depth, term.id in checked.get(taxonomy.name, ()))
                for term, depth in tree(selection.terms[taxonomy.name])
            ],
        }
        for taxonomy in assignable(selection)
        if taxonomy.hierarchical
    ]


def _parents(selection: Selection, post: Post) -> list[tuple[str, str]]:
    """What a post may stand under: anything of its type but itself and what is below it."""
    visit = selection.visit
    names = tuple(name for name in selection.everything)
    found = [("0", visit.say("(no parent)"))]
    shut: int | None = None
    for branch in listing.outline(visit.view, visit.viewer, PostQuery(types=(post.type,), statuses=names)):
        if shut is not None and branch.depth > shut:
            continue
        shut = branch.depth if branch.id == post.id else None
        if shut is None:
            found.append((str(branch.id), "— " * branch.depth + title_of(visit, branch.title)))
    return found


# ---- the row


def fields(selection: Selection, post: Post, *, sent: bool = False) -> dict[str, Any]:
    """What the row of a post shows while it is edited; `sent`: as it was typed."""
    visit, kind = selection.visit, selection.kind
    values = _typed(selection) if sent else _kept(selection, post)
    return {
        "id": post.id,
        "heading": title_of(visit, post.title),
        "values": values,
        "supports": kind.supports,
        "hierarchical": kind.hierarchical,
        "statuses": statuses(selection, post.status),
        "authors": authors(selection) if selection.edits_others and "author" in kind.supports else [],
        "parents": _parents(selection, post) if kind.hierarchical else [],
        "trees": trees(selection, values["terms"]),
        "tags": [
            (f"tags_{taxonomy.name}", visit.say(taxonomy.label), values["tags"].get(taxonomy.name, ""))
            for taxonomy in assignable(selection)
            if not taxonomy.hierarchical
        ],
        "may_stick": may_stick(selection),
    }


def _kept(selection: Selection, post: Post) -> dict[str, Any]:
    """The values that a post has."""
    return {
        "title": as_typed(post.title),
        "slug": unquote(post.slug),
        "date": "" if post.date_gmt == ZERO else post.date[:16].replace(" ", "T"),
        "author": str(post.author),
        "parent": str(post.parent),
        "menu_order": str(post.menu_order),
        "status": post.status,
        "password": post.password,
        "comments": post.comment_status == "open",
        "sticky": post.id in selection.visit.site.sticky,
        "terms": {
            taxonomy.name: [term.id for term in post.terms if term.taxonomy == taxonomy.name]
            for taxonomy in selection.taxonomies
        },
        "tags": {
            taxonomy.name: ", ".join(unescape(term.name) for term in post.terms if term.taxonomy == taxonomy.name)
            for taxonomy in selection.taxonomies
        },
    }


def _typed(selection: Selection) -> dict[str, Any]:
    """The values that were sent."""
    sent = selection.visit.sent
    return {
        "title": sent.text("post_title"),
        "slug": sent.text("post_name"),
        "date": sent.text("post_date"),
        "author": sent.text("post_author"),
        "parent": sent.text("post_parent"),
        "menu_order": sent.text("menu_order"),
        "status": sent.text("post_status"),
        "password": sent.text("post_password"),
        "comments": "comment_status" in sent,
        "sticky": "sticky" in sent,
        "terms": {taxonomy.name: sent.numbers(f"tax_{taxonomy.name}") for taxonomy in selection.taxonomies},
        "tags": {taxonomy.name: sent.text(f"tags_{taxonomy.name}") for taxonomy in selection.taxonomies},
    }


# ---- saving


def save(selection: Selection, post: Post) -> None:
    """Keeps what was typed.  Raises Forbidden, Conflict where somebody else has the post open, Invalid for what cannot
    be."""
    visit = selection.visit
    if not visit.may("edit_post", post) or post.status == "trash":
        raise Forbidden("no_edit", "You may not edit this.")
    if locks.holder(visit.view, visit.viewer, post):
        raise Conflict("locked", "Somebody else is editing this now. Try again when they are done.")
    changes = _changes(selection, post)
    publishing.update(visit.view, visit.viewer, post.id, changes)


def _changes(selection: Selection, post: Post) -> Changes:
    """What was typed that is not so already; a field that was not sent stays as it is."""
    sent, supports = selection.visit.sent, selection.kind.supports
    status = checked_status(selection, sent.text("post_status"), post.status)
    password = _password(sent.text("post_password", post.password), status)
    sticky = "sticky" in sent if may_stick(selection) else None
    if sticky and password:
        raise Invalid("sticky_password", "What stands on top of the front page cannot have a password.")
    title = sent.text("post_title", as_typed(post.title))
    slug = sent.text("post_name", unquote(post.slug)).strip()
    return Changes(
        title=title if "title" in supports and title != as_typed(post.title) else None,
        slug=slug if slug != unquote(post.slug) else None,
        status=status if status != post.status else None,
        password=password if password != post.password else None,
        author=checked_author(selection, sent.text("post_author"), post.author),
        date=_date(sent.text("post_date"), post) if "post_date" in sent else None,
        parent=_parent(selection, post),
        menu_order=_place(selection),
        comment_status=_open("comment_status" in sent) if "comments" in supports else None,
        sticky=sticky,
        terms=_terms(selection, post),
    )


def _password(typed: str, status: str) -> str:
    """The password that readers are asked for; what is private needs none."""
    if len(typed.strip()) > _LONGEST_PASSWORD:
        raise Invalid("long_password", "A password has at most 255 characters.")
    return "" if status == "private" else typed.strip()


def _open(yes: bool) -> str:
    return "open" if yes else "closed"


def checked_status(selection: Selection, wanted: str, now: str) -> str:
    """A status that may be given.  Raises Invalid for one that is none, Forbidden where only others publish."""
    if wanted in ("", now):
        return now
    if wanted in PUBLISHED and not selection.visit.may(selection.kind.capabilities["publish_posts"]):
        raise Forbidden("no_publish", "You may not publish here.")
    if wanted not in (*PUBLISHED, "pending", "draft"):
        raise Invalid("no_status", "There is no such status.")
    return wanted


def checked_author(selection: Selection, wanted: str, now: int) -> int | None:
    """The author where another is given.  Raises Forbidden where that is not the user's to say, Invalid where nobody
    is meant who may write here."""
    if wanted in ("", str(now)):
        return None
    if not selection.edits_others:
        raise Forbidden("no_author", "You may not give this to somebody else.")
    if wanted not in map(str, selection.authors):
        raise Invalid("no_such_author", "There is no such author here.")
    return int(wanted)


def _date(typed: str, post: Post) -> Stamp | None:
    """The date where another is given; no date lets one float that is not published yet."""
    typed = typed.strip()
    floats = post.date_gmt == ZERO
    if not typed:
        return None if floats or post.status in PUBLISHED else ZERO
    found = _DATE.fullmatch(typed)
    if found is None or typed.startswith("0000"):
        raise Invalid("no_date", "This is no date.")
    stamp = f"{found[1]} {found[2]}"
    if not floats and post.date[:16] == stamp:
        return None
    return Stamp(stamp + (found[3] or ":00"))


def _parent(selection: Selection, post: Post) -> int | None:
    sent = selection.visit.sent
    if not selection.kind.hierarchical or "post_parent" not in sent:
        return None
    wanted = sent.text("post_parent")
    if wanted == str(post.parent):
        return None
    if wanted not in (value for value, _ in _parents(selection, post)):
        raise Invalid("no_parent", "This cannot stand there.")
    return int(wanted)


def _place(selection: Selection) -> int | None:
    sent = selection.visit.sent
    if not selection.kind.hierarchical or "menu_order" not in sent:
        return None
    typed = sent.text("menu_order").strip() or "0"
    if not _WHOLE.fullmatch(typed):
        raise Invalid("no_place", "The order is a whole number.")
    return int(typed)


def _terms(selection: Selection, post: Post) -> dict[str, Sequence[int]]:
    found: dict[str, Sequence[int]] = {}
    for taxonomy in assignable(selection):
        if f"{'tax' if taxonomy.hierarchical else 'tags'}_{taxonomy.name}" not in selection.visit.sent:
            continue
        if taxonomy.hierarchical:
            there = {term.id for term in selection.terms[taxonomy.name]}
            wanted = [i for i in selection.visit.sent.numbers(f"tax_{taxonomy.name}") if i in there]
            if not wanted and taxonomy.name == "category":
                wanted = [terms.default_category(selection.visit.view).id]
            found[taxonomy.name] = wanted
        else:
            found[taxonomy.name] = typed_terms(selection.visit, taxonomy, post)
    return found


_MOST_COMMAS = 20
MOST_NAMES = 200
"""How many names may be typed at once: each is looked for, and made, while nobody else can write."""


def typed_terms(visit: Visit, taxonomy: Taxonomy, post: Post | None = None) -> list[int]:
    """The terms whose names were typed, with commas between them; those that there are not yet are made.

    A name that a post's own term has means that one: two terms may share a name, and it may have commas in it.
    """
    own = {}
    if post is not None:
        own = {_pieces(unescape(term.name)): term.id for term in post.terms if term.taxonomy == taxonomy.name}
    names = _pieces(visit.sent.text(f"tags_{taxonomy.name}"))
    if len(names) > MOST_NAMES:
        raise Invalid("too_many_terms", "These are too many names.")
    found: dict[int, None] = {}
    while names:
        length = next((n for n in range(min(len(names), _MOST_COMMAS), 0, -1) if names[:n] in own), 1)
        name, names = names[:length], names[length:]
        if len(name[0]) > terms.LONGEST:
            raise Invalid("long_term", "One of these names is too long.")
        found[own.get(name) or terms.find_or_create(visit.view, taxonomy.name, name[0]).id] = None
    return list(found)


def _pieces(text: str) -> tuple[str, ...]:
    """A text at its commas."""
    return tuple(piece for piece in map(str.strip, text.split(",")) if piece)


@dataclass(frozen=True, slots=True)
class BulkFields:
    """What the panel of bulk edit shows."""

    statuses: list[tuple[str, str]]
    authors: list[tuple[str, str]]
    trees: list[dict[str, Any]]
    tags: list[tuple[str, str, str]]
    may_stick: bool
    comments: bool
    values: Mapping[str, str]


def bulk_fields(selection: Selection) -> BulkFields:
    """The panel of bulk edit; what was typed stays where the form comes back."""
    sent = selection.visit.sent
    taxonomies = assignable(selection)
    chosen = {taxonomy.name: sent.numbers(f"tax_{taxonomy.name}") for taxonomy in taxonomies}
    return BulkFields(
        statuses=statuses(selection),
        authors=authors(selection) if selection.edits_others and "author" in selection.kind.supports else [],
        trees=trees(selection, chosen),
        tags=[
            (f"tags_{taxonomy.name}", selection.visit.say(taxonomy.label), sent.text(f"tags_{taxonomy.name}"))
            for taxonomy in taxonomies
            if not taxonomy.hierarchical
        ],
        may_stick=may_stick(selection),
        comments="comments" in selection.kind.supports,
        values={name: sent.text(name) for name in ("post_status", "post_author", "comment_status", "sticky")},
    )
