"""Nouns to keep in a store, and the measure of what is kept beside them."""

from __future__ import annotations

from wirepress.model.moment import Stamp
from wirepress.model.post import Post
from wirepress.model.term import Term
from wirepress.model.user import User
from wirepress.store import posts
from wirepress.store.database import Unit

DATE = Stamp("2025-06-01 10:00:00")


def article(slug: str = "a", **fields: object) -> Post:
    values: dict[str, object] = {
        "type": "post", "status": "publish", "slug": slug, "title": slug, "date": DATE, "date_gmt": DATE,
        "modified": DATE, "modified_gmt": DATE,
    }  # fmt: skip
    return Post(id=0, **(values | fields))  # type: ignore[arg-type] # a test names fields as it likes


def category(name: str, **fields: object) -> Term:
    return Term(id=0, taxonomy="category", name=name, slug=name.lower(), **fields)  # type: ignore[arg-type] # as above


def person(login: str, **fields: object) -> User:
    values: dict[str, object] = {"slug": login.lower(), "name": login, "email": f"{login}@x.example"}
    return User(id=0, login=login, **(values | fields))  # type: ignore[arg-type] # as above


def kept_count_is_true(unit: Unit) -> None:
    """What is kept beside the rows says what the rows say."""
    rows = unit.rows("SELECT type, status, count(*) FROM posts GROUP BY type, status")
    assert posts.counts(unit) == {(t, s): n for t, s, n in rows}
    assigned = "SELECT count(*) FROM post_terms x JOIN posts p ON p.id = x.post WHERE x.taxonomy_id = t.taxonomy_id"
    above = "SELECT 1 FROM posts a WHERE a.id = p.parent AND a.status = 'publish'"
    counts = f"(p.status = 'publish' OR p.type = 'attachment' AND p.status = 'inherit' AND EXISTS ({above}))"
    assert not unit.rows(f"SELECT t.id FROM terms t WHERE t.count <> ({assigned} AND {counts})")
    revisions = "SELECT count(*) FROM posts r WHERE r.parent = p.id AND r.type = 'revision' AND r.status = 'inherit'"
    assert not unit.rows(f"SELECT p.id FROM posts p WHERE p.revisions <> ({revisions})")
    approved = "SELECT count(*) FROM comments c WHERE c.post = p.id AND c.approved = '1'"
    assert not unit.rows(f"SELECT p.id FROM posts p WHERE p.comment_count <> ({approved})")
    lonely = "SELECT p.id FROM posts p WHERE p.type <> 'revision' AND p.id NOT IN (SELECT post FROM search_texts)"
    assert not unit.rows(lonely)
