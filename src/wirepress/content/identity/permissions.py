"""Who may do what: WordPress's meta capabilities (map_meta_cap) worked out for posts, terms, comments and users."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from wirepress.content.identity.viewer import Viewer
from wirepress.content.permalinks import Relatives, effective_status
from wirepress.content.site import Site
from wirepress.model.comment import Comment
from wirepress.model.post import Post
from wirepress.model.term import Term
from wirepress.model.user import User

Thing = Post | Term | Comment | User | None
_NEVER = "do_not_allow"
_PUBLIC_STATUSES = ("publish", "future")
_INHERITING = ("attachment", "revision")
"""The types whose posts are as readable as what they stand under."""

# Capabilities that stand for another one, whatever the thing.
_ALIASES = {
    **dict.fromkeys(("manage_post_tags", "edit_categories", "edit_post_tags"), "manage_categories"),
    **dict.fromkeys(("delete_categories", "delete_post_tags"), "manage_categories"),
    **dict.fromkeys(("assign_categories", "assign_post_tags"), "edit_posts"),
    **dict.fromkeys(("manage_privacy_options", "update_https"), "manage_options"),
    **dict.fromkeys(("export_others_personal_data", "erase_others_personal_data"), "manage_options"),
    **dict.fromkeys(("add_users", "promote_user"), "promote_users"),
    **dict.fromkeys(("activate_plugin", "deactivate_plugin", "deactivate_plugins"), "activate_plugins"),
    **dict.fromkeys(("unfiltered_upload", "delete_site"), _NEVER),
    "delete_user": "delete_users",
    "edit_css": "unfiltered_html",
    "customize": "edit_theme_options",
    "resume_plugin": "resume_plugins",
    "resume_theme": "resume_themes",
    "update_php": "update_core",
    "upload_plugins": "install_plugins",
    "upload_themes": "install_themes",
    "edit_comment_meta": "moderate_comments",
}
_OWN_ACCOUNT = frozenset(
    {
        *("create_app_password", "list_app_passwords", "read_app_password"),
        *("edit_app_password", "delete_app_passwords", "delete_app_password"),
    }
)


class Ground(Protocol):
    """What a permission depends on: a View is one."""

    @property
    def site(self) -> Site: ...

    @property
    def lookup(self) -> Relatives: ...


def may(view: Ground, viewer: Viewer, capability: str, thing: Thing = None) -> bool:
    """Whether a viewer has a capability (current_user_can); `thing` is what a meta capability is about.

    Meta capabilities are asked for under WordPress's names: `edit_post`, `read_post`, `delete_post`, `publish_post`,
    `edit_term`, `delete_term`, `assign_term`, `edit_comment`, `edit_user`, `delete_user`, `promote_user` ..., or under
    a post type's own (`edit_page`).
    """
    return all(viewer.can(name) for name in needed(view, viewer, capability, thing))


def needed(view: Ground, viewer: Viewer, capability: str, thing: Thing = None) -> tuple[str, ...]:
    """The primitive capabilities that are asked for (map_meta_cap); none means that anybody may."""
    rule = _RULES.get(capability)
    if rule is not None:
        return rule(view, viewer, thing)
    if capability in _OWN_ACCOUNT:
        return _edit_user(view, viewer, thing)
    if capability in _ALIASES:
        return (_ALIASES[capability],)
    if capability == "manage_links" and not view.site.flag("link_manager_enabled"):
        return (_NEVER,)
    own = view.site.registry.meta_capabilities.get(capability)
    if own is not None:
        return needed(view, viewer, own, thing)
    return (_primitive(capability),)


def _target(view: Ground, thing: Thing) -> Post | None:
    """The post that counts: a revision's is what it is a revision of."""
    if not isinstance(thing, Post):
        return None
    if thing.type == "revision":
        return view.lookup.post(thing.parent)
    return thing


def _stands_for_site(site: Site, post: Post) -> bool:
    return post.id in (site.number("page_for_posts"), site.number("page_on_front"))


def _change(view: Ground, viewer: Viewer, thing: Thing, verb: str) -> tuple[str, ...]:
    post = _target(view, thing)
    if post is None:
        return (_NEVER,)
    site = view.site
    if verb == "delete" and _stands_for_site(site, post):
        return ("manage_options",)
    kind = site.type(post.type)
    if kind is None:
        return ("edit_others_posts",)
    table = kind.capabilities
    if not kind.map_meta_cap:
        return _once(table[f"{verb}_post"])
    wanted = [table[name] for name in _to_change(viewer, post, verb)]
    if site.number("wp_page_for_privacy_policy") == post.id:
        wanted.append("manage_options")
    return _once(*wanted)


