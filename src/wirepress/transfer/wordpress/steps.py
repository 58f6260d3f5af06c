"""The steps of an import, in their order: users, terms, posts, comments, options, then what has no place of its own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from wirepress.model.post import Meta
from wirepress.model.registry import MetaField, Registry
from wirepress.model.term import Term
from wirepress.model.user import User
from wirepress.store import rows as columns
from wirepress.store.clauses import marks
from wirepress.store.collation import sort_key
from wirepress.store.database import Unit
from wirepress.store.post_stale import spoil
from wirepress.store.unit import encode
from wirepress.transfer.wordpress import mapping, own_options
from wirepress.transfer.wordpress.landing import TERMS, USERS, Landing
from wirepress.transfer.wordpress.noticed import Noticed, notice_look
from wirepress.transfer.wordpress.report import Progress, Report, Tally
from wirepress.transfer.wordpress.source import OWN, Raw, Source

MEMORY: Final = "wirepress:options"
"""Under this name kept_rows remembers digests of the options as they came, to tell which were changed here since."""

_LINKS: Final = "link_category"
_READ_META: Final = frozenset(
    {
        *("_thumbnail_id", "_wp_attached_file", "_wp_attachment_metadata", "_wp_attachment_image_alt", "footnotes"),
        *("_wp_page_template", "_wp_old_slug", "_wp_trash_meta_status", "_wp_trash_meta_time", "_wp_desired_post_slug"),
        *("_wp_note_status", "wp_pattern_sync_status", "wp_persisted_preferences"),
    }
)
_UNREAD: Final = "a type that nothing here serves yet"


@dataclass(frozen=True, slots=True)
class Import:
    """What the steps share."""

    source: Source
    landing: Landing
    report: Report
    values: mapping.Values
    progress: Progress
    registry: Registry
    kept: frozenset[str] = frozenset()
    """Options that stay as they are here."""

    def watched(self, step: str, table: str, key: str) -> Iterator[list[dict[str, Any]]]:
        """The pages of one of WordPress's tables; progress follows."""
        total, done = self.source.count(self.source.tables[table]), 0
        self.progress(step, 0, total)
        for page in self.source.pages(table, key):
            yield page
            done += len(page)
            self.progress(step, done, total)

    def meta(self, table: str, owner: str, ids: Sequence[int]) -> dict[int, list[tuple[Any, Any]]]:
        """The meta of these owners, in the order of its ids."""
        found: dict[int, list[tuple[Any, Any]]] = {owner_id: [] for owner_id in ids}
        if table not in self.source.tables or not ids:
            return found
        column = self.source.quoted(owner)
        sql = (
            f"SELECT {column} AS owner, meta_key, meta_value FROM {self.source.named(table)}"
            f" WHERE {column} BETWEEN :first AND :last ORDER BY {column}, {self.source.quoted(OWN[table][0])}"
        )
        for row in self.source.rows(sql, first=min(ids), last=max(ids)):
            if (owner_id := int(row["owner"])) in found:
                found[owner_id].append((row["meta_key"], row["meta_value"]))
        return found

    def report_meta(self, owners: str, meta: Meta, own: Sequence[MetaField] = ()) -> None:
        """Reports meta that came with its owner and that no answer shows; `own` are keys that the site declares."""
        shown = {field.key for field in own}
        for key, entries in meta.items():
            if key not in _READ_META and key not in shown and not key.startswith(("_menu_item_", "_oembed_")):
                why = "kept with them; nothing here reads these keys yet"
                self.report.keep(f"meta of {owners}", why, number=len(entries), example=key)

    def keep_strange_columns(self, unit: Unit, table: str, page: Sequence[Raw]) -> None:
        """Columns that a plugin added to one of WordPress's own tables are kept beside."""
        strange = [name for name in self.source.columns[table] if name not in OWN[table]]
        if strange:
            key = OWN[table][0]
            full = self.source.tables[table]
            kept = {str(raw[key]): {name: as_json(raw[name]) for name in (key, *strange)} for raw in page}
            self.landing.keep(unit, full, kept)
            self.report.keep(f"columns {', '.join(strange)} of {full}", "not WordPress's own", number=len(kept))


def import_users(run: Import) -> None:
    """Users, with their meta, roles and application passwords."""
    for page in run.watched("users", "users", "ID"):
        meta = run.meta("usermeta", "user_id", [int(raw["ID"]) for raw in page])
        mapped = [mapping.user_of(raw, meta[int(raw["ID"])], run.values, run.source.prefix) for raw in page]
        with run.landing.batch() as unit:
            twins = _twins(unit, [user for user, _ in mapped])
            mapped = [pair for pair in mapped if pair[0].id not in twins]
            rest = {int(raw["ID"]): _rest(raw, run.values) for raw in page}
            run.landing.land(unit, "users", USERS, [(*columns.USERS.row(user), *rest[user.id]) for user, _ in mapped])
            run.landing.passwords(unit, [password for _, passwords in mapped for password in passwords])
            run.keep_strange_columns(unit, "users", page)
            _keep_twins(run, unit, [raw for raw in page if int(raw["ID"]) in twins], meta)
        for user, _ in mapped:
            run.report_meta("users", user.meta)


