"""The themes that a site can have: those that come with the package, and those in its own folder."""

from __future__ import annotations

import logging
import os
import shutil
import threading
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from uuid import uuid4

from wirepress.content.themes import reading
from wirepress.content.themes.folder import DIGEST, MANIFEST, STATIC, TEMPLATES, bytes_of, files_of
from wirepress.content.themes.theme import DEFAULT, NAME, Theme
from wirepress.model.errors import Conflict, Invalid, NotFound
from wirepress.store.faults import file_faults

logger = logging.getLogger("wirepress.themes")

FOLDER = "themes"
"""The folder of a site's own themes, beside its wirepress.toml."""
SHOWN = ".shown"
"""The folder in it with the themes as they were when they were activated, by their digests."""
_SHOWN_BEFORE = 1
"""How many states of a theme are left besides the one that the site names: somebody else may be activating one."""
MOST = 100
_STARTER = "starter"
_KEPT = 4
"""How many themes are held that were the site's one after another: a write may look at the site as it was."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The theme that a site has: the one that it names, or the newspaper, and why (`flaw`)."""

    theme: Theme
    flaw: str = ""


class Themes:
    """Finds themes by their names.  One of the site's own stands in front of one of the package's."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._chosen: dict[tuple[str, str], Chosen] = {}

    def names(self) -> list[str]:
        """The names of all themes."""
        own: list[str] = []
        if self.folder is not None and self.folder.is_dir():
            own = [path.parent.name for path in self.folder.glob(f"*/{MANIFEST}") if NAME.match(path.parent.name)]
        return sorted({*bundled_names(), *own[:MOST]})

    def path(self, name: str) -> Path:
        """The folder of a theme.  Raises Invalid for what cannot be a name, NotFound where there is no such theme."""
        check_name(name)
        for folder in (self.folder, bundled()):
            if folder is not None and (folder / name).is_dir():
                return folder / name
        words = {"name": name, "names": ", ".join(self.names())}
        raise NotFound("theme_unknown", "There is no theme %(name)s; there are %(names)s.", words=words)

    def is_own(self, name: str) -> bool:
        """Whether a theme is the site's own."""
        return self.folder is not None and self.folder in self.path(name).parents

    def read(self, name: str) -> tuple[Theme, list[str]]:
        """A theme as its folder has it now, and what is wrong with its theme.toml.  Raises Invalid and NotFound."""
        path = self.path(name)
        return reading.read(path, None if path == bundled() / DEFAULT else newspaper())

    def activated(self, name: str, digest: str) -> tuple[Theme, list[str]]:
        """A theme as it was when it was activated: from its folder where that is as it was, else from the copy.

        An import may bring any name and digest: what is none leads to no folder.  Raises Invalid for such a name,
        Invalid and NotFound where neither can be read.
        """
        check_name(name)
        copy = self._copy(name, digest) if self.folder is not None and DIGEST.fullmatch(digest) else None
        try:
            theme, problems = self.read(name)
        except (Invalid, NotFound):
            if copy is None or not copy.is_dir():
                raise
        else:
            if copy is None or theme.revision == digest or not copy.is_dir():
                return theme, problems
        return reading.read(copy, newspaper())

    def keep(self, name: str, named: str) -> tuple[Theme, list[str]]:
        """Copies a theme as it is now, so that it is shown so until it is activated again; and reads the copy.

        `named` is the digest that the site names: its copy is left whatever becomes of the activation, which is not
        committed yet.  Older ones are removed.  Ours need no copy.  Raises Invalid and NotFound as `read`, CannotWrite
        where there is no room or the folder of themes is another account's.
        """
        if not self.is_own(name):
            return self.read(name)
        assert self.folder is not None
        shown = self.folder / SHOWN
        part = shown / f".{uuid4().hex}"
        self._let_go(name, named)
        with file_faults():
            try:
                copy_of(self.path(name), part / name)
                theme, problems = reading.read(part / name, newspaper())
                place = self._copy(name, theme.revision)
                if not place.is_dir():
                    place.parent.mkdir(parents=True, exist_ok=True)
                    (part / name).rename(place)
                os.utime(place)
            finally:
                shutil.rmtree(part, ignore_errors=True)
        return theme, problems

    def _copy(self, name: str, digest: str) -> Path:
        assert self.folder is not None
        return self.folder / SHOWN / digest / name

    def _let_go(self, name: str, named: str) -> None:
        """Removes the copies of a theme but the one that the site names and the last ones besides."""
        assert self.folder is not None
        with suppress(OSError):  # another process may be removing them too, and the next activation does
            copies = sorted((self.folder / SHOWN).glob(f"*/{name}"), key=lambda one: one.stat().st_mtime, reverse=True)
            for old in [one for one in copies if one.parent.name != named][_SHOWN_BEFORE:]:
                shutil.rmtree(old, ignore_errors=True)
                with suppress(OSError):  # another theme has the same digest
                    old.parent.rmdir()

    def chosen(self, name: str, revision: str) -> Chosen:
        """The theme that a site names, read once for each of its revisions."""
        key = (name, revision)
        if (known := self._chosen.get(key)) is not None:
            return known
        with self._lock:
            if key not in self._chosen:
                while len(self._chosen) >= _KEPT:
                    self._chosen.pop(next(iter(self._chosen)))
                self._chosen[key] = self._read_chosen(name, revision)
            return self._chosen[key]

    def _read_chosen(self, name: str, revision: str) -> Chosen:
        try:
            theme, problems = self.activated(name, revision.partition(".")[0])
        except (Invalid, NotFound) as error:
            logger.error("the theme %s cannot be read, the newspaper is shown: %s", name, error.message)
            return Chosen(newspaper(), error.message)
        except Exception as error:
            logger.exception("the theme %s cannot be read, the newspaper is shown", name)
            return Chosen(newspaper(), f"{type(error).__name__}: {error}")
        for problem in problems:
            logger.warning("the theme %s: %s", name, problem)
        return Chosen(theme)

    def is_changed(self, name: str, shown: Theme) -> bool:
        """Whether a theme's folder is no longer as it is shown."""
        try:
            return self.read(name)[0].revision != shown.revision
        except (Invalid, NotFound):
            return True

    def make(self, name: str) -> Path:
        """Makes the folder of a new theme, with all that one begins with.  Raises Invalid for what cannot be a name,
        Conflict where there is such a theme."""
        check_name(name)
        if self.folder is None:
            raise Invalid("theme_folder", "This site has no folder for themes.")
        path = self.folder / name
        if path.exists() or name in bundled_names():
            raise Conflict("theme_exists", f"There is a theme {name} already.")
        shutil.copytree(bundled().parent / _STARTER, path)
        for folder in (TEMPLATES, STATIC):
            (path / folder).mkdir()
        manifest = path / MANIFEST
        manifest.write_text(manifest.read_text("utf-8").replace("NAME", name.replace("-", " ").capitalize()), "utf-8")
        return path


def copy_of(path: Path, place: Path) -> None:
    """Copies the files that belong to a theme, and nothing else.  Raises what `folder.files_of` raises."""
    for name, file in files_of(path):
        target = place / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(bytes_of(file, name))


def check_name(name: str) -> None:
    """Raises Invalid for what cannot be the name of a theme."""
    if not NAME.match(name):
        raise Invalid("theme_name", f"{name[:60]!r} cannot name a theme: 1 to 40 small letters, digits and dashes.")


@cache
def bundled() -> Path:
    """The folder of the themes that come with the package."""
    return Path(str(files("wirepress.content.themes"))) / "bundled"


@cache
def bundled_names() -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for path in bundled().glob(f"*/{MANIFEST}")))


@cache
def newspaper() -> Theme:
    """The theme that stands in for one that fails."""
    theme, problems = reading.read(bundled() / DEFAULT, None)
    assert not problems  # a test reads it as well
    return theme
