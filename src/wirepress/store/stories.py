"""Stories and what belongs to them."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import Final

from wirepress.model.story import Story, StoryArticle, StoryQuery
from wirepress.store.clauses import Where, chunks, contains, marks, window
from wirepress.store.columns import insert_sql
from wirepress.store.tags import ALL, MOST, SOURCES, of_stories
from wirepress.store.unit import Row, Unit

MOST_SHOWN: Final = 50
"""Articles of a story that are given with it."""
_PUT: Final = ("story", "post", "origin", "at", "likeness", "by_hand", "gone", "title", "words")
_ARTICLE: Final = (
    "SELECT a.id, a.story, a.post, a.origin, a.at, a.likeness, a.by_hand, coalesce(o.source, 0),"
    " coalesce(CASE WHEN s.name = '' THEN s.url ELSE s.name END, ''), coalesce(p.title, a.title),"
    " coalesce(CASE WHEN o.canonical = '' THEN o.url ELSE o.canonical END, ''), coalesce(p.status, ''),"
    " CAST(o.facts AS TEXT), coalesce(o.first_seen, 0)"
    " FROM story_articles a LEFT JOIN origins o ON o.id = a.origin LEFT JOIN sources s ON s.id = o.source"
    " LEFT JOIN posts p ON p.id = a.post"
)
_IS_THERE: Final = "a.gone = 0 AND (a.post = 0 OR p.id IS NOT NULL)"


def _article(row: Row) -> StoryArticle:
    key, story, post, origin, at, likeness, by_hand, source, name, title, url, status, facts, seen = row
    publisher = json.loads(facts).get("publisher", "") if facts else ""
    return StoryArticle(
        key,
        story,
        post,
        origin,
        at,
        likeness,
        by_hand=bool(by_hand),
        source=source,
        source_name=name,
        title=title,
        url=url,
        status=status,
        publisher=publisher,
        came=datetime.fromtimestamp(seen or at, UTC),
    )


def add(unit: Unit, at: int) -> int:
    """A new story without articles, and its id."""
    return int(unit.rows(insert_sql("stories", ("at", "latest"), tail="RETURNING id"), (at, at))[0][0])


def put(unit: Unit, article: StoryArticle) -> int:
    """Adds an article to its story and gives its id; its own is ignored."""
    words = f"{article.title} {article.url}".casefold()
    values = (
        article.story, article.post, article.origin, article.at, article.likeness, int(article.by_hand), 0,
        article.title, words,
    )  # fmt: skip
    number = int(unit.rows(insert_sql("story_articles", _PUT, tail="RETURNING id"), values)[0][0])
    unit.run("UPDATE stories SET latest = ? WHERE id = ? AND latest < ?", (article.at, article.story, article.at))
    _retell(unit, "one.story = ?", (article.story,))
    return number


def _retell(unit: Unit, where: str, values: Sequence[object]) -> None:
    """Notes that the stories of some articles `one` change for all posts that are in them."""
    rows = unit.rows(
        "SELECT DISTINCT other.post FROM story_articles one JOIN story_articles other ON other.story = one.story"
        f" WHERE {where} LIMIT {MOST}",
        values,
    )
    unit.tags.update(ALL if len(rows) == MOST else tag for tag in of_stories((0, *(row[0] for row in rows))))


def post_changed(unit: Unit, post: int) -> None:
    """Notes that a post that may be in a story is seen now, or no longer."""
    _retell(unit, "one.post = ?", (post,))


def get(unit: Unit, story_id: int) -> Story | None:
    """The story of this id with all of its articles that are there, as far as `MOST_SHOWN` reaches; None where there is
    none of them."""
    if not 0 < story_id < 2**63:
        return None
    rows = unit.rows("SELECT id, at, latest FROM stories WHERE id = ?", (story_id,))
    return next(iter(_with_articles(unit, rows)), None)


def find(unit: Unit, query: StoryQuery) -> tuple[list[Story], int]:
    """A page of stories, and how many there are in all."""
    inner = Where()
    inner.add(f"a.story = s.id AND {_IS_THERE}")
    if query.source:
        inner.one_of("o.source", [query.source])
    if query.search:
        part = query.search.casefold()
        found = f"({contains(unit.dialect, 'a.words')} OR {contains(unit.dialect, 'lower(p.title)')})"
        inner.add(found, part, part)
    where = (
        "EXISTS (SELECT 1 FROM story_articles a LEFT JOIN posts p ON p.id = a.post"
        f" LEFT JOIN origins o ON o.id = a.origin WHERE {inner.sql})"
    )
    limit, offset = window(query)
    rows = unit.rows(
        f"SELECT s.id, s.at, s.latest FROM stories s WHERE {where} ORDER BY s.latest DESC, s.id DESC LIMIT ? OFFSET ?",
        (*inner.values, limit, offset),
    )
    total = unit.rows(f"SELECT count(*) FROM stories s WHERE {where}", inner.values)
    return _with_articles(unit, rows), int(total[0][0])


def _with_articles(unit: Unit, rows: Sequence[Row]) -> list[Story]:
    found: dict[int, list[StoryArticle]] = {row[0]: [] for row in rows}
    for article in articles_of(unit, list(found)):
        if len(found[article.story]) < MOST_SHOWN:
            found[article.story].append(article)
    return [Story(key, at, latest, tuple(found[key])) for key, at, latest in rows if found[key]]


def articles_of(unit: Unit, stories: Sequence[int]) -> list[StoryArticle]:
    """The articles of stories that are there, those that joined first before the others."""
    if not stories:
        return []
    rows = unit.rows(
        f"{_ARTICLE} WHERE a.story IN ({marks(len(stories))}) AND {_IS_THERE} ORDER BY a.at, a.id", stories
    )
    return [_article(row) for row in rows]


def article(unit: Unit, article_id: int) -> StoryArticle | None:
    """The article of this id, if it is there."""
    if not 0 < article_id < 2**63:
        return None
    rows = unit.rows(f"{_ARTICLE} WHERE a.id = ? AND {_IS_THERE}", (article_id,))
    return _article(rows[0]) if rows else None


def article_of(unit: Unit, *, post: int = 0, origin: int = 0) -> StoryArticle | None:
    """The article that a post, or an origin, is in its story; None where it is in none."""
    column, value = ("post", post) if post else ("origin", origin)
    rows = unit.rows(f"{_ARTICLE} WHERE a.{column} = ? AND a.gone = 0", (value,)) if value else []
    return _article(rows[0]) if rows else None


def of_posts(unit: Unit, posts: Collection[int]) -> dict[int, int]:
    """The stories of those of these posts that are in one, by post."""
    if not posts:
        return {}
    sql = f"SELECT post, story FROM story_articles WHERE post IN ({marks(len(posts))}) AND gone = 0"
    return dict(unit.rows(sql, list(posts), lent=of_stories(posts)))


def shared(unit: Unit, posts: Collection[int]) -> dict[int, tuple[int, int]]:
    """Of posts that are in a story which several have told: the story, and by how many sources, what was written here
    counting as one; by post."""
    if not posts:
        return {}
    counted = (
        "SELECT a.story, count(DISTINCT coalesce(o.source, 0)) AS tellers FROM story_articles a"
        " LEFT JOIN origins o ON o.id = a.origin LEFT JOIN posts p ON p.id = a.post"
        f" WHERE {_IS_THERE} AND a.story IN"
        f" (SELECT story FROM story_articles WHERE gone = 0 AND post IN ({marks(len(posts))})) GROUP BY a.story"
    )
    sql = (
        f"SELECT one.post, c.story, c.tellers FROM story_articles one"
        f" JOIN ({counted}) c ON c.story = one.story"
        f" WHERE c.tellers > 1 AND one.gone = 0 AND one.post IN ({marks(len(posts))})"
    )
    return {
        post: (story, int(tellers)) for post, story, tellers in unit.rows(sql, [*posts, *posts], lent=of_stories(posts))
    }


def is_any(unit: Unit) -> bool:
    """Whether there is a story."""
    if unit.rows("SELECT 1 FROM story_articles LIMIT 1", lent=("list:stories",)):
        return True
    unit.depends(of_stories((0,)))  # the first makes a difference, those after it none
    return False


def tellers(unit: Unit, posts: Collection[int]) -> dict[int, list[str]]:
    """What the publishers are called that have told the stories of these posts besides them: those of published posts
    and of articles that have no post, in the order in which they joined, without the one of the post itself."""
    if not posts:
        return {}
    sql = (
        "SELECT one.post, one.id = a.id, s.name, s.url, CAST(o.facts AS TEXT) FROM story_articles one"
        " JOIN story_articles a ON a.story = one.story AND a.gone = 0"
        " JOIN origins o ON o.id = a.origin LEFT JOIN sources s ON s.id = o.source LEFT JOIN posts p ON p.id = a.post"
        f" WHERE one.gone = 0 AND one.post IN ({marks(len(posts))}) AND (a.post = 0 OR p.status = 'publish')"
        " ORDER BY a.at, a.id"
    )
    own: dict[int, str] = {}
    found: dict[int, dict[str, None]] = {}
    lent = (SOURCES, *of_stories(posts))
    for post, is_own, name, url, facts in unit.rows(sql, list(posts), lent=lent):
        said = json.loads(facts).get("publisher", "") if facts else ""
        said = said or name or re.sub(r"^\w+://(www\.)?|/.*$", "", url or "")
        if is_own:
            own[post] = said
        elif said:
            found.setdefault(post, {})[said] = None
    return {post: names for post, given in found.items() if (names := [n for n in given if n != own.get(post)])}


def move(unit: Unit, articles: Iterable[int], story: int) -> None:
    """Has articles belong to a story, since somebody wants them there."""
    for some in chunks(list(articles)):
        _retell(unit, f"one.id IN ({marks(len(some))})", some)
        sql = f"UPDATE story_articles SET story = ?, by_hand = 1 WHERE id IN ({marks(len(some))})"
        unit.run(sql, (story, *some))
    _retell(unit, "one.story = ?", (story,))


def absorb(unit: Unit, story: int, others: Sequence[int]) -> None:
    """Has all articles of other stories belong to one, those too that are gone, and ends the others."""
    for some in chunks(others):
        listed = marks(len(some))
        _retell(unit, f"one.story IN ({listed})", some)
        unit.run(f"UPDATE story_articles SET story = ?, by_hand = 1 WHERE story IN ({listed})", (story, *some))
        unit.run(f"DELETE FROM stories WHERE id IN ({listed})", some)
    _retell(unit, "one.story = ?", (story,))


def end_empty(unit: Unit, story: int) -> None:
    """Ends a story that has no article any more."""
    sql = "DELETE FROM stories WHERE id = ? AND NOT EXISTS (SELECT 1 FROM story_articles WHERE story = ?)"
    unit.run(sql, (story, story))


def has_post(unit: Unit, article_id: int, post: int) -> None:
    """Notes that an article has got a post, or has none any more (0)."""
    _retell(unit, "one.id = ?", (article_id,))
    unit.run("UPDATE story_articles SET post = ? WHERE id = ?", (post, article_id))
    unit.tags.update(of_stories((post,)))


def leave(unit: Unit, article_id: int) -> None:
    """Takes an article out of its story."""
    _retell(unit, "one.id = ?", (article_id,))
    unit.tags.add("list:stories")
    unit.run("DELETE FROM story_articles WHERE id = ?", (article_id,))


def erase(unit: Unit, article_id: int) -> None:
    """Forgets what an article was called, and where it was."""
    unit.run("UPDATE story_articles SET title = '', words = '' WHERE id = ?", (article_id,))


def note_gone(unit: Unit, post: int, *, gone: bool = True) -> None:
    """Notes that a post was deleted here, or has come back."""
    _retell(unit, "one.post = ?", (post,))
    unit.run("UPDATE story_articles SET gone = ? WHERE post = ?", (int(gone), post))


def move_origin(unit: Unit, origin: int, to: int) -> None:
    """Has an article go on under the other row that its source has of it, unless that is in a story itself."""
    unit.run(
        "UPDATE story_articles SET origin = ? WHERE origin = ?"
        " AND NOT EXISTS (SELECT 1 FROM story_articles other WHERE other.origin = ?)",
        (to, origin, to),
    )
    origin_changed(unit, to)


def origin_changed(unit: Unit, origin: int) -> None:
    """Notes that what is known of an article that may be in a story has changed."""
    _retell(unit, "one.origin = ?", (origin,))
