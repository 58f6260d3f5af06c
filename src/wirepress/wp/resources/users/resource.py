"""Users, and the one who asks (`users/me`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wirepress.content.identity.permissions import may
from wirepress.content.people import users
from wirepress.content.site import Site
from wirepress.model.query import Found, UserQuery
from wirepress.model.user import User
from wirepress.wp import avatars, json
from wirepress.wp.call import Call
from wirepress.wp.common import (
    EXCLUDE,
    INCLUDE,
    OFFSET,
    PAGING,
    editing,
    int_param,
    missing,
    need,
    numbers,
    order_of,
    page_of,
    refuse,
    strings,
)
from wirepress.wp.dates import written
from wirepress.wp.errors import WireError
from wirepress.wp.meta import sent
from wirepress.wp.resource import (
    EDIT,
    NEVER,
    READ,
    Entry,
    Field,
    Link,
    Param,
    Resource,
    Rules,
    Schema,
    To,
    boolean,
    choice,
    integer,
    listing,
    mapping,
    text,
    uri,
)
from wirepress.wp.resources.users.writes import (
    PREFERENCES,
    PREFERENCES_KEY,
    VERBS,
    line,
    login,
    password,
    reassigned,
    slug,
)
from wirepress.wp.values import to_int

ALL = ("embed", "view", "edit")
ROUTE = "/wp/v2/users"
TYPES = (
    "post", "page", "attachment", "nav_menu_item", "wp_block", "wp_template", "wp_template_part", "wp_global_styles",
    "wp_navigation", "wp_font_family", "wp_font_face",
)  # fmt: skip
LOCALES = ("", "en_US")
SHOWN_META: Schema = {
    "type": ["object", "array"],
    "description": "Nothing, but in the edit context.",
    "properties": {"persisted_preferences": {"description": "What programs keep for the user; [] is nothing."}},
    "maxItems": 0,
}


def capabilities(user: User, site: Site) -> dict[str, bool]:
    """What a user may do, by his roles and of his own."""
    granted: dict[str, bool] = {}
    for name, given in user.grants.items():
        if given and name in site.roles:
            granted.update(site.roles[name].capabilities)
    return {**granted, **user.grants}


def roles(user: User, site: Site) -> list[str]:
    return [name for name, given in user.grants.items() if given and name in site.roles]


def meta(user: User, call: Call) -> Any:
    if call.context != "edit":
        return []
    return {"persisted_preferences": json.plain((user.meta.get(PREFERENCES_KEY) or [[]])[0])}


FIELDS: tuple[Entry[User], ...] = (
    Field("id", integer("The number of the user."), ALL, lambda u, _: u.id),
    Field("username", text("The login."), EDIT, lambda u, _: u.login, write="login", tail={"required": True},
          clean=login),
    Field("name", text("The name that is shown."), ALL, lambda u, _: u.name, write="name", clean=line),
    Field("first_name", text("The first name."), EDIT, lambda u, _: u.first_name, write="first_name", clean=line),
    Field("last_name", text("The last name."), EDIT, lambda u, _: u.last_name, write="last_name", clean=line),
    Field("email", text("The e-mail address.", format="email"), EDIT, lambda u, _: u.email, write="email",
          tail={"required": True}),
    Field("url", uri("The user's site."), ALL, lambda u, _: u.url, write="url"),
    Field("description", text("What the user says about himself."), ALL, lambda u, _: u.description,
          write="description"),
    Field("link", uri("The author's page for readers."), ALL, lambda u, c: c.view.lookup.author_link(u)),
    Field("locale", choice("The user's language.", LOCALES), EDIT,
          lambda u, c: u.locale or str(c.site.option("WPLANG")) or "en_US", write="locale"),
    Field("nickname", text("The nickname."), EDIT, lambda u, _: u.nickname, write="nickname", clean=line),
    Field("slug", text("The part of the address that names the user."), ALL, lambda u, _: u.slug, write="slug",
          clean=slug),
    Field("roles", listing("The user's roles.", "string"), EDIT, lambda u, c: roles(u, c.site), write="roles"),
    Field("password", text("The password; never shown."), NEVER, None, write="password", tail={"required": True},
          clean=password),
    Field("registered_date", text("When the account was made.", format="date-time"), EDIT,
          lambda u, _: written(u.registered) + "+00:00"),
    Field("capabilities", mapping("All that the user may do."), EDIT, lambda u, c: capabilities(u, c.site)),
    Field("extra_capabilities", mapping("What was granted to the user himself."), EDIT, lambda u, _: dict(u.grants)),
    Field("avatar_urls", mapping("Pictures of the user."), ALL, lambda u, c: avatars.of_email(c.site, u.email),
          tail={"properties": {str(s): {"description": f"The picture in {s} pixels.", "type": "string",
                                        "format": "uri", "context": list(ALL)} for s in avatars.SIZES}},
          when=avatars.shown),
    Field("meta", mapping("Registered meta."), READ, meta, write="meta",
          tail={"properties": {"persisted_preferences": PREFERENCES}}, answer=SHOWN_META,
          clean=sent, eager=False),
)  # fmt: skip

ORDER = (
    "id", "username", "name", "first_name", "last_name", "email", "url", "description", "link", "locale", "nickname",
    "slug", "registered_date", "roles", "password", "capabilities", "extra_capabilities", "avatar_urls", "meta",
)  # fmt: skip


def _enum(name: str, default: str, description: str, options: tuple[str, ...]) -> Param:
    schema = {"default": default, "description": description, "enum": list(options), "type": "string"}
    return Param(name, schema)


PARAMS = (
    *PAGING,
    EXCLUDE,
    INCLUDE,
    OFFSET,
    _enum("order", "asc", "Ascending or descending.", ("asc", "desc")),
    _enum("orderby", "name", "By which attribute the collection is sorted.",
          ("id", "include", "name", "registered_date", "slug", "include_slugs", "email", "url")),
    Param("slug", listing("Only users with one of these slugs.", "string")),
    Param("roles", listing("Only users with one of these roles.", "string")),
    Param("capabilities", listing("Only users who may do one of these.", "string")),
    Param("who", choice("Only users who may be authors.", ("authors",))),
    Param("has_published_posts", {
        "description": "Only users who have published something, of these types.",
        "type": ["boolean", "array"],
        "items": {"type": "string", "enum": {name: name for name in TYPES}}}),
    Param("search_columns", {"default": [], "description": "In which columns the search looks.", "type": "array",
                             "items": {"enum": ["email", "name", "id", "username", "slug"], "type": "string"}}),
)  # fmt: skip

DELETE = (
    Param("force", boolean("Has to be true: users have no trash.", default=False)),
    Param("reassign", integer("The user who gets the posts."), required=True, clean=reassigned),
)


def browse_rule(call: Call) -> None:
    closed(call)
    lists = may(call.view, call.viewer, "list_users")
    if call.params.get("roles") and not lists:
        refuse(call, "rest_user_cannot_view", "You may not filter users by role.")
    if call.params.get("capabilities") and not lists:
        refuse(call, "rest_user_cannot_view", "You may not filter users by capability.")
    if editing(call) and not lists:
        refuse(call, "rest_forbidden_context", "You may not edit users.")
    if call.params.get("orderby") in ("email", "registered_date") and not lists:
        refuse(call, "rest_forbidden_orderby", "You may not sort users by this.")
    if call.params.get("who") == "authors" and not _authors(call):
        refuse(call, "rest_forbidden_who", "You may not ask for authors.")


def _authors(call: Call) -> bool:
    kinds = call.site.registry.types.values()
    return any(call.viewer.can(k.capabilities["edit_posts"]) for k in kinds if "author" in k.supports)


def closed(call: Call) -> None:
    """A hardened site shows no user to the anonymous."""
    if call.site.hardened and call.viewer.anonymous:
        refuse(call, "rest_user_cannot_view", "This site shows its users only to those who are logged in.")


def read_rule(call: Call, user: User) -> None:
    closed(call)
    if user.id == call.viewer.id:
        return
    edits = may(call.view, call.viewer, "edit_user", user)
    if editing(call) and not edits:
        refuse(call, "rest_forbidden_context", "You may not edit this user.")
    if edits or may(call.view, call.viewer, "list_users"):
        return
    published = call.memory.setdefault("published", {})
    if user.id not in published:
        published[user.id] = users.has_published(call.view, user.id)
    if not published[user.id]:
        refuse(call, "rest_user_cannot_view", "You may not see this user.")


def create_rule(call: Call) -> None:
    need(call, "create_users", "rest_cannot_create_user", "You may not create users.")


def edit_rule(call: Call, user: User) -> None:
    if call.params.get("roles"):
        need(call, "promote_user", "rest_cannot_edit_roles", "You may not change this user's roles.", user)
        if call.params.keys() <= {"id", "roles"}:
            return
    need(call, "edit_user", "rest_cannot_edit", "You may not edit this user.", user)


def delete_rule(call: Call, user: User) -> None:
    need(call, "delete_user", "rest_user_cannot_delete", "You may not delete this user.", user)


RULES: Rules[User] = Rules(browse_rule, read_rule, create_rule, edit_rule, delete_rule)


def find(call: Call) -> User:
    user_id = int_param(call.params, "id")
    user = call.view.lookup.user(user_id) if user_id > 0 else None
    if user is None:
        raise missing("rest_user_invalid_id", "There is no user with this id.")
    return user


def find_me(call: Call) -> User:
    if call.viewer.user is None:
        raise WireError("rest_not_logged_in", "You are not logged in.", 401)
    return call.viewer.user


OPEN_COLUMNS = ("id", "username", "slug", "name")


def searched(call: Call) -> tuple[str, ...]:
    """The columns that a search looks in, () for what its form suggests; e-mail addresses are found by those alone who
    may list users, since a search could be used to guess them."""
    asked = strings(call.params, "search_columns")
    if may(call.view, call.viewer, "list_users"):
        return asked
    return tuple(name for name in asked if name in OPEN_COLUMNS) or OPEN_COLUMNS


def roles_with(call: Call, capability: str) -> list[str]:
    """The roles that hold a capability."""
    return [name for name, role in call.site.roles.items() if role.capabilities.get(capability)]


def browse(call: Call) -> Found:
    params = call.params
    shown = [kind.name for kind in call.site.registry.types.values() if kind.show_in_rest]
    published: tuple[str, ...] = ()
    asked = params.get("has_published_posts")
    if asked is True:
        published = tuple(kind.name for kind in call.site.registry.types.values() if kind.public)
    elif isinstance(asked, list):
        published = tuple(str(name) for name in asked)
    if not may(call.view, call.viewer, "list_users"):
        published = tuple(name for name in published if name in shown) or tuple(shown)
    offset = params.get("offset")
    capabilities_wanted = strings(params, "capabilities")
    if params.get("who") == "authors":
        capabilities_wanted = (*capabilities_wanted, "edit_posts")
    search = "" if params.get("search") in (None, "0") else str(params["search"]).strip("*")
    query = UserQuery(
        page=page_of(params),
        per_page=int_param(params, "per_page", 10),
        offset=None if offset is None else to_int(offset),
        orderby=str(params.get("orderby") or "name"),
        order=order_of(call),
        search=search,
        search_columns=searched(call) if search else (),
        include=numbers(params, "include"),
        exclude=numbers(params, "exclude"),
        slugs=strings(params, "slug"),
        roles=strings(params, "roles"),
        capabilities=tuple((name, *roles_with(call, name)) for name in capabilities_wanted),
        published_types=published,
    )
    return users.browse(call.view, query)


def items(call: Call, ids: Sequence[int]) -> list[User]:
    found = users.items(call.view, ids)
    if not may(call.view, call.viewer, "list_users"):  # then the query has found only who has published something
        call.memory.setdefault("published", {}).update({user.id: True for user in found})
    return found


LINKS: tuple[Link[User], ...] = (
    Link("self", lambda u, c: To(f"{c.api}{ROUTE}/{u.id}"), hints=True),
    Link("collection", lambda _, c: To(c.api + ROUTE)),
)

DECLARED: dict[str, Any] = {
    "name": "user",
    "route": ROUTE,
    "fields": FIELDS,
    "rules": RULES,
    "verbs": VERBS,
    "links": LINKS,
    "order": ORDER,
    "whole": True,
}

USERS: Resource[User] = Resource(
    **DECLARED,
    find=find,
    browse=browse,
    items=items,
    known=lambda _: True,
    params=PARAMS,
    delete_params=DELETE,
    batch=True,
    offset_counts_pages=True,
    key_schema=integer("The number of the user."),
)

ME: Resource[User] = Resource(**DECLARED, find=find_me, delete_params=DELETE)
