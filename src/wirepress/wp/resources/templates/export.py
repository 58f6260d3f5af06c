"""The site's theme as a file to take away: templates, parts and settings (WP_REST_Edit_Site_Export_Controller)."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator

from wirepress.content.themes.settings import settings_of, styles_of
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.resources.templates.template import PART, TEMPLATE, templates_of
from wirepress.wp.resources.themes.facts import NAME, stylesheet
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route, Shows


def may_export(call: Call) -> None:
    call.need("export", "rest_cannot_export_templates", "You may not do that.")


def export(call: Call) -> Result:
    """The theme as an archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("style.css", f"/*\nTheme Name: {NAME}\n*/\n")
        theme = call.site.theme
        said = {"version": 3, "settings": settings_of(theme), "styles": styles_of(theme)}
        archive.writestr("theme.json", json.dumps(said, indent=2))
        for folder, post_type in (("templates", TEMPLATE), ("parts", PART)):
            for template in templates_of(call, post_type):
                archive.writestr(f"{folder}/{template.slug}.html", template.post.content)
    result = Result(raw=packed.getvalue(), kind="application/zip", private=True)
    result.headers["Content-Disposition"] = f"attachment; filename={stylesheet(call)}.zip"
    return result


def routes(_: Catalog) -> Iterator[Route]:
    """The export of the theme."""
    shown = Shows("file", {}, ("application/zip",))
    endpoint = Endpoint(("GET",), export, may_export, shows=shown)
    yield Route("/wp-block-editor/v1/export", (endpoint,), "wp-block-editor/v1")
