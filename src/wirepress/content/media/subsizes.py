"""Sizes of a picture that its sender made: files that are put beside it one by one, and noted all at once
(WP_REST_Attachments_Controller::sideload_item, finalize_item).

What a client says of a file later is believed of those alone that were put beside this very attachment: their names
wait under `WAITING` until they are noted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from wirepress.content.media.library import (
    Prepared,
    beside,
    describe,
    folder_of,
    free_path,
    metadata_of,
    place,
)
from wirepress.content.media.sizes import Size, sizes_of
from wirepress.content.newsroom import View
from wirepress.content.options import table
from wirepress.content.posts.publishing import existing
from wirepress.content.site import Site
from wirepress.model.errors import Invalid
from wirepress.model.post import Post
from wirepress.store import takedowns, uploads

WAITING: Final = "_wp_sideloaded_file"
"""The key of the names that were handed out and are not noted yet."""
MOST_WAITING: Final = 200
"""Names that may wait for one attachment: twice as many as are noted at once."""
REPLACING: Final = ("original", "scaled")
"""Pictures that stand in the place of what was uploaded: turned upright, or scaled down."""
COMPANIONS: Final[Mapping[str, str]] = {
    "source_original": "source_image",
    "animated_video": "animated_video",
    "animated_video_poster": "animated_video_poster",
}
"""Files beside a picture that are no size of it, and what they are called in its metadata."""
SPECIAL: Final = frozenset((*REPLACING, *COMPANIONS))
UNMEASURED: Final = frozenset(("source_original", "animated_video"))
"""What need not be a picture that can be read here."""
_UNBOUNDED: Final = frozenset(("full", "scaled", "animated_video_poster"))
_ROUNDING: Final = 1
"""Pixels by which a size may be too large: clients round otherwise."""
_FOLDED: Final = re.compile(r"\d+x\d+|scaled")


def regular_sizes(site: Site) -> tuple[str, ...]:
    """The names of sizes of which several may share a file."""
    return (*(size.name for size in sizes_of(site)), "full")


def check_measures(site: Site, post: Post, names: Iterable[str], width: int, height: int) -> None:
    """Raises Invalid where a picture of these measures is no such size of an attachment, whichever name it gets."""
    registered = {size.name: size for size in sizes_of(site)}
    for name in names:
        if name == "original":
            if not _fits_original(metadata_of(post), width, height):
                raise Invalid("size_mismatch", "The picture is not as large as the one it replaces.")
        elif name not in _UNBOUNDED and _is_larger(registered[name], width, height):
            raise Invalid("size_mismatch", f"The picture is larger than the size {name}.")


def _fits_original(metadata: Mapping[str, Any], width: int, height: int) -> bool:
    """Whether measures are those that are noted, upright or lying."""
    noted = [str(metadata.get(side)) for side in ("width", "height")]
    return None in (metadata.get("width"), metadata.get("height")) or noted in (
        [str(width), str(height)],
        [str(height), str(width)],
    )


def _is_larger(size: Size, width: int, height: int) -> bool:
    bounds = ((width, size.width), (height, size.height))
    return any(most > 0 and side > most + _ROUNDING for side, most in bounds)


def has_place(post: Post) -> bool:
    """Whether an attachment's file lies in the uploads folder, so that others can lie beside it."""
    path = str(post.first_meta("_wp_attached_file"))
    return bool(path) and not path.startswith("/") and ".." not in path.split("/")


def keep_beside(view: View, post_id: int, prepared: Prepared, names: Sequence[str]) -> Mapping[str, Any]:
    """Puts a file of some sizes beside that of an attachment and gives what a client is hears of it, and tells us again
    when it has it noted (`finalize`).

    A picture that replaces the one that was uploaded does so at once.  Raises Invalid where too many wait already.
    """
    post = existing(view, post_id)
    waiting = [str(known) for known in post.meta.get(WAITING, ())]
    if len(waiting) >= MOST_WAITING:
        raise Invalid("too_many_sizes", "Too many files of this attachment wait to be noted; finalize it first.")
    attached = str(post.first_meta("_wp_attached_file"))
    path = _path_beside(view, attached, prepared)
    place(view, post_id, prepared, [path])
    noted = _told(prepared, names, path, attached)
    waiting += [str(noted[key]) for key in ("file", "original_image") if key in noted]
    meta: dict[str, Sequence[Any]] = {WAITING: waiting}
    if "original_image" in noted:
        meta["_wp_attached_file"] = [path]
    describe(view, post_id, meta)
    return noted


