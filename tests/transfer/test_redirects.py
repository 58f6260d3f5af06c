"""Redirects of plugins that come with a WordPress database: what is taken, what is not and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.transfer.test_carry import Desk
from tests.transfer.test_carry import desk as desk  # the fixture
from tests.transfer.wordpress import change
from wirepress.admin.screens.imports import words
from wirepress.model.redirect import Redirect
from wirepress.store import redirects as store
from wirepress.transfer.wordpress import redirects

REDIRECTION = (
    "CREATE TABLE wp_redirection_groups (id INTEGER PRIMARY KEY, name TEXT, status TEXT)",
    "INSERT INTO wp_redirection_groups VALUES (1, 'Mine', 'enabled'), (2, 'Old', 'disabled')",
    """CREATE TABLE wp_redirection_items (id INTEGER PRIMARY KEY, url TEXT, regex INTEGER, position INTEGER,
    group_id INTEGER, status TEXT, action_type TEXT, action_code INTEGER, action_data TEXT, match_type TEXT)""",
    """INSERT INTO wp_redirection_items VALUES
    (1, '/late', 0, 9, 1, 'enabled', 'url', 301, '/second', 'url'),
    (2, '/late', 0, 1, 1, 'enabled', 'url', 303, '/first', 'url'),
    (10, '/gone/', 0, 2, 1, 'enabled', 'error', 410, '', 'url'),
    (3, '^/a/(.*)', 1, 3, 1, 'enabled', 'url', 301, '/b/$1', 'url'),
    (4, '/members', 0, 4, 1, 'enabled', 'url', 301, '/join', 'login'),
    (5, '/off', 0, 5, 1, 'disabled', 'url', 301, '/x', 'url'),
    (6, '/off-group', 0, 6, 2, 'enabled', 'url', 301, '/x', 'url'),
    (7, '/find?q=1', 0, 7, 1, 'enabled', 'url', 301, '/x', 'url'),
    (8, '/secret', 0, 8, 1, 'enabled', 'error', 404, '', 'url'),
    (9, '/chance', 0, 8, 1, 'enabled', 'random', 301, '', 'url'),
    (11, '/round', 0, 9, 1, 'enabled', 'url', 301, '/round/', 'url'),
    (12, '/bad', 0, 9, 1, 'enabled', 'url', 301, 'javascript:alert(1)', 'url')""",
)


def php(*rows: dict[str, str | int]) -> str:
    """Rows as PHP's serialize() writes an array of arrays."""
    listed = "".join(f"i:{at};{_array(row)}" for at, row in enumerate(rows))
    return f"a:{len(rows)}:{{{listed}}}"


def _array(row: dict[str, str | int]) -> str:
    parts = "".join(
        _word(name) + (_word(value) if isinstance(value, str) else f"i:{value};") for name, value in row.items()
    )
    return f"a:{len(row)}:{{{parts}}}"


def _word(text: str) -> str:
    return f's:{len(text.encode())}:"{text}";'


def brought(desk: Desk, golden: Path) -> dict[str, Any]:
    """The result of an import."""
    order = desk.carried(desk.start(desk.look(golden)))
    assert not order.error
    return dict(order.result)


def here(desk: Desk) -> dict[str, tuple[str, int]]:
    with desk.newsroom.database.read() as unit:
        return {one.path: (one.target, one.status) for one in store.all_of(unit)}


def left_out(result: dict[str, Any], plugin: str) -> dict[str, int]:
    begin = f"redirects of {plugin}: "
    return {
        one["what"].removeprefix(begin): one["number"] for one in result["left_out"] if one["what"].startswith(begin)
    }


def test_redirection(desk: Desk, golden: Path) -> None:
    change(golden, *REDIRECTION)
    result = brought(desk, golden)
    assert here(desk) == {"/late": ("/first", 302), "/gone": ("", 410)}
    assert result["came"]["redirects"] == {"new": 2, "changed": 0, "same": 0, "changed_here": 0}
    assert left_out(result, "Redirection") == {
        redirects.PATTERN: 1, redirects.CONDITION: 1, redirects.OFF: 2, redirects.QUERY: 1, redirects.OTHER: 2,
        redirects.UNFIT: 2,
    }  # fmt: skip
    again = brought(desk, golden)
    assert again["came"]["redirects"]["same"] == 2


def test_what_is_here_stays(desk: Desk, golden: Path) -> None:
    change(golden, *REDIRECTION)
    with desk.newsroom.database.write() as unit:
        store.put(unit, Redirect("/late", "/mine", 301))
    result = brought(desk, golden)
    assert here(desk)["/late"] == ("/mine", 301)
    assert result["came"]["redirects"]["changed_here"] == 1


