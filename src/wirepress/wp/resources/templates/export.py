"""The site's theme as a file to take away: templates, parts and settings (WP_REST_Edit_Site_Export_Controller)."""

from __future__ import annotations

import io
import json
import zipfile

from wirepress.wp.call import Call
from wirepress.wp.resources.answers import Answer, Answers
from wirepress.wp.resources.templates.resource import TEMPLATE_PARTS, TEMPLATES, templates_of
from wirepress.wp.resources.themes.facts import NAME, stylesheet
from wirepress.wp.resources.themes.styles import SETTINGS, STYLES
from wirepress.wp.result import Result


def export(call: Call) -> Result:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("style.css", f"/*\nTheme Name: {NAME}\n*/\n")
        archive.writestr("theme.json", json.dumps({"version": 3, "settings": SETTINGS, "styles": STYLES}, indent=2))
        for folder, shelf in (("templates", TEMPLATES), ("parts", TEMPLATE_PARTS)):
            for template in templates_of(call, shelf):
                archive.writestr(f"{folder}/{template.slug}.html", template.content)
    result = Result(raw=packed.getvalue(), kind="application/zip", private=True)
    result.headers["Content-Disposition"] = f"attachment; filename={stylesheet(call)}.zip"
    return result


ANSWERS: Answers = {"/wp-block-editor/v1/export": Answer(export)}
