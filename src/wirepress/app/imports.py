"""What may be imported from the administration: uploaded files, and the databases of `imports.toml`.

That file in the site's folder is the machine's owner's: only what it names is ever asked for on behalf of a browser.

    [old-site]
    database = "mysql+pymysql://reader:password@db.example/wordpress"
    uploads = "/srv/wordpress/wp-content/uploads"
    prefix = "wp_"
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wirepress.app.settings import Settings, read_toml
from wirepress.content.imports import Allowed, Named
from wirepress.model.errors import Invalid
from wirepress.store.import_files import ImportFiles

FILE: Final = "imports.toml"
FOLDER: Final = "imports"
_NAME: Final = re.compile(r"[\w.-]{1,60}")
_KNOWN: Final = frozenset({"database", "uploads", "prefix"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A database that the file names, with the folder of its files and its table prefix where they are given."""

    database: str
    uploads: str = ""
    prefix: str | None = None


def entries_of(folder: Path) -> Mapping[str, Entry]:
    """The databases of the site in a folder.  Raises Invalid with one line that names the file and the mistake."""
    path = folder / FILE
    found: dict[str, Entry] = {}
    for name, table in read_toml(path, "bad_imports").items():
        if not _NAME.fullmatch(name) or not isinstance(table, dict):
            raise Invalid("bad_imports", f"{path}: {name!r} is no table [name] of letters, digits, dots and dashes")
        wrong = sorted(set(table) - _KNOWN) or sorted(key for key, value in table.items() if not isinstance(value, str))
        if wrong or not table.get("database"):
            said = f"cannot read {', '.join(wrong)}" if wrong else "it says no database"
            raise Invalid("bad_imports", f"{path}: [{name}]: {said}")
        found[name] = Entry(**table)
    return found


def files_of(settings: Settings) -> ImportFiles:
    """The folder of uploaded databases."""
    return ImportFiles(settings.folder / FOLDER, settings.import_limit)


def allowed(settings: Settings) -> Allowed:
    """What the administration may offer."""
    databases = tuple(Named(name, bool(entry.uploads)) for name, entry in entries_of(settings.folder).items())
    files = files_of(settings) if settings.import_limit else None
    return Allowed(files, databases, f"wirepress --site {shlex.quote(str(settings.folder))}")
