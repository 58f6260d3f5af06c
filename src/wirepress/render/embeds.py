"""Embeds: `[embed]`, and addresses that stand alone on a line (`WP_Embed`).

What an address becomes comes from `Lookup.oembed`, which knows what was fetched and kept before; files of sound and
film become players.  Rendering never asks a network.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from wirepress.render.entities import escape_html
from wirepress.render.markup import replace_in_tags
from wirepress.render.phpstr import lower
from wirepress.render.scene import Scene
from wirepress.render.shortcodes import Shortcode, expand
from wirepress.render.urls import clean_url

_BREAK = "<!-- wp-line-break -->"
_ALONE = re.compile(r"^(\s*+)(https?://[^\s<>\"]+)(\s*)$", re.IGNORECASE | re.MULTILINE)
_PARAGRAPH = re.compile(r"(<p(?: [^>]*+)?>\s*+)(https?://[^\s<>\"]++)(\s*+</p>)", re.IGNORECASE)
_SOUND = re.compile(r"https?://.+?\.(?:mp3|ogg|flac|m4a|wav)\Z", re.IGNORECASE)
_FILM = re.compile(r"https?://.+?\.(?:mp4|m4v|webm|ogv|flv)\Z", re.IGNORECASE)
_LOOSE = re.compile(r"(?:^|[\s>])https?://", re.IGNORECASE | re.ASCII)
_MAX_URL = 4_000


def run_embeds(text: str, scene: Scene) -> str:
    """`[embed]` shortcodes become what they name, or a link."""
    if "[embed" not in text:
        return text
    return expand(text, {"embed": lambda found: _embed_shortcode(found, scene)})


def _embed_shortcode(found: Shortcode, scene: Scene) -> str:
    url = (found.content or found.attributes.get("src", "")).strip()
    if not url:
        return ""
    url = url.replace("&amp;", "&")
    html = embedded(url, scene, found.attributes)
    if html is not None:
        return html
    return f'<a href="{clean_url(url)}">{escape_html(url)}</a>'


def autoembed(text: str, scene: Scene) -> str:
    """Addresses alone on a line or in a paragraph become embeds where one is known."""
    if "://" not in text or not _LOOSE.search(text):
        return text
    whole = replace_in_tags(text, "\n", _BREAK)

    def replaced(found: re.Match[str]) -> str:
        url = found[2].replace("&amp;", "&")
        return f"{found[1]}{embedded(url, scene, {}) or url}{found[3]}"

    whole = "\n".join([_ALONE.sub(replaced, line) if "://" in line else line for line in whole.split("\n")])
    if "<p" in whole or "<P" in whole:
        end = lower(whole).rfind("</p>") + 4
        whole = _PARAGRAPH.sub(replaced, whole[:end]) + whole[end:]
    return whole.replace(_BREAK, "\n")


def embedded(url: str, scene: Scene, attributes: Mapping[str, str]) -> str | None:
    """The HTML of an embed, None when the address is no known one."""
    if len(url) > _MAX_URL:
        return None
    if _SOUND.match(url):
        return f'[audio src="{clean_url(url)}" /]'
    width = attributes.get("width", "")
    height = attributes.get("height", "")
    if _FILM.match(url):
        sized = width.isascii() and width.isdigit() and height.isascii() and height.isdigit()
        box = f'width="{int(width[:9])}" height="{int(height[:9])}" ' if sized else ""
        return f'[video {box}src="{clean_url(url)}" /]'
    wanted = int(width[:9]) if width.isascii() and width.isdigit() else None
    return scene.lookup.oembed(url, wanted)
