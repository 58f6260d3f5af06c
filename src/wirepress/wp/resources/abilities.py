"""Abilities: what a program may ask the site to do by name.  Three of WordPress's own tell of site and caller."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.metadata import version
from operator import attrgetter
from typing import Any, NamedTuple

from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.collection import PAGE, first_of, page_of
from wirepress.wp.declaration import ALL, READ, Field, Link, Page, Param, Rules, To, constant, worded
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import WireError
from wirepress.wp.resource import Resource
from wirepress.wp.response_schema import some_of_fields
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route, Shows
from wirepress.wp.schema import Json, Schema
from wirepress.wp.validation import check
from wirepress.wp.values import items_of

ROUTE, CATEGORIES = "/wp-abilities/v1/abilities", "/wp-abilities/v1/categories"
NAMESPACE = "wp-abilities/v1"
RUN = r"/wp-abilities/v1/abilities/(?P<name>[a-zA-Z0-9\-\/]+?)/run"
ANYTHING = ["integer", "number", "boolean", "string", "array", "object", "null"]
# Unlike those of other collections, WordPress checks these two after the rest.
NUMBER = replace(PAGE, eager=False)
SIZE = Param("per_page", s.integer(default=50, minimum=1, maximum=100))
NAME = Param("name", s.text(pattern=r"^[a-zA-Z0-9\-\/]+$"))


class Category(NamedTuple):
    """A kind of ability."""

    slug: str
    label: str
    description: str


class Ability(NamedTuple):
    """An ability: what it tells, and how."""

    name: str
    label: str
    description: str
    category: str
    fields: tuple[str, ...]
    capability: str
    run: Callable[[Call], dict[str, Json]]


def _site(call: Call) -> dict[str, Json]:
    option = call.site.option
    return {
        "name": str(option("blogname")),
        "description": str(option("blogdescription")),
        "url": call.site.home,
        "wpurl": str(option("siteurl")),
        "admin_email": str(option("admin_email")),
        "charset": "UTF-8",
        "language": (str(option("WPLANG")) or "en_US").replace("_", "-"),
        "version": version("wirepress"),
    }


def _user(call: Call) -> dict[str, Json]:
    user = call.viewer.user
    if user is None:
        return {}
    return {
        "id": user.id,
        "display_name": user.name,
        "user_nicename": user.slug,
        "user_login": user.login,
        "roles": list(call.viewer.roles),
        "locale": user.locale or str(call.site.option("WPLANG")) or "en_US",
        "first_name": user.first_name,
        "last_name": user.last_name,
        "nickname": user.nickname,
        "description": user.description,
        "user_url": user.url,
    }


def _environment(_: Call) -> dict[str, Json]:
    return {
        "environment": "production",
        "php_version": "",
        "db_server_info": "",
        "wp_version": version("wirepress"),
    }


_ABILITIES = (
    Ability("core/get-site-info", "Site information", "Tells of the site.", "site",
            ("name", "description", "url", "wpurl", "admin_email", "charset", "language", "version"),
            "manage_options", _site),
    Ability("core/get-user-info", "User information", "Tells of whoever asks.", "user",
            ("id", "display_name", "user_nicename", "user_login", "roles", "locale", "first_name", "last_name",
             "nickname", "description", "user_url"), "read", _user),
    Ability("core/get-environment-info", "Environment", "Tells of the server.", "site",
            ("environment", "php_version", "db_server_info", "wp_version"),
            "manage_options", _environment),
)  # fmt: skip
_CATEGORIES = (Category("site", "Site", "What tells of the site."), Category("user", "User", "What tells of users."))


def _rule(call: Call, _: Any = None) -> None:
    call.need("read", "rest_forbidden", "You may not see the abilities.")


# ---- abilities

ANNOTATIONS = {name: s.of(["boolean", "null"]) for name in ("readonly", "destructive", "idempotent")}
META: Schema = {"annotations": s.mapping(properties=ANNOTATIONS, additionalProperties=True)}
SHOWN_META = {
    "annotations": {"readonly": True, "destructive": False, "idempotent": True},
    "public": True,
    "show_in_rest": True,
}
_KINDS: Mapping[str, Schema] = {
    "id": {"type": "integer"},
    "roles": {"type": "array", "items": {"type": "string"}},
    "environment": {"type": "string", "enum": ["production", "staging", "development", "local"]},
}
"""The schemas of what is no plain text."""


def _input(ability: Ability, _: Call) -> dict[str, Json]:
    """The schema of what may be asked with: some of the fields only."""
    names = {"type": "array", "items": {"type": "string", "enum": list(ability.fields)}, "description": "Which."}
    return {"type": "object", "properties": {"fields": names}, "additionalProperties": False, "default": {}}


def _shown(name: str) -> dict[str, Json]:
    """The schema of a field: items stand before its words, choices behind them."""
    words: dict[str, Json] = {"title": name.replace("_", " ").capitalize(), "description": ""}
    kind = _KINDS.get(name, {"type": "string"})
    if "enum" in kind:
        return {"type": kind["type"], **words, "enum": kind["enum"]}
    return {**kind, **words}


def _output(ability: Ability, _: Call) -> dict[str, Json]:
    properties = {name: _shown(name) for name in ability.fields}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _abilities(call: Call) -> Page[Ability]:
    wanted, prefix = call.params.get("category"), call.params.get("namespace")
    found = [
        ability
        for ability in _ABILITIES
        if wanted in (None, "", ability.category) and prefix in (None, "", ability.name.partition("/")[0])
    ]
    return page_of(call, found)


def _ability(call: Call) -> Ability:
    found = (ability for ability in _ABILITIES if ability.name == call.params.get("name"))
    return first_of(found, "rest_ability_not_found", "There is no such ability.")


RESOURCE: Resource[Ability] = Resource(
    name="ability",
    route=ROUTE,
    key=r"(?P<name>[a-zA-Z0-9\-\/]+)",
    fields=(
        Field("name", s.text(), ALL),
        Field("label", s.text(), ALL),
        Field("description", s.text(), READ),
        Field("category", s.text(), ALL),
        Field("input_schema", s.mapping(), READ, _input),
        Field("output_schema", s.mapping(), READ, _output),
        Field("meta", s.mapping(properties={**META, "public": s.boolean()}), READ, constant(SHOWN_META)),
    ),
    rules=Rules(_rule, _rule),
    asks={"read": _rule},
    find=_ability,
    page=_abilities,
    id_of=attrgetter("name"),
    version_of=None,
    params=(
        NUMBER,
        SIZE,
        Param("category", s.text(), eager=True),
        Param("namespace", s.text(), eager=True),
        Param("meta", s.mapping(properties=META, additionalProperties=True)),
    ),
    args={"read": (NAME,)},
    links=(
        Link("self", ROUTE + "/{name}", hints=True),
        Link("collection", ROUTE),
        Link("wp:action-run", lambda ability, call: To(f"{call.api}{ROUTE}/{ability.name}/run"), curied=False),
    ),
    namespace=NAMESPACE,
    documented=False,
)

# ---- running them

RESULT: Schema = {"result": {"type": ANYTHING, "context": list(READ), "readonly": True}}


def _run_rule(call: Call) -> None:
    """Raises where there is no such ability, where it is asked otherwise than with GET (all of ours only read), with
    what its schema does not know, and where the caller may not use it."""
    ability = _ability(call)
    if call.request.method not in {"GET", "HEAD"}:
        raise WireError("rest_ability_invalid_method", "What only reads is asked with GET.", 405)
    given = call.params.get("input")
    flaw = check({} if given is None else given, _input(ability, call), "input")
    if flaw is not None:
        raise WireError("ability_invalid_input", flaw.message, 400)
    if not call.viewer.can(ability.capability):
        call.refuse("rest_ability_cannot_execute", "You may not use this ability.")


def run(call: Call) -> Result:
    """What an ability tells, or the fields of it that were asked for."""
    result = _ability(call).run(call)
    given = call.params.get("input")
    wanted = items_of(given["fields"]) if isinstance(given, dict) and given.get("fields") else ()
    if wanted:
        result = {name: value for name, value in result.items() if name in wanted}
    return Result(value=result)


# ---- categories


def _category(call: Call) -> Category:
    found = (category for category in _CATEGORIES if category.slug == call.params.get("slug"))
    return first_of(found, "rest_ability_category_not_found", "There is no such category.")


CATEGORY: Resource[Category] = Resource(
    name="ability-category",
    route=CATEGORIES,
    key=r"(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)",
    fields=(
        Field("slug", s.text(), ALL),
        Field("label", s.text(), ALL),
        Field("description", s.text(), READ),
        Field("meta", s.mapping(), READ, constant([])),
    ),
    rules=Rules(_rule, _rule),
    asks={"read": _rule},
    find=_category,
    page=lambda call: page_of(call, _CATEGORIES),
    id_of=attrgetter("slug"),
    version_of=None,
    params=(NUMBER, SIZE),
    args={"read": (Param("slug", s.text(pattern="^[a-z0-9]+(?:-[a-z0-9]+)*$")),)},
    links=(
        Link("self", CATEGORIES + "/{slug}", hints=True),
        Link("collection", CATEGORIES),
        Link("abilities", lambda category, call: To(call.href(ROUTE, f"category={category.slug}"))),
    ),
    namespace=NAMESPACE,
    documented=False,
)


def routes(catalog: Catalog) -> list[Route]:
    """Abilities and their categories, and the runs of an ability."""
    given = worded((NAME, Param("input", {"type": ANYTHING, "default": None})))
    shows = Shows("value", some_of_fields(RESULT))
    running = Endpoint(("GET", "POST", "PUT", "PATCH", "DELETE"), run, _run_rule, given, shows=shows)
    run_route = Route(RUN, (running,), NAMESPACE, lambda _: s.document("ability-execution", RESULT))
    return [*routes_of(catalog.documents, CATEGORY), run_route, *routes_of(catalog.documents, RESOURCE)]
