"""The files of the site's own: the style, joined of its parts, and the icon."""

from __future__ import annotations

import hashlib
import mimetypes
import re
from functools import cache
from importlib import resources

from wirepress.content.themes.styles import SETTINGS
from wirepress.model.web import Response
from wirepress.site.blocks import presets
from wirepress.web.headers import Kind, guards

FOLDER = "/-/static/"
STYLES = ("base.css", "lists.css", "article.css", "blocks.css", "widgets.css", "comments.css")
"""The parts of the style, in the order in which one stands over another; the presets of blocks stand over them."""
FOREVER = "public, max-age=31536000, immutable"
AN_HOUR = "public, max-age=3600"
_STYLESHEET = re.compile(r"site(\.[0-9a-f]+)?\.css")


@cache
def statics() -> dict[str, tuple[str, bytes]]:
    """The files by name, with their media types; the parts of the style are none of their own."""
    folder = resources.files("wirepress.site") / "static"
    found = {
        file.name: (mimetypes.guess_type(file.name)[0] or "application/octet-stream", file.read_bytes())
        for file in folder.iterdir()
        if file.is_file() and file.name not in STYLES
    }
    parts = [*((folder / name).read_bytes() for name in STYLES), presets.stylesheet(SETTINGS).encode()]
    return found | {"site.css": ("text/css", b"\n".join(parts))}


@cache
def stylesheet() -> str:
    """The address of the style: another whenever it changes, so that whoever has it need never ask again."""
    digest = hashlib.blake2b(statics()["site.css"][1], digest_size=6).hexdigest()
    return f"{FOLDER}site.{digest}.css"


def asset(path: str) -> Response:
    """The answer to the address of a file.

    The style answers under each name that it ever had: a page that was kept somewhere is shown with the style of today.
    """
    name = path.removeprefix(FOLDER)
    found = statics().get("site.css" if _STYLESHEET.fullmatch(name) else name)
    if found is None:
        return Response(404, [("content-type", "text/plain")], b"Not found\n")
    lasting = FOREVER if path == stylesheet() else AN_HOUR
    headers = [("content-type", found[0]), *guards(Kind.STATIC), ("cache-control", lasting)]
    return Response(200, headers, found[1], keepable=True)
