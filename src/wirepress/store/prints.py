"""Prints of texts, kept so that one that comes again is known: by whom ever, and within a write once more."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Final

from wirepress.model.moment import Stamp
from wirepress.model.story import KeptPrint, TextPrint
from wirepress.store.clauses import chunks, marks
from wirepress.store.columns import insert_sql
from wirepress.store.tags import of_bands, of_posts, of_table
from wirepress.store.unit import Row, Unit

COMPARED: Final = 20
"""Texts that are compared with one, those that share most with it."""
_MOST_SHARED: Final = 20_000
"""Rows of bands that are looked through: more is a phrase that everybody uses."""
_MOST_LOOKED_AT: Final = 200
"""Posts that have a passage in common with one, whoever may see them."""
_SHOWN: Final = ("publish", "future", "private", "pending", "trash")
"""The statuses of posts of our own that are known again: what is not finished is not."""
_COLUMNS: Final = ("post", "source", "at", "gone", "modified", "lead", "rest")


def add(
    unit: Unit, post: int, source: int, at: int, found: TextPrint | None, bands: Sequence[int], modified: str = ""
) -> int:
    """Keeps the print of a post's text and gives its id; None stands for a text that tells nothing."""
    found = found or TextPrint(frozenset())
    values = (post, source, at, 0, modified, packed(found.lead), packed(found.rest))
    number = int(unit.rows(insert_sql("text_prints", _COLUMNS, tail="RETURNING id"), values)[0][0])
    if bands:
        unit.run_many(insert_sql("text_bands", ("band", "print")), [(band, number) for band in bands])
    _note_passages(unit, post, bands)
    return number


def _note_passages(unit: Unit, post: int, bands: Sequence[int]) -> None:
    """Notes that what a post has in common with others is another now; readers see that of one that is published."""
    unit.tags.update((f"print:{post}", *of_bands(bands)))
    if not unit.raises_epoch and unit.rows("SELECT 1 FROM posts WHERE id = ? AND status = 'publish'", (post,)):
        unit.raise_epoch()


def near_to(unit: Unit, bands: Sequence[int], since: int, after: int = 0) -> list[KeptPrint]:
    """The prints that share bands, those that share most of them first: of what came `since`, or was thrown away here
    at any time; `after`: only those kept later than one."""
    rows = unit.rows(
        "SELECT t.id, t.post, t.source, t.gone, coalesce(p.status, ''), t.lead, t.rest FROM"
        ' (SELECT b."print", count(*) AS shared FROM'
        f' (SELECT "print" FROM text_bands WHERE band IN ({marks(len(bands))}) AND "print" > ? LIMIT ?) b'
        ' GROUP BY b."print" ORDER BY shared DESC, b."print" LIMIT ?) c'
        ' JOIN text_prints t ON t.id = c."print" LEFT JOIN posts p ON p.id = t.post'
        " WHERE t.at >= ? OR t.gone = 1 OR p.status = 'trash' ORDER BY c.shared DESC, t.id",
        (*bands, after, _MOST_SHARED, COMPARED, since),
    )
    return [_kept(row) for row in rows]


def sharing(unit: Unit, bands: Sequence[int], besides: int, least: int, limit: int) -> list[int]:
    """Published posts, open to everybody, whose texts share so many bands at least; those that share most first."""
    rows = unit.rows(
        "SELECT t.post, count(*) AS shared,"
        " max(CASE WHEN p.status = 'publish' AND p.password = '' THEN 1 ELSE 0 END) AS shown FROM"
        f' (SELECT "print" FROM text_bands WHERE band IN ({marks(len(bands))}) LIMIT ?) b'
        ' JOIN text_prints t ON t.id = b."print" JOIN posts p ON p.id = t.post'
        " WHERE t.post <> ? AND p.type = 'post'"
        " GROUP BY t.post HAVING count(*) >= ? ORDER BY shown DESC, shared DESC, t.post DESC LIMIT ?",
        (*bands, _MOST_SHARED, besides, least, _MOST_LOOKED_AT),
        lent=of_bands(bands),
    )
    # What is not shown yet may be tomorrow.
    unit.depends(of_posts(row[0] for row in rows) if len(rows) < _MOST_LOOKED_AT else of_table("posts"))
    return [int(post) for post, _, shown in rows if shown][:limit]


