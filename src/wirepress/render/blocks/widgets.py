"""What older widgets look like, which the block legacy-widget shows in a content (the methods `widget` of WordPress's).

Their settings come from wherever a content was written, so that their markup is that of who has no special trust.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from wirepress.model.php import Unreadable, unserialize
from wirepress.model.post import Post
from wirepress.model.query import CommentQuery, PostQuery, TermQuery
from wirepress.model.rendering import HoleKind
from wirepress.render.autop import autop
from wirepress.render.blocks import choices, lists
from wirepress.render.blocks.calendar import month
from wirepress.render.blocks.parse import Block, parse
from wirepress.render.blocks.render import render_blocks
from wirepress.render.blocks.rss import rss, wish_of
from wirepress.render.blocks.settings import number
from wirepress.render.blocks.shown import bracketed, by_parent, comment_author, commenter, day, local
from wirepress.render.entities import escape_attribute, escape_html
from wirepress.render.images import image_tag, sized_source
from wirepress.render.kses import kses_markup
from wirepress.render.scene import Scene
from wirepress.render.titles import full_title, linked_title, title
from wirepress.render.urls import clean_url

Settings = Mapping[str, Any]
_BLOCK_MARKS = re.compile(r"<!--(?:\s*/?wp:)+\s*")
"""Where a block begins or ends: in a widget of text these are comments, as often as they are written."""
_LONGEST = 200_000
_MOST = 1_000
_DEEPEST = 50
_PLAYED = {
    "media_audio": ("audio", ("mp3", "ogg", "flac", "m4a", "wav")),
    "media_video": ("video", ("mp4", "m4v", "webm", "ogv", "flv")),
}


def legacy_widget(block: Block, scene: Scene) -> str:
    """A widget whose kind and settings (serialised by PHP, in base64) the block holds.

    Blocks in its settings are not shown: nobody has looked through them when the content was saved.
    """
    kind, instance = block.settings.get("idBase"), block.settings.get("instance")
    if not isinstance(kind, str) or not isinstance(instance, Mapping) or kind not in _KINDS or kind == "block":
        return ""
    settings = _decoded(instance.get("encoded"))
    if settings is None:
        return ""
    return framed(kind, widget(kind, settings, scene))


def _decoded(encoded: Any) -> Settings | None:
    """The settings that a text stands for, none where it is none; None: it cannot be read."""
    if encoded is None:
        return {}
    if not isinstance(encoded, str) or len(encoded) > _LONGEST:
        return None
    try:
        value = unserialize(base64.b64decode(encoded).decode())
    except (ValueError, Unreadable):
        return None
    return value if isinstance(value, Mapping) else {}


_CLASSES = {
    "archives": "widget widget_archive",
    "recent-posts": "widget widget_recent_entries",
    "custom_html": "widget_text widget widget_custom_html",
}
_OF_BLOCKS = {
    "core/paragraph": "widget_text", "core/calendar": "widget_calendar", "core/search": "widget_search",
    "core/html": "widget_custom_html", "core/archives": "widget_archive", "core/latest-posts": "widget_recent_entries",
    "core/latest-comments": "widget_recent_comments", "core/tag-cloud": "widget_tag_cloud",
    "core/categories": "widget_categories", "core/audio": "widget_media_audio", "core/video": "widget_media_video",
    "core/image": "widget_media_image", "core/gallery": "widget_media_gallery", "core/rss": "widget_rss",
}  # fmt: skip
"""The classes of a widget by the block that it begins with."""


def framed(kind: str, shown: str, settings: Settings | None = None) -> str:
    """A widget in its frame; nothing where it shows nothing."""
    if not shown:
        return ""
    classes = _CLASSES.get(kind, f"widget widget_{kind.replace('-', '_')}")
    if kind == "block" and settings is not None:
        classes += _class_of_block(str(settings.get("content") or ""))
    return f'<div class="{classes}">{shown}</div>'


def _class_of_block(content: str) -> str:
    names = [block.name for block in parse(content[:_LONGEST]) if block.name]
    more = _OF_BLOCKS.get(names[0] or "") if names else None
    return f" {more}" if more else ""


def widget(kind: str, settings: Settings, scene: Scene) -> str:
    """What a widget of a kind shows, without its frame; "" of a kind that is none, or of one that shows nothing."""
    scene.needs(HoleKind.POSTS)
    if scene.answer is None or kind not in _KINDS:
        return ""
    usual, show = _KINDS[kind]
    inner = show(settings, scene)
    if inner is None:
        return ""
    words = str(settings.get("title") or "") or usual
    before = "\n\t\t" if kind == "recent-posts" else ""
    return before + (f'<h2 class="widgettitle">{escape_html(words)}</h2>' if words else "") + inner


def _list(items: str) -> str:
    return f"\n\t\t\t<ul>\n\t\t\t\t{items}\t\t\t</ul>\n\n\t\t\t"


def _flag(settings: Settings, name: str) -> bool:
    return settings.get(name) not in (None, "", "0", 0, False)


# ---- lists


def _pages(settings: Settings, scene: Scene) -> str | None:
    key = {"post_title": "title", "ID": "id"}.get(str(settings.get("sortby") or "menu_order"), "title")
    left_out = tuple(number(part, 0, 2**62) for part in str(settings.get("exclude") or "").split(","))
    query = PostQuery(types=("page",), orderby=key, order="asc", per_page=_MOST, exclude=left_out, with_total=False)
    pages = list(scene.posts(query))
    if settings.get("sortby") in (None, "menu_order"):
        pages.sort(key=lambda page: page.menu_order)
    children: dict[int, list[Post]] = {}
    here = {page.id for page in pages}
    for page in pages:
        children.setdefault(page.parent if page.parent in here else 0, []).append(page)
    items = _page_items(children, 0, scene, 0)
    return f"\n\t\t\t<ul>\n\t\t\t\t{items}\t\t\t</ul>\n\n\t\t\t" if items else None


def _page_items(children: Mapping[int, Sequence[Post]], parent: int, scene: Scene, depth: int) -> str:
    out, tabs = [], "\t" * depth
    for page in children.get(parent, ()):
        inner = _page_items(children, page.id, scene, depth + 1) if depth < _DEEPEST else ""
        classes = f"page_item page-item-{page.id}" + (" page_item_has_children" if inner else "")
        link = f'<a href="{clean_url(scene.lookup.permalink(page))}">{title(page.title) or f"#{page.id}"}</a>'
        below = f"\n{tabs}<ul class='children'>\n{inner}{tabs}</ul>\n{tabs}" if inner else ""
        out.append(f'{tabs}<li class="{classes}">{link}{below}</li>\n')
    return "".join(out)


def _archives(settings: Settings, scene: Scene) -> str:
    rows, with_counts = list(lists.months(scene)), _flag(settings, "count")
    if _flag(settings, "dropdown"):
        name = f"archives-dropdown-{scene.numbers.take()}"
        return choices.archives(name, rows, of="Month", counted=with_counts, labelled=False)
    return _list("".join(
        f"\t<li><a href='{clean_url(url)}'>{name}</a>{bracketed(count, with_counts)}</li>\n"
        for url, name, count in rows
    ))  # fmt: skip


def _categories(settings: Settings, scene: Scene) -> str:
    deep, with_counts = _flag(settings, "hierarchical"), _flag(settings, "count")
    terms = lists.not_empty(scene.terms(TermQuery(per_page=_MOST)), deep=deep)
    if deep and with_counts:
        terms = lists.padded(terms, scene)
    if deep:
        return _list(lists.nested(terms, scene, with_counts))
    flat = by_parent([replace(term, parent=0) for term in terms])
    return _list("".join(lists.term_item(term, "", scene, with_counts) for term in flat.get(0, ())))


def _recent_posts(settings: Settings, scene: Scene) -> str | None:
    wanted = number(settings.get("number"), 5) or 5
    items = []
    for post in scene.posts(PostQuery(per_page=wanted, with_total=False)):
        url = clean_url(scene.lookup.permalink(post))
        link = f'\t\t\t\t\t<a href="{url}">{linked_title(post)}</a>\n'
        when = ""
        if _flag(settings, "show_date"):
            when = f'<span class="post-date">{day(local(post.date, scene), scene)}</span>\n'
        items.append(f"\t\t\t\t\t\t\t\t\t\t\t<li>\n{link}\t\t\t\t\t\t\t\t\t\t\t{when}\t\t\t\t\t\t\t\t\t</li>\n")
    return f"\n\t\t<ul>\n{''.join(items)}\t\t\t\t\t</ul>\n\n\t\t" if items else None


def _recent_comments(settings: Settings, scene: Scene) -> str:
    wanted = number(settings.get("number"), 5) or 5
    newest = CommentQuery(per_page=3 * wanted + 20, types=(), types_not=("note",))  # some are on posts not seen
    items: list[str] = []
    for comment in scene.comments(newest):
        post = scene.lookup.post(comment.post)
        if post is None or post.status != "publish" or len(items) == wanted:
            continue
        name, url = escape_html(comment_author(comment, scene.lookup)), clean_url(comment.author_url)
        if not url and (user := commenter(comment, scene.lookup)) is not None:
            url = clean_url(user.url)
        author = f'<a href="{url}" class="url" rel="ugc external nofollow">{name}</a>' if url else name
        link = f'<a href="{clean_url(scene.lookup.comment_link(comment))}">{full_title(post)}</a>'
        said = f'<span class="comment-author-link">{author}</span> on {link}'
        items.append(f'<li class="recentcomments">{said}</li>')
    return f'<ul id="recentcomments">{"".join(items)}</ul>'


def _tag_cloud(settings: Settings, scene: Scene) -> str | None:
    sizes = {"smallestFontSize": "8pt", "largestFontSize": "22pt", "showTagCounts": _flag(settings, "count")}
    chosen = {"taxonomy": settings.get("taxonomy") or "post_tag", "numberOfTags": 45, **sizes}
    links = lists.cloud(chosen, scene)
    return f'<div class="tagcloud">{links}</div>\n' if links else None


def _feed(settings: Settings, scene: Scene) -> str | None:
    names = {"displayExcerpt": "show_summary", "displayAuthor": "show_author", "displayDate": "show_date"}
    flags = {ours: _flag(settings, theirs) for ours, theirs in names.items()}
    url = str(settings.get("url") or "")
    if not url or scene.entries(wish_of(url)) is None:
        return None
    chosen = {"feedURL": url, "itemsToShow": settings.get("items") or 10, **flags}
    return rss(Block("core/rss", chosen), scene)


# ---- single things


def _meta(_: Settings, scene: Scene) -> str:
    home, signed_in = scene.lookup.home, scene.answer is not None and scene.answer.viewer is not None
    links = [("wp-admin/", "Administration")] if signed_in else []
    links += [("wp-login.php", "Log in")] if not signed_in else []
    rows = [(clean_url(home(path)), words) for path, words in links]
    rows += [(clean_url(scene.lookup.home(path)), words) for path, words in (
        ("index.php?feed=rss2", "Feed of the posts"), ("index.php?feed=comments-rss2", "Feed of the comments")
    )]  # fmt: skip
    items = "".join(f'\t\t\t<li><a href="{url}">{words}</a></li>\n' for url, words in rows)
    return f"\n\t\t<ul>\n{items}\t\t</ul>\n\n\t\t"


def _search(_: Settings, scene: Scene) -> str:
    return (
        f'<form role="search" method="get" class="search-form" action="{clean_url(scene.lookup.home("/"))}">\n'
        '\t\t\t\t<label>\n\t\t\t\t\t<span class="screen-reader-text">Search for:</span>\n'
        '\t\t\t\t\t<input type="search" class="search-field" placeholder="Search &hellip;" value="" name="s" />\n'
        '\t\t\t\t</label>\n\t\t\t\t<input type="submit" class="search-submit" value="Search" />\n\t\t\t</form>'
    )


def _calendar(_: Settings, scene: Scene) -> str:
    return f'<div id="calendar_wrap" class="calendar_wrap">{month(Block("core/calendar"), scene) or ""}</div>'


def _text(settings: Settings, scene: Scene) -> str:
    text = _BLOCK_MARKS.sub("<!-- ", kses_markup(str(settings.get("text") or "")))
    if _flag(settings, "visual"):
        text = scene.content(text, scene)
    elif _flag(settings, "filter"):
        text = autop(text)
    return f'\t\t\t<div class="textwidget">{text}</div>\n\t\t'


def _html(settings: Settings, _: Scene) -> str:
    return f'<div class="textwidget custom-html-widget">{kses_markup(str(settings.get("content") or ""))}</div>'


def _blocks(settings: Settings, scene: Scene) -> str | None:
    content = str(settings.get("content") or "")
    scene.budget.read(content)
    return render_blocks(content, scene) or None


def _menu(_: Settings, __: Scene) -> None:
    """Menus stand in the site's pages, not in contents."""


