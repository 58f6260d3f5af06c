"""A newsroom of any size to measure with: plausible news, the same for the same seed.

python -m tests.bench.generate FOLDER POSTS
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from tests.store import many
from wirepress.model.comment import Comment
from wirepress.model.moment import Stamp, stamp
from wirepress.model.post import Post
from wirepress.model.rendering import Rendering, solid
from wirepress.model.term import Term
from wirepress.model.user import User
from wirepress.store import bulk
from wirepress.store.database import Database, Unit

_NOUNS = """council storm harbour market minister bridge school river election budget hospital court police station
fire museum festival village railway airport climate energy water farm union strike wages housing tenant landlord
school teacher pupil doctor nurse patient vaccine study science research museum painting concert theatre film book
author player coach league match goal season final cup record runner swimmer driver race track court verdict appeal
judge lawyer witness trial bank loan interest inflation price tax pension parliament senate mayor governor president
treaty border visa refugee army ceasefire summit tariff export import shipyard factory engine battery solar wind coal
gas pipeline reactor forest wildfire flood drought glacier island coast ferry tunnel motorway cyclist tram ticket
archive library museum chapel cathedral statue square garden park zoo panda eagle wolf bear bee honey wheat barley
wine cheese bread coffee kitchen chef recipe hotel tourist guide mountain summit climber rescue helicopter pilot"""
WORDS = tuple(_NOUNS.split())
VERBS = (
    "opens",
    "closes",
    "warns",
    "agrees",
    "delays",
    "approves",
    "rejects",
    "studies",
    "repairs",
    "builds",
    "visits",
    "praises",
    "questions",
    "wins",
    "loses",
)
ADJECTIVES = (
    "old",
    "new",
    "northern",
    "quiet",
    "costly",
    "narrow",
    "public",
    "private",
    "early",
    "late",
    "broken",
    "bright",
    "careful",
    "local",
    "distant",
)
NAMES = (
    "Novák",
    "Müller",
    "Øberg",
    "Žofie",
    "Łukasz",
    "Ana",
    "José",
    "Zoë",
    "Renée",
    "Björn",
    "Smith",
    "Jones",
    "Patel",
    "Tanaka",
    "Okafor",
    "Rossi",
)
LINK = (
    "the",
    "a",
    "its",
    "their",
    "every",
    "this",
    "another",
)
CATEGORIES = ("World", "Business", "Sport", "Culture", "Science", "Local", "Europe", "Asia", "Markets", "Football")
PARENTS = {"Europe": "World", "Asia": "World", "Markets": "Business", "Football": "Sport"}
LAST = datetime(2025, 6, 14, 18, 0, 0)  # noqa: DTZ001 - WordPress's stamps have no zone
SENTENCES = 4000


@dataclass(frozen=True, slots=True)
class Ids:
    """Where the new ids begin."""

    post: int
    term: int
    taxonomy: int
    user: int
    comment: int


def generate(database: Database, posts: int, seed: int = 1, render_version: int = 0) -> None:
    """Fills a database that has its tables with so many published posts and what belongs to them.

    `render_version` is that of the rendering code; with another one every post is rendered anew when it is read.
    """
    dice = random.Random(seed)
    with database.write() as unit:
        ids = _ids(unit)
        authors = [ids.user + n for n in range(12)]
        many.users(unit, _users(authors))
        terms = list(_terms(ids))
        worn = [_worn(dice, terms) for _ in range(posts)]
        many.terms(unit, _counted(terms, worn))
        pictures = max(1, posts // 10)
        many.posts(unit, _pictures(ids.post, pictures, authors))
        first = ids.post + pictures
        many.posts(unit, _posts(dice, first, posts, authors, range(ids.post, first), render_version))
        many.post_terms(unit, ((first + n, term, 0) for n, wears in enumerate(worn) for term in wears))
        many.comments(unit, _comments(dice, ids.comment, first, posts))
        unit.run(
            "UPDATE posts SET comment_count = (SELECT count(*) FROM comments c WHERE c.post = posts.id)"
            " WHERE id IN (SELECT post FROM comments)"
        )
        bulk.settle(unit)


def _ids(unit: Unit) -> Ids:
    found = unit.rows(
        "SELECT (SELECT coalesce(max(id), 0) FROM posts), (SELECT coalesce(max(id), 0) FROM terms),"
        " (SELECT coalesce(max(taxonomy_id), 0) FROM terms), (SELECT coalesce(max(id), 0) FROM users),"
        " (SELECT coalesce(max(id), 0) FROM comments)"
    )
    return Ids(*(number + 1 for number in found[0]))


def _users(ids: Sequence[int]) -> Iterator[User]:
    for n, user_id in enumerate(ids):
        name = f"{NAMES[n % len(NAMES)]} {NAMES[(n * 7 + 3) % len(NAMES)]}"
        login = f"reporter{user_id}"
        yield User(
            user_id,
            login,
            login,
            email=f"{login}@press.example",
            name=name,
            registered=stamp(LAST),
            grants={"author": True},
            nickname=login,
        )


def _terms(ids: Ids) -> Iterator[Term]:
    names = [(name, "category") for name in CATEGORIES]
    names += [(word, "post_tag") for word in dict.fromkeys(WORDS)]
    numbers = {name: ids.term + n for n, (name, _) in enumerate(names)}
    for n, (name, taxonomy) in enumerate(names):
        parent = numbers[PARENTS[name]] if name in PARENTS else 0
        yield Term(
            ids.term + n,
            taxonomy,
            name,
            f"{name.lower()}-{ids.term + n}",
            parent=parent,
            taxonomy_id=ids.taxonomy + n,
        )


def _counted(terms: Sequence[Term], worn: Sequence[Sequence[int]]) -> Iterator[Term]:
    counts: dict[int, int] = {}
    for wears in worn:
        for taxonomy_id in wears:
            counts[taxonomy_id] = counts.get(taxonomy_id, 0) + 1
    for t in terms:
        count = counts.get(t.taxonomy_id, 0)
        yield Term(
            t.id,
            t.taxonomy,
            t.name,
            t.slug,
            description=t.description,
            parent=t.parent,
            count=count,
            taxonomy_id=t.taxonomy_id,
        )


def _worn(dice: random.Random, terms: Sequence[Term]) -> tuple[int, ...]:
    """A category or two and some tags, some of them far more liked than others."""
    categories, tags = len(CATEGORIES), len(terms) - len(CATEGORIES)
    chosen = [int(categories * dice.random() ** 2) for _ in range(dice.choice((1, 1, 2)))]
    chosen += [categories + int(tags * dice.random() ** 3) for _ in range(dice.randrange(4))]
    return tuple(terms[n].taxonomy_id for n in dict.fromkeys(chosen))


def _pictures(first: int, count: int, authors: Sequence[int]) -> Iterator[Post]:
    for n in range(count):
        post_id = first + n
        when = stamp(LAST - timedelta(days=400, minutes=7 * n))
        file = f"2024/05/picture-{post_id}"
        sizes = {
            name: {
                "file": f"picture-{post_id}-{w}x{h}.jpg",
                "width": w,
                "height": h,
                "mime-type": "image/jpeg",
                "filesize": 9000,
            }
            for name, w, h in (
                ("medium", 300, 200),
                ("large", 1024, 683),
                ("thumbnail", 150, 150),
                ("medium_large", 768, 512),
            )
        }
        facts = {
            "width": 1600,
            "height": 1067,
            "file": f"{file}.jpg",
            "filesize": 250000,
            "sizes": sizes,
            "image_meta": {},
        }
        yield Post(
            post_id, "attachment", "inherit", slug=f"picture-{post_id}", title=f"Picture {post_id}",
            excerpt="A caption.", author=authors[n % len(authors)],
            date=when, date_gmt=when, modified=when, modified_gmt=when, guid=f"/?p={post_id}", mime_type="image/jpeg",
            meta={
                "_wp_attached_file": [f"{file}.jpg"],
                "_wp_attachment_metadata": [facts],
                "_wp_attachment_image_alt": [f"A picture of {WORDS[n % len(WORDS)]}"],
            },
        )  # fmt: skip


def _sentence(dice: random.Random) -> str:
    parts = [dice.choice(LINK).capitalize(), dice.choice(ADJECTIVES), _word(dice), dice.choice(VERBS)]
    for _ in range(dice.randrange(2, 6)):
        parts += [dice.choice(LINK), _word(dice), dice.choice(("of", "near", "after", "with", "against", "and"))]
    parts += [dice.choice(LINK), _word(dice)]
    if dice.random() < 0.03:
        parts += ["says", dice.choice(NAMES)]
    return " ".join(parts) + "."


def _word(dice: random.Random) -> str:
    return WORDS[int(len(WORDS) * dice.random() ** 1.5)]


def _posts(
    dice: random.Random, first: int, count: int, authors: Sequence[int], pictures: range, version: int
) -> Iterator[Post]:
    sentences = [_sentence(dice) for _ in range(SENTENCES)]
    step = timedelta(seconds=int(timedelta(days=365 * 8).total_seconds()) // max(1, count))
    for n in range(count):
        post_id = first + n
        when = stamp(LAST - step * (count - n))
        title = f"{sentences[dice.randrange(SENTENCES)].split(' of ')[0].rstrip('.')[:80]} {n}"
        paragraphs = [" ".join(dice.choices(sentences, k=dice.randrange(2, 6))) for _ in range(dice.randrange(6, 9))]
        paragraphs[-1] += f" Filed under dossier{n % 997:03d}x."
        yield Post(
            post_id, "post", "publish", slug=f"story-{post_id}", title=title,
            content="\n\n".join(f"<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->" for text in paragraphs),
            author=authors[int(len(authors) * dice.random() ** 2)],
            date=when, date_gmt=when, modified=when, modified_gmt=when,
            guid=f"/?p={post_id}", comment_status="open", ping_status="open",
            meta={"_thumbnail_id": [str(pictures[n % len(pictures)])]} if n % 2 else {},
            rendering=_rendering(title, paragraphs, version),
        )  # fmt: skip


def _rendering(title: str, paragraphs: Sequence[str], version: int) -> Rendering:
    """What rendering makes of a title and plain paragraphs."""
    content = "\n\n".join(f'\n<p class="wp-block-paragraph">{text}</p>\n' for text in paragraphs)
    words = " ".join(paragraphs[:2]).split()
    more = " [&hellip;]" if len(words) > 55 or len(paragraphs) > 2 else ""
    excerpt = f"<p>{' '.join(words[:55])}{more}</p>\n"
    return Rendering(solid(title), solid(content), solid(excerpt), 1, version)


def _comments(dice: random.Random, first: int, post: int, posts: int) -> Iterator[Comment]:
    for n in range(posts // 10):
        when = Stamp(stamp(LAST - timedelta(minutes=3 * (posts // 10 - n))))
        name = dice.choice(NAMES)
        yield Comment(
            first + n, post + dice.randrange(posts), author_name=name, author_email=f"{n}@reader.example",
            author_ip="192.0.2.1", date=when, date_gmt=when, content=_sentence(dice),
        )  # fmt: skip


def mark_of(folder: Path) -> str:
    """What tells how the site in a folder would be rendered now."""
    from wirepress.app.compose import open_newsroom  # only here: it loads most of the server
    from wirepress.app.settings import load
    from wirepress.content.rendering import mark

    newsroom = open_newsroom(load(folder, {}))
    try:
        with newsroom.view() as view:
            return str(mark(view.site))
    finally:
        newsroom.database.close()


def main() -> None:
    """Fills the site in a folder."""
    from wirepress.app.compose import open_newsroom
    from wirepress.app.settings import load

    folder, posts = Path(sys.argv[1]), int(sys.argv[2])
    version = int(mark_of(folder))
    newsroom = open_newsroom(load(folder, {}))
    generate(newsroom.database, posts, render_version=version)
    while newsroom.render_old(200):  # the pictures, as a worker with time would
        pass
    newsroom.database.close()


if __name__ == "__main__":
    main()
