"""Menus of blocks: navigation, its links and submenus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from wirepress.model.post import Post
from wirepress.model.query import PostQuery
from wirepress.model.rendering import HoleKind
from wirepress.render.blocks.parse import Block, parse
from wirepress.render.blocks.render import render_block
from wirepress.render.blocks.settings import mapping, number
from wirepress.render.blocks.wrapper import wrapper
from wirepress.render.entities import escape_attribute
from wirepress.render.kses import kses_markup
from wirepress.render.scene import Scene
from wirepress.render.tags import first_tag
from wirepress.render.urls import clean_url

_WRAPPED = ("core/site-title", "core/site-logo", "core/social-links")
_ITEM = "wp-block-navigation-item"


def navigation(block: Block, scene: Scene) -> str:
    """A menu, its own or the stored one that it names (the newest where it names none).

    It is always open: what WordPress adds to fold it away on small screens is its script's.
    """
    links, name = _links(block, scene)
    scene = scene.around(scene.post, menu=True)
    if not links or any(link.name == "core/navigation" for link in links):
        return ""
    classes = " ".join(_classes(block.settings))
    opening = f"<ul {wrapper(block, f'wp-block-navigation__container {classes}'.strip())}>"
    entries = filter(str.strip, [_listed(link, scene) for link in links])
    inside = ""
    for in_list, group in groupby(entries, key=lambda html: first_tag(html, "li") is not None):
        html = "".join(group)
        inside += f"{opening}{html}</ul>" if in_list else html
    return f"<nav {wrapper(block, classes, aria_label=name)}>{inside}</nav>"


def _classes(settings: Mapping[str, Any]) -> Iterator[str]:
    """What the menu's layout is called."""
    layout = mapping(settings.get("layout"))
    if layout.get("justifyContent") in ("left", "right", "center", "space-between"):
        yield f"items-justified-{layout['justifyContent']}"
    if layout.get("orientation") == "vertical":
        yield "is-vertical"
    if layout.get("flexWrap") == "nowrap":
        yield "no-wrap"


def _links(block: Block, scene: Scene) -> tuple[list[Block], str]:
    if block.inner:
        return block.inner, str(block.settings.get("ariaLabel") or "")
    menu = _menu(block, scene)
    if menu is None or menu.type != "wp_navigation" or menu.status != "publish" or menu.id in scene.open:
        return [], ""
    blocks = [link for link in parse(menu.content) if link.name not in (None, "core/navigation")]
    return blocks, menu.title


def _menu(block: Block, scene: Scene) -> Post | None:
    if ref := number(block.settings.get("ref"), 0, 2**62):
        return scene.lookup.post(ref)
    if scene.needs(HoleKind.POSTS) is None:
        return None
    newest = PostQuery(types=("wp_navigation",), per_page=1, with_total=False)
    return next(iter(scene.posts(newest)), None)


def _listed(block: Block, scene: Scene) -> str:
    html = render_block(block, scene)
    return f'<li class="{_ITEM}">{html}</li>' if html and block.name in _WRAPPED else html


def navigation_link(block: Block, scene: Scene) -> str:
    """One entry; an entry of a post that cannot be seen is left out."""
    settings = block.settings
    label = str(settings.get("label") or "")
    if not label:
        return ""
    if _is_unseen(settings, scene):
        return ""
    inner = "".join(render_block(link, scene) for link in block.inner)
    below, classes = "", _ITEM
    if inner.strip():
        below = f'<ul class="wp-block-navigation__submenu-container">{inner}</ul>'
        classes += " has-child"
    url = settings.get("url")
    address = " " if url is None else f'  href="{clean_url(str(url))}"'
    return f"<li {wrapper(block, classes)}>{_anchor(settings, label, address)}{below}</li>"


def _is_unseen(settings: Mapping[str, Any], scene: Scene) -> bool:
    """Whether an entry leads to a post that cannot be seen."""
    is_of_post = settings.get("kind") == "post-type" or settings.get("type") in ("post", "page")
    post_id = number(settings.get("id"), 0, 2**62)
    if not is_of_post or not post_id:
        return False
    post = scene.lookup.post(post_id)
    return post is None or post.status != "publish"


def _anchor(settings: Mapping[str, Any], label: str, address: str) -> str:
    """The link of an entry; `address` is its attribute for where it leads."""
    marks = address
    if settings.get("opensInNewTab"):
        marks += ' target="_blank"  '
    if settings.get("nofollow") and "rel" not in settings:
        marks += ' rel="nofollow"'
    for key in ("rel", "title"):
        if (value := settings.get(key)) is not None:
            marks += f' {key}="{escape_attribute(str(value))}"'
    shown = f'<span class="{_ITEM}__label">{kses_markup(label)}</span>{_description(settings)}'
    return f'<a class="{_ITEM}__content"{marks}>{shown}</a>'


def _description(settings: Mapping[str, Any]) -> str:
    words = settings.get("description")
    return f'<span class="{_ITEM}__description">{kses_markup(str(words))}</span>' if words else ""


def navigation_submenu(block: Block, scene: Scene) -> str:
    settings = block.settings
    label = str(settings.get("label") or "")
    if not label or _is_unseen(settings, scene):
        return ""
    inside = scene.around(scene.post, submenu=True)
    inner = "".join(_listed(link, inside) for link in block.inner)
    below, classes = "", _ITEM
    if inner:
        below = f'<ul class="wp-block-navigation__submenu-container wp-block-navigation-submenu">{inner}</ul>'
        classes += " has-child"
    url = str(settings.get("url") or "")
    address = f' href="{clean_url(url)}"' if url else ""
    return f"<li {wrapper(block, classes)}>{_anchor(settings, label, address)}{below}</li>"


def home_link(block: Block, scene: Scene) -> str:
    label = kses_markup(str(block.settings.get("label") or "Home"))
    url = clean_url(scene.lookup.home())
    target = ' target="_blank"' if block.settings.get("opensInNewTab") else ""
    marks = f'class="wp-block-home-link__content {_ITEM}__content" href="{url}" rel="home" {target}'
    link = f"<a {marks}>{label}{_description(block.settings)}</a>"
    return f"<li {wrapper(block, _ITEM)}>{link}</li>"
