"""Search, on every database."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tests.store.nouns import article
from wirepress.model.query import PostQuery, Visibility
from wirepress.store import posts, search
from wirepress.store.collation import fold
from wirepress.store.database import Database
from wirepress.store.search_words import words_of

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

    @pytest.mark.parametrize("many", [1, 5_000])
    def test_indexes_find_what_looking_at_every_text_finds(
        self, database: Database, many: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whichever way is taken: from hit to post, or with many hits along the list."""
        monkeypatch.setattr(search, "MANY", many)
        dice = random.Random(7)
        words = ("harbour", "harbor", "ha", "café", "Ж9", "日本", "a-b", "arb", "our", "x" * 90 + "fin", "q", "100%")
        with database.write() as unit:
            texts = {}
            for n in range(60):
                said = [" ".join(dice.choices(words, k=dice.randrange(5))) for _ in range(3)]
                texts[posts.insert(unit, article(f"t{n}", title=said[0], excerpt=said[1], content=said[2]))] = said
        queries = [*words, "arbo", "xxx", "xfin", "bour ha", "ha -our", "cafe ж", "harbour 日本", "r h", "ha our q"]
        queries += [" ".join(dice.choices(words, k=dice.randrange(2, 5))) for _ in range(40)]
        for query in queries:
            for page, size in ((1, 5), (2, 5), (1, 100)):
                asked = PostQuery(search=query, orderby="relevance", page=page, per_page=size)
                with database.read() as unit:
                    found = posts.find(unit, asked)
                    # PostgreSQL's planner is spoken to first; past the end the total is asked for alone.
                    assert unit.statements <= 2 + (unit.dialect == "postgresql") + (not found.ids)
                wanted = _by_reading(texts, query)
                assert found.total == len(wanted), query
                assert found.ids == tuple(wanted[(page - 1) * size : page * size]), query


def _by_reading(texts: dict[int, list[str]], query: str) -> list[int]:
    """What a search finds, in its order, newest first: by looking at every text."""
    words = words_of(query)
    wanted, unwanted = [fold(t) for t in words.wanted], [fold(t) for t in words.unwanted]
    places = {}
    for post_id, said in texts.items():
        title, excerpt, content = map(fold, said)
        if any(t in text for t in unwanted for text in (title, excerpt, content)):
            continue
        if not all(any(t in text for text in (title, excerpt, content)) for t in wanted):
            continue
        phrase = None if unwanted or not words.many else fold(words.phrase)
        ranks = [
            words.many is False and wanted[0] in title if wanted else False,
            phrase is not None and phrase in title,
            words.many and len(wanted) < 7 and all(t in title for t in wanted),
            words.many and len(wanted) < 7 and any(t in title for t in wanted),
            phrase is not None and phrase in excerpt,
            phrase is not None and phrase in content,
            True,
        ]
        places[post_id] = ranks.index(True)
    return sorted(places, key=lambda post_id: (places[post_id], -post_id))