def _to_change(viewer: Viewer, post: Post, verb: str) -> tuple[str, ...]:
    """What a change of a post asks for, in the words of plain posts."""
    own, others = f"{verb}_posts", f"{verb}_others_posts"
    published, private = f"{verb}_published_posts", f"{verb}_private_posts"
    if _wrote(viewer, post):
        status = post.status
        if status == "trash":
            status = str(post.first_meta("_wp_trash_meta_status"))
        if status in _PUBLIC_STATUSES:
            own = published
        return (own,)
    if post.status in _PUBLIC_STATUSES:
        return others, published
    if post.status == "private":
        return others, private
    return (others,)


def _wrote(viewer: Viewer, post: Post) -> bool:
    return post.author == viewer.id != 0


def _once(*capabilities: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_ALIASES.get(name) or _primitive(name) for name in capabilities))


def _primitive(capability: str) -> str:
    """A capability as roles grant it: blocks' count as posts'."""
    if capability.endswith("_blocks"):
        return capability.removesuffix("_blocks") + "_posts"
    return capability


_edit_post, _delete_post = partial(_change, verb="edit"), partial(_change, verb="delete")


def _read_post(view: Ground, viewer: Viewer, thing: Thing) -> tuple[str, ...]:
    post = _target(view, thing)
    if post is None:
        return (_NEVER,)
    kind = view.site.type(post.type)
    if kind is None:
        return ("edit_others_posts",)
    table = kind.capabilities
    if not kind.map_meta_cap:
        return _once(table["read_post"])
    status = view.site.status(effective_status(post, view.lookup))
    if status is None:
        return ("edit_others_posts",)
    if status.public or _wrote(viewer, post):
        return _once(table["read"])
    if status.private:
        return _once(table["read_private_posts"])
    return _edit_post(view, viewer, post)


def _publish_post(view: Ground, _viewer: Viewer, thing: Thing) -> tuple[str, ...]:
    if not isinstance(thing, Post) or (kind := view.site.type(thing.type)) is None:
        return (_NEVER,)
    return _once(kind.capabilities["publish_posts"])


def _term(name: str) -> Callable[[Ground, Viewer, Thing], tuple[str, ...]]:
    def rule(view: Ground, viewer: Viewer, thing: Thing) -> tuple[str, ...]:
        if not isinstance(thing, Term) or (kind := view.site.registry.taxonomies.get(thing.taxonomy)) is None:
            return (_NEVER,)
        if name == "delete_terms" and view.site.number(f"default_{thing.taxonomy}") == thing.id:
            return (_NEVER,)
        return needed(view, viewer, kind.capabilities[name])

    return rule


def _edit_comment(view: Ground, viewer: Viewer, thing: Thing) -> tuple[str, ...]:
    if not isinstance(thing, Comment):
        return (_NEVER,)
    post = view.lookup.post(thing.post)
    if post is None:
        return ("edit_posts",)
    return _edit_post(view, viewer, post)


def _edit_user(_view: Ground, viewer: Viewer, thing: Thing) -> tuple[str, ...]:
    if isinstance(thing, User) and viewer.user is not None and thing.id == viewer.id:
        return ()
    return ("edit_users",)


def _remove_user(_view: Ground, viewer: Viewer, thing: Thing) -> tuple[str, ...]:
    if isinstance(thing, User) and thing.id == viewer.id and not viewer.can("delete_users"):
        return (_NEVER,)
    return ("remove_users",)


_RULES: dict[str, Callable[[Ground, Viewer, Thing], tuple[str, ...]]] = {
    "edit_post": _edit_post,
    "edit_page": _edit_post,
    "delete_post": _delete_post,
    "delete_page": _delete_post,
    "read_post": _read_post,
    "read_page": _read_post,
    "publish_post": _publish_post,
    "edit_term": _term("edit_terms"),
    "delete_term": _term("delete_terms"),
    "assign_term": _term("assign_terms"),
    "edit_comment": _edit_comment,
    "edit_user": _edit_user,
    "remove_user": _remove_user,
}


def readable(view: Ground, viewer: Viewer, post: Post, depth: int = 0) -> bool:
    """Whether a post may be shown to a viewer (the REST API's check_read_permission); its password is another
    question."""
    kind = view.site.type(post.type)
    if kind is None or not kind.show_in_rest:
        return False
    status = view.site.status(post.status)
    is_public = status is not None and status.public
    if is_public and post.type != "wp_block":  # nearly everything that anybody asks for
        return True
    if may(view, viewer, "read_post", post):
        return True
    if post.type == "wp_block":
        return False  # patterns are there for those who write (WP_REST_Blocks_Controller)
    inherits = post.status == "inherit" and post.type in _INHERITING
    return inherits and _parent_readable(view, viewer, post, depth)


def _parent_readable(view: Ground, viewer: Viewer, post: Post, depth: int) -> bool:
    """Whether a post is readable as what it stands under is; under nothing it is."""
    if post.parent <= 0 or depth >= 10:
        return True
    parent = view.lookup.post(post.parent)
    return parent is None or readable(view, viewer, parent, depth + 1)
