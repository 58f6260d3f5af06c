"""Media: pictures and files into the library, with WordPress's sizes (media_handle_sideload)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from wirepress.content.changes import Changes
from wirepress.content.newsroom import View
from wirepress.content.publishing import create
from wirepress.content.site import Site
from wirepress.content.sizes import sizes_of
from wirepress.content.sniffing import PICTURES, checked
from wirepress.content.viewer import Viewer
from wirepress.model.errors import Invalid
from wirepress.model.post import Post
from wirepress.render.slugs import file_name
from wirepress.store import uploads

if TYPE_CHECKING:
    from wirepress.content.pictures import Rendition

MOST_BYTES = 64 * 1024 * 1024
_LONGEST_NAME = 180
_DERIVED = re.compile(r"-(?:\d+x\d+|scaled|rotated)$")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that was checked, with its sizes made: all that takes time, before anything is written."""

    name: str
    mime: str
    data: bytes
    width: int = 0
    height: int = 0
    facts: Mapping[str, Any] | None = None
    instead: Rendition | None = None
    renditions: tuple[Rendition, ...] = ()


def prepare(site: Site, data: bytes, name: str) -> Prepared:
    """Checks a file and makes its sizes; it needs no unit and should not keep one waiting.

    Raises Invalid for what is too big, of no allowed type or not what its name says.
    """
    if not data:
        raise Invalid("upload_no_data", "The file is empty.")
    if len(data) > MOST_BYTES:
        raise Invalid("upload_too_big", "The file is too big.")
    name = file_name(re.split(r"[/\\]", name)[-1])
    name, mime = checked(data, _short(name))
    if mime not in PICTURES:
        return Prepared(name, mime, data)
    from wirepress.content import pictures  # libvips is big: only who takes pictures in loads it

    picture = pictures.read(data, mime)
    return Prepared(
        name,
        mime,
        data,
        picture.width,
        picture.height,
        picture.facts,
        pictures.scaled(picture),
        tuple(pictures.renditions(picture, sizes_of(site))),
    )


def keep(
    view: View,
    viewer: Viewer,
    prepared: Prepared,
    changes: Changes | None = None,
    *,
    alt: str = "",
) -> Post:
    """Takes a prepared file into the library.

    Its title is made from its name when the changes give none; its files get their names with the commit.
    """
    changes = changes or Changes()
    path = _free_path(view, _folder(view, changes.parent or 0), prepared)
    folder, _, name = path.rpartition("/")
    stem, _, extension = name.rpartition(".")
    files = {path: prepared.data}
    main = path
    if prepared.instead is not None:
        main = f"{folder}/{stem}-{prepared.instead.name}.{extension}".lstrip("/")
        files[main] = prepared.instead.data
    for made in prepared.renditions:
        files[f"{folder}/{stem}-{made.width}x{made.height}.{extension}".lstrip("/")] = made.data
    meta: dict[str, Sequence[Any]] = {
        "_wp_attached_file": [main],
        "_wp_attachment_metadata": [_metadata(prepared, main, path)],
    }
    if alt:
        meta["_wp_attachment_image_alt"] = [alt]
    post = create(
        view,
        viewer,
        "attachment",
        replace(
            changes,
            title=stem if changes.title is None else changes.title,
            mime_type=prepared.mime,
            guid=changes.guid or f"/{view.site.upload_url(path).removeprefix(view.site.home).lstrip('/')}",
            meta={**(changes.meta or {}), **meta},
        ),
    )
    for place, data in files.items():
        uploads.note(view.unit, place, post.id, data)
        view.staged.put(place, data)
    return post


def sideload(
    view: View,
    viewer: Viewer,
    data: bytes,
    name: str,
    *,
    parent: int = 0,
    title: str | None = None,
    alt: str = "",
    caption: str = "",
    description: str = "",
    author: int | None = None,
    meta: Mapping[str, Sequence[Any]] | None = None,
) -> Post:
    """Takes a file into the library: `prepare` and `keep` in one."""
    changes = Changes(
        title=title,
        excerpt=caption or None,
        content=description or None,
        parent=parent or None,
        author=author,
        meta=meta,
    )
    return keep(view, viewer, prepare(view.site, data, name), changes, alt=alt)


def _short(name: str) -> str:
    """The name with room for what sizes append to it."""
    stem, dot, extension = name.rpartition(".")
    if len(name.encode()) <= _LONGEST_NAME or not dot:
        return name if dot else name[: _LONGEST_NAME // 4]
    room = _LONGEST_NAME - len(extension.encode()) - 1
    return stem.encode()[: max(1, room)].decode("utf-8", "ignore") + dot + extension


def _folder(view: View, parent: int) -> str:
    """`YYYY/MM` of the article that a file is for, else of now; "" where the site keeps all files in one folder."""
    if not view.site.flag("uploads_use_yearmonth_folders"):
        return ""
    date = view.stamps()[0]
    article = view.lookup.post(parent) if parent else None
    if article is not None and article.type != "page" and article.date[:4].strip("0"):
        date = article.date
    return f"{date[:4]}/{date[5:7]}"


def _free_path(view: View, folder: str, prepared: Prepared) -> str:
    """A path that neither a file nor a size of one has (wp_unique_filename)."""
    stem, _, extension = prepared.name.rpartition(".")
    stem, extension = stem or "file", extension.lower()
    siblings = _siblings(view, folder) if prepared.mime in PICTURES else frozenset()
    number = 1 if _DERIVED.search(stem) and prepared.mime in PICTURES else 0
    while True:
        name = f"{stem}-{number}" if number else stem
        path = f"{folder}/{name}.{extension}".lstrip("/")
        derived = re.compile(rf"{re.escape(name)}-(?:\d+x\d+|scaled|rotated)\.{re.escape(extension)}", re.IGNORECASE)
        clash = any(derived.fullmatch(other) for other in siblings) or f"{name}.{extension}".lower() in siblings
        if not clash and not view.staged.taken(path) and not uploads.known(view.unit, path):
            return path
        number += 1


def _siblings(view: View, folder: str) -> frozenset[str]:
    """The names in a folder, in lower case: file systems differ in what they take for the same name."""
    place = view.files.place(folder) if folder else view.files.root
    names: Iterable[str] = (entry.name for entry in place.iterdir()) if place.is_dir() else ()
    return frozenset(name.lower() for name in names)


def _metadata(prepared: Prepared, main: str, path: str) -> Mapping[str, Any]:
    """What WordPress keeps in `_wp_attachment_metadata`."""
    instead = prepared.instead
    if prepared.facts is None:
        return {"filesize": len(prepared.data)}
    name = path.rpartition("/")[2]
    stem, _, extension = name.rpartition(".")
    metadata: dict[str, Any] = {
        "width": instead.width if instead else prepared.width,
        "height": instead.height if instead else prepared.height,
        "file": main,
        "filesize": len(instead.data if instead else prepared.data),
        "sizes": {
            made.name: {
                "file": f"{stem}-{made.width}x{made.height}.{extension}",
                "width": made.width,
                "height": made.height,
                "mime-type": prepared.mime,
                "filesize": len(made.data),
            }
            for made in prepared.renditions
        },
        "image_meta": dict(prepared.facts),
    }
    if instead is not None:
        metadata["original_image"] = name
    return metadata
