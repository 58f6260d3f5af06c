"""The index of the API and its namespaces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from wirepress.content.site import Site
from wirepress.wp import json, listing
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.declaration import Param, Target, To, anybody
from wirepress.wp.fields import pick, tree, wanted
from wirepress.wp.linking import CURIES
from wirepress.wp.response_schema import LINKS, some_of
from wirepress.wp.result import Doc, Result
from wirepress.wp.routes import Endpoint, Route, Shows

IMAGE_SIZES = ("thumbnail", "medium", "medium_large", "large")
LARGER = (1536, 2048)


def _images(call: Call) -> dict[str, Any]:
    """What who uploads pictures is told of their sizes."""
    site = call.site
    sizes: dict[str, Any] = {
        name: {
            "width": site.number(f"{name}_size_w"),
            "height": site.number(f"{name}_size_h"),
            "crop": site.flag(f"{name}_crop"),
        }
        for name in IMAGE_SIZES
    }
    sizes |= {f"{side}x{side}": {"width": side, "height": side, "crop": False} for side in LARGER}
    return {
        "image_sizes": sizes,
        "image_size_threshold": 2560,
        "image_strip_meta": True,
        "image_max_bit_depth": 16,
    }


_ROUTES: Final = {"anyOf": [{"type": "object", "additionalProperties": {"type": "object"}}, s.NOTHING]}
_TEXT: Final = {"type": "string"}
_NUMBER: Final = {"type": "integer"}
_EXCEPT_ROUTES: Final = {
    **dict.fromkeys(("name", "description", "url", "home", "timezone_string", "show_on_front", "site_icon_url"), _TEXT),
    "gmt_offset": {"type": ["number", "string"]},
    **dict.fromkeys(("page_for_posts", "page_on_front", "site_logo", "site_icon"), _NUMBER),
    "namespaces": {"type": "array", "items": _TEXT},
    "authentication": {"type": ["object", "array"]},
    "image_sizes": {"type": ["object", "array"]},
    "image_size_threshold": _NUMBER,
    "image_strip_meta": {"type": "boolean"},
    "image_max_bit_depth": _NUMBER,
}


def _any_of(fields: Mapping[str, Any]) -> Shows:
    """Any of some fields: `_fields` chooses."""
    return Shows("value", some_of({**fields, "routes": _ROUTES, "_links": LINKS}))


_PICTURES: Final = "wp:featuredmedia"
INDEX: Final = _any_of(_EXCEPT_ROUTES)
NAMESPACE: Final = _any_of({"namespace": {"type": "string"}})


def _authentication(site: Site) -> dict[str, Any]:
    """The ways to come as a user."""
    asking = f"{site.base}/wp-admin/authorize-application.php"
    return {"application-passwords": {"endpoints": {"authorization": asking}}}


def index(routes: Sequence[Route], namespaces: Sequence[str], call: Call) -> Result:
    """GET of the API's own address."""
    site = call.site
    named = str(site.option("timezone_string"))
    offset = json.number(site.gmt_offset(call.view.now())) if named else site.option("gmt_offset")
    shown: dict[str, Any] = {
        "name": site.option("blogname"),
        "description": site.option("blogdescription"),
        "url": site.base,
        "home": site.home,
        "gmt_offset": offset,
        "timezone_string": named,
        "page_for_posts": site.number("page_for_posts"),
        "page_on_front": site.number("page_on_front"),
        "show_on_front": site.option("show_on_front"),
        "namespaces": list(namespaces),
        "authentication": [] if site.hardened and not site.base.startswith("https://") else _authentication(site),
    }
    if wanted("routes", call.fields):
        full = call.params.get("context") == "help"
        shown["routes"] = listing.of_routes(call, routes, full=full)
    if call.may("upload_files"):
        shown |= _images(call)
    logo, icon = site.number("site_logo"), site.number("site_icon")
    picture = call.view.lookup.post(icon) if icon else None
    attached = ""
    if picture:
        attached = str(picture.first_meta("_wp_attached_file"))
    shown |= {"site_logo": logo, "site_icon": icon, "site_icon_url": site.upload_url(attached) if attached else ""}
    value: Any = pick(shown, tree(call.fields)) if call.fields else shown
    if not _shows_links(call):
        return Result(value=value)
    return _linked(call, value, {"site_logo": logo, "site_icon": icon})


def _shows_links(call: Call) -> bool:
    """Whether an index has its links: whoever asks for what they lead to needs them (WP_REST_Server::get_index)."""
    return "_embed" in call.params or any(wanted(name, call.fields) for name in ("_links", "_embedded"))


def _linked(call: Call, value: Any, numbers: Mapping[str, int]) -> Result:
    """The index with its links; `numbers` are its logo and its icon, 0 where there is none."""
    pictures = [_picture_link(call, kind, number) for kind, number in numbers.items() if number]
    links: dict[str, Any] = {"help": [{"href": "https://developer.wordpress.org/rest-api/"}]}
    if any(call.may(name) for name in ("switch_themes", "edit_posts")):
        links["wp:active-theme"] = [{"href": f"{call.api}/wp/v2/themes/{call.site.option('stylesheet')}"}]
    if pictures:
        links[_PICTURES] = [{**to.more, "href": to.href} for to in pictures]
    if len(links) > 1:
        links["curies"] = CURIES
    pieces = tuple(json.split(json.encode({**(value or {}), "_links": links})))
    return Result(docs=[Doc(pieces, ((_PICTURES, tuple(to.target for to in pictures)),))])


def _picture_link(call: Call, kind: str, number: int) -> To:
    """The link to the site's logo or icon; one that is gone leads to the index (add_image_to_index)."""
    more = {"embeddable": True, "type": kind}
    if call.view.lookup.post(number) is None:
        return To(call.href("/"), more)
    return To(f"{call.api}/wp/v2/media/{number}", more, Target("post", number))


def namespace(routes: Sequence[Route], name: str, call: Call) -> Result:
    """GET of a namespace: its routes."""
    own = [route for route in routes if route.namespace == name]
    full = call.params.get("context") == "help"
    shown: Any = {"namespace": name, "routes": listing.of_routes(call, own, full=full)}
    if call.fields:
        shown = pick(shown, tree(call.fields))
    up = {"up": [{"href": call.href("/")}]}
    return Result(value={**(shown or {}), "_links": up} if _shows_links(call) else shown)


def index_route(routes: Sequence[Route], namespaces: Sequence[str]) -> Route:
    """The route of the index, which tells of all routes."""
    run = partial(index, routes, [name for name in namespaces if name])
    params = (Param("context", {"default": "view"}),)
    return Route("/", (Endpoint(("GET",), run, anybody, params, shows=INDEX),), "")


def namespace_route(routes: Sequence[Route], name: str) -> Route:
    """The route of a namespace."""
    params = (Param("namespace", {"default": name}), Param("context", {"default": "view"}))
    endpoint = Endpoint(("GET",), partial(namespace, routes, name), anybody, params, shows=NAMESPACE)
    return Route(f"/{name}", (endpoint,), name)
