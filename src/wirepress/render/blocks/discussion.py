"""Blocks of a post's comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wirepress.model.comment import Comment
from wirepress.model.query import CommentQuery
from wirepress.model.rendering import HoleKind
from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.render import inner_html
from wirepress.render.blocks.shown import comment_author, day, full_title, is_locked, local, machine_day, number
from wirepress.render.blocks.site import heading_tag
from wirepress.render.blocks.wrapper import wrapper
from wirepress.render.comments import comment_text
from wirepress.render.entities import escape_html
from wirepress.render.scene import Scene
from wirepress.render.urls import clean_url

_DEEPEST = 10


def comments(block: Block, scene: Scene) -> str:
    """The frame of the comments; a locked post shows none."""
    if scene.needs(HoleKind.POSTS) is None or scene.post is None or is_locked(scene.post, scene):
        return ""
    if not scene.post.comment_count and scene.post.comment_status != "open":
        return ""
    return inner_html(block, scene)


def comments_title(block: Block, scene: Scene) -> str:
    post = scene.post
    if scene.needs(HoleKind.POSTS) is None or post is None or not post.comment_count:
        return ""
    settings = block.settings
    count, name = post.comment_count, f"&#8220;{full_title(post)}&#8221;"
    shown = "One response" if count == 1 else f"{count:,} responses"
    if not settings.get("showCommentsCount", True):
        shown = "Response" if count == 1 else "Responses"
    text = f"{shown} to {name}" if settings.get("showPostTitle", True) else shown
    tag = heading_tag(settings.get("level"), 2)
    return f"<{tag} {wrapper(block, id='comments')}>{text}</{tag}>"


def comment_template(block: Block, scene: Scene) -> str:
    if scene.needs(HoleKind.POSTS) is None or scene.post is None or is_locked(scene.post, scene):
        return ""
    query = CommentQuery(posts=(scene.post.id,), per_page=500, order="asc", types_not=("note",))
    found = scene.lookup.comments(query)
    known = {comment.id for comment in found}
    replies: dict[int, list[Comment]] = {}
    for comment in found:
        replies.setdefault(comment.parent if comment.parent in known else 0, []).append(comment)
    items = _items(block, replies, replies.get(0, ()), scene, 1)
    return f"<ol {wrapper(block)}>{items}</ol>" if items else ""


def _items(
    block: Block, replies: Mapping[int, Sequence[Comment]], shown: Sequence[Comment], scene: Scene, depth: int
) -> str:
    out: list[str] = []
    for comment in shown:
        inner = inner_html(block, scene.around(scene.post, comment=comment))
        below = replies.get(comment.id, ()) if depth < _DEEPEST else ()
        if below:
            inner += f"<ol>{_items(block, replies, below, scene, depth + 1)}</ol>"
        place = "even" if len(out) % 2 == 0 else "odd"
        out.append(f'<li id="comment-{comment.id}" class="comment {place} depth-{depth}">{inner}</li>')
    return "".join(out)


def _comment(scene: Scene) -> Comment | None:
    comment = scene.context.get("comment")
    return comment if isinstance(comment, Comment) else None


def author_name(block: Block, scene: Scene) -> str:
    comment = _comment(scene)
    if comment is None:
        return ""
    name = escape_html(comment_author(comment, scene))
    url = clean_url(comment.author_url)
    if url and block.settings.get("isLink", True):
        target = "_blank" if block.settings.get("linkTarget") == "_blank" else "_self"
        name = f'<a rel="external nofollow ugc" href="{url}" target="{target}" >{name}</a>'
    return f"<div {wrapper(block)}>{name}</div>"


def date(block: Block, scene: Scene) -> str:
    comment = _comment(scene)
    if comment is None:
        return ""
    moment = local(comment.date, comment.date_gmt)
    shown = day(moment, scene, str(block.settings.get("format") or ""))
    if block.settings.get("isLink", True) and scene.post is not None:
        url = f"{clean_url(scene.lookup.permalink(scene.post))}#comment-{comment.id}"
        shown = f'<a href="{url}">{shown}</a>'
    return f'<div {wrapper(block)}><time datetime="{machine_day(moment)}">{shown}</time></div>'


def content(block: Block, scene: Scene) -> str:
    comment = _comment(scene)
    if comment is None:
        return ""
    images = scene.lookup.home("wp-includes/images/smilies/")
    return f"<div {wrapper(block)}>{comment_text(comment.content, smiley_images=images)}</div>"


def count(block: Block, scene: Scene) -> str:
    if scene.needs(HoleKind.POSTS) is None or scene.post is None:
        return ""
    return f"<div {wrapper(block)}>{number(scene.post.comment_count, 0, 10**9)}</div>"


def nothing(_block: Block, _scene: Scene) -> str:
    """A block that has nothing to show here: forms, edit links, and what a theme or a plugin would fill."""
    return ""
