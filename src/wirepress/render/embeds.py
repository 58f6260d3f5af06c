"""Embeds: `[embed]`, and addresses that stand alone on a line (`WP_Embed`).

What an address becomes was fetched and kept before: by WordPress in the meta of the post (an imported one), else by us
(`Lookup.oembed`); files of sound and film become players.  Rendering never asks a network: an address of which nothing
is known yet is noted by the lookup as wanted, and shows as it is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from urllib.parse import quote_plus

from wirepress.model.remote import RemoteKind, Wish
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
_YOUTUBE_FRAME = re.compile(r"https?://(?:www\.)?youtube\.com/(?:v|embed)/([^/]+)", re.IGNORECASE)
_WEB = re.compile(r"https?://[^/?#\s]", re.IGNORECASE)
_MAX_URL = 4_000
WIDTH = 500
"""How wide embeds are where the theme says nothing of the width of contents (wp_embed_defaults) ..."""
HEIGHT = 750
"""... and how high at most."""
_UNKNOWN = "{{unknown}}"


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
    if not is_asked_for(url):
        return None
    if framed := _YOUTUBE_FRAME.match(url):
        url = f"https://youtube.com/watch?v={quote_plus(framed[1], safe='', errors='replace')}"
        return kept(url, {}, scene) or url
    return player_of(url, attributes) or kept(url, attributes, scene)


def is_asked_for(url: str) -> bool:
    """Whether an address is one that may embed something."""
    return len(url) <= _MAX_URL and _WEB.match(url) is not None


def player_of(url: str, attributes: Mapping[str, str]) -> str | None:
    """The shortcode that plays a file of sound or film; None for what is none."""
    if not is_asked_for(url):
        return None
    if _SOUND.match(url):
        return f'[audio src="{clean_url(url)}" /]'
    width = attributes.get("width", "")
    height = attributes.get("height", "")
    if _FILM.match(url):
        sized = width.isascii() and width.isdigit() and height.isascii() and height.isdigit()
        box = f'width="{int(width[:9])}" height="{int(height[:9])}" ' if sized else ""
        return f'[video {box}src="{clean_url(url)}" /]'
    return None


def kept(url: str, attributes: Mapping[str, str], scene: Scene) -> str | None:
    """What was kept of an address, by WordPress with the post or by us."""
    wish = wish_of(url, attributes)
    if scene.post is not None:
        html = scene.post.first_meta(f"_oembed_{wish.key}")
        if isinstance(html, str) and html not in ("", _UNKNOWN):
            return html
    return scene.embed(wish)


def wish_of(url: str, attributes: Mapping[str, str]) -> Wish:
    """The embed of an address under the name that WordPress keeps it by (WP_Embed::shortcode): a digest of the address
    and the attributes as PHP serialises them, the defaults first."""
    settings: dict[str, str | int] = {"width": WIDTH, "height": HEIGHT, **attributes}
    digest = hashlib.md5(_bytes(f"{url}{_serialized(settings)}"), usedforsecurity=False).hexdigest()
    return Wish(RemoteKind.EMBED, digest, url, _pixels(settings["width"], WIDTH), _pixels(settings["height"], HEIGHT))


def _pixels(value: str | int, default: int) -> int:
    found = re.match(r"\s*(\d{1,5})", str(value), re.ASCII)
    return default if found is None else int(found[1]) or default


def _serialized(values: Mapping[str, str | int]) -> str:
    parts = [f"{_php_text(k)}{f'i:{v};' if isinstance(v, int) else _php_text(v)}" for k, v in values.items()]
    return f"a:{len(values)}:{{{''.join(parts)}}}"


def _php_text(text: str) -> str:
    return f's:{len(_bytes(text))}:"{text}";'


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
