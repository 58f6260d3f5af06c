"""The file in a site's folder that declares its own post types, taxonomies and meta fields."""

from __future__ import annotations

import tomllib
from pathlib import Path

from wirepress.content.registry.core import CORE
from wirepress.content.registry.custom_types import declared
from wirepress.model.errors import Invalid
from wirepress.model.registry import Registry

FILE = "types.toml"


def registry_of(folder: Path) -> Registry:
    """All kinds of the site in a folder.  Raises Invalid with one line that names the file and the mistake."""
    path = folder / FILE
    if not path.exists():
        return CORE
    try:
        return declared(tomllib.loads(path.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid("bad_types", f"{path}: {error}") from None
    except OSError as error:
        raise Invalid("bad_types", f"{path}: {error.strerror}") from None
    except Invalid as error:
        raise Invalid(error.code, f"{path}: {error.message}") from None
