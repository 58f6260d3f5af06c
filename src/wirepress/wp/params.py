"""The parameters of a call: gathered from body, query and path, checked and cleaned by what the endpoint declares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from wirepress.model.web import Request
from wirepress.web.forms import form_of
from wirepress.wp import json, query
from wirepress.wp.call import Call
from wirepress.wp.declaration import Param
from wirepress.wp.errors import WireError
from wirepress.wp.multipart import values_of
from wirepress.wp.validation import Flaw, check, clean
from wirepress.wp.values import items_of, members_of

BODIES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Refused(Exception):
    """Raised by a parameter's own cleaning; it becomes part of `rest_invalid_param`."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.message)
        self.flaw = flaw


def content_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def is_json(request: Request) -> bool:
    """Whether the body is JSON by its name (wp_is_json_media_type)."""
    kind = content_type(request)
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))


def body_of(request: Request, method: str) -> dict[str, Any]:
    """The parameters that the body holds.  Raises for JSON that is none."""
    if not request.body:
        return {}
    if is_json(request):
        try:
            sent = request.body.read()
            value = json.load(sent)
        except json.NoJson as error:
            raise _refused(error) from error
        if b"\\u0000" in sent:
            value = _without_nul(value)
        return members_of(value)
    if method in BODIES and content_type(request) in {"application/x-www-form-urlencoded", ""}:
        return dict(_without_nul(query.of_form(request.body)))
    if method in BODIES and content_type(request) == "multipart/form-data" and (form := form_of(request)):
        return dict(_without_nul(values_of(form)))
    return {}


