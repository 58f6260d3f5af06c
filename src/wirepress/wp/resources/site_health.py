"""What WordPress's site health tells of an installation.  Little can be wrong here, and nothing is measured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.declaration import EVERY, Field, Rules
from wirepress.wp.endpoints import routes_of
from wirepress.wp.resource import Resource
from wirepress.wp.response_schema import LINKS, some_of_fields
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route, Shows

NAMESPACE = "wp-site-health/v1"


class Test(NamedTuple):
    """A test and how it came out."""

    label: str
    status: str
    badge: dict[str, str]
    description: str
    actions: str
    test: str


def _good(name: str, label: str, description: str) -> Test:
    return Test(label, "good", {"label": "Server", "color": "blue"}, f"<p>{description}</p>", "", name)


TESTS = (
    _good("background_updates", "The server is updated by whoever runs it",
          "Nothing is updated in the background: a new release is installed like the first one."),
    _good("loopback_requests", "No request to itself is needed", "Scheduled work is done by processes of its own."),
    _good("https_status", "HTTPS is the matter of the proxy",
          "The addresses of the site say whether it is reached over HTTPS."),
    _good("dotorg_communication", "WordPress.org is not asked", "This server does not talk to WordPress.org."),
    _good("authorization_header", "The Authorization header arrives", "Application passwords work."),
)  # fmt: skip


def rule(call: Call, _: Any = None) -> None:
    call.need("view_site_health_checks", "rest_forbidden", "You may not do that.")


_TEXT = s.text()
_COLORS = ("blue", "orange", "red", "green", "purple", "gray")
_BADGE = {"label": s.text(readonly=True), "color": s.choice("", _COLORS, readonly=True)}
FIELDS: tuple[Field[Test], ...] = (
    Field("label", _TEXT, EVERY),
    Field("status", s.choice("", ("good", "recommended", "critical")), EVERY),
    Field("badge", s.mapping(properties=_BADGE), EVERY),
    Field("description", _TEXT, EVERY),
    Field("actions", _TEXT, EVERY),
    Field("test", _TEXT, EVERY),
)


def _resource(test: Test) -> Resource[Test]:
    return Resource(
        name="wp-site-health-test",
        route=f"/{NAMESPACE}/tests/{test.test.replace('_', '-')}",
        key="",
        fields=FIELDS,
        order=("test", "label", "status", "badge", "description", "actions"),
        rules=Rules(None, rule),
        find=lambda _: test,
        version_of=None,
        args={"read": ()},
        namespace=NAMESPACE,
        documented=False,
    )


# ---- what WordPress shows no schema of


def page_cache(_: Call) -> Result:
    return Result(
        value={
            "badge": {"label": "Performance", "color": "blue"},
            "description": "<p>Answers to strangers are kept until something changes.</p>",
            "test": "page_cache",
            "status": "good",
            "label": "Pages are kept",
            "actions": "",
        }
    )


def directory_sizes(_: Call) -> Result:
    """Sizes are not measured for a request; the keys are there for who reads them."""
    unknown = {"size": "not measured", "debug": "not measured", "raw": 0}
    names = ("wordpress", "themes", "plugins", "uploads", "fonts", "database", "total")
    return Result(value={"raw": 0, **{f"{name}_size": unknown for name in names}})


CACHE = {
    **dict.fromkeys(("label", "status", "description", "actions", "test"), _TEXT),
    "badge": s.mapping(properties={"label": _TEXT, "color": _TEXT}),
}
SIZE = s.mapping(properties={"size": _TEXT, "debug": _TEXT, "raw": s.integer()})


def routes(catalog: Catalog) -> Iterator[Route]:
    """The tests, and the sizes of directories."""
    for test in TESTS:
        yield from routes_of(catalog.documents, _resource(test))
    cache = Shows("value", some_of_fields(CACHE, {"_links": LINKS}))
    sizes = Shows("value", s.mapping(additionalProperties={"anyOf": [SIZE, s.integer()]}))
    for name, run, shows in (("tests/page-cache", page_cache, cache), ("directory-sizes", directory_sizes, sizes)):
        yield Route(f"/{NAMESPACE}/{name}", (Endpoint(("GET",), run, rule, shows=shows),), NAMESPACE)
