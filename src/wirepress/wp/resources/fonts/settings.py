"""The settings of fonts as they are sent: a text of JSON, because files may come beside it in a form."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, NoReturn

from wirepress.content import fonts
from wirepress.model.blob import Blob
from wirepress.render.slugs import slug as slug_of
from wirepress.render.strip import clean_line
from wirepress.render.urls import clean_url
from wirepress.web.forms import form_of
from wirepress.wp import schema as s
from wirepress.wp.askable import may_be_asked
from wirepress.wp.call import Call
from wirepress.wp.declaration import Param
from wirepress.wp.params import Refused
from wirepress.wp.schema import Schema
from wirepress.wp.upload import basename
from wirepress.wp.validation import Flaw, check

Settings = dict[str, Any]
Words = Mapping[str, Callable[[str], str]]

FAMILY: Schema = s.mapping(
    properties={
        **dict.fromkeys(("name", "slug", "fontFamily"), s.text()),
        "preview": s.text(format="uri", default=""),
    },
    required=["name", "slug", "fontFamily"],
    additionalProperties=False,
)
FACE: Schema = s.mapping(
    properties={
        "fontFamily": s.text(default=""),
        "fontStyle": s.text(default="normal"),
        "fontWeight": {"default": "400", "type": ["string", "integer"]},
        "fontDisplay": s.text(default="fallback", enum=["auto", "block", "fallback", "swap", "optional"]),
        "src": {"anyOf": [s.text(), s.array("", "string")], "default": []},
        **dict.fromkeys(("fontStretch", "ascentOverride", "descentOverride", "fontVariant"), s.text()),
        **dict.fromkeys(("fontFeatureSettings", "fontVariationSettings", "lineGapOverride"), s.text()),
        **dict.fromkeys(("sizeAdjust", "unicodeRange"), s.text()),
        "preview": s.text(format="uri", default=""),
    },
    required=["fontFamily", "src"],
    additionalProperties=False,
)
_FAMILY_WORDS: Words = {
    "name": clean_line, "slug": slug_of, "fontFamily": fonts.family_name, "preview": clean_url,
}  # fmt: skip
_FACE_WORDS: Words = {"fontFamily": fonts.family_name, "preview": clean_url}
"""How words are cleaned; those of a face that are not named here, as lines."""


def family_param(*, creating: bool) -> Param:
    """The parameter with the settings of a family (validate_font_family_settings, sanitize_font_family_settings)."""
    return Param("font_family_settings", s.text(), required=True, clean=partial(_family, creating))


def _family(creating: bool, _: Call, value: Any) -> Settings:
    name = "font_family_settings"
    settings = _read(value, name, FAMILY if creating else {**FAMILY, "required": []})
    if not creating and settings.get("slug") is not None:
        _refuse(f"{name}[slug] cannot be changed.")
    _refuse_empty(settings, name, FAMILY)
    return {key: _FAMILY_WORDS[key](str(value)) for key, value in settings.items()}


def _face(call: Call, value: Any) -> Settings:
    name = "font_face_settings"
    settings = _read(value, name, FACE)
    _refuse_empty(settings, name, FACE)
    sources = _sources(call, settings["src"], f"{name}[src]")
    words = {key: _FACE_WORDS.get(key, clean_line)(str(value)) for key, value in settings.items()}
    return {**words, "src": sources}


FACE_PARAM = Param("font_face_settings", s.text(), required=True, clean=_face)
"""The settings of a face, whose sources are addresses or the fields of files that came along
(validate_font_face_settings, sanitize_font_face_settings)."""


def _refuse(message: str) -> NoReturn:
    raise Refused(Flaw("rest_invalid_param", message, {"status": 400}))


def _read(value: Any, name: str, schema: Schema) -> Settings:
    """The settings as their schema wants them.  Raises Refused."""
    if (flaw := check(value, s.text(), name)) is not None:
        raise Refused(flaw)
    try:
        settings = json.loads(value)
    except (ValueError, RecursionError):
        settings = None
    if settings is None:
        _refuse(f"{name} has to be a text of JSON.")
    if (flaw := check(settings, schema, name)) is not None:
        raise Refused(replace(flaw, data={"status": 400}))
    if isinstance(settings, dict):
        return dict(settings)
    return {}


def _refuse_empty(settings: Settings, name: str, schema: Schema) -> None:
    empty = next((key for key in schema["required"] if key in settings and not settings[key]), None)
    if empty is not None:
        _refuse(f"{name}[{empty}] must not be empty.")


def _sources(call: Call, sent: Any, name: str) -> list[str] | str:
    """The sources of a face, cleaned: a list, or one as a text."""
    files = set(files_of(call))
    listed = isinstance(sent, list)
    sources = [str(source).lstrip() for source in (sent if listed else [sent])]
    for source in sources:
        if not source:
            _refuse(f"{name} must not hold empty texts.")
        if source not in files and not may_be_asked(call, source):
            _refuse(f"{name} holds what is neither an address nor a file that was sent.")
    if unused := files.difference(sources):
        _refuse(f"{name} does not name the file {min(unused)[:100]}.")
    cleaned = [source if source in files else clean_url(source) for source in sources]
    if listed:
        return cleaned
    return cleaned[0]


def files_of(call: Call) -> dict[str, tuple[str, Blob]]:
    """The files that came with a call, by field: the name and the octets of each."""
    form = form_of(call.request)
    if form is not None:
        return {part.field: (basename(part.name), part.data) for part in form.files}
    return {}
