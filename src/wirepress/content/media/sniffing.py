"""What a file is, by its first bytes; its name is only believed where the bytes do not speak against it."""

from __future__ import annotations

import re

from wirepress.model.errors import Invalid
from wirepress.render.filetypes import ALLOWED_TYPES, file_type

_MAGIC = {
    b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"GIF87a": "image/gif", b"GIF89a": "image/gif",
    b"BM": "image/bmp", b"II*\0": "image/tiff", b"MM\0*": "image/tiff", b"\0\0\1\0": "image/x-icon",
    b"%PDF-": "application/pdf", b"ID3": "audio/mpeg", b"\xff\xfb": "audio/mpeg", b"OggS": "audio/ogg",
    b"fLaC": "audio/flac", b"\x1a\x45\xdf\xa3": "video/webm", b"PK\3\4": "application/zip",
    b"\x1f\x8b": "application/x-gzip", b"Rar!": "application/rar",
    b"7z\xbc\xaf\x27\x1c": "application/x-7z-compressed", b"MZ": "application/x-msdownload",
    b"\x7fELF": "application/x-executable",
}  # fmt: skip
_BRANDS = {
    b"avif": "image/avif", b"avis": "image/avif", b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heif",
    b"qt  ": "video/quicktime", b"M4A ": "audio/mpeg",
}  # fmt: skip
HEAD = 4096
"""How many octets of a file are looked at."""
_ACTIVE = re.compile(
    rb"<(?:\?php|\?=|!doctype\s+html|html|head|body|script|svg|\?xml|iframe|object|embed)", re.IGNORECASE
)
_PROGRAMS = ("application/x-msdownload", "application/x-executable")
_TEXTUAL = ("text/", "application/ttaf+xml", "application/rtf")
_PLAIN = ("text/plain", "text/csv", "application/csv", "text/richtext", "text/tsv", "text/vtt")
"""What plain text may be named as; styles and tables parted by tabs are not among it."""
_CONTROLS = bytes(number for number in range(32) if number not in b"\t\n\r\f\x1b")
EXTENSIONS = {
    "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp", "image/avif": "avif",
    "image/bmp": "bmp", "image/tiff": "tif",
}  # fmt: skip
PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp", "image/avif")
"""What sizes are made of."""
EDITABLE = ("image/jpeg", "image/png", "image/webp", "image/avif")
"""What can be cropped, turned and flipped."""


def sniff(data: bytes) -> str:
    """The media type that the bytes show, "" when they show none."""
    head = data[:32]
    if head[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/avi"}.get(head[8:12], "")
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    return next((mime for magic, mime in _MAGIC.items() if head.startswith(magic)), "")


def checked(data: bytes, name: str, *, strict: bool = False) -> tuple[str, str]:
    """The name and the media type that a file may be kept under (wp_check_filetype_and_ext); `data` are its first
    octets (`HEAD`).

    A picture with another picture's extension gets its own; everything else must be what its name says.  Markup that a
    browser would run (SVG, HTML) is refused under any name.  `strict` is WordPress's rule for what people upload: a
    picture needs a picture's name, and no text is taken for anything else.  Raises Invalid for what is refused.
    """
    found = sniff(data)
    named = file_type(name, ALLOWED_TYPES)
    mime = named[1] if named is not None else ""
    refused = Invalid("upload_type_refused", "This type of file is not allowed.")
    if strict and (not mime or _contradicts(data, found, mime)):
        raise refused
    if found in EXTENSIONS:
        return _picture_name(name, found), found
    if not mime or not _may_be(data[:HEAD], found, mime):
        raise refused
    return name, mime


def _may_be(head: bytes, found: str, mime: str) -> bool:
    """Whether a file that is no picture may be kept as what its name says: no program, and no markup that a browser
    would run."""
    if mime.startswith("image/"):
        return found == mime
    if mime.startswith(_TEXTUAL):
        return not (found or b"\0" in head or _ACTIVE.search(head))
    return found not in _PROGRAMS and not _ACTIVE.match(head.lstrip())


def _contradicts(data: bytes, found: str, mime: str) -> bool:
    """Whether the bytes speak against the type that a name has."""
    major = mime.partition("/")[0]
    if major == "image":
        return not found.startswith("image/")
    if not found and _is_text(data):
        return mime not in _words(data)
    if not found or found == "application/zip":  # what many formats are inside
        return major not in ("application", "video", "audio")
    if found == "audio/ogg":
        return major not in ("video", "audio")
    if found.startswith(("video/", "audio/")):
        return found.partition("/")[0] != major
    return found != mime


def _is_text(data: bytes) -> bool:
    """Whether the bytes are text, in whatever encoding."""
    head = data[:HEAD]
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or head.translate(None, _CONTROLS) == head


def _words(data: bytes) -> tuple[str, ...]:
    """The types that a text may be of."""
    if data.startswith(b"{\\rtf"):
        return ("text/rtf", "text/plain", "application/rtf")
    if data.startswith(b"BEGIN:VCALENDAR"):
        return ("text/calendar",)
    return _PLAIN


def _picture_name(name: str, mime: str) -> str:
    named = file_type(name, ALLOWED_TYPES)
    if named is not None and named[1] == mime:
        return name
    stem = name.rsplit(".", 1)[0]
    return f"{stem or 'image'}.{EXTENSIONS[mime]}"
