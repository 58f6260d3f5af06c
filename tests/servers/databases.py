"""Databases of tests' own on the throw-away PostgreSQL, so that no two tests share one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import sqlalchemy


@contextmanager
def own_database(server: str, how: str = "TEMPLATE template0") -> Iterator[str]:
    """The address of an empty database on the server, which is dropped in the end; `how` it is made, in SQL."""
    name = f"wirepress_{uuid4().hex}"
    engine = sqlalchemy.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} {how}")
    try:
        yield sqlalchemy.make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        engine.dispose()
