"""A server that is not there is told as such, and where it was looked for is told to nobody who asks over the web."""

from __future__ import annotations

import pytest

from tests.servers.process import free_port
from wirepress.app.failures import line_of
from wirepress.model.errors import Unavailable
from wirepress.store.database import open_database


@pytest.mark.parametrize("writing", [False, True])
def test_a_server_that_is_away_is_not_a_busy_one(writing: bool) -> None:
    port = free_port()
    database = open_database(f"postgresql+psycopg://somebody:sesame@127.0.0.1:{port}/news", pool=1, wait=1.0)
    with pytest.raises(Unavailable) as refused, database.write() if writing else database.read():
        pass
    database.close()
    assert (refused.value.code, refused.value.message) == ("database_unreachable", "The database cannot be reached.")
    line = line_of(refused.value)
    assert line is not None
    assert str(port) in line
    assert "sesame" not in line
    assert "\n" not in line
