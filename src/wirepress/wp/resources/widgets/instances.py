"""The settings of a widget on the wire: a value (`raw`), or what PHP serialises (`encoded`) with a hash of ours."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Mapping
from typing import Any, Final

from wirepress.content.identity.nonces import signed
from wirepress.model import php
from wirepress.wp import query
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.errors import WireError
from wirepress.wp.params import Refused
from wirepress.wp.validation import check

LENGTH: Final = 32
"""The digits of a hash, as many as WordPress's (wp_hash)."""
FORM: Final = s.text()


def shown(call: Call, settings: Mapping[str, Any] | None) -> dict[str, Any]:
    """Settings as an answer shows them; None: nothing is kept."""
    serialised = php.serialize(None if settings is None else dict(settings))
    encoded = base64.b64encode(serialised.encode("utf-8", "surrogatepass")).decode()
    return {"encoded": encoded, "hash": _hash(call, encoded), "raw": dict(settings or {})}


def sent_of(call: Call, given: Any) -> Mapping[str, Any]:
    """The settings that the parameter `instance` gives.  Raises where it gives none, or its hash is not ours."""
    if isinstance(given, dict) and given.get("raw") is not None:
        raw = given["raw"]
        return raw if isinstance(raw, dict) else {}
    if isinstance(given, dict) and given.get("encoded") is not None and given.get("hash") is not None:
        return decoded(call, given["encoded"], given["hash"])
    raise invalid("An instance has to be raw, or encoded with its hash.")


def decoded(call: Call, encoded: Any, given: Any) -> Mapping[str, Any]:
    """The settings that this site encoded.  Raises where it did not."""
    if not hmac.compare_digest(_hash(call, str(encoded)).encode(), str(given).encode("utf-8", "replace")):
        raise invalid("The instance was not encoded here.")
    try:
        value = php.unserialize(base64.b64decode(str(encoded)).decode())
    except ValueError as error:
        raise invalid("The instance was not encoded here.") from error
    return value if isinstance(value, dict) else {}


def _hash(call: Call, encoded: str) -> str:
    return signed(call.view, "widget", encoded)[:LENGTH]


def invalid(message: str, status: int = 400) -> WireError:
    """What there is to say against a widget that is sent."""
    return WireError("rest_invalid_widget", message, status)


def form_of(_: Call, value: Any) -> dict[str, Any]:
    """The parameter `form_data`, the variables of a form.  Raises Refused for what is no text."""
    if flaw := check(value, FORM, "form_data"):
        raise Refused(flaw)
    return query.parse(str(value))


def first_of_form(call: Call, kind: str) -> tuple[int, Mapping[str, Any]] | None:
    """The number and the settings of the first widget of a kind that a form holds, None where it holds none."""
    found = _form(call).get(f"widget-{kind}")
    if isinstance(found, list):
        found = {str(place): one for place, one in enumerate(found)}
    if isinstance(found, dict):
        for number, settings in found.items():
            given = settings if isinstance(settings, dict) else {}
            return _number(number), given
    return None


def emptied_by_form(call: Call, kind: str) -> int | None:
    """The number of the widget that a form names by its kind (`id_base`) alone, without any settings."""
    form = _form(call)
    if form.get("id_base") != kind:
        return None
    multi = form.get("multi_number")
    return _number(multi if multi and multi != "0" else form.get("widget_number"))


def deletes(call: Call) -> bool:
    """Whether a form says that a widget is to be forgotten: then nothing of it is kept."""
    return _form(call).get("delete_widget") not in (None, "", "0", [], {})


def deleted_by_form(call: Call) -> str:
    """The id of the widget that a form has forgotten, "" where it names none."""
    named = _form(call).get("the-widget-id")
    return named if isinstance(named, str) else ""


def _form(call: Call) -> Mapping[str, Any]:
    form = call.params.get("form_data")
    return form if isinstance(form, dict) else {}


def _number(text: Any) -> int:
    """The number of a widget as a form writes it; 0 for what is none."""
    written = text if isinstance(text, str) else ""
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 19 else 0
