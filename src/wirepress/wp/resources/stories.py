"""Stories: articles of several sources that tell the same, merged and split by whoever may.  Ours."""

from __future__ import annotations

from datetime import UTC, datetime

from wirepress.content.stories import reading
from wirepress.model.story import Story, StoryQuery
from wirepress.syndicate.stories import deciding
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.collection import PAGE, PER_PAGE, SEARCH
from wirepress.wp.declaration import ALL, Field, Link, Page, Param, Rules
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import missing
from wirepress.wp.resource import Resource
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route, Shows
from wirepress.wp.schema import Json
from wirepress.wp.writing import shown

ROUTE = "/wirepress/v1/stories"
SOURCE = Param("source", s.integer("Only those with an article of this source.", minimum=1))
NUMBERS = {"type": "integer", "minimum": 1}
TO_MERGE = (
    Param("stories", s.array("The stories that are merged; the oldest goes on.", NUMBERS, maxItems=deciding.MOST)),
    Param("posts", s.array("Posts that are merged with them.", NUMBERS, maxItems=deciding.MOST)),
)
ARTICLE = Param("article", s.integer("The number of the article that leaves the story.", minimum=1), required=True)
ID = Param("id", s.integer("The number of the story."))


def page(call: Call) -> Page[Story]:
    query = StoryQuery(
        page=call.page,
        per_page=call.per_page,
        source=call.integer("source") if call.params.get("source") else 0,
        search=str(call.params.get("search") or ""),
    )
    found, total = reading.browse(call.view, call.viewer, query)
    return Page(found, total)


def find(call: Call) -> Story:
    found = reading.get(call.view, call.integer("id"))
    if found is None:
        raise missing("rest_story_invalid_id", "There is no such story.")
    return found


def rule(call: Call, _: Story | None = None) -> None:
    call.need(reading.CAPABILITY, "rest_cannot_edit_stories", "You may not see or change stories.")


def articles(story: Story, _: Call) -> Json:
    return [
        {
            "id": one.id,
            "post": one.post,
            "status": one.status,
            "title": one.title,
            "source": one.source,
            "source_name": one.publisher or one.source_name,
            "url": one.url,
            "likeness": one.likeness,
            "by_hand": one.by_hand,
            "first_seen": one.came.isoformat() if one.came else None,
            "joined": moment(one.at),
        }
        for one in story.articles
    ]


def moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()


MOMENT = {"type": ["string", "null"], "format": "date-time"}
ARTICLES = s.array("Its articles, the one that joined first before the others.", {"type": "object", "properties": {
    "id": s.integer("The number of the article in stories."),
    "post": s.integer("Its post, 0 where it was not taken since its text was here already."),
    "status": s.text("The status of its post."),
    "title": s.text("What it is called."),
    "source": s.integer("The source that brought it, 0 for none."),
    "source_name": s.text("Who published it."),
    "url": s.text("Where it is at its source."),
    "likeness": s.integer("How much of the shorter text is in the longer one, in percent; 0: nobody compared them."),
    "by_hand": s.boolean("Whether somebody has put it there."),
    "first_seen": MOMENT,
    "joined": MOMENT,
}})  # fmt: skip
STORIES: Resource[Story] = Resource(
    name="story",
    route=ROUTE,
    namespace="wirepress/v1",
    key_schema=s.integer("The number of the story."),
    fields=(
        Field("id", s.integer("The number of the story."), ALL),
        Field("title", s.text("What its first article is called."), ALL),
        Field("begun", s.text("When it became a story, in UTC.", format="date-time"), ALL, lambda t, _: moment(t.at)),
        Field("latest", s.text("When an article joined last, in UTC.", format="date-time"), ALL,
              lambda t, _: moment(t.latest)),
        Field("articles", ARTICLES, ALL, articles),
    ),
    rules=Rules(rule, rule),
    find=find,
    page=page,
    version_of=None,
    params=(PAGE, PER_PAGE, SEARCH, SOURCE),
    links=(Link("collection", ROUTE), Link("self", f"{ROUTE}/{{id}}")),
)  # fmt: skip


def merge(call: Call) -> Result:
    """Makes one story of several; the story."""
    stories, posts = (tuple(map(int, call.params.get(name) or ())) for name in ("stories", "posts"))
    return shown(STORIES, call, deciding.merge(call.view, call.viewer, stories, posts))


def split(call: Call) -> Result:
    """Takes an article out of a story; the story that is its own from then on."""
    story, number = find(call), call.integer("article")
    if number not in {one.id for one in story.articles}:
        raise missing("rest_story_invalid_article", "There is no such article in this story.")
    return shown(STORIES, call, deciding.split(call.view, call.viewer, number))


def routes(catalog: Catalog) -> tuple[Route, ...]:
    shows = Shows("one", STORIES)
    made = (
        Route(f"{ROUTE}/merge", (Endpoint(("POST",), merge, rule, TO_MERGE, shows=shows, alters=True),),
              STORIES.namespace),
        Route(f"{ROUTE}/{STORIES.key}/split", (Endpoint(("POST",), split, rule, (ID, ARTICLE), shows=shows,
              alters=True),), STORIES.namespace),
    )  # fmt: skip
    return (*routes_of(catalog.documents, STORIES), *made)
