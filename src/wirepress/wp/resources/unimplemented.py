"""Routes of WordPress that nothing is behind: they refuse strangers as WordPress does, and are honest to users.

The index of WordPress 7.1 names them (`unimplemented.json`: their arguments and schemas, without WordPress's prose),
and clients look there for what a site can do.  What is read answers that there is nothing, but for the layouts of the
site editor's lists and the block patterns; what would install something fails as on a WordPress that cannot reach
WordPress.org.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib.resources import files
from typing import Any, NamedTuple

from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.declaration import Param, Permission
from wirepress.wp.errors import missing
from wirepress.wp.resources import view_config
from wirepress.wp.resources.blocks import pattern_categories, patterns
from wirepress.wp.response_schema import loose_form, some_of_fields
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Form, Route, Shows
from wirepress.wp.schema import Schema
from wirepress.wp.writing import uninstalled, unwritten


def _needs(capability: str, code: str) -> Permission:
    """The rule that asks for a capability."""
    return partial(Call.need, capability=capability, code=code, message="You may not do that.")


CHECKED_FIRST = frozenset({"context", "page", "per_page", "search"})
"""The parameters that WordPress checks before all others here."""


def _nothing(_: Call) -> Result:
    return Result(value=[])


def _gone(code: str, message: str) -> Callable[[Call], Result]:
    """What answers for an item of a collection that nothing is in."""

    def run(_: Call) -> Result:
        """Raises that there is no such item."""
        raise missing(code, message)

    return run


def _no_plugin(code: str, message: str) -> Permission:
    """The rule of a plugin: that there is none is said while it is asked who may, so that nothing is allowed."""

    def permission(call: Call) -> None:
        """Raises for everybody: who may manage plugins is told that there is none."""
        call.need("activate_plugins", code, "You may not do that.")
        raise missing("rest_plugin_not_found", message)

    return permission


def _may_install(call: Call) -> None:
    call.need("install_plugins", "rest_cannot_install_plugin", "You may not install plugins.")
    if call.params.get("status") == "active":
        call.need("activate_plugins", "rest_cannot_activate_plugin", "You may not activate plugins.")


class Unimplemented(NamedTuple):
    """Who may ask at a route, what answers those who may, who may change something there, and what answers them."""

    permission: Permission
    run: Callable[[Call], Result] = unwritten
    form: Form | None = None
    changing: Permission | None = None
    changed: Callable[[Call], Result] = unwritten


_PLUGINS = _needs("activate_plugins", "rest_cannot_view_plugins")
_ICONS = _needs("edit_posts", "rest_cannot_view")
_LOCATIONS = _needs("edit_theme_options", "rest_cannot_view")
_NO_ICON = _gone("rest_icon_not_found", "There is no such icon.")
_NO_COLLECTION = _gone("rest_icon_collection_not_found", "There is no such collection of icons.")
_NO_LOCATION = _gone("rest_menu_location_invalid", "There is no such place for a menu.")


def _no_icons(call: Call) -> Result:
    """No icons; raises where those of a collection are asked for."""
    return _NO_COLLECTION(call) if call.params.get("collection") else _nothing(call)


ROUTES: Mapping[str, Unimplemented] = {
    "/wp/v2/plugins": Unimplemented(_PLUGINS, _nothing, "list", _may_install, uninstalled),
    r"/wp/v2/plugins/(?P<plugin>[^.\/]+(?:\/[^.\/]+)?)": Unimplemented(
        _no_plugin("rest_cannot_view_plugin", "There are no plugins here."), unwritten, "one",
        _no_plugin("rest_cannot_manage_plugins", "There is no such thing here."),
    ),
    "/wp/v2/block-directory/search": Unimplemented(
        _needs("install_plugins", "rest_block_directory_cannot_view"), _nothing, "list"
    ),
    "/wp/v2/pattern-directory/patterns": Unimplemented(
        _needs("edit_posts", "rest_pattern_directory_cannot_view"), _nothing, "list"
    ),
    "/wp/v2/block-patterns/patterns": Unimplemented(pattern_categories.may_browse, patterns.run, "list"),
    "/wp/v2/menu-locations": Unimplemented(_LOCATIONS, _nothing, "map"),
    r"/wp/v2/menu-locations/(?P<location>[\w-]+)": Unimplemented(_LOCATIONS, _NO_LOCATION, "one"),
    "/wp/v2/icons": Unimplemented(_ICONS, _no_icons, "list"),
    r"/wp/v2/icons/(?P<collection>[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)": Unimplemented(_ICONS, _NO_COLLECTION, "one"),
    r"/wp/v2/icons/(?P<name>[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?/[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)": Unimplemented(
        _ICONS, _NO_ICON, "one"
    ),
    "/wp/v2/icon-collections": Unimplemented(_ICONS, _nothing, "list"),
    r"/wp/v2/icon-collections/(?P<slug>[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)": Unimplemented(
        _ICONS, _NO_COLLECTION, "one"
    ),
    "/wp/v2/view-config": Unimplemented(view_config.may_see, view_config.run, "one"),
}  # fmt: skip
"""The routes, with what their arguments and schemas do not say."""


def _endpoint(route: Unimplemented, shown: Mapping[str, Any], schema: Schema | None) -> Endpoint:
    arguments = (shown["args"] or {}).items()
    params = tuple(
        Param(name, s.worded(name, argument), eager=name in CHECKED_FIRST, required=argument["required"])
        for name, argument in arguments
    )
    methods, batch = tuple(shown["methods"]), shown.get("allow_batch", {}).get("v1")
    if "GET" not in methods:
        return Endpoint(methods, route.changed, route.changing or route.permission, params, batch)
    shows: Shows | None = None
    if route.form is not None and schema is not None:
        shows = loose_form(route.form, some_of_fields(schema["properties"]))
    return Endpoint(methods, route.run, route.permission, params, batch, shows)


def routes(_: Catalog) -> Iterator[Route]:
    """The routes that nothing is behind."""
    text = files("wirepress.wp.resources").joinpath("unimplemented.json").read_text("utf-8")
    listed: Mapping[str, Mapping[str, Any]] = json.loads(text)
    for pattern, route in ROUTES.items():
        facts = listed[pattern]
        schema = facts.get("schema")
        endpoints = tuple(_endpoint(route, shown, schema) for shown in facts["endpoints"])
        yield Route(pattern, endpoints, facts["namespace"], partial(_with_address, schema) if schema else None)


def _with_address(schema: Mapping[str, Any], call: Call) -> Mapping[str, Any]:
    """The schema with the site's own address in its links."""
    if "links" not in schema:
        return schema
    links = [{**link, "href": link["href"].replace("{api}", call.api)} for link in schema["links"]]
    return {**schema, "links": links}
