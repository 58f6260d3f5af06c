"""Links to profiles elsewhere: social-links and social-link."""

from __future__ import annotations

import re
from typing import Final

from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.render import inner_html
from wirepress.render.blocks.settings import label_class
from wirepress.render.blocks.wrapper import wrapper
from wirepress.render.css import clean_style
from wirepress.render.entities import escape_attribute, escape_html
from wirepress.render.phpstr import word_set
from wirepress.render.scene import Scene
from wirepress.render.slugs import html_class
from wirepress.render.urls import clean_url
from wirepress.render.values import is_email

_CAPITALISED = word_set(
    "amazon bandcamp behance bluesky discord dribbble dropbox etsy facebook flickr foursquare goodreads google gravatar"
    " instagram mail mastodon medium meetup patreon pinterest pocket reddit skype snapchat spotify telegram"
    " threads tumblr twitch twitter vimeo x yelp"
)
NAMES: Final = {
    **{name: name.capitalize() for name in _CAPITALISED},
    "chain": "Link", "codepen": "CodePen", "deviantart": "DeviantArt", "feed": "RSS Feed",
    "fivehundredpx": "500px", "github": "GitHub",
    "lastfm": "Last.fm", "linkedin": "LinkedIn", "soundcloud": "SoundCloud", "tiktok": "TikTok", "vk": "VK",
    "whatsapp": "WhatsApp", "wordpress": "WordPress", "youtube": "YouTube",
}  # fmt: skip
_GITHUB: Final = (
    "M12,2C6.477,2,2,6.477,2,12c0,4.419,2.865,8.166,6.839,9.489c0.5,0.09,0.682-0.218,0.682-0.484 "
    "c0-0.236-0.009-0.866-0.014-1.699c-2.782,0.602-3.369-1.34-3.369-1.34c-0.455-1.157-1.11-1.465-1.11-1.465 "
    "c-0.909-0.62,0.069-0.608,0.069-0.608c1.004,0.071,1.532,1.03,1.532,1.03c0.891,1.529,2.341,1.089,2.91,0.833 "
    "c0.091-0.647,0.349-1.086,0.635-1.337c-2.22-0.251-4.555-1.111-4.555-4.943c0-1.091,0.39-1.984,1.03-2.682 "
    "C6.546,8.54,6.202,7.524,6.746,6.148c0,0,0.84-0.269,2.75,1.025C10.295,6.95,11.15,6.84,12,6.836 "
    "c0.85,0.004,1.705,0.114,2.504,0.336c1.909-1.294,2.748-1.025,2.748-1.025c0.546,1.376,0.202,2.394,0.1,2.646 "
    "c0.64,0.699,1.026,1.591,1.026,2.682c0,3.841-2.337,4.687-4.565,4.935c0.359,0.307,0.679,0.917,0.679,1.852 "
    "c0,1.335-0.012,2.415-0.012,2.741c0,0.269,0.18,0.579,0.688,0.481C19.138,20.161,22,16.416,22,12"
    "C22,6.477,17.523,2,12,2z"
)
_PLAIN: Final = "M12,3a9,9 0 1 0 0,18a9,9 0 1 0 0,-18zM12,6a6,6 0 1 1 0,12a6,6 0 1 1 0,-12z"
"""A ring, for services whose sign is not ours to draw."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE | re.ASCII)
_COLOURS = (
    ("iconColor", "has-{}-color"),
    ("iconBackgroundColor", "has-{}-background-color"),
)

_VALUES = (("iconColorValue", "color"), ("iconBackgroundColorValue", "background-color"))


def social_links(block: Block, scene: Scene) -> str:
    return inner_html(block, scene.around(scene.post, social=block.settings))


def social_link(block: Block, scene: Scene) -> str:
    settings = block.settings
    url = str(settings.get("url") or "")
    if not url:
        return ""
    parent = scene.context.get("social", {})
    service = html_class(str(settings.get("service", "Icon")))
    text = str(settings.get("label") or "") or NAMES.get(service, "Share Icon")
    hidden = label_class(parent.get("showLabels"))
    chosen = ((form, parent.get(key)) for key, form in _COLOURS)
    colours = "".join(f" {form.format(html_class(name))}" for form, name in chosen if isinstance(name, str))
    rel, more = str(settings.get("rel") or ""), ""
    if parent.get("openInNewTab"):
        more = f' rel="{escape_attribute(f"{rel} noopener nofollow".strip())}" target="_blank"'
    elif rel:
        more = f' rel="{escape_attribute(rel.strip())}"'
    url = clean_url(_address(url, service))
    values = ((rule, parent.get(key)) for key, rule in _VALUES)
    style = ";".join(clean_style(f"{rule}:{value}") for rule, value in values if isinstance(value, str) and value)
    return (
        f"<li {wrapper(block, f'wp-social-link wp-social-link-{service}{colours}', style=style)}>"
        f'<a{more} href="{url}" class="wp-block-social-link-anchor">{_icon(service)}'
        f'<span class="wp-block-social-link-label{hidden}">{escape_html(text)}</span></a></li>'
    )


def _address(url: str, service: str) -> str:
    if service == "mail" and is_email(url):
        return f"mailto:{url}"
    if _SCHEME.match(url) or url.startswith(("//", "#")):
        return url
    return f"https://{url}"


def _icon(service: str) -> str:
    path = _GITHUB if service == "github" else _PLAIN
    return (
        '<svg width="24" height="24" viewBox="0 0 24 24" version="1.1" xmlns="http://www.w3.org/2000/svg" '
        f'aria-hidden="true" focusable="false"><path d="{path}"></path></svg>'
    )
