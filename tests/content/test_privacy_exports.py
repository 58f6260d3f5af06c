"""A person is found by an address, however that looks, and shown all that is kept of them."""

from __future__ import annotations

import json
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.content.desk import article
from tests.content.personal import (
    ADDRESS,
    NAME,
    SAID,
    erased,
    exported,
    fill,
    subject,
    traces,
    values_of,
)
from tests.store import many
from wirepress.content.languages import language_of
from wirepress.content.newsroom import Newsroom
from wirepress.content.privacy import archive, collecting
from wirepress.content.privacy.subject import address_of, subject_of
from wirepress.model.audit import Actor
from wirepress.model.comment import Comment
from wirepress.model.errors import Invalid
from wirepress.store import (
    comments,
    posts,
)


@pytest.fixture
def full(newsroom: Newsroom) -> Newsroom:
    return fill(newsroom)


def test_an_export_holds_everything_and_no_secret(full: Newsroom) -> None:
    groups = exported(full)
    assert set(groups) >= {
        "about", "user", "sessions", "application-passwords", "second-factors", "device-links", "attempts", "audit",
        "audit-people", "orders", "comments", "taken-down-comments", "posts", "revisions", "requests", "imported-rows",
        "mentions", "takedowns",
    }  # fmt: skip
    assert len(groups["comments"]["items"]) == 5
    states = [
        pair["value"] for item in groups["comments"]["items"].values() for pair in item if pair["name"] == "State"
    ]
    assert sorted(states) == ["0", "1", "1", "spam", "trash"]
    assert len(groups["posts"]["items"]) == 6
    [user] = groups["user"]["items"].values()
    assert {"name": "Display name", "value": NAME} in user
    assert {"name": "twitter", "value": "@zquill"} in user
    [row, _] = groups["imported-rows"]["items"].values()
    assert {"name": "author_email", "value": ADDRESS} in row
    whole = json.dumps(groups)
    for secret in ("$P$x", "SECRETOFZOE", "linkhash", "$generic$", "quillhash", "100:key", "tokenoftheform"):
        assert secret not in whole


def test_an_export_is_a_zip_that_its_owner_alone_reads(full: Newsroom, tmp_path: Path) -> None:
    place = tmp_path / "out.zip"
    with full.write() as view:
        comments.update(view.unit, 1, content="<script>alert(1)</script>", author_name='"><b>')
    with full.view() as view:
        size = archive.write(view, subject_of(view, address_of(ADDRESS)), language_of("de_DE"), place)
        with pytest.raises(FileExistsError):
            archive.write(view, subject_of(view, address_of(ADDRESS)), language_of("de_DE"), place)
    assert (place.stat().st_size, place.stat().st_mode & 0o777) == (size, 0o600)
    with zipfile.ZipFile(place) as opened:
        assert opened.namelist() == ["index.html", "export.json"]
        page = opened.read("index.html").decode()
        assert "comments" in next(iter(json.loads(opened.read("export.json")).values()))
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert '<html lang="de-DE"' in page
    assert [path.name for path in tmp_path.iterdir() if "out.zip" in path.name] == ["out.zip"]


@pytest.mark.parametrize(
    "given",
    ["ZOE.QUILL+NEWS@READER.EXAMPLE", " zoe.quill+news@reader.example ", "zoe.quill+news@reader.example"],
)
def test_an_address_is_found_in_any_case(full: Newsroom, given: str) -> None:
    assert len(exported(full, given)["comments"]["items"]) == 5


@pytest.mark.parametrize(
    "other",
    ["zoe.quill@reader.example", "news@reader.example", "%@reader.example", "zoe_quill+news@reader.example",
     "zoë.quill+news@reader.example", "a'; DROP TABLE users; --@reader.example".replace(" ", ""), "*@*"],
)  # fmt: skip
def test_an_address_that_looks_alike_is_another(full: Newsroom, other: str) -> None:
    before = traces(full)
    assert set(exported(full, other)) == {"about"}
    assert erased(full, other).steps == ()
    assert traces(full) == before


@pytest.mark.parametrize("address", ["jürgen@müller.example", "用户@例子.example", "ЖАННА@почта.example"])
def test_addresses_of_other_letters(newsroom: Newsroom, address: str) -> None:
    with newsroom.write() as view:
        for one in (address, address.upper(), "jurgen@muller.example"):
            comments.insert(view.unit, Comment(0, 1, author_name="X", author_email=one))
        insert = 'INSERT INTO kept_rows (source_table, source_key, "row") VALUES (?, ?, ?)'
        view.unit.run(insert, ("a", "1", json.dumps({"mail": address})))
        view.unit.run(insert, ("a", "2", json.dumps({"mail": address}, ensure_ascii=False)))
    assert [(step.kind, step.done) for step in erased(newsroom, address).steps] == [
        ("comments", 2),
        ("imported rows", 2),
    ]
    with newsroom.view() as view:
        other = comments.get(view.unit, 3)
        assert other is not None
        assert other.author_email == "jurgen@muller.example"


@pytest.mark.parametrize(
    "text_", ["", "@", "ann", "ann@", "@x.example", "a b@x.example", "a\0@x.example", "a" * 250 + "@x.de"]
)
def test_what_is_no_address_is_refused(text_: str) -> None:
    with pytest.raises(Invalid):
        address_of(text_)


def test_ten_thousand_comments_are_done_a_few_at_a_time(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        posts.insert(view.unit, article(1, "first"), 1)
        values = {**values_of(SAID), "approved": "spam"}
        many.comments(view.unit, (Comment(**{**values, "id": number}) for number in range(1, 10_001)))
    with newsroom.view() as view:
        groups = {group.key: group for group in collecting.groups_of(view, subject(newsroom), language_of("en_US"))}
        assert sum(1 for _ in groups["comments"].items()) == 10_000
    left: list[int] = []
    write = newsroom.write

    def counted(actor: Actor | None = None) -> Any:
        with newsroom.view() as view:
            left.append(view.unit.rows("SELECT count(*) FROM comments WHERE author_email <> ''")[0][0])
        return write(actor)

    newsroom.write = counted  # type: ignore[method-assign] # it looks on
    assert [step.done for step in erased(newsroom).steps if step.kind == "comments"] == [10_000]
    assert max(before - after for before, after in pairwise(left)) <= 500
