"""What our theme sets (theme.json, version 3): its colours, sizes and fonts, those of the site's own pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

_DATA: Mapping[str, Any] = json.loads(files("wirepress.content.themes").joinpath("styles.json").read_text("utf-8"))

SETTINGS: Mapping[str, Any] = _DATA["settings"]
STYLES: Mapping[str, Any] = _DATA["styles"]
