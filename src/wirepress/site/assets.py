"""The files of the readers' site: the style, joined of its parts and those of the theme, the icon, and what the theme
brings along."""

from __future__ import annotations

import hashlib
import mimetypes
import posixpath
import re
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from importlib import resources
from typing import Any

from wirepress.content.themes.folder import STATIC
from wirepress.content.themes.settings import settings_of
from wirepress.content.themes.theme import Theme
from wirepress.content.themes.variables import stylesheet
from wirepress.model.errors import NotFound
from wirepress.model.web import Response
from wirepress.site.blocks import presets
from wirepress.web.headers import Kind, guards

FOLDER = "/-/static/"
STYLES = ("base.css", "lists.css", "article.css", "blocks.css", "widgets.css", "comments.css")
"""The parts of the style, in the order in which one stands over another; the theme's variables stand before them, the
presets of blocks and the theme's own style behind."""
FOREVER = "public, max-age=31536000, immutable"
AN_HOUR = "public, max-age=3600"
_STYLESHEET = re.compile(r"site(\.[0-9a-f]+)?\.css")
_ADDRESS = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<path>[^"'()\s]+)(?P=quote)\s*\)""")
_TYPES = {".woff2": "font/woff2", ".woff": "font/woff", ".avif": "image/avif", ".webp": "image/webp"}
"""Types that not every machine knows."""


@cache
def parts() -> dict[str, bytes]:
    """Our own files by name."""
    folder = resources.files("wirepress.site") / "static"
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


class Assets:
    """The files of a theme at their addresses, which change with their content, so that whoever has one need never ask
    again.  `root` is the folder that the site's address names, "" for none."""

    def __init__(self, theme: Theme, root: str = "", settings: Mapping[str, Any] | None = None) -> None:
        """`settings` are those of the theme (theme.json) with what the site's people have changed."""
        self.theme = theme
        self.root = root
        self._files = {f"{FOLDER}{name}": data for name, data in parts().items() if name not in STYLES}
        self._lasting: dict[str, str] = {}
        """The names of files that are known by what is in them, by their addresses without the root."""
        # Styles name other files, whose addresses they hold: they come last.
        for name in sorted(theme.statics, key=lambda name: (name.endswith(".css"), name)):
            data = theme.statics[name]
            if name.endswith(".css"):
                data = self.readdressed(data.decode("utf-8", "replace"), posixpath.dirname(name)).encode()
            self._files[self._named(name)] = data
            self._lasting[hashed(self._named(name), data)] = self._named(name)
        own = [part for part in (theme.style,) if part]
        style = [stylesheet(theme).encode(), *(parts()[name] for name in STYLES)]
        style.append(presets.stylesheet(settings or settings_of(theme), asdict(theme.dark)).encode())
        style += [self.readdressed(part, "..").encode() for part in own]
        self._files[f"{FOLDER}site.css"] = b"\n".join(style)
        self._stylesheet = hashed(f"{FOLDER}site.css", self._files[f"{FOLDER}site.css"])
        self._lasting[self._stylesheet] = f"{FOLDER}site.css"
        self._addresses = {name: address for address, name in self._lasting.items()}

    @property
    def stylesheet(self) -> str:
        """The address of the style."""
        return self.root + self._stylesheet

    @property
    def icon(self) -> str:
        """The address of the icon of a site that has none of its own."""
        return f"{self.root}{FOLDER}icon.svg"

    def address(self, path: str) -> str:
        """The address of a file under the theme's `static/`.  Raises NotFound where there is none."""
        if path not in self.theme.statics:
            raise NotFound("theme_file", f"There is no {STATIC}/{path} in the theme {self.theme.name}.")
        return self.root + self._addresses[self._named(path)]

    def answer(self, path: str) -> Response | None:
        """The answer to the address of a file, without the root; None where it is none.

        The style answers under each name that it ever had: a page that was kept somewhere is shown with the style of
        today.
        """
        name = self._lasting.get(path, path)
        if _STYLESHEET.fullmatch(name.removeprefix(FOLDER)):
            name = f"{FOLDER}site.css"
        data = self._files.get(name)
        if data is None:
            return None
        lasting = FOREVER if path in self._lasting else AN_HOUR
        headers = [("content-type", media_type(name)), *guards(Kind.STATIC), ("cache-control", lasting)]
        return Response(200, headers, data, keepable=True)

    def has(self, path: str) -> bool:
        """Whether this is an address that lasts, of a file as it is."""
        return path in self._lasting

    def readdressed(self, style: str, folder: str) -> str:
        """A style with the addresses of the files that it names by their paths, seen from its own folder under
        `static/` (`..` for the theme's style.css); other addresses stay as they are."""

        def replaced(found: re.Match[str]) -> str:
            path = posixpath.normpath(posixpath.join(STATIC, folder, found["path"])).removeprefix(f"{STATIC}/")
            known = f"{self._named(path)}"
            if path not in self.theme.statics or known not in self._files:
                return found[0]
            return f'url("{self.root}{hashed(known, self._files[known])}")'

        return _ADDRESS.sub(replaced, style)

    def _named(self, path: str) -> str:
        return f"{FOLDER}{self.theme.name}/{path}"


def hashed(name: str, data: bytes) -> str:
    """The address of a file: its name, with a digest of what is in it."""
    stem, extension = posixpath.splitext(name)
    return f"{stem}.{hashlib.blake2b(data, digest_size=6).hexdigest()}{extension}"


def media_type(name: str) -> str:
    """The type of a file by its name."""
    extension = posixpath.splitext(name)[1].lower()
    return _TYPES.get(extension) or mimetypes.guess_type(name)[0] or "application/octet-stream"