# ---- media


def _image(settings: Settings, scene: Scene) -> str | None:
    size = str(settings.get("size") or "medium")
    classes = str(settings.get("image_classes") or "")
    chosen = number(settings.get("attachment_id"), 0, 2**62)
    picture, width = (scene.lookup.post(chosen) if chosen else None), number(settings.get("width"), 0, 10_000)
    if picture is not None:
        named = f"image wp-image-{chosen} {classes} attachment-{size} size-{size}"
        marks = {"class": " ".join(named.split()), "style": "max-width: 100%; height: auto;"}
        shown, found = image_tag(picture, size, scene.lookup, marks), sized_source(picture, size, scene.lookup)
        width = found[1] if found is not None else 0
    elif url := clean_url(str(settings.get("url") or "")):
        alt = escape_attribute(str(settings.get("alt") or ""))
        shown = f'<img class="image {escape_attribute(classes)}" src="{url}" alt="{alt}" />'
    else:
        return None
    if settings.get("link_type") in ("custom", None) and (link := clean_url(str(settings.get("link_url") or ""))):
        shown = f'<a href="{link}">{shown}</a>'
    if caption := kses_markup(str(settings.get("caption") or "")):
        shown += f'<figcaption class="wp-caption-text">{caption}</figcaption>'
        style = f'style="width: {width}px" ' if width else ""
        shown = f'<figure {style}class="wp-caption alignnone">{shown}</figure>'
    return shown


