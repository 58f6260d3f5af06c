"""The API described in OpenAPI 3.1, made from its routes and the declarations behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from wirepress import __version__
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.declaration import Param, anybody
from wirepress.wp.resource import Resource
from wirepress.wp.response_schema import item_in, part_of_item
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route, Shows
from wirepress.wp.schema import Schema
from wirepress.wp.writing import uninstalled, unwritten

Json = Any

ROUTE = "/wirepress/v1/openapi"
MOST_SERVERS = 4
"""For how many addresses of the site the description is kept."""
_BODIES = ("POST", "PUT", "PATCH")
_KEYWORDS = (
    "description", "type", "enum", "default", "pattern", "minimum", "maximum", "multipleOf", "minLength", "maxLength",
    "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "format",
)  # fmt: skip
ERROR: Schema = {
    "type": "object",
    "description": "An error.",
    "properties": {
        "code": {"type": "string", "description": "What is wrong, for programs."},
        "message": {"type": "string", "description": "What is wrong, for people."},
        "data": {
            "description": "null where the status is all there is to tell.",
            "anyOf": [
                {
                    "type": "object",
                    "properties": {
                        "status": {"type": "integer"},
                        "params": {"type": ["object", "array"], "description": "What is wrong with which parameter."},
                        "details": {"type": ["object", "array"]},
                    },
                },
                {"type": ["null", "array", "string", "integer"]},
            ],
        },
        "additional_data": {"type": "array"},
        "additional_errors": {"type": "array", "items": {"type": "object"}, "description": "What else is wrong."},
    },
    "required": ["code", "message", "data"],
    "additionalProperties": False,
}
FIELDS: Json = {
    "name": "_fields",
    "in": "query",
    "description": "Only these fields, nested ones with dots.",
    "style": "form",
    "explode": False,
    "schema": {"type": "array", "items": {"type": "string", "pattern": "^[A-Za-z0-9_.]+$"}},
}
EMBED: Json = {
    "name": "_embed",
    "in": "query",
    "description": "Put in what links lead to: all that can be, or these relations.",
    "style": "form",
    "explode": False,
    "schema": {"type": "array", "items": {"type": "string", "pattern": "^[A-Za-z0-9:/._-]+$"}},
}
TOTALS: Json = {
    "X-WP-Total": {"description": "How many items there are.", "schema": {"type": "integer"}},
    "X-WP-TotalPages": {"description": "How many pages there are.", "schema": {"type": "integer"}},
}
ABOUT = (
    "WordPress's REST API as this site answers it. Every GET can be asked as HEAD, every route answers OPTIONS. "
    "_envelope, _jsonp, _pretty, _method and _locale are understood everywhere, as in WordPress; the first two change "
    "the form of the answer. Lists in the query can also be written as name[]=a&name[]=b."
)


def route(routes: Sequence[Route]) -> Route:
    """The address of the description.  WordPress has no such route, so the index does not list it."""
    kept: dict[str, Json] = {}

    def run(call: Call) -> Result:
        server = call.api if "?" not in call.api else f"{call.site.home}/wp-json"
        if server not in kept:
            if len(kept) >= MOST_SERVERS:
                kept.clear()
            kept[server] = document(routes, server, str(call.site.option("blogname")))
        return Result(value={**kept[server], "info": _info(str(call.site.option("blogname")))})

    shows = Shows("value", {"type": "object"})
    return Route(ROUTE, (Endpoint(("GET",), run, anybody, shows=shows),), "wirepress/v1")


def _info(title: str) -> Json:
    return {"title": unescape(title) or "Wirepress", "version": __version__, "description": ABOUT}


def document(routes: Sequence[Route], server: str, title: str) -> dict[str, Json]:
    """The whole description."""
    parts = Components()
    paths: dict[str, Json] = {}
    for one in routes:
        path, patterns = template(one.pattern)
        operations = paths.setdefault(path, {})
        for endpoint in one.endpoints:
            for method in endpoint.methods:
                operations.setdefault(method.lower(), _operation(parts, path, patterns, method, endpoint))
    return {
        "openapi": "3.1.0",
        "info": _info(title),
        "servers": [{"url": server}],
        "security": [{}, {"applicationPassword": []}],
        "paths": paths,
        "components": {
            "schemas": parts.schemas,
            "securitySchemes": {"applicationPassword": {"type": "http", "scheme": "basic"}},
        },
    }


class Components:
    """The named schemas of a description: each resource in each of its contexts, and what `_fields` leaves of it."""

    def __init__(self) -> None:
        self.schemas: dict[str, Json] = {"error": ERROR}

    def item(self, resource: Resource[Any]) -> Json:
        """An item in whichever form was asked for."""
        made = {context: item_in(resource, context) for context in resource.contexts}
        made["fields"] = part_of_item(resource)
        names = [self._named(f"{resource.name}.{form}", schema) for form, schema in made.items()]
        return {"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in names]}

    def _named(self, name: str, schema: Json) -> str:
        """The name that a schema is kept under; resources may share a name and differ."""
        free, number = name, 1
        while free in self.schemas and self.schemas[free] != schema:
            number += 1
            free = f"{name}.{number}"
        self.schemas[free] = schema
        return free


# ---- operations


def _operation(
    parts: Components, path: str, patterns: Mapping[str, str], method: str, endpoint: Endpoint
) -> dict[str, Json]:
    declared = [param for param in endpoint.params if param.name not in patterns]
    by_name = {param.name: param for param in endpoint.params}
    shown: dict[str, Json] = {
        "operationId": f"{method.lower()}{path}",
        "tags": [_tag(path)],
        "parameters": [_in_path(name, patterns[name], by_name.get(name)) for name in patterns],
        "responses": _responses(parts, method, endpoint),
    }
    if method not in _BODIES:
        shown["parameters"] += [*map(_in_query, declared), *_global(endpoint.shows)]
    elif declared:
        shown["requestBody"] = {"content": {"application/json": {"schema": _body(declared)}}}
    return shown


def _body(declared: Sequence[Param]) -> dict[str, Json]:
    body: dict[str, Json] = {"type": "object", "properties": {param.name: sent(param.schema) for param in declared}}
    if required := [param.name for param in declared if param.required]:
        body["required"] = required
    return body


def _tag(path: str) -> str:
    return "/".join(path.strip("/").split("/")[:3]).partition("/{")[0] or "index"


def _global(shows: Shows | None) -> list[Json]:
    """The parameters of every route, as far as this one heeds them."""
    if shows is None or not isinstance(shows.what, Resource):
        return []
    embeds = shows.form in {"one", "page"} and shows.what.links
    if embeds:
        return [FIELDS, EMBED]
    return [FIELDS]


def _in_path(name: str, pattern: str, param: Param | None) -> Json:
    schema: dict[str, Json] = sent(param.schema) if param is not None else {"type": "string"}
    schema.pop("default", None)
    if schema.get("type") == "integer":
        schema["minimum"] = 0
    else:
        schema["pattern"] = f"^(?:{pattern})$"
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _in_query(param: Param) -> Json:
    schema = sent(param.schema)
    shown: dict[str, Json] = {"name": param.name, "in": "query", "schema": schema}
    if param.required:
        shown["required"] = True
    if "array" in s.types_of(schema):
        shown |= {"style": "form", "explode": False}
    elif schema.get("type") == "object":
        shown |= {"style": "deepObject", "explode": True}
    return shown


FAILED: Json = {
    "description": "An error, told by its status and its code.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/error"}}},
}


def _responses(parts: Components, method: str, endpoint: Endpoint) -> dict[str, Json]:
    if endpoint.run in (unwritten, uninstalled):
        status = "501" if endpoint.run is unwritten else "500"
        return {status: {**FAILED, "description": "This cannot be changed here."}, "default": FAILED}
    done = {"description": "What was asked for.", **_content(parts, endpoint.shows)}
    responses: dict[str, Json] = {"207" if endpoint.apart else "200": done}
    if endpoint.methods == ("POST",) and not endpoint.apart:
        responses["201"] = {**done, "description": "What was made."}
    if method == "GET":
        responses["304"] = {"description": "It has not changed since the ETag that was sent."}
    return {**responses, "default": FAILED}


def _content(parts: Components, shows: Shows | None) -> dict[str, Json]:
    """The forms in which an endpoint answers, and the headers beside them."""
    if shows is None:
        return {"content": {"application/json": {"schema": {}}}}
    content: dict[str, Json] = {kind: {} for kind in shows.kinds}
    if shows.form != "file":
        content["application/json"] = {"schema": _shown(parts, shows)}
    if shows.form == "page":
        return {"content": content, "headers": TOTALS}
    return {"content": content}


def _shown(parts: Components, shows: Shows) -> Json:
    if not isinstance(shows.what, Resource):
        return dict(shows.what)
    item = parts.item(shows.what)
    if shows.form == "one":
        return item
    if shows.form == "deleted":
        gone = {"deleted": {"const": True}, "previous": item}
        return {"anyOf": [item, {"type": "object", "properties": gone, "required": list(gone)}]}
    if shows.form == "map":
        return {"anyOf": [{"type": "object", "additionalProperties": item}, s.NOTHING]}
    return {"type": "array", "items": item}


# ---- what may be sent


def sent(schema: Schema) -> dict[str, Json]:
    """A parameter's schema in WordPress's words as JSON Schema 2020-12."""
    shown: dict[str, Json] = {word: schema[word] for word in _KEYWORDS if schema.get(word) is not None}
    if "enum" in shown:
        shown["enum"] = s.choices_of(schema)
    if shown.get("format") in {"date-time", "hex-color", "text-field", "textarea-field", "ip"}:
        del shown["format"]  # WordPress's own, or looser than the standard's
    for word in ("Minimum", "Maximum"):
        if schema.get(f"exclusive{word}") is True and word.lower() in shown:
            shown[f"exclusive{word}"] = shown.pop(word.lower())
    for word, inner in s.parts_of(schema, sent).items():
        shown[word] = inner
        if word == "properties" and (required := _required(schema[word])):
            shown["required"] = required
    for word in ("anyOf", "oneOf"):
        if isinstance(schema.get(word), Sequence):
            shown[word] = [sent(inner) for inner in schema[word]]
    return shown


def _required(properties: Mapping[str, Schema]) -> list[str]:
    return [name for name, inner in properties.items() if inner.get("required") is True]


# ---- addresses


_NAMED = re.compile(r"\(\?P<(\w+)>")


def template(pattern: str) -> tuple[str, dict[str, str]]:
    """A route's pattern as a path with names in braces, and the pattern of each name."""
    path: list[str] = []
    found: dict[str, str] = {}
    at = 0
    for start, end, name in _groups(pattern):
        path += [pattern[at:start], "{", name, "}"]
        found[name] = pattern[start + len(f"(?P<{name}>") : end - 1]
        at = end
    return "".join([*path, pattern[at:]]), found


def _groups(pattern: str) -> Iterator[tuple[int, int, str]]:
    """Where the named groups of a pattern begin and end."""
    end = 0
    while match := _NAMED.search(pattern, end):
        end = _closed(pattern, match.end())
        yield match.start(), end, match[1]


def _closed(pattern: str, at: int) -> int:
    """The place behind the parenthesis that closes a group whose inside begins at a place."""
    depth, in_class = 1, False
    while depth and at < len(pattern):
        sign = pattern[at]
        if sign == "\\":
            at += 1
        elif in_class:
            in_class = sign != "]"
        elif sign == "[":
            in_class = True
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        at += 1
    return at
