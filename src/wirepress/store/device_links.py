"""Links that make a browser known to an account, by the hash of what they hold."""

from __future__ import annotations

from wirepress.store.unit import Unit


def add(unit: Unit, hashed: str, user_id: int, now: int) -> None:
    """Keeps a link that was made now."""
    unit.run('INSERT INTO device_links (hash, "user", made, used) VALUES (?, ?, ?, 0)', (hashed, user_id, now))


def made_since(unit: Unit, user_id: int, since: int) -> int:
    """How many links of an account were made from a time on; older ones go."""
    unit.run("DELETE FROM device_links WHERE made < ?", (since,))
    number: int = unit.rows('SELECT count(*) FROM device_links WHERE "user" = ?', (user_id,))[0][0]
    return number


def owner(unit: Unit, hashed: str, since: int) -> int:
    """The id of the user whose link this is, if it was made from a time on and is not used yet; 0 for nobody."""
    rows = unit.rows('SELECT "user" FROM device_links WHERE hash = ? AND made >= ? AND used = 0', (hashed, since))
    return int(rows[0][0]) if rows else 0


def use(unit: Unit, hashed: str, now: int) -> bool:
    """Uses a link up; whether it was not yet."""
    return bool(unit.run("UPDATE device_links SET used = ? WHERE hash = ? AND used = 0", (now, hashed)))
