"""The templates that a post can choose: those that the theme offers its type, and the site's own."""

from __future__ import annotations

from typing import Any

from wirepress.content.posts import reading
from wirepress.content.rows import MOST_ID
from wirepress.model.query import PostQuery, Visibility
from wirepress.wp.call import Call
from wirepress.wp.resources.themes.facts import KINDS, stylesheet
from wirepress.wp.validation import Flaw

OFFERED = {"page-no-title": ("page",)}
"""The templates of the theme that are chosen by name, with the types whose posts may have them."""
_USUAL = frozenset(kind.slug for kind in KINDS)


def offered(call: Call, post_type: str) -> frozenset[str]:
    """The names of the templates that a post of a type can choose (WP_Theme::get_page_templates)."""
    kind = call.site.type(post_type)
    if kind is None or not kind.public:
        return frozenset()
    query = PostQuery(
        types=("wp_template",),
        statuses=("publish",),
        visibility=Visibility(all_of=("publish",)),
        per_page=100,
        with_total=False,
    )
    own = []
    for post in reading.items(call.view, call.viewer, reading.browse(call.view, call.viewer, query).ids):
        themes = [term.name for term in post.terms if term.taxonomy == "wp_theme"]
        usual = post.slug in _USUAL or post.slug in OFFERED or post.first_meta("is_wp_suggestion")
        if stylesheet(call) in themes and not usual:
            own.append(post.slug)
    return frozenset([*own, *(name for name, types in OFFERED.items() if post_type in types)])


def flaw_of(post_type: str, call: Call, value: Any) -> Flaw | None:
    """What is wrong with the parameter `template`, which is none, the one that the post has already, or one that can
    be chosen (WP_REST_Posts_Controller::check_template), for the type of the post, whatever the route's is."""
    number = call.integer("id")
    post = None
    if 0 < number <= MOST_ID:
        post = call.view.lookup.post(number)
    if not value or (post is not None and value == str(post.first_meta("_wp_page_template"))):
        return None
    if isinstance(value, str) and value in offered(call, post.type if post is not None else post_type):
        return None
    return Flaw("rest_invalid_param", "template is none of those that can be chosen.")