def _rest(raw: Raw, values: mapping.Values) -> tuple[str, int]:
    """The columns of a user that no noun of ours has."""
    return values.text(raw.get("user_activation_key")), values.number(raw.get("user_status"))


def _twins(unit: Unit, users: Sequence[User]) -> set[int]:
    """The users whose login another, older user has (it compares without case and accents)."""
    keys = [sort_key(user.login) for user in users]
    found = unit.rows(f"SELECT login_key, id FROM users WHERE login_key IN ({marks(len(keys))})", keys)
    first: dict[bytes, int] = {bytes(key): owner for key, owner in found}
    return {user.id for key, user in zip(keys, users, strict=True) if first.setdefault(key, user.id) != user.id}


def _keep_twins(run: Import, unit: Unit, page: Sequence[Raw], meta: Mapping[int, Sequence[tuple[Any, Any]]]) -> None:
    if not page:
        return
    full = run.source.tables["users"]
    whole = {str(raw["ID"]): {**json_row(raw), "meta": [list(pair) for pair in meta[int(raw["ID"])]]} for raw in page}
    run.landing.keep(unit, full, whole)
    for raw in page:
        run.report.keep(f"users of {full}", "another user has the same login", example=str(raw["user_login"]))


def import_terms(run: Import) -> None:
    """Terms: one of ours for each row of term_taxonomy that has its term."""
    own = run.source
    total, done = own.count(own.tables["term_taxonomy"]), 0
    group = "t.term_group" if "term_group" in own.columns["terms"] else "0 AS term_group"
    sql = (
        f"SELECT x.*, t.name, t.slug, {group} FROM {own.named('term_taxonomy')} x"
        f" JOIN {own.named('terms')} t ON t.term_id = x.term_id"
        " WHERE x.term_taxonomy_id > :last ORDER BY x.term_taxonomy_id"
    )
    for page in own.paged(sql, "term_taxonomy_id"):
        meta = run.meta("termmeta", "term_id", [int(raw["term_id"]) for raw in page])
        terms = [mapping.term_of(raw, meta[int(raw["term_id"])], run.values) for raw in page]
        with run.landing.batch() as unit:
            twins = _twin_terms(unit, terms)
            own_terms = [term for term in terms if term.taxonomy_id not in twins]
            run.landing.land(unit, "terms", TERMS, [columns.TERMS.row(term) for term in own_terms])
            if twins:
                full, why = own.tables["term_taxonomy"], "the same term in the same taxonomy once more"
                rows = {str(raw["term_taxonomy_id"]): json_row(raw) for raw in page}
                run.landing.keep(unit, full, {str(twin): rows[str(twin)] for twin in twins})
                run.report.keep(f"rows of {full}", why, number=len(twins))
            run.keep_strange_columns(unit, "term_taxonomy", page)
        for term in terms:
            taxonomy = run.registry.taxonomies.get(term.taxonomy)
            run.report_meta("terms", term.meta, taxonomy.meta if taxonomy else ())
            if taxonomy is None:
                run.report.keep(f"terms of {term.taxonomy}", "a taxonomy that nothing here serves yet")
        done += len(page)
        run.progress("terms", done, total)


def _twin_terms(unit: Unit, terms: Sequence[Term]) -> set[int]:
    """The rows of term_taxonomy that say what an older one says already."""
    ids = [term.id for term in terms]
    found = unit.rows(f"SELECT taxonomy, id, taxonomy_id FROM terms WHERE id IN ({marks(len(ids))})", ids)
    first = {(taxonomy, term_id): taxonomy_id for taxonomy, term_id, taxonomy_id in found}
    return {t.taxonomy_id for t in terms if first.setdefault((t.taxonomy, t.id), t.taxonomy_id) != t.taxonomy_id}


def import_posts(run: Import) -> None:
    """Posts of every type, with their meta and terms."""
    noticed = Noticed()
    for page in run.watched("posts", "posts", "ID"):
        ids = [int(raw["ID"]) for raw in page]
        meta = run.meta("postmeta", "post_id", ids)
        posts = [mapping.post_of(raw, meta[int(raw["ID"])], run.values) for raw in page]
        assigned = _assigned(run.source, ids)
        with run.landing.batch() as unit:
            run.landing.posts(unit, posts, assigned)
            run.keep_strange_columns(unit, "posts", page)
        for post in posts:
            kind = run.registry.types.get(post.type)
            run.report_meta("posts", post.meta, kind.meta if kind else ())
            if kind is None:
                run.report.keep(f"posts of type {post.type}", _UNREAD)
            elif kind.public:
                noticed.look(post)
    noticed.report(run.report)


