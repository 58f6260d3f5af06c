"""Users, and the one who asks (`users/me`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from wirepress.content.people import users
from wirepress.content.site import Site
from wirepress.model.query import Found, UserQuery
from wirepress.model.user import User
from wirepress.wp import avatars, json
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.cleaning import plain_text
from wirepress.wp.collection import EXCLUDE, INCLUDE, OFFSET, PAGING
from wirepress.wp.dates import written
from wirepress.wp.declaration import EDIT, NEVER, READ, Entry, Field, Link, Param, Rules, Write, anybody
from wirepress.wp.documents import Documents
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import WireError, missing
from wirepress.wp.meta import sent
from wirepress.wp.resource import Resource
from wirepress.wp.resources.users.writes import (
    PREFERENCES,
    PREFERENCES_KEY,
    VERBS,
    hash_sent,
    login,
    password,
    preferences,
    reassigned,
    roles_sent,
    slug,
    somebody,
)
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route
from wirepress.wp.schema import Schema
from wirepress.wp.writing import item_of

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
    Field("id", s.integer("The number of the user."), ALL),
    Field("username", s.text("The login."), EDIT, "login", write=Write("login", clean=login),
          tail={"required": True}),
    Field("name", s.text("The name that is shown."), ALL, write=Write(clean=plain_text)),
    Field("first_name", s.text("The first name."), EDIT, write=Write(clean=plain_text)),
    Field("last_name", s.text("The last name."), EDIT, write=Write(clean=plain_text)),
    Field("email", s.text("The e-mail address.", format="email"), EDIT, write=Write(), tail={"required": True}),
    Field("url", s.uri("The user's site."), ALL, write=Write()),
    Field("description", s.text("What the user says about himself."), ALL, write=Write()),
    Field("link", s.uri("The author's page for readers."), ALL, lambda u, c: c.view.lookup.author_link(u)),
    Field("locale", s.choice("The user's language.", LOCALES), EDIT,
          lambda u, c: u.locale or str(c.site.option("WPLANG")) or "en_US", write=Write()),
    Field("nickname", s.text("The nickname."), EDIT, write=Write(clean=plain_text)),
    Field("slug", s.text("The part of the address that names the user."), ALL, write=Write(clean=slug)),
    Field("roles", s.array("The user's roles.", "string"), EDIT, lambda u, c: roles(u, c.site),
          write=Write(convert=roles_sent)),
    Field("password", s.text("The password; never shown."), NEVER, None,
          write=Write(convert=hash_sent, clean=password),
          tail={"required": True}),
    Field("registered_date", s.text("When the account was made.", format="date-time"), EDIT,
          lambda u, _: written(u.registered) + "+00:00"),
    Field("capabilities", s.mapping("All that the user may do."), EDIT, lambda u, c: capabilities(u, c.site)),
    Field("extra_capabilities", s.mapping("What was granted to the user himself."), EDIT, lambda u, _: dict(u.grants)),
    Field("avatar_urls", s.mapping("Pictures of the user."), ALL, lambda u, c: avatars.of_email(c.site, u.email),
          tail={"properties": avatars.described(ALL)},
          when=avatars.shown),
    Field("meta", s.mapping("Registered meta."), READ, meta,
          write=Write(convert=preferences, clean=sent, eager=False),
          tail={"properties": {"persisted_preferences": PREFERENCES}}, answer=SHOWN_META),
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
    Param("slug", s.array("Only users with one of these slugs.", "string")),
    Param("roles", s.array("Only users with one of these roles.", "string")),
    Param("capabilities", s.array("Only users who may do one of these.", "string")),
    Param("who", s.choice("Only users who may be authors.", ("authors",))),
    Param("has_published_posts", {
        "description": "Only users who have published something, of these types.",
        "type": ["boolean", "array"],
        "items": {"type": "string", "enum": {name: name for name in TYPES}}}),
    Param("search_columns", {"default": [], "description": "In which columns the search looks.", "type": "array",
                             "items": {"enum": ["email", "name", "id", "username", "slug"], "type": "string"}}),
)  # fmt: skip

DELETE = (
    Param("force", s.boolean("Has to be true: users have no trash.", default=False)),
    Param("reassign", s.integer("The user who gets the posts."), required=True, clean=reassigned),
)


class Published(dict[int, bool]):
    """Whether users have published something, by id."""


def browse_rule(call: Call) -> None:
    closed(call)
    lists = call.may("list_users")
    if call.holds("roles") and not lists:
        call.refuse("rest_user_cannot_view", "You may not filter users by role.")
    if call.holds("capabilities") and not lists:
        call.refuse("rest_user_cannot_view", "You may not filter users by capability.")
    if call.editing and not lists:
        call.refuse("rest_forbidden_context", "You may not edit users.")
    if call.params.get("orderby") in ("email", "registered_date") and not lists:
        call.refuse("rest_forbidden_orderby", "You may not sort users by this.")
    if call.params.get("who") == "authors" and not _authors(call):
        call.refuse("rest_forbidden_who", "You may not ask for authors.")


def _authors(call: Call) -> bool:
    kinds = call.site.registry.types.values()
    return any(call.viewer.can(k.capabilities["edit_posts"]) for k in kinds if "author" in k.supports)


def closed(call: Call) -> None:
    """A hardened site shows no user to the anonymous."""
    if call.site.hardened and call.viewer.anonymous:
        call.refuse("rest_user_cannot_view", "This site shows its users only to those who are logged in.")


def read_rule(call: Call, user: User) -> None:
    closed(call)
    if user.id == call.viewer.id:
        return
    edits = call.may("edit_user", user)
    if call.editing and not edits:
        call.refuse("rest_forbidden_context", "You may not edit this user.")
    if edits or call.may("list_users"):
        return
    published = call.fetched.of(Published)
    if user.id not in published:
        published[user.id] = users.has_published(call.view, user.id)
    if not published[user.id]:
        call.refuse("rest_user_cannot_view", "You may not see this user.")


def create_rule(call: Call) -> None:
    call.need("create_users", "rest_cannot_create_user", "You may not create users.")


def edit_rule(call: Call, user: User) -> None:
    if call.holds("roles"):
        call.need("promote_user", "rest_cannot_edit_roles", "You may not change this user's roles.", user)
        if call.params.keys() <= {"id", "roles"}:
            return
    call.need("edit_user", "rest_cannot_edit", "You may not edit this user.", user)


def delete_rule(call: Call, user: User) -> None:
    call.need("delete_user", "rest_user_cannot_delete", "You may not delete this user.", user)


RULES: Rules[User] = Rules(browse_rule, read_rule, create_rule, edit_rule, delete_rule)


def find(call: Call) -> User:
    """The user of a call.  Raises where there is none."""
    user_id = call.integer("id")
    user = None
    if user_id > 0:
        user = call.view.lookup.user(user_id)
    if user is None:
        raise missing("rest_user_invalid_id", "There is no user with this id.")
    return user


def find_me(call: Call) -> User:
    """The caller.  Raises where they are not logged in."""
    if call.viewer.user is None:
        raise WireError("rest_not_logged_in", "You are not logged in.", 401)
    return call.viewer.user


OPEN_COLUMNS = ("id", "username", "slug", "name")


def searched(call: Call) -> tuple[str, ...]:
    """The columns that a search looks in, () for what its form suggests; e-mail addresses are found by those alone who
    may list users, since a search could be used to guess them."""
    asked = call.strings("search_columns")
    if call.may("list_users"):
        return asked
    return tuple(name for name in asked if name in OPEN_COLUMNS) or OPEN_COLUMNS


def roles_with(call: Call, capability: str) -> list[str]:
    """The roles that hold a capability."""
    return [name for name, role in call.site.roles.items() if role.capabilities.get(capability)]


def published_types(call: Call) -> tuple[str, ...]:
    """The types of which a user has to have published something; () where they need not."""
    types = call.site.registry.types.values()
    asked = call.params.get("has_published_posts")
    published: tuple[str, ...] = ()
    if asked is True:
        published = tuple(kind.name for kind in types if kind.public)
    elif isinstance(asked, list):
        published = tuple(str(name) for name in asked)
    is_for_authors = call.params.get("who") == "authors" and not published
    if call.may("list_users") or is_for_authors:
        return published
    shown = tuple(kind.name for kind in types if kind.show_in_rest)
    return tuple(name for name in published if name in shown) or shown


def browse(call: Call) -> Found:
    params = call.params
    roles, wanted = call.strings("roles"), call.strings("capabilities")
    if params.get("who") == "authors":  # in place of what is asked of roles and capabilities (WP_User_Query)
        roles, wanted = (), ("edit_posts",)
    search = "" if params.get("search") in (None, "0") else str(params["search"]).strip("*")
    query = UserQuery(
        page=call.page,
        per_page=call.per_page,
        offset=call.offset or None,
        orderby=str(params.get("orderby") or "name"),
        order=call.order,
        search=search,
        search_columns=searched(call) if search else (),
        include=call.ids("include"),
        exclude=() if call.ids("include") else call.ids("exclude"),
        slugs=call.strings("slug"),
        roles=roles,
        capabilities=tuple((name, *roles_with(call, name)) for name in wanted),
        published_types=published_types(call),
    )
    return users.browse(call.view, query)


def items(call: Call, ids: Sequence[int]) -> list[User]:
    found = users.items(call.view, ids)
    if call.editing:  # who may list users may not edit them for that: they count, and are not told of
        found = [user for user in found if user.id == call.viewer.id or call.may("edit_user", user)]
    if not call.may("list_users") and published_types(call):  # the query has found only who has published something
        call.fetched.of(Published).update({user.id: True for user in found})
    return found


LINKS: tuple[Link[User], ...] = (
    Link("self", f"{ROUTE}/{{id}}", hints=True),
    Link("collection", ROUTE),
)

USERS: Resource[User] = Resource(
    name="user",
    route=ROUTE,
    fields=FIELDS,
    rules=RULES,
    verbs=VERBS,
    links=LINKS,
    order=ORDER,
    exact_fields=True,
    find=find,
    browse=browse,
    items=items,
    public=lambda _: True,
    params=PARAMS,
    delete_params=DELETE,
    batch=True,
    offset_counts_pages=True,
    key_schema=s.integer("The number of the user."),
)
ME: Resource[User] = replace(USERS, find=find_me, browse=None, items=None, params=(), batch=None)


def me(documents: Documents) -> Route:
    """`users/me`: whoever asks may ask; a stranger learns that they are none."""
    *_, own = routes_of(documents, ME)

    def of_me(endpoint: Endpoint) -> Endpoint:
        params = tuple(param for param in endpoint.params if param.name != "id")
        permission = anybody if endpoint.methods == ("GET",) else somebody(endpoint.permission)
        return replace(endpoint, run=_known(endpoint.run), permission=permission, params=params)

    return Route(f"{ROUTE}/me", tuple(map(of_me, own.endpoints)), schema=own.schema)


def _known(run: Callable[[Call], Result]) -> Callable[[Call], Result]:
    """What answers a user who is known; raises for a stranger."""

    def known(call: Call) -> Result:
        item_of(ME, call)
        return run(call)

    return known


def routes(catalog: Catalog) -> list[Route]:
    """Users, and the one who asks."""
    return [*routes_of(catalog.documents, USERS), me(catalog.documents)]