def test_yoast(desk: Desk, golden: Path) -> None:
    rows = php(
        {"origin": "old/page", "url": "new/page", "type": 301, "format": "plain"},
        {"origin": "out", "url": "https://elsewhere.example/a", "type": 307, "format": "plain"},
        {"origin": "dead", "url": "", "type": 410, "format": "plain"},
        {"origin": "law", "url": "", "type": 451, "format": "plain"},
        {"origin": "a/(.*)", "url": "b/$1", "type": 301, "format": "regex"},
    )
    insert = "INSERT INTO wp_options (option_name, option_value, autoload) VALUES (:name, :value, 'no')"
    change(golden, insert, name="wpseo-premium-redirects-base", value=rows)
    result = brought(desk, golden)
    assert here(desk) == {
        "/old/page": ("/new/page", 301), "/out": ("https://elsewhere.example/a", 307), "/dead": ("", 410)
    }  # fmt: skip
    assert left_out(result, "Yoast SEO") == {redirects.OTHER: 1, redirects.PATTERN: 1}


def test_rank_math(desk: Desk, golden: Path) -> None:
    sources = php({"ignore": "", "pattern": "one", "comparison": "exact"}, {"pattern": "two", "comparison": "exact"})
    begins = php({"pattern": "three", "comparison": "start"})
    change(
        golden,
        "CREATE TABLE wp_rank_math_redirections (id INTEGER PRIMARY KEY, sources TEXT, url_to TEXT,"
        " header_code INTEGER, hits INTEGER, status TEXT)",
    )
    insert = "INSERT INTO wp_rank_math_redirections (sources, url_to, header_code, status) VALUES (:s, :to, 301, :on)"
    for rule, on in (
        (sources, "active"),
        (begins, "active"),
        (php({"pattern": "x", "comparison": "exact"}), "trashed"),
    ):
        change(golden, insert, s=rule, to="/there/", on=on)
    change(golden, insert, s='a:9:{i:0;s:3:"cut', to="/x", on="active")
    result = brought(desk, golden)
    assert here(desk) == {"/one": ("/there/", 301), "/two": ("/there/", 301)}
    assert left_out(result, "Rank Math") == {redirects.PATTERN: 1, redirects.OFF: 1}


def test_safe_redirect_manager(desk: Desk, golden: Path) -> None:
    rules = [
        ("/from", "/to", "301", "", "publish"), ("/some/*", "/x", "301", "", "publish"),
        ("/(a)", "/x", "301", "1", "publish"), ("/draft", "/x", "301", "", "draft"),
        ("/usual", "/x", "", "", "publish"),
    ]  # fmt: skip
    for at, (path, target, code, regex, status) in enumerate(rules):
        change(
            golden,
            "CREATE TEMP TABLE made AS SELECT * FROM wp_posts LIMIT 1",
            "UPDATE made SET ID = :id, post_type = 'redirect_rule', post_status = :status, post_name = 'rule' || :id",
            "INSERT INTO wp_posts SELECT * FROM made",
            *(
                "INSERT INTO wp_postmeta (post_id, meta_key, meta_value)"
                f" VALUES (:id, '_redirect_rule_{name}', :{name})"
                for name in ("from", "to", "status_code", "from_regex")
            ),
            **{"id": 90_000 + at, "status": status, "from": path, "to": target},
            status_code=code,
            from_regex=regex,
        )
    result = brought(desk, golden)
    assert here(desk) == {"/from": ("/to", 301), "/usual": ("/x", 302)}
    assert left_out(result, "Safe Redirect Manager") == {redirects.PATTERN: 2, redirects.OFF: 1}


def test_the_administration_has_words_for_every_reason() -> None:
    assert set(redirects.WHYS.values()) <= set(words.WHYS)


@pytest.mark.parametrize("text", ["null", "5", '"x"', "[5, [], {}]", '{"a": 5}'])
def test_values_of_another_form_are_passed_over(desk: Desk, text: str) -> None:
    from wirepress.content import options
    from wirepress.transfer.wordpress.report import Report

    with desk.newsroom.write() as view:
        for option in ("wpseo-premium-redirects-base", "wpseo-premium-redirects"):
            options.set(view.unit, option, json.loads(text))
    redirects.bring_redirects(desk.newsroom, Report(prefix="wp_"), lambda _done, _total: None)
    assert here(desk) == {}
