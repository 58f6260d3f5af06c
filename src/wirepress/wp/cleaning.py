"""What parameters and fields read of what was sent, in their own way: functions to name as `clean`."""

from __future__ import annotations

from typing import Any

from wirepress.render.strip import clean_line
from wirepress.wp.call import Call


def plain_text(_: Call, value: Any) -> str:
    """One line without any markup, whoever sends it (sanitize_text_field)."""
    return clean_line(str(value))


def as_sent(_: Call, value: Any) -> Any:
    """A text or an object with it, `raw`: whatever else it is, the write passes over it (prepare_item_for_database)."""
    return value
