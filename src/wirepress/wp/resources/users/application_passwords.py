"""Application passwords: their owner's, and those of whoever may edit him."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from operator import attrgetter
from typing import Final

from wirepress.content.identity import application_passwords as content
from wirepress.model.user import ApplicationPassword, User
from wirepress.wp import emit
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.declaration import ALL, EDIT, READ, Field, Link, Page, Rules, To, Verbs, Write
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import WireError, missing
from wirepress.wp.resource import Resource
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route, Shows
from wirepress.wp.schema import Schema

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
    """The user that the route names.  Raises where there is none."""
    asked = call.params.get("user_id")
    if asked == "me":
        if call.viewer.user is None:
            raise WireError("rest_not_logged_in", "You are not logged in.", 401)
        return call.viewer.user
    user = call.view.lookup.user(call.integer("user_id"))
    if user is None:
        raise missing("rest_user_invalid_id", "There is no user with this id.")
    return user


def _uuid(password: ApplicationPassword, call: Call) -> To:
    return To(f"{call.api}/wp/v2/users/{password.user}/application-passwords/{password.uuid}")


def _token(password: ApplicationPassword, _: Call) -> str:
    if isinstance(password, Fresh):
        return content.grouped(password.token)
    return ""


FIELDS: tuple[Field[ApplicationPassword], ...] = (
    Field("uuid", s.text("Its identifier.", format="uuid"), ALL),
    Field("app_id", APP_ID, ALL, write=Write()),
    Field("name", {"description": "Its name.", "type": "string", "required": True}, ALL, write=Write(),
          tail={"minLength": 1, "pattern": ".*\\S.*"}),
    Field("created", s.text("When it was made, in UTC.", format="date-time"), READ, lambda p, _: at(p.created)),
    Field("last_used", {"description": "When it was last used, in UTC.", "type": ["string", "null"],
          "format": "date-time"}, READ, lambda p, _: None if p.last_used is None else at(p.last_used)),
    Field("last_ip", {"description": "Where it was last used from.", "type": ["string", "null"], "format": "ip"},
          READ),
    Field("password", s.text("The password; shown once, when it is made."), EDIT, _token,
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
    """The application password of a call.  Raises where its owner has none of this id."""
    owner = owner_of(call)
    wanted = str(call.params.get("uuid"))
    found = next((p for p in passwords(call, owner) if p.uuid == wanted), None)
    if found is None:
        raise missing("rest_application_password_not_found", "There is no such application password.")
    return found


def _rule(verb: str) -> Callable[[Call, ApplicationPassword], None]:
    def rule(call: Call, password: ApplicationPassword) -> None:
        if not call.may(f"{verb}_app_password", call.view.lookup.user(password.user)):
            call.refuse(f"rest_cannot_{verb}_application_password", "This is another user's password.")

    return rule


def _of_owner(capability: str, code: str) -> Callable[[Call], None]:
    """The rule of what is asked of the owner, whichever password it is about."""

    def rule(call: Call) -> None:
        if not call.may(capability, owner_of(call)):
            call.refuse(code, "These are another user's passwords.")

    return rule


def _any_of_owner(verb: str) -> Callable[[Call], None]:
    return _of_owner(f"{verb}_app_password", f"rest_cannot_{verb}_application_password")


def introspect_permission(call: Call) -> None:
    """`introspect`: whoever came with an application password may look at it."""
    owner = owner_of(call)
    if owner.id != call.viewer.id:
        call.refuse("rest_cannot_introspect_app_password_for_another_user", "This is another user's password.")


def page(call: Call) -> Page[ApplicationPassword]:
    found = passwords(call, owner_of(call))
    return Page(found, len(found))


def create(call: Call, given: dict[str, str]) -> ApplicationPassword:
    made, token = content.create(call.view, owner_of(call).id, given["name"], given.get("app_id", ""))
    return Fresh(**{field.name: getattr(made, field.name) for field in fields(ApplicationPassword)}, token=token)


def update(call: Call, password: ApplicationPassword, given: dict[str, str]) -> ApplicationPassword:
    return content.rename(call.view, password, given.get("name", ""))


def delete(call: Call, password: ApplicationPassword) -> None:
    content.delete(call.view, password.user, password.uuid)


RESOURCE: Resource[ApplicationPassword] = Resource(
    name="application-password",
    route=ROUTE,
    key=r"(?P<uuid>[\w\-]+)",
    fields=FIELDS,
    rules=Rules(
        _of_owner("list_app_passwords", "rest_cannot_list_application_passwords"),
        _rule("read"),
        _of_owner("create_app_password", "rest_cannot_create_application_passwords"),
        _rule("edit"),
        _rule("delete"),
    ),
    asks={"read": _any_of_owner("read"), "edit": _any_of_owner("edit"), "delete": _any_of_owner("delete")},
    find=find,
    page=page,
    collection="list",
    id_of=attrgetter("uuid"),
    at=lambda call: f"/wp/v2/users/{owner_of(call).id}/application-passwords",
    keyless=True,
    version_of=None,
    links=(Link("self", _uuid, hints=True),),
    order=("uuid", "app_id", "name", "password", "created", "last_used", "last_ip"),
    verbs=Verbs(dict, create, update, delete),
)


# ---- what is no password of its own

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


def current(call: Call) -> Result:
    """The password that this call came with.  Raises where it came with none."""
    used = call.viewer.application
    found = next((p for p in passwords(call, owner_of(call)) if p.uuid == used), None)
    if found is None:
        raise missing("rest_no_authenticated_app_password", "This call came without an application password.")
    return Result(docs=[emit.encoded(RESOURCE, call, found)])


def routes(catalog: Catalog) -> list[Route]:
    """Application passwords, all of them at once, and the one that a call came with."""
    many, one = routes_of(catalog.documents, RESOURCE)
    clear = _of_owner("delete_app_passwords", "rest_cannot_delete_application_passwords")
    clearing = Endpoint(("DELETE",), delete_all, clear, shows=CLEARED, alters=True)
    looking = Endpoint(
        ("GET",), current, introspect_permission, (RESOURCE.context_param(),), shows=Shows("one", RESOURCE)
    )  # fmt: skip
    own = Route(f"{ROUTE}/introspect", (looking,), schema=one.schema)
    return [replace(many, endpoints=(*many.endpoints, clearing)), own, one]
