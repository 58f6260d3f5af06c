"""What holds for all tests."""

from __future__ import annotations

import os
import signal


def pytest_configure() -> None:
    """Lets Ctrl-C end what tests start: a shell has what it starts in the background ignore it, and so all below.

    And lets tables be as wide as where nobody looks, whatever the terminal is that the tests are started from.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.pop("COLUMNS", None)
