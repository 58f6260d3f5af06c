"""The steps from an empty database to the tables of today, run by Alembic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from wirepress.model.errors import Unavailable
from wirepress.store.unit import Database, Unit

if TYPE_CHECKING:
    from alembic.config import Config

HEAD: Final = max(path.name for path in Path(__file__).parent.glob("versions/[0-9]*.py"))[:4]
"""The last step, by its file's name: a start need not load Alembic to know.  A test holds it to what the files say."""


def migrate(database: Database) -> None:
    """Runs the steps that are still to do, in one transaction.  Raises Unavailable for newer tables."""
    if _known(database) == HEAD:
        return
    from alembic import command  # loading Alembic takes longer than all else at a start

    with database.write() as unit:
        command.upgrade(_config(unit), "head")


def pending(database: Database) -> list[str]:
    """The names of the steps that are still to do, in their order.  Raises Unavailable for newer tables."""
    done = _known(database)
    if done == HEAD:
        return []
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(_config(None))
    return [step.revision for step in scripts.iterate_revisions("head", done or "base")][::-1]


def _known(database: Database) -> str | None:
    """The last step that was run, if it is one that is known here."""
    done = current(database)
    if done is not None and done > HEAD:
        message = f"the tables are of a newer version of Wirepress (step {done}; this one knows {HEAD}): use that one"
        raise Unavailable("newer_tables", message)
    return done


def current(database: Database) -> str | None:
    """The last step that was run; None for an empty database."""
    with database.read() as unit:
        if not unit.has_table("alembic_version"):
            return None
        rows = unit.rows("SELECT version_num FROM alembic_version")
    return rows[0][0] if rows else None


def _config(unit: Unit | None) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    if unit is not None:
        config.attributes["connection"] = unit.connection
    return config
