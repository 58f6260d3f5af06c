"""What holds for all tests."""

from __future__ import annotations

import os
import signal

from hypothesis import settings

settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.register_profile("random", max_examples=500, deadline=None)
settings.load_profile("random" if os.environ.get("WIREPRESS_RANDOM") else "same")
# Examples are the same in every run, so that a change fails by what it changes; `make properties` draws new ones.


def pytest_configure() -> None:
    """Lets Ctrl-C end what tests start: a shell has what it starts in the background ignore it, and so all below."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
