"""Routes of WordPress that are listed here and answer nothing yet.

The index of WordPress 7.1 names them with their arguments (`unserved.json`: facts, without WordPress's prose), and
clients look there for what a site can do.  What nobody serves is refused to strangers and honest to users: 501.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, partial
from importlib.resources import files
from typing import Any

from wirepress.wp.call import Call
from wirepress.wp.errors import WireError, denied
from wirepress.wp.resource import Param
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route


@cache
def _data() -> Mapping[str, Any]:
    text = files("wirepress.wp.resources").joinpath("unserved.json").read_text("utf-8")
    data: Mapping[str, Any] = json.loads(text)
    return data


def order() -> list[str]:
    """All routes in the order in which WordPress lists them."""
    return list(_data()["order"])


def _judge(call: Call) -> None:
    if not call.logged_in:
        raise denied("rest_forbidden", "You may not do that.", logged_in=False)


def _run(_: Call) -> Result:
    raise WireError("rest_not_implemented", "This site does not offer that yet.", 501)


def _worded(name: str, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """An argument with words of our own."""
    words = {"description": f"The {name.replace('_', ' ')}."} if "type" in schema else {}
    return {**words, **{k: v for k, v in schema.items() if k != "required"}}


def _endpoint(shown: Mapping[str, Any]) -> Endpoint:
    params = tuple(
        Param(name, _worded(name, schema), required=schema.get("required", False))
        for name, schema in (shown["args"] or {}).items()
    )
    return Endpoint(tuple(shown["methods"]), _run, _judge, params, shown.get("allow_batch", {}).get("v1"))


def routes() -> dict[str, Route]:
    """The routes that answer nothing yet, by pattern."""
    made: dict[str, Route] = {}
    for pattern, shown in _data()["routes"].items():
        made[pattern] = Route(
            pattern,
            tuple(_endpoint(endpoint) for endpoint in shown["endpoints"]),
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
