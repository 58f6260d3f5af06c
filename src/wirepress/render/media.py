"""The shortcodes of media: captions, galleries, players and playlists, in WordPress's markup."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from wirepress.model.post import Post
from wirepress.model.query import PostQuery
from wirepress.model.rendering import HoleKind
from wirepress.render.entities import escape_attribute
from wirepress.render.filetypes import file_type
from wirepress.render.images import image_of, image_tag, sized_source
from wirepress.render.kses import kses_markup
from wirepress.render.kses_rules import POST_ELEMENTS
from wirepress.render.phpstr import lower
from wirepress.render.scene import Scene
from wirepress.render.shortcodes import Handler, Shortcode, expand
from wirepress.render.slugs import html_class
from wirepress.render.streams import streamed
from wirepress.render.texturize import texturize
from wirepress.render.typography import signs_for
from wirepress.render.urls import clean_url
from wirepress.render.values import to_boolean

AUDIO_TYPES = ("mp3", "ogg", "flac", "m4a", "wav")
VIDEO_TYPES = ("mp4", "m4v", "webm", "ogv", "flv")

_FIRST_IMAGE = re.compile(r"\s*+((?><a [^>]++>\s*+|)<img [^>]++>(?>\s*+</a>|))(.*)", re.DOTALL | re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r"[^a-zA-Z0-9_:-]")
_MAX_ITEMS = 500
_FRAMES = {
    "audio": ('\n\t\t\t<div class="wp-playlist-current-item"></div>\n\t\t', ""),
    "video": ("\n\t\t", ' height="360"'),
}
"""What stands in a playlist before its player, and how high that is."""


def handlers(scene: Scene, depth: int = 0) -> Mapping[str, Handler]:
    """What each shortcode of WordPress's core becomes in this scene."""
    captioned = partial(caption, scene=scene, depth=depth)
    made: dict[str, Handler] = {"caption": captioned, "wp_caption": captioned, "embed": lambda _found: ""}
    made |= {kind.__name__: partial(kind, scene=scene) for kind in (gallery, playlist, audio, video)}
    return {name: partial(_paid, scene, make) for name, make in made.items()}


def _paid(scene: Scene, make: Handler, found: Shortcode) -> str:
    return scene.budget.shortcode(make(found))


def expand_shortcodes(text: str, scene: Scene) -> str:
    """`do_shortcode`."""
    return expand(text, handlers(scene)) if "[" in text else text


# ---- captions


def caption(found: Shortcode, scene: Scene, depth: int = 0) -> str:
    """A figure around an image; without a width or a text there is none."""
    attributes = found.attributes
    content, text = found.content, attributes.get("caption", "")
    if "caption" not in attributes:
        if match := _after_image(content):
            content, text = match
    elif "<" in text:
        text = kses_markup(text)
    width = _number(attributes.get("width"))
    if width < 1 or not text:
        return content
    if depth <= 8:
        content = expand(content, handlers(scene, depth + 1))
    marks, caption_id = _caption_marks(attributes, scene)
    align = html_class(attributes.get("align", "alignnone"))
    classes = " ".join(filter(None, ("wp-caption", align, attributes.get("class", ""))))
    described = f'id="{caption_id}" ' if caption_id else ""
    return (
        f'<figure {marks}style="width: {width}px" class="{escape_attribute(classes)}">{content}'
        f'<figcaption {described}class="wp-caption-text">{text}</figcaption></figure>'
    )


def _caption_marks(attributes: Mapping[str, str], scene: Scene) -> tuple[str, str]:
    """The attributes of a figure that name it and its caption, and the caption's id."""
    name = html_class(attributes.get("id", ""))
    caption_id = attributes.get("caption_id", "")
    if not attributes.get("id"):
        return "", caption_id
    suffix = scene.numbers.take_suffix(f"caption:{name}")
    caption_id = html_class(caption_id or f"caption-{name.replace('_', '-')}") + suffix
    return f'id="{escape_attribute(name)}{suffix}" aria-describedby="{caption_id}" ', caption_id


def _after_image(content: str) -> tuple[str, str] | None:
    folded = lower(content)
    start = folded.find("<img ")
    linked = folded.rfind("<a ", 0, max(start, 0))
    for at in (linked, start):
        if at >= 0 and (match := _FIRST_IMAGE.match(content, at)):
            return match[1], match[2].strip()
    return None


