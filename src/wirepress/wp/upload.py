"""The file that comes with a request: as the raw body, or as a part of a form, read as WordPress reads it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from wirepress.model.blob import Blob
from wirepress.model.web import Request
from wirepress.web.forms import form_of
from wirepress.wp.errors import WireError
from wirepress.wp.params import content_type

FORM = "multipart/form-data"


@dataclass(slots=True)
class Sent:
    """A file as it was sent: its name (without folders), the type that the sender gives it, and its bytes.  `form`:
    it came as a part of a form."""

    name: str
    kind: str
    data: Blob
    form: bool = False


def basename(name: str) -> str:
    """A file's name without the folders that a sender may put before it."""
    return name.replace("\\", "/").rpartition("/")[2]


def sent_file(request: Request) -> Sent:
    """The file that a request brings.  Raises WordPress's errors where it brings none (upload_from_file,
    upload_from_data)."""
    kind = content_type(request)
    if kind == FORM:
        form = form_of(request)
        if form is None or not form.files:
            raise _no_data()
        part = next((part for part in form.files if part.field == "file"), None)
        if part is None:
            raise refused("There is no file of the name `file`.", form=True)
        _check_hash(request, part.data)
        return Sent(basename(part.name), part.type.partition(";")[0].strip().lower(), part.data, form=True)
    if not request.body:
        raise _no_data()
    if not request.headers.get("content-type"):
        raise WireError("rest_upload_no_content_type", "The file's Content-Type is not given.", 400)
    disposition = request.headers.get("content-disposition")
    if not disposition:
        raise WireError("rest_upload_no_content_disposition", "The file's Content-Disposition is not given.", 400)
    name = filename_of(disposition)
    if not name:
        message = 'Content-Disposition has to give a name: attachment; filename="image.png".'
        raise WireError("rest_upload_invalid_disposition", message, 400)
    _check_hash(request, request.body)
    return Sent(basename(name), kind, request.body)


def filename_of(disposition: str) -> str:
    """The name that a Content-Disposition gives (get_filename_from_disposition); "" where it gives none.

    The extended form (`filename*`) is not read.
    """
    options: dict[str, str] = {}
    for part in disposition.split(";")[1:]:
        key, equals, value = part.partition("=")
        if equals:
            options[key.strip()] = value.strip()
    name = options.get("filename", "")
    if len(name) > 1 and name.startswith('"') and name.endswith('"'):
        name = name[1:-1]
    try:
        return name.encode("latin-1").decode("utf-8")  # as the octets were sent
    except UnicodeError:
        return name


def refused(message: str, *, form: bool) -> WireError:
    """The error of a file that is not taken."""
    return WireError("rest_upload_unknown_error" if form else "rest_upload_sideload_error", message, 500)


def _no_data() -> WireError:
    return WireError("rest_upload_no_data", "No file came with the request.", 400)


def _check_hash(request: Request, data: Blob) -> None:
    """Content-MD5, in hexadecimal as WordPress takes it."""
    expected = request.headers.get("content-md5", "").partition(",")[0].strip()
    if not expected:
        return
    digest = hashlib.md5(usedforsecurity=False)
    for piece in data.pieces():
        digest.update(piece)
    if expected != digest.hexdigest():
        raise WireError("rest_upload_hash_mismatch", "The file is not what its hash says.", 412)
