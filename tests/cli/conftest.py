"""Commands run in this process; what one of them sets up for its own process must not reach the next."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from wirepress.app.log import StandardError


@pytest.fixture(autouse=True)
def logs_of_no_other_command() -> Iterator[None]:
    """Nothing is logged to standard error but by a command that has begun to in the same test."""
    quiet()
    yield
    quiet()


def quiet() -> None:
    root = logging.getLogger()
    root.handlers[:] = [one for one in root.handlers if not isinstance(one, StandardError)]
