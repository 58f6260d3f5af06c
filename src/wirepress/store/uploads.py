"""Which files under the uploads folder belong to which post."""

from __future__ import annotations

import hashlib
import re

from wirepress.model.errors import Conflict
from wirepress.store.unit import Unit

_DERIVED = re.compile(r"-(?:\d+x\d+|scaled|rotated)(?=\.[^./]*$)", re.IGNORECASE)


def name_key(path: str) -> str:
    """What a file and the sizes made of it have in common: the path without what names a size, in lower case, since
    file systems differ in what they take for the same name."""
    return _DERIVED.sub("", path).lower()


def note(unit: Unit, path: str, post_id: int, data: bytes) -> None:
    """Notes that a file belongs to a post.  Raises Conflict when another has its name already."""
    note_known(unit, path, post_id, len(data), hashlib.sha256(data).hexdigest())


def note_known(unit: Unit, path: str, post_id: int, size: int, sha256: str) -> None:
    """As `note`, of a file whose hash is known; raises Conflict as well."""
    added = unit.run(
        "INSERT INTO uploads (path, post, size, sha256, name_key) VALUES (?, ?, ?, ?, ?) ON CONFLICT (path) DO NOTHING",
        (path, post_id, size, sha256, name_key(path)),
    )
    if not added:
        raise Conflict("file_exists", "There is a file of this name already.")


def known(unit: Unit, path: str) -> bool:
    """Whether a file of this path belongs to a post."""
    return bool(unit.rows("SELECT 1 FROM uploads WHERE path = ?", (path,)))


def known_alike(unit: Unit, path: str) -> bool:
    """Whether a file of this path, in whatever case, or a size of a picture of this path belongs to a post."""
    return bool(unit.rows("SELECT 1 FROM uploads WHERE name_key = ? LIMIT 1", (path.lower(),)))


def of_hash(unit: Unit, sha256: str) -> tuple[str, ...]:
    """The paths of the files that have these bytes."""
    return tuple(row[0] for row in unit.rows("SELECT path FROM uploads WHERE sha256 = ? ORDER BY path", (sha256,)))


def holders(unit: Unit, sha256: str, limit: int) -> list[tuple[int, str]]:
    """Posts that a file with these bytes belongs to, each with its path; the oldest first."""
    rows = unit.rows("SELECT post, path FROM uploads WHERE sha256 = ? ORDER BY post LIMIT ?", (sha256, limit))
    return [(int(post), path) for post, path in rows]


def of_post(unit: Unit, post_id: int) -> tuple[str, ...]:
    """The paths of a post's files."""
    return tuple(row[0] for row in unit.rows("SELECT path FROM uploads WHERE post = ? ORDER BY path", (post_id,)))


def facts_of_post(unit: Unit, post_id: int) -> list[tuple[str, int, str]]:
    """The paths, sizes and hashes of a post's files."""
    rows = unit.rows("SELECT path, size, sha256 FROM uploads WHERE post = ? ORDER BY path", (post_id,))
    return [(path, int(size), sha256) for path, size, sha256 in rows]
