"""The query loop: posts found by a block's settings, a template for each, and the way to its other pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from wirepress.model.post import Post
from wirepress.model.query import PostQuery, TermFilter, Visibility
from wirepress.model.rendering import HoleKind
from wirepress.render.blocks import pages
from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.render import inner_html
from wirepress.render.blocks.settings import at, mapping, number, one_of
from wirepress.render.blocks.supports import with_own_elements
from wirepress.render.blocks.wrapper import linked, wrapped, wrapper
from wirepress.render.entities import escape_attribute, escape_html
from wirepress.render.scene import Scene
from wirepress.render.slugs import class_of_term, html_class
from wirepress.render.tags import first_tag, tags
from wirepress.render.urls import clean_url

_ORDERS = ("date", "title", "modified", "menu_order", "author", "id")
_ARROWS = {"arrow": ("\u2190", "\u2192"), "chevron": ("\u00ab", "\u00bb")}


def query(block: Block, scene: Scene) -> str:
    """The frame of a loop: what is in it knows its query."""
    settings = block.settings
    query_id = settings.get("queryId")
    known = isinstance(query_id, int | str | float) and not isinstance(query_id, bool)
    enhanced = settings.get("enhancedPagination") is True and known
    around = scene.around(
        scene.post,
        query=mapping(settings.get("query")),
        query_key=f"query-{number(query_id, 0, 10_000)}-page" if known else "query-page",
        display_layout=settings.get("displayLayout"),
        enhanced=enhanced,
        keyed=settings.get("enhancedPagination") is True,
    )
    html = inner_html(block, around)
    if not enhanced or (tag := first_tag(html)) is None:
        return html
    tag.set("data-wp-interactive", "core/query")
    tag.set("data-wp-router-region", f"query-{query_id}")
    tag.set("data-wp-context", "{}")
    tag.set("data-wp-key", str(query_id))
    return tag.apply()


def post_template(block: Block, scene: Scene) -> str:
    if scene.needs(HoleKind.POSTS) is None or len(scene.open) > 8:
        return ""
    posts = _found(scene)
    if not posts:
        return ""
    items = "".join(_item(block, scene, post) for post in posts)
    return f"<ul {wrapper(block, _layout_classes(block, scene))}>{items}</ul>"


def _item(block: Block, scene: Scene, post: Post) -> str:
    key = f' data-wp-key="post-template-item-{post.id}"' if scene.context.get("keyed") else ""
    classes = escape_attribute(" ".join(post_classes(post)))
    inner = with_own_elements(inner_html(block, scene.around(post)), block)
    return f'<li{key} class="{classes}">{inner}</li>'


def _layout_classes(block: Block, scene: Scene) -> str:
    names = []
    layout = scene.context.get("display_layout")
    if at(layout, "type") == "flex":
        names.append(f"is-flex-container columns-{number(at(layout, 'columns'), 3)}")
    own = mapping(block.settings.get("layout"))
    if own.get("type") == "grid" and own.get("columnCount"):
        names.append(f"columns-{number(own['columnCount'], 3)}")
        if own.get("minimumColumnWidth"):
            names.append("has-native-responsive-grid")
    names.append(linked(block))
    return " ".join(names)


def post_classes(post: Post) -> list[str]:
    """The classes of a post in a list (`get_post_class`)."""
    names = ["wp-block-post", f"post-{post.id}", post.type, f"type-{post.type}", f"status-{post.status}"]
    if post.type == "post":
        formats = [ref.slug.removeprefix("post-format-") for ref in post.terms if ref.taxonomy == "post_format"]
        names.append(f"format-{html_class([*formats, 'standard'][0])}")
    if post.is_protected:
        names.append("post-password-required")
    elif post.thumbnail:
        names.append("has-post-thumbnail")
    names.append("hentry")
    return [*names, *_term_classes(post)]


def _term_classes(post: Post) -> Iterator[str]:
    for taxonomy in dict.fromkeys(("category", "post_tag", *(ref.taxonomy for ref in post.terms))):
        for ref in post.terms:
            if ref.taxonomy == taxonomy:
                yield class_of_term(taxonomy, ref.slug, ref.id)


def _inherits(scene: Scene) -> bool:
    """Whether a loop shows what its page shows anyway: in an answer of the API there is nothing around it."""
    return bool(scene.context.get("query", {}).get("inherit"))


def _count(scene: Scene) -> int:
    return 0 if _inherits(scene) else scene.count(_query(scene, 1))


def _found(scene: Scene) -> list[Post]:
    if _inherits(scene):
        return []
    answered = _query(scene, _page(scene))
    found = scene.posts(answered)
    return [post for post in found if scene.post is None or post.id not in scene.open]


def _page(scene: Scene) -> int:
    """The page of this loop that the address asks for."""
    return number(dict(pages.asked(scene)[1]).get(_key(scene), ""), 1, 10_000) or 1


def _key(scene: Scene) -> str:
    return str(scene.context.get("query_key") or "query-page")


def _per_page(scene: Scene) -> int:
    asked = number(scene.context.get("query", {}).get("perPage"), 0, 1_000)
    return asked or number(scene.lookup.option("posts_per_page", 10), 10, 1_000) or 10


def _last_page(scene: Scene) -> int:
    """How many pages there are; the block may say that there are to be no more than so many."""
    found = -(-_count(scene) // _per_page(scene))
    most = number(scene.context.get("query", {}).get("pages"), 0, 10_000)
    return min(found, most or found)


def _query(scene: Scene, page: int) -> PostQuery:
    """A block's settings as a query (`build_query_vars_from_query_block`)."""
    settings: Mapping[str, Any] = scene.context.get("query", {})
    order: Literal["asc", "desc"] = "asc" if str(settings.get("order")).lower() == "asc" else "desc"
    per_page = _per_page(scene)
    kind = settings.get("postType")
    if not isinstance(kind, str) or not kind:
        kind = "post"
    terms, authors, search = tuple(_terms(settings)), _ids(settings.get("author")), str(settings.get("search") or "")
    sticky = _ids(scene.lookup.option("sticky_posts", []))
    mode = settings.get("sticky")
    return PostQuery(
        types=(kind,),
        statuses=("publish", "private"),
        visibility=_visibility(scene, kind),
        per_page=per_page,
        offset=number(settings.get("offset"), 0, 100_000) + (page - 1) * per_page,
        orderby=one_of(settings.get("orderBy"), _ORDERS, "date"),
        order=order,
        search=search,
        authors=authors,
        exclude=_ids(settings.get("exclude")),
        parents=_ids(settings.get("parents")) or None,
        terms=terms,
        sticky={"only": True, "exclude": False}.get(str(mode)),
        sticky_ids=sticky,
        # As on a blog's first page; a query that is narrowed is no such page.
        sticky_first=bool(sticky) and not mode and page == 1 and not (terms or authors or search),
        with_total=False,
    )


