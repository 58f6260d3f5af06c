"""Writing posts: create, update, publish, schedule, with WordPress's rules (wp_insert_post)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from wirepress.content import options
from wirepress.content.identity.permissions import may
from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import View
from wirepress.content.posts import gone, joining, revisions, trashed_comments
from wirepress.content.posts.assigning import assign, assign_first
from wirepress.content.posts.changes import Changes
from wirepress.content.posts.cleaning import LONG, clean_footnotes, clean_texts, cleaning_of
from wirepress.content.posts.dating import dated
from wirepress.content.posts.naming import DESIRED_SLUG, named, named_by_id, remembered
from wirepress.content.rendering import refreshed
from wirepress.model.errors import Invalid, NotFound
from wirepress.model.moment import ZERO
from wirepress.model.post import Post
from wirepress.render.saving import Cleaning
from wirepress.store import posts as store

_ATTACHMENT_STATUSES = ("inherit", "private", "trash", "auto-draft")
_LONGEST_PASSWORD = 255
_PLAIN = ("status", "author", "parent", "menu_order", "password", "mime_type", "guid", "comment_status", "ping_status")
_TEXTS = ("title", "content", "excerpt")
_NOTHING = ("", "0")
"""What counts as no text (PHP's empty)."""
_STORED = tuple(
    f.name
    for f in fields(Post)
    if f.name not in ("id", "terms", "thumbnail", "revisions", "last_revision", "version", "rendering")
)


def create(view: View, viewer: Viewer, post_type: str, changes: Changes, *, post_id: int | None = None) -> Post:
    """Makes a post.

    Whether the viewer may is asked before (`permissions.may`); their capabilities decide here what markup is kept.
    Raises Invalid for a type, status or date that is none, and for texts that are too long or all empty.
    """
    if view.site.type(post_type) is None:
        raise Invalid("invalid_post_type", "There is no such post type.")
    blank = Post(id=0, type=post_type, status="draft", author=viewer.id, modified=ZERO)
    blank = replace(blank, **_default_discussion(view, post_type))
    post = _filled(view, viewer, blank, changes)
    post = dated(view, None, replace(post, modified=ZERO), changes)
    post = _modified_as_dated(view, post)
    post = named(view, None, post, _slug(view, viewer, post, changes))
    meta = {**post.meta, **_given_meta(view, viewer, changes)}
    new_id = store.insert(view.unit, replace(post, meta={k: v for k, v in meta.items() if v}), id=post_id)
    post = replace(post, id=new_id)
    slug = named_by_id(view, post)
    if slug != post.slug:
        store.update(view.unit, new_id, slug=slug)
    assign_first(view, replace(post, slug=slug), changes)
    made = existing(view, new_id)
    if not made.guid:
        made = replace(made, guid=_guid(view, made))
        store.set_first_guid(view.unit, new_id, made.guid)
    _join_menus(view, viewer, "", made)
    return _finished(view, made, changes)


def update(view: View, viewer: Viewer, post_id: int, changes: Changes, *, revise: bool = True) -> Post:
    """Changes a post and keeps a revision when one of its texts changed, unless `revise` says otherwise.

    Raises NotFound when there is none, Invalid as `create` does.
    """
    before = existing(view, post_id)
    try:
        post = _filled(view, viewer, before, changes)
    except Invalid as error:
        if error.code != "db_insert_error":
            raise
        raise Invalid("db_update_error", error.text, error.data, words=error.words) from error
    post = dated(view, before, post, changes)
    post = named(view, before, post, _slug(view, viewer, post, changes))
    meta = {**before.meta, **remembered(view, before, post), **_given_meta(view, viewer, changes)}
    if before.status == "trash" and post.status != "trash":
        trashed_comments.bring_back(view, before)
        meta = {key: value for key, value in meta.items() if key not in (DESIRED_SLUG, trashed_comments.META)}
    post = replace(post, meta={k: v for k, v in meta.items() if v})
    return save(view, viewer, before, post, changes, revise=revise)


def save(view: View, viewer: Viewer, before: Post, post: Post, changes: Changes, *, revise: bool = True) -> Post:
    """Keeps what became of a post, its terms and, when a text changed, a revision."""
    changed = {name: getattr(post, name) for name in _STORED if getattr(post, name) != getattr(before, name)}
    if changed:
        store.update(view.unit, post.id, **changed)
    assign(view, post, changes)
    _join_menus(view, viewer, before.status, post)
    if revise and post.type != "revision":
        revisions.keep(view, viewer, existing(view, post.id))
    return _finished(view, existing(view, post.id), changes)


def publish(view: View, viewer: Viewer, post_id: int) -> Post:
    """Publishes a post, with the date that it has (wp_publish_post)."""
    before = existing(view, post_id)
    if before.status == "publish":
        return before
    post = replace(before, status="publish")
    if before.date_gmt == ZERO:
        return update(view, viewer, post_id, Changes(status="publish"))
    post = named(view, before, post, None)
    return save(view, viewer, before, post, Changes())


def _join_menus(view: View, viewer: Viewer, status: str, post: Post) -> None:
    """Has a page that is published just now join the menus that new pages join."""
    for entry in list(joining.entries(view, status, post)):
        create(view, viewer, joining.POST_TYPE, entry)


def existing(view: View, post_id: int) -> Post:
    """A post as this unit holds it; raises NotFound when there is none."""
    post = store.get(view.unit, post_id)
    if post is None:
        raise NotFound("invalid_post", "There is no such post.")
    view.lookup.add_posts((post,))
    return post


def _filled(view: View, viewer: Viewer, post: Post, changes: Changes) -> Post:
    """The post with the plain fields that a write gives."""
    plain = {**changes.columns, **_given(changes, _PLAIN)}
    plain |= {name: "closed" for name in ("comment_status", "ping_status") if plain.get(name) == ""}
    cleaning = cleaning_of(view, viewer)
    given = {**_filtered_again(cleaning, post, changes), **_given(changes, _TEXTS)}
    texts = clean_texts(cleaning, given, changes.ahead)
    post = replace(post, **(plain | texts))
    if post.type == "attachment" and post.status not in _ATTACHMENT_STATUSES:
        post = replace(post, status="inherit")
    if post.status == "private":
        post = replace(post, password="")
    _refuse_unfit(view, post)
    if _waits(view, viewer, post):
        post = replace(post, slug="")
    return replace(post, parent=_sound_parent(view, post))


def _filtered_again(cleaning: Cleaning, post: Post, changes: Changes) -> dict[str, str]:
    """The texts that stand and are filtered all the same: who may not write any markup keeps none of others' either, in
    whatever they change, and what is open is closed where the site wants that (wp_update_post).  A long one is, where
    that was done before the write began: others wait."""
    if not post.id or changes.texts_stand or (cleaning.unfiltered and not cleaning.balances):
        return {}
    ready = changes.ahead.texts if changes.ahead is not None else {}
    standing = {name: str(getattr(post, name)) for name in _TEXTS}
    return {name: text for name, text in standing.items() if len(text) < LONG or (name, text) in ready}


def _given(changes: Changes, names: Sequence[str]) -> dict[str, Any]:
    """The fields of these names that a write gives."""
    return {name: value for name in names if (value := getattr(changes, name)) is not None}


def _refuse_unfit(view: View, post: Post) -> None:
    """Raises Invalid for a post that cannot be kept."""
    if _lacks_text(view, post):
        raise Invalid("empty_content", "Content, title and excerpt are empty.")
    if view.site.status(post.status) is None:
        raise Invalid("invalid_status", "There is no such status.")
    if len(post.password) > _LONGEST_PASSWORD:
        raise Invalid("db_insert_error", "A post's password is too long.", {"fields": ("post_password",)})


def _lacks_text(view: View, post: Post) -> bool:
    """Whether all texts of a post are empty whose type has each of them."""
    kind = view.site.type(post.type)
    if kind is None or not {"title", "editor", "excerpt"} <= kind.supports.keys():
        return False
    return all(getattr(post, name) in _NOTHING for name in _TEXTS)


def _waits(view: View, viewer: Viewer, post: Post) -> bool:
    """Whether somebody else has to publish it: then they name it as well."""
    return post.status == "pending" and not may(view, viewer, "publish_post", post)


def _slug(view: View, viewer: Viewer, post: Post, changes: Changes) -> str | None:
    if _waits(view, viewer, post):
        return None
    return changes.slug


def _sound_parent(view: View, post: Post) -> int:
    """The parent, or 0 where a post would stand under itself (wp_check_post_hierarchy_for_loops)."""
    if not post.parent or not post.id:
        return post.parent
    if post.parent == post.id or post.id in store.ancestors(view.unit, post.parent):
        return 0
    return post.parent


def _default_discussion(view: View, post_type: str) -> dict[str, Any]:
    """Whether a new post may be commented and pinged (get_default_comment_status)."""
    states = {"comment_status": "closed", "ping_status": "closed"}
    kind = view.site.type(post_type)
    if kind is None or post_type == "page":
        return states
    for feature, name in (("comments", "comment_status"), ("trackbacks", "ping_status")):
        if feature in kind.supports:
            states[name] = str(view.site.option(f"default_{name}"))
    return states


def _modified_as_dated(view: View, post: Post) -> Post:
    """A new post counts as changed when it is dated, whenever that is; a draft, when it was written."""
    if post.date_gmt == ZERO:
        return replace(post, modified=post.date, modified_gmt=view.site.to_gmt(post.date))
    return replace(post, modified=post.date, modified_gmt=post.date_gmt)


def _given_meta(view: View, viewer: Viewer, changes: Changes) -> Mapping[str, Sequence[Any]]:
    meta: dict[str, Sequence[Any]] = {key: list(values) for key, values in (changes.meta or {}).items()}
    if notes := meta.get("footnotes"):
        meta["footnotes"] = [clean_footnotes(viewer, str(note), view.site.host) for note in notes]
    if changes.thumbnail is not None:
        meta["_thumbnail_id"] = [str(changes.thumbnail)] if changes.thumbnail > 0 else []
    if changes.template is not None:
        meta["_wp_page_template"] = [changes.template] if changes.template else []
    return meta


def _guid(view: View, post: Post) -> str:
    """The guid of a new post: its address of now, without the site's own."""
    return "/" + view.lookup.permalink(post).removeprefix(view.site.home).lstrip("/")


def _finished(view: View, post: Post, changes: Changes) -> Post:
    """The post, with its rendering, when all else of a write is done."""
    if changes.sticky is not None and stick(view, post.id, sticky=changes.sticky):
        post = existing(view, post.id)
    gone.lift(view, post)
    return refreshed(view, post)


def stick(view: View, post_id: int, *, sticky: bool) -> bool:
    """Puts a post before all others on the front page, or takes it from there (stick_post, unstick_post); says
    whether that changed anything."""
    kept = view.site.sticky
    if sticky == (post_id in kept):
        return False
    ids = [kept_id for kept_id in kept if kept_id != post_id]
    if sticky:
        ids.append(post_id)
    options.set(view.unit, "sticky_posts", ids)
    return True
