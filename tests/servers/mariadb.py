"""A throw-away MariaDB: `python -m tests.servers.mariadb -- COMMAND...` tells COMMAND WIREPRESS_TEST_MARIADB."""

import getpass
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pymysql

from tests.servers.process import folder, free_port, main, program, run_as, running, unprivileged

VARIABLE = "WIREPRESS_TEST_MARIADB"


@contextmanager
def mariadb() -> Iterator[Mapping[str, str]]:
    """A fresh data folder, on a free loopback port, with one empty database in WordPress's character set."""
    install = program("mariadb-install-db")
    server = program("mariadbd")
    owner = unprivileged("mysql")
    account = owner.pw_name if owner is not None else getpass.getuser()
    with folder(owner) as home:
        data, socket = home / "data", home / "socket"
        # --no-defaults keeps the machine's own configuration out; it must be the first argument.
        run_as(
            owner,
            [
                install,
                "--no-defaults",
                f"--datadir={data}",
                f"--user={account}",
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
            ],
            home,
        )
        port = free_port()
        command = [
            server,
            "--no-defaults",
            f"--datadir={data}",
            f"--socket={socket}",
            f"--pid-file={home / 'pid'}",
            f"--tmpdir={home}",
            "--bind-address=127.0.0.1",
            f"--port={port}",
            "--character-set-server=utf8mb4",
            "--collation-server=utf8mb4_unicode_520_ci",
            # WordPress writes zero dates, as servers of its time let it.
            "--sql-mode=",
            "--innodb-flush-log-at-trx-commit=0",
        ]
        with running(owner, command, home, lambda: _answers(socket)):
            with pymysql.connect(unix_socket=str(socket), user="root") as connection, connection.cursor() as cursor:
                cursor.execute("CREATE DATABASE wordpress")
                cursor.execute("CREATE USER 'wirepress'@'127.0.0.1'")
                cursor.execute("GRANT ALL ON *.* TO 'wirepress'@'127.0.0.1'")
            yield {VARIABLE: f"mysql+pymysql://wirepress@127.0.0.1:{port}/wordpress?charset=utf8mb4"}


def _answers(socket: Path) -> bool:
    try:
        pymysql.connect(unix_socket=str(socket), user="root", connect_timeout=2).close()
    except pymysql.OperationalError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(mariadb, sys.argv[1:]))
