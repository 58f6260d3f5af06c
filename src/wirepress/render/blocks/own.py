"""Blocks of the post around them: its title, text, date, author, picture, terms and footnotes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from wirepress.model.post import Post
from wirepress.model.rendering import HoleKind
from wirepress.model.user import User
from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.settings import LONGEST_EXCERPT, at, link_target, number
from wirepress.render.blocks.shown import (
    author_of,
    avatar,
    day,
    in_site_zone,
    is_locked,
    local,
    machine_day,
    zone,
)
from wirepress.render.blocks.site import heading_tag
from wirepress.render.blocks.styles import borders
from wirepress.render.blocks.wrapper import aligned, linked, wrapped, wrapper
from wirepress.render.entities import escape_attribute, escape_html
from wirepress.render.kses import kses_markup
from wirepress.render.scene import Scene
from wirepress.render.slugs import html_class
from wirepress.render.strip import trim_words
from wirepress.render.titles import full_title
from wirepress.render.typography import signs_for
from wirepress.render.urls import clean_url

_MAX_FOOTNOTES = 2_000
_LARGEST_AVATAR = 10_000
_EXCERPT = 101
"""Words of an excerpt that its block is made of; the block cuts it again, an author's own as well."""


def post_title(block: Block, scene: Scene) -> str:
    post = scene.post
    if post is None or not (name := full_title(post)):
        return ""
    settings = block.settings
    tag = heading_tag(settings.get("level"), 2)
    if settings.get("isLink"):
        rel = f'rel="{escape_attribute(str(settings["rel"]))}"' if settings.get("rel") else ""
        target = f'target="{link_target(settings)}" {rel}'
        name = f'<a href="{clean_url(scene.lookup.permalink(post))}" {target}>{name}</a>'
    return f"<{tag} {wrapper(block, f'{aligned(block)} {linked(block)}')}>{name}</{tag}>"


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
        text = scene.excerpt(post, scene.inside(post), _EXCERPT)
    length, counted = number(settings.get("excerptLength"), 55, LONGEST_EXCERPT), signs_for(scene.lookup).characters
    text = trim_words(text, length, characters=counted)
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
    return f"<div {wrapper(block, f'{aligned(block)} {linked(block)}')}>{html}</div>"


def post_date(block: Block, scene: Scene) -> str:
    """The day of the post, of its last change, or one that the block names."""
    post = scene.post
    settings = block.settings
    if post is None:
        return ""
    bound = json.dumps(at(settings, "metadata", "bindings"))
    classes = ""
    written = settings.get("datetime")
    if isinstance(written, str) and '"core/post-data"' not in bound:
        return _named_day(block, post, written, scene)
    if is_locked(post, scene):
        return ""
    moment = local(post.date, scene)
    if settings.get("displayType") == "modified" or '"modified"' in bound:
        if post.modified <= post.date:
            return ""
        moment = local(post.modified, scene)
        classes = "wp-block-post-date__modified-date" if settings.get("displayType") == "modified" else ""
    return _day_of(block, post, scene, moment, machine_day(moment), classes)


def _named_day(block: Block, post: Post, written: str, scene: Scene) -> str:
    """What is no date shows as today, as with WordPress."""
    if not written:
        return ""
    moment = in_site_zone(written, scene)
    if moment is None:
        answer = scene.needs(HoleKind.TIME)
        if answer is None:
            return ""
        moment = answer.now.astimezone(zone(scene))
    return _day_of(block, post, scene, moment, escape_attribute(written))


def _day_of(block: Block, post: Post, scene: Scene, moment: datetime | None, written: str, classes: str = "") -> str:
    shown = day(moment, scene, str(block.settings.get("format") or ""))
    html = f'<time datetime="{written}">{shown}</time>'
    if block.settings.get("isLink"):
        html = f'<a href="{clean_url(scene.lookup.permalink(post))}">{html}</a>'
    return f"<div {wrapper(block, f'{aligned(block)} {linked(block)} {classes}')}>{html}</div>"


def post_author_name(block: Block, scene: Scene) -> str:
    author = _author(scene)
    if author is None:
        return ""
    name = escape_html(author.name)
    if block.settings.get("isLink"):
        target = link_target(block.settings)
        url = clean_url(scene.lookup.author_link(author))
        name = f'<a href="{url}" target="{target}" class="wp-block-post-author-name__link">{name}</a>'
    return f"<div {wrapper(block, f'{aligned(block)} {linked(block)}')}>{name}</div>"


def post_author_biography(block: Block, scene: Scene) -> str:
    author = _author(scene)
    if author is None or not author.description:
        return ""
    return f"<div {wrapper(block, aligned(block))}>{kses_markup(author.description)}</div>"


def post_author(block: Block, scene: Scene) -> str:
    author = _author(scene)
    if author is None:
        return ""
    settings = block.settings
    html = ""
    if settings.get("showAvatar", True):
        size = number(settings.get("avatarSize"), 48, 512)
        picture = avatar(author.email, size, scene) if size else ""
        html += f'<div class="wp-block-post-author__avatar">{picture}</div>'
    html += '<div class="wp-block-post-author__content">'
    if byline := settings.get("byline"):
        html += f'<p class="wp-block-post-author__byline">{kses_markup(str(byline))}</p>'
    name = escape_html(author.name)
    if settings.get("isLink"):
        name = f'<a href="{clean_url(scene.lookup.author_link(author))}" target="{link_target(settings)}">{name}</a>'
    html += f'<p class="wp-block-post-author__name">{name}</p>'
    if settings.get("showBio"):
        html += f'<p class="wp-block-post-author__bio">{kses_markup(author.description)}</p>'
    return f"<div {wrapper(block, f'{aligned(block)} {linked(block)}')}>{html}</div></div>"


def avatar_block(block: Block, scene: Scene) -> str:
    """The picture of a comment's author, of a chosen user, or of the post's author."""
    settings = block.settings
    person = _pictured(settings, scene)
    if person is None:
        return ""
    email, name, url = person
    size = abs(number(settings.get("size"), 96, _LARGEST_AVATAR, -_LARGEST_AVATAR))
    border = borders(block.name, settings, outer=False)
    rules = "".join(f"{rule};" for rule in border.declarations)
    classes = " ".join(("wp-block-avatar__image", *border.classes))
    marks = f' style="{escape_attribute(rules)}"' if rules else ""
    picture = avatar(email, size, scene, alt=f"{name} Avatar", classes=classes, marks=marks)
    if picture and settings.get("isLink") and url:
        target = link_target(settings)
        label = ""
        if target == "_blank":
            label = f'aria-label="({escape_attribute(name)} author archive, opens in a new tab)"'
        picture = f'<a href="{clean_url(url)}" target="{target}" {label} class="wp-block-avatar__link">{picture}</a>'
    return wrapped(block, picture)


def _pictured(settings: Mapping[str, Any], scene: Scene) -> tuple[str, str, str] | None:
    """The e-mail address, name and address of who is pictured; of a user who is not there all are empty."""
    comment = scene.context.get("comment")
    if comment is not None:
        return comment.author_email, comment.author_name, comment.author_url
    if scene.needs(HoleKind.POSTS) is None:
        return None
    if chosen := number(settings.get("userId"), 0, 2**62):
        author = scene.lookup.user(chosen) or User(chosen, "", "")
    elif (found := _author(scene)) is not None:
        author = found
    else:
        return None
    url = scene.lookup.author_link(author)
    return author.email, author.name, url


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
    classes = f"taxonomy-{html_class(taxonomy)} {aligned(block)} {linked(block)}"
    return f"<div {wrapper(block, classes)}>{joined}</div>"


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
