"""The file in a site's folder that declares its own post types, taxonomies and meta fields."""

from __future__ import annotations

from pathlib import Path

from wirepress.app.settings import read_toml
from wirepress.content.registry.core import CORE
from wirepress.content.registry.custom_types import declared
from wirepress.model.errors import Invalid
from wirepress.model.registry import Registry

FILE = "types.toml"


def registry_of(folder: Path) -> Registry:
    """The types of the site in a folder.  Raises Invalid with one line that names the file and the mistake."""
    path = folder / FILE
    if not path.exists():
        return CORE
    table = read_toml(path, "bad_types")
    try:
        return declared(table)
    except Invalid as error:
        raise Invalid(error.code, f"{path}: {error.message}") from None
