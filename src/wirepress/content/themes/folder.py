"""The folder of a theme, read within bounds: so many files, of so many bytes, and none that lies elsewhere."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from wirepress.model.errors import Invalid

MANIFEST = "theme.toml"
STYLE = "style.css"
TEMPLATES = "templates"
STATIC = "static"
MOST_FILES = 500
MOST_BYTES = 16 << 20
"""Of all files together: every web process holds them in memory."""
LARGEST = {MANIFEST: 256 << 10, STYLE: 512 << 10, TEMPLATES: 512 << 10, STATIC: 4 << 20}
DEEPEST = 6
PLAIN = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}\Z")
"""What a file or folder of a theme may be called: nothing that means something in an address."""
DIGEST = re.compile(r"[0-9a-f]{16}(?:\.|\Z)")
"""How the digest of a theme's files begins a revision."""
KINDS = frozenset(
    {".avif", ".css", ".gif", ".ico", ".jpeg", ".jpg", ".md", ".otf", ".png", ".svg", ".ttf", ".txt", ".webp"}
    | {".woff", ".woff2"}
)
"""What `static/` may hold; a page runs no script, so there is none of these."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a theme: `templates` and `statics` by their paths under the folders of these names."""

    manifest: str
    style: str
    templates: Mapping[str, str]
    statics: Mapping[str, bytes]
    revision: str


def read(path: Path) -> Folder:
    """What is in a folder.  Raises Invalid (`theme_files`) for one that is no theme's, that is too large, or that holds
    what leads out of it."""
    if not path.is_dir() or path.is_symlink():
        raise Invalid("theme_files", f"{path} is no folder, or a link to one.")
    found: dict[str, bytes] = {}
    total = 0
    for name, file in files_of(path):
        data = bytes_of(file, name)
        total += len(data)
        if len(found) == MOST_FILES:
            raise Invalid("theme_files", f"{path.name}: a theme has {MOST_FILES} files at most.")
        if total > MOST_BYTES:
            raise Invalid("theme_files", f"{path.name}: a theme's files have {MOST_BYTES >> 20} MB at most.")
        found[name] = data
    if MANIFEST not in found:
        raise Invalid("theme_files", f"{path.name}: there is no {MANIFEST}.")
    return Folder(
        manifest=text_of(found, MANIFEST),
        style=text_of(found, STYLE) if STYLE in found else "",
        templates={name: text_of(found, f"{TEMPLATES}/{name}") for name in below(found, TEMPLATES)},
        statics={name: found[f"{STATIC}/{name}"] for name in below(found, STATIC)},
        revision=digest(found),
    )


def files_of(path: Path) -> Iterator[tuple[str, Path]]:
    """The files that belong to a theme, with their paths in it; what is hidden, and what lies beside, is none of them.

    Raises Invalid for a link, for what is no file, and for what no theme has.
    """
    waiting = [path / name for name in (STATIC, TEMPLATES, STYLE, MANIFEST)]
    while waiting:
        one = waiting.pop()
        name = one.relative_to(path).as_posix()
        if not PLAIN.match(one.name):
            raise Invalid(
                "theme_files", f"{path.name}/{name}: names have letters, digits, dots, dashes and underscores."
            )
        if one.is_symlink():
            raise Invalid("theme_files", f"{path.name}/{name} is a link; a theme's files lie in its folder.")
        if one.is_dir():
            if len(PurePosixPath(name).parts) > DEEPEST:
                raise Invalid("theme_files", f"{path.name}/{name}: folders lie too deep.")
            waiting += inside(one, f"{path.name}/{name}")
            if len(waiting) > MOST_FILES * 2:
                raise Invalid("theme_files", f"{path.name}: a theme has {MOST_FILES} files at most.")
        elif one.is_file():
            if name.startswith(f"{STATIC}/") and one.suffix.lower() not in KINDS:
                raise Invalid("theme_files", f"{path.name}/{name}: no file of this kind is served.")
            yield name, one
        elif one.exists():
            raise Invalid("theme_files", f"{path.name}/{name} is no file.")


def inside(folder: Path, name: str) -> list[Path]:
    """What lies in a folder and is not hidden, the last first.  Raises Invalid for one that cannot be read."""
    try:
        return sorted((one for one in folder.iterdir() if not one.name.startswith(".")), reverse=True)
    except OSError as error:
        raise Invalid("theme_files", f"{name} cannot be read: {error.strerror}.") from error


def bytes_of(file: Path, name: str) -> bytes:
    """The content of a file.  Raises Invalid for one that is too large, cannot be read, or is a link by now."""
    most = LARGEST[name.partition("/")[0]]
    try:
        with open(os.open(file, os.O_RDONLY | os.O_NOFOLLOW), "rb") as opened:  # noqa: PTH123 - Path follows links
            data = opened.read(most + 1)
    except OSError as error:
        raise Invalid("theme_files", f"{name} cannot be read: {error.strerror}.") from error
    if len(data) > most:
        raise Invalid("theme_files", f"{name} has more than {most >> 10} kB.")
    return data


def text_of(found: Mapping[str, bytes], name: str) -> str:
    try:
        return found[name].decode("utf-8")
    except UnicodeDecodeError:
        raise Invalid("theme_files", f"{name} is not written in UTF-8.") from None


def below(found: Mapping[str, bytes], folder: str) -> list[str]:
    """The paths of the files below a folder, seen from there."""
    return [name.removeprefix(f"{folder}/") for name in found if name.startswith(f"{folder}/")]


def digest(found: Mapping[str, bytes]) -> str:
    """What changes with any file or its name."""
    made = hashlib.blake2b(digest_size=8)
    for name in sorted(found):
        made.update(hashlib.blake2b(name.encode("utf-8", "surrogateescape")).digest())
        made.update(hashlib.blake2b(found[name]).digest())
    return made.hexdigest()
