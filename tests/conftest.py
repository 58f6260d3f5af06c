"""What holds for all tests."""

from __future__ import annotations

import signal


def pytest_configure() -> None:
    """Lets Ctrl-C end what tests start: a shell has what it starts in the background ignore it, and so all below."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