# ---- galleries


def gallery(found: Shortcode, scene: Scene) -> str:
    """Images with their captions, numbered through the answer."""
    number = scene.numbers.take("gallery")
    attributes = found.attributes
    attachments = _chosen(attributes, scene, "image")
    if not attachments:
        return ""
    size = attributes.get("size", "thumbnail")
    link = attributes.get("link", "")
    if scene.feed:
        return "\n" + "".join(f"{_linked(post, size, link or 'page', scene, {})}\n" for post in attachments)
    columns = _number(attributes.get("columns", "3"))
    post_id = _number(attributes.get("id")) or scene.post_id
    elements = _elements(attributes)
    items = [_item(post, number, size, link, scene, elements) for post in attachments]
    return (
        f"<div id='gallery-{number}' class='gallery galleryid-{post_id} gallery-columns-{columns} "
        f"gallery-size-{html_class(size)}'>{''.join(items)}\n\t\t</div>\n"
    )


def _elements(attributes: Mapping[str, str]) -> tuple[str, str, str]:
    """The elements of an item, of its picture and of its caption; those of a list in place of unknown ones."""
    chosen = []
    for name, default, instead in (
        ("itemtag", "figure", "dl"),
        ("icontag", "div", "dt"),
        ("captiontag", "figcaption", "dd"),
    ):
        element = _NOT_IN_NAMES.sub("", attributes.get(name, default)).lower()
        chosen.append(element if element in POST_ELEMENTS else instead)
    return chosen[0], chosen[1], chosen[2]


def _item(post: Post, number: str, size: str, link: str, scene: Scene, elements: tuple[str, str, str]) -> str:
    whole, around, words = elements
    text = post.excerpt.strip()
    described = {"aria-describedby": f"gallery-{number}-{post.id}"} if text else {}
    shown = _linked(post, size, link, scene, described)
    icon = f"<{around} class='gallery-icon {_orientation(post)}'>\n\t\t\t\t{shown}\n\t\t\t</{around}>"
    item = f"<{whole} class='gallery-item'>\n\t\t\t{icon}"
    if text:
        item += (
            f"\n\t\t\t\t<{words} class='wp-caption-text gallery-caption' id='gallery-{number}-{post.id}'>\n"
            f"\t\t\t\t{texturize(post.excerpt, signs_for(scene.lookup))}\n\t\t\t\t</{words}>"
        )
    return f"{item}</{whole}>"


def _orientation(post: Post) -> str:
    image = image_of(post)
    if image is None:
        return ""
    return "portrait" if image.height > image.width else "landscape"


def _linked(post: Post, size: str, link: str, scene: Scene, attributes: Mapping[str, str]) -> str:
    shown = image_tag(post, size, scene.lookup, attributes)
    if link == "none":
        return shown
    return attachment_link(post, scene, shown, to_file=link == "file")


def attachment_link(post: Post, scene: Scene, shown: str, *, to_file: bool) -> str:
    """A link to an attachment's file or page around an image or, where there is none, its title."""
    url = file_url(post, scene) if to_file else scene.lookup.permalink(post)
    text = shown or post.title.strip() or file_url(post, scene).rpartition("/")[2]
    return f"<a href='{escape_attribute(url)}'>{text}</a>"


def file_url(post: Post, scene: Scene) -> str:
    """The address of an attachment's file."""
    file = str(post.first_meta("_wp_attached_file"))
    return scene.lookup.upload_url(file) if file else post.guid


def _chosen(attributes: Mapping[str, str], scene: Scene, kind: str) -> Sequence[Post]:
    """The attachments that a gallery or a playlist names, else those that belong to the post."""
    named = attributes.get("ids") or attributes.get("include") or ""
    if named:
        posts = [scene.lookup.post(post_id) for post_id in dict.fromkeys(_ids(named.split(",")[:_MAX_ITEMS]))]
        return _ordered([p for p in posts if p is not None and p.status == "inherit" and _is(p, kind)], attributes)
    parent = _number(attributes.get("id")) or scene.post_id
    if scene.needs(HoleKind.POSTS) is None or not parent:
        return ()
    query = PostQuery(
        types=("attachment",),
        statuses=("inherit",),
        parents=(parent,),
        mime_classes=(kind,),
        orderby="menu_order",
        order="asc",
        per_page=_MAX_ITEMS,
        exclude=tuple(_ids(attributes.get("exclude", "").split(","))),
        with_total=False,
    )
    return _ordered([post for post in scene.posts(query) if _is(post, kind)], attributes)


