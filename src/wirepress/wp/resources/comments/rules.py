"""Who may see, write and change comments."""

from __future__ import annotations

from collections.abc import Mapping

from wirepress.content.comments import reading, writing
from wirepress.content.identity.permissions import readable
from wirepress.content.posts.reading import unlocked
from wirepress.model.comment import Comment
from wirepress.model.post import Post
from wirepress.wp.call import Call
from wirepress.wp.declaration import (
    Rules,
)
from wirepress.wp.errors import WireError
from wirepress.wp.resources.comments.writes import (
    delete_rule,
    update_rule,
)
from wirepress.wp.values import items_of, to_int

ANONYMOUS = "rest_allow_anonymous_comments"
"""The option that lets strangers comment over the API: WordPress has a filter of this name."""


def open_to(call: Call, post: Post) -> bool:
    """Whether the caller may read the comments of a post (check_read_post_permission)."""
    if not unlocked(post, call.password) and not call.may("edit_post", post):
        return False
    return readable(call.view, call.viewer, post)


def browse_rule(call: Call) -> None:
    moderates = call.may("moderate_comments")
    call.view.lookup.prefetch_posts(call.integers("post"))
    for asked in items_of(call.params.get("post")):
        post = None
        if post_id := 0 if isinstance(asked, dict | list) else to_int(asked):
            post = call.view.lookup.post(post_id)
        if post is not None and not open_to(call, post):
            call.refuse("rest_cannot_read_post", "You may not read the post of this comment.")
        elif asked == 0 and not moderates:  # a number only: what is not checked yet is a text
            call.refuse("rest_cannot_read", "You may not read comments without a post.")
    if call.editing and not moderates and not _asks_for_own_notes(call):
        call.refuse("rest_forbidden_context", "You may not edit comments.")
    if not call.may("edit_posts"):
        barred = [name for name in ("author", "author_exclude", "author_email") if call.holds(name)]
        usual = (("type", "comment"), ("status", "approve"))
        barred += [name for name, open_to in usual if call.params.get(name) != open_to]
        if barred:
            call.refuse("rest_forbidden_param", f"You may not use: {', '.join(barred)}")
    if call.params.get("type") == "note":
        _may_have_notes(call)


def _may_have_notes(call: Call) -> None:
    for post in map(call.view.lookup.post, call.integers("post")):
        if post is not None:
            _may_note(call, post)


def _asks_for_own_notes(call: Call) -> bool:
    """Whether nothing but the notes of posts is asked for that the caller may edit."""
    posts = [call.view.lookup.post(number) for number in call.integers("post")]
    if call.params.get("type") != "note" or not posts:
        return False
    return all(post is not None and call.may("edit_post", post) for post in posts)


def read_rule(call: Call, comment: Comment) -> None:
    own_note = comment.type == "note" and call.may("edit_comment", comment)
    if call.editing and not own_note:
        call.need("moderate_comments", "rest_forbidden_context", "You may not edit comments.")
    if not reading.readable(call.view, call.viewer, comment, call.password):
        call.refuse("rest_cannot_read", "You may not read this comment.")
    post = None
    if comment.post:
        post = call.view.lookup.post(comment.post)
    if post is not None and not open_to(call, post):
        call.refuse("rest_cannot_read_post", "You may not read the post of this comment.")


def _refuse_other_author(call: Call) -> None:
    author = call.params.get("author")
    if author is not None and call.integer("author") != call.viewer.id:
        call.refuse("rest_comment_invalid_author", "You may not comment as somebody else.")
    if call.params.get("author_ip") and call.params["author_ip"] != call.request.remote:
        call.refuse("rest_comment_invalid_author_ip", "You may not say where a comment comes from.")


def create_rule(call: Call) -> None:
    """Raises unless the caller may leave this comment."""
    note = call.params.get("type") == "note"
    welcome = call.site.flag(ANONYMOUS) and not call.site.flag("comment_registration")
    if not call.logged_in and (note or not welcome):
        raise WireError("rest_comment_login_required", "You have to be logged in to comment.", 401)
    moderates = call.may("moderate_comments")
    post_id = call.integer("post")
    post = call.view.lookup.post(post_id)
    if not moderates:
        _refuse_other_author(call)
    edits = post is not None and note and call.may("edit_post", post)
    if note and post_id and not edits:
        call.refuse("rest_cannot_create_note", "You may not leave notes here.")
    if "status" in call.params and not (edits if note else moderates):
        call.refuse("rest_comment_invalid_status", "You may not set a comment's status.")
    if post is None:
        raise WireError("rest_comment_invalid_post_id", "There is no such post to comment on.", 403)
    _may_comment(call, post, note=note)


def takes_notes(call: Call, post: Post) -> bool:
    """Whether posts of this type can have notes of their editors (check_post_type_supports_notes)."""
    kind = call.site.type(post.type)
    editor = kind.supports.get("editor") if kind else None
    return isinstance(editor, list | tuple) and any(isinstance(word, Mapping) and word.get("notes") for word in editor)


def _may_note(call: Call, post: Post) -> None:
    if not takes_notes(call, post):
        raise WireError("rest_comment_not_supported_post_type", "Posts of this type have no notes.", 403)


def _may_comment(call: Call, post: Post, *, note: bool) -> None:
    if note:
        _may_note(call, post)
    elif post.status == "draft":
        raise WireError("rest_comment_draft_post", "A draft cannot be commented on.", 403)
    if post.status == "trash":
        raise WireError("rest_comment_trash_post", "What is in the trash cannot be commented on.", 403)
    if not open_to(call, post):
        call.refuse("rest_cannot_read_post", "You may not read the post of this comment.")
    if not (note or writing.open_for_comments(call.view, post)):
        raise WireError("rest_comment_closed", "The comments are closed.", 403)


RULES: Rules[Comment] = Rules(
    browse_rule,
    read_rule,
    create_rule,
    update_rule,
    delete_rule,
)
