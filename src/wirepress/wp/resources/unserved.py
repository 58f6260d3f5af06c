"""Routes of WordPress that are listed here with their arguments, and not declared as resources.

The index of WordPress 7.1 names them (`unserved.json`: facts, without WordPress's prose), and clients look there for
what a site can do.  `answers` says what answers GET at some of them.  What nobody serves is refused to strangers and
honest to users: 501.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib.resources import files
from typing import Any, NamedTuple

from wirepress.wp.call import Call
from wirepress.wp.errors import WireError, denied
from wirepress.wp.resource import Param, Permission
from wirepress.wp.resources.answers import Answer, Answers
from wirepress.wp.resources.listed_truth import shown_at
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route
from wirepress.wp.writing import unwritten


@cache
def _data() -> Mapping[str, Any]:
    text = files("wirepress.wp.resources").joinpath("unserved.json").read_text("utf-8")
    data: Mapping[str, Any] = json.loads(text)
    return data


REFUSALS = (
    ("/wp/v2/menu-items", "rest_cannot_view", "edit_posts"),
    ("/wp/v2/template", "rest_cannot_manage_templates", "edit_posts"),
    ("/wp/v2/global-styles/themes", "rest_cannot_read_global_styles", "edit_posts"),
    ("/wp/v2/global-styles", "rest_cannot_view", "edit_posts"),
    ("/wp/v2/font-", "rest_cannot_read", "edit_theme_options"),
    ("/wp/v2/block-types", "rest_block_type_cannot_view", "edit_posts"),
    ("/wp/v2/block-renderer", "block_cannot_read", "edit_posts"),
    ("/wp/v2/block-patterns", "rest_cannot_view", "edit_posts"),
    ("/wp/v2/themes/", "rest_cannot_view_active_theme", "edit_posts"),
    ("/wp/v2/themes", "rest_cannot_view_themes", "switch_themes"),
    ("/wp/v2/plugins/", "rest_cannot_view_plugin", "activate_plugins"),
    ("/wp/v2/plugins", "rest_cannot_view_plugins", "activate_plugins"),
    ("/wp/v2/sidebars", "rest_cannot_manage_widgets", "edit_theme_options"),
    ("/wp/v2/widget", "rest_cannot_manage_widgets", "edit_theme_options"),
    ("/wp/v2/block-directory", "rest_block_directory_cannot_view", "install_plugins"),
    ("/wp/v2/pattern-directory", "rest_pattern_directory_cannot_view", "edit_posts"),
    ("/wp/v2/menu-locations", "rest_cannot_view", "edit_theme_options"),
    ("/wp/v2/icon", "rest_cannot_view", "edit_posts"),
    ("/wp-block-editor/v1/navigation-fallback", "rest_cannot_create", "edit_theme_options"),
    ("/wp-block-editor/v1/export", "rest_cannot_export_templates", "export"),
    ("/wp-block-editor/v1/url-details", "rest_cannot_view_url_details", "edit_posts"),
    ("/wp-site-health", "rest_forbidden", "view_site_health_checks"),
)
"""What a caller of a route is refused with, and the capability that WordPress asks for."""


class Barred(NamedTuple):
    """Who may change what stands at some routes: the refusal and the capability that WordPress asks for, and, where
    nothing stands there, what it says then, which it does while it asks who may."""

    prefix: str
    code: str
    capability: str
    missing: str = ""


WRITING = (
    Barred("/wp/v2/template", "rest_cannot_manage_templates", "edit_theme_options"),
    Barred("/wp/v2/global-styles", "rest_cannot_edit", "edit_theme_options"),
    Barred("/wp/v2/media/", "rest_cannot_edit_image", "upload_files"),
    Barred("/wp/v2/plugins/", "rest_cannot_manage_plugins", "activate_plugins", "rest_plugin_not_found"),
    Barred("/wp/v2/plugins", "rest_cannot_install_plugin", "install_plugins"),
)
"""Where it is not as in reading."""


def _permission(pattern: str, reading: bool, call: Call) -> None:
    code, capability = next(((c, cap) for prefix, c, cap in REFUSALS if pattern.startswith(prefix)), ("", "read"))
    barred = None if reading else next((b for b in WRITING if pattern.startswith(b.prefix)), None)
    if barred is not None:
        code, capability = barred.code, barred.capability
    if call.params.get("context") == "edit" and "/menu-items" in pattern:
        code, capability = "rest_forbidden_context", "edit_theme_options"
    if not call.viewer.can(capability):
        raise denied(code or "rest_forbidden", "You may not do that.", call.logged_in)
    if reading and "/plugins/" in pattern:  # told while it is asked who may, so that nothing is allowed
        raise WireError("rest_plugin_not_found", "There are no plugins here.", 404)
    if barred is not None and barred.missing:
        raise WireError(barred.missing, "There is no such thing here.", 404)


def _worded(name: str, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """An argument with words of our own, its parts too."""
    words = {"description": f"The {name.replace('_', ' ')}."} if "type" in schema else {}
    told = {**words, **{k: v for k, v in schema.items() if k != "required"}}
    if isinstance(parts := schema.get("properties"), dict):
        told["properties"] = {part: _worded(part, inner) for part, inner in parts.items()}
    return told


def _endpoint(pattern: str, shown: Mapping[str, Any], answer: Answer | None) -> Endpoint:
    cleaning = answer.clean if answer is not None else {}
    params = tuple(
        Param(name, _worded(name, schema), required=schema.get("required", False), clean=cleaning.get(name))
        for name, schema in (shown["args"] or {}).items()
    )
    reading = "GET" in shown["methods"]
    alters: bool | Callable[[Call], bool] = False
    run: Callable[[Call], Result] = unwritten
    permission: Permission = partial(_permission, pattern, reading)
    shows = None
    if reading and answer is not None:
        run, permission, alters = answer.run, answer.permission or permission, answer.alters
        shows = shown_at(pattern, _data()["routes"][pattern.removesuffix("/lookup")].get("schema"))
    elif answer is not None and (change := answer.changes.get(shown["methods"][0])) is not None:
        run, permission, alters = change.run, change.permission or permission, True
    batch = shown.get("allow_batch", {}).get("v1")
    return Endpoint(tuple(shown["methods"]), run, permission, params, batch, shows, alters=alters)


def schema_of(pattern: str) -> Mapping[str, Any]:
    """The schema that is listed for a route."""
    schema: Mapping[str, Any] = _data()["routes"][pattern]["schema"]
    return schema


def routes(answers: Answers) -> dict[str, Route]:
    """The listed routes by pattern; one without an answer answers nothing yet."""
    made: dict[str, Route] = {}
    for pattern, shown in _data()["routes"].items():
        made[pattern] = Route(
            pattern,
            tuple(_endpoint(pattern, endpoint, answers.get(pattern)) for endpoint in shown["endpoints"]),
            shown["namespace"],
            partial(_with_address, shown["schema"]) if "schema" in shown else None,
        )
    return made


def _with_address(schema: Mapping[str, Any], call: Call) -> Mapping[str, Any]:
    """The schema with the site's own address in its links."""
    if "links" not in schema:
        return schema
    links = [{**link, "href": link["href"].replace("{api}", call.api)} for link in schema["links"]]
    return {**schema, "links": links}