def of_post(unit: Unit, post: int) -> list[KeptPrint]:
    """The prints of a post's text."""
    return _some(unit, "t.post = ?", (post,), lent=(f"print:{post}", *of_posts((post,))))


def newest_of(unit: Unit, source: int, limit: int) -> list[KeptPrint]:
    """The prints of the texts that a source brought last; not those of one number, which stand for no run of words."""
    return _some(unit, "t.source = ? AND length(t.lead) <> 4", (source,), f"ORDER BY t.id DESC LIMIT {limit}")


def kept_before(unit: Unit, at: int, limit: int) -> list[KeptPrint]:
    """Prints that are older than a moment, and not of what was thrown away."""
    where = "t.at < ? AND t.gone = 0 AND (p.id IS NULL OR p.status <> 'trash')"
    return _some(unit, where, (at,), f"ORDER BY t.at LIMIT {limit}")


def _some(
    unit: Unit, where: str, values: Sequence[object], tail: str = "ORDER BY t.id", lent: Iterable[str] | None = None
) -> list[KeptPrint]:
    rows = unit.rows(
        "SELECT t.id, t.post, t.source, t.gone, coalesce(p.status, ''), t.lead, t.rest"
        f" FROM text_prints t LEFT JOIN posts p ON p.id = t.post WHERE {where} {tail}",
        values,
        lent=lent,
    )
    return [_kept(row) for row in rows]


def last(unit: Unit) -> int:
    """The id of the print that was kept last."""
    return int(unit.rows("SELECT coalesce(max(id), 0) FROM text_prints")[0][0])


def forget(unit: Unit, kept: KeptPrint, traces: Sequence[int]) -> None:
    """Removes a print with its bands, which are among these numbers."""
    for some in chunks(traces):
        unit.run(f'DELETE FROM text_bands WHERE band IN ({marks(len(some))}) AND "print" = ?', (*some, kept.id))
    unit.run("DELETE FROM text_prints WHERE id = ?", (kept.id,))
    _note_passages(unit, kept.post, traces)


def unknown(unit: Unit, since: Stamp, limit: int) -> dict[int, str]:
    """Posts without a print of the text that they have now, with when they were last changed: those that were changed
    since a (local) moment, and all in the trash."""
    shown = ", ".join(f"'{status}'" for status in _SHOWN)
    rows = unit.rows(
        "SELECT p.id, p.modified FROM posts p LEFT JOIN text_prints t ON t.post = p.id"
        f" WHERE p.type = 'post' AND p.status IN ({shown}) AND (p.modified >= ? OR p.status = 'trash')"
        " AND (t.id IS NULL OR (t.source = 0 AND t.modified < p.modified AND p.status <> 'trash'))"
        " ORDER BY p.id DESC LIMIT ?",
        (since, limit),
    )
    return dict(rows)


def note_gone(unit: Unit, post: int, *, gone: bool = True) -> None:
    """Notes that a post was deleted here, or has come back."""
    unit.run("UPDATE text_prints SET gone = ? WHERE post = ?", (int(gone), post))
    unit.tags.add(f"print:{post}")


def _kept(row: Row) -> KeptPrint:
    number, post, source, gone, status, lead, rest = row
    is_gone = bool(gone) or status in ("", "trash")
    return KeptPrint(number, post, source, TextPrint(_unpacked(lead), _unpacked(rest)), is_gone)


def packed(numbers: Iterable[int]) -> bytes:
    """Numbers as a column of prints holds them."""
    return array("I", sorted(numbers)).tobytes()


def _unpacked(kept: bytes) -> frozenset[int]:
    found = array("I")
    found.frombytes(bytes(kept))
    return frozenset(found)
