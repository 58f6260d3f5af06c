"""What readers see, in a real browser: the golden site and the demo, each on a server of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.browser.stage import wait_for
from tests.servers.process import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

collect_ignore_glob = [] if os.environ.get("WIREPRESS_BROWSER") else ["test_*.py"]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo as `wirepress demo` serves it, with all that its press has told."""
    folder = tmp_path_factory.mktemp("demo")
    port = free_port()
    with (folder / "demo.log").open("w") as log:
        command = [sys.executable, "-m", "wirepress", "demo", "--port", str(port), "--folder", str(folder / "site")]
        server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_for(f"http://127.0.0.1:{port}/-/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=30)


Reader = Callable[..., "Page"]


@pytest.fixture
def reader(browser: Browser) -> Iterator[Reader]:
    """Gives pages of somebody who reads: `reader(width=360, dark=True)`, without script unless it is asked for."""
    with _contexts(browser) as opened:
        yield opened


@contextmanager
def _contexts(browser: Browser) -> Iterator[Reader]:
    contexts = []

    def opened(*, width: int, dark: bool = False, script: bool = True, density: int = 1) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            device_scale_factor=density,
        )
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