def _path_beside(view: View, attached: str, prepared: Prepared) -> str:
    """A free path in the folder of an attachment.  A name that says it is a size of this very file may keep that,
    although others would get a number (filter_wp_unique_filename)."""
    path = free_path(view, folder_of(attached), prepared)
    stem = prepared.name.rpartition(".")[0]
    own = attached.rpartition("/")[2].rpartition(".")[0]
    given, _, extension = path.rpartition("/")[2].rpartition(".")
    before, _, size = stem.rpartition("-")
    if given != stem and before == own and _FOLDED.fullmatch(size):
        plain = beside(attached, f"{stem}.{extension}")
        taken = uploads.known(view.unit, plain) or takedowns.keeps_file(view.unit, plain) or view.staged.taken(plain)
        return path if taken else plain
    return path


def _told(prepared: Prepared, names: Sequence[str], path: str, attached: str) -> Mapping[str, Any]:
    file = path.rpartition("/")[2]
    if COMPANIONS.keys() & names:
        return {"file": file}
    measures = {"width": prepared.width, "height": prepared.height}
    if set(REPLACING) & set(names):
        original = attached.rpartition("/")[2]
        return {"original_image": original, **measures, "filesize": prepared.size, "file": path}
    return {**measures, "file": file, "mime_type": prepared.mime, "filesize": prepared.size}


def finalize(view: View, post_id: int, entries: Sequence[Mapping[str, Any]]) -> Post:
    """Notes files that were put beside an attachment, of which `keep_beside` has said; once more changes nothing.

    Raises Invalid where a file is none of this attachment's.
    """
    post = existing(view, post_id)
    named = [str(entry[key]) for entry in entries for key in ("file", "original_image") if entry.get(key) is not None]
    waiting = [str(known) for known in post.meta.get(WAITING, ())]
    attached = str(post.first_meta("_wp_attached_file"))
    if not _names_in(attached, metadata_of(post)).union(waiting).issuperset(named):
        raise Invalid("foreign_size", "This file was not put beside this attachment.")
    metadata: dict[str, Any] = dict(metadata_of(post))
    for entry in entries:
        if entry.get("file") not in (None, "", "0"):
            _note(metadata, entry)
    noted = _names_in(attached, metadata).intersection(named)
    left = [known for known in waiting if known not in noted]
    return describe(view, post_id, {"_wp_attachment_metadata": [metadata] if metadata else [], WAITING: left})


def _names_in(attached: str, metadata: Mapping[str, Any]) -> set[str]:
    """The names of an attachment's own files: the one it stands for, and all that its metadata names."""
    sizes = [size.get("file") for size in table(metadata.get("sizes")).values() if isinstance(size, Mapping)]
    keys = ("file", "original_image", *COMPANIONS.values())
    names = {name for name in (attached, *map(metadata.get, keys), *sizes) if isinstance(name, str) and name}
    return names | {name.rpartition("/")[2] for name in names}


def _note(metadata: dict[str, Any], entry: Mapping[str, Any]) -> None:
    """Notes one file in an attachment's metadata."""
    wanted = entry["image_size"]
    names = (wanted,) if isinstance(wanted, str) else tuple(wanted)
    if COMPANIONS.keys() & names:
        metadata[COMPANIONS[names[0]]] = entry["file"]
    elif set(REPLACING) & set(names):
        _replace(metadata, entry)
    else:
        size = {
            "width": entry.get("width", 0),
            "height": entry.get("height", 0),
            "file": entry["file"],
            "mime-type": entry.get("mime_type", ""),
            "filesize": entry.get("filesize", 0),
        }
        metadata["sizes"] = {**table(metadata.get("sizes")), **dict.fromkeys(names, size)}


def _replace(metadata: dict[str, Any], entry: Mapping[str, Any]) -> None:
    """Notes a picture in the place of the one that was uploaded.  It stands upright, whatever the camera noted."""
    if entry.get("original_image") not in (None, "", "0"):
        metadata["original_image"] = entry["original_image"]
    for key in ("width", "height", "filesize"):
        metadata[key] = entry.get(key, 0)
    metadata["file"] = entry["file"]
    facts = table(metadata.get("image_meta"))
    if facts.get("orientation") not in (None, "", "0", 0):
        metadata["image_meta"] = {**facts, "orientation": 1}
