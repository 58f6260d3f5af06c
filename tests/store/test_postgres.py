"""The PostgreSQL that `make test-pg` starts is one we can keep a newsroom in."""

import os

import pytest
import sqlalchemy

URL = os.environ.get("WIREPRESS_TEST_POSTGRES")


@pytest.mark.skipif(URL is None, reason="WIREPRESS_TEST_POSTGRES is unset: `make test-pg` sets it")
def test_the_server_keeps_any_text() -> None:
    assert URL is not None
    engine = sqlalchemy.create_engine(URL)
    with engine.connect() as connection:
        assert connection.scalar(sqlalchemy.text("SHOW server_encoding")) == "UTF8"
        assert connection.scalar(sqlalchemy.text("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")) == 1
    engine.dispose()
