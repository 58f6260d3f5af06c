"""What is kept of the settings that are sent for a widget, kind by kind (`update` of WordPress's widgets)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from wirepress.render.saving import kses_post
from wirepress.render.slugs import html_class
from wirepress.render.strip import clean_line, strip_tags
from wirepress.render.urls import clean_raw_url
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.schema import Schema
from wirepress.wp.validation import check, clean
from wirepress.wp.values import items_of, to_int

Settings = dict[str, Any]
Sent = Mapping[str, Any]
MOST_FEED_ITEMS: Final = 20
USUAL_FEED_ITEMS: Final = 10


def kept(call: Call, kind: str, sent: Sent, before: Sent) -> Settings:
    """The settings of a widget after a change: `sent` cleaned, over what was kept before."""
    if kind in MEDIA:
        return _media(kind, sent, before)
    return _KINDS[kind](call, sent, before)


def _text(value: Any) -> str:
    """A value as PHP makes a text of it; what is none is empty."""
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, bool):
        return "1" if value else ""
    return str(value)


def _line(sent: Sent, name: str = "title") -> str:
    return clean_line(_text(sent.get(name)))


def _filled(value: Any) -> bool:
    """Whether a value says something (PHP's `empty`)."""
    return bool(value) and value != "0"


def _flag(sent: Sent, name: str) -> int:
    return int(_filled(sent.get(name)))


def _markup(call: Call, sent: Sent, name: str) -> Any:
    """A text as its writer may write it; null where none was sent."""
    value = sent.get(name)
    if call.may("unfiltered_html"):
        return "" if isinstance(value, dict | list) else value
    return kses_post(_text(value))


def _titled(_: Call, sent: Sent, before: Sent) -> Settings:
    return {**before, "title": _line(sent)}


def _pages(_: Call, sent: Sent, before: Sent) -> Settings:
    chosen = sent.get("sortby")
    order = chosen if chosen in ("post_title", "menu_order", "ID") else "menu_order"
    return {**before, "title": _line(sent), "sortby": order, "exclude": _line(sent, "exclude")}


def _archives(_: Call, sent: Sent, before: Sent) -> Settings:
    flags = {"count": _flag(sent, "count"), "dropdown": _flag(sent, "dropdown")}
    return {**before, "title": _line(sent), **flags}


def _categories(_: Call, sent: Sent, before: Sent) -> Settings:
    flags = {name: _flag(sent, name) for name in ("count", "hierarchical", "dropdown")}
    return {**before, "title": _line(sent), **flags}


def _recent_posts(_: Call, sent: Sent, before: Sent) -> Settings:
    number = to_int(_text(sent.get("number")))
    return {**before, "title": _line(sent), "number": number, "show_date": _filled(sent.get("show_date"))}


def _recent_comments(_: Call, sent: Sent, before: Sent) -> Settings:
    return {**before, "title": _line(sent), "number": abs(to_int(_text(sent.get("number"))))}


def _tag_cloud(_: Call, sent: Sent, __: Sent) -> Settings:
    return {"title": _line(sent), "count": _flag(sent, "count"), "taxonomy": _text(sent.get("taxonomy"))}


def _menu(_: Call, sent: Sent, __: Sent) -> Settings:
    settings: Settings = {}
    if _filled(sent.get("title")):
        settings["title"] = _line(sent)
    if _filled(sent.get("nav_menu")):
        settings["nav_menu"] = to_int(_text(sent.get("nav_menu")))
    return settings


def _block(call: Call, sent: Sent, before: Sent) -> Settings:
    return {"content": "", **before} | {"content": _markup(call, sent, "content")}


def _html(call: Call, sent: Sent, before: Sent) -> Settings:
    known = {"title": "", "content": "", **before}
    return {**known, "title": _line(sent), "content": _markup(call, sent, "content")}


def _written(call: Call, sent: Sent, before: Sent) -> Settings:
    """A text: in visual mode (`visual`, once `filter` of "content") its paragraphs are always made (`filter`)."""
    text = "" if sent.get("text") is None else _markup(call, sent, "text")
    settings = {**before, "title": _line(sent), "text": text, "filter": _filled(sent.get("filter"))}
    if "content" in (before.get("filter"), sent.get("filter")):
        settings["visual"] = True
    if sent.get("visual") is not None:
        settings["visual"] = _filled(sent["visual"])
    if settings.get("visual"):
        settings["filter"] = True
    return settings


def _feed(_: Call, sent: Sent, __: Sent) -> Settings:
    """A feed; it is not looked at before the worker has fetched it, so that nothing is said of it here."""
    items = to_int(_text(sent.get("items")))
    if not 1 <= items <= MOST_FEED_ITEMS:
        items = USUAL_FEED_ITEMS
    shown = {name: to_int(_text(sent.get(name))) for name in ("show_summary", "show_author", "show_date")}
    url = clean_raw_url(strip_tags(_text(sent.get("url"))))
    title = strip_tags(_text(sent.get("title"))).strip()
    return {"title": title, "url": url, "link": "", "items": items, "error": False, **shown}


_KINDS: Mapping[str, Callable[[Call, Sent, Sent], Settings]] = {
    **dict.fromkeys(("calendar", "meta", "search"), _titled),
    "pages": _pages,
    "archives": _archives,
    "text": _written,
    "categories": _categories,
    "recent-posts": _recent_posts,
    "recent-comments": _recent_comments,
    "rss": _feed,
    "tag_cloud": _tag_cloud,
    "nav_menu": _menu,
    "custom_html": _html,
    "block": _block,
}


# ---- media: each setting is held to a schema of its own


def _classes(value: Any) -> str:
    words = items_of(value) if isinstance(value, list) else str(value).split()
    return " ".join(html_class(str(word)) for word in words).strip()


def _numbers(value: Any) -> list[int]:
    return list(dict.fromkeys(abs(to_int(item)) for item in items_of(value)))


def _plain(value: Any) -> str:
    return clean_line(_text(value))


SIZES = ("thumbnail", "medium", "medium_large", "large", "1536x1536", "2048x2048", "full", "custom")
_TITLE: Mapping[str, tuple[Schema, Callable[[Any], Any] | None]] = {"title": (s.text(default=""), _plain)}
_FILE: Mapping[str, tuple[Schema, Callable[[Any], Any] | None]] = {
    "attachment_id": (s.integer(default=0, minimum=0), None),
    "url": (s.text(default="", format="uri"), None),
    **_TITLE,
}
_LOOP = (s.boolean(default=False), None)


def _played(preload: str, kinds: tuple[str, ...], **more: Any) -> Mapping[str, Any]:
    files = {kind: (s.text(default="", format="uri"), None) for kind in kinds}
    start = (s.choice("", ("none", "auto", "metadata"), default=preload), None)
    return {"preload": start, "loop": _LOOP, **more, **files, **_FILE}


MEDIA: Final[Mapping[str, Mapping[str, tuple[Schema, Callable[[Any], Any] | None]]]] = {
    "media_audio": _played("none", ("mp3", "ogg", "flac", "m4a", "wav")),
    "media_video": _played(
        "metadata", ("mp4", "m4v", "webm", "ogv", "flv"), content=(s.text(default=""), kses_post)
    ),
    "media_image": {
        "size": (s.choice("", SIZES, default="medium"), None),
        "width": (s.integer(default=0, minimum=0), None),
        "height": (s.integer(default=0, minimum=0), None),
        "caption": (s.text(default=""), kses_post),
        "alt": (s.text(default=""), _plain),
        "link_type": (s.choice("", ("none", "file", "post", "custom"), default="custom"), None),
        "link_url": (s.text(default="", format="uri"), None),
        "image_classes": (s.text(default=""), _classes),
        "link_classes": (s.text(default=""), _classes),
        "link_rel": (s.text(default=""), _classes),
        "link_target_blank": (s.boolean(default=False), None),
        "image_title": (s.text(default=""), _plain),
        **_FILE,
    },
    "media_gallery": {
        **_TITLE,
        "ids": (s.array("", {"type": "integer"}, default=[]), _numbers),
        "columns": (s.integer(default=3, minimum=1, maximum=9), None),
        "size": (s.choice("", SIZES, default="thumbnail"), None),
        "link_type": (s.choice("", ("post", "file", "none"), default="post"), None),
        "orderby_random": (s.boolean(default=False), None),
    },
}  # fmt: skip
"""The settings of the kinds that show media: what each may hold, and how it is cleaned besides."""


def filled(kind: str, settings: Sent) -> Settings:
    """The settings of media with the defaults of those that are not set."""
    return {name: settings.get(name, schema["default"]) for name, (schema, _) in MEDIA[kind].items()}


def _media(kind: str, sent: Sent, before: Sent) -> Settings:
    """What fits its schema is kept, anything else leaves what was there."""
    settings = dict(before)
    for name, (schema, cleaned) in MEDIA[kind].items():
        if name not in sent:
            continue
        value = sent[name]
        if schema["type"] == "boolean" and value == "":
            value = False  # a box that is not ticked
        if check(value, schema, name) is None:
            value = clean(value, schema, name)
            settings[name] = cleaned(value) if cleaned is not None else value
    return settings
