"""Abilities: what a program may ask the site to do by name.  Three of WordPress's own tell of site and caller."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from platform import python_version
from typing import Any, NamedTuple

from wirepress.wp.call import Call
from wirepress.wp.errors import WireError
from wirepress.wp.resources.answers import Answer, Answers, Json, item, own, page, to
from wirepress.wp.resources.unserved import schema_of
from wirepress.wp.result import Result

ROUTE, CATEGORIES = "/wp-abilities/v1/abilities", "/wp-abilities/v1/categories"
CATEGORY = r"/wp-abilities/v1/categories/(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)"
ITEM = r"/wp-abilities/v1/abilities/(?P<name>[a-zA-Z0-9\-\/]+)"
RUN = r"/wp-abilities/v1/abilities/(?P<name>[a-zA-Z0-9\-\/]+?)/run"


class Ability(NamedTuple):
    """An ability: what it tells, and how."""

    name: str
    label: str
    description: str
    category: str
    fields: tuple[str, ...]
    capability: str
    read: Callable[[Call], dict[str, Json]]


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
        "locale": str(call.site.option("WPLANG")) or "en_US",
    }


def _environment(_: Call) -> dict[str, Json]:
    return {
        "environment": "production",
        "php_version": "",
        "db_server_info": "",
        "wp_version": version("wirepress"),
        "python_version": python_version(),
    }


ABILITIES = (
    Ability("core/get-site-info", "Site information", "Tells of the site.", "site",
            ("name", "description", "url", "wpurl", "admin_email", "charset", "language", "version"),
            "manage_options", _site),
    Ability("core/get-user-info", "User information", "Tells of whoever asks.", "user",
            ("id", "display_name", "user_nicename", "user_login", "roles", "locale"), "read", _user),
    Ability("core/get-environment-info", "Environment", "Tells of the server.", "site",
            ("environment", "php_version", "db_server_info", "wp_version", "python_version"),
            "manage_options", _environment),
)  # fmt: skip
KINDS = (("site", "Site", "What tells of the site."), ("user", "User", "What tells of users."))


def _rule(call: Call) -> None:
    if not call.viewer.can("read"):
        call.refuse("rest_forbidden", "You may not see the abilities.")


def _described(ability: Ability) -> dict[str, Json]:
    kinds = {"id": "integer", "roles": "array"}
    told = {
        name: {"type": kinds.get(name, "string"), "title": name.replace("_", " ").capitalize(), "description": ""}
        for name in ability.fields
    }
    given: dict[str, Any] = {"type": "object", "additionalProperties": False, "default": {}}
    if ability.name == "core/get-site-info":
        names = {"type": "array", "items": {"type": "string", "enum": list(ability.fields)}, "description": "Which."}
        given = {"type": "object", "properties": {"fields": names}, "additionalProperties": False, "default": {}}
    return {
        "name": ability.name,
        "label": ability.label,
        "description": ability.description,
        "category": ability.category,
        "input_schema": given,
        "output_schema": {"type": "object", "properties": told, "additionalProperties": False},
        "meta": {
            "annotations": {"readonly": True, "destructive": False, "idempotent": True},
            "public": True,
            "show_in_rest": True,
        },
    }


def _shown(call: Call, ability: Ability, *, listed: bool) -> Json:
    route = f"{ROUTE}/{ability.name}"
    links = {"self": own(call, route), "collection": to(call, ROUTE), "wp:action-run": to(call, f"{route}/run")}
    return item(call, _described(ability), schema_of(ROUTE), links, listed=listed)


def browse(call: Call) -> Result:
    wanted, prefix = call.params.get("category"), call.params.get("namespace")
    found = [
        ability
        for ability in ABILITIES
        if wanted in (None, "", ability.category) and prefix in (None, "", ability.name.partition("/")[0])
    ]
    return page(call, ROUTE, found, lambda ability: _shown(call, ability, listed=True))


def _named(call: Call) -> Ability:
    found = next((ability for ability in ABILITIES if ability.name == call.params.get("name")), None)
    if found is None:
        raise WireError("rest_ability_not_found", "There is no such ability.", 404)
    return found


def read(call: Call) -> Result:
    return Result(value=_shown(call, _named(call), listed=False))


def _run_rule(call: Call) -> None:
    if not call.viewer.can(_named(call).capability):
        call.refuse("rest_ability_cannot_execute", "You may not use this ability.")


def run(call: Call) -> Result:
    """What an ability tells, or the fields of it that were asked for.  All of ours only read."""
    ability = _named(call)
    if call.request.method not in {"GET", "HEAD"}:
        raise WireError("rest_ability_invalid_method", "What only reads is asked with GET.", 405)
    told = ability.read(call)
    given = call.params.get("input")
    wanted = given.get("fields") if isinstance(given, dict) else None
    return Result(value={k: v for k, v in told.items() if k in wanted} if isinstance(wanted, list) else told)


def _category(call: Call, kind: tuple[str, str, str], *, listed: bool) -> Json:
    slug, label, description = kind
    value = {"slug": slug, "label": label, "description": description, "meta": []}
    links = {
        "self": own(call, f"{CATEGORIES}/{slug}"),
        "collection": to(call, CATEGORIES),
        "abilities": [{"href": call.href(ROUTE, f"category={slug}")}],
    }
    return item(call, value, schema_of(CATEGORIES), links, listed=listed)


def categories(call: Call) -> Result:
    return page(call, CATEGORIES, KINDS, lambda kind: _category(call, kind, listed=True))


def category(call: Call) -> Result:
    found = next((kind for kind in KINDS if kind[0] == call.params.get("slug")), None)
    if found is None:
        raise WireError("rest_ability_category_not_found", "There is no such category.", 404)
    return Result(value=_category(call, found, listed=False))


ANSWERS: Answers = {
    CATEGORIES: Answer(categories, _rule),
    CATEGORY: Answer(category, _rule),
    ROUTE: Answer(browse, _rule),
    ITEM: Answer(read, _rule),
    RUN: Answer(run, _run_rule),
}
