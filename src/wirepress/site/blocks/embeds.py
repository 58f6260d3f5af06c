"""What is embedded from other sites, as a card with a link: nothing is loaded from there before somebody follows it.

The owner may have it shown in its place instead (Settings > Privacy).  The pages' policy holds the same: without that
option browsers load no frame of another site, whatever a text says.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qs

from wirepress.content.newsroom import View
from wirepress.render.entities import escape_attribute, escape_html
from wirepress.site.blocks.markup import Element, Markup
from wirepress.url.parse import Url, web_url

OPTION: Final = "wirepress_embeds"
"""The option that has frames of other sites shown."""
_ALONE = re.compile(r"\s*(https?://[^\s<>\"]{1,4000})\s*\Z", re.IGNORECASE)
_FRAME = re.compile(r"<iframe", re.IGNORECASE)
_LONGEST = 300
_NAMES: Final = {
    "youtube.com": "YouTube", "youtube-nocookie.com": "YouTube", "youtu.be": "YouTube", "vimeo.com": "Vimeo",
    "dailymotion.com": "Dailymotion", "open.spotify.com": "Spotify", "soundcloud.com": "SoundCloud",
    "w.soundcloud.com": "SoundCloud", "player.vimeo.com": "Vimeo", "tiktok.com": "TikTok", "bsky.app": "Bluesky",
    "embed.bsky.app": "Bluesky", "instagram.com": "Instagram", "facebook.com": "Facebook", "x.com": "X",
    "platform.twitter.com": "X", "twitter.com": "X", "google.com": "Google", "openstreetmap.org": "OpenStreetMap",
    "embed.ted.com": "TED", "player.twitch.tv": "Twitch", "reddit.com": "Reddit", "embed.reddit.com": "Reddit",
    "codepen.io": "CodePen", "slideshare.net": "SlideShare", "issuu.com": "Issuu", "archive.org": "Internet Archive",
}  # fmt: skip
"""Providers as they call themselves, by their hosts."""
_WATCHED: Final = (
    (re.compile(r"(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]{5,20})\Z"), "https://www.youtube.com/watch?v={}"),
    (re.compile(r"player\.vimeo\.com/video/(\d{1,15})\Z"), "https://vimeo.com/{}"),
    (re.compile(r"(?:www\.)?dailymotion\.com/embed/video/(\w{3,20})\Z"), "https://www.dailymotion.com/video/{}"),
    (re.compile(r"open\.spotify\.com/embed/([\w/-]{3,80})\Z"), "https://open.spotify.com/{}"),
    (re.compile(r"embed\.ted\.com/talks/([\w/.-]{1,120})\Z"), "https://www.ted.com/talks/{}"),
)
"""Players, and the page on which the same is shown with all that is said of it."""


def shows_frames(view: View) -> bool:
    """Whether the owner has frames of other sites shown."""
    return view.site.flag(OPTION)


def embeds_something(html: str) -> bool:
    """Whether a text has to be read for what it embeds."""
    return "wp-block-embed__wrapper" in html or _FRAME.search(html) is not None


def shown(markup: Markup, home: str, *, frames: bool) -> None:
    """Shows what is embedded, in frames or as cards: of each frame of another site, and of each address of which
    nothing is known; `home` is where the site is."""
    if frames:
        unfolded(markup)
    site = web_url(home)
    for element in markup.elements:
        if element.name == "iframe" and not frames:
            _card(markup, element, home, site)
        elif "wp-block-embed__wrapper" in element.classes and (made := _instead(markup.inner(element))):
            markup.replace_inner(element, made)


def _instead(written: str) -> str:
    """The card for what is nothing but an address; "" for anything else, and for an address that leads nowhere."""
    alone = _ALONE.match(written)
    return card(web_url(alone[1].replace("&amp;", "&")), "") if alone else ""


def _card(markup: Markup, frame: Element, home: str, site: Url | None) -> None:
    if "wp-embedded-content" in frame.classes:
        markup.replace(frame, "")  # the link before it says what it would show, were there a script
        return
    source = web_url(frame.tag.get("src") or "", home)
    if source is not None and (site is None or source.host != site.host):
        markup.replace(frame, card(source, frame.tag.get("title") or ""))


def card(source: Url | None, title: str) -> str:
    """A link to what is embedded, "" where its address means nothing."""
    if source is None:
        return ""
    host = source.host_as_read.removeprefix("www.")
    provider = _NAMES.get(source.host.removeprefix("www."), host)
    words = " ".join(title.split())[:_LONGEST] or f"Open it at {provider}"
    note = f"Nothing is loaded from {host} before you follow this link."
    return (
        f'<a class="embed-card" href="{escape_attribute(original(source))}" rel="noopener noreferrer">'
        f'<span class="embed-card-provider">{escape_html(provider)}</span> <strong>{escape_html(words)}</strong> '
        f'<span class="embed-card-note">{escape_html(note)}</span></a>'
    )


def original(source: Url) -> str:
    """The page that a player shows a part of; the player itself where that is not known."""
    place = f"{source.host}{source.path}"
    for pattern, page in _WATCHED:
        if found := pattern.match(place):
            return page.format(found[1])
    if source.host == "w.soundcloud.com":
        named = web_url(parse_qs(source.query).get("url", [""])[-1])
        if named is not None and named.host.removeprefix("www.") == "soundcloud.com":
            return named.href
    return source.href


def unfolded(markup: Markup) -> None:
    """Shows the frames of other sites' articles, which WordPress's script would, in the place of their links."""
    framed = {
        element.tag.get("data-secret")
        for element in markup.elements
        if element.name == "iframe" and "wp-embedded-content" in element.classes
    }
    for element in markup.elements:
        if "wp-embedded-content" not in element.classes or element.tag.get("data-secret") not in framed:
            continue
        if element.name == "iframe":
            element.tag.set("style", "")
        elif element.name == "blockquote" and element.is_closed:
            markup.replace(element, "")