def _assigned(source: Source, ids: Sequence[int]) -> dict[int, dict[int, int]]:
    assigned: dict[int, dict[int, int]] = {post_id: {} for post_id in ids}
    sql = (
        f"SELECT r.object_id, r.term_taxonomy_id, r.term_order FROM {source.named('term_relationships')} r"
        f" JOIN {source.named('term_taxonomy')} x ON x.term_taxonomy_id = r.term_taxonomy_id"
        f" JOIN {source.named('terms')} t ON t.term_id = x.term_id"
        f" WHERE r.object_id BETWEEN :first AND :last AND x.taxonomy <> '{_LINKS}'"
    )
    for row in source.rows(sql, first=min(ids), last=max(ids)):
        if (post_id := int(row["object_id"])) in assigned:
            assigned[post_id][int(row["term_taxonomy_id"])] = int(row["term_order"] or 0)
    return assigned


def import_comments(run: Import) -> None:
    """Comments with their meta."""
    for page in run.watched("comments", "comments", "comment_ID"):
        meta = run.meta("commentmeta", "comment_id", [int(raw["comment_ID"]) for raw in page])
        comments = [mapping.comment_of(raw, meta[int(raw["comment_ID"])], run.values) for raw in page]
        with run.landing.batch() as unit:
            run.landing.comments(unit, comments)
            run.keep_strange_columns(unit, "comments", page)
        for comment in comments:
            run.report_meta("comments", comment.meta)


def import_options(run: Import, served: Mapping[str, Any]) -> None:
    """Options; transients are caches and go to the kept rows, out of the way of what every request reads, and so do
    those under names that are this site's own."""
    for page in run.watched("options", "options", "option_id"):
        rows = {str(raw["option_name"]): raw for raw in page}
        transient = {name: raw for name, raw in rows.items() if mapping.is_transient(name)}
        own = {name: raw for name, raw in rows.items() if mapping.is_own(name)}
        comes = _options(run, page, transient | own)
        with run.landing.batch() as unit:
            _land_options(run, unit, comes)
            if transient or own:
                aside = {name: json_row(raw) for name, raw in (transient | own).items()}
                run.landing.keep(unit, run.source.tables["options"], aside)
        if transient:
            run.report.keep("transients", "cached values of WordPress; nothing reads them", number=len(transient))
        for name in own:
            run.report.keep("options of another Wirepress", "not taken: the names are this site's own", example=name)
        for name in comes:
            if name not in served and name != "user_roles":
                what = "options of WordPress" if own_options.is_own(name) else "options"
                run.report.keep(what, "kept as options; nothing here reads them yet", example=name)
        notice_look(
            {name: json.loads(comes[name][0]) for name in ("stylesheet", "template") if name in comes}, run.report
        )


def _options(run: Import, page: Sequence[Raw], aside: Mapping[str, Raw]) -> dict[str, tuple[str, bool]]:
    """The options that come, each in JSON, with whether every request loads it."""
    comes: dict[str, tuple[str, bool]] = {}
    for raw in page:
        name = run.values.text(raw["option_name"])
        if name in aside:
            continue
        value = run.values.value(raw["option_value"], f"option {name}")
        loaded = str(raw.get("autoload")) not in {"no", "off", "auto-off"}
        comes[mapping.option_name(name, run.source.prefix)] = (encode("" if value is None else value), loaded)
    return comes


def _land_options(run: Import, unit: Unit, comes: Mapping[str, tuple[str, bool]]) -> None:
    names = list(comes)
    here: dict[str, str] = dict(
        unit.rows(f"SELECT name, CAST(value AS TEXT) FROM options WHERE name IN ({marks(len(names))})", names)
    )
    memory = unit.rows(
        "SELECT CAST(\"row\" AS TEXT) FROM kept_rows WHERE source_table = ? AND source_key = ''", (MEMORY,)
    )
    known: dict[str, str] = json.loads(memory[0][0]) if memory else {}
    tally = Tally(here=len(comes.keys() & run.kept))
    comes = {name: pair for name, pair in comes.items() if name not in run.kept}
    for name, (value, loaded) in comes.items():
        if name not in here:
            tally.new += 1
        elif here[name] == value:
            tally.same += 1
            continue
        elif name in known and known[name] != _digest(here[name]):
            tally.here += 1
            continue
        else:
            tally.changed += 1
        unit.run(
            "INSERT INTO options (name, value, autoload) VALUES (?, ?, ?)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value, autoload = excluded.autoload",
            (name, value, loaded),
        )
        spoil(unit, "option", name)
    run.report.tally("options", tally)
    now = {**known, **{name: _digest(value) for name, (value, _) in comes.items()}}
    if now != known:
        unit.run(
            "INSERT INTO kept_rows (source_table, source_key, \"row\") VALUES (?, '', ?)"
            ' ON CONFLICT (source_table, source_key) DO UPDATE SET "row" = excluded."row"',
            (MEMORY, encode(now)),
        )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def as_json(value: Any) -> Any:
    """A cell of any table as JSON holds it."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return {"base16": value.hex()}
    return str(value)


def json_row(raw: Raw) -> dict[str, Any]:
    return {name: as_json(value) for name, value in raw.items()}
