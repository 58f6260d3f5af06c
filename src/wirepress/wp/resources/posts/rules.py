"""Who may read and change posts: WordPress's permission checks, in their order."""

from __future__ import annotations

from wirepress.content import terms
from wirepress.content.identity.permissions import readable
from wirepress.content.posts import reading
from wirepress.model.post import Post
from wirepress.model.registry import PostType, Taxonomy
from wirepress.wp.call import Call
from wirepress.wp.declaration import Rules
from wirepress.wp.errors import WireError, missing
from wirepress.wp.resources.posts.links import served


def find(kind: PostType, call: Call) -> Post:
    """The post of a call.  Raises where there is none of the type."""
    post = reading.get(call.view, call.integer("id"), (kind.name,))
    if post is None:
        raise missing("rest_post_invalid_id", "There is no post with this id.")
    return post


def _attributes(kind: PostType, call: Call, verb: str) -> None:
    """Another author, and a place on top, are given by those who may change others' posts."""
    caps = kind.capabilities
    author = call.params.get("author")
    is_own = isinstance(author, int) and author == call.viewer.id  # what is not checked yet is a text, and nobody's own
    if call.integer("author") and not is_own and not call.viewer.can(caps["edit_others_posts"]):
        call.refuse("rest_cannot_edit_others", f"You may not {verb} this user.")
    if call.holds("sticky") and not (
        call.viewer.can(caps["edit_others_posts"]) and call.viewer.can(caps["publish_posts"])
    ):
        call.refuse("rest_cannot_assign_sticky", "You may not make posts sticky.")


def _assign(kind: PostType, taxonomies: tuple[Taxonomy, ...], call: Call) -> None:
    """Terms that are there are given only by those who may, and nobody gives the term 0
    (check_assign_terms_permission)."""
    for taxonomy in served(kind, taxonomies):
        for number in _numbers(call, taxonomy.rest_base):
            term = None
            if number > 0:
                term = terms.get(call.view, taxonomy.name, number)
            is_refused = term is not None and not call.may("assign_term", term)
            if is_refused or number == 0:
                call.refuse("rest_cannot_assign_term", "You may not assign this term.")


def _numbers(call: Call, name: str) -> tuple[int, ...]:
    """The ids of a parameter that is a list of them, or one; what is neither names no term.

    A permission may be asked before the check: an empty text is the term 0 then.
    """
    value = call.params.get(name)
    if value in ("", "0"):
        return (0,)
    if isinstance(value, int) and not isinstance(value, bool):
        return (value,)
    return call.integers(name) if isinstance(value, list) else ()


def _read(call: Call, post: Post) -> None:
    if call.editing and not call.may("edit_post", post):
        call.refuse("rest_forbidden_context", "You may not edit this post.")
    password = call.checked.query.get("password")  # of the query only: a body's is the one that the post shall have
    is_given = isinstance(password, str) and password not in ("", "0")
    if is_given and post.password != password:
        raise WireError("rest_post_incorrect_password", "This is not the post's password.", 403)
    if not readable(call.view, call.viewer, post):
        call.refuse("rest_forbidden", "You may not read this.")


def rules_of(kind: PostType, taxonomies: tuple[Taxonomy, ...] = ()) -> Rules[Post]:
    """The rules of a post type; each raises what the caller may not do."""
    caps = kind.capabilities

    def browse(call: Call) -> None:
        if call.editing:
            call.need(caps["edit_posts"], "rest_forbidden_context", "You may not edit posts of this type.")

    def create(call: Call) -> None:
        """Raises unless the caller may create this post."""
        if call.integer("id"):
            raise WireError("rest_post_exists", "A post that is there already cannot be created.", 400)
        _attributes(kind, call, "create posts as")
        call.need(caps["create_posts"], "rest_cannot_create", "You may not create posts of this type.")
        _assign(kind, taxonomies, call)

    def edit(call: Call, post: Post) -> None:
        call.need("edit_post", "rest_cannot_edit", "You may not edit this post.", post)
        _attributes(kind, call, "update posts as")
        _assign(kind, taxonomies, call)

    def delete(call: Call, post: Post) -> None:
        call.need("delete_post", "rest_cannot_delete", "You may not delete this post.", post)

    return Rules(browse, _read, create, edit, delete)
