"""A throw-away PostgreSQL: `python -m tests.servers.postgres -- COMMAND...` tells COMMAND WIREPRESS_TEST_POSTGRES."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.servers.process import folder, free_port, main, program, run_as, running, unprivileged

VARIABLE = "WIREPRESS_TEST_POSTGRES"


@contextmanager
def postgres() -> Iterator[Mapping[str, str]]:
    """A fresh cluster in a temporary folder, on a free loopback port, with one empty database."""
    initdb = program("initdb", *_debian_folders())
    server = program("postgres", Path(initdb).resolve().parent)
    owner = unprivileged("postgres")
    with folder(owner) as home:
        data = home / "data"
        run_as(
            owner,
            [
                initdb,
                "--pgdata",
                str(data),
                "--username=wirepress",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
            ],
            home,
        )
        port = free_port()
        command = [server, "-D", str(data), "-p", str(port), "-k", str(home), "-c", "listen_addresses=127.0.0.1"]
        # The cluster lives for one test run: what it loses in a power cut is of no interest.
        command += ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"]
        address = f"host=127.0.0.1 port={port} user=wirepress dbname=postgres"
        with running(owner, command, home, lambda: _answers(address)):
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute("CREATE DATABASE wirepress")
            yield {VARIABLE: f"postgresql+psycopg://wirepress@127.0.0.1:{port}/wirepress"}


def _debian_folders() -> list[Path]:
    # Debian keeps each major version apart and off PATH; the newest comes first.
    found = Path("/usr/lib/postgresql").glob("*/bin")
    return sorted(found, key=lambda path: [int(part) for part in path.parent.name.split(".")], reverse=True)


def _answers(address: str) -> bool:
    try:
        with psycopg.connect(address, connect_timeout=2):
            return True
    except psycopg.OperationalError:
        return False


if __name__ == "__main__":
    sys.exit(main(postgres, sys.argv[1:]))
