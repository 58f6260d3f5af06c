"""Where a post came from: its source, the rights, and what the wire has brought since.  Ours; for its editors."""

from __future__ import annotations

from dataclasses import dataclass, field

from wirepress.content.posts import originals, reading
from wirepress.content.posts.provenance import brought, provenance
from wirepress.content.stories import reading as stories
from wirepress.model.post import Post
from wirepress.model.wire import Origin, Source
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.dates import gmt_of
from wirepress.wp.declaration import ALL, Field, Link, Rules
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import missing
from wirepress.wp.resource import Resource
from wirepress.wp.routes import Route
from wirepress.wp.schema import Json

ROUTE = "/wirepress/v1/provenance"


@dataclass(frozen=True, slots=True)
class Account:
    """A post with its origin (None: it was written here), and the revisions that the wire brought."""

    id: int
    post: Post
    origin: Origin | None = None
    source: Source | None = None
    revisions: list[Post] = field(default_factory=list)
    waiting: int = 0
    """How many changes of the original are offered."""
    story: int = 0
    """The story that it belongs to; 0: none."""


def find(call: Call) -> Account:
    post = reading.get(call.view, call.integer("id"))
    if post is None:
        raise missing("rest_post_invalid_id", "There is no such post.")
    known = provenance(call.view, (post.id,))
    origin = known.origins.get(post.id)
    story = stories.of_posts(call.view, (post.id,)).get(post.id, 0)
    if origin is None:
        return Account(post.id, post, story=story)
    _, waiting = originals.browse(call.view, post.id, 1, 1, only=True)
    return Account(post.id, post, origin, known.source(origin), brought(call.view, post.id), waiting, story)


def may_read(call: Call, account: Account) -> None:
    call.need("edit_post", "rest_cannot_edit", "You may not see where this post came from.", account.post)


def source(account: Account, _: Call) -> Json:
    if account.source is None:
        return None
    return {"id": account.source.id, "name": account.source.name}


def address(account: Account, _: Call) -> str:
    return account.origin.url if account.origin else ""


def rights(account: Account, _: Call) -> str:
    return account.origin.facts.rights.value if account.origin else ""


def licence(account: Account, _: Call) -> str:
    return account.origin.facts.licence if account.origin else ""


def signals(account: Account, _: Call) -> Json:
    return list(account.origin.facts.signals) if account.origin else []


def narrowed(account: Account, _: Call) -> Json:
    return account.origin is not None and account.origin.facts.narrowed


def first_seen(account: Account, _: Call) -> str | None:
    return account.origin.first_seen.isoformat() if account.origin else None


def last_checked(account: Account, _: Call) -> str | None:
    return account.origin.last_checked.isoformat() if account.origin else None


def revisions(account: Account, call: Call) -> Json:
    return [
        {
            "id": post.id,
            "date": gmt_of(call.site, post.date_gmt, post.date) + "Z",
            "href": f"{call.site.base}/wp-admin/revision.php?revision={post.id}",
        }
        for post in account.revisions
    ]


SIGNALS = s.array(
    "What its page says to machines, as it says it: `noarchive`, `max-snippet:50`, `tdm-reservation` ...", s.text()
)
NARROWED = s.boolean("Whether that was heeded: its rights are narrower than its source's.")
MOMENT = s.of(["string", "null"], format="date-time")
PROVENANCE: Resource[Account] = Resource(
    name="provenance",
    route=ROUTE,
    namespace="wirepress/v1",
    key_schema=s.integer("The number of the post."),
    fields=(
        Field("id", s.integer("The number of the post."), ALL),
        Field("source", s.of(["object", "null"], properties={"id": s.integer(), "name": s.text()}), ALL, source),
        Field("url", s.text("Where the article is at its source."), ALL, address),
        Field("rights", s.text("What may be shown of it."), ALL, rights),
        Field("license", s.text("The licence that the source named."), ALL, licence),
        Field("signals", SIGNALS, ALL, signals),
        Field("narrowed", NARROWED, ALL, narrowed),
        Field("first_seen", MOMENT, ALL, first_seen),
        Field("last_checked", MOMENT, ALL, last_checked),
        Field("revisions", s.array("What the source has changed since.", {"type": "object", "properties": {
            "id": s.integer(), "date": s.text(), "href": s.uri()}}), ALL, revisions),
        Field("waiting", s.integer("How many of the changes wait for an editor."), ALL),
        Field("story", s.integer("The story that it belongs to, 0 for none."), ALL),
    ),
    rules=Rules(None, may_read),
    find=find,
    version_of=None,
    links=(Link("about", "/wp/v2/posts/{id}"),),
)  # fmt: skip


def routes(catalog: Catalog) -> tuple[Route, ...]:
    return routes_of(catalog.documents, PROVENANCE)
