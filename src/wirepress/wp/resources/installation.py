"""What WordPress tells of its installation, and what other servers offer it.

Here there are no plugins or icons to install and no directory is asked: the answers are empty, and say so.
"""

from __future__ import annotations

from wirepress.wp.call import Call
from wirepress.wp.errors import WireError
from wirepress.wp.resources.answers import Answer, Answers, gone, item
from wirepress.wp.resources.types import edits_any
from wirepress.wp.resources.unserved import schema_of
from wirepress.wp.result import Result

HEALTH = "/wp-site-health/v1"
PATTERN_CATEGORIES = (
    ("featured", "Featured"),
    ("posts", "Posts"),
    ("text", "Text"),
    ("gallery", "Gallery"),
    ("call-to-action", "Call to action"),
    ("header", "Headers"),
    ("footer", "Footers"),
)
TESTS = (
    ("background-updates", "background_updates", "The server is updated by whoever runs it",
     "Nothing is updated in the background: a new release is installed like the first one."),
    ("loopback-requests", "loopback_requests", "No request to itself is needed",
     "Scheduled work is done by processes of its own."),
    ("https-status", "https_status", "HTTPS is the matter of the proxy",
     "The addresses of the site say whether it is reached over HTTPS."),
    ("dotorg-communication", "dotorg_communication", "WordPress.org is not asked",
     "This server does not talk to WordPress.org."),
    ("authorization-header", "authorization_header", "The Authorization header arrives",
     "Application passwords work."),
)  # fmt: skip


def nothing(_: Call) -> Result:
    return Result(value=[])


def _editors(call: Call) -> None:
    if not edits_any(call):
        call.refuse("rest_cannot_view", "You may not see the block patterns.")


def pattern_categories(call: Call) -> Result:
    schema = schema_of("/wp/v2/block-patterns/categories")
    found = [{"name": name, "label": label, "description": ""} for name, label in PATTERN_CATEGORIES]
    return Result(value=[item(call, value, schema, listed=True) for value in found])


def url_details(_: Call) -> Result:
    """No address is fetched for an editor; so it is to him as if it did not answer."""
    raise WireError("no_response", "This address is not asked from here.", 404)


# ---- site health


def _health(slug: str, name: str, label: str, description: str) -> Answer:
    value = {
        "label": label,
        "status": "good",
        "badge": {"label": "Server", "color": "blue"},
        "description": f"<p>{description}</p>",
        "actions": "",
        "test": name,
    }
    schema = schema_of(f"{HEALTH}/tests/{slug}")
    return Answer(lambda call: Result(value=item(call, value, schema, listed=False)))


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


ANSWERS: Answers = {
    "/wp/v2/block-patterns/patterns": Answer(nothing, _editors),
    "/wp/v2/block-patterns/categories": Answer(pattern_categories, _editors),
    "/wp/v2/block-directory/search": Answer(nothing),
    "/wp/v2/pattern-directory/patterns": Answer(nothing),
    "/wp-block-editor/v1/url-details": Answer(url_details),
    "/wp/v2/plugins": Answer(nothing),
    "/wp/v2/icons": Answer(nothing),
    r"/wp/v2/icons/(?P<collection>[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)": gone(
        "rest_icon_collection_not_found", "There is no such collection of icons."
    ),
    r"/wp/v2/icons/(?P<name>[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?/[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)": gone(
        "rest_icon_not_found", "There is no such icon."
    ),
    "/wp/v2/icon-collections": Answer(nothing),
    r"/wp/v2/icon-collections/(?P<slug>[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)": gone(
        "rest_icon_collection_not_found", "There is no such collection of icons."
    ),
    f"{HEALTH}/tests/page-cache": Answer(page_cache),
    f"{HEALTH}/directory-sizes": Answer(directory_sizes),
    **{f"{HEALTH}/tests/{slug}": _health(slug, *more) for slug, *more in TESTS},
}
