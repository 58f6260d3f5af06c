"""Uploaded files as WordPress addresses them, served from the folder."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any

from starlette.staticfiles import StaticFiles
from starlette.types import Message, Scope

from wirepress.web.headers import encoded, guards, kind_of_upload

PREFIX = b"/wp-content/uploads/"

for _ending in ("otf", "ttf", "woff", "woff2"):  # not every system's list of types knows them
    mimetypes.add_type(f"font/{_ending}", f".{_ending}")


class Uploads:
    """Serves files below the uploads folder (ETag, 304 and ranges by Starlette); hidden files are not there."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
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
                kind = next((value for name, value in message["headers"] if name == b"content-type"), b"")
                guard = guards(kind_of_upload(kind.decode("latin-1")))
                message["headers"] = [*message["headers"], *encoded(guard)]
            await send(message)

        inner: Scope = {**scope, "path": "/" + path, "root_path": ""}
        try:
            await self.files(inner, receive, guarded)
        except Exception as error:
            if getattr(error, "status_code", 0) not in {401, 404, 405}:
                raise
            return False
        return True
