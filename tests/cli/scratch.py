"""A scratch folder with a site that has one of everything: what the examples of the commands' help are run in."""

from __future__ import annotations

import shutil
from dataclasses import replace
from gzip import decompress
from pathlib import Path

from tests.cli.inside import wirepress
from wirepress.app.compose import open_newsroom
from wirepress.app.settings import load
from wirepress.content.comments import writing
from wirepress.content.comments.writing import CommentChanges
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.newsroom import View
from wirepress.content.posts import publishing, revisions
from wirepress.content.posts.changes import Changes
from wirepress.model.original import ChangedField, FieldState, OriginalChange, Reason
from wirepress.store import originals

TESTS = Path(__file__).parent.parent
SITE = "newsroom"
PICTURE = TESTS.parent / "examples" / "wire" / "site"


def filled(folder: Path, press: str) -> None:
    """Makes the site and the files beside it: posts (published, draft, trash), comments (approved, held, spam),
    two users, two categories, a source whose articles are held, a story, a take-down, a change of an original."""
    site = folder / SITE
    lines = [
        ("init", "--home", "https://news.example", "--title", "News", "--admin", "ann", "ann@news.example"),
        ("user", "create", "ben", "ben@news.example", "--role", "editor"),
        ("post", "create", "article.md", "--title", "Harbour opens", "--category", "Harbour", "--status", "publish",
         "--comments", "open"),
        ("post", "create", "article.md", "--title", "Ferries return", "--category", "Shipping", "--tag", "Ships"),
        ("post", "create", "article.md", "--title", "Forgotten"),
        ("post", "trash", "3"),
        ("redirect", "add", "/gone", "/new"),
        ("source", "add", press + "/courier/feed.rss", "--rights", "link", "--category", "Town"),
        ("source", "set", "1", "filters=hold"),
        ("pull",),
        ("post", "create", "article.md", "--title", "Withdrawn", "--status", "publish"),
        ("takedown", "withdrawn", "--reason", "A court's order"),
        ("user", "application-password", "create", "ben", "News app"),
    ]  # fmt: skip
    files(folder, press)
    for words in lines:
        done = wirepress(site, *words)
        assert done.returncode == 0, (words, done.stderr)
        if words[0] == "init":
            with (site / "wirepress.toml").open("a") as settings:
                settings.write('allow_private = "127.0.0.0/8"\nfetch_delay = 0\n')
    newsroom = open_newsroom(load(site, {}))
    with newsroom.write() as view:
        rest(view)
    newsroom.database.close()
    done = wirepress(site, "entry", "merge", "5", "--post", "2")
    assert done.returncode == 0, done.stderr


def rest(view: View) -> None:
    """What no command makes: comments, and a change of an original."""
    for status in ("approve", "hold", "spam"):
        said = CommentChanges(
            post=1, author_name="Reader", author_email="reader@example.com", content=f"A word: {status}",
        )  # fmt: skip
        writing.create(view, NEWSROOM, said, status=status)
    post = publishing.update(view, NEWSROOM, 1, Changes(title="Harbour opens today"))
    revision = revisions.offer(view, replace(post, title="Theirs"))
    offered = {"title": ChangedField(FieldState.OFFERED)}
    originals.insert(view.unit, OriginalChange(0, 1, view.now(), revision, Reason.EDITED, offered))


def files(folder: Path, press: str) -> None:
    """The files that examples name."""
    (folder / "article.md").write_text("# Harbour opens\n\nThe **harbour** opened at http://old.example today.\n")
    (folder / "redirects.csv").write_text("/one,/two,301\n")
    (folder / "sources.toml").write_text(f'[[source]]\nurl = "{press}/herald/feed.rss"\ncategory = "Herald"\n')
    (folder / "feeds.opml").write_text(
        f'<opml version="2.0"><body><outline text="A" xmlUrl="{press}/herald/feed.rss"/></body></opml>'
    )
    shutil.copy(next(PICTURE.rglob("*.jpg")), folder / "harbour.jpg")
    (folder / "wordpress.sqlite").write_bytes(decompress((TESTS / "seed" / "wordpress.sqlite.gz").read_bytes()))
