"""What the throw-away servers share: finding programs, running as an unprivileged user, waiting, stopping."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

START_SECONDS = 60
STOP_SECONDS = 20


class MissingServer(Exception):
    """The machine lacks a program; the message is one line for a person."""


def program(name: str, *folders: Path) -> str:
    """Path of an executable, looked for in `folders` first, then on PATH and where servers usually lie."""
    found = shutil.which(name, path=os.pathsep.join([*map(str, folders), os.environ.get("PATH", ""), "/usr/sbin"]))
    if found is None:
        raise MissingServer(f"{name} is not installed on this machine (.ci/packages names what the larger tests need).")
    return found


def unprivileged(*preferred: str) -> pwd.struct_passwd | None:
    """The account to run a server as, or None when we are not root and simply stay who we are."""
    if os.geteuid() != 0:
        return None
    for name in (*preferred, "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise MissingServer("Running as root, and there is no unprivileged account to start a database server as.")


@contextmanager
def folder(owner: pwd.struct_passwd | None) -> Iterator[Path]:
    """A temporary folder that belongs to `owner`. Its path is short, as Unix sockets demand."""
    path = Path(tempfile.mkdtemp(prefix="wp-db-", dir="/tmp"))
    try:
        if owner is not None:
            os.chown(path, owner.pw_uid, owner.pw_gid)
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def run_as(owner: pwd.struct_passwd | None, command: Sequence[str], cwd: Path) -> None:
    """Run to its end; when it fails, what it said is part of the error."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=_environment(cwd),
        user=owner.pw_uid if owner else None,
        group=owner.pw_gid if owner else None,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


@contextmanager
def running(
    owner: pwd.struct_passwd | None, command: Sequence[str], cwd: Path, answers: Callable[[], bool]
) -> Iterator[None]:
    """The server `command` for the length of the block, from its first answer on."""
    log = cwd / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            command,
            cwd=cwd,
            env=_environment(cwd),
            user=owner.pw_uid if owner else None,
            group=owner.pw_gid if owner else None,
            stdout=output,
            stderr=output,
        )
    try:
        deadline = time.monotonic() + START_SECONDS
        while not answers():
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{command[0]} did not start:\n{log.read_text(errors='replace')[-4000:]}")
            time.sleep(0.05)
        yield
    finally:
        _stop(server)


def free_port() -> int:
    """A loopback port that nobody listens on now, and that no connection going out will be given (those are from 32768
    on): what the system itself proposes may be taken before it is listened on."""
    while True:
        port = secrets.choice(range(15_000, 32_000))
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def main(server: Callable[[], AbstractContextManager[Mapping[str, str]]], argv: Sequence[str]) -> int:
    """`python -m tests.servers.NAME -- COMMAND...`: run COMMAND with the server's address in its environment."""
    # A terminated run must stop its server too: SIGTERM becomes an exception like any other.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    command = list(argv[1:] if argv[:1] == ["--"] else argv)
    if not command:
        print("usage: python -m tests.servers.NAME -- COMMAND...", file=sys.stderr)
        return 2
    try:
        with server() as variables:
            return subprocess.run(command, env={**os.environ, **variables}, check=False).returncode
    except MissingServer as missing:
        print(missing, file=sys.stderr)
        return 1


def _environment(cwd: Path) -> dict[str, str]:
    # Nothing of the caller's own database settings (PGHOST, MYSQL_HOME ...) reaches the server.
    return {"PATH": os.environ.get("PATH", ""), "HOME": str(cwd), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
