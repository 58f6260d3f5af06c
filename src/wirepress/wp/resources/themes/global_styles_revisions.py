"""Revisions of global styles: what they were (WP_REST_Global_Styles_Revisions_Controller)."""

from __future__ import annotations

from wirepress.content.posts import reading
from wirepress.content.posts import revisions as content
from wirepress.model.post import Post
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.collection import OFFSET, PAGE
from wirepress.wp.dates import written
from wirepress.wp.declaration import ALL, READ, Field, Page, Param, Rules, anybody
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import WireError, missing
from wirepress.wp.resource import Resource
from wirepress.wp.resources.themes.global_styles import OBJECT, ROUTE, changed, settings_of, styles_in, styles_post
from wirepress.wp.routes import Route


def may_read(call: Call) -> None:
    """Raises where there are no such styles, or the caller may not edit them."""
    post = reading.get(call.view, call.integer("parent"), ("wp_global_styles",))
    if post is None:
        raise missing("rest_post_invalid_parent", "There are no such styles.")
    call.need("edit_post", "rest_cannot_read", "You may not see these revisions.", post)


def page(call: Call) -> Page[Post]:
    """A page of what the styles were, newest first.  Raises where it begins behind the last revision."""
    ids = content.ids_of(call.view, styles_post(call, "parent").id)
    size, offset = call.integer("per_page"), call.integer("offset")
    first = offset or (call.page - 1) * (size or len(ids))
    if ids and first >= len(ids):
        if offset:
            raise WireError("rest_revision_invalid_offset_number", "There are not that many revisions.", 400)
        raise WireError("rest_revision_invalid_page_number", "There are not that many pages.", 400)
    chosen = ids[first : first + size] if size else ids[first:]
    return Page(content.items(call.view, chosen), len(ids), size or max(1, len(ids)))


def find(call: Call) -> Post:
    """The revision of a call.  Raises where there is none, or where it is of something else."""
    parent = styles_post(call, "parent")
    found = reading.get(call.view, call.integer("id"), ("revision",))
    if found is None:
        raise missing("rest_post_invalid_id", "There is no such revision.")
    if found.parent != parent.id:
        raise missing("rest_revision_parent_id_mismatch", "This is a revision of something else.")
    return found


def _holds(post: Post, call: Call) -> bool:
    kept = changed(post, call)
    return bool(kept.get("styles") or kept.get("settings"))


def _date(name: str, context: tuple[str, ...] = READ) -> Field[Post]:
    def read(post: Post, _: Call) -> str:
        return written(getattr(post, name))

    return Field(name, s.moment(), context, read, readonly=False)


REVISIONS: Resource[Post] = Resource(
    name="wp_global_styles-revision",
    route=ROUTE + r"/(?P<parent>[\d]+)/revisions",
    parents=(Param("parent", s.integer()),),
    key_schema=s.integer(),
    fields=(
        Field("settings", OBJECT, READ, settings_of, when=_holds, readonly=False),
        Field("styles", OBJECT, READ, styles_in, when=_holds, readonly=False),
        Field("author", s.integer(), ALL, readonly=False),
        _date("date", ALL),
        _date("date_gmt"),
        Field("id", s.integer(), ("embed", "view", "edit")),
        _date("modified"),
        _date("modified_gmt"),
        Field("parent", s.integer(), ALL, readonly=False),
    ),
    order=("author", "date", "date_gmt", "id", "modified", "modified_gmt", "parent", "styles", "settings"),
    rules=Rules(may_read, anybody),
    asks={"read": may_read},
    find=find,
    page=page,
    version_of=None,
    params=(PAGE, Param("per_page", s.integer(minimum=1, maximum=100), eager=True), OFFSET),
    documented=False,
)


def routes(catalog: Catalog) -> tuple[Route, ...]:
    """Revisions of the site's styles."""
    return routes_of(catalog.documents, REVISIONS)
