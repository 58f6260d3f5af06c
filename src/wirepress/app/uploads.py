"""Uploaded files as WordPress addresses them, served from the folder."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from starlette.staticfiles import StaticFiles
from starlette.types import Message, Scope

from wirepress.content.site import Site
from wirepress.site.blocks.files import origins
from wirepress.web.headers import THIS_SITE, Headers, Kind, encoded, guards, is_pdf, kind_of_upload

PREFIX = b"/wp-content/uploads/"

for _ending in ("otf", "ttf", "woff", "woff2"):  # not every system's list of types knows them
    mimetypes.add_type(f"font/{_ending}", f".{_ending}")


class Uploads:
    """Serves files below a site's uploads folder (ETag, 304 and ranges by Starlette); hidden files are not there."""

    def __init__(self, folder: Path, site: Callable[[], Site]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.site = site
        self.files = StaticFiles(directory=folder, follow_symlink=False)

    async def give(self, scope: dict[str, Any], receive: Any, send: Any) -> bool:
        """Sends the file of a request; False when there is none, and nothing was sent.
        Raises what the file cannot be read for."""
        path = scope["path"][len(PREFIX) :]
        parts = path.split("/")
        if scope["method"] not in {"GET", "HEAD"} or "\0" in path or any(part.startswith(".") for part in parts):
            return False

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *encoded(self._guards(path, message["headers"]))]
            await send(message)

        inner: Scope = {**scope, "path": "/" + path, "root_path": ""}
        try:
            await self.files(inner, receive, guarded)
        except Exception as error:
            if getattr(error, "status_code", 0) not in {401, 404, 405}:
                raise
            return False
        return True

    def _guards(self, path: str, headers: Iterable[tuple[bytes, bytes]]) -> Headers:
        """The headers that guard a file; of one that has not changed (304) the path tells what it is, since whoever
        keeps it takes these for those of the file.  Pages show a PDF also where their address is not that of the
        files."""
        said = next((value.decode("latin-1") for name, value in headers if name == b"content-type"), None)
        kind = said if said is not None else mimetypes.guess_type(f"/{path}")[0] or ""
        if not is_pdf(kind):
            return guards(kind_of_upload(kind))
        own = origins(self.site().home, self.site().upload_url())
        if len(own) < 2:
            return guards(Kind.UPLOAD)
        return guards(Kind.UPLOAD, frame_ancestors=f"{THIS_SITE} {own[0]}")
