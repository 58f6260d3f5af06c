"""Users: who there is, and one's own profile."""

from __future__ import annotations

from typing import Any, Final

from wirepress.content.people import users
from wirepress.content.people.users import UserChanges, display_name
from wirepress.model.errors import WirepressError
from wirepress.model.query import UserQuery
from wirepress.model.user import User
from wirepress.wp.xmlrpc import values
from wirepress.wp.xmlrpc.call import Call, in_batches
from wirepress.wp.xmlrpc.faults import Fault, missing
from wirepress.wp.xmlrpc.posts import names, order_of
from wirepress.wp.xmlrpc.values import Value, date

ALL: Final = ("all",)
BASIC: Final = frozenset({"username", "email", "registered", "display_name", "nicename"})
BATCH: Final = 100
"""Users who are in memory at a time."""
MOST: Final = 1_000
NUMBER: Final = 50
_ORDERS: Final = {"login": "login", "registered": "registered_date", "display_name": "name", "name": "name",
                  "email": "email", "url": "url", "nicename": "slug", "id": "id"}  # fmt: skip


def blogs(call: Call) -> Value:
    """`wp.getUsersBlogs`, `blogger.getUsersBlogs` and `metaWeblog.getUsersBlogs`: the one that there is."""
    return [
        {
            "isAdmin": call.may("manage_options"),
            "url": call.site.url("/"),
            "blogid": "1",
            "blogName": str(call.site.option("blogname")),
            "xmlrpc": f"{call.site.base}/xmlrpc.php",
        }
    ]


def info(call: Call) -> Value:
    """`blogger.getUserInfo`: who calls."""
    call.need("edit_posts", message="You may not see the users of this site.")
    user = call.viewer.user
    assert user is not None
    return {
        "nickname": user.nickname,
        "userid": user.id,
        "url": user.url,
        "lastname": user.last_name,
        "firstname": user.first_name,
    }


def one(call: Call) -> Value:
    """`wp.getUser`."""
    user_id = call.number(3)
    user = users.get(call.view, user_id) if user_id > 0 else None
    call.need("edit_user", user, message="You may not edit this user.")
    if user is None:
        raise missing("There is no such user.")
    return user_value(call, user, names(call, 4, ALL))


def many(call: Call) -> Value:
    """`wp.getUsers`."""
    call.need("list_users", message="You may not list users.")
    given = call.struct(3)
    role = values.text(given.get("role"))
    if "role" in given and role not in call.site.roles:
        raise Fault(403, "There is no such role.")
    query = UserQuery(
        per_page=min(abs(values.number(given.get("number", NUMBER))) or MOST, MOST),
        offset=abs(values.number(given.get("offset"))),
        orderby=_ORDERS.get(values.text(given.get("orderby")), "login"),
        order="asc" if "order" not in given else order_of(given),
        roles=(role,) if "role" in given else (),
        capabilities=_writers(call) if values.text(given.get("who")) == "authors" else (),
    )
    fields = names(call, 4, ALL)
    ids = users.browse(call.view, query).ids
    return (
        user_value(call, user, fields) for batch in in_batches(ids, BATCH) for user in users.items(call.view, batch)
    )


def _writers(call: Call) -> tuple[tuple[str, ...], ...]:
    """Those who may write: what `who` asked for when users had levels."""
    roles = [name for name, role in call.site.roles.items() if role.capabilities.get("level_1")]
    return (("level_1", *roles),)


def authors(call: Call) -> Value:
    """`wp.getAuthors`: all users, with their names."""
    call.need("edit_posts", message="You may not edit posts.")
    found = users.browse(call.view, UserQuery(per_page=MOST, orderby="login"))
    return (
        {"user_id": str(user.id), "user_login": user.login, "display_name": display_name(user)}
        for batch in in_batches(found.ids, BATCH)
        for user in users.items(call.view, batch)
    )


def profile(call: Call) -> Value:
    """`wp.getProfile`: one's own."""
    user = call.viewer.user
    assert user is not None
    call.need("edit_user", user, message="You may not edit your profile.")
    return user_value(call, user, names(call, 3, ALL))


def edit_profile(call: Call) -> Value:
    """`wp.editProfile`: changes one's own."""
    assert call.viewer.user is not None
    user = users.existing(call.view, call.viewer.id)
    call.need("edit_user", user, message="You may not edit your profile.")
    given = call.struct(3)
    changes: dict[str, Any] = {
        field: values.text(given[name])
        for name, field in (
            ("first_name", "first_name"), ("last_name", "last_name"), ("url", "url"), ("display_name", "name"),
            ("nickname", "nickname"), ("nicename", "slug"), ("bio", "description"),
        )
        if name in given
    }  # fmt: skip
    try:
        users.update(call.view, user.id, UserChanges(**changes))
    except WirepressError as error:
        raise Fault(500, error.message) from error
    return True


def user_value(call: Call, user: User, fields: frozenset[str]) -> dict[str, Any]:
    """A user as `wp.getUser` shows them: the fields that are asked for, of which `all` and `basic` are groups."""
    facts: dict[str, Any] = {
        "username": user.login,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "registered": date(user.registered),
        "bio": user.description,
        "email": user.email,
        "nickname": user.nickname,
        "nicename": user.slug,
        "url": user.url,
        "display_name": display_name(user),
        "roles": [name for name, granted in user.grants.items() if granted and name in call.site.roles],
    }
    found: dict[str, Any] = {"user_id": str(user.id)}
    if "all" in fields:
        return found | facts
    if "basic" in fields:
        fields = fields | BASIC
    return found | {name: value for name, value in facts.items() if name in fields}