def _visibility(scene: Scene, kind: str) -> Visibility:
    """Who may read private posts finds them among the others, an author their own."""
    answer = scene.needs(HoleKind.VIEWER)
    if answer is None or answer.viewer is None:
        return Visibility()
    if answer.may(f"read_private_{kind}s"):
        return Visibility(("publish", "private"), viewer=answer.viewer.id)
    return Visibility(("publish",), ("private",), answer.viewer.id)


def _terms(settings: Mapping[str, Any]) -> list[TermFilter]:
    chosen = mapping(settings.get("taxQuery"))
    included, excluded = chosen.get("include"), chosen.get("exclude")
    if included is None and excluded is None:
        included = chosen
    found = {str(taxonomy): _ids(ids) for taxonomy, ids in mapping(included).items()}
    for taxonomy, key in (("category", "categoryIds"), ("post_tag", "tagIds")):
        if settings.get(key):
            found[taxonomy] = _ids(settings[key])
    without = ((str(taxonomy), _ids(ids)) for taxonomy, ids in mapping(excluded).items())
    filters = [TermFilter(taxonomy, ids) for taxonomy, ids in found.items() if ids]
    return filters + [TermFilter(taxonomy, ids, negate=True) for taxonomy, ids in without if ids]


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
    return wrapped(block, inner.strip() and inner)


