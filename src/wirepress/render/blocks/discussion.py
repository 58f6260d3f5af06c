"""Blocks of a post's comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wirepress.model.comment import Comment
from wirepress.model.query import CommentQuery
from wirepress.model.rendering import HoleKind
from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.render import inner_html
from wirepress.render.blocks.settings import number, one_of
from wirepress.render.blocks.shown import (
    avatar,
    by_parent,
    comment_author,
    commenter,
    counted,
    day,
    is_locked,
    local,
    machine_day,
)
from wirepress.render.blocks.site import heading_tag
from wirepress.render.blocks.supports import with_own_elements
from wirepress.render.blocks.wrapper import aligned, linked, wrapped, wrapper
from wirepress.render.comments import comment_text
from wirepress.render.entities import escape_attribute, escape_html
from wirepress.render.scene import Scene
from wirepress.render.slugs import html_class
from wirepress.render.titles import full_title
from wirepress.render.typography import signs_for
from wirepress.render.urls import clean_url

_STRIPES = (("even",), ("odd", "alt"))
_THREAD_STRIPES = (("thread-even",), ("thread-odd", "thread-alt"))
_DEEPEST = 10
"""What WordPress lets a site nest at most."""
_MOST_NESTED = 50
"""Replies to replies are followed no further: a chain of a thousand would be a call each."""


def comments(block: Block, scene: Scene) -> str:
    """The frame of the comments; a locked post shows none."""
    if scene.needs(HoleKind.POSTS) is None or scene.post is None or is_locked(scene.post, scene):
        return ""
    if not scene.post.comment_count and scene.post.comment_status != "open":
        return ""
    if block.settings.get("legacy"):
        return f"<div {wrapper(block, f'wp-block-post-comments {aligned(block)}')}></div>"
    return inner_html(block, scene)


def post_comments(block: Block, scene: Scene) -> str:
    """The comments as themes of old showed them: on a page of its own there are some, in an answer none."""
    post = scene.post
    if post is None or is_locked(post, scene) or not (post.comment_count or post.comment_status == "open"):
        return ""
    return f"<div {wrapper(block, aligned(block))}></div>"


def comments_title(block: Block, scene: Scene) -> str:
    post = scene.post
    if scene.needs(HoleKind.POSTS) is None or (post is not None and not post.comment_count):
        return ""
    settings = block.settings
    count, name = 0, "&#8220;&#8221;"  # as the editor's preview shows it, which has no post
    if post is not None:
        count, name = post.comment_count, f"&#8220;{full_title(post)}&#8221;"
    if settings.get("showCommentsCount", True):
        text = "One response" if count == 1 else f"{count:,} responses"
    else:
        text = "Response" if count == 1 else "Responses"
    if settings.get("showPostTitle", True):
        text += f" to {name}"
    tag = heading_tag(settings.get("level"), 2)
    return f'<{tag} id="comments" {wrapper(block, aligned(block))}>{text}</{tag}>'


def comment_template(block: Block, scene: Scene) -> str:
    if scene.needs(HoleKind.POSTS) is None or scene.post is None or is_locked(scene.post, scene):
        return ""
    query = CommentQuery(posts=(scene.post.id,), per_page=500, order="asc", types=(), types_not=("note",))
    found = scene.comments(query)
    deepest, replies = 1, {0: list(found)}
    if scene.option_is_on("thread_comments"):
        deepest, replies = number(scene.lookup.option("thread_comments_depth", 5), 5, _DEEPEST), by_parent(found)
    first = replies.get(0, [])
    if scene.lookup.option("comment_order", "asc") == "desc":
        first = first[::-1]
    return wrapped(block, _Thread(block, scene, replies, deepest).listed(first, 1), element="ol")


class _Thread:
    """The comments of a post as a list of lists; odd and even are counted through all of them, as they are read."""

    def __init__(self, block: Block, scene: Scene, replies: Mapping[int, Sequence[Comment]], deepest: int) -> None:
        self.block, self.scene, self.replies, self.deepest = block, scene, replies, max(1, deepest)
        self.shown = self.threads = self.nested = 0

    def listed(self, comments: Sequence[Comment], depth: int) -> str:
        out: list[str] = []
        for comment in comments:
            inner = inner_html(self.block, self.scene.around(self.scene.post, comment=comment))
            inner = with_own_elements(inner, self.block)
            classes = escape_attribute(" ".join(self._classes(comment, depth)))
            below = self.replies.get(comment.id, ())
            if below and self.nested < _MOST_NESTED:
                self.nested += 1
                # Replies beyond the deepest level stand beside what they answer.
                further = self.listed(below, min(depth + 1, self.deepest))
                inner += f"<ol>{further}</ol>" if depth < self.deepest else further
                self.nested -= 1
            out.append(f'<li id="comment-{comment.id}" class="{classes}">{inner}</li>')
        return "".join(out)

    def _classes(self, comment: Comment, depth: int) -> list[str]:
        """As WordPress names a comment (`get_comment_class`)."""
        names = [comment.type or "comment"]
        user = commenter(comment, self.scene.lookup)
        if user is not None:
            names += ["byuser", f"comment-author-{html_class(user.slug, str(user.id))}"]
            if self.scene.post is not None and user.id == self.scene.post.author:
                names.append("bypostauthor")
        names += _STRIPES[self.shown % 2]
        self.shown += 1
        if depth == 1:
            names += _THREAD_STRIPES[self.threads % 2]
            self.threads += 1
        return [*names, f"depth-{depth}"]


def _comment(scene: Scene) -> Comment | None:
    comment = scene.context.get("comment")
    return comment if isinstance(comment, Comment) else None


def author_name(block: Block, scene: Scene) -> str:
    comment = _comment(scene)
    if comment is None:
        return ""
    name = escape_html(comment_author(comment, scene.lookup))
    url = clean_url(comment.author_url)
    if url and block.settings.get("isLink", True):
        target = one_of(block.settings.get("linkTarget"), ("_blank",), "_self")
        name = f'<a rel="external nofollow ugc" href="{url}" target="{target}" >{name}</a>'
    return f"<div {wrapper(block, f'{aligned(block)} {linked(block)}')}>{name}</div>"


def date(block: Block, scene: Scene) -> str:
    comment = _comment(scene)
    if comment is None:
        return ""
    moment = local(comment.date, scene)
    shown = day(moment, scene, str(block.settings.get("format") or ""))
    if block.settings.get("isLink", True) and scene.post is not None:
        url = clean_url(scene.lookup.comment_link(comment))
        shown = f'<a href="{url}">{shown}</a>'
    return f'<div {wrapper(block, linked(block))}><time datetime="{machine_day(moment)}">{shown}</time></div>'


def content(block: Block, scene: Scene) -> str:
    comment = _comment(scene)
    if comment is None:
        return ""
    images = scene.lookup.home("wp-includes/images/smilies/")
    text = comment_text(comment.content, smiley_images=images, signs=signs_for(scene.lookup))
    return f"<div {wrapper(block, f'{aligned(block)} {linked(block)}')}>{text}</div>"


def count(block: Block, scene: Scene) -> str:
    if scene.needs(HoleKind.POSTS) is None or scene.post is None:
        return ""
    return f"<div {wrapper(block, aligned(block))}>{number(scene.post.comment_count, 0, 10**9)}</div>"


def comments_link(block: Block, scene: Scene) -> str:
    """The way to the comments of a post that takes some."""
    post = scene.post
    if scene.needs(HoleKind.POSTS) is None or post is None or post.comment_status != "open":
        return ""
    count = number(post.comment_count, 0, 10**9)
    words, part = "No comments", "respond"
    if count:
        words, part = counted(count, "comment", "comments"), "comments"
    url = f"{clean_url(scene.lookup.permalink(post))}#{part}"
    on = f'<span class="screen-reader-text"> on {full_title(post)}</span>'
    return f"<div {wrapper(block, f'{aligned(block)} {linked(block)}')}><a href={url}>{words}{on}</a></div>"


def author_avatar(block: Block, scene: Scene) -> str:
    """The picture of a comment's author, in a box of its own."""
    comment = _comment(scene)
    if comment is None:
        return ""
    size = number(block.settings.get("width"), 96, 1024) or 96
    alt = f"{comment_author(comment, scene.lookup)} Avatar"
    picture = avatar(comment.author_email, size, scene, alt=alt, classes="wp-block-comment-author-avatar")
    return picture and f"<div>{picture}</div>"


def query_title(block: Block, _scene: Scene) -> str:
    """The title of an archive or a search, of which there is none here; one of another kind is empty."""
    kind = block.settings.get("type")
    if kind is None or kind in ("archive", "search", "post-type"):
        return ""
    tag = heading_tag(block.settings.get("level"), 1)
    return f"<{tag} {wrapper(block, aligned(block))}></{tag}>"


def nothing(_block: Block, _scene: Scene) -> str:
    """A block that has nothing to show here.

    Comments come over the API, so there is no form for them, no link to it and none to an editor of theirs.  What
    WordPress shows on the page of a single article or an archive alone (pages of comments, neighbours, the archive's
    title) our templates do there.  Parts of templates are the theme's.
    """
    return ""
