"""A stored column of a noun is a line of its dataclass and a step of the database."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import wirepress
from tests.store.nouns import article
from wirepress.store import migrations, posts
from wirepress.store.database import open_database

STEP = f"""
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{migrations.HEAD}"


def upgrade():
    op.add_column("posts", sa.Column("subtitle", sa.Text(), nullable=False, server_default=""))
"""
USING = """
import sys
from dataclasses import replace
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from tests.store import many
from wirepress.store import migrations, posts
from wirepress.store.database import open_database
from wirepress.store.tables import metadata

database = open_database(sys.argv[1])
migrations.migrate(database)
with database.write() as unit:
    old = posts.get(unit, 1)
    assert (old.subtitle, old.excerpt, old.meta) == ("", "E", {"k": ["v"]}), old
    new = posts.insert(unit, replace(old, subtitle="Inserted"))
    assert posts.get(unit, new).subtitle == "Inserted"
    assert posts.update(unit, new, subtitle="Updated")
    assert not posts.update(unit, new, subtitle="Updated")
    many.posts(unit, [replace(old, id=7, subtitle="Imported")])
with database.read() as unit:
    found = posts.load(unit, (1, new, 7))
    assert [post.subtitle for post in found.values()] == ["", "Updated", "Imported"], found
    assert found[new] == replace(old, id=new, subtitle="Updated", version=2), found
    differences = compare_metadata(MigrationContext.configure(unit.connection), metadata)
    assert "subtitle" not in str(differences), differences
database.close()
print("done")
"""


def test_a_new_column_is_one_line_and_a_step(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    database = open_database(url)
    migrations.migrate(database)
    with database.write() as unit:
        posts.insert(unit, article(excerpt="E", meta={"k": ["v"]}))
    database.close()
    package = tmp_path / "wirepress"
    shutil.copytree(Path(wirepress.__file__).parent, package)
    noun = package / "model" / "post.py"
    before, line, after = noun.read_text().partition('    excerpt: str = ""\n')
    noun.write_text(f'{before}{line}    subtitle: str = ""\n{after}')
    (package / "store" / "migrations" / "versions" / "9999_subtitle.py").write_text(STEP)
    ours = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ours}"}
    command = [sys.executable, "-c", USING, url]
    ran = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("done\n", "")
