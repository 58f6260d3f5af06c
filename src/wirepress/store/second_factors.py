"""Second factors: the secret that codes are made of, and the hashes of the recovery codes."""

from __future__ import annotations

from collections.abc import Sequence

from wirepress.model.user import SecondFactor
from wirepress.store.clauses import Where, chunks
from wirepress.store.unit import Unit

_COLUMNS = '"user", secret, since, last_step'


def get(unit: Unit, user_id: int) -> SecondFactor | None:
    """The second factor of a user, confirmed or not."""
    rows = unit.rows(f'SELECT {_COLUMNS} FROM second_factors WHERE "user" = ?', (user_id,))
    return SecondFactor(*rows[0]) if rows else None


def confirmed(unit: Unit, user_ids: Sequence[int]) -> frozenset[int]:
    """Those of the users whose second factor is on."""
    found: list[int] = []
    for some in chunks(user_ids):
        where = Where()
        where.one_of('"user"', some)
        found += (row[0] for row in unit.rows(f'SELECT "user" FROM second_factors WHERE {where.sql} AND since > 0',
                                              where.values))  # fmt: skip
    return frozenset(found)


def put(unit: Unit, user_id: int, secret: str) -> None:
    """Keeps a secret that waits for its first code, in the place of the one that the user had."""
    remove(unit, user_id)
    unit.run(f"INSERT INTO second_factors ({_COLUMNS}) VALUES (?, ?, 0, 0)", (user_id, secret))


def confirm(unit: Unit, user_id: int, now: int) -> bool:
    """Switches a second factor on that waits; whether there was one."""
    done = bool(unit.run('UPDATE second_factors SET since = ? WHERE "user" = ? AND since = 0', (now, user_id)))
    if done:
        unit.note("user.second_factor", "user", user_id, after="on")
    return done


def use_step(unit: Unit, user_id: int, step: int) -> bool:
    """Notes that the code of a step was used; False where it or a later one has been."""
    return bool(
        unit.run('UPDATE second_factors SET last_step = ? WHERE "user" = ? AND last_step < ?', (step, user_id, step))
    )


def remove(unit: Unit, user_id: int) -> bool:
    """Removes a second factor with its recovery codes; whether there was one."""
    done = bool(unit.run('DELETE FROM second_factors WHERE "user" = ?', (user_id,)))
    if done:
        unit.note("user.second_factor", "user", user_id, after="off")
    return done


def set_recovery(unit: Unit, user_id: int, hashes: Sequence[str]) -> None:
    """Keeps the hashes of new recovery codes; the old ones hold no more."""
    unit.run('DELETE FROM recovery_codes WHERE "user" = ?', (user_id,))
    unit.run_many('INSERT INTO recovery_codes ("user", hash) VALUES (?, ?)', [(user_id, one) for one in hashes])


def use_recovery(unit: Unit, user_id: int, hashed: str) -> bool:
    """Takes a recovery code away; False where there is none of this hash."""
    return bool(unit.run('DELETE FROM recovery_codes WHERE "user" = ? AND hash = ?', (user_id, hashed)))


def recovery_left(unit: Unit, user_id: int) -> int:
    """How many recovery codes a user has left."""
    number: int = unit.rows('SELECT count(*) FROM recovery_codes WHERE "user" = ?', (user_id,))[0][0]
    return number
