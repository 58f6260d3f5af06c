"""Options by name, with decoded values."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from wirepress.store.post_stale import spoil
from wirepress.store.unit import Unit, encode

SECRETS: Final = re.compile(r"secret|pass|salt|token|auth|(?:^|_)key", re.IGNORECASE)
"""Names of options whose values are nobody's to see."""

LONGEST_NOTED: Final = 300
"""Characters of a value that the audit log shows."""


def all_of(unit: Unit) -> dict[str, Any]:
    """Every option."""
    return {name: json.loads(text) for name, text in unit.rows("SELECT name, CAST(value AS TEXT) FROM options")}


all = all_of  # noqa: A001 - reads as `options.all(unit)`; the builtin is not used here


def get(unit: Unit, name: str, default: Any = None) -> Any:
    """The value of an option, the default when it is not set."""
    rows = unit.rows("SELECT CAST(value AS TEXT) FROM options WHERE name = ?", (name,))
    return json.loads(rows[0][0]) if rows else default


def set_value(unit: Unit, name: str, value: Any, *, visible: bool = True, autoload: bool = True) -> bool:
    """Gives an option its value and says whether that changed anything.

    `visible` False: no answer shows this option (a cache, a secret, a time of the last run).
    """
    text = encode(value)
    before = unit.rows("SELECT CAST(value AS TEXT) FROM options WHERE name = ?", (name,))
    if before == [(text,)]:
        return False
    unit.touched("option", (name,))
    if visible:
        _note(unit, "setting.update", name, before=json.loads(before[0][0]) if before else None, after=value)
    unit.run(
        "INSERT INTO options (name, value, autoload) VALUES (?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, text, autoload),
    )
    if visible:
        spoil(unit, "option", name)
        unit.raise_shared_version()
    return True


def delete(unit: Unit, name: str, *, visible: bool = True) -> bool:
    """Removes an option and says whether there was one."""
    if not unit.run("DELETE FROM options WHERE name = ?", (name,)):
        return False
    unit.touched("option", (name,))
    if visible:
        _note(unit, "setting.delete", name)
        spoil(unit, "option", name)
        unit.raise_shared_version()
    return True


def _note(unit: Unit, action: str, name: str, **values: Any) -> None:
    """Notes a change for the audit log: with its values where they are short and plain, so that neither secrets nor
    texts nor people's addresses get there."""
    private = SECRETS.search(name) or "email" in name
    long = [value for value in values.values() if isinstance(value, dict | list) or len(str(value)) > LONGEST_NOTED]
    shown = not private and not long
    unit.note(action, "option", name, **(values if shown else {}))
