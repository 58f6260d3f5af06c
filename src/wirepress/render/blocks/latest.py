"""Blocks of what is newest: posts and comments."""

from __future__ import annotations

from typing import Any, Literal

from wirepress.model.comment import Comment
from wirepress.model.post import Post
from wirepress.model.query import CommentQuery, PostQuery, TermFilter
from wirepress.model.rendering import HoleKind
from wirepress.render.autop import autop
from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.render import render_blocks
from wirepress.render.blocks.settings import LONGEST_EXCERPT, at, number
from wirepress.render.blocks.shown import author_of, avatar, comment_author, day, is_locked, local, machine_day
from wirepress.render.blocks.wrapper import linked, wrapper
from wirepress.render.entities import escape_attribute, escape_html
from wirepress.render.images import image_tag
from wirepress.render.kses import kses_markup
from wirepress.render.scene import Scene
from wirepress.render.slugs import html_class
from wirepress.render.strip import trim_words
from wirepress.render.titles import full_title, linked_title
from wirepress.render.urls import clean_url

_ORDERS = {"date": "date", "title": "title", "modified": "modified", "menu_order": "menu_order"}
_EXCERPT_WORDS = 20
_DEEPEST = 8


def latest_posts(block: Block, scene: Scene) -> str:
    if scene.needs(HoleKind.POSTS) is None:
        return ""
    settings = block.settings
    usual = number(scene.lookup.option("posts_per_page", 10), 10) or 10
    posts = scene.posts(_query(settings, usual))
    items = "".join(_post_item(post, settings, scene) for post in posts)
    classes = ["wp-block-latest-posts__list"]
    columns = settings.get("columns")
    if at(settings, "layout", "type") == "grid":
        columns = at(settings, "layout", "columnCount")
    if "grid" in (settings.get("postLayout"), at(settings, "layout", "type")):
        classes.append("is-grid")
        if columns is not None:
            classes.append(f"columns-{number(columns, 3)}")
    if settings.get("displayPostDate"):
        classes.append("has-dates")
    if settings.get("displayAuthor"):
        classes.append("has-author")
    classes.append(linked(block))
    return f"<ul {wrapper(block, ' '.join(classes))}>{items}</ul>"


def _query(settings: dict[str, Any], per_page: int) -> PostQuery:
    order: Literal["asc", "desc"] = "asc" if settings.get("order") == "asc" else "desc"
    ids = _chosen(settings.get("categories"))
    chosen = settings.get("selectedAuthor")
    author = chosen if isinstance(chosen, int) else 0
    return PostQuery(
        per_page=number(settings.get("postsToShow"), 5) or per_page,
        orderby=_ORDERS.get(str(settings.get("orderBy")), "date"),
        order=order,
        terms=(TermFilter("category", ids),) if ids else (),
        authors=(author,) if author > 0 else (),
        authors_not=(-author,) if author < 0 else (),
        with_total=False,
    )


def _chosen(categories: Any) -> tuple[int, ...]:
    """The ids of categories, which are named by their ids or as objects."""
    if not isinstance(categories, list):
        return ()
    ids = (category.get("id") if isinstance(category, dict) else category for category in categories)
    return tuple(i for i in ids if isinstance(i, int))


def _post_item(post: Post, settings: dict[str, Any], scene: Scene) -> str:
    url = clean_url(scene.lookup.permalink(post))
    name = linked_title(post)
    parts = ["<li>", _picture(post, name, url, settings, scene)]
    parts.append(f'<a class="wp-block-latest-posts__post-title" href="{url}">{name}</a>')
    if settings.get("displayAuthor"):
        author = author_of(post, scene)
        byline = f"by {author.name if author else ''}"
        parts.append(f'<div class="wp-block-latest-posts__post-author">{byline}</div>')
    if settings.get("displayPostDate"):
        moment = local(post.date, scene)
        marks = f'datetime="{machine_day(moment)}" class="wp-block-latest-posts__post-date"'
        parts.append(f"<time {marks}>{day(moment, scene)}</time>")
    if settings.get("displayPostContent"):
        parts.append(_words(post, settings, scene))
    parts.append("</li>\n")
    return "".join(parts)


def _words(post: Post, settings: dict[str, Any], scene: Scene) -> str:
    """The post's excerpt, or all of it; in a setting that is neither, nothing."""
    wanted = settings.get("displayPostContentRadio", "excerpt")
    if wanted not in ("excerpt", "full_post"):
        return ""
    if is_locked(post, scene):
        text = "This content is password protected."
    elif wanted == "excerpt":
        text = scene.excerpt(post, scene.around(post), number(settings.get("excerptLength"), 55, LONGEST_EXCERPT))
        text = _with_way_on(text, post, scene)
    elif post.id in scene.open or len(scene.open) > _DEEPEST:
        text = ""
    else:
        scene.budget.read(post.content)
        text = render_blocks(kses_markup(post.content), scene.inside(post))
    return (
        f'<div class="wp-block-latest-posts__post-{"excerpt" if wanted == "excerpt" else "full-content"}">{text}</div>'
    )


