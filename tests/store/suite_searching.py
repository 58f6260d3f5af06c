"""Search, on every database."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.store.nouns import article
from wirepress.model.query import PostQuery, Visibility
from wirepress.store import posts
from wirepress.store.database import Database

EVERYTHING = Visibility(all_of=("publish", "draft", "private", "inherit", "pending", "future"), viewer=1)


class Searching:
    """Words as WordPress looks for them."""

    TEXTS = (
        ("Harbour fire", "The storm of the council.", ""),
        ("Council meets", "A harbour and a Café near 日本.", "short"),
        ("Quiet day", "Nothing: 100% calm, ends in xq", "harbour"),
    )

    @pytest.fixture
    def ids(self, database: Database) -> list[int]:
        with database.write() as unit:
            return [
                posts.insert(unit, article(f"s{n}", title=title, content=content, excerpt=excerpt))
                for n, (title, content, excerpt) in enumerate(self.TEXTS)
            ]

    @pytest.mark.parametrize(
        ("words", "wanted"),
        [
            ("harbour", (2, 1, 0)),
            ("HARBOUR council", (1, 0)),
            ('"harbour fire"', (0,)),
            ("council -storm", (1,)),
            ("-harbour", ()),
            ("cafe", (1,)),
            ("日本", (1,)),
            ("本", (1,)),
            ("%", (2,)),
            ("xq", (2,)),
            ("q", (2,)),
            ("urfi", ()),
            ("100% calm", (2,)),
            ("the of", ()),
            ("of the", (0,)),
            ("zzz", ()),
            ("har our", (2, 1, 0)),
            ('"', ()),
            ("\\", ()),
            ("_", ()),
            ("a\x00b", ()),
        ],
    )
    def test_words(self, database: Database, ids: list[int], words: str, wanted: tuple[int, ...]) -> None:
        with database.read() as unit:
            found = posts.find(unit, PostQuery(search=words))
        assert found.ids == tuple(ids[n] for n in wanted)
        assert found.total == len(wanted)

    def test_relevance(self, database: Database, ids: list[int]) -> None:
        def ranked(words: str) -> list[int]:
            with database.read() as unit:
                return [ids.index(i) for i in posts.find(unit, PostQuery(search=words, orderby="relevance")).ids]

        assert ranked("harbour") == [0, 2, 1]
        assert ranked("council") == [1, 0]
        assert ranked("fire harbour") == [0]
        assert ranked("council harbour") == [1, 0]

    def test_columns_exactness_and_passwords(self, database: Database, ids: list[int]) -> None:
        with database.write() as unit:
            posts.insert(unit, article("locked", title="harbour", password="secret"))
        with database.read() as unit:
            assert posts.find(unit, PostQuery(search="harbour", search_columns=("post_excerpt",))).ids == (ids[2],)
            assert posts.find(unit, PostQuery(search="xq", search_columns=("post_title",))).ids == ()
            assert posts.find(unit, PostQuery(search='"quiet day"', search_exact=True)).ids == (ids[2],)
            assert posts.find(unit, PostQuery(search="quiet", search_exact=True)).ids == ()
            assert posts.find(unit, PostQuery(search="harbour", visibility=EVERYTHING)).total == 4

    def test_changed_and_removed_texts(self, database: Database, ids: list[int]) -> None:
        with database.write() as unit:
            posts.update(unit, ids[0], title="Ship", content="None of it")
            posts.delete(unit, ids[1])
        with database.read() as unit:
            assert posts.find(unit, PostQuery(search="harbour")).ids == (ids[2],)
            assert posts.find(unit, PostQuery(search="ship")).ids == (ids[0],)

    def test_files_of_media_and_revisions(self, database: Database) -> None:
        with database.write() as unit:
            file = {"_wp_attached_file": ["2025/06/Lake.png"]}
            media = posts.insert(unit, article("m", type="attachment", status="inherit", meta=file))
            revision = posts.insert(
                unit, article("r", type="revision", status="inherit", parent=media, content="Crème")
            )
        with database.read() as unit:
            query = PostQuery(types=("attachment",), statuses=("inherit",), visibility=EVERYTHING, search="lake.PNG")
            assert posts.find(unit, query).ids == (media,)
            assert posts.find(unit, replace(query, types=("revision",), search="creme")).ids == (revision,)
            assert posts.find(unit, replace(query, types=("revision",), search="-creme")).ids == ()
