"""The sequence that scripts rely on, run as the real command; and every wrong start in one line.

A start of the real command takes a second: what needs no process of its own is run in this one (`inside`).
"""

import contextlib
import json
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from gzip import decompress
from pathlib import Path

import pytest

from tests.cli import inside
from tests.servers.process import free_port

TESTS = Path(__file__).parent.parent
PATIENCE = 30.0


def wirepress(site: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wirepress", "--site", str(site), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return bytes(answer.read())


@contextlib.contextmanager
def serving(site: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    port = free_port()
    command = [sys.executable, "-m", "wirepress", "--site", str(site), "serve", "--host", "127.0.0.1"]
    with subprocess.Popen([*command, "--port", str(port)], stderr=subprocess.DEVNULL) as server:
        base = f"http://127.0.0.1:{port}"
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                get(base + "/-/health")
                break
            time.sleep(0.05)
        try:
            yield server, base
        finally:
            server.kill()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seed's site, made as the promise says."""
    folder = tmp_path_factory.mktemp("promise")
    tables = folder / "wordpress.sqlite"
    tables.write_bytes(decompress((TESTS / "seed" / "wordpress.sqlite.gz").read_bytes()))
    (folder / "uploads").mkdir()
    site = folder / "site"
    for words in (
        ("init",),
        ("import", "wordpress", f"sqlite:///{tables}", "--uploads", str(folder / "uploads")),
        ("option", "set", "excerpt_length", "35"),
        ("option", "set", "excerpt_more", "&hellip;"),
    ):
        done = wirepress(site, *words)
        assert done.returncode == 0, done.stderr
    return site


def test_the_seed_comes_out_byte_for_byte(site: Path) -> None:
    with serving(site) as (_server, base):
        answer = get(base + "/index.php/wp-json/wp/v2/posts/3701")
    assert answer == (TESTS / "seed" / "post-3701.json").read_bytes()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_nothing_is_left_on_the_port(site: Path, number: signal.Signals) -> None:
    """A signal ends parent and children; children of a killed parent end by themselves."""
    with serving(site) as (server, base):
        server.send_signal(number)
        server.wait(PATIENCE)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                get(base + "/-/health")
            except OSError:
                break
            time.sleep(0.05)
        else:
            pytest.fail("somebody still answers")


def test_a_taken_port_is_told_in_one_line(site: Path) -> None:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        sock.listen()
        done = wirepress(site, "serve", "--port", str(sock.getsockname()[1]))
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "cannot listen" in done.stderr
    assert "; --port takes another one" in done.stderr


def test_a_wrong_start_of_the_real_command_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("mine")
    for folder, said in ((tmp_path / "nowhere", "there is no such folder"), (tmp_path, "is not a Wirepress site")):
        done = wirepress(folder, "serve")
        assert (done.returncode, done.stdout) == (2, "")
        (line,) = done.stderr.splitlines()
        assert said in line


@pytest.mark.parametrize("words", [("serve",), ("post", "list"), ("option", "list"), ("pull",), ("source", "list")])
def test_a_missing_folder_is_told_in_one_line(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = inside.wirepress(tmp_path / "nowhere", *words)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "there is no such folder" in done.stderr


@pytest.mark.parametrize("words", [("serve",), ("init",), ("doctor",), ("import", "wordpress", "sqlite:///x")])
def test_a_foreign_folder_is_told_in_one_line_and_left_alone(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "diary.txt").write_text("mine")
    done = inside.wirepress(tmp_path, *words)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["diary.txt"]


def test_a_database_that_is_not_wordpress_s(site: Path, tmp_path: Path) -> None:
    import sqlite3

    with contextlib.closing(sqlite3.connect(tmp_path / "other.sqlite")) as other:
        other.execute("CREATE TABLE notes (id INTEGER)")
        other.commit()
    done = inside.wirepress(site, "import", "wordpress", f"sqlite:///{tmp_path / 'other.sqlite'}")
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_users_and_sources(tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert inside.wirepress(site, "init", "--home", "https://news.example", "--title", "News").returncode == 0
    assert inside.wirepress(site, "option", "get", "blogname").stdout.strip() == "News"
    assert inside.wirepress(site, "user", "create", "ann", "ann@example.com", "--role", "editor").returncode == 0
    for words in (
        ("user", "create", "ANN", "other@example.com"),
        ("user", "create", "bob", "ann@example.com"),
        ("user", "create", "bob", "bob@example.com", "--role", "queen"),
        ("source", "add", "ftp://example.com/feed"),
        ("source", "add", "https://example.com/", "--links", "a["),
        ("source", "remove", "7"),
    ):
        done = inside.wirepress(site, *words)
        assert done.returncode != 0, words
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    add = ("source", "add", "https://example.com/feed", "--category", "World", "--rights", "full")
    assert inside.wirepress(site, *add).returncode == 0
    assert inside.wirepress(site, *add).returncode == 1
    listed = inside.wirepress(site, "source", "list", "--json").stdout
    assert '"rights": "full"' in listed
    assert inside.wirepress(site, "source", "remove", "1").returncode == 0
    assert inside.wirepress(site, "source", "list", "--json").stdout.strip() == "[]"
    assert inside.wirepress(site, "pull").returncode == 0
    assert inside.wirepress(site, "doctor").returncode == 0


def test_what_there_is_none_of_is_told_in_one_line(site: Path) -> None:
    for words, there_are in (
        (("--status", "nonsense"), "publish"),
        (("--type", "nonsense"), "page"),
    ):
        done = inside.wirepress(site, "post", "list", *words)
        assert done.returncode == 1
        assert len(done.stderr.strip().splitlines()) == 1
        assert "nonsense" in done.stderr
        assert there_are in done.stderr
    assert inside.wirepress(site, "post", "list", "--status", "trash", "--json").stdout.strip() == "[]"


def test_off_a_terminal_every_line_of_the_server_is_json(site: Path) -> None:
    command = [sys.executable, "-m", "wirepress", "--site", str(site), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        told = [json.loads(server.stderr.readline())]
        server.send_signal(signal.SIGTERM)
        told += [json.loads(line) for line in server.stderr]
    assert [line["message"] for line in told if line["message"].startswith("Listening on http://127.0.0.1:")]


def test_options_that_cannot_be_are_refused(site: Path) -> None:
    for words in (
        ("option", "set", "home", "not a url"),
        ("option", "set", "posts_per_page", "abc"),
        ("option", "set", "timezone_string", "Mars/Olympus"),
        ("option", "set", "permalink_structure", "nonsense"),
        ("option", "get", "nonsense"),
    ):
        done = inside.wirepress(site, *words)
        assert done.returncode == 1, words
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "wirepress_secret" not in inside.wirepress(site, "option", "list").stdout
