"""Files of the library as screens show them: their pictures, kinds, sizes and addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wirepress.admin.plain import as_typed
from wirepress.admin.visit import Visit
from wirepress.content.media import library
from wirepress.content.media.sniffing import EDITABLE
from wirepress.model.errors import Invalid
from wirepress.model.post import Post
from wirepress.url.parse import is_address

_SMALL = ("medium", "thumbnail", "medium_large", "large")
_LARGE = ("large", "1536x1536", "medium_large", "2048x2048", "medium")
_SHOWN = ("image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/bmp", "image/x-icon",
          "image/svg+xml")  # fmt: skip
"""Pictures that browsers show."""
_STEPS = ("%(number)s B", "%(number)s KB", "%(number)s MB", "%(number)s GB")
_TURNING = dict.fromkeys((0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd")
_ARCHIVES = ("zip", "gzip", "tar", "rar", "7z")


@dataclass(frozen=True, slots=True)
class Picture:
    """An address of a picture with its measures, 0 where they are not known."""

    src: str
    width: int = 0
    height: int = 0


def title_of(visit: Visit, post: Post) -> str:
    """The title of a file, or its name where it has none."""
    return as_typed(post.title).strip() or name_of(post) or visit.say("(no title)")


def name_of(post: Post) -> str:
    """The name of a file as it was uploaded, with a sign in the place of each character that would turn what is read
    of it: WordPress keeps these, and a program could look like a picture by them."""
    return library.file_name_of(post).translate(_TURNING)


def kind_of(post: Post) -> str:
    """What a file is: image, audio, video, archive or document."""
    kind = post.mime_type.partition("/")[0]
    if kind in ("image", "audio", "video"):
        return kind
    if any(word in post.mime_type for word in _ARCHIVES):
        return "archive"
    return "document"


def kind_name(visit: Visit, post: Post) -> str:
    """The kind in a word."""
    names = {
        "image": visit.say("Picture"),
        "audio": visit.say("Sound"),
        "video": visit.say("Video"),
        "archive": visit.say("Archive"),
    }
    return names.get(kind_of(post), visit.say("Document"))


def address_of(visit: Visit, post: Post) -> str:
    """The address of the file itself."""
    path = str(post.first_meta("_wp_attached_file"))
    if path:
        return visit.site.upload_url(path)
    guid = visit.site.guid(post)
    return guid if is_address(guid) else ""


def small(visit: Visit, post: Post) -> Picture | None:
    """A small picture of a file for lists, None where browsers show none."""
    return _picture(visit, post, _SMALL)


def large(visit: Visit, post: Post) -> Picture | None:
    """A large picture of a file, but not a larger one than screens are."""
    return _picture(visit, post, _LARGE)


def _picture(visit: Visit, post: Post, names: tuple[str, ...]) -> Picture | None:
    """The first of these sizes that there is, else the file itself."""
    if kind_of(post) != "image" and post.mime_type != "application/pdf":
        return None
    address = address_of(visit, post)
    known = library.metadata_of(post)
    sizes = known.get("sizes")
    for name in names:
        size = sizes.get(name) if isinstance(sizes, Mapping) else None
        if isinstance(size, Mapping) and size.get("file"):
            src = f"{address.rpartition('/')[0]}/{size['file']}"
            return Picture(src, number_of(size.get("width")), number_of(size.get("height")))
    if post.mime_type not in _SHOWN:
        return None
    return Picture(address, number_of(known.get("width")), number_of(known.get("height")))


def number_of(value: Any) -> int:
    """A measure as it is kept: a number, or a text that is one."""
    text = str(value)
    if text.isascii() and text.isdigit() and len(text) < 16:
        return int(text)
    return 0


def editable(post: Post) -> bool:
    """Whether a picture can be cropped, turned and flipped."""
    return post.mime_type in EDITABLE and bool(library.original_path(post))


def missing(visit: Visit, post: Post) -> bool:
    """Whether the file should lie on this server and does not; files of another address are not looked for."""
    path = str(post.first_meta("_wp_attached_file"))
    if not path or visit.site.option("upload_url_path"):
        return False
    try:
        return not visit.view.files.exists(path)
    except Invalid:
        return True


def measures(post: Post) -> str:
    """Width and height in pixels, "" where they are not known."""
    known = library.metadata_of(post)
    width, height = number_of(known.get("width")), number_of(known.get("height"))
    return f"{width} × {height}" if width and height else ""


def length_of(post: Post) -> str:
    """How long a sound or a film is, "" where that is not known."""
    return str(library.metadata_of(post).get("length_formatted") or "")


def weight(visit: Visit, post: Post) -> str:
    """The size of the file in words, "" where it is not known."""
    size = number_of(library.metadata_of(post).get("filesize"))
    return octets(visit, size) if size else ""


def octets(visit: Visit, size: int) -> str:
    """A number of bytes in words (size_format)."""
    value, step = float(size), 0
    while value >= 1024 and step < len(_STEPS) - 1:
        value, step = value / 1024, step + 1
    shown = f"{value:.1f}".removesuffix(".0") if step and value < 10 else f"{value:.0f}"
    return visit.say(_STEPS[step], number=shown)
