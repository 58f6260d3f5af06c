"""Embeds: `[embed]`, and addresses that stand alone on a line (`WP_Embed`).

What an address becomes was fetched and kept before: by WordPress in the meta of the post (an imported one), else by us
(`Lookup.oembed`); files of sound and film become players.  Rendering never asks a network: an address of which nothing
is known yet is noted by the lookup as wanted, and shows as it is.
"""

from __future__ import annotations

import hashlib
import html
import math
import re
from collections.abc import Mapping

from wirepress.model.remote import RemoteKind, Wish
from wirepress.render.entities import escape_attribute, escape_html
from wirepress.render.markup import replace_in_tags
from wirepress.render.phpstr import lower
from wirepress.render.scene import Scene
from wirepress.render.shortcodes import Shortcode, expand
from wirepress.render.titles import full_title
from wirepress.render.urls import clean_url
from wirepress.url.query import encoded

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
_NARROWEST, _WIDEST = 200, 600  # the frames of posts
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
    shown = embedded(url, scene, found.attributes)
    if shown is not None:
        return shown
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
        url = f"https://youtube.com/watch?v={encoded(framed[1])}"
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
        known = scene.post.first_meta(f"_oembed_{wish.key}")
        if isinstance(known, str) and known not in ("", _UNKNOWN):
            return known
    return own(wish, scene) or scene.embed(wish)


def own(wish: Wish, scene: Scene) -> str | None:
    """A post of this site as it shows in another (`wp_filter_pre_oembed_result`), None at any other address."""
    if not wish.url.partition("://")[2].startswith(scene.lookup.home().partition("://")[2]):
        return None
    scene.budget.listed(1)
    post = scene.lookup.post_at(wish.url)
    if post is None:
        return None
    link, name = scene.lookup.permalink(post), full_title(post)
    inside = f"{link}&embed=true" if "?" in link else f"{link.rstrip('/')}/embed{'/' if link.endswith('/') else ''}"
    heading = html.unescape(f"\u201c{name}\u201d \u2014 {scene.lookup.option('blogname')}")
    width = min(max(_NARROWEST, wish.width), _WIDEST)
    height = max(math.ceil(width / 16 * 9), _NARROWEST)
    first, second = (_secret(wish, part) for part in ("frame", "page"))
    return (
        f'<blockquote class="wp-embedded-content" data-secret="{first}"><a href="{clean_url(link)}">{name}</a>'
        '</blockquote><iframe loading="lazy" class="wp-embedded-content" sandbox="allow-scripts" security="restricted" '
        f'style="position: absolute; visibility: hidden;" title="{escape_attribute(heading)}" '
        f'src="{clean_url(inside)}#?secret={second}#?secret={first}" data-secret="{first}" width="{width}" '
        f'height="{height}" frameborder="0" marginwidth="0" marginheight="0" scrolling="no"></iframe>'
    )


def _secret(wish: Wish, part: str) -> str:
    """What the frame and the page in it know each other by.  It guards nothing that is not public."""
    return hashlib.md5(_bytes(f"{wish.key}{part}"), usedforsecurity=False).hexdigest()[:10]


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