def _without_nul(value: Any) -> Any:
    """A value whose texts hold no NUL, which no database of ours keeps."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, dict):
        return {_without_nul(key): _without_nul(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without_nul(inner) for inner in value]
    return value


def _refused(error: json.NoJson) -> WireError:
    more = {"json_error_code": error.number, "json_error_message": str(error)}
    return WireError("rest_invalid_json", "The body is not valid JSON.", 400, more)


class Declared:
    """The parameters of an endpoint, with what follows from their schemas whatever is sent."""

    def __init__(self, params: Sequence[Param]) -> None:
        self.params = tuple(params)
        self.defaults = {param.name: param.schema["default"] for param in params if "default" in param.schema}
        self.required = tuple(param.name for param in params if param.required)
        self.lists = tuple(param.name for param in params if "array" in (param.schema.get("type") or ()))
        self._settled = {param.name: self.defaults[param.name] for param in params if _is_settled(param)}

    def sent(self, values: Mapping[str, Any]) -> list[tuple[Param, Any]]:
        """What has to be looked at: every value but null and the defaults of which it is known what becomes of them."""
        found = [(param, values.get(param.name)) for param in self.params]
        settled = self._settled
        return [(param, value) for param, value in found if value is not None and value is not settled.get(param.name)]


def _is_settled(param: Param) -> bool:
    """Whether a default passes its check and stays what it is when it is cleaned."""
    if param.clean is not None or param.schema.get("default") is None:
        return False
    default = param.schema["default"]
    if check(default, param.schema, param.name):
        return False
    cleaned = clean(default, param.schema, param.name)
    return type(cleaned) is type(default) and bool(cleaned == default)


def gathered(
    defaults: Mapping[str, Any], body: Mapping[str, Any], asked: Mapping[str, Any], path: Mapping[str, str]
) -> dict[str, Any]:
    """All parameters, a body's before the query's before the path's before the defaults; null takes the place of
    nothing (WP_REST_Request::get_param)."""
    below = {**defaults, **path, **asked}
    if not body:
        return below
    return {**below, **{name: value for name, value in body.items() if value is not None or name not in below}}


def require(declared: Declared, values: Mapping[str, Any]) -> None:
    """Raises when a required parameter is not there."""
    missing = [name for name in declared.required if values.get(name) is None]
    if missing:
        message = f"Missing parameters: {', '.join(missing)}"
        raise WireError("rest_missing_callback_param", message, 400, {"params": missing})


def check_eager(call: Call, sent: Iterable[tuple[Param, Any]]) -> None:
    """Raises `rest_invalid_param` with every flaw of the parameters that are checked before any is cleaned.

    WordPress checks in two rounds: first the parameters with a validate_callback, in the order of their declaration,
    then, while it cleans them, the others.
    """
    eager = ((param, value) for param, value in sent if param.eager)
    refuse({param.name: flaw for param, value in eager if (flaw := _flaw(call, param, value))})


def cleaned(
    call: Call,
    declared: Declared,
    sent: Iterable[tuple[Param, Any]],
    values: Mapping[str, Any],
    given: Iterable[Mapping[str, Any]],
) -> tuple[dict[str, Any], dict[str, Flaw]]:
    """The values cleaned, those that cannot be as they came, and the flaws of these; `sent` are those that have to be
    looked at.

    The flaws are in the order in which the parameters were sent: `given` are those of the body, of the query and of
    the path.
    """
    flaws = _nulls(call, declared, given)
    result = dict(values)
    for param, value in sent:
        if param.name in flaws:
            continue
        if param.clean is not None:
            try:
                result[param.name] = param.clean(call, value)
            except Refused as refusal:
                flaws[param.name] = refusal.flaw
        elif not param.eager and (flaw := _flaw(call, param, value)):
            flaws[param.name] = flaw
        else:
            result[param.name] = clean(value, param.schema, param.name)
    sent_order = dict.fromkeys(chain(*given, flaws)) if flaws else {}
    return result, {name: flaws[name] for name in sent_order if name in flaws}


def _nulls(call: Call, declared: Declared, given: Iterable[Mapping[str, Any]]) -> dict[str, Flaw]:
    """The flaws of nulls that were sent for parameters that WordPress both checks and cleans by their schemas
    (rest_parse_request_arg); elsewhere null says nothing, and a default stands in its place."""
    nulls = {name for sent in given for name, value in sent.items() if value is None}
    if not nulls:
        return {}
    looked_at = (param for param in declared.params if param.name in nulls and not param.eager and param.clean is None)
    return {param.name: flaw for param in looked_at if (flaw := _flaw(call, param, None))}


def _flaw(call: Call, param: Param, value: Any) -> Flaw | None:
    if param.validate is not None:
        return param.validate(call, value)
    return check(value, param.schema, param.name)


def refuse(flaws: Mapping[str, Flaw]) -> None:
    """Raises all that is wrong with parameters, where anything is."""
    if flaws:
        more: dict[str, Any] = {
            "params": {name: flaw.message for name, flaw in flaws.items()},
            "details": {name: flaw.detail() for name, flaw in flaws.items() if flaw.code} or [],
        }
        raise WireError("rest_invalid_param", f"Invalid parameters: {', '.join(flaws)}", 400, more)


MOST_ITEMS = 2000
"""How long a list may be that something is looked for with."""


def overlong(declared: Declared, values: Mapping[str, Any]) -> dict[str, Flaw]:
    """The list parameters that hold more than a database should be asked with."""
    found = [name for name in declared.lists if _items(values.get(name)) > MOST_ITEMS]
    return {name: Flaw("rest_too_many_items", f"{name} has more than {MOST_ITEMS} items.") for name in found}


def _items(value: Any) -> int:
    """How many items a value has: a list, a text that is one, or the widest list in an object (`terms`)."""
    if isinstance(value, str):
        return len(items_of(value))
    if isinstance(value, dict):
        return max(len(value), *map(_items, list(value.values())[:MOST_ITEMS]), 0)
    if isinstance(value, list):
        return len(value)
    return 0


def described(declared: Iterable[Param]) -> dict[str, Any] | list[Any]:
    """Arguments as OPTIONS and the index show them: those of WordPress."""
    return {p.name: {**p.schema, "required": p.required} for p in declared if not p.ours} or []
