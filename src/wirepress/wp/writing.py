"""Creating, changing and deleting items: the endpoints that follow from a resource's verbs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields as fields_of
from dataclasses import is_dataclass, replace
from functools import partial
from json import loads
from typing import Any, TypeVar

from wirepress.render.values import to_boolean
from wirepress.wp import json
from wirepress.wp.call import Call
from wirepress.wp.declaration import Permission, Several, Write
from wirepress.wp.emit import emitter, encoded
from wirepress.wp.errors import WireError
from wirepress.wp.fields import pick, tree
from wirepress.wp.filling import Filling
from wirepress.wp.resource import Resource, Verb
from wirepress.wp.response_schema import shows
from wirepress.wp.result import Doc, Result
from wirepress.wp.routes import Endpoint

T = TypeVar("T")

UPDATE = ("POST", "PUT", "PATCH")


class FoundItems(dict[tuple[str, str], Any]):
    """The items that a call is about, by route and key: each is found once."""


def item_of(resource: Resource[Any], call: Call) -> Any:
    """The item of a call.  Raises what the resource says where there is none."""
    found = call.fetched.of(FoundItems)
    params = call.params
    key = (resource.route, repr([params.get(name) for name in resource.path_names]))
    try:
        return found[key]
    except KeyError:
        item = found[key] = resource.find(call)
        return item


def address_of(resource: Resource[Any], call: Call) -> str:
    """The route of a call's collection, with what stands in the place of its names."""
    if resource.at is not None:
        return resource.at(call)
    route = resource.route
    for param in resource.parents:
        before, _, after = route.partition(f"(?P<{param.name}>")
        route = before + str(call.params.get(param.name)) + after.partition(")")[2]
    return route


# ---- what is sent


def changes(resource: Resource[T], call: Call, item: T | None, *, but: str = "") -> Any:
    """What a call gives to an item (None: to a new one), as the class of changes that the verbs take: each field
    that was sent and is not null, by what its `write` says; `but` is left out.

    Raises what the resource has against the write, and the refusal of a field that the caller may not send.
    """
    if resource.verbs.check is not None:
        resource.verbs.check(call, item)
    given: dict[str, Any] = {}
    for name, write in resource.writes:
        if name in call.params and name != but and (call.params[name] is not None or write.nullable):
            for attribute, value in _given(call, name, write, item).items():
                kept = given.get(attribute)
                given[attribute] = {**kept, **value} if isinstance(kept, dict) else value
    kind = resource.verbs.changes
    plain = given.keys() - {part.name for part in fields_of(kind)} if is_dataclass(kind) else ()
    if plain:  # columns of which no rule of the content knows
        given["columns"] = {name: given.pop(name) for name in sorted(plain)}
    return kind(**given)


def _given(call: Call, name: str, write: Write, item: Any) -> Mapping[str, Any]:
    """What one field that was sent gives to the changes."""
    if write.capability:
        call.need(write.capability, "rest_cannot_edit_field", f"You may not set {name}.", item)
    value = call.params[name]
    if write.convert is None:
        return {write.attribute or name: value}
    made = write.convert(call, value, item)
    if isinstance(made, Several):
        return made
    if made is None:
        return {}
    return {write.attribute or name: made}


# ---- endpoints


def unwritten(_: Call) -> Result:
    """What answers where nothing can be changed: it raises that."""
    raise WireError("rest_not_implemented", "This cannot be changed here yet.", 501)


def uninstalled(_: Call) -> Result:
    """What answers where plugins are installed: it raises what WordPress does where it cannot reach its directory of
    them (plugins_api)."""
    reason = "Plugins are not installed here, and WordPress.org is never asked."
    raise WireError("plugins_api_failed", reason, 500, additional=[reason])


def creation(resource: Resource[T], permission: Permission) -> Endpoint:
    """POST to a collection."""
    run = partial(_created, resource) if resource.verbs.create is not None else None
    return _altering(resource, "create", ("POST",), run, permission, resource.verbs.prepare)


def change(resource: Resource[T], permission: Permission) -> Endpoint:
    """POST, PUT and PATCH to an item."""
    run = partial(_updated, resource) if resource.verbs.update is not None else None
    return _altering(resource, "edit", UPDATE, run, permission, resource.verbs.prepare)


