"""Blocks of the post around them: its title, text, date, author, picture, terms and footnotes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from wirepress.model.post import Post
from wirepress.model.rendering import HoleKind
from wirepress.model.user import User
from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.settings import at, link_target, number
from wirepress.render.blocks.shown import author_of, avatar, day, full_title, is_locked, local, machine_day
from wirepress.render.blocks.site import heading_tag
from wirepress.render.blocks.wrapper import wrapped, wrapper
from wirepress.render.entities import escape_attribute, escape_html
from wirepress.render.images import image_tag
from wirepress.render.kses import kses_markup
from wirepress.render.scene import Scene
from wirepress.render.slugs import html_class
from wirepress.render.urls import clean_url

_MAX_FOOTNOTES = 2_000
_MEASURES = (("aspectRatio", "aspect-ratio"), ("width", "width"), ("height", "height"))


def post_title(block: Block, scene: Scene) -> str:
    post = scene.post
    if post is None or not (name := full_title(post)):
        return ""
    settings = block.settings
    tag = heading_tag(settings.get("level"), 2)
    if settings.get("isLink"):
        rel = settings.get("rel") and f' rel="{escape_attribute(str(settings["rel"]))}"'
        target = f'target="{link_target(settings)}"{rel or ""}'
        name = f'<a href="{clean_url(scene.lookup.permalink(post))}" {target}>{name}</a>'
    return f"<{tag} {wrapper(block)}>{name}</{tag}>"


def post_content(block: Block, scene: Scene) -> str:
    """The content of the post around it; inside that content it would have no end, and is nothing."""
    post = scene.post
    if post is None or post.id in scene.open or len(scene.open) > 8 or is_locked(post, scene):
        return ""
    html = scene.content(post.content, scene.inside(post)).replace("]]>", "]]&gt;")
    return wrapped(block, html, "entry-content")


def post_excerpt(block: Block, scene: Scene) -> str:
    post = scene.post
    if post is None:
        return ""
    settings = block.settings
    text = ""
    if is_locked(post, scene):
        text = "There is no excerpt because this is a protected post."
    elif post.id not in scene.open or post.excerpt:
        text = scene.excerpt(post, scene.inside(post), number(settings.get("excerptLength"), 55))
    more = ""
    if settings.get("moreText"):
        url = clean_url(scene.lookup.permalink(post))
        words = kses_markup(str(settings["moreText"]))
        more = f'<a class="wp-block-post-excerpt__more-link" href="{url}">{words}</a>'
    html = f'<p class="wp-block-post-excerpt__excerpt">{text}'
    if settings.get("showMoreOnNewLine", True) and more:
        html += f'</p><p class="wp-block-post-excerpt__more-text">{more}</p>'
    else:
        html += f" {more}</p>"
    return f"<div {wrapper(block)}>{html}</div>"


def post_date(block: Block, scene: Scene) -> str:
    post = scene.post
    if post is None:
        return ""
    settings = block.settings
    bindings = at(settings, "metadata", "bindings")
    moment, classes = local(post.date, post.date_gmt), ""
    if settings.get("displayType") == "modified" or '"modified"' in json.dumps(bindings):
        if post.modified <= post.date:
            return ""
        moment, classes = local(post.modified, post.modified_gmt), "wp-block-post-date__modified-date"
    shown = day(moment, scene, str(settings.get("format") or ""))
    if settings.get("isLink"):
        shown = f'<a href="{clean_url(scene.lookup.permalink(post))}">{shown}</a>'
    return f'<div {wrapper(block, classes)}><time datetime="{machine_day(moment)}">{shown}</time></div>'


def post_author_name(block: Block, scene: Scene) -> str:
    author = _author(scene)
    if author is None:
        return ""
    name = escape_html(author.name)
    if block.settings.get("isLink"):
        target = link_target(block.settings)
        url = clean_url(scene.lookup.author_link(author))
        name = f'<a href="{url}" target="{target}" class="wp-block-post-author-name__link">{name}</a>'
    return f"<div {wrapper(block)}>{name}</div>"


def post_author_biography(block: Block, scene: Scene) -> str:
    author = _author(scene)
    if author is None or not author.description:
        return ""
    return f"<div {wrapper(block)}>{kses_markup(author.description)}</div>"


def post_author(block: Block, scene: Scene) -> str:
    author = _author(scene)
    if author is None:
        return ""
    settings = block.settings
    html = ""
    if settings.get("showAvatar", True):
        picture = avatar(author.email, number(settings.get("avatarSize"), 48, 512) or 48, scene)
        html += f'<div class="wp-block-post-author__avatar">{picture}</div>'
    html += '<div class="wp-block-post-author__content">'
    if byline := settings.get("byline"):
        html += f'<p class="wp-block-post-author__byline">{kses_markup(str(byline))}</p>'
    name = escape_html(author.name)
    if settings.get("isLink"):
        name = f'<a href="{clean_url(scene.lookup.author_link(author))}" target="_self">{name}</a>'
    html += f'<p class="wp-block-post-author__name">{name}</p>'
    if settings.get("showBio"):
        html += f'<p class="wp-block-post-author__bio">{kses_markup(author.description)}</p>'
    return f"<div {wrapper(block)}>{html}</div></div>"


def avatar_block(block: Block, scene: Scene) -> str:
    """The picture of a comment's author, of a chosen user, or of the post's author."""
    settings = block.settings
    person = _pictured(settings, scene)
    if person is None:
        return ""
    email, name, url = person
    size = number(settings.get("size"), 96, 1024) or 96
    picture = avatar(email, size, scene, alt=f"{name} Avatar", classes="wp-block-avatar__image")
    if picture and settings.get("isLink") and url:
        target = link_target(settings)
        picture = f'<a href="{clean_url(url)}" target="{target}" class="wp-block-avatar__link">{picture}</a>'
    return wrapped(block, picture)


def _pictured(settings: Mapping[str, Any], scene: Scene) -> tuple[str, str, str] | None:
    """The e-mail address, name and address of who is pictured."""
    comment = scene.context.get("comment")
    if comment is not None:
        return comment.author_email, comment.author_name, comment.author_url
    if scene.needs(HoleKind.POSTS) is None:
        return None
    chosen = number(settings.get("userId"), 0, 2**62)
    author = scene.lookup.user(chosen) if chosen else _author(scene)
    if author is None:
        return None
    return author.email, author.name, scene.lookup.author_link(author)


def post_featured_image(block: Block, scene: Scene) -> str:
    post, picture = scene.post, scene.thumbnail
    if post is None or picture is None:
        return ""
    settings = block.settings
    size = str(settings.get("sizeSlug") or "post-thumbnail")
    marks = {"class": f"attachment-{size} size-{size} wp-post-image"}
    if settings.get("isLink"):
        marks["alt"] = full_title(post)
    style = "".join(f"{name}:{settings[key]};" for key, name in _MEASURES if settings.get(key))
    marks["style"] = f"{style}object-fit:{settings.get('scale') or 'cover'};"
    shown = image_tag(picture, size, scene.lookup, marks)
    if shown and settings.get("isLink"):
        target = link_target(settings)
        shown = f'<a href="{clean_url(scene.lookup.permalink(post))}" target="{target}"  >{shown}</a>'
    return wrapped(block, shown, element="figure")


def post_terms(block: Block, scene: Scene) -> str:
    post = scene.post
    taxonomy = str(block.settings.get("term") or "")
    if post is None or not taxonomy:
        return ""
    links = list(_term_links(post, taxonomy, scene))
    if not links:
        return ""
    settings = block.settings
    separator = escape_html(str(settings.get("separator", ", ")))
    joined = f'<span class="wp-block-post-terms__separator">{separator}</span>'.join(links)
    if prefix := settings.get("prefix"):
        joined = f'<span class="wp-block-post-terms__prefix">{kses_markup(str(prefix))}</span>{joined}'
    if suffix := settings.get("suffix"):
        joined += f'<span class="wp-block-post-terms__suffix">{kses_markup(str(suffix))}</span>'
    return f"<div {wrapper(block, f'taxonomy-{html_class(taxonomy)}')}>{joined}</div>"


def _term_links(post: Post, taxonomy: str, scene: Scene) -> Iterator[str]:
    for term in [scene.lookup.term(ref.id) for ref in post.terms if ref.taxonomy == taxonomy]:
        if term is not None:
            yield f'<a href="{clean_url(scene.lookup.term_link(term))}" rel="tag">{term.name}</a>'


def read_more(block: Block, scene: Scene) -> str:
    post = scene.post
    if post is None:
        return ""
    settings = block.settings
    words = kses_markup(str(settings.get("content") or "Read more"))
    target = link_target(settings)
    url = clean_url(scene.lookup.permalink(post))
    name = f'<span class="screen-reader-text">: {full_title(post) or f"untitled post {post.id}"}</span>'
    return f'<a {wrapper(block)} href="{url}" target="{target}">{words}{name}</a>'


def footnotes(block: Block, scene: Scene) -> str:
    post = scene.post
    if post is None or is_locked(post, scene):
        return ""
    items = ""
    for place, (name, text) in enumerate(_notes(post), 1):
        back = f'<a href="#{name}-link" aria-label="Jump to footnote reference {place}">\u21a9\ufe0e</a>'
        items += f'<li id="{name}">{text} {back}</li>'
    return wrapped(block, items, element="ol")


def _notes(post: Post) -> list[tuple[str, str]]:
    notes = post.first_meta("footnotes")
    try:
        if isinstance(notes, str):
            notes = json.loads(notes)
    except (ValueError, RecursionError):
        return []
    if not isinstance(notes, list):
        return []
    return [
        (escape_attribute(str(note.get("id", ""))), kses_markup(str(note.get("content", ""))))
        for note in notes[:_MAX_FOOTNOTES]
        if isinstance(note, dict)
    ]


def _author(scene: Scene) -> User | None:
    if scene.post is None or scene.needs(HoleKind.POSTS) is None:
        return None
    return author_of(scene.post, scene)
