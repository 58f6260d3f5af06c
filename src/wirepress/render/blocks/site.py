"""Blocks of the site itself: its name, search, and the way in and out."""

from __future__ import annotations

from urllib.parse import urlsplit

from wirepress.model.rendering import HoleKind
from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.settings import link_target, number
from wirepress.render.blocks.wrapper import aligned, linked, wrapper
from wirepress.render.entities import escape_attribute, escape_html
from wirepress.render.images import image_tag
from wirepress.render.scene import Scene
from wirepress.render.tags import first_tag
from wirepress.render.urls import clean_url
from wirepress.url.query import encoded

_DEEPEST = 10**6


def heading_tag(level: object, default: int) -> str:
    """`h2` of a level, `p` of level 0; what no browser knows as a heading is left to the writer."""
    value = number(level, default, _DEEPEST)
    return f"h{value}" if value else "p"


def site_title(block: Block, scene: Scene) -> str:
    name = str(scene.lookup.option("blogname"))
    if not name:
        return ""
    settings = block.settings
    tag = heading_tag(settings.get("level"), 1)
    shown = escape_html(name)
    if settings.get("isLink", True):
        target = link_target(settings)
        shown = f'<a href="{clean_url(scene.lookup.home())}" target="{target}" rel="home">{shown}</a>'
    return f"<{tag} {wrapper(block, f'{aligned(block)} {linked(block)}')}>{shown}</{tag}>"


def site_tagline(block: Block, scene: Scene) -> str:
    text = str(scene.lookup.option("blogdescription"))
    if not text:
        return ""
    tag = heading_tag(block.settings.get("level"), 0)
    return f"<{tag} {wrapper(block, aligned(block))}>{text}</{tag}>"


def site_logo(block: Block, scene: Scene) -> str:
    """The picture that the site has chosen to be known by."""
    settings = block.settings
    picture = scene.lookup.post(number(scene.lookup.option("site_logo", 0), 0, 2**62))
    if picture is None or picture.type != "attachment":
        return ""
    alt = str(picture.first_meta("_wp_attachment_image_alt")) or str(scene.lookup.option("blogname"))
    html = image_tag(picture, "full", scene.lookup, {"class": "custom-logo", "alt": alt})
    if not html:
        return ""
    width = number(settings.get("width"), 0, 10_000)
    if width:
        html = _resized(html, width)
    if settings.get("isLink", True):
        blank = settings.get("linkTarget") == "_blank"
        marks = ' aria-label="(Home link, opens in a new tab)" target="_blank"' if blank else ""
        home = clean_url(scene.lookup.home("/"))
        html = f'<a{marks} href="{home}" class="custom-logo-link" rel="home">{html}</a>'
    return f"<div {wrapper(block, '' if width else 'is-default-size')}>{html}</div>"


def _resized(html: str, width: int) -> str:
    """An image of another width, with its proportions."""
    tag = first_tag(html, "img")
    if tag is None:
        return html
    wide, high = number(tag.get("width"), 0, 10**6), number(tag.get("height"), 0, 10**6)
    if wide and high:
        tag.set("width", str(width))
        tag.set("height", str(width * high // wide))
    return tag.apply()


def loginout(block: Block, scene: Scene) -> str:
    """A link in or out: it knows the viewer and comes back to the address."""
    answer = scene.needs(HoleKind.VIEWER)
    if answer is None:
        return ""
    home = urlsplit(scene.lookup.home())
    here = f"{home.scheme}://{home.netloc}{answer.address}"
    back = ""
    if block.settings.get("redirectToCurrent", True):
        back = f"redirect_to={encoded(here)}"
    login = scene.lookup.home("wp-login.php")
    if answer.viewer is None:
        link = f'<a href="{login}{f"?{back}" if back else ""}">Log in</a>'
        return f"<div {wrapper(block, 'logged-out')}>{link}</div>"
    nonce = escape_attribute(answer.nonce("log-out"))
    parts = "&#038;".join(part for part in ("action=logout", back, f"_wpnonce={nonce}") if part)
    return f'<div {wrapper(block, "logged-in")}><a href="{login}?{parts}">Log out</a></div>'
