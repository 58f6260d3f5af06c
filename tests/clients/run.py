"""`python -m tests.clients.run`: WordPress's npm clients and those of the documents read a running server; ends with
`N passed, M failed`.

Needs Node 20 and npm.  The packages are those of the lock file, installed beside it.
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.clients.snippets import compiled
from tests.golden.cases import reads
from tests.servers.process import free_port

HERE = Path(__file__).parent
TABLES = HERE.parent / "golden" / "wordpress.sqlite.gz"
NOW = "2025-06-15T12:00:00+00:00"
CLIENTS = ("wpapi", "api-fetch", "core-data")
PATIENCE = 60.0


def main() -> int:
    """Installs what the lock names, serves the golden site, and lets each client read it."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        print("test-clients needs Node 20 with npm", file=sys.stderr)
        return 1
    # Of Next.js the types are needed alone, and not the compilers that are its optional packages.
    install = [npm, "ci", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(install, cwd=HERE, check=True)
    passed = failed = 0
    with tempfile.TemporaryDirectory() as snippets, tempfile.TemporaryDirectory() as folder:
        wrong = compiled(Path(snippets))
        print("\n".join(f"not ok typescript: {line}" for line in wrong) or "ok typescript: the documents' snippets")
        passed, failed = (0, len(wrong)) if wrong else (1, 0)
        with served(Path(folder)) as address:
            commands = [["read.mjs", client, address, authorization()] for client in CLIENTS]
            commands += [["snippet.mjs", str(module), address] for module in sorted(Path(snippets).glob("out/*.js"))]
            for command in commands:
                right, bad = counted([node, *command])
                passed, failed = passed + right, failed + bad
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def counted(command: list[str]) -> tuple[int, int]:
    """Runs a client, and shows what it says; how much went well, and how much did not."""
    run = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=180, check=False)
    lines = run.stdout.splitlines()
    right, wrong = (sum(line.startswith(word) for line in lines) for word in ("ok ", "not ok "))
    if run.returncode and not wrong:
        wrong = 1
        print(run.stderr)
    print(run.stdout, end="")
    return right, wrong


def authorization() -> str:
    """The recorded administrator's application password, as a header holds it."""
    found = (case["headers"].get("Authorization") for case in reads() if case["as"] == "admin")
    return str(next(value for value in found if value))


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The golden site, imported into a folder and served; gives its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    tables = folder / "wordpress.sqlite"
    tables.write_bytes(gzip.decompress(TABLES.read_bytes()))
    site = folder / "site"
    environ = {**os.environ, "WIREPRESS_NOW": NOW, "WIREPRESS_ADDRESS": address, "WIREPRESS_PULL": "false"}
    command = [sys.executable, "-m", "wirepress", "--site", str(site)]
    subprocess.run([*command, "init"], env=environ, check=True, capture_output=True)
    imported = [*command, "import", "wordpress", f"sqlite:///{tables}", "--json"]
    subprocess.run(imported, env=environ, check=True, capture_output=True)
    server = subprocess.Popen([*command, "serve", "--port", str(port)], env=environ, stdout=subprocess.DEVNULL)
    try:
        wait_for(address + "/wp-json/")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(address: str) -> None:
    """Returns when the server answers."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())