def _gallery(settings: Settings, scene: Scene) -> str | None:
    found = settings.get("ids")
    ids = [str(number(one, 0, 2**62)) for one in found] if isinstance(found, list) else []
    if not ids:
        return None
    words = {"columns": number(settings.get("columns"), 3, 9, 1), "size": settings.get("size") or "thumbnail"}
    if settings.get("link_type") in ("file", "none"):
        words["link"] = settings["link_type"]
    if _flag(settings, "orderby_random"):
        words["orderby"] = "rand"
    return _shortcode("gallery", {"ids": ",".join(ids), **words}, scene)


def _player(kind: str) -> Callable[[Settings, Scene], str | None]:
    name, formats = _PLAYED[kind]

    def show(settings: Settings, scene: Scene) -> str | None:
        sources = {form: settings[form] for form in formats if settings.get(form)}
        chosen = number(settings.get("attachment_id"), 0, 2**62)
        if chosen and scene.lookup.post(chosen) is not None:
            sources = {"id": chosen}
        elif settings.get("url"):
            sources["src"] = settings["url"]
        if not sources:
            return None
        more = {"preload": settings.get("preload") or "none", **({"loop": "true"} if _flag(settings, "loop") else {})}
        return _shortcode(name, {**sources, **more}, scene)

    return show


