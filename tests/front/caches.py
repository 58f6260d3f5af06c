"""Real front caches: nginx and Varnish with the configurations that we print, each in a folder, on loopback."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers.process import free_port
from wirepress.app.front.port import FrontPort
from wirepress.app.front_configuration import configuration
from wirepress.app.settings import Settings
from wirepress.net.purging import PurgeLine

MODULES = Path("/usr/lib/nginx/modules")
VMODS = Path("/usr/lib")
STATIC = b"a file of the front's own\n" * 100

NGINX = """\
load_module {modules}/ndk_http_module.so;
load_module {modules}/ngx_http_lua_module.so;
{user}
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    keepalive_requests 1000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/wirepress.conf;
    server {{ listen 127.0.0.1:{static}; root {folder}/static; }}
}}
"""


@dataclass(slots=True)
class Cache:
    """A running front.  `static`: a port that gives a file of its own (`/file`), 0 where it has none."""

    kind: str
    origin: int
    port: int
    purge: int
    static: int
    token: str
    process: subprocess.Popen[bytes]
    lines: list[FrontPort] = field(default_factory=list)

    def line(self) -> FrontPort:
        """A way to tell it what was written."""
        made = FrontPort(PurgeLine(f"http://127.0.0.1:{self.purge}/", self.token, seconds=5))
        self.lines.append(made)
        return made


def is_installed(kind: str) -> bool:
    """Whether this machine has what a kind of front needs."""
    if kind == "nginx":
        return bool(shutil.which("nginx", path=PATH)) and (MODULES / "ngx_http_lua_module.so").exists()
    return bool(shutil.which("varnishd", path=PATH)) and any(VMODS.glob("*/varnish/vmods/libvmod_xkey.so"))


PATH = f"{os.environ.get('PATH', '')}:/usr/sbin"


@contextmanager
def running(
    kind: str, origin: int, folder: Path, *, token: str = "secret", purge: int = 0, port: int = 0
) -> Iterator[Cache]:
    """A front before a server on loopback, ended afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    port, purge, static = port or free_port(), purge or free_port(), free_port()
    settings = Settings(
        folder, port=origin, front=kind, front_token=token, front_purge=f"http://127.0.0.1:{purge}/"
    )  # fmt: skip
    for number in (port, purge):
        _await_free(number)
    command = _nginx(settings, port, static, folder) if kind == "nginx" else _varnish(settings, port, purge, folder)
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
    cache = Cache(kind, origin, port, purge, static if kind == "nginx" else 0, token, process)
    try:
        for number in (port, purge):
            _wait(number, process, folder)
        yield cache
    finally:
        for line in cache.lines:
            line.close()
        end(process)


def end(process: subprocess.Popen[bytes], number: int = signal.SIGTERM) -> None:
    """Ends a front with all its processes."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def _nginx(settings: Settings, port: int, static: int, folder: Path) -> list[str]:
    for name in ("cache", "static", "body", "proxy", "fastcgi", "uwsgi", "scgi"):
        (folder / name).mkdir(exist_ok=True)
    (folder / "static" / "file").write_bytes(STATIC)
    printed = configuration(settings, "nginx", listen=f"127.0.0.1:{port}", cache=str(folder / "cache"))
    (folder / "wirepress.conf").write_text(printed)
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(NGINX.format(modules=MODULES, user=user, folder=folder, static=static))
    program = shutil.which("nginx", path=PATH)
    assert program is not None
    return [program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log"), "-g", "daemon off;"]


def _varnish(settings: Settings, port: int, purge: int, folder: Path) -> list[str]:
    listen = f"127.0.0.1:{port}"
    (folder / "wirepress.vcl").write_text(configuration(settings, "varnish", listen=listen))
    program = shutil.which("varnishd", path=PATH)
    assert program is not None
    jail = ["-j", "none"]
    where = ["-n", str(folder / "work"), "-f", str(folder / "wirepress.vcl")]
    return [program, "-F", *jail, *where, "-a", listen, "-a", f"purge=127.0.0.1:{purge}", "-s", "malloc,64m"]


def _await_free(port: int) -> None:
    """Waits until nobody listens on a port: the processes of a front that was killed go one after the other."""
    until = time.monotonic() + 30
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                assert time.monotonic() < until, f"somebody listens on {port}"
                time.sleep(0.05)
            else:
                return


def _wait(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise AssertionError(f"the front does not listen: {(folder / 'log').read_text('utf-8', 'replace')[-3000:]}")


@dataclass(frozen=True, slots=True)
class Got:
    """An answer."""

    status: int
    headers: dict[str, str]
    body: bytes


def get(port: int, path: str, **headers: str) -> Got:
    """Gets a path, on a connection of its own."""
    return ask(port, "GET", path, None, **headers)


def ask(port: int, method: str, path: str, body: bytes | None = None, /, **headers: str) -> Got:
    """Sends a request on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    with contextlib.closing(connection):
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, headers={"Host": "news.example.com", **sent})
        response = connection.getresponse()
        found = response.read()
        return Got(response.status, {name.lower(): value for name, value in response.getheaders()}, found)
