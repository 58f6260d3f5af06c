"""A WordPress database of any size, made up: `python -m tests.transfer.generate_wordpress FILE [POSTS]`.

Like a newspaper's: a picture and a revision for each second post, four meta rows, three terms and half a comment a
post, the indexes that WordPress makes.  The same arguments give the same database.
"""

from __future__ import annotations

import random
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.transfer.mysql_tables import OWNERS, TABLES

WORDS = (
    *("city", "council", "harbour", "market", "player", "season", "minister", "winter", "police", "report", "school"),
    *("river", "budget", "health", "letter", "music", "train", "border", "climate", "energy", "farmer", "island"),
    *("museum", "election", "court", "village", "forest", "summer", "storm", "bridge"),
)
START = datetime(2010, 1, 1)  # noqa: DTZ001 - WordPress's stamps carry no zone
USERS, CATEGORIES, TAGS = 50, 40, 2000

Row = tuple[Any, ...]


def generate(path: Path, posts: int, *, seed: int = 1) -> None:
    """Writes the database to a new file."""
    chance = random.Random(seed)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA synchronous = OFF")
        for table, kinds in TABLES.items():
            listed = [f'"{name}" {"INTEGER" if "int" in kind else "TEXT"}' for name, kind in kinds.items()]
            key = "object_id, term_taxonomy_id" if table == "term_relationships" else next(iter(kinds))
            connection.execute(f"CREATE TABLE wp_{table} ({', '.join(listed)}, PRIMARY KEY ({key}))")
            if owner := OWNERS.get(table):
                connection.execute(f"CREATE INDEX {table}_{owner} ON wp_{table} ({owner})")
        for table, rows in everything(chance, posts):
            marks = ", ".join("?" * len(TABLES[table]))
            connection.executemany(f"INSERT INTO wp_{table} VALUES ({marks})", rows)


def everything(chance: random.Random, posts: int) -> Iterator[tuple[str, Iterator[Row]]]:
    """The rows of each table."""
    numbers = range(1, posts + 1)
    yield "users", map(user, range(1, USERS + 1))
    yield "usermeta", ((n, n, "wp_capabilities", 'a:1:{s:6:"author";b:1;}') for n in range(1, USERS + 1))
    last = CATEGORIES + TAGS
    yield "terms", ((n, f"{WORDS[n % 30]} {n}".title(), f"{WORDS[n % 30]}-{n}", 0) for n in range(1, last + 1))
    taxonomies = ((n, "category" if n <= CATEGORIES else "post_tag") for n in range(1, last + 1))
    yield "term_taxonomy", ((n, n, taxonomy, "", 0, 10) for n, taxonomy in taxonomies)
    yield (
        "options",
        iter(
            [
                (1, "siteurl", "https://news.example.com", "on"),
                (2, "home", "https://news.example.com", "on"),
                (3, "blogname", "Example News", "on"),
                (4, "permalink_structure", "/%year%/%monthnum%/%day%/%postname%/", "on"),
            ]
        ),
    )
    yield "posts", (row for n in numbers for row in post(chance, n))
    yield "postmeta", (row for n in numbers for row in meta(n))
    yield "term_relationships", ((n * 3, term, 0) for n in numbers for term in sorted(assigned(n)))
    yield "comments", (comment(chance, n) for n in range(1, posts // 2 + 1))


def user(n: int) -> Row:
    login = f"writer{n}"
    return (n, login, "$P$" + "a" * 31, f"writer-{n}", f"{login}@example.com", "", stamp(n), "", 0, f"Writer {n}")


def post(chance: random.Random, n: int) -> Iterator[Row]:
    """A post and, for each second one, its picture and a revision of it."""
    title, body = text(chance, 8).title(), paragraphs(chance)
    post_id, when, author = n * 3, stamp(n), 1 + n % USERS
    slug = f"{title.lower().replace(' ', '-')}-{n}"
    guid = "https://news.example.com/?p="
    begin, common, end = (author, when, when), ("open", "open", ""), ("", "", when, when, "")
    yield (post_id, *begin, body, title, "", "publish", *common, slug, *end, 0, f"{guid}{post_id}", 0, "post", "", 0)
    if n % 2 == 0:
        name = f"picture-{n}"
        rest = (post_id, f"https://news.example.com/{name}.jpg", 0, "attachment", "image/jpeg", 0)
        yield (post_id + 1, *begin, "", name, "", "inherit", *common, name, *end, *rest)
        rest = (post_id, f"{guid}{post_id + 2}", 0, "revision", "", 0)
        yield (post_id + 2, *begin, body, title, "", "inherit", *common, f"{post_id}-revision-v1", *end, *rest)


def meta(n: int) -> Iterator[Row]:
    picture = 3 * (n - n % 2) + 1
    facts = f'a:2:{{s:5:"place";s:4:"Oslo";s:6:"number";i:{n};}}'
    entries = {"_thumbnail_id": picture, "_edit_lock": f"{1_300_000_000 + n}:1", "views": n % 977, "facts": facts}
    for place, (key, value) in enumerate(entries.items()):
        yield n * 4 + place, n * 3, key, str(value)


def assigned(n: int) -> set[int]:
    """The terms of a post: a category and one or two tags."""
    return {1 + n % CATEGORIES, CATEGORIES + 1 + n % TAGS, CATEGORIES + 1 + (n * 7 + 1) % TAGS}


def comment(chance: random.Random, n: int) -> Row:
    author = ("Reader", "reader@example.com", "", "192.0.2.1")
    return (n, n * 6, *author, stamp(n), stamp(n), text(chance, 20), 0, "1", "", "comment", 0, 0)


def paragraphs(chance: random.Random) -> str:
    return "\n\n".join(
        f"<!-- wp:paragraph -->\n<p>{text(chance, 60)}.</p>\n<!-- /wp:paragraph -->"
        for _ in range(chance.randint(3, 8))
    )


def text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words))


def stamp(n: int) -> str:
    return (START + timedelta(minutes=71 * n)).isoformat(" ")


if __name__ == "__main__":
    generate(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100_000)
