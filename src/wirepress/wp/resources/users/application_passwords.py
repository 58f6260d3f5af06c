"""Application passwords: their owner's, and those of whoever may edit him."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Final

from wirepress.content.identity import application_passwords as content
from wirepress.content.identity.permissions import may
from wirepress.model.user import ApplicationPassword, User
from wirepress.wp import emit
from wirepress.wp.call import Call
from wirepress.wp.common import int_param, missing, refuse
from wirepress.wp.errors import WireError
from wirepress.wp.resource import ALL, EDIT, READ, Field, Link, Resource, Rules, Schema, To, text
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route, Shows
from wirepress.wp.writing import UPDATE, before, shown

ROUTE = r"/wp/v2/users/(?P<user_id>(?:[\d]+|me))/application-passwords"
APP_ID: Schema = {
    "description": "A UUID that the program gave itself.",
    "type": "string",
    "oneOf": [{"type": "string", "format": "uuid"}, {"type": "string", "enum": [""]}],
}


@dataclass(frozen=True, slots=True)
class Fresh(ApplicationPassword):
    """An application password that was just made, with what it is: it is shown once."""

    token: str = ""


def at(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def owner_of(call: Call) -> User:
    """The user that the route names."""
    asked = call.params.get("user_id")
    if asked == "me":
        if call.viewer.user is None:
            raise WireError("rest_not_logged_in", "You are not logged in.", 401)
        return call.viewer.user
    user = call.view.lookup.user(int_param(call.params, "user_id"))
    if user is None:
        raise missing("rest_user_invalid_id", "There is no user with this id.")
    return user


def _uuid(password: ApplicationPassword, call: Call) -> To:
    return To(f"{call.api}/wp/v2/users/{password.user}/application-passwords/{password.uuid}")


def _token(password: ApplicationPassword, _: Call) -> str:
    return content.grouped(password.token) if isinstance(password, Fresh) else ""


FIELDS: tuple[Field[ApplicationPassword], ...] = (
    Field("uuid", text("Its identifier.", format="uuid"), ALL, lambda p, _: p.uuid),
    Field("app_id", APP_ID, ALL, lambda p, _: p.app_id, write="app_id"),
    Field("name", {"description": "Its name.", "type": "string", "required": True}, ALL, lambda p, _: p.name,
          write="name", tail={"minLength": 1, "pattern": ".*\\S.*"}),
    Field("created", text("When it was made, in UTC.", format="date-time"), READ, lambda p, _: at(p.created)),
    Field("last_used", {"description": "When it was last used, in UTC.", "type": ["string", "null"],
          "format": "date-time"}, READ, lambda p, _: None if p.last_used is None else at(p.last_used)),
    Field("last_ip", {"description": "Where it was last used from.", "type": ["string", "null"], "format": "ip"},
          READ, lambda p, _: p.last_ip),
    Field("password", text("The password; shown once, when it is made."), EDIT, _token,
          when=lambda p, _: isinstance(p, Fresh)),
)  # fmt: skip


def passwords(call: Call, owner: User) -> list[ApplicationPassword]:
    """The passwords of a user; the one that the call came with is used now, whether that is written down yet or not."""
    now = int(call.view.now().timestamp())
    return [
        replace(password, last_used=now, last_ip=call.request.remote)
        if password.uuid == call.viewer.application and content.stale(call.view, password)
        else password
        for password in content.of_user(call.view, owner.id)
    ]


def find(call: Call) -> ApplicationPassword:
    owner = owner_of(call)
    wanted = str(call.params.get("uuid"))
    found = next((p for p in passwords(call, owner) if p.uuid == wanted), None)
    if found is None:
        raise missing("rest_application_password_not_found", "There is no such application password.")
    return found


def _rule(verb: str) -> Callable[[Call, ApplicationPassword], None]:
    def rule(call: Call, password: ApplicationPassword) -> None:
        if not may(call.view, call.viewer, f"{verb}_app_password", call.view.lookup.user(password.user)):
            refuse(call, f"rest_cannot_{verb}_application_password", "This is another user's password.")

    return rule


RESOURCE: Resource[ApplicationPassword] = Resource(
    name="application-password",
    route=ROUTE,
    fields=FIELDS,
    rules=Rules(None, _rule("read"), None, _rule("edit"), _rule("delete")),
    find=find,
    version_of=None,
    links=(Link("self", _uuid, hints=True),),
    order=("uuid", "app_id", "name", "password", "created", "last_used", "last_ip"),
)


def permission(capability: str, code: str) -> Callable[[Call], None]:
    def rule(call: Call) -> None:
        if not may(call.view, call.viewer, capability, owner_of(call)):
            refuse(call, code, "These are another user's passwords.")

    return rule


def introspect_permission(call: Call) -> None:
    """`introspect`: whoever came with an application password may look at it."""
    owner = owner_of(call)
    if owner.id != call.viewer.id:
        refuse(call, "rest_cannot_introspect_app_password_for_another_user", "This is another user's password.")


def listed(call: Call) -> Result:
    found = passwords(call, owner_of(call))
    return Result(docs=[emit.encoded(RESOURCE, call, password, listed=True) for password in found], listed=True)


def one(call: Call) -> Result:
    return Result(docs=[emit.encoded(RESOURCE, call, find(call))])


def current(call: Call) -> Result:
    """The password that this call came with."""
    used = call.viewer.application
    found = next((p for p in passwords(call, owner_of(call)) if p.uuid == used), None)
    if found is None:
        raise missing("rest_no_authenticated_app_password", "This call came without an application password.")
    return Result(docs=[emit.encoded(RESOURCE, call, found)])


# ---- what changes them


def create(call: Call) -> Result:
    made, token = content.create(
        call.view, owner_of(call).id, str(call.params["name"]), str(call.params.get("app_id") or "")
    )
    fresh = Fresh(**{field.name: getattr(made, field.name) for field in fields(ApplicationPassword)}, token=token)
    result = shown(RESOURCE, call, fresh)
    result.status = 201
    result.headers["Location"] = _uuid(made, call).href
    return result


def update(call: Call) -> Result:
    renamed = content.rename(call.view, find(call), str(call.params.get("name") or ""))
    return shown(RESOURCE, call, renamed)


def delete(call: Call) -> Result:
    password = find(call)
    previous = before(RESOURCE, call, password)
    content.delete(call.view, password.user, password.uuid)
    return Result(value={"deleted": True, "previous": previous})


CLEARED: Final = Shows(
    "value",
    {
        "type": "object",
        "properties": {"deleted": {"const": True}, "count": {"type": "integer"}},
        "required": ["deleted", "count"],
    },
)


def delete_all(call: Call) -> Result:
    return Result(value={"deleted": True, "count": content.delete(call.view, owner_of(call).id)})


def routes() -> list[Route]:
    context = RESOURCE.context_param()
    made, changed = RESOURCE.arguments(creating=True), RESOURCE.arguments(creating=False)

    def route(pattern: str, *endpoints: Endpoint) -> Route:
        return Route(pattern, endpoints, schema=lambda _: RESOURCE.schema())

    item = Shows("one", RESOURCE)

    def rule(verb: str) -> Callable[[Call], None]:
        return permission(f"{verb}_app_password", f"rest_cannot_{verb}_application_password")

    many = permission("list_app_passwords", "rest_cannot_list_application_passwords")
    make = permission("create_app_password", "rest_cannot_create_application_passwords")
    clear = permission("delete_app_passwords", "rest_cannot_delete_application_passwords")
    return [
        route(
            ROUTE,
            Endpoint(("GET",), listed, many, (context,), shows=Shows("list", RESOURCE)),
            Endpoint(("POST",), create, make, made, shows=item, alters=True),
            Endpoint(("DELETE",), delete_all, clear, shows=CLEARED, alters=True),
        ),
        route(f"{ROUTE}/introspect", Endpoint(("GET",), current, introspect_permission, (context,), shows=item)),
        route(
            ROUTE + r"/(?P<uuid>[\w\-]+)",
            Endpoint(("GET",), one, rule("read"), (context,), shows=item),
            Endpoint(UPDATE, update, rule("edit"), changed, shows=item, alters=True),
            Endpoint(("DELETE",), delete, rule("delete"), shows=Shows("deleted", RESOURCE), alters=True),
        ),
    ]