def _ids(parts: Iterable[str]) -> list[int]:
    return [number for number in map(_number, parts) if number]


_ORDERS: Mapping[str, Callable[[Post], tuple[str | int, ...]]] = {
    "menu_order": lambda post: (post.menu_order, post.id),
    "id": lambda post: (post.id,),
    "title": lambda post: (post.title.lower(), post.id),
    "date": lambda post: (post.date, post.id),
    "modified": lambda post: (post.modified, post.id),
    "name": lambda post: (post.slug, post.id),
}


def _ordered(posts: list[Post], attributes: Mapping[str, str]) -> list[Post]:
    """In the order asked for: `ids` as they are named, others by their place in the menu."""
    default = "post__in" if attributes.get("ids") else "menu_order"
    wanted = ((attributes.get("orderby") or default).lower().split() or [default])[0].removeprefix("post_")
    order = _ORDERS.get(wanted, _ORDERS["menu_order"])
    if wanted in ("_in", "rand"):
        return posts
    return sorted(posts, key=order, reverse=attributes.get("order", "").upper() == "DESC")


def _is(post: Post, kind: str) -> bool:
    return post.type == "attachment" and post.mime_type.startswith(f"{kind}/")


# ---- players


def audio(found: Shortcode, scene: Scene) -> str:
    """A player of sound."""
    attributes = found.attributes
    number = scene.numbers.take("audio")
    sources = _sources(attributes, AUDIO_TYPES)
    if isinstance(sources, str):
        return f'<a class="wp-embedded-audio" href="{clean_url(sources)}">{html.escape(sources)}</a>'
    if sources is None:
        return ""
    marks: dict[str, str | bool] = {
        "class": attributes.get("class", "wp-audio-shortcode"),
        "id": f"audio-{scene.post_id}-{number}",
        "loop": to_boolean(attributes.get("loop", "")),
        "autoplay": to_boolean(attributes.get("autoplay", "")),
        "preload": attributes.get("preload", "none"),
        "style": attributes.get("style", "width: 100%;"),
        "muted": to_boolean(attributes.get("muted", "false")),
    }
    written = _written(marks, "loop", "autoplay", "preload", "muted")
    return f'<audio {written} controls="controls">{_source_tags(sources, number)}</audio>'


def video(found: Shortcode, scene: Scene) -> str:
    """A player of film."""
    attributes = found.attributes
    number = scene.numbers.take("video")
    sources = streamed(attributes) or _sources(attributes, VIDEO_TYPES)
    if isinstance(sources, str):
        return f'<a class="wp-embedded-video" href="{clean_url(sources)}">{html.escape(sources)}</a>'
    if sources is None:
        return ""
    width, height = attributes.get("width", "640"), attributes.get("height", "360")
    marks: dict[str, str | bool] = {
        "class": attributes.get("class", "wp-video-shortcode"),
        "id": f"video-{scene.post_id}-{number}",
        "width": str(_number(width)),
        "height": str(_number(height)),
        "poster": clean_url(attributes.get("poster", "")),
        "loop": to_boolean(attributes.get("loop", "")),
        "autoplay": to_boolean(attributes.get("autoplay", "")),
        "muted": to_boolean(attributes.get("muted", "false")),
        "preload": attributes.get("preload", "metadata"),
        "controls": to_boolean(attributes.get("controls", "true")) and "controls",
    }
    written = _written(marks, "poster", "loop", "autoplay", "preload", "muted", "controls")
    player = f"<video {written}>{_source_tags(sources, number, found.content.strip())}</video>"
    style = f"width: {_number(width)}px;" if width else ""
    return f'<div style="{style}" class="wp-video">{player}</div>'


def _sources(attributes: Mapping[str, str], types: Sequence[str]) -> list[tuple[str, str]] | str | None:
    """The files of a player with their types; the address itself where its type cannot be played; None for none."""
    source = attributes.get("src", "")
    found: list[tuple[str, str]] = []
    if source:
        path = source.partition("?")[0].partition("#")[0]
        known = file_type(path)
        if path.lower().rpartition(".")[2] not in types or known is None:
            return source
        found.append((source, known[1]))
    for name in types:
        url = attributes.get(name, "")
        if url and (known := file_type(url.partition("?")[0])):
            found.append((url, known[1]))
    return found or None


