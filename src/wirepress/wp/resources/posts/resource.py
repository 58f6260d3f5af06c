"""Posts of every type that the API serves: one factory for posts, pages, blocks, navigation and a site's own types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from wirepress.content.posts import reading
from wirepress.model.post import Post
from wirepress.model.query import Found
from wirepress.model.registry import PostType
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.collection import FORCE
from wirepress.wp.declaration import ALL, READ, Entry, Field, Param
from wirepress.wp.endpoints import routes_of
from wirepress.wp.meta import meta_of, schemas
from wirepress.wp.resource import Resource
from wirepress.wp.resources.posts import fields as f
from wirepress.wp.resources.posts.links import action_links, actions_of, allowed_actions, links_of, route_of
from wirepress.wp.resources.posts.params import params_of, query_of
from wirepress.wp.resources.posts.rules import find, rules_of
from wirepress.wp.resources.posts.writes import WRITE_ORDER, Taxonomies, complete, verbs_of
from wirepress.wp.routes import Route
from wirepress.wp.schema import Schema

SCHEMA_ORDER = (
    "date", "date_gmt", "guid", "id", "link", "modified", "modified_gmt", "slug", "status", "type", "password",
    "permalink_template", "generated_slug", "class_list", "parent", "title", "content", "author", "excerpt",
    "featured_media", "comment_status", "ping_status", "menu_order", "format", "meta", "sticky", "template",
)  # fmt: skip
LENGTH = Param("excerpt_length", s.integer("How many words an excerpt that is made from the content has."))
PASSWORD = Param("password", s.text("The password of a protected post."))


def meta_keys(kind: PostType) -> dict[str, Schema] | None:
    """The registered meta of a type; None where it shows none."""
    if "custom-fields" not in kind.supports:
        return None
    if "revisions" in kind.supports and "editor" in kind.supports:
        return {"footnotes": f.FOOTNOTES}
    return {}


def _supported(kind: PostType) -> list[Entry[Post]]:
    """The fields of texts, author and picture, as far as a type supports them.  Pages have excerpts all the same."""
    made: dict[str, Entry[Post]] = {
        "title": f.title_group(),
        "editor": f.content_group(),
        "excerpt": f.EXCERPT,
        "author": f.AUTHOR,
        "thumbnail": f.FEATURED,
    }
    there = {*kind.supports, "excerpt"} if kind.name == "page" else kind.supports
    return [entry for name, entry in made.items() if name in there]


def fields_of(kind: PostType, taxonomies: Taxonomies) -> tuple[Entry[Post], ...]:
    """The fields of a type, in the order of WordPress's answers, our own behind them."""
    supports = kind.supports
    found = [*f.HEAD, f.PASSWORD, *f.names(kind), *_supported(kind)]
    if kind.hierarchical:
        found.append(f.PARENT)
    if "page-attributes" in supports:
        found.append(f.MENU_ORDER)
    if "comments" in supports:
        found += f.DISCUSSION
    if kind.name == "post":
        found.append(f.STICKY)
    found.append(f.template_field(kind.name))
    if "post-formats" in supports:
        found.append(f.FORMAT)
    if (keys := meta_keys(kind)) is not None:
        found.append(f.meta_field(keys, kind.meta))
    found += f.taxonomies_of(kind, taxonomies)
    if kind.viewable:
        found += f.pages(kind)
    return (*found, *f.ours(kind))


def order_of(fields: tuple[Entry[Post], ...], order: Sequence[str] = SCHEMA_ORDER) -> tuple[str, ...]:
    """The order of the schema: the known names first, then what else there is."""
    there = [entry.name for entry in fields]
    return (*(name for name in order if name in there), *(name for name in there if name not in order))


def facets_of(kind: PostType, taxonomies: Taxonomies, call: Call, post: Post) -> Any:
    return f.shown(post, call), allowed_actions(kind, taxonomies, call)


def page_of(kind: PostType, call: Call, post: Post) -> str:
    """The page for readers that an answer's Link header names."""
    if kind.viewable:
        return call.view.lookup.permalink(post)
    return ""


