"""Creating, changing and deleting items: the endpoints that follow from a resource's verbs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from wirepress.wp.call import Call
from wirepress.wp.emit import emitter, encoded
from wirepress.wp.errors import WireError
from wirepress.wp.fields import pick, tree
from wirepress.wp.resource import Param, Permission, Resource
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Shows

T = TypeVar("T")

UPDATE = ("POST", "PUT", "PATCH")


def key_name(resource: Resource[Any]) -> str:
    """The name of the path's part that names an item."""
    return resource.key.partition("<")[2].partition(">")[0]


def item_of(resource: Resource[Any], call: Call) -> Any:
    """The item of a call, found once."""
    key = ("item", resource.route, repr(call.params.get(key_name(resource))))
    if key not in call.memory:
        call.memory[key] = resource.find(call)
    return call.memory[key]


def unwritten(_: Call) -> Result:
    """What answers where nothing can be changed."""
    raise WireError("rest_not_implemented", "This cannot be changed here yet.", 501)


def creation(resource: Resource[T], permission: Permission, params: tuple[Param, ...]) -> Endpoint:
    """POST to a collection."""
    verbs = resource.verbs
    if (create := verbs.create) is None:
        return Endpoint(("POST",), unwritten, permission, params, resource.batch)

    def run(call: Call) -> Result:
        item = create(call)
        result = shown(resource, call, item)
        result.status = 201
        # A term goes by its taxonomy id among its like, and by its own in its address.
        result.headers["Location"] = call.href(f"{resource.route}/{getattr(item, 'id', None) or resource.id_of(item)}")
        return result

    return _altering(resource, ("POST",), run, permission, params)


def change(resource: Resource[T], permission: Permission, params: tuple[Param, ...]) -> Endpoint:
    """POST, PUT and PATCH to an item."""
    verbs = resource.verbs
    if (update := verbs.update) is None:
        return Endpoint(UPDATE, unwritten, permission, params, resource.batch)

    def run(call: Call) -> Result:
        return shown(resource, call, update(call, item_of(resource, call)))

    return _altering(resource, UPDATE, run, permission, params)


def deletion(resource: Resource[T], permission: Permission, params: tuple[Param, ...]) -> Endpoint:
    """DELETE of an item: the item in the trash, or what it was before it went for good."""
    verbs = resource.verbs
    if (delete := verbs.delete) is None:
        return Endpoint(("DELETE",), unwritten, permission, params, resource.batch)

    def run(call: Call) -> Result:
        item = item_of(resource, call)
        previous = before(resource, call, item)
        trashed = delete(call, item)
        if trashed is not None:
            return shown(resource, call, trashed)
        call.forget()
        gone = {"deleted": True, "previous": previous}
        return Result(value=pick(gone, tree(call.fields)) if call.fields else gone)

    shows = Shows("deleted", resource)
    return replace(_altering(resource, ("DELETE",), run, permission, params), shows=shows, prepare=None)


def _altering(
    resource: Resource[Any], methods: tuple[str, ...], run: Callable[[Call], Result], permission: Permission,
    params: tuple[Param, ...],
) -> Endpoint:  # fmt: skip
    shows = Shows("one", resource)
    prepare = resource.verbs.prepare
    return Endpoint(methods, run, permission, params, resource.batch, shows, alters=True, prepare=prepare)


def shown(resource: Resource[T], call: Call, item: T) -> Result:
    """The answer to a write: the item as it is now.  What was known of the call's things holds no longer."""
    call.forget()
    call.context = resource.verbs.context(call)
    call.params = {**call.params, "context": call.context}
    return Result(docs=[encoded(resource, call, item)])


def before(resource: Resource[T], call: Call, item: T) -> Any:
    """An item as a value, as it was before it was deleted: the fields of its context, no links."""
    context = resource.verbs.context(call)
    once = replace(call, context=context, params={**call.params, "context": context}, memory=call.memory)
    return emitter(resource, context, call.fields)(item, once) or []
