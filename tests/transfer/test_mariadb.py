"""The MariaDB that `make test-mariadb` starts holds what a WordPress database holds."""

import os

import pytest
import sqlalchemy

URL = os.environ.get("WIREPRESS_TEST_MARIADB")


@pytest.mark.skipif(URL is None, reason="WIREPRESS_TEST_MARIADB is unset: `make test-mariadb` sets it")
def test_the_server_takes_zero_dates_and_any_script() -> None:
    assert URL is not None
    engine = sqlalchemy.create_engine(URL)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("CREATE TEMPORARY TABLE probe (at DATETIME NOT NULL, name VARCHAR(20))"))
        connection.execute(sqlalchemy.text("INSERT INTO probe VALUES ('0000-00-00 00:00:00', '日本 😀')"))
        assert connection.scalar(sqlalchemy.text("SELECT name FROM probe")) == "日本 😀"
        assert connection.scalar(sqlalchemy.text("SELECT CAST(at AS CHAR) FROM probe")) == "0000-00-00 00:00:00"
    engine.dispose()