def deletion(resource: Resource[T], permission: Permission) -> Endpoint:
    """DELETE of an item: the item in the trash, or what it was before it went for good."""
    run = partial(_deleted, resource) if resource.verbs.delete is not None else None
    return _altering(resource, "delete", ("DELETE",), run, permission, partial(_previous, resource))


def _altering(
    resource: Resource[Any], verb: Verb, methods: tuple[str, ...], run: Callable[[Call], Result] | None,
    permission: Permission, prepare: Callable[[Call], Any] | None,
) -> Endpoint:  # fmt: skip
    params = resource.arguments(verb)
    if run is None:
        return Endpoint(methods, unwritten, permission, params, resource.batch)
    deletes = verb == "delete"
    shown = shows(resource, "deleted" if deletes else "one") if resource.documented else None
    return Endpoint(
        methods, run, permission, params, resource.batch, shown,
        alters=True, prepare=prepare, prepares_early=not deletes,
    )  # fmt: skip


def _created(resource: Resource[T], call: Call) -> Result:
    assert resource.verbs.create is not None, resource.name
    item = resource.verbs.create(call, changes(resource, call, None))
    result = shown(resource, call, item)
    if resource.verbs.headers is not None:
        result.headers |= resource.verbs.headers(call, item)
    if not resource.verbs.located:
        result.status = 201
        return result
    # A term goes by its taxonomy id among its like, and by its own in its address.
    key = getattr(item, "id", None) or resource.id_of(item)
    return made_at(call, f"{address_of(resource, call)}/{key}", result)


def made_at(call: Call, route: str, result: Result) -> Result:
    """The answer to a creation: 201, and where the new thing is."""
    result.status = 201
    result.headers["Location"] = call.href(route)
    return result


def _updated(resource: Resource[T], call: Call) -> Result:
    assert resource.verbs.update is not None, resource.name
    item = item_of(resource, call)
    return shown(resource, call, resource.verbs.update(call, item, changes(resource, call, item)))


def _deleted(resource: Resource[T], call: Call) -> Result:
    assert resource.verbs.delete is not None, resource.name
    trashed = resource.verbs.delete(call, item_of(resource, call))
    if trashed is not None:
        return shown(resource, call, trashed)
    assert call.prepared is not None, resource.name
    gone = {"deleted": True, "previous": call.prepared}
    after = call.written(call.context)
    return Result(value=pick(gone, tree(call.fields)) if call.fields else gone, call=after)


def shown(resource: Resource[T], call: Call, item: T) -> Result:
    """The answer to a write: the item as it is now.  What was fetched before holds no longer."""

    def encode(after: Call) -> list[Doc]:
        done = item
        if resource.complete is not None:
            done = resource.complete(after, item)
        return [encoded(resource, after, done)]

    return Result(call=call.written(resource.verbs.context(call)), encode=encode)


def _previous(resource: Resource[T], call: Call) -> Any:
    """An item that is to be deleted for good, as a value: the fields of its context, no links.  None where it goes to
    the trash, or where nothing is deleted without `force`.

    It is made in a view that reads: its texts may take as long as those of any answer.  As in WordPress, what somebody
    else writes between this and the deletion is not in it.

    An id is there whatever was asked for (WP_REST_Controller::get_fields_for_response); what has none is whole
    (application passwords).
    """
    if not _is_for_good(resource, call):
        return None
    context = resource.verbs.context(call)
    params = {**call.params, "context": context}
    once = call.with_checked(replace(call.checked, params=params, context=context))
    names: tuple[str, ...] = ()
    if call.fields and "id" in resource.by_name:
        names = (*call.fields, "id")
    return _filled(once, emitter(resource, context, names)(item_of(resource, call), once) or [])


def _is_for_good(resource: Resource[Any], call: Call) -> bool:
    """Whether a deletion leaves nothing in the trash: where `force` can be sent, by that alone."""
    has_force = any(param.name == "force" for param in resource.arguments("delete"))
    return not has_force or to_boolean(call.params.get("force"))


def _filled(call: Call, value: Any) -> Any:
    """A value with the gaps of its texts filled now: what they tell of is gone when the answer is made."""
    pieces = [*json.split(json.encode(value))]
    if all(isinstance(piece, bytes) for piece in pieces):
        return value
    return loads(Filling(call, single=True).join(pieces))
