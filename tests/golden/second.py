"""The golden site under other options, as if another WordPress had been imported: another table prefix, address,
permalink structure, zone and language."""

from __future__ import annotations

import gzip
import sqlite3
from pathlib import Path

from tests.golden.site import NOW, TESTS
from tests.store.blank import blank_database
from wirepress.app.clock import FrozenClock
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import Settings
from wirepress.content.newsroom import Newsroom
from wirepress.content.rendering import refresh
from wirepress.store.files import Files
from wirepress.transfer.wordpress.database import import_database

HOME = "https://news.example.com"
PREFIX = "blog7_"


def second_site(folder: Path, **options: str) -> Dispatcher:
    """The faces of the site with these options of WordPress."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = folder / "wordpress.sqlite"
    tables.write_bytes(gzip.decompress((TESTS / "golden" / "wordpress.sqlite.gz").read_bytes()))
    altered(tables, options)
    database = blank_database(folder / "site.sqlite")
    import_database(database, f"sqlite:///{tables}")
    newsroom = Newsroom(database, FrozenClock(NOW), Files(folder / "uploads"))
    with newsroom.write() as view:
        refresh(view, [row[0] for row in view.unit.rows("SELECT id FROM posts WHERE type <> 'revision'")])
    return Dispatcher(newsroom, Settings(folder))


def altered(tables: Path, options: dict[str, str]) -> None:
    """Makes WordPress's tables another site's."""
    database = sqlite3.connect(tables)
    if "index.php" not in options.get("permalink_structure", "index.php"):
        database.execute("UPDATE wp_posts SET guid = replace(guid, 'index.php/', '')")
        database.execute("UPDATE wp_posts SET post_content = replace(post_content, 'index.php/', '')")
    if home := options.get("home"):
        for table, column in (
            ("posts", "guid"), ("posts", "post_content"), ("users", "user_url"), ("comments", "comment_author_url"),
            ("comments", "comment_content"),
        ):  # fmt: skip
            database.execute(f"UPDATE wp_{table} SET {column} = replace({column}, ?, ?)", (HOME, home))
        plain = "meta_key = '_menu_item_url'"
        database.execute(f"UPDATE wp_postmeta SET meta_value = replace(meta_value, ?, ?) WHERE {plain}", (HOME, home))
    for name, value in options.items():
        database.execute("DELETE FROM wp_options WHERE option_name = ?", (name,))
        database.execute("INSERT INTO wp_options (option_name, option_value) VALUES (?, ?)", (name, value))
    database.execute(
        "UPDATE wp_options SET option_name = ? WHERE option_name = 'wp_user_roles'", (f"{PREFIX}user_roles",)
    )
    database.execute(
        "UPDATE wp_usermeta SET meta_key = ? || substr(meta_key, 4) WHERE meta_key LIKE 'wp^_%' ESCAPE '^'", (PREFIX,)
    )
    names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for name in names:
        database.execute(f'ALTER TABLE "{name}" RENAME TO "{PREFIX}{name[3:]}"')
    database.commit()
    database.close()
