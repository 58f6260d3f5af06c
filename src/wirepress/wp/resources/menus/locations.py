"""The places of menus in the theme, and the navigation that a navigation block without one shows."""

from __future__ import annotations

from wirepress.content.posts import reading
from wirepress.model.query import PostQuery, Visibility
from wirepress.wp import json
from wirepress.wp.call import Call
from wirepress.wp.errors import WireError
from wirepress.wp.resource import Target
from wirepress.wp.resources.answers import Answer, Answers, item
from wirepress.wp.resources.unserved import schema_of
from wirepress.wp.result import Doc, Result

ROUTE = "/wp/v2/menu-locations"
FALLBACK = "/wp-block-editor/v1/navigation-fallback"


def locations(_: Call) -> Result:
    """Our theme has no places for classic menus; an empty object is an array, as in PHP."""
    return Result(value=[])


def location(_: Call) -> Result:
    raise WireError("rest_menu_location_invalid", "There is no such place for a menu.", 404)


def fallback(call: Call) -> Result:
    """The newest navigation that is published (WP_Navigation_Fallback); nothing is made here."""
    query = PostQuery(
        types=("wp_navigation",), statuses=("publish",), visibility=Visibility(all_of=("publish",)), per_page=1
    )
    ids = reading.browse(call.view, call.viewer, query).ids
    post = reading.get(call.view, ids[0]) if ids else None
    if post is None:
        return Result(value=[])
    changing = ("POST", "PUT", "PATCH") if call.may("edit_post", post) else ()
    deleting = ("DELETE",) if call.may("delete_post", post) else ()
    href = f"{call.api}/wp/v2/navigation/{post.id}"
    link = {"embeddable": True, "href": href, "targetHints": {"allow": ["GET", *changing, *deleting]}}
    value = item(call, {"id": post.id}, schema_of(FALLBACK), {"self": [link]}, listed=False)
    return Result(docs=[Doc(json.split(json.encode(value)), (("self", (Target("post", post.id),)),))])


ANSWERS: Answers = {
    ROUTE: Answer(locations),
    r"/wp/v2/menu-locations/(?P<location>[\w-]+)": Answer(location),
    FALLBACK: Answer(fallback),
}
