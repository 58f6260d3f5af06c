"""Media: pictures and files into the library, with WordPress's sizes (media_handle_sideload)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from wirepress.content.identity.viewer import Viewer
from wirepress.content.media import sounds
from wirepress.content.media.sizes import Step, sizes_of
from wirepress.content.media.sniffing import HEAD, PICTURES, checked
from wirepress.content.newsroom import View
from wirepress.content.options import table
from wirepress.content.posts import trash
from wirepress.content.posts.changes import Changes
from wirepress.content.posts.publishing import create, existing
from wirepress.content.rendering import refresh
from wirepress.content.site import Site
from wirepress.model.blob import Blob
from wirepress.model.errors import Invalid
from wirepress.model.post import Post
from wirepress.render.slugs import file_name
from wirepress.store import posts as store
from wirepress.store import takedowns, uploads
from wirepress.store.files import Files
from wirepress.store.staged import Part, release, write_parts

if TYPE_CHECKING:
    from wirepress.content.media.pictures import Rendition

ALT = "_wp_attachment_image_alt"
MOST_BYTES = 64 * 1024 * 1024
_LONGEST_NAME = 180
_EDITED = re.compile(r"-edited(?:-\d+)?$")
_DERIVED = re.compile(r"-(?:\d+x\d+|scaled|rotated)$")
_ONE_BY_ONE = 16
"""So many numbers behind a name are tried one after another."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that was checked, with its sizes made: all that takes time, before anything is written."""

    name: str
    mime: str
    data: Blob
    width: int = 0
    height: int = 0
    facts: Mapping[str, Any] | None = None
    instead: Rendition | None = None
    renditions: tuple[Rendition, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()

    @property
    def size(self) -> int:
        return self.data.size

    def contents(self) -> list[bytes | Blob]:
        """The octets of all its files: as it came, as it stands in the place of that, and its sizes."""
        made = (self.instead, *self.renditions)
        return [self.data, *(one.data for one in made if one is not None)]

    @property
    def is_broken(self) -> bool:
        """Whether it is a picture of which nothing can be shown."""
        return self.mime in PICTURES and not (self.width and self.height)

    def noted(self, name: str) -> str:
        """What the camera or people noted in a picture under this name (`title`, `caption`, `alt`)."""
        return str((self.facts or {}).get(name) or "").strip()

    def release(self) -> None:
        """Removes what was written of it and not kept."""
        release(self.parts)


def prepare(site: Site, sent: bytes | Blob, name: str, *, strict: bool = False, sizes: bool = True) -> Prepared:
    """Checks a file and makes its sizes; it needs no unit and should not keep one waiting.

    Raises Invalid for what is too big, of no allowed type or not what its name says; `strict` as in
    `sniffing.checked`: what people upload is kept without sizes when it cannot be decoded, as WordPress keeps it, and
    refused where nobody looks at it.  Without `sizes` a picture is kept as it came: whoever sends it makes them.
    """
    data = Blob.of(sent)
    if not data:
        raise Invalid("upload_no_data", "The file is empty.")
    if data.size > MOST_BYTES:
        raise Invalid("upload_too_big", "The file is too big.")
    name = file_name(re.split(r"[/\\]", name)[-1], locale=site.locale)
    name, mime = checked(data.read(HEAD), _short(name), strict=strict)
    if mime not in PICTURES:
        return Prepared(name, mime, data, more=sounds.facts(data, mime))
    from wirepress.content.media import pictures

    known = Prepared(name, mime, data)
    try:
        picture = pictures.read(data, mime)
        if not sizes:
            return replace(known, width=picture.stored[0], height=picture.stored[1], facts=picture.facts)
        known = replace(known, width=picture.width, height=picture.height, facts=picture.facts)
        instead = pictures.scaled(picture)
        return replace(known, instead=instead, renditions=tuple(pictures.renditions(picture, sizes_of(site))))
    except Invalid as error:
        if not strict or error.code != "upload_image_unreadable":
            raise
        return known


def written(files: Files, prepared: Prepared) -> Prepared:
    """The prepared file with its bytes on the disk: a write that keeps it waits no more for that.  Whoever does not
    keep it releases it."""
    return replace(prepared, parts=write_parts(files, prepared.contents()))


def keep(
    view: View,
    viewer: Viewer,
    prepared: Prepared,
    changes: Changes | None = None,
    *,
    alt: str = "",
    dated_as: int | None = None,
) -> Post:
    """Takes a prepared file into the library.

    Its title is made from its name when the changes give none; its files get their names with the commit.
    `dated_as` is the post whose date names the folder (0: now), unless it is the one that the file is for.
    """
    changes = changes or Changes()
    if dated_as is None:
        dated_as = changes.parent or 0
    path = free_path(view, _folder(view, dated_as), prepared)
    stem = path.rpartition("/")[2].rpartition(".")[0]
    places = _places(path, prepared)
    main = places[1 if prepared.instead is not None else 0]
    meta: dict[str, Sequence[Any]] = {
        "_wp_attached_file": [main],
        "_wp_attachment_metadata": [_metadata(prepared, main, path)],
    }
    if alt:
        meta[ALT] = [alt]
    if changes.title is None:
        changes = replace(changes, title=stem)
    guid = changes.guid or view.site.upload_url(path).removeprefix(view.site.home)
    changes = replace(changes, mime_type=prepared.mime, guid=guid, meta={**(changes.meta or {}), **meta})
    post = create(view, viewer, "attachment", changes)
    place(view, post.id, prepared, places)
    return post


def place(view: View, post_id: int, prepared: Prepared, places: Sequence[str]) -> None:
    """Puts the files of an upload to their places; where two sizes have one, the last of them is kept."""
    contents = dict(zip(places, prepared.contents(), strict=True))
    parts = dict(zip(places, prepared.parts, strict=False))  # none of a file that nobody has written yet
    for place, data in contents.items():
        if (part := parts.get(place)) is not None:
            uploads.note_known(view.unit, place, post_id, part.size, part.sha256)
            view.staged.adopt(place, part)
        else:
            octets = Blob.of(data).read()
            uploads.note(view.unit, place, post_id, octets)
            view.staged.put(place, octets)


def delete(view: View, post_id: int) -> None:
    """Removes an attachment for good; its files go with the commit (wp_delete_attachment)."""
    paths = uploads.of_post(view.unit, post_id)
    trash.delete(view, post_id)
    for path in paths:
        view.staged.remove(path)


def describe(view: View, post_id: int, meta: Mapping[str, Sequence[Any]]) -> Post:
    """Puts meta beside what an attachment has, as WordPress does apart from the post: its dates stay.  An empty
    sequence removes a key."""
    post = existing(view, post_id)
    kept = {key: values for key, values in {**post.meta, **meta}.items() if values}
    if store.update(view.unit, post_id, meta=kept):
        refresh(view, (post_id,))
    return existing(view, post_id)


# ---- sizes that are yet to be made, and edited copies


def original_path(post: Post) -> str:
    """The path of a picture's file as it was uploaded (wp_get_original_image_path)."""
    path = str(post.first_meta("_wp_attached_file"))
    original = metadata_of(post).get("original_image")
    if original:
        return beside(path, original)
    return path


def metadata_of(post: Post) -> Mapping[str, Any]:
    """What is known of an attachment's file (_wp_attachment_metadata)."""
    return table(post.first_meta("_wp_attachment_metadata", {}))


def prepare_missing(view: View, post: Post) -> tuple[Rendition, ...]:
    """Makes the sizes that a picture should have and has not (wp_get_missing_image_subsizes); none of what cannot be
    decoded."""
    made = table(metadata_of(post).get("sizes"))
    wanted = [size for size in sizes_of(view.site) if size.name not in made]
    path = original_path(post)
    if post.mime_type not in PICTURES or not wanted or not view.files.exists(path):
        return ()
    from wirepress.content.media import pictures

    try:
        picture = pictures.read(Blob(view.files.read(path)), post.mime_type)
        return tuple(pictures.renditions(picture, wanted))
    except Invalid:
        return ()


def keep_missing(view: View, post_id: int, made: Sequence[Rendition]) -> Post:
    """Keeps sizes that were made later than their picture."""
    post = existing(view, post_id)
    metadata, original = metadata_of(post), original_path(post)
    sizes = dict(table(metadata.get("sizes")))
    stem, _, extension = original.rpartition("/")[2].rpartition(".")
    for one in made:
        if one.name in sizes:
            continue
        size = _size(one, stem, extension, post.mime_type)
        path = beside(original, size["file"])
        if not uploads.known(view.unit, path):
            uploads.note(view.unit, path, post_id, one.data)
            view.staged.put(path, one.data)
        sizes[one.name] = size
    return describe(view, post_id, {"_wp_attachment_metadata": [{**metadata, "sizes": sizes}]})


def prepare_edited(view: View, post: Post, steps: Sequence[Step]) -> Prepared:
    """An edited copy of a picture with its sizes, named after it (WP_REST_Attachments_Controller::edit_media_item)."""
    from wirepress.content.media import pictures

    path = original_path(post)
    name = path.rpartition("/")[2]
    stem, _, extension = name.rpartition(".")
    stem = _EDITED.sub("", stem) + "-edited"
    data = pictures.edited(pictures.read(Blob(view.files.read(path)), post.mime_type), steps)
    made = prepare(view.site, data, f"{stem}.{extension}")
    facts = {**(made.facts or {})}
    for key, value in table(metadata_of(post).get("image_meta")).items():
        if value and facts.get(key) in ("", "0", 0, [], None):
            facts[key] = value
    if facts.get("orientation") not in (None, "", "0", 0):
        facts["orientation"] = 1  # it stands as it should now
    return replace(made, facts=facts, more={"parent_image": {"attachment_id": str(post.id), "file": path}})


def keep_copy(
    view: View,
    viewer: Viewer,
    original: Post,
    prepared: Prepared,
    changes: Changes | None = None,
    alt: str | None = None,
) -> Post:
    """Takes an edited copy into the library, with its original's words where it is given none of its own."""
    changes = changes or Changes()
    changes = replace(
        changes,
        title=changes.title or original.title or None,
        excerpt=original.excerpt if changes.excerpt is None else changes.excerpt,
        content=original.content if changes.content is None else changes.content,
    )
    noted = str(original.first_meta(ALT)) if alt is None else alt
    return keep(view, viewer, prepared, changes, alt=noted, dated_as=0)


def _size(made: Rendition, stem: str, extension: str, mime: str) -> Mapping[str, Any]:
    """What is noted of one size."""
    return {
        "file": _size_name(made, stem, extension),
        "width": made.width,
        "height": made.height,
        "mime-type": mime,
        "filesize": made.size,
    }


def file_name_of(post: Post) -> str:
    """The name of a file as it was uploaded."""
    return original_path(post).rpartition("/")[2]


def folder_of(path: str) -> str:
    """The folder that a file lies in, "" for the uploads folder itself."""
    return path.rpartition("/")[0]


def beside(path: str, name: object) -> str:
    """The path of a file in the folder of another."""
    return f"{folder_of(path)}/{name}".lstrip("/")


def _size_name(made: Rendition, stem: str, extension: str) -> str:
    return f"{stem}-{made.width}x{made.height}.{extension}"


def _short(name: str) -> str:
    """The name with room for what sizes append to it."""
    stem, dot, extension = name.rpartition(".")
    if not dot:
        return name[: _LONGEST_NAME // 4]
    if len(name.encode()) <= _LONGEST_NAME:
        return name
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


def free_path(view: View, folder: str, prepared: Prepared) -> str:
    """A path that neither a file nor a size of one has (wp_unique_filename).

    A name that very many have already gets a free number, though not surely the lowest.
    """
    stem, _, extension = prepared.name.rpartition(".")
    stem, extension = stem or "file", extension.lower()

    def numbered(number: int) -> str:
        return f"{folder}/{f'{stem}-{number}' if number else stem}.{extension}".lstrip("/")

    is_picture = prepared.mime in PICTURES
    begin = int(is_picture and _DERIVED.search(stem) is not None)
    return numbered(first_free(lambda number: _is_taken(view, numbered(number), prepared), begin))


def first_free(is_taken: Callable[[int], bool], begin: int) -> int:
    """A number from `begin` on that is not taken, but the one before it is: the lowest where it is among the first,
    else found in steps that double and halve, so that ten thousand namesakes cost no ten thousand questions."""
    for number in range(begin, begin + _ONE_BY_ONE):
        if not is_taken(number):
            return number
    low, step = begin + _ONE_BY_ONE - 1, _ONE_BY_ONE
    while is_taken(low + step):
        low, step = low + step, 2 * step
    free = low + step
    while free - low > 1:
        middle = (low + free) // 2
        if is_taken(middle):
            low = middle
        else:
            free = middle
    return free


def _is_taken(view: View, path: str, prepared: Prepared) -> bool:
    """Whether a file would get the name of another, or one of its sizes would, or it would get that of a size."""
    asked = uploads.known_alike if prepared.mime in PICTURES else uploads.known
    if asked(view.unit, path) or takedowns.keeps_file(view.unit, path):
        return True
    return any(map(view.staged.taken, _places(path, prepared)))  # files that no row knows may lie there


def _places(path: str, prepared: Prepared) -> list[str]:
    """The paths of all files of a picture that is kept under a path, in the order of `Prepared.contents`."""
    stem, _, extension = path.rpartition("/")[2].rpartition(".")
    places = [path]
    if prepared.instead is not None:
        places.append(beside(path, f"{stem}-{prepared.instead.name}.{extension}"))
    return places + [beside(path, _size_name(made, stem, extension)) for made in prepared.renditions]


def _metadata(prepared: Prepared, main: str, path: str) -> Mapping[str, Any]:
    """What WordPress keeps in `_wp_attachment_metadata`."""
    if prepared.facts is None:
        return {**prepared.more} or {"filesize": prepared.size}
    shown = prepared.instead or prepared
    name = path.rpartition("/")[2]
    stem, _, extension = name.rpartition(".")
    metadata: dict[str, Any] = {
        "width": shown.width,
        "height": shown.height,
        "file": main,
        "filesize": shown.size,
        "sizes": {made.name: _size(made, stem, extension, prepared.mime) for made in prepared.renditions},
        "image_meta": dict(prepared.facts),
    }
    if prepared.instead is not None:
        metadata["original_image"] = name
    return {**metadata, **prepared.more}