def items_of(call: Call, ids: Sequence[int]) -> list[Post]:
    """The posts of a page that the caller may read, or, with context=edit, edit."""
    found = reading.items(call.view, call.viewer, ids)
    if call.context != "edit":
        return found
    return [post for post in found if call.may("edit_post", post)]


def resource_for(
    kind: PostType, taxonomies: Taxonomies, fields: tuple[Entry[Post], ...] | None = None
) -> Resource[Post]:  # fmt: skip
    """The resource of a post type."""
    shown = fields if fields is not None else fields_of(kind, taxonomies)
    has_excerpt = any(entry.name == "excerpt" for entry in shown)

    def browse(call: Call) -> Found:
        return reading.browse(call.view, call.viewer, query_of(kind, taxonomies, call))

    return Resource(
        name=kind.name,
        route=route_of(kind),
        namespace=kind.rest_namespace,
        fields=shown,
        rules=rules_of(kind, taxonomies),
        find=partial(find, kind),
        browse=browse,
        items=items_of,
        public=lambda call: call.params.get("status") in (None, ["publish"]),
        facets=partial(facets_of, kind, taxonomies),
        address=partial(page_of, kind),
        params=params_of(kind, taxonomies),
        item_params=(LENGTH, PASSWORD) if has_excerpt else (PASSWORD,),
        delete_params=(FORCE,),
        links=(*links_of(kind, taxonomies), *action_links(kind, taxonomies)),
        actions=actions_of(kind, taxonomies),
        order=order_of(shown),
        write_order=WRITE_ORDER,
        past_end="rest_post_invalid_page_number",
        # A page's address is made of its parents' slugs, an attachment's of its article's.
        depends_on="epoch" if kind.hierarchical or kind.name == "attachment" else "shared",
        batch=True,
        verbs=verbs_of(kind),
        complete=complete,
        key_schema=s.integer("The number of the post."),
    )


# ---- types with something of their own


def blocks(kind: PostType, taxonomies: Taxonomies) -> Resource[Post]:
    """Patterns: their words are shown as written, to whoever may read them."""
    keys: dict[str, Schema] = {
        "wp_pattern_sync_status": {"type": "string", "title": "", "default": "", "enum": ["partial", "unsynced"]},
        "footnotes": f.FOOTNOTES,
    }
    meta = f.meta_field(keys, kind.meta)
    shown: tuple[Entry[Post], ...] = (
        *f.HEAD,
        f.PASSWORD,
        *f.names(kind),
        f.title_group(raw=READ, rendered=None),
        f.content_group(raw=READ, rendered=None),
        f.EXCERPT,
        f.template_field(kind.name),
        replace(
            meta,
            read=meta_of({"footnotes": f.FOOTNOTES}, kind.meta),
            answer=f.meta_answer(["footnotes", *schemas(kind.meta)]),
        ),
        *f.taxonomies_of(kind, taxonomies),
    )
    order = order_of(shown)
    status: Field[Post] = Field(
        "wp_pattern_sync_status", s.text("How the pattern's uses follow it."), ALL,
        lambda p, _: p.first_meta("wp_pattern_sync_status"),
    )  # fmt: skip
    return replace(resource_for(kind, taxonomies, (*shown, status, *f.ours(kind))), order=order)


def navigation(kind: PostType, taxonomies: Taxonomies) -> Resource[Post]:
    """Navigation menus: embedding shows their words as well."""
    edited = ("edit", "embed")
    shown: tuple[Entry[Post], ...] = (
        *f.HEAD,
        f.PASSWORD,
        *f.names(kind, ALL),
        f.title_group(raw=edited),
        f.content_group(ALL, edited, ALL, edited),
        f.template_field(kind.name),
        *f.ours(kind),
    )
    return resource_for(kind, taxonomies, shown)


def routes(catalog: Catalog) -> list[Route]:
    """The routes of every type that is served as posts."""
    return [route for resource in catalog.posts.values() for route in routes_of(catalog.documents, resource)]