def total(block: Block, scene: Scene) -> str:
    """How many posts a loop finds, or which of them it shows."""
    if scene.needs(HoleKind.ADDRESS) is None:
        return ""
    count, page, size = _count(scene), _page(scene), _per_page(scene)
    first = (page - 1) * size + 1 if count else 0
    last = min(first + size - 1, count)
    if block.settings.get("displayType") != "range-display":
        shown = f"{count} {'result' if count == 1 else 'results'} found"
    elif first == last:
        shown = f"Displaying {first} of {count}"
    else:
        shown = f"Displaying {first} \u2013 {last} of {count}"
    return f"<div {wrapper(block)}>{shown}</div>"


def pagination(block: Block, scene: Scene) -> str:
    settings = block.settings
    arrow, label = settings.get("paginationArrow"), settings.get("showLabel", True)
    around = scene.around(scene.post, arrow=arrow, show_label=bool(label))
    inner = inner_html(block, around)
    if not inner.strip():
        return ""
    return f"<nav {wrapper(block, aria_label='Pagination')}>{inner}</nav>"


def previous_page(block: Block, scene: Scene) -> str:
    if scene.needs(HoleKind.ADDRESS) is None or not 1 < (page := _page(scene)) <= _last_page(scene):
        return ""
    return _page_link(block, scene, page - 1, "Previous Page", forward=False)


def next_page(block: Block, scene: Scene) -> str:
    if scene.needs(HoleKind.ADDRESS) is None or (page := _page(scene)) >= _last_page(scene):
        return ""
    return _page_link(block, scene, page + 1, "Next Page", forward=True)


def _page_link(block: Block, scene: Scene, page: int, words: str, *, forward: bool) -> str:
    label = text = escape_html(str(block.settings.get("label") or "")) or words
    marks = wrapper(block)
    if not scene.context.get("show_label", True):
        label, marks = "", f'{marks} aria-label="{text}"'
    style = str(scene.context.get("arrow"))
    side = "next" if forward else "previous"
    if style in _ARROWS:
        classes = f"wp-block-query-pagination-{side}-arrow is-arrow-{style}"
        sign = f"<span class='{classes}' aria-hidden='true'>{_ARROWS[style][forward]}</span>"
        label = f"{label}{sign}" if forward else f"{sign}{label}"
    html = f'<a href="{pages.with_value(scene, _key(scene), str(page))}" {marks}>{label}</a>'
    if not scene.context.get("enhanced") or (tag := first_tag(html, "a")) is None:
        return html
    tag.set("data-wp-key", f"query-pagination-{side}")
    tag.set("data-wp-on--click", "core/query::actions.navigate")
    tag.set("data-wp-on--mouseenter", "core/query::actions.prefetch")
    tag.set("data-wp-watch", "core/query::callbacks.prefetch")
    return tag.apply()


def page_numbers(block: Block, scene: Scene) -> str:
    if scene.needs(HoleKind.ADDRESS) is None:
        return ""
    key, page = _key(scene), _page(scene)
    others = [pair for pair in pages.asked(scene)[1] if pair[0] != key]
    if page != 1:
        others.insert(0, ("cst", ""))

    def url_of(number: int) -> str:
        variables = [(key, str(number)), *others] if number > 1 else others
        text = pages.written(variables)
        return clean_url(f"?{text}") if text else ""

    around = number(block.settings.get("midSize"), 2, 500)
    html = pages.links(page, _last_page(scene), around, url_of)
    if html and scene.context.get("enhanced"):
        html = _navigating(html)
    return wrapped(block, html)


def _navigating(html: str) -> str:
    parts: list[str] = []
    for place, line in enumerate(html.split("\n")):
        tag = next(tags(line))
        tag.set("data-wp-key", f"index-{place}")
        if tag.name == "a":
            tag.set("data-wp-on--click", "core/query::actions.navigate")
        parts.append(tag.apply())
    return "\n".join(parts)
