"""The golden site as a `Lookup`, read from its recorded WordPress tables."""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from wirepress.model.comment import Comment
from wirepress.model.moment import Stamp
from wirepress.model.php import decoded
from wirepress.model.post import Post, TermRef
from wirepress.model.query import CommentQuery, PostQuery, TermQuery
from wirepress.model.remote import Item, Wish
from wirepress.model.term import Term
from wirepress.model.user import User

GOLDEN = Path(__file__).parent / "wordpress.sqlite.gz"
HOME = "https://news.example.com"
_ZERO = Stamp("0000-00-00 00:00:00")


@cache
def golden_lookup() -> WordPressLookup:
    """The golden site, as it was before the first recorded request."""
    return WordPressLookup(gzip.decompress(GOLDEN.read_bytes()))


class WordPressLookup:
    """A read-only `Lookup` over a WordPress database, held in memory."""

    def __init__(self, database: bytes, options: Mapping[str, Any] | None = None) -> None:
        tables = sqlite3.connect(":memory:")
        tables.deserialize(database)
        tables.row_factory = sqlite3.Row
        self._options = _options(tables) | dict(options or {})
        self._site = str(self._options.get("home", HOME)).rstrip("/")
        self._terms = _terms(tables)
        self._users = _users(tables)
        self._posts = _posts(tables, self._terms)
        self._comments = _comments(tables)
        tables.close()

    def option(self, name: str, default: Any = "") -> Any:
        return self._options.get(name, default)

    def post(self, post_id: int) -> Post | None:
        return self._posts.get(post_id)

    def posts(self, query: PostQuery) -> Sequence[Post]:
        found = [p for p in self._posts.values() if _matches(p, query)]
        keys = {"date": lambda p: (p.date, p.id), "title": lambda p: (p.title.casefold(), p.id)}
        keys |= {"menu_order": lambda p: (p.menu_order, p.id), "id": lambda p: p.id}
        found.sort(key=keys.get(query.orderby, keys["date"]), reverse=query.order == "desc")
        if query.orderby == "include":
            found = [p for i in query.include for p in found if p.id == i]
        start = query.offset if query.offset is not None else (query.page - 1) * query.per_page
        return found[start : start + query.per_page]

    def count(self, query: PostQuery) -> int:
        return sum(1 for post in self._posts.values() if _matches(post, query))

    def term(self, term_id: int) -> Term | None:
        return self._terms.get(term_id)

    def terms(self, query: TermQuery) -> Sequence[Term]:
        found = [t for t in self._terms.values() if t.taxonomy in query.taxonomies]
        found = [t for t in found if not query.include or t.id in query.include]
        found = [t for t in found if t.id not in query.exclude and (t.count or not query.hide_empty)]
        found = [t for t in found if query.parent is None or t.parent == query.parent]
        if query.orderby == "count":
            found.sort(key=lambda t: t.count, reverse=query.order == "desc")
        else:
            found.sort(key=lambda t: _folded(t.name), reverse=query.order == "desc")
        return found[: query.per_page]

    def user(self, user_id: int) -> User | None:
        return self._users.get(user_id)

    def comments(self, query: CommentQuery) -> Sequence[Comment]:
        found = [c for c in self._comments.values() if query.approved is None or c.approved in query.approved]
        found = [c for c in found if (not query.types or c.type in query.types) and c.type not in query.types_not]
        found = [c for c in found if not query.posts or c.post in query.posts]
        found = [c for c in found if not query.parents or c.parent in query.parents]
        found.sort(key=lambda c: (c.date_gmt, c.id), reverse=query.order == "desc")
        return found[: query.per_page]

    def post_at(self, url: str) -> Post | None:
        secure = url.replace("http://", "https://", 1)
        for post in self._posts.values():
            named = secure in (f"{HOME}/?p={post.id}", f"{HOME}/?page_id={post.id}", f"{HOME}/?attachment_id={post.id}")
            is_shown = post.status == "publish" or (post.type == "attachment" and post.status == "inherit")
            link = self.permalink(post).replace("http://", "https://", 1) if is_shown else ""
            if is_shown and (named or (post.type in ("post", "page") and link == secure)):
                return post
        return None

    def months(self, post_type: str = "post") -> Sequence[tuple[int, int, int]]:
        counts: dict[tuple[int, int], int] = {}
        for post in self._posts.values():
            if post.type == post_type and post.status == "publish":
                month = (int(post.date[:4]), int(post.date[5:7]))
                counts[month] = counts.get(month, 0) + 1
        return [(*month, counts[month]) for month in sorted(counts, reverse=True)]

    def permalink(self, post: Post) -> str:
        if post.type == "page":
            path, above = [post.slug], self._posts.get(post.parent)
            while above is not None:
                path.append(above.slug)
                above = self._posts.get(above.parent)
            return f"{self._site}/index.php/{'/'.join(reversed(path))}/"
        if post.type == "attachment":
            parent = self._posts.get(post.parent)
            return f"{self.permalink(parent)}{post.slug}/" if parent else f"{self._site}/{post.slug}/"
        return f"{self._site}/index.php/{post.date[:10].replace('-', '/')}/{post.slug}/"

    def comment_link(self, comment: Comment, viewer: int = 0) -> str:
        post = self._posts.get(comment.post)
        return f"{self.permalink(post) if post else ''}#comment-{comment.id}"

    def term_link(self, term: Term) -> str:
        path, above = [term.slug], self._terms.get(term.parent)
        while above is not None:
            path.append(above.slug)
            above = self._terms.get(above.parent)
        base = {"post_tag": "tag"}.get(term.taxonomy, term.taxonomy)
        return f"{self._site}/index.php/{base}/{'/'.join(reversed(path))}/"

    def author_link(self, user: User) -> str:
        return f"{self._site}/index.php/author/{user.slug}".rstrip("/") + "/"

    def date_link(self, year: int, month: int = 0, day: int = 0) -> str:
        parts = [f"{year}", *([f"{month:02d}"] if month else []), *([f"{day:02d}"] if day else [])]
        return f"{self._site}/index.php/{'/'.join(parts)}/"

    def home(self, path: str = "") -> str:
        return f"{self._site}/{path.lstrip('/')}" if path else self._site

    def upload_url(self, path: str = "") -> str:
        return f"{self._site}/wp-content/uploads{f'/{path}' if path else ''}"

    def oembed(self, wish: Wish) -> str | None:
        return None

    def feed(self, wish: Wish) -> Sequence[Item] | None:
        return None

    def all_posts(self) -> Sequence[Post]:
        return list(self._posts.values())


