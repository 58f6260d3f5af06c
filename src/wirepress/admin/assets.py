"""The files of the administration: styles, scripts and the block editor, under addresses that name their contents.

What an address gives never changes, so that browsers keep it for good.  Files are read when they are asked for: a
process that serves only readers holds none of them.
"""

from __future__ import annotations

import hashlib
import json
import mimetypes
import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from wirepress.model.web import Request, Response
from wirepress.web.encodings import takes
from wirepress.web.headers import Kind, guards

FOLDER = "static/"
"""Where the files are, below `/wp-admin/`."""
FOREVER = "public, max-age=31536000, immutable"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)+")
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))


@cache
def root() -> Path:
    return Path(str(resources.files("wirepress.admin") / "static"))


@cache
def address(name: str) -> str:
    """The address of a file of ours below `/wp-admin/`, with a mark of its contents."""
    digest = hashlib.sha256((root() / name).read_bytes()).hexdigest()[:12]
    return f"{FOLDER}{digest}/{name}"


@cache
def editor() -> dict[str, Any]:
    """The manifest of the block editor: its files by what they are."""
    found: dict[str, Any] = json.loads((root() / "editor" / "manifest.json").read_text("utf-8"))
    return found


def answer(request: Request, path: str) -> Response:
    """A file; `path` is what stands behind `/wp-admin/static/`."""
    if request.method not in ("GET", "HEAD"):
        return Response(405, [("content-type", "text/plain"), ("allow", "GET, HEAD")])
    file = _file(path)
    if file is None:
        return Response(404, [("content-type", "text/plain"), ("cache-control", "no-store")], b"Not found\n")
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    headers = [
        ("content-type", f"{kind}; charset=utf-8" if kind.startswith("text/") or "javascript" in kind else kind),
        ("cache-control", FOREVER),
        *guards(Kind.STATIC),
        ("vary", "Accept-Encoding"),
    ]
    accepted = request.headers.get("accept-encoding", "")
    for encoding, ending in _ENCODINGS:
        packed = file.with_name(file.name + ending)
        if takes(accepted, encoding) and packed.is_file():
            return Response(200, [*headers, ("content-encoding", encoding)], packed.read_bytes())
    return Response(200, headers, file.read_bytes())


def _file(path: str) -> Path | None:
    """The file of a path, None where there is none: `editor/<name>`, or `<digest>/<name>` of a file of ours.

    A name is one word: nothing that an address can hold leads out of the two folders.
    """
    folder, _, name = path.partition("/")
    if not _NAME.fullmatch(name):
        return None
    if folder == "editor":
        file = root() / "editor" / name
    else:
        file = root() / name
        if not file.is_file() or address(name) != FOLDER + path:
            return None
    return file if file.is_file() else None
