"""Who may read and change posts: WordPress's permission checks, in their order."""

from __future__ import annotations

from wirepress.content import posts
from wirepress.content.permissions import may, readable
from wirepress.model.kinds import PostType
from wirepress.model.post import Post
from wirepress.wp.call import Call
from wirepress.wp.errors import WireError
from wirepress.wp.resource import Rules
from wirepress.wp.resources.common import editing, missing, need, refuse, whole


def find(kind: PostType, call: Call) -> Post:
    post = posts.get(call.view, whole(call.params, "id"), (kind.name,))
    if post is None:
        raise missing("rest_post_invalid_id", "There is no post with this id.")
    return post


def rules_of(kind: PostType) -> Rules[Post]:
    """The rules of a post type."""
    caps = kind.capabilities

    def browse(call: Call) -> None:
        if editing(call):
            need(call, caps["edit_posts"], "rest_forbidden_context", "You may not edit posts of this type.")

    def read(call: Call, post: Post) -> None:
        if editing(call) and not may(call.view, call.viewer, "edit_post", post):
            refuse(call, "rest_forbidden_context", "You may not edit this post.")
        password = call.params.get("password")
        if isinstance(password, str) and password and post.password != password:
            raise WireError("rest_post_incorrect_password", "This is not the post's password.", 403)
        if not readable(call.view, call.viewer, post):
            refuse(call, "rest_forbidden", "You may not read this.")

    def attributes(call: Call, *, creating: bool) -> None:
        author = whole(call.params, "author")
        if author and author != call.viewer.id and not call.viewer.can(caps["edit_others_posts"]):
            verb = "create posts as" if creating else "update posts as"
            refuse(call, "rest_cannot_edit_others", f"You may not {verb} this user.")
        if call.params.get("sticky") and not (
            call.viewer.can(caps["edit_others_posts"]) or call.viewer.can(caps["publish_posts"])
        ):
            refuse(call, "rest_cannot_assign_sticky", "You may not make posts sticky.")

    def create(call: Call) -> None:
        if whole(call.params, "id"):
            raise WireError("rest_post_exists", "A post that is there already cannot be created.", 400)
        attributes(call, creating=True)
        need(call, caps["create_posts"], "rest_cannot_create", "You may not create posts of this type.")

    def edit(call: Call, post: Post) -> None:
        need(call, "edit_post", "rest_cannot_edit", "You may not edit this post.", post)
        attributes(call, creating=False)

    def delete(call: Call, post: Post) -> None:
        need(call, "delete_post", "rest_cannot_delete", "You may not delete this post.", post)

    return Rules(browse, read, create, edit, delete)