def _shortcode(name: str, words: Mapping[str, Any], scene: Scene) -> str:
    """What a shortcode shows; a sign that could end a word of it is left out."""
    said = "".join(f' {key}="{"".join(c for c in str(value) if c not in _ENDS)}"' for key, value in words.items())
    return scene.content(f"[{name}{said}]", scene).removeprefix("<p>").removesuffix("</p>\n").strip()


_ENDS = frozenset("\"'[]<>")
_KINDS: Mapping[str, tuple[str, Callable[[Settings, Scene], str | None]]] = {
    "pages": ("Pages", _pages),
    "calendar": ("", _calendar),
    "archives": ("Archives", _archives),
    "media_audio": ("", _player("media_audio")),
    "media_image": ("", _image),
    "media_gallery": ("", _gallery),
    "media_video": ("", _player("media_video")),
    "meta": ("Meta", _meta),
    "search": ("", _search),
    "text": ("", _text),
    "categories": ("Categories", _categories),
    "recent-posts": ("Recent Posts", _recent_posts),
    "recent-comments": ("Recent Comments", _recent_comments),
    "rss": ("", _feed),
    "tag_cloud": ("Tags", _tag_cloud),
    "nav_menu": ("", _menu),
    "custom_html": ("", _html),
    "block": ("", _blocks),
}
"""The kinds of widgets: the title of one that has none of its own, and what it shows (None: nothing at all)."""
