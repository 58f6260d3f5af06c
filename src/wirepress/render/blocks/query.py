"""The query loop: posts found by a block's settings, and a template for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

from wirepress.model.post import Post
from wirepress.model.query import PostQuery, TermFilter
from wirepress.model.rendering import HoleKind
from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.render import inner_html, render_block
from wirepress.render.blocks.shown import number
from wirepress.render.blocks.wrapper import wrapper
from wirepress.render.entities import escape_attribute
from wirepress.render.kses import kses_markup
from wirepress.render.scene import Scene
from wirepress.render.slugs import html_class
from wirepress.render.urls import clean_url

_ORDERS = ("date", "title", "modified", "menu_order", "author", "id")


def query(block: Block, scene: Scene) -> str:
    """The frame of a loop: what is in it knows its query."""
    settings = block.settings
    wanted = settings.get("query")
    return inner_html(
        block,
        scene.around(
            scene.post,
            query=wanted if isinstance(wanted, dict) else {},
            query_id=number(settings.get("queryId"), 0, 10_000),
            display_layout=settings.get("displayLayout"),
        ),
    )


def post_template(block: Block, scene: Scene) -> str:
    if scene.needs(HoleKind.POSTS) is None or len(scene.open) > 8:
        return ""
    posts = _found(scene)
    if not posts:
        return ""
    items = "".join(
        f'<li class="{escape_attribute(" ".join(post_classes(post)))}">{inner_html(block, scene.around(post))}</li>'
        for post in posts
    )
    return f"<ul {wrapper(block, _layout_classes(scene))}>{items}</ul>"


def _layout_classes(scene: Scene) -> str:
    layout = scene.context.get("display_layout")
    if isinstance(layout, Mapping) and layout.get("type") == "flex":
        return f"is-flex-container columns-{number(layout.get('columns'), 3)}"
    return ""


def post_classes(post: Post) -> list[str]:
    """The classes of a post in a list (`get_post_class`)."""
    names = ["wp-block-post", f"post-{post.id}", post.type, f"type-{post.type}", f"status-{post.status}"]
    if post.type == "post":
        formats = [ref.slug.removeprefix("post-format-") for ref in post.terms if ref.taxonomy == "post_format"]
        names.append(f"format-{html_class(formats[0])}" if formats else "format-standard")
    if post.password:
        names.append("post-password-required")
    elif post.thumbnail:
        names.append("has-post-thumbnail")
    names.append("hentry")
    for taxonomy in dict.fromkeys(("category", "post_tag", *(ref.taxonomy for ref in post.terms))):
        before = "tag" if taxonomy == "post_tag" else taxonomy
        names += [f"{before}-{html_class(ref.slug, str(ref.id))}" for ref in post.terms if ref.taxonomy == taxonomy]
    return names


def _found(scene: Scene, *, page: int = 0) -> list[Post]:
    answered = _query(scene.context.get("query", {}), page or _page(scene))
    return [post for post in scene.lookup.posts(answered) if scene.post is None or post.id not in scene.open]


def _page(scene: Scene) -> int:
    """The page of this loop that the address asks for."""
    if scene.answer is None:
        return 1
    words = dict(parse_qsl(urlsplit(scene.answer.address).query, max_num_fields=200))
    asked = words.get(f"query-{scene.context.get('query_id', 0)}-page", "")
    return number(asked, 1, 10_000) or 1


def _query(settings: Mapping[str, Any], page: int) -> PostQuery:
    order: Literal["asc", "desc"] = "asc" if str(settings.get("order")).lower() == "asc" else "desc"
    orderby = str(settings.get("orderBy") or "date")
    per_page = number(settings.get("perPage"), 10) or 10
    offset = number(settings.get("offset"), 0, 100_000)
    kind = settings.get("postType")
    exclude = settings.get("exclude")
    parents = settings.get("parents")
    return PostQuery(
        types=(kind,) if isinstance(kind, str) and kind else ("post",),
        per_page=per_page,
        offset=offset + (page - 1) * per_page,
        orderby=orderby if orderby in _ORDERS else "date",
        order=order,
        search=str(settings.get("search") or ""),
        authors=_ids(settings.get("author")),
        exclude=_ids(exclude),
        parents=_ids(parents) or None,
        terms=tuple(_terms(settings)),
        with_total=False,
    )


def _terms(settings: Mapping[str, Any]) -> list[TermFilter]:
    chosen = settings.get("taxQuery")
    found: dict[str, tuple[int, ...]] = {}
    if isinstance(chosen, Mapping):
        included = chosen.get("include")
        named = included if isinstance(included, Mapping) else chosen
        found = {str(taxonomy): _ids(ids) for taxonomy, ids in named.items()}
    found |= {"category": _ids(settings.get("categoryIds"))} if settings.get("categoryIds") else {}
    found |= {"post_tag": _ids(settings.get("tagIds"))} if settings.get("tagIds") else {}
    return [TermFilter(taxonomy, ids) for taxonomy, ids in found.items() if ids]


def _ids(value: Any) -> tuple[int, ...]:
    if isinstance(value, str):
        value = value.split(",")
    if isinstance(value, int):
        value = [value]
    if not isinstance(value, list):
        return ()
    return tuple(i for i in (number(part, 0, 2**62) for part in value[:500]) if i)


def no_results(block: Block, scene: Scene) -> str:
    if scene.needs(HoleKind.POSTS) is None or _found(scene):
        return ""
    inner = inner_html(block, scene)
    return f"<div {wrapper(block)}>{inner}</div>" if inner.strip() else ""


def pagination(block: Block, scene: Scene) -> str:
    inner = "".join(render_block(link, scene) for link in block.inner)
    return f'<nav {wrapper(block)} aria-label="Pagination">{inner}</nav>' if inner.strip() else ""


def previous_page(block: Block, scene: Scene) -> str:
    if scene.needs(HoleKind.ADDRESS) is None or (page := _page(scene)) < 2:
        return ""
    return _page_link(block, scene, page - 1, "Previous Page")


def next_page(block: Block, scene: Scene) -> str:
    if scene.needs(HoleKind.ADDRESS) is None:
        return ""
    page = _page(scene)
    last = number(scene.context.get("query", {}).get("pages"), 0, 10_000)
    if (last and page >= last) or not _found(scene, page=page + 1):
        return ""
    return _page_link(block, scene, page + 1, "Next Page")


def _page_link(block: Block, scene: Scene, page: int, words: str) -> str:
    address = scene.answer.address if scene.answer is not None else "/"
    path = urlsplit(address).path
    key = f"query-{scene.context.get('query_id', 0)}-page"
    label = kses_markup(str(block.settings.get("label") or words))
    url = clean_url(f"{path}?{key}={page}" if page > 1 else path)
    return f'<a href="{url}" {wrapper(block)}>{label}</a>'
