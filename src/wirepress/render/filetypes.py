"""File types by extension: what may be uploaded, and which media type it has."""

import re
from collections.abc import Mapping

_DOCUMENT = "application/vnd.openxmlformats-officedocument"
_MACRO = "macroEnabled.12"

KNOWN_TYPES: Mapping[str, str] = {
    "jpg|jpeg|jpe": "image/jpeg", "gif": "image/gif", "png": "image/png", "bmp": "image/bmp",
    "tiff|tif": "image/tiff", "webp": "image/webp", "avif": "image/avif", "ico": "image/x-icon", "heic": "image/heic",
    "heif": "image/heif", "heics": "image/heic-sequence", "heifs": "image/heif-sequence", "asf|asx": "video/x-ms-asf",
    "wmv": "video/x-ms-wmv", "wmx": "video/x-ms-wmx", "wm": "video/x-ms-wm", "avi": "video/avi", "divx": "video/divx",
    "flv": "video/x-flv", "mov|qt": "video/quicktime", "mpeg|mpg|mpe": "video/mpeg", "mp4|m4v": "video/mp4",
    "ogv": "video/ogg", "webm": "video/webm", "mkv": "video/x-matroska", "3gp|3gpp": "video/3gpp",
    "3g2|3gp2": "video/3gpp2", "txt|asc|c|cc|h|srt": "text/plain", "csv": "text/csv",
    "tsv": "text/tab-separated-values", "ics": "text/calendar", "rtx": "text/richtext", "css": "text/css",
    "htm|html": "text/html", "vtt": "text/vtt", "dfxp": "application/ttaf+xml", "mp3|m4a|m4b": "audio/mpeg",
    "aac": "audio/aac", "ra|ram": "audio/x-realaudio", "wav|x-wav": "audio/wav", "ogg|oga": "audio/ogg",
    "flac": "audio/flac", "mid|midi": "audio/midi", "wma": "audio/x-ms-wma", "wax": "audio/x-ms-wax",
    "mka": "audio/x-matroska", "rtf": "application/rtf", "js": "application/javascript", "pdf": "application/pdf",
    "swf": "application/x-shockwave-flash", "class": "application/java", "tar": "application/x-tar",
    "zip": "application/zip", "gz|gzip": "application/x-gzip", "rar": "application/rar",
    "7z": "application/x-7z-compressed", "exe": "application/x-msdownload", "psd": "application/octet-stream",
    "xcf": "application/octet-stream", "doc": "application/msword", "pot|pps|ppt": "application/vnd.ms-powerpoint",
    "wri": "application/vnd.ms-write", "xla|xls|xlt|xlw": "application/vnd.ms-excel",
    "mdb": "application/vnd.ms-access", "mpp": "application/vnd.ms-project",
    "docx": f"{_DOCUMENT}.wordprocessingml.document", "docm": f"application/vnd.ms-word.document.{_MACRO}",
    "dotx": f"{_DOCUMENT}.wordprocessingml.template", "dotm": f"application/vnd.ms-word.template.{_MACRO}",
    "xlsx": f"{_DOCUMENT}.spreadsheetml.sheet", "xlsm": f"application/vnd.ms-excel.sheet.{_MACRO}",
    "xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12", "xltx": f"{_DOCUMENT}.spreadsheetml.template",
    "xltm": f"application/vnd.ms-excel.template.{_MACRO}", "xlam": f"application/vnd.ms-excel.addin.{_MACRO}",
    "pptx": f"{_DOCUMENT}.presentationml.presentation",
    "pptm": f"application/vnd.ms-powerpoint.presentation.{_MACRO}", "ppsx": f"{_DOCUMENT}.presentationml.slideshow",
    "ppsm": f"application/vnd.ms-powerpoint.slideshow.{_MACRO}", "potx": f"{_DOCUMENT}.presentationml.template",
    "potm": f"application/vnd.ms-powerpoint.template.{_MACRO}",
    "ppam": f"application/vnd.ms-powerpoint.addin.{_MACRO}", "sldx": f"{_DOCUMENT}.presentationml.slide",
    "sldm": f"application/vnd.ms-powerpoint.slide.{_MACRO}", "onetoc|onetoc2|onetmp|onepkg": "application/onenote",
    "oxps": "application/oxps", "xps": "application/vnd.ms-xpsdocument",
    "odt": "application/vnd.oasis.opendocument.text", "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet", "odg": "application/vnd.oasis.opendocument.graphics",
    "odc": "application/vnd.oasis.opendocument.chart", "odb": "application/vnd.oasis.opendocument.database",
    "odf": "application/vnd.oasis.opendocument.formula", "wp|wpd": "application/wordperfect",
    "key": "application/vnd.apple.keynote", "numbers": "application/vnd.apple.numbers",
    "pages": "application/vnd.apple.pages",
}  # fmt: skip
"""Every known type by its extensions (`wp_get_mime_types`)."""

_UNSAFE = ("swf", "exe", "htm|html", "js")

ALLOWED_TYPES: Mapping[str, str] = {
    extensions: media_type for extensions, media_type in KNOWN_TYPES.items() if extensions not in _UNSAFE
}
"""What may be uploaded by users who may not upload anything (`get_allowed_mime_types` without unfiltered HTML)."""

_EXTENSION = re.compile(r"\.([^.]*)\n?\Z")


def extension_is_allowed(extension: str, types: Mapping[str, str] = ALLOWED_TYPES) -> bool:
    """Whether the extension, in any case, is one of the types'."""
    folded = extension.rstrip("\n").lower()
    return any(folded in extensions.split("|") for extensions in types)


def known_extension(text: str) -> bool:
    """Whether a whole name is nothing but an extension."""
    return bool(text) and extension_is_allowed(text, KNOWN_TYPES)


def file_type(name: str, types: Mapping[str, str] = ALLOWED_TYPES) -> tuple[str, str] | None:
    """The extension as written and the media type of a file name (`wp_check_filetype`), None if it is not allowed."""
    found = _EXTENSION.search(name)
    if not found:
        return None
    folded = found[1].lower()
    for extensions, media_type in types.items():
        if folded in extensions.split("|"):
            return found[1], media_type
    return None