def _folded(name: str) -> str:
    return name.casefold().replace("ž", "z").replace("á", "a").replace("ï", "i")


def _matches(post: Post, query: PostQuery) -> bool:
    if post.type not in query.types or post.status not in query.statuses:
        return False
    sight = query.visibility
    is_own = post.status in sight.own_of and post.author == sight.viewer
    if post.status == "private" and post.status not in sight.all_of and not is_own:
        return False
    if query.parents is not None and post.parent not in query.parents:
        return False
    if query.include and post.id not in query.include:
        return False
    if query.mime_classes and post.mime_type.partition("/")[0] not in query.mime_classes:
        return False
    if query.authors and post.author not in query.authors:
        return False
    for wanted in query.terms:
        if not {ref.id for ref in post.terms if ref.taxonomy == wanted.taxonomy} & set(wanted.terms):
            return False
    return post.id not in query.exclude


def _meta(tables: sqlite3.Connection, kind: str) -> dict[int, dict[str, list[Any]]]:
    found: dict[int, dict[str, list[Any]]] = {}
    key = "umeta_id" if kind == "user" else "meta_id"
    for row in tables.execute(f"select {kind}_id as owner, meta_key, meta_value from wp_{kind}meta order by {key}"):
        found.setdefault(row["owner"], {}).setdefault(row["meta_key"], []).append(decoded(row["meta_value"] or "")[0])
    return found


def _options(tables: sqlite3.Connection) -> dict[str, Any]:
    return {row[0]: decoded(row[1])[0] for row in tables.execute("select option_name, option_value from wp_options")}


def _terms(tables: sqlite3.Connection) -> dict[int, Term]:
    rows = tables.execute(
        "select t.term_id as id, taxonomy, name, slug, description, parent, count, term_taxonomy_id as taxonomy_id"
        " from wp_terms t join wp_term_taxonomy x on x.term_id = t.term_id"
    )
    return {row["id"]: Term(**dict(row)) for row in rows}


def _users(tables: sqlite3.Connection) -> dict[int, User]:
    meta = _meta(tables, "user")
    users = {}
    for row in tables.execute("select * from wp_users"):
        own = meta.get(row["ID"], {})
        users[row["ID"]] = User(
            row["ID"],
            row["user_login"],
            row["user_nicename"],
            email=row["user_email"],
            url=row["user_url"],
            name=row["display_name"],
            description=str(own.get("description", [""])[0]),
        )
    return users


def _posts(tables: sqlite3.Connection, terms: Mapping[int, Term]) -> dict[int, Post]:
    meta = _meta(tables, "post")
    by_taxonomy_id = {term.taxonomy_id: term for term in terms.values()}
    assigned: dict[int, list[TermRef]] = {}
    for owner, taxonomy_id in tables.execute("select object_id, term_taxonomy_id from wp_term_relationships"):
        if term := by_taxonomy_id.get(taxonomy_id):
            assigned.setdefault(owner, []).append(TermRef(term.taxonomy, term.id, term.slug, term.name, term.parent))
    posts = {}
    for row in tables.execute("select * from wp_posts order by ID"):
        own = meta.get(row["ID"], {})
        refs = sorted(assigned.get(row["ID"], []), key=lambda ref: (ref.taxonomy, _folded(ref.name)))
        posts[row["ID"]] = Post(
            row["ID"],
            row["post_type"],
            row["post_status"],
            slug=row["post_name"],
            title=row["post_title"],
            content=row["post_content"],
            excerpt=row["post_excerpt"],
            author=row["post_author"],
            date=row["post_date"],
            date_gmt=row["post_date_gmt"],
            modified=row["post_modified"],
            modified_gmt=row["post_modified_gmt"],
            parent=row["post_parent"],
            menu_order=row["menu_order"],
            password=row["post_password"],
            guid=row["guid"],
            mime_type=row["post_mime_type"],
            comment_status=row["comment_status"],
            ping_status=row["ping_status"],
            comment_count=row["comment_count"],
            meta=own,
            terms=tuple(refs),
            thumbnail=int(own.get("_thumbnail_id", [0])[0] or 0),
        )
    return posts


def _comments(tables: sqlite3.Connection) -> dict[int, Comment]:
    return {
        row["comment_ID"]: Comment(
            row["comment_ID"],
            row["comment_post_ID"],
            author_name=row["comment_author"],
            author_email=row["comment_author_email"],
            author_url=row["comment_author_url"],
            author_ip=row["comment_author_IP"],
            date=row["comment_date"],
            date_gmt=row["comment_date_gmt"],
            content=row["comment_content"],
            karma=row["comment_karma"],
            approved=row["comment_approved"],
            agent=row["comment_agent"],
            type=row["comment_type"],
            parent=row["comment_parent"],
            user=row["user_id"],
        )
        for row in tables.execute("select * from wp_comments")
    }
