"""`wirepress story`: articles of several sources that tell the same."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from wirepress.cli import several
from wirepress.cli.commands import Commands
from wirepress.cli.common import newsroom_of, say, show
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts.publishing import existing
from wirepress.content.stories import reading
from wirepress.model.story import Story, StoryArticle, StoryQuery

group = Commands(help="List, merge and split stories: articles that tell the same.")


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="story")


@group.command("list")
def list_(
    context: typer.Context,
    source: Annotated[int, typer.Option(min=0, help="Only those with an article of this source.")] = 0,
    search: Annotated[str, typer.Option(help="A part of the title or address of an article.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many, the latest first.")] = 50,
) -> None:
    """List stories, those that an article joined last first.

    Example: wirepress story list
    """
    query = StoryQuery(per_page=limit, source=source, search=search)
    with newsroom_of(context) as newsroom, newsroom.view() as view:
        found, total = reading.browse(view, NEWSROOM, query)
    show([row_of(one) for one in found], ["id", "latest", "title", "articles", "posts"], title=f"{total}")


@group.command("show")
def show_(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="NUMBER", min=1, help="Number of the story.")],
) -> None:
    """Show the articles of a story.

    Example: wirepress story show 1
    """
    with newsroom_of(context) as newsroom, newsroom.view() as view:
        story = reading.existing(view, number)
    columns = ["id", "post", "status", "source", "title", "url", "likeness"]
    show([article_row(one) for one in story.articles], columns, title=story.title)


@group.command("merge")
def merge(
    context: typer.Context,
    numbers: Annotated[list[int] | None, typer.Argument(metavar="[NUMBER]...", help="Numbers of stories.")] = None,
    post: Annotated[list[int] | None, typer.Option(help="A post that is merged with them; may be repeated.")] = None,
) -> None:
    """Make one story of several; no look at a source undoes it.

    Example: wirepress story merge 1 --post 1
    """
    from wirepress.syndicate.stories import deciding

    with newsroom_of(context) as newsroom, newsroom.write() as view:
        several.each("story", numbers or (), lambda number: reading.existing(view, number))
        several.each("post", post or (), lambda number: existing(view, number))
        story = deciding.merge(view, NEWSROOM, numbers or (), post or ())
    say(f"Story {story.id} has {len(story.articles)} articles now", story=story.id, articles=len(story.articles))


@group.command("split")
def split(
    context: typer.Context,
    article: Annotated[int, typer.Argument(metavar="ARTICLE", min=1, help="Number of the article (story show).")],
) -> None:
    """Take an article out of its story, for good; one that was not taken is, with the next look at its source.

    Example: wirepress story split 2
    """
    from wirepress.syndicate.stories import deciding

    with newsroom_of(context) as newsroom, newsroom.write() as view:
        story = deciding.split(view, NEWSROOM, article)
    say(f"Article {article} is story {story.id} now", article=article, story=story.id)


def row_of(story: Story) -> dict[str, Any]:
    """A story as a table shows it."""
    return {
        "id": story.id,
        "begun": moment(story.at),
        "latest": moment(story.latest),
        "title": story.title,
        "articles": len(story.articles),
        "posts": sum(1 for one in story.articles if one.post),
    }


def article_row(one: StoryArticle) -> dict[str, Any]:
    """An article as a table shows it."""
    return {
        "id": one.id,
        "post": one.post or "",
        "status": one.status,
        "source": one.publisher or one.source_name,
        "title": one.title,
        "url": one.url,
        "likeness": one.likeness or "",
        "by hand": one.by_hand,
        "joined": moment(one.at),
    }


def moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()
