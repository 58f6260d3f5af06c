"""Slugs of posts: made from the title, made unique, put aside in the trash, remembered when they change."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from wirepress.content import permalinks
from wirepress.content.newsroom import View
from wirepress.model.moment import ZERO
from wirepress.model.post import Post
from wirepress.model.query import PostQuery, TermFilter, Visibility
from wirepress.render.slugs import slug as slug_of
from wirepress.render.slugs import truncated_slug, unique_slug
from wirepress.store import posts as store
from wirepress.store import terms
from wirepress.store.collation import sort_key

UNNAMED = ("draft", "pending", "auto-draft")
"""Statuses in which a post needs no slug."""
DESIRED_SLUG = "_wp_desired_post_slug"
"""The meta key of the slug that a post in the trash gets back."""
_TRASHED = "__trashed"
_OF_A_THEME = ("wp_template", "wp_template_part")
_UNTOUCHED_TYPES = ("user_request", "revision")


def unique(view: View, post: Post, wanted: str, *, status: str | None = None, own: str | None = None) -> str:
    """A slug that no other post has (wp_unique_post_slug): among all for an attachment, among siblings in a
    hierarchy, among those of its theme for a template, else among the posts of the type."""
    if (status or post.status) in UNNAMED or post.type in _UNTOUCHED_TYPES:
        return wanted
    kind = view.site.type(post.type)
    hierarchical = kind is not None and kind.hierarchical
    scope: dict[str, Any] = {"types": (post.type,)}
    if post.type == "attachment":
        scope = {}
    elif hierarchical:
        scope = {"types": (post.type, "attachment"), "parent": post.parent}

    def taken(slugs: Sequence[str]) -> Collection[str]:
        if post.type in _OF_A_THEME:
            return _taken_in_theme(view, post, slugs)
        return store.slugs_taken(view.unit, slugs, **scope, besides=post.id)

    return unique_slug(
        wanted,
        taken,
        hierarchical=hierarchical,
        own_slug=own,
        dates=view.site.structure,
        post=post.type == "post",
    )


def _taken_in_theme(view: View, template: Post, slugs: Sequence[str]) -> set[str]:
    """Those slugs that another template of the same theme, the active one for a new template, has
    (wp_filter_wp_template_unique_post_slug)."""
    assigned = (term.name for term in template.terms if term.taxonomy == "wp_theme")
    theme = next(assigned, None) or str(view.site.option("stylesheet"))
    ids = tuple(term.id for term in terms.by_name(view.unit, "wp_theme", theme))
    query = PostQuery(
        types=(template.type,),
        visibility=Visibility(all_of=("publish",)),
        slugs=tuple(slugs),
        per_page=len(slugs),
        exclude=(template.id,) if template.id else (),
        terms=(TermFilter("wp_theme", ids),),
        with_total=False,
    )
    found = store.load(view.unit, store.find(view.unit, query).ids if ids else ())
    used = {sort_key(other.slug) for other in found.values()}
    return {slug for slug in slugs if sort_key(slug) in used}


def named(view: View, before: Post | None, post: Post, given: str | None) -> Post:
    """The post with the slug that it gets: the given one, its own, or one made from its title.

    `post.slug` is what it has so far.  A new post without a title is named by `named_by_id` once it has its id.
    """
    slug = _wanted(view, post, given)
    if before is not None and before.status == "trash" and post.status != "trash":
        slug = str(before.first_meta(DESIRED_SLUG)) or slug
    if not slug and post.id and post.status not in UNNAMED:
        slug = str(post.id)
    if slug:
        slug = unique(view, post, slug, own=before.slug if before is not None else None)
    return replace(post, slug=slug)


def _wanted(view: View, post: Post, given: str | None) -> str:
    if given:
        return slug_of(given, locale=view.site.locale)
    if given is None and post.slug:
        return post.slug
    if post.status in UNNAMED:
        return ""
    return slug_of(post.title, locale=view.site.locale)


def named_by_id(view: View, post: Post) -> str:
    """The slug of a new post that has none though it needs one: its id."""
    if post.slug or post.status in UNNAMED:
        return post.slug
    return unique(view, post, slug_of(post.title, str(post.id), locale=view.site.locale))


def put_aside(slug: str) -> str:
    """The slug of a post in the trash, so that others can have its own."""
    if slug.endswith(_TRASHED):
        return slug
    return truncated_slug(slug, 200 - len(_TRASHED)) + _TRASHED


def remembered(view: View, before: Post, after: Post) -> Mapping[str, Sequence[Any]]:
    """The meta values that keep a published post's former slugs and days (wp_check_for_changed_slugs, _dates)."""
    kind = view.site.type(after.type)
    if kind is None or kind.hierarchical:
        return {}
    if after.status != "publish" and (after.type, after.status) != ("attachment", "inherit"):
        return {}
    meta = _with_former(after, "_wp_old_slug", before.slug, after.slug)
    if before.date != ZERO and before.status not in UNNAMED:
        meta |= _with_former(after, "_wp_old_date", before.date[:10], after.date[:10])
    return meta


def _with_former(post: Post, key: str, was: str, now: str) -> dict[str, Sequence[Any]]:
    """The meta values of a key with what a post was called before, without what it is called now."""
    if was in ("", now):
        return {}
    kept = [value for value in post.meta.get(key, ()) if value != now]
    if was not in kept:
        kept.append(was)
    return {key: kept}


def sample(view: View, post: Post) -> tuple[str, str]:
    """The address of a post with a gap for its slug, and the slug that its title would make (get_sample_permalink):
    the REST API's `permalink_template` and `generated_slug`."""
    status = "publish" if post.status in (*UNNAMED, "future") else post.status
    sampled = replace(post, status=status)
    wanted = slug_of(post.title, str(post.id), locale=view.site.locale)
    # To PHP "0" is no slug, so nobody else can have it.
    slug = wanted if wanted == "0" else unique(view, sampled, wanted, own=post.slug)
    kind = view.site.type(post.type)
    paged = kind is not None and (kind.hierarchical or not kind.builtin)
    gap = "%pagename%" if paged else "%postname%"
    template = permalinks.address(view.site, replace(sampled, slug=slug), view.lookup, gap, sample=True)
    return template, unquote(slug)
