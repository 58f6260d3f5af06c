"""What families and faces of fonts have in common: they are posts, and the matter of who designs the site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from wirepress.content.posts import reading
from wirepress.model.post import Post
from wirepress.model.query import PostQuery
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.collection import EXCLUDE, INCLUDE, OFFSET, PAGE, PER_PAGE, orderby_of, ordered, sorted_by
from wirepress.wp.declaration import ALL, Field, Page, Param, constant
from wirepress.wp.errors import missing
from wirepress.wp.schema import Schema

ROUTE = "/wp/v2/font-families"
NO_TRASH = "Fonts have no trash; force=true deletes them."
PAST_END = "rest_post_invalid_page_number"
ID: Field[Post] = Field("id", s.integer(), ALL)
_VERSIONS: Schema = s.integer(default=3, minimum=2, maximum=3)
"""The versions of theme.json that settings are told in; here it is the newest."""
VERSION: Field[Post] = Field("theme_json_version", _VERSIONS, ALL, constant(_VERSIONS["default"]), readonly=False)
VERSION_PARAM = Param("theme_json_version", _VERSIONS)
PARAMS = (
    PAGE, PER_PAGE, EXCLUDE, INCLUDE, Param("search_semantics", s.text(enum=["exact"])), OFFSET, ordered("desc"),
    sorted_by("id", ("id", "include")),
)  # fmt: skip


def rule(verb: str) -> Callable[..., None]:
    """The rule of a verb, of the collection or of an item."""

    def permission(call: Call, _: Post | None = None) -> None:
        call.need("edit_theme_options", f"rest_cannot_{verb}", "You may not do this with fonts.")

    return permission


def font(call: Call, post_type: str) -> Post:
    """The family or face that the route names.  Raises where there is none."""
    post = call.view.lookup.post(call.integer("id"))
    if post is None or post.type != post_type:
        raise missing("rest_post_invalid_id", "There is no such font.")
    return post


def page(call: Call, query: PostQuery) -> Page[Post]:
    """The page of what a query finds.  Raises where it is to be sorted by `include` and that is not given."""
    query = replace(query, page=call.page, per_page=call.per_page, offset=call.offset, orderby=orderby_of(call, "id"))
    query = replace(query, order=call.order, include=call.ids("include"), exclude=call.ids("exclude"))
    found = reading.browse(call.view, call.viewer, query)
    if call.head:
        return Page([], found.total)
    call.view.lookup.prefetch_posts(found.ids)
    return Page([post for post in map(call.view.lookup.post, found.ids) if post is not None], found.total)