def _source_tags(sources: Sequence[tuple[str, str]], number: str, more: str = "") -> str:
    """The files of a player, what was written inside, and a link for browsers that play none."""
    tags = [f'<source type="{kind}" src="{_numbered(clean_url(url), number)}" />' for url, kind in sources]
    url = clean_url(sources[0][0])
    return f'{"".join(tags)}{more}<a href="{url}">{url}</a>'


def _numbered(url: str, number: str) -> str:
    """The address with the player's number, so that each player loads its own."""
    sign = "&#038;" if "?" in url else "?"
    return f"{url}{sign}_={number}"


def _written(marks: Mapping[str, str | bool], *optional: str) -> str:
    """Attributes as they are written; optional ones only where they are set."""
    out: list[str] = []
    for name, value in marks.items():
        if value is True:
            out.append(name)
        elif value or name not in optional:
            out.append(f'{name}="{escape_attribute(str(value))}"')
    return " ".join(out)


# ---- playlists


def playlist(found: Shortcode, scene: Scene) -> str:
    """A list of tracks; the player's script reads them from the JSON."""
    attributes = found.attributes
    kind = "video" if attributes.get("type") == "video" else "audio"
    attachments = _chosen(attributes, scene, kind)
    if not attachments:
        return ""
    if scene.feed:
        return "\n" + "".join(f"{attachment_link(post, scene, '', to_file=True)}\n" for post in attachments)
    style = html_class(attributes.get("style", "light"))
    data = {
        "type": kind,
        "tracklist": to_boolean(attributes.get("tracklist", "true")),
        "tracknumbers": to_boolean(attributes.get("tracknumbers", "true")),
        "images": to_boolean(attributes.get("images", "true")),
        "artists": to_boolean(attributes.get("artists", "true")),
        "tracks": [_track(post, kind, scene) for post in attachments],
    }
    current, height = _FRAMES[kind]
    links = "".join(f"<li>{attachment_link(post, scene, '', to_file=True)}</li>" for post in attachments)
    return (
        f'<div class="wp-playlist wp-{kind}-playlist wp-playlist-{style}">{current}'
        f'<{kind} controls="controls" preload="none" width="640"\n\t\t\t{height}></{kind}>\n'
        '\t<div class="wp-playlist-next"></div>\n\t<div class="wp-playlist-prev"></div>\n'
        f"\t<noscript>\n\t<ol>\n\t\t{links}\t</ol>\n\t</noscript>\n"
        f'\t<script type="application/json" class="wp-playlist-script">{_json(data)}</script>\n</div>\n\t'
    )


def _track(post: Post, kind: str, scene: Scene) -> dict[str, Any]:
    meta = post.first_meta("_wp_attachment_metadata", None)
    if not isinstance(meta, Mapping):
        meta = {}
    labels = ("artist", "album", "genre", "year", "length_formatted")
    shown = {name: str(meta[name]) for name in labels if meta.get(name)}
    icon = {"src": scene.lookup.home(f"wp-includes/images/media/{kind}.svg"), "width": 48, "height": 64}
    image, thumb = icon, icon
    if post.thumbnail and (picture := scene.lookup.post(post.thumbnail)):
        image, thumb = _picture(picture, "full", scene) or icon, _picture(picture, "thumbnail", scene) or icon
    return {
        "src": file_url(post, scene),
        "type": post.mime_type,
        "title": post.title,
        "caption": texturize(post.excerpt, signs_for(scene.lookup)),
        "description": post.content,
        "meta": shown,
        "image": image,
        "thumb": thumb,
    }


def _picture(post: Post, size: str, scene: Scene) -> dict[str, Any] | None:
    found = sized_source(post, size, scene.lookup)
    return found and dict(zip(("src", "width", "height"), found, strict=True))


def _json(value: Any) -> str:
    """JSON that is safe inside a script element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003C").replace(">", "\\u003E")


def _number(value: str | None) -> int:
    """PHP's `(int)` of a text."""
    found = re.match(r"\s*([+-]?\d{1,9})", value or "", re.ASCII)
    return int(found[1]) if found else 0
