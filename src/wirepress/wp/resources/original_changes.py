"""What sources change of articles that are published here: what was written, what is offered, taking it over.  Ours."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial

from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import View
from wirepress.content.posts import originals, reading, revisions
from wirepress.model.original import FIELDS, TEXTS, FieldState, OriginalChange, Reason
from wirepress.model.post import Post
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.collection import PAGE, PER_PAGE
from wirepress.wp.declaration import ALL, Field, Link, Page, Param, Rules, To
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import missing
from wirepress.wp.resource import Resource
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route, Shows
from wirepress.wp.schema import Json
from wirepress.wp.writing import shown

ROUTE = "/wirepress/v1/original-changes"
POST = Param("post", s.integer("The post of whose original they are.", minimum=1), required=True)
WAITING = Param("waiting", s.boolean("Only those of which something is offered.", default=False))
SOME = Param("fields", s.array("The fields that are meant; left out: all that are offered.", s.choice("", FIELDS)))
ID = Param("id", s.integer("The number of the change."))

Verb = Callable[[View, Viewer, int, Collection[str]], OriginalChange]


@dataclass(frozen=True, slots=True)
class Shown:
    """A change with its post, and the revision that holds its texts (None: none was kept)."""

    change: OriginalChange
    post: Post
    texts: Post | None

    @property
    def id(self) -> int:
        return self.change.id


def page(call: Call) -> Page[Shown]:
    post = _post(call, call.integer("post"))
    only = bool(call.params.get("waiting"))
    found, total = originals.browse(call.view, post.id, call.page, call.per_page, only=only)
    texts = {one.id: one for one in revisions.items(call.view, [change.revision for change in found])}
    return Page([Shown(change, post, texts.get(change.revision)) for change in found], total)


def find(call: Call) -> Shown:
    return _shown(call, originals.get(call.view, call.integer("id")))


def _shown(call: Call, change: OriginalChange | None) -> Shown:
    if change is None:
        raise missing("rest_original_change_invalid_id", "There is no such change of an original.")
    texts = revisions.items(call.view, [change.revision] if change.revision else [])
    return Shown(change, _post(call, change.post), next(iter(texts), None))


def _post(call: Call, post_id: int) -> Post:
    post = reading.get(call.view, post_id)
    if post is None:
        raise missing("rest_post_invalid_id", "There is no such post.")
    return post


def may_browse(call: Call) -> None:
    may_see(call, _post(call, call.integer("post")))


def may_read(call: Call, item: Shown) -> None:
    may_see(call, item.post)


def may_see(call: Call, post: Post) -> None:
    call.need("edit_post", "rest_cannot_edit", "You may not see what the original of this post changes.", post)


def may_decide(call: Call) -> None:
    post = find(call).post
    call.need("edit_post", "rest_cannot_edit", "You may not edit this post.", post)


def date(item: Shown, _: Call) -> str:
    return item.change.at.isoformat()


def revision(item: Shown, call: Call) -> Json:
    if not item.change.revision:
        return None
    number = item.change.revision
    return {"id": number, "href": f"{call.site.base}/wp-admin/revision.php?revision={number}"}


def fields(item: Shown, _: Call) -> Json:
    return [
        {
            "name": name,
            "state": one.state.value,
            "value": getattr(item.texts, name, None) if name in TEXTS else one.value,
        }
        for name, one in item.change.fields.items()
    ]


def post_of(item: Shown, call: Call) -> To | None:
    """The post, where its type is served."""
    kind = call.site.type(item.post.type)
    if kind is None or not kind.show_in_rest:
        return None
    return To(f"{call.api}/wp/v2/{kind.rest_base or kind.name}/{item.post.id}")


REVISION = s.of(["object", "null"], "The revision that holds its texts.", properties={
    "id": s.integer(), "href": s.uri()})  # fmt: skip
VALUE = ["string", "integer", "array", "null"]
PARTS = s.array("What it changes, and what became of that.", {"type": "object", "properties": {
    "name": s.choice("The field of the post.", FIELDS),
    "state": s.choice("What became of it.", [state.value for state in FieldState]),
    "value": s.of(VALUE, "What came: a text as it was written, names of terms, a login, a date in UTC, a picture."),
}})  # fmt: skip
CHANGES: Resource[Shown] = Resource(
    name="original-change",
    route=ROUTE,
    namespace="wirepress/v1",
    key_schema=s.integer("The number of the change."),
    fields=(
        Field("id", s.integer("The number of the change."), ALL),
        Field("post", s.integer("The post of whose original it is."), ALL, lambda item, _: item.post.id),
        Field("date", s.text("When it came, in UTC.", format="date-time"), ALL, date),
        Field("reason", s.choice("Why not all of it was written.", [reason.value for reason in Reason]), ALL,
              lambda item, _: item.change.reason.value),
        Field("waiting", s.boolean("Whether some of it is offered."), ALL, lambda item, _: bool(item.change.offered)),
        Field("revision", REVISION, ALL, revision),
        Field("fields", PARTS, ALL, fields),
    ),
    rules=Rules(may_browse, may_read),
    find=find,
    page=page,
    version_of=None,
    params=(PAGE, PER_PAGE, POST, WAITING),
    links=(Link("about", post_of),),
)  # fmt: skip


def decide(verb: Verb, call: Call) -> Result:
    """Does with what is offered what the caller has decided; the change as it is then."""
    change = verb(call.view, call.viewer, call.integer("id"), call.strings("fields"))
    return shown(CHANGES, call, _shown(call, change))


def routes(catalog: Catalog) -> tuple[Route, ...]:
    item = f"{ROUTE}/{CHANGES.key}"
    verbs: tuple[tuple[str, Verb], ...] = (("take-over", originals.take_over), ("keep", originals.keep_ours))
    deciding = (
        Route(
            f"{item}/{name}",
            (Endpoint(("POST",), partial(decide, verb), may_decide, (ID, SOME), shows=Shows("one", CHANGES),
                      alters=True),),
            CHANGES.namespace,
        )
        for name, verb in verbs
    )  # fmt: skip
    return (*routes_of(catalog.documents, CHANGES), *deciding)
