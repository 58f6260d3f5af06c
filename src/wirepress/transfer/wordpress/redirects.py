"""Redirects that plugins kept there, taken into this site's own at the end of an import.

They are read from where the import has put them: the tables of plugins among the kept rows, Yoast's options, the posts
of Safe Redirect Manager.  Only what leads from one path to one address, always, is taken; patterns, conditions and what
was switched off are reported.  What this site has a redirect for already stays.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from wirepress.content import redirections
from wirepress.content.newsroom import Newsroom, View
from wirepress.model import php
from wirepress.model.errors import Invalid
from wirepress.store import redirects as store
from wirepress.store.unit import Unit
from wirepress.transfer.wordpress.report import Report, Tally
from wirepress.transfer.wordpress.source import batched

AT_ONCE: Final = 200
"""Redirects that are taken in one write."""
MOST: Final = 50_000
"""Redirects that are looked at; the rest is counted."""
_GONE: Final = 410
_STATUSES: Final = {301: 301, 302: 302, 303: 302, 307: 307, 308: 308, _GONE: _GONE}
"""What becomes of a status; 303 asks for the same page again by GET, as 302 is read."""
PATTERN, CONDITION, OFF, QUERY, OTHER, UNFIT = "patterns", "conditions", "off", "queries", "others", "unfit"
WHYS: Final = {
    PATTERN: "a pattern; only single paths are redirected here",
    CONDITION: "it holds under a condition, which is not looked at here",
    OFF: "it was switched off",
    QUERY: "it begins at an address with a query",
    OTHER: "it does something else than lead on or say that something is gone",
    UNFIT: "it leads in a circle, out of the web or from no path of the site",
}
"""Why a redirect is not taken."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A redirect as a plugin kept it; `refused` says why it cannot be taken (`WHYS`), "" where it may be."""

    plugin: str
    path: str
    target: str
    status: int
    refused: str = ""


def bring_redirects(newsroom: Newsroom, report: Report, progress: Callable[[int, int], None]) -> None:
    """Takes the redirects of plugins that an import has brought, and reports what was not taken."""
    tally, seen = Tally(), set[str]()
    with newsroom.view() as view:
        rules = list(islice(_rules(view, report.prefix), MOST + 1))
    if len(rules) > MOST:
        report.leave_out("redirects of plugins", "there are more than are taken", number=1)
    done = 0
    for some in batched(AT_ONCE, iter(rules[:MOST])):
        with newsroom.write() as view:
            for rule in some:
                _take(view, rule, seen, tally, report)
        done += len(some)
        progress(done, min(len(rules), MOST))
    if rules:
        report.tally("redirects", tally)


def _take(view: View, rule: Rule, seen: set[str], tally: Tally, report: Report) -> None:
    """Takes a redirect, the first one of its path; one that is here stays."""
    refused, made = rule.refused, None
    if not refused:
        try:
            made = redirections.checked(view, rule.path, rule.target, rule.status)
        except Invalid:
            refused = UNFIT
    if made is None:
        report.leave_out(f"redirects of {rule.plugin}: {refused}", WHYS[refused], example=rule.path[:200])
        return
    if made.path in seen:
        return
    seen.add(made.path)
    known = store.get(view.unit, made.path)
    if known is None:
        store.put(view.unit, made)
        tally.new += 1
    elif known == made:
        tally.same += 1
    else:
        tally.here += 1


def _rules(view: View, prefix: str) -> Iterator[Rule]:
    yield from _of_redirection(view.unit, prefix)
    yield from _of_yoast(view)
    yield from _of_rank_math(view.unit, prefix)
    yield from _of_safe_redirects(view.unit)


# ---- by plugin


def _of_redirection(unit: Unit, prefix: str) -> Iterator[Rule]:
    """Redirection: `redirection_items`, in their order, but for those of groups that were switched off."""
    groups = _kept(unit, f"{prefix}redirection_groups")
    off = {_number(group.get("id")) for group in groups if group.get("status") == "disabled"}
    rows = sorted(
        _kept(unit, f"{prefix}redirection_items"),
        key=lambda row: (_number(row.get("position")), _number(row.get("id"))),
    )
    for row in rows:
        path, refused, code = str(row.get("url") or ""), "", _number(row.get("action_code"))
        action, is_error = str(row.get("action_type")), row.get("action_type") == "error"
        if row.get("status") == "disabled" or _number(row.get("group_id")) in off:
            refused = OFF
        elif _number(row.get("regex")):
            refused = PATTERN
        elif row.get("match_type") != "url":
            refused = CONDITION
        elif action not in ("url", "error") or (is_error and code != _GONE):
            refused = OTHER
        yield _rule("Redirection", path, "" if is_error else str(row.get("action_data") or ""), code, refused)


