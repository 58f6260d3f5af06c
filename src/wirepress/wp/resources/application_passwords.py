"""Application passwords: their owner's, and those of whoever may edit him."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from wirepress.content.permissions import may
from wirepress.model.user import ApplicationPassword, User
from wirepress.store import users as store
from wirepress.wp import emit
from wirepress.wp.call import Call
from wirepress.wp.errors import WireError
from wirepress.wp.resource import ALL, EDIT, READ, Field, Link, Param, Resource, Rules, Schema, To, text
from wirepress.wp.resources.common import missing, refuse, whole
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route, Shows
from wirepress.wp.writing import UPDATE, unwritten

ROUTE = r"/wp/v2/users/(?P<user_id>(?:[\d]+|me))/application-passwords"
APP_ID: Schema = {
    "description": "A UUID that the program gave itself.",
    "type": "string",
    "oneOf": [{"type": "string", "format": "uuid"}, {"type": "string", "enum": [""]}],
}


def at(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def owner_of(call: Call) -> User:
    """The user that the route names."""
    asked = call.params.get("user_id")
    if asked == "me":
        if call.viewer.user is None:
            raise WireError("rest_not_logged_in", "You are not logged in.", 401)
        return call.viewer.user
    user = call.view.lookup.user(whole(call.params, "user_id"))
    if user is None:
        raise missing("rest_user_invalid_id", "There is no user with this id.")
    return user


def _uuid(password: ApplicationPassword, call: Call) -> To:
    return To(f"{call.api}/wp/v2/users/{password.user}/application-passwords/{password.uuid}")


FIELDS: tuple[Field[ApplicationPassword], ...] = (
    Field("uuid", text("Its identifier.", format="uuid"), ALL, lambda p, _: p.uuid),
    Field("app_id", APP_ID, ALL, lambda p, _: p.app_id, write="app_id"),
    Field("name", {"description": "Its name.", "type": "string", "required": True}, ALL, lambda p, _: p.name,
          write="name", tail={"minLength": 1, "pattern": ".*\\S.*"}),
    Field("password", text("The password; shown once, when it is made."), EDIT, None),
    Field("created", text("When it was made, in UTC.", format="date-time"), READ, lambda p, _: at(p.created)),
    Field("last_used", {"description": "When it was last used, in UTC.", "type": ["string", "null"],
          "format": "date-time"}, READ, lambda p, _: None if p.last_used is None else at(p.last_used)),
    Field("last_ip", {"description": "Where it was last used from.", "type": ["string", "null"], "format": "ip"},
          READ, lambda p, _: p.last_ip),
)  # fmt: skip


def passwords(call: Call, owner: User) -> list[ApplicationPassword]:
    return store.application_passwords(call.view.unit, owner.id)


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
)


def judge(capability: str, code: str) -> Callable[[Call], None]:
    def rule(call: Call) -> None:
        if not may(call.view, call.viewer, capability, owner_of(call)):
            refuse(call, code, "These are another user's passwords.")

    return rule


def judge_own(call: Call) -> None:
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


def routes() -> list[Route]:
    context = RESOURCE.context_param()
    made, changed = RESOURCE.arguments(creating=True), RESOURCE.arguments(creating=False)

    def route(pattern: str, *endpoints: Endpoint) -> Route:
        return Route(pattern, endpoints, schema=lambda _: RESOURCE.schema())

    def writing(methods: tuple[str, ...], verb: str, params: tuple[Param, ...] = ()) -> Endpoint:
        rule = judge(f"{verb}_app_password", f"rest_cannot_{verb}_application_password")
        return Endpoint(methods, unwritten, rule, params)

    many = judge("list_app_passwords", "rest_cannot_list_application_passwords")
    delete_all = judge("delete_app_passwords", "rest_cannot_delete_application_passwords")
    read = judge("read_app_password", "rest_cannot_read_application_password")
    item = Shows("one", RESOURCE)
    return [
        route(
            ROUTE,
            Endpoint(("GET",), listed, many, (context,), shows=Shows("list", RESOURCE)),
            writing(("POST",), "create", made),
            Endpoint(("DELETE",), unwritten, delete_all),
        ),
        route(f"{ROUTE}/introspect", Endpoint(("GET",), current, judge_own, (context,), shows=item)),
        route(
            ROUTE + r"/(?P<uuid>[\w\-]+)",
            Endpoint(("GET",), one, read, (context,), shows=item),
            writing(UPDATE, "edit", changed),
            writing(("DELETE",), "delete"),
        ),
    ]
