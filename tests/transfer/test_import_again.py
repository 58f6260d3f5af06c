"""An import that was killed goes on, one into a foreign site is refused, and edits are not lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.transfer.conftest import TESTS
from tests.transfer.wordpress import change, held, renamed, rows, url
from wirepress.model.errors import Conflict, Invalid, NotFound, Unavailable
from wirepress.model.query import PostQuery
from wirepress.store import options, posts, users
from wirepress.store.database import Database, open_database
from wirepress.store.migrations import migrate
from wirepress.transfer.wordpress import import_database, source

KILLED = """
import os, signal, sys
from wirepress.store.database import open_database
from wirepress.transfer.wordpress import import_database, source

source.PAGE_ROWS = 10
step, after = sys.argv[3], int(sys.argv[4])

def progress(name, done, total):
    if name == step and done >= after:
        os.kill(os.getpid(), signal.SIGKILL)

import_database(open_database(sys.argv[2]), sys.argv[1], progress=progress)
"""


@pytest.mark.parametrize(
    ("step", "after"), [("users", 0), ("users", 8), ("terms", 20), ("posts", 50), ("comments", 10), ("totals", 0)]
)
def test_killed_in_the_middle_and_run_again(
    golden: Path, site: Database, tmp_path: Path, step: str, after: int
) -> None:
    import_database(site, url(golden))
    other = f"sqlite:///{tmp_path / 'other.sqlite'}"
    database = open_database(other)
    migrate(database)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, url(golden), other, step, str(after)],
        check=False,
        env={**os.environ, "PYTHONPATH": str(TESTS.parent / "src")},
    )
    assert done.returncode == -signal.SIGKILL
    import_database(database, url(golden))
    assert held(database) == held(site)
    assert import_database(database, url(golden)).changes == 0
    assert rows(database, "SELECT name FROM state WHERE name = 'unsettled'") == []
    database.close()


def test_small_pages_bring_the_same(
    golden: Path, site: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_database(site, url(golden))
    monkeypatch.setattr(source, "PAGE_ROWS", 7)
    monkeypatch.setattr(source, "PAGE_BYTES", 2000)
    database = open_database(f"sqlite:///{tmp_path / 'other.sqlite'}")
    migrate(database)
    import_database(database, url(golden))
    assert held(database) == held(site)
    database.close()


def test_what_changed_there_comes_too(golden: Path, site: Database) -> None:
    import_database(site, url(golden))
    change(
        golden,
        "UPDATE wp_posts SET post_title = 'New title', post_modified_gmt = '2025-06-16 00:00:00' WHERE ID = 10",
        "DELETE FROM wp_term_relationships WHERE object_id = 10 AND term_taxonomy_id = 2",
        "INSERT INTO wp_postmeta VALUES (9001, 11, 'added', 'later')",
        "UPDATE wp_options SET option_value = 'New name' WHERE option_name = 'blogname'",
        "UPDATE wp_users SET display_name = 'Eddie' WHERE ID = 2",
    )
    report = import_database(site, url(golden))
    assert report.changes == 5
    with site.read() as unit:
        loaded = posts.load(unit, [10, 11])
        assert options.get(unit, "blogname") == "New name"
        user = users.get(unit, 2)
        assert posts.find(unit, PostQuery(search="new title")).ids == (10,)
    assert user is not None
    assert user.name == "Eddie"
    assert loaded[10].title == "New title"
    assert [term.id for term in loaded[10].terms] == [4]
    assert loaded[11].meta["added"] == ["later"]


def test_what_changed_here_stays(golden: Path, site: Database) -> None:
    import_database(site, url(golden))
    with site.write() as unit:
        unit.run("UPDATE posts SET title = 'Ours', modified_gmt = '2030-01-01 00:00:00', version = 2 WHERE id = 10")
        unit.run("UPDATE users SET name = 'Ours', version = 2 WHERE id = 2")
        options.set_value(unit, "blogname", "Ours")
    change(
        golden,
        "UPDATE wp_posts SET post_title = 'Theirs' WHERE ID = 10",
        "UPDATE wp_users SET display_name = 'Theirs' WHERE ID = 2",
        "UPDATE wp_options SET option_value = 'Theirs' WHERE option_name = 'blogname'",
    )
    report = import_database(site, url(golden))
    assert report.changes == 0
    assert [report.came[what].here for what in ("posts", "users", "options")] == [1, 1, 1]
    with site.read() as unit:
        post, user = posts.get(unit, 10), users.get(unit, 2)
        assert options.get(unit, "blogname") == "Ours"
    assert post is not None
    assert user is not None
    assert (post.title, user.name) == ("Ours", "Ours")


@pytest.mark.parametrize(
    "change_there",
    [
        "UPDATE wp_posts SET guid = 'https://other.example/?p=10' WHERE ID = 10",
        "UPDATE wp_posts SET post_type = 'page' WHERE ID = 10",
        "UPDATE wp_users SET user_login = 'someone' WHERE ID = 2",
        "UPDATE wp_users SET ID = 20 WHERE ID = 2",
        "UPDATE wp_terms SET name = 'Other', slug = 'other' WHERE term_id = 3",
        "UPDATE wp_comments SET comment_post_ID = 12 WHERE comment_ID = 1",
    ],
)
def test_other_content_under_the_same_ids_is_refused(golden: Path, site: Database, change_there: str) -> None:
    import_database(site, url(golden))
    before = held(site)
    change(golden, change_there)
    with pytest.raises(Conflict, match="under the same ids") as refused:
        import_database(site, url(golden))
    assert "\n" not in refused.value.message
    assert held(site) == before


def test_another_wordpress_is_refused(golden: Path, seed: Path, site: Database) -> None:
    import_database(site, url(golden))
    with pytest.raises(Conflict):
        import_database(site, url(seed))


@pytest.mark.parametrize("prefix", ["", "a_", "WP7_x_", "wp_2_"])
def test_any_prefix_brings_the_same(golden: Path, site: Database, tmp_path: Path, prefix: str) -> None:
    import_database(site, url(golden))
    renamed(golden, prefix)
    database = open_database(f"sqlite:///{tmp_path / 'other.sqlite'}")
    migrate(database)
    report = import_database(database, url(golden))
    assert report.prefix == prefix
    assert held(database) == held(site)
    database.close()


def test_several_installs_ask_for_a_prefix(golden: Path, seed: Path, site: Database) -> None:
    renamed(seed, "b_")
    change(golden, f"ATTACH '{seed}' AS other")
    tables = "posts postmeta options terms term_taxonomy term_relationships comments commentmeta users usermeta"
    change_all = [f"CREATE TABLE b_{name} AS SELECT * FROM other.b_{name}" for name in tables.split()]
    change(golden, f"ATTACH '{seed}' AS other", *change_all)
    with pytest.raises(Invalid, match="--prefix: 'b_', 'wp_'"):
        import_database(site, url(golden))
    with pytest.raises(Invalid, match="prefix 'c_'"):
        import_database(site, url(golden), prefix="c_")
    report = import_database(site, url(golden), prefix="b_")
    assert report.came["posts"].new == 2


def test_a_site_of_a_network_uses_the_users_of_the_first(golden: Path, site: Database) -> None:
    own = ("posts", "postmeta", "options", "terms", "term_taxonomy", "term_relationships", "comments", "commentmeta")
    change(
        golden,
        *(f"CREATE TABLE wp_2_{name} AS SELECT * FROM wp_{name}" for name in own),
        "UPDATE wp_2_options SET option_name = 'wp_2_user_roles' WHERE option_name = 'wp_user_roles'",
        "INSERT INTO wp_usermeta VALUES (9001, 5, 'wp_2_capabilities', 'a:1:{s:6:\"editor\";b:1;}')",
    )
    report = import_database(site, url(golden), prefix="wp_2_")
    assert report.came["posts"].new == 121
    with site.read() as unit:
        member, other = users.get(unit, 5), users.get(unit, 2)
        assert "editor" in options.get(unit, "user_roles")
    assert member is not None
    assert other is not None
    assert member.grants == {"editor": True}
    assert other.grants == {}
    assert other.meta["wp_capabilities"] == [{"editor": True}]


def test_what_is_not_wordpress_is_told_in_one_line(tmp_path: Path, site: Database, golden: Path) -> None:
    other = tmp_path / "other.sqlite"
    change(other, "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT)")
    noise = tmp_path / "noise.sqlite"
    noise.write_bytes(b"no database at all" * 100)
    before = held(site)
    for address, kind in (
        (url(other), Invalid),
        (url(noise), Invalid),
        (url(tmp_path / "missing.sqlite"), NotFound),
        (f"sqlite:///{tmp_path}", NotFound),
        ("sqlite://", NotFound),
        ("nonsense", Invalid),
        ("oracle9://x", Invalid),
        ("mysql+pymysql://wp:secret@127.0.0.1:1/wp", Unavailable),
    ):
        with pytest.raises(kind) as caught:
            import_database(site, address)
        assert "\n" not in caught.value.message
        assert "secret" not in caught.value.message
    assert held(site) == before
    assert not (tmp_path / "missing.sqlite").exists()
    change(golden, "ALTER TABLE wp_posts RENAME COLUMN guid TO elsewhere")
    with pytest.raises(Invalid, match="no column 'guid'"):
        import_database(site, url(golden))


def test_the_source_is_only_read(golden: Path, site: Database) -> None:
    before = golden.read_bytes()
    import_database(site, url(golden))
    assert golden.read_bytes() == before


def test_texts_that_are_no_utf8_are_told(golden: Path, site: Database) -> None:
    change(golden, "UPDATE wp_posts SET post_content = CAST(X'6162ff63' AS TEXT) WHERE ID = 10")
    report = import_database(site, url(golden))
    assert report.noted["texts that are no UTF-8"].number >= 1
    with site.read() as unit:
        post = posts.get(unit, 10)
    assert post is not None
    assert post.content == "ab\ufffdc"


def test_a_source_that_breaks_off_is_told_in_one_line(golden: Path, site: Database, tmp_path: Path) -> None:
    whole, lines = golden.read_bytes(), []
    cut = tmp_path / "cut.sqlite"
    for pages in range(3, 60, 8):
        cut.write_bytes(whole[: pages * 4096] + b"\x07" * 4096 * 8 + whole[(pages + 8) * 4096 :])
        try:
            import_database(site, url(cut))
        except (Invalid, Unavailable) as caught:
            lines.append(caught.message)
    assert lines
    assert not any("\n" in line for line in lines)
    import_database(site, url(golden))
    assert import_database(site, url(golden)).changes == 0