def _of_yoast(view: View) -> Iterator[Rule]:
    """Yoast SEO Premium: the option of all redirects, or the one that it kept before."""
    listed = view.site.option("wpseo-premium-redirects-base", ())
    for row in _values(listed):
        if isinstance(row, Mapping):
            refused = PATTERN if row.get("format") == "regex" else ""
            path, target, status = (row.get(name) for name in ("origin", "url", "type"))
            yield _rule("Yoast SEO", _rooted(path), _rooted(target), _number(status), refused)
    for option, refused in (
        ("wpseo-premium-redirects-export-plain", ""),
        ("wpseo-premium-redirects-export-regex", PATTERN),
        ("wpseo-premium-redirects", ""),
        ("wpseo-premium-redirects-regex", PATTERN),
    ):
        table = view.site.option(option, {})
        for path, row in table.items() if isinstance(table, Mapping) else ():
            if isinstance(row, Mapping):
                target, status = row.get("url"), _number(row.get("type"))
                yield _rule("Yoast SEO", _rooted(path), _rooted(target), status, refused)


def _of_rank_math(unit: Unit, prefix: str) -> Iterator[Rule]:
    """Rank Math: `rank_math_redirections`; a row may have several sources."""
    for row in sorted(_kept(unit, f"{prefix}rank_math_redirections"), key=lambda one: _number(one.get("id"))):
        sources, _ = php.decoded(str(row.get("sources") or ""))
        for source in _values(sources):
            if not isinstance(source, Mapping):
                continue
            refused = "" if source.get("comparison") == "exact" else PATTERN
            if row.get("status") != "active":
                refused = OFF
            path, target = _rooted(source.get("pattern")), _rooted(row.get("url_to"))
            yield _rule("Rank Math", path, target, _number(row.get("header_code")), refused)


def _of_safe_redirects(unit: Unit) -> Iterator[Rule]:
    """Safe Redirect Manager: posts of a type of its own; `*` stands for anything."""
    sql = "SELECT status, CAST(meta AS TEXT) FROM posts WHERE type = 'redirect_rule' ORDER BY menu_order, id LIMIT ?"
    for status, text in unit.rows(sql, (MOST + 1,)):
        meta = json.loads(text)
        path, target, code, is_regex = (
            str(next(iter(meta.get(f"_redirect_rule_{name}", ())), "") or "")
            for name in ("from", "to", "status_code", "from_regex")
        )
        refused = PATTERN if is_regex not in ("", "0") or "*" in path else ""
        if status != "publish":
            refused = OFF
        yield _rule("Safe Redirect Manager", path, target, _number(code) or 302, refused)


# ---- what they have in common


def _rule(plugin: str, path: str, target: str, code: int, refused: str) -> Rule:
    status = _STATUSES.get(code, 0)
    if not refused and "?" in path:
        refused = QUERY
    if not refused and not status:
        refused = OTHER
    return Rule(plugin, path, "" if status == _GONE else target, status, refused)


def _kept(unit: Unit, table: str) -> list[dict[str, Any]]:
    """Rows of a table of a plugin, as the import kept them."""
    sql = 'SELECT CAST("row" AS TEXT) FROM kept_rows WHERE source_table = ? ORDER BY source_key LIMIT ?'
    return [json.loads(row[0]) for row in unit.rows(sql, (table, MOST + 1))]


def _rooted(value: Any) -> str:
    """A path that plugins keep without the slash before it; an address of the web stays as it is."""
    text = str(value or "").strip()
    if not text or text.startswith("/") or re.match(r"[a-z][a-z0-9+.-]*:", text, re.IGNORECASE):
        return text
    return f"/{text}"


def _values(table: Any) -> list[Any]:
    """The values of a PHP array, whatever its keys; none of anything else."""
    if isinstance(table, Mapping):
        return list(table.values())
    return table if isinstance(table, list) else []


def _number(value: Any) -> int:
    text = str(value or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
