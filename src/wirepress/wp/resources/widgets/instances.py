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
    form = call.params.get("form_data")
    if not isinstance(form, dict):
        return None
    found = form.get(f"widget-{kind}")
    if isinstance(found, list):
        found = {str(place): one for place, one in enumerate(found)}
    if isinstance(found, dict):
        for number, settings in found.items():
            given = settings if isinstance(settings, dict) else {}
            return (int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else 0), given
    return None
