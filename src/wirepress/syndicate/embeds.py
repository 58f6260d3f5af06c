"""Players and posts of other sites that pages embed, as the address that an embed block names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs

from lxml.html import HtmlElement

from wirepress.url.parse import web_url


@dataclass(frozen=True, slots=True)
class Embed:
    """What an embed block needs to know."""

    url: str
    kind: str
    provider: str


_ID = r"([\w-]{1,64})"
_FRAMES: tuple[tuple[re.Pattern[str], str, str, str], ...] = (
    (re.compile(rf"^(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:embed|v|shorts)/{_ID}"),
     "https://www.youtube.com/watch?v={}", "video", "youtube"),
    (re.compile(rf"^youtu\.be/{_ID}"), "https://www.youtube.com/watch?v={}", "video", "youtube"),
    (re.compile(r"^player\.vimeo\.com/video/(\d{1,20})"), "https://vimeo.com/{}", "video", "vimeo"),
    (re.compile(rf"^(?:www\.|geo\.)?dailymotion\.com/embed/video/{_ID}"),
     "https://www.dailymotion.com/video/{}", "video", "dailymotion"),
    (re.compile(r"^open\.spotify\.com/embed/((?:track|album|episode|show|playlist)/\w{1,64})"),
     "https://open.spotify.com/{}", "rich", "spotify"),
    (re.compile(rf"^(?:www\.)?tiktok\.com/embed/(?:v2/)?{_ID}"),
     "https://www.tiktok.com/@_/video/{}", "video", "tiktok"),
    (re.compile(r"^embed\.ted\.com/talks/([\w-]{1,200})"), "https://www.ted.com/talks/{}", "video", "ted"),
)  # fmt: skip
_TRACK = re.compile(r"https://soundcloud\.com/[\w/-]{1,300}", re.ASCII)
_POSTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^https?://(?:mobile\.|www\.)?(?:twitter|x)\.com/\w{1,30}/status(?:es)?/\d{1,30}"), "twitter"),
    (re.compile(r"^https?://(?:www\.)?instagram\.com/(?:p|reel|tv)/[\w-]{1,64}"), "instagram"),
    (re.compile(r"^https?://(?:www\.)?tiktok\.com/@[\w.-]{1,64}/video/\d{1,30}"), "tiktok"),
    (re.compile(r"^https?://bsky\.app/profile/[\w.:-]{1,128}/post/\w{1,64}"), "bluesky"),
    (re.compile(r"^https?://(?:www\.)?reddit\.com/r/\w{1,64}/comments/\w{1,32}"), "reddit"),
)


def framed(url: str) -> Embed | None:
    """What the address of an iframe embeds, if it is a provider that WordPress knows."""
    found = web_url(url)
    if found is None:
        return None
    place = f"{found.host}{found.path}"
    for pattern, form, kind, provider in _FRAMES:
        if match := pattern.match(place):
            return Embed(form.format(match[1]), kind, provider)
    if found.host == "w.soundcloud.com":
        track = _TRACK.match(parse_qs(found.query).get("url", [""])[0])
        return Embed(track[0], "rich", "soundcloud") if track else None
    return None


def is_post(url: str) -> bool:
    """Whether an address is that of a post which an embed block could show."""
    return any(pattern.match(url) for pattern, _ in _POSTS)


def quoted(element: HtmlElement) -> Embed | None:
    """The post of another site that a quotation stands for until a script replaces it."""
    named = [element.get("cite", ""), element.get("data-instgrm-permalink", "")]
    classes = element.get("class", "")
    if not any(named) and not re.search(r"twitter|tweet|instagram|tiktok|bluesky|reddit", classes):
        return None
    links = [link.get("href", "") for link in element.iter("a")]
    for address in (*named, *reversed(links)):
        for pattern, provider in _POSTS:
            if match := pattern.match(address):
                return Embed(match[0], "rich", provider)
    return None
