"""Changing posts, with all that is kept beside them: totals, terms' counts, revisions, featured images, search
texts, versions, and whether a reader can see the change."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, Final

from wirepress.model.errors import NotFound
from wirepress.model.post import Meta, Post
from wirepress.model.wire import OriginState
from wirepress.store import prints, rows, stories
from wirepress.store.changes import Listed
from wirepress.store.clauses import EVERY, marks
from wirepress.store.columns import insert_sql
from wirepress.store.list_tags import LISTED, note_place, relist
from wirepress.store.post_counts import attached_counts, count_moved, recount_revisions, term_counts, touch
from wirepress.store.post_rows import children, get
from wirepress.store.post_stale import spoil
from wirepress.store.tags import of_comments, of_origins
from wirepress.store.unit import Unit

_SEARCHED: Final = frozenset({"title", "excerpt", "content", "meta", "type"})
_PLACED: Final = frozenset({"slug", "parent", "status", "type", "date"})
"""What the addresses of the posts under a post are made of."""
_UNSEEN: Final = frozenset({"draft", "auto-draft", "pending", "future", "private", "trash"})
"""What no anonymous reader is shown; a status that we do not know may be public."""
_UNSEEN_TYPES: Final = frozenset({"revision", "user_request"})
_PRIVATE_META: Final = frozenset({"_edit_lock", "_edit_last", "_pingme", "_encloseme"})
"""Notes of the editor that no answer shows: a change of these alone gives no new version."""


_MOVES: Final = {"publish": "post.publish", "future": "post.schedule", "trash": "post.trash"}
"""What it is called when a post comes to a status."""


def visible(post_type: str, status: str) -> bool:
    """Whether a reader may see posts of this type and status, for themselves or in what they lend to others."""
    return status not in _UNSEEN and post_type not in _UNSEEN_TYPES


def insert(unit: Unit, post: Post, id: int | None = None) -> int:  # noqa: A002 - the word callers use
    """Adds a post and gives its id, a new one unless an id is given.  Its terms come by `set_terms`.

    Raises Conflict when a given id is taken.
    """
    new_id = rows.POSTS.insert(unit, replace(post, revisions=0, last_revision=0), id)
    unit.touched("post", (new_id,))
    _note_new(unit, post, new_id)
    if post.type not in rows.UNSEARCHED:
        unit.run(insert_sql("search_texts", rows.SEARCH_TEXTS), rows.search_row(replace(post, id=new_id)))
    count_moved(unit, None, (post.type, post.status))
    if post.type == "revision":
        _revised(unit, post.parent)
    if visible(post.type, post.status):
        unit.raise_epoch()
        note_place(unit, replace(post, id=new_id), ())
    _publish(unit, new_id, None, post)
    return new_id


def update(unit: Unit, post_id: int, **changes: Any) -> bool:
    """Gives a post other values and says whether that changed anything.

    The names are those of `Post`, without what the store keeps by itself (version, thumbnail, revisions) and
    without terms.  `meta` is the whole of it.  Raises NotFound when there is no such post.
    """
    old = get(unit, post_id)
    if old is None:
        raise NotFound("no_post", "There is no post of the id %(id)s.", words={"id": post_id})
    changed = rows.POSTS.changed(old, changes)
    if not changed:
        return False
    unit.touched("post", (post_id,))
    new = replace(old, **changed)
    if changed.keys() == {"meta"} and _differing(old.meta, new.meta) <= _PRIVATE_META:
        rows.POSTS.update(unit, post_id, changed, version=0)
        return True
    _note(unit, old, new, changed.keys())
    rows.POSTS.update(unit, post_id, changed)
    _follow(unit, old, new, changed.keys())
    return True


def _publish(unit: Unit, post_id: int, old: Post | None, new: Post | None) -> None:
    """Notes a change of a post that is published, or was."""
    was, now = (one is not None and one.status == "publish" for one in (old, new))
    if was or now:
        before = unit.published.setdefault(post_id, [])
        if was and old is not None:
            before.append(Listed(old.type, old.author, tuple((term.taxonomy, term.id) for term in old.terms)))


def _note_new(unit: Unit, post: Post, post_id: int) -> None:
    """Notes a new post for the audit log; a revision is a pointer of what it is one of, and what nobody has written in
    yet is no post."""
    if post.type == "revision":
        unit.revised[str(post.parent)] = post_id
    elif post.status != "auto-draft":
        unit.note("post.create", post.type, post_id, status=post.status)


def _note(unit: Unit, old: Post, new: Post, changed: Collection[str]) -> None:
    """Notes a change of a post for the audit log."""
    if old.type == "revision":
        return
    action = "post.update"
    if old.status != new.status:
        action = _MOVES.get(new.status, "post.update")
        action = {"auto-draft": "post.create", "trash": "post.untrash"}.get(old.status, action)
        unit.note(action, new.type, new.id, before=old.status, after=new.status, fields=changed)
    elif new.status != "auto-draft":
        unit.note(action, new.type, new.id, fields=changed)


def _differing(one: Meta, other: Meta) -> set[str]:
    return {key for key in {*one, *other} if one.get(key) != other.get(key)}


def _follow(unit: Unit, old: Post, new: Post, changed: Any) -> None:
    """Everything that follows from a change."""
    seen = visible(old.type, old.status) or visible(new.type, new.status) or _leads(unit, new)
    if changed & _SEARCHED:
        _search_again(unit, new)
    count_moved(unit, (old.type, old.status), (new.type, new.status))
    if old.status != new.status or old.parent != new.parent:
        term_counts(unit, old, new)
        attached_counts(unit, old, new)
    if "revision" in (old.type, new.type) and changed & {"type", "status", "parent", "date"}:
        for parent in {old.parent, new.parent}:
            _revised(unit, parent)
    if changed & _PLACED and _lends_its_address(unit, new.id):
        unit.raise_shared_version()
    if seen:
        unit.raise_epoch()
        if changed & LISTED:
            note_place(unit, old)
            note_place(unit, new)
            stories.post_changed(unit, new.id)
    _publish(unit, new.id, old, new)
    spoil(unit, "post", new.id)


def _leads(unit: Unit, post: Post) -> bool:
    """Whether a post is the featured image of others, which show it whatever its status is."""
    sql = "SELECT 1 FROM posts WHERE thumbnail = ? AND thumbnail <> 0 LIMIT 1"
    return post.type == "attachment" and bool(unit.rows(sql, (post.id,)))


def _lends_its_address(unit: Unit, post_id: int) -> bool:
    return bool(unit.rows("SELECT 1 FROM posts WHERE parent = ? AND type <> 'revision' LIMIT 1", (post_id,)))


def _search_again(unit: Unit, post: Post) -> None:
    """Puts the search text anew, when it says something else than before."""
    if post.type in rows.UNSEARCHED:
        unit.run("DELETE FROM search_texts WHERE post = ?", (post.id,))
        return
    values = rows.search_row(post)
    kept = unit.rows("SELECT post, title, excerpt, content, file FROM search_texts WHERE post = ?", (post.id,))
    if not kept:
        unit.run(insert_sql("search_texts", rows.SEARCH_TEXTS), values)
    elif tuple(kept[0]) != values:
        unit.run(
            "UPDATE search_texts SET title = ?, excerpt = ?, content = ?, file = ? WHERE post = ?",
            (*values[1:], post.id),
        )


def _revised(unit: Unit, post_id: int) -> None:
    """Counts the revisions of a post again.  Readers see their number."""
    if not recount_revisions(unit, post_id):
        return
    row = unit.rows("SELECT type, status FROM posts WHERE id = ?", (post_id,))
    if row and visible(*row[0]):
        unit.raise_epoch()


def set_first_terms(unit: Unit, post: Post, taxonomy_ids: Sequence[int]) -> None:
    """Makes a post that this unit has just added, and nobody has seen, have its first terms."""
    unit.touched("post", (post.id,))
    rows_new = [(post.id, taxonomy_id, 0) for taxonomy_id in dict.fromkeys(taxonomy_ids)]
    unit.run_many("INSERT INTO post_terms (post, taxonomy_id, position) VALUES (?, ?, ?)", rows_new)
    term_counts(unit, None, post)
    if visible(post.type, post.status):
        relist(unit, post, taxonomy_ids)


def set_first_guid(unit: Unit, post_id: int, guid: str) -> None:
    """Gives a post that this unit has just added, and nobody has seen, its guid."""
    unit.touched("post", (post_id,))
    unit.run("UPDATE posts SET guid = ? WHERE id = ?", (guid, post_id))
    spoil(unit, "post", post_id)


def set_terms(unit: Unit, post_id: int, taxonomy_ids: Sequence[int]) -> bool:
    """Gives a post these terms, by taxonomy id, and no others; says whether that changed anything.

    Raises NotFound when there is no such post.
    """
    assigned = {row[0] for row in unit.rows("SELECT taxonomy_id FROM post_terms WHERE post = ?", (post_id,))}
    wanted = dict.fromkeys(taxonomy_ids)
    gone, new = sorted(assigned - wanted.keys()), [i for i in wanted if i not in assigned]
    if not gone and not new:
        return False
    post = get(unit, post_id)
    if post is None:
        raise NotFound("no_post", "There is no post of the id %(id)s.", words={"id": post_id})
    term_counts(unit, post, None)
    if gone:
        unit.run(f"DELETE FROM post_terms WHERE post = ? AND taxonomy_id IN ({marks(len(gone))})", (post_id, *gone))
    _note(unit, post, post, {"terms"})
    rows_new = [(post_id, taxonomy_id, 0) for taxonomy_id in new]
    unit.run_many("INSERT INTO post_terms (post, taxonomy_id, position) VALUES (?, ?, ?)", rows_new)
    term_counts(unit, None, post)
    touch(unit, (post_id,))
    if visible(post.type, post.status):
        unit.raise_epoch()
        relist(unit, post, [*gone, *new])
    _publish(unit, post_id, post, post)
    spoil(unit, "post", post_id)
    return True


def delete(unit: Unit, post_id: int) -> bool:
    """Removes a post with its revisions, comments and rendering, and takes it away as a featured image.

    What stands under it moves up to its parent (WordPress: wp_delete_post).  What it came from is never taken again,
    and does not meet another post that gets its number one day (an import keeps those that it brings).
    """
    post = get(unit, post_id)
    if post is None:
        return False
    if post.type != "revision" and post.status != "auto-draft":  # which nobody was told of
        unit.note("post.delete", post.type, post_id)
    for child in children(unit, post_id, ("revision",)):
        delete(unit, child)
    for child in children(unit, post_id):
        update(unit, child, parent=post.parent)
    term_counts(unit, post, None)
    spoil(unit, "post", post_id)
    _unlist(unit, post)
    for table in ("post_terms", "comments", "uploads", "rendering_uses"):
        unit.run(f"DELETE FROM {table} WHERE post = ?", (post_id,))
    if post.type != "revision":
        _leave_the_wire(unit, post)
    unit.run("DELETE FROM posts WHERE id = ?", (post_id,))
    unit.touched("post", (post_id,))
    count_moved(unit, (post.type, post.status), None)
    if post.type == "attachment":
        _take_down(unit, post_id)
    if post.type == "revision":
        _revised(unit, post.parent)
    if visible(post.type, post.status):
        unit.raise_epoch()
    _publish(unit, post_id, post, None)
    return True


def _leave_the_wire(unit: Unit, post: Post) -> None:
    """Notes of a post that goes for good that what it came from is not to come again."""
    unit.run("UPDATE origins SET post = NULL, state = ? WHERE post = ?", (OriginState.TAKEN_DOWN.value, post.id))
    if post.type == "post":
        prints.note_gone(unit, post.id)
        stories.note_gone(unit, post.id)


def _unlist(unit: Unit, post: Post) -> None:
    """Notes that a post goes from the lists in which it stands, with its comments and with where it came from."""
    if visible(post.type, post.status):
        note_place(unit, post)
    unit.tags.update((*of_comments((post.id,)), *of_origins((post.id,))))


def _take_down(unit: Unit, attachment: int) -> None:
    """No post has the attachment as its featured image any more."""
    for row in unit.rows("SELECT id FROM posts WHERE thumbnail = ? AND thumbnail <> 0", (attachment,)):
        post = get(unit, row[0])
        if post is not None:
            update(unit, post.id, meta={key: values for key, values in post.meta.items() if key != "_thumbnail_id"})


def reassign(unit: Unit, author: int, to: int, most: int = EVERY) -> int:
    """Gives all posts of an author to another, or so many; how many that were."""
    rows = unit.rows("SELECT id FROM posts WHERE author = ? ORDER BY id LIMIT ?", (author, most))
    ids = [row[0] for row in rows]
    for post_id in ids:
        update(unit, post_id, author=to)
    return len(ids)
