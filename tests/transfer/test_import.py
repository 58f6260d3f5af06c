"""A WordPress database arrives whole, and arriving twice changes nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.transfer.wordpress import change, held, rows, table, url
from wirepress.content.options import SECRET, fill_defaults
from wirepress.content.registry.core import CORE
from wirepress.model import php
from wirepress.model.query import PostQuery
from wirepress.store import comments, options, posts, state, terms, users
from wirepress.store.collation import sort_key
from wirepress.store.database import Database
from wirepress.store.rows import SEARCH_TEXTS, UNSEARCHED, search_row
from wirepress.transfer.wordpress import Report, import_database


def meta_of(path: Path, name: str, owner: str) -> dict[int, dict[str, list[Any]]]:
    found: dict[int, dict[str, list[Any]]] = {}
    for row in table(path, name):
        entries = found.setdefault(row[owner], {}).setdefault(row["meta_key"], [])
        entries.append(php.decoded(row["meta_value"])[0])
    return found


@pytest.fixture(params=["golden", "seed"])
def source(request: pytest.FixtureRequest) -> Path:
    path: Path = request.getfixturevalue(request.param)
    return path


@pytest.fixture
def report(source: Path, site: Database) -> Report:
    return import_database(site, url(source))


def test_every_post_with_its_meta(source: Path, site: Database, report: Report) -> None:
    meta = meta_of(source, "wp_postmeta", "post_id")
    there = table(source, "wp_posts")
    with site.read() as unit:
        here = posts.load(unit, [row["ID"] for row in there])
    assert len(here) == len(there) == report.came["posts"].new
    for row in there:
        post = here[row["ID"]]
        assert [post.id, post.type, post.status, post.slug, post.title, post.content, post.excerpt, post.author] == [
            row[f"post_{name}"] if name != "ID" else row["ID"]
            for name in ("ID", "type", "status", "name", "title", "content", "excerpt", "author")
        ]
        assert [post.date, post.date_gmt, post.modified, post.modified_gmt] == [
            row[f"post_{name}"] for name in ("date", "date_gmt", "modified", "modified_gmt")
        ]
        assert [post.parent, post.password, post.mime_type, post.content_filtered] == [
            row[f"post_{name}"] for name in ("parent", "password", "mime_type", "content_filtered")
        ]
        for name in ("guid", "menu_order", "comment_status", "ping_status", "comment_count", "to_ping", "pinged"):
            assert getattr(post, name) == row[name]
        assert post.meta == meta.get(post.id, {})
        assert list(post.meta) == list(meta.get(post.id, {}))
        assert post.thumbnail == int(meta.get(post.id, {}).get("_thumbnail_id", [0])[0])


def test_every_term_and_what_wears_it(source: Path, site: Database, report: Report) -> None:
    names = {row["term_id"]: row for row in table(source, "wp_terms")}
    there = table(source, "wp_term_taxonomy")
    columns = 'taxonomy_id, id, taxonomy, name, slug, description, parent, count, "group", meta'
    here = rows(site, f"SELECT {columns} FROM terms ORDER BY taxonomy_id")
    assert here == [
        (
            row["term_taxonomy_id"],
            row["term_id"],
            row["taxonomy"],
            names[row["term_id"]]["name"],
            names[row["term_id"]]["slug"],
            row["description"],
            row["parent"],
            row["count"],
            names[row["term_id"]]["term_group"],
            "{}",
        )
        for row in there
    ]
    there = table(source, "wp_term_relationships")
    assigned = rows(site, "SELECT post, taxonomy_id, position FROM post_terms ORDER BY 1, 2")
    kept = rows(site, "SELECT source_key FROM kept_rows WHERE source_table = 'wp_term_relationships'")
    assert {row[:2] for row in assigned} | {tuple(map(int, row[0].split("/"))) for row in kept} == {
        (row["object_id"], row["term_taxonomy_id"]) for row in there
    }
    assert len(assigned) + len(kept) == len(there)


@pytest.mark.usefixtures("report")
def test_every_user_with_roles_and_passwords(source: Path, site: Database) -> None:
    meta = meta_of(source, "wp_usermeta", "user_id")
    there = table(source, "wp_users")
    with site.read() as unit:
        here = users.load(unit, [row["ID"] for row in there])
        for row in there:
            user, own = here[row["ID"]], dict(meta[row["ID"]])
            assert [user.login, user.password, user.slug, user.email, user.url, user.registered, user.name] == [
                row[name]
                for name in (
                    "user_login",
                    "user_pass",
                    "user_nicename",
                    "user_email",
                    "user_url",
                    "user_registered",
                    "display_name",
                )
            ]
            for name in ("first_name", "last_name", "nickname", "description", "locale"):
                assert [getattr(user, name)] == own.pop(name)
            assert [user.grants] == own.pop("wp_capabilities")
            passwords = own.pop("_application_passwords", [[]])[0]
            assert user.meta == own
            kept = users.application_passwords(unit, user.id)
            assert [
                {
                    "uuid": p.uuid,
                    "app_id": p.app_id,
                    "name": p.name,
                    "password": p.hash,
                    "created": p.created,
                    "last_used": p.last_used,
                    "last_ip": p.last_ip,
                }
                for p in kept
            ] == passwords


@pytest.mark.usefixtures("report")
def test_every_comment_with_its_meta(source: Path, site: Database) -> None:
    meta = meta_of(source, "wp_commentmeta", "comment_id")
    there = table(source, "wp_comments")
    with site.read() as unit:
        here = comments.load(unit, [row["comment_ID"] for row in there])
    for row in there:
        comment = here[row["comment_ID"]]
        assert [comment.post, comment.author_name, comment.author_email, comment.author_url, comment.author_ip] == [
            row[f"comment_{name}"] for name in ("post_ID", "author", "author_email", "author_url", "author_IP")
        ]
        for name in ("date", "date_gmt", "content", "karma", "approved", "agent", "type", "parent"):
            assert getattr(comment, name) == row[f"comment_{name}"]
        assert comment.user == row["user_id"]
        assert comment.meta == meta.get(comment.id, {})


def test_every_option(source: Path, site: Database, report: Report) -> None:
    there = {row["option_name"]: row["option_value"] for row in table(source, "wp_options")}
    kept = [row[0] for row in rows(site, "SELECT source_key FROM kept_rows WHERE source_table = 'wp_options'")]
    assert all("_transient_" in name for name in kept)
    with site.read() as unit:
        here = options.all_of(unit)
    assert "administrator" in here["user_roles"]
    expected = {name: php.decoded(value)[0] for name, value in there.items() if name not in kept}
    expected["user_roles"] = expected.pop("wp_user_roles")
    assert here == expected
    assert list(here["user_roles"]) == list(expected["user_roles"])


@pytest.mark.usefixtures("report")
def test_what_follows_from_the_rows(source: Path, site: Database) -> None:
    there = table(source, "wp_posts")
    for row in there:
        revisions = sorted(
            (r["post_date"], r["ID"]) for r in there if r["post_type"] == "revision" and r["post_parent"] == row["ID"]
        )
        last = revisions[-1][1] if revisions else 0
        [(number, newest, title_key, slug_key)] = rows(
            site, "SELECT revisions, last_revision, title_key, slug_key FROM posts WHERE id = ?", row["ID"]
        )
        assert (number, newest) == (len(revisions), last)
        assert (title_key, slug_key) == (sort_key(row["post_title"]), sort_key(row["post_name"]))
    with site.read() as unit:
        counts = posts.counts(unit)
        assert unit.rows("SELECT number FROM state WHERE name = 'unsettled'") == []
    assert sum(counts.values()) == len(there)
    with site.read() as unit:
        loaded = posts.load(unit, [row["ID"] for row in there])
    searched = [search_row(post) for post in loaded.values() if post.type not in UNSEARCHED]
    listed = ", ".join(SEARCH_TEXTS)
    assert rows(site, f"SELECT {listed} FROM search_texts ORDER BY post") == sorted(searched)
    article = next(r for r in there if r["post_type"] == "post" and r["post_status"] == "publish")
    with site.read() as unit:
        assert article["ID"] in posts.find(unit, PostQuery(search=article["post_title"], per_page=100)).ids


def test_ids_go_on_above_the_highest(source: Path, site: Database, report: Report) -> None:
    highest = max(row["ID"] for row in table(source, "wp_posts"))
    with site.write() as unit:
        unit.run(
            "INSERT INTO posts (type, status, slug, slug_key, title, title_key, content, excerpt, author, date,"
            " date_gmt, modified, modified_gmt, parent, menu_order, password, guid, mime_type, comment_status,"
            " ping_status, comment_count, to_ping, pinged, content_filtered, meta, thumbnail, revisions,"
            " last_revision, version) SELECT type, status, slug, slug_key, title, title_key, content, excerpt, author,"
            " date, date_gmt, modified, modified_gmt, parent, menu_order, password, guid, mime_type, comment_status,"
            " ping_status, comment_count, to_ping, pinged, content_filtered, meta, thumbnail, revisions,"
            " last_revision, version FROM posts LIMIT 1"
        )
        assert unit.rows("SELECT max(id) FROM posts") == [(highest + 1,)]


def test_a_second_run_changes_nothing(source: Path, site: Database, report: Report) -> None:
    before = held(site)
    with site.read() as unit:
        counters = state.both(unit)
    again = import_database(site, url(source))
    assert again.changes == 0
    assert held(site) == before
    with site.read() as unit:
        assert state.both(unit) == counters


def test_nothing_is_left_unsaid(golden: Path, site: Database) -> None:
    change(
        golden,
        "CREATE TABLE wp_shop_orders (id INTEGER PRIMARY KEY, total NUMERIC, note TEXT, raw BLOB)",
        "INSERT INTO wp_shop_orders VALUES (7, 9.5, 'Žižkov', X'ff00'), (8, NULL, '', NULL)",
        "CREATE TABLE wp_log (line TEXT)",
        "INSERT INTO wp_log VALUES ('a'), ('a'), ('b')",
        "INSERT INTO wp_links (link_id, link_url, link_name) VALUES (3, 'https://example.com/', 'Example')",
        "INSERT INTO wp_postmeta VALUES (9001, 424242, 'lost', 'a:0:{}')",
        "INSERT INTO wp_term_relationships VALUES (424242, 1, 0)",
        "INSERT INTO wp_terms VALUES (901, 'Loose', 'loose', 0)",
        "INSERT INTO wp_term_taxonomy VALUES (902, 999, 'category', '', 0, 0)",
        "INSERT INTO wp_term_taxonomy VALUES (903, 1, 'link_category', '', 0, 1)",
        "INSERT INTO wp_term_relationships VALUES (10, 903, 0)",
        "INSERT INTO wp_options VALUES (9001, '_transient_feed', 'x', 'off')",
        "UPDATE wp_posts SET post_type = 'product' WHERE ID = 11",
        "ALTER TABLE wp_posts ADD COLUMN votes INTEGER",
    )
    report = import_database(site, url(golden))
    kept = {(t, k): json.loads(row) for t, k, row in rows(site, "SELECT * FROM kept_rows")}
    assert kept["wp_shop_orders", "7"] == {"id": 7, "total": 9.5, "note": "Žižkov", "raw": {"base16": "ff00"}}
    assert sorted(row["line"] for (t, _), row in kept.items() if t == "wp_log") == ["a", "a", "b"]
    assert kept["wp_links", "3"]["link_name"] == "Example"
    assert kept["wp_postmeta", "9001"]["meta_key"] == "lost"
    assert {("wp_term_relationships", "424242/1"), ("wp_terms", "901"), ("wp_term_taxonomy", "902")} <= set(kept)
    assert ("wp_term_relationships", "10/903") in kept
    assert ("wp_options", "_transient_feed") in kept
    assert ("wp_posts", "10") in kept
    assert {"rows of wp_shop_orders", "rows of wp_links", "transients", "posts of type product"} <= set(report.kept)
    assert "product" not in CORE.types
    with site.read() as unit:
        assert [post.id for post in posts.load(unit, [11]).values()] == [11]
    again = import_database(site, url(golden))
    assert again.changes == 0


def test_of_two_users_with_one_login_the_older_comes_and_the_other_is_kept(golden: Path, site: Database) -> None:
    columns = "ID, user_login, user_pass, user_nicename, user_email, user_registered, display_name"
    change(
        golden,
        f"INSERT INTO wp_users ({columns}) VALUES (901, 'Twin', 'x', 'twin', 'a@e.org', '2024-01-01 00:00:00', '')",
        f"INSERT INTO wp_users ({columns}) VALUES (902, 'twin', 'x', 'twin-2', 'b@e.org', '2024-01-02 00:00:00', '')",
        "INSERT INTO wp_usermeta VALUES (9001, 902, 'nickname', 'second')",
    )
    report = import_database(site, url(golden))
    assert rows(site, "SELECT id FROM users WHERE id IN (901, 902)") == [(901,)]
    ((kept,),) = rows(site, "SELECT \"row\" FROM kept_rows WHERE source_table = 'wp_users'")
    assert (json.loads(kept)["user_login"], json.loads(kept)["meta"]) == ("twin", [["nickname", "second"]])
    assert (report.kept["users of wp_users"].number, report.kept["users of wp_users"].examples) == (1, ["twin"])
    assert import_database(site, url(golden)).changes == 0


def test_a_sites_own_secret_is_never_taken_from_outside(golden: Path, site: Database) -> None:
    with site.write() as unit:
        fill_defaults(unit)
    with site.read() as unit:
        secret = options.get(unit, SECRET)
    change(golden, "INSERT INTO wp_options VALUES (9002, 'wirepress_secret', 'known to somebody else', 'on')")
    for _ in range(2):
        import_database(site, url(golden))
        with site.read() as unit:
            assert options.get(unit, SECRET) == secret
    kept = rows(site, "SELECT source_key FROM kept_rows WHERE source_key = 'wirepress_secret'")
    assert len(secret) == 64
    assert kept == [("wirepress_secret",)]


def test_a_term_in_two_taxonomies_stays_one_term(golden: Path, site: Database) -> None:
    change(golden, "INSERT INTO wp_term_taxonomy VALUES (900, 12, 'category', 'shared', 0, 0)")
    import_database(site, url(golden))
    with site.read() as unit:
        tag, category = terms.get(unit, "post_tag", 12), terms.get(unit, "category", 12)
    assert tag is not None
    assert category is not None
    assert (tag.name, tag.taxonomy_id, category.name, category.taxonomy_id) == ("breaking", 12, "breaking", 900)


def test_broken_and_hostile_values_stay_text(golden: Path, site: Database) -> None:
    broken = 'O:8:"Evil_Log":1:{s:4:"file";s:999:"/etc/passwd";}'
    deep = "a:1:{i:0;" * 5000
    change(
        golden,
        "INSERT INTO wp_postmeta VALUES (9001, 10, 'evil', :broken), (9002, 10, 'deep', :deep)",
        "INSERT INTO wp_postmeta VALUES (9003, 10, 'object', 'O:8:\"stdClass\":1:{s:1:\"a\";i:1;}')",
        "INSERT INTO wp_postmeta VALUES (9004, 10, NULL, NULL)",
        "INSERT INTO wp_options VALUES (9001, 'broken', :broken, 'on')",
        "UPDATE wp_usermeta SET meta_value = :broken WHERE meta_key = 'wp_capabilities' AND user_id = 5",
        "UPDATE wp_posts SET post_title = 'a' || char(0) || 'b' WHERE ID = 10",
        broken=broken,
        deep=deep + "}" * 5000,
    )
    report = import_database(site, url(golden))
    with site.read() as unit:
        post = posts.get(unit, 10)
        user = users.get(unit, 5)
        assert options.get(unit, "broken") == broken
    assert post is not None
    assert post.meta["evil"] == [broken]
    assert post.meta["deep"][0].startswith(deep)
    assert post.meta["object"] == [{"__class__": "stdClass", "a": 1}]
    assert post.title == "ab"
    assert user is not None
    assert user.grants == {}
    assert "post 10 evil" in report.noted["broken PHP values"].examples
    assert report.noted["users' capabilities"].number == 1
    assert report.noted["NUL characters"].number == 1


def test_users_made_as_copies_and_terms_told_twice(golden: Path, site: Database) -> None:
    change(
        golden,
        "UPDATE wp_usermeta SET meta_value = (SELECT m.meta_value FROM wp_usermeta m WHERE m.user_id = 1"
        " AND m.meta_key = '_application_passwords') WHERE meta_key = '_application_passwords' AND user_id = 2",
        "INSERT INTO wp_term_taxonomy VALUES (900, 3, 'category', 'again', 0, 0)",
        "INSERT INTO wp_users SELECT 99, 'ÉDITOR', user_pass, 'x', 'x@example.com', '', user_registered, '', 0, 'Twin'"
        " FROM wp_users WHERE ID = 2",
    )
    report = import_database(site, url(golden))
    with site.read() as unit:
        first, second = users.application_passwords(unit, 1), users.application_passwords(unit, 2)
    assert [password.hash for password in first] == [password.hash for password in second]
    assert {password.uuid for password in first}.isdisjoint(password.uuid for password in second)
    kept = {(row[0], row[1]) for row in rows(site, "SELECT source_table, source_key FROM kept_rows")}
    assert {("wp_term_taxonomy", "900"), ("wp_users", "99")} <= kept
    assert report.kept["users of wp_users"].examples == ["ÉDITOR"]
    assert import_database(site, url(golden)).changes == 0
