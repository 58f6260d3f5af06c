"""Who may see and change widgets, and the contexts in which they are seen."""

from __future__ import annotations

from typing import Any

from wirepress.wp.call import Call

CONTEXTS = ("embed", "view", "edit")


def may_manage(call: Call, _: Any = None) -> None:
    """Raises for who may not see to the theme: widgets are part of it."""
    call.need("edit_theme_options", "rest_cannot_manage_widgets", "You may not manage widgets.")
