"""The golden site served by a server of its own, and a real browser that looks at it."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.process import free_port

TABLES = Path(__file__).parent.parent / "golden" / "wordpress.sqlite.gz"
PATIENCE = 120.0
ROLES = {
    "administrator": "admin",
    "editor": "editor",
    "author": "author",
    "contributor": "contributor",
    "subscriber": "subscriber",
}
"""The golden site's users, by their roles."""
WIDTHS = (360, 768, 1440)
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def password_of(login: str) -> str:
    """The password of one of the golden site's users."""
    return f"{login}pass-REF-1"


def chromium() -> str:
    """Where the browser is.  Raises LookupError where there is none."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        raise LookupError("these tests need Chromium (on Debian: apt install chromium)")
    return found


@contextmanager
def served(folder: Path, *, now: str = "", empty: bool = False) -> Iterator[str]:
    """The golden site, imported into a folder and served; gives its address.  `now` lets its clock stand still,
    `empty` leaves it out: then the site has an administrator and nothing else."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    tables = folder / "wordpress.sqlite"
    tables.write_bytes(gzip.decompress(TABLES.read_bytes()))
    site = folder / "site"
    environ = {**os.environ, "WIREPRESS_ADDRESS": address, "WIREPRESS_PULL": "false"}
    if now:
        environ["WIREPRESS_NOW"] = now
    command = [sys.executable, "-m", "wirepress", "--site", str(site)]
    subprocess.run([*command, "init"], env=environ, check=True, capture_output=True)
    filled = ["import", "wordpress", f"sqlite:///{tables}", "--json"]
    if empty:
        filled = ["user", "create", "admin", "admin@example.com", "--role", "administrator"]
        filled += ["--password", password_of("admin")]
    subprocess.run([*command, *filled], env=environ, check=True, capture_output=True)
    # Pictures have pages of their own.
    shown = ["option", "set", "wp_attachment_pages_enabled", "1"]
    subprocess.run([*command, *shown], env=environ, check=True, capture_output=True)
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [*command, "serve", "--port", str(port)], env=environ, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            wait_for(address + "/-/health")
            yield address
        finally:
            server.terminate()
            server.wait(timeout=30)


def wait_for(address: str) -> None:
    """Returns when the server answers."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address, timeout=10):
                return
        except OSError:  # of any kind: refused, or too busy to answer in time
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