def _with_way_on(excerpt: str, post: Post, scene: Scene) -> str:
    """An excerpt that was cut off ends in a link to the rest."""
    kept, cut, _ = excerpt.partition(" [&hellip;]")
    if not cut:
        return excerpt
    name = f'<span class="screen-reader-text">: {full_title(post)}</span>'
    url = clean_url(scene.lookup.permalink(post))
    return f'{kept}\u2026 <a class="wp-block-latest-posts__read-more" href="{url}" rel="noopener">Read more{name}</a>'


def _picture(post: Post, name: str, url: str, settings: dict[str, Any], scene: Scene) -> str:
    if not settings.get("displayFeaturedImage") or not post.thumbnail:
        return ""
    picture = scene.lookup.post(post.thumbnail)
    size = str(settings.get("featuredImageSizeSlug", "thumbnail"))
    classes = f"attachment-{size} size-{size} wp-post-image"
    marks = {"class": classes, "style": _sized(settings)}
    shown = image_tag(picture, size, scene.lookup, marks) if picture else ""
    if settings.get("addLinkToFeaturedImage"):
        shown = f'<a href="{url}" aria-label="{escape_attribute(name)}">{shown}</a>'
    align = settings.get("featuredImageAlign")
    aligned = f" align{html_class(align)}" if isinstance(align, str) and align else ""
    return f'<div class="wp-block-latest-posts__featured-image{aligned}">{shown}</div>'


def _sized(settings: dict[str, Any]) -> str:
    """How large a picture may be shown, as a style."""
    bounds = (("max-width", "featuredImageSizeWidth"), ("max-height", "featuredImageSizeHeight"))
    rules = (f"{rule}:{number(settings[key], 0, 10**6)}px;" for rule, key in bounds if settings.get(key) is not None)
    return "".join(rules)


WITH_AVATARS = ("comment", "note")
"""The types of comments that show an avatar; pings have none (is_avatar_comment_type)."""


def latest_comments(block: Block, scene: Scene) -> str:
    if scene.needs(HoleKind.POSTS) is None:
        return ""
    settings = block.settings
    wanted = number(settings.get("commentsToShow"), 5) or 5
    newest = CommentQuery(per_page=3 * wanted + 20, types=(), types_not=("note",))  # some are on posts not seen
    with_avatars = settings.get("displayAvatar", True)
    with_dates = settings.get("displayDate", True)
    with_excerpts = settings.get("displayExcerpt", True) and settings.get("displayContent", "excerpt") != "none"
    flags = (("has-avatars", with_avatars), ("has-dates", with_dates), ("has-excerpts", with_excerpts))
    classes = " ".join(name for name, on in flags if on)
    items = [item for c in scene.comments(newest) if (item := _comment_item(c, settings, scene))][:wanted]
    if not items:
        return f"<div {wrapper(block, f'{classes} no-comments'.strip())}>No comments to show.</div>"
    return f"<ol {wrapper(block, classes)}>{''.join(items)}</ol>"


def _comment_item(comment: Comment, settings: dict[str, Any], scene: Scene) -> str:
    post = scene.lookup.post(comment.post)
    if post is None or post.status != "publish":
        return ""
    parts = ['<li class="wp-block-latest-comments__comment">']
    if settings.get("displayAvatar", True) and comment.type in WITH_AVATARS:
        parts.append(avatar(comment.author_email, 48, scene, classes="wp-block-latest-comments__comment-avatar"))
    parts.append('<article><footer class="wp-block-latest-comments__comment-meta">')
    name = escape_html(comment_author(comment, scene.lookup))
    url = clean_url(comment.author_url)
    user = scene.lookup.user(comment.user) if comment.user and not url else None
    if user is not None:
        url = clean_url(scene.lookup.author_link(user))
    marked = 'class="wp-block-latest-comments__comment-author"'
    author = f'<a {marked} href="{url}">{name}</a>' if url else f"<span {marked}>{name}</span>"
    link = clean_url(scene.lookup.comment_link(comment))
    parts.append(f'{author} on <a class="wp-block-latest-comments__comment-link" href="{link}">{full_title(post)}</a>')
    if settings.get("displayDate", True):
        moment = local(comment.date, scene)
        parts.append(
            f'<time datetime="{machine_day(moment)}" class="wp-block-latest-comments__comment-date">'
            f"{day(moment, scene)}</time>"
        )
    parts.append("</footer>")
    if settings.get("displayExcerpt", True) and settings.get("displayContent", "excerpt") != "none":
        locked = is_locked(post, scene)
        words = "Password protected" if locked else trim_words(comment.content, _EXCERPT_WORDS)
        parts.append(f'<div class="wp-block-latest-comments__comment-excerpt">{autop(words)}</div>')
    parts.append("</article></li>")
    return "".join(parts)
