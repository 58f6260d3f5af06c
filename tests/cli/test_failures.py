"""Whatever goes wrong ends in one line and the right code; with --json in one JSON object."""

from __future__ import annotations

import json
import math
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.inside import wirepress
from wirepress.app.compose import open_newsroom
from wirepress.app.settings import load
from wirepress.content import options

NOBODY = 65534


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("failures") / "site"
    assert wirepress(folder, "init", "--home", "https://news.example").returncode == 0
    assert wirepress(folder, "post", "create", "--title", "First").returncode == 0
    return folder


@pytest.fixture
def site(master: Path, tmp_path: Path) -> Path:
    shutil.copytree(master, tmp_path / "site")
    return tmp_path / "site"


def real(site: Path, *words: str, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    """The command as it is run for real, without a terminal."""
    line = [sys.executable, "-m", "wirepress", "--site", str(site), *words]
    return subprocess.run(
        line, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, preexec_fn=before, timeout=120
    )


WRONG = [
    (2, "no such command", ("psot",)),
    (2, "Did you mean 'list'?", ("post", "lits")),
    (2, "no such option", ("post", "list", "--foo")),
    (2, "missing argument", ("option", "get")),
    (2, "--limit", ("post", "list", "--limit", "many")),
    (2, "--rights", ("source", "add", "https://a.example/", "--rights", "half")),
    (2, "posts, comments", ("search-replace", "a", "b", "--in", "nowhere")),
    (1, "no such post", ("post", "get", "999999999999")),
    (1, "no such post", ("post", "trash", "77")),
    (1, "nothing to change", ("post", "edit", "1")),
    (1, "no user nobody", ("post", "list", "--user", "nobody")),
    (1, "no type of posts", ("post", "create", "--title", "x", "--type", "x")),
    (1, "no status x", ("post", "create", "--title", "x", "--status", "x")),
    (1, "cannot be read", ("post", "create", "/nowhere.md")),
    (1, "no date", ("post", "create", "--title", "x", "--date", "soon")),
    (1, "empty", ("post", "create")),
    (1, "comment 5: there is no such comment", ("comment", "approve", "5")),
    (1, "no taxonomy", ("term", "list", "x")),
    (1, "no term", ("term", "merge", "category", "x", "y", "--yes")),
    (1, "No such file", ("media", "import", "/nowhere.jpg")),
    (1, "Not a regular file", ("media", "import", "/dev/null")),
    (1, "is no folder", ("front", "nginx", "--cache", "/x; include /etc/passwd")),
    (1, "not a public address", ("media", "import", "http://127.0.0.1:1/a.jpg")),
    (1, "no role", ("user", "list", "--role", "queen")),
    (1, "no user x", ("user", "set-role", "x", "editor")),
    (1, "no option x", ("option", "get", "x")),
    (1, "not JSON", ("option", "set", "x", "{", "--format", "json")),
    *((1, "not JSON", ("option", "set", "x", value, "--format", "json")) for value in ("NaN", "[-Infinity]", "1e999")),
    (1, "half a character", ("option", "set", "x", '{"\\ud800": 1}', "--format", "json")),
    (1, "half a character", ("option", "set", "blogname", '"\\udfff"', "--format", "json")),
    (2, "not in UTF-8", ("option", "set", "blogname", os.fsdecode(b"caf\xe9"))),
    (2, "not in UTF-8", ("post", "create", os.fsdecode(b"\xff.md"))),
    (2, "not in UTF-8", ("search-replace", "a", "\ud800", "--dry-run")),
    (1, "is more", ("option", "set", "blogname", "[1]", "--format", "json")),
    (1, "Can't connect", ("import", "wordpress", "mysql+pymysql://me:secret@127.0.0.1:1/x")),
    (1, "cannot listen", ("serve", "--host", "192.0.2.1")),
    (1, "look for", ("search-replace", "", "b")),
]


@pytest.mark.parametrize(
    ("code", "said", "words"), WRONG, ids=lambda value: " ".join(value) if type(value) is tuple else ""
)
def test_it_is_told_in_one_line(code: int, said: str, words: tuple[str, ...], site: Path) -> None:
    done = wirepress(site, *words)
    assert (done.returncode, done.stdout) == (code, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("wirepress: ")
    assert said in line
    assert "secret" not in line
    as_json = wirepress(site, *words, "--json")
    assert (as_json.returncode, as_json.stderr) == (code, "")
    error = json.loads(as_json.stdout)["error"]
    assert line == f"wirepress: {error['message']}"
    assert error["code"].isidentifier()
    assert error["code"] != "failed", "a word that says what has failed"


def test_what_no_json_holds_is_told_in_json(site: Path) -> None:
    """As an earlier version may have kept it."""
    newsroom = open_newsroom(load(site, {}))
    with newsroom.write() as view:
        options.set(view.unit, "endless", [math.inf])
    newsroom.database.close()
    done = wirepress(site, "option", "get", "endless", "--json")
    assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (1, "no_json")


def test_a_failure_of_the_database_is_said_once(site: Path) -> None:
    done = wirepress(site, "import", "wordpress", "mysql+pymysql://me:secret@127.0.0.1:1/x")
    assert done.stderr.count("127.0.0.1'") == 1
    (site / "wirepress.toml").write_text('database = "postgresql+psycopg://me:secret@127.0.0.1:1/x"')
    done = wirepress(site, "post", "list")
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stderr.count("Connection refused") == 1


@pytest.mark.parametrize("text", ["port = ", "port = 'x'", "nonsense = 1", "\xff", "port = 99999"])
def test_broken_settings(site: Path, text: str) -> None:
    (site / "wirepress.toml").write_bytes(text.encode("latin-1"))
    done = wirepress(site, "post", "list")
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_port_in_use(site: Path) -> None:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        sock.listen()
        done = wirepress(site, "serve", "--port", str(sock.getsockname()[1]), "--json")
    assert done.returncode == 1
    assert "Address already in use" in json.loads(done.stdout)["error"]["message"]


def test_a_full_disk(site: Path) -> None:
    """No file may grow: the kernel says so as it says that a disk is full."""

    def full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    done = real(site, "post", "create", "--title", "Lost", before=full)
    assert done.returncode == 1
    (line,) = done.stderr.strip().splitlines()
    assert "Nothing can be changed for now" in line or "no room" in line
    assert [row["title"] for row in json.loads(wirepress(site, "post", "list", "--json").stdout)] == ["First"]


@pytest.mark.parametrize("words", [("serve", "--port", "0"), ("post", "create", "--title", "x"), ("doctor", "--json")])
def test_a_folder_that_is_only_read(site: Path, words: tuple[str, ...]) -> None:
    line = [sys.executable, "-m", "wirepress", "--site", str(site), *words]
    if os.geteuid() == 0:  # root writes everywhere, unless that is taken from it
        if shutil.which("setpriv") is None:
            pytest.skip("needs setpriv, or another account than root")
        for path in (site, *site.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        line = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *line]
    for path in (site, *site.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=120)
    finally:
        for path in (site, *site.rglob("*")):
            path.chmod(0o755)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    if words[0] == "doctor":
        bad = [one for one in json.loads(done.stdout) if one["state"] == "bad"]
        assert all(one["mend"] for one in bad)
        assert {"uploads", "database"} <= {one["check"] for one in bad}
        return
    (said,) = done.stderr.strip().splitlines()
    assert "readonly database" in said


def test_ctrl_c_in_the_middle(site: Path) -> None:
    command = [sys.executable, "-m", "wirepress", "--site", str(site), "post", "create", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while not _waits_for_input(process.pid):
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=120)
        assert process.returncode == 130
    assert said.splitlines() == ["wirepress: interrupted"]


LOADED_HALF = """
import sys
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "wirepress.cli.due":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupting())
from wirepress.__main__ import main
main()
"""


@pytest.mark.parametrize("words", [(), ("--json",)])
def test_ctrl_c_while_the_command_is_loaded(words: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, "-c", LOADED_HALF, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 130
    if words:
        assert (json.loads(done.stdout)["error"]["code"], done.stderr) == ("interrupted", "")
    else:
        assert (done.stdout, done.stderr) == ("", "wirepress: interrupted\n")


@pytest.mark.parametrize("words", [("post", "keep"), ("post", "take-over"), ("audit", "erase", "--user")])
def test_a_number_that_no_database_holds_is_told_in_one_line(site: Path, words: tuple[str, ...]) -> None:
    done = wirepress(site, *words, "9" * 26)
    assert done.returncode in (1, 2)
    assert len(done.stderr.strip().splitlines()) == 1


def _waits_for_input(pid: int) -> bool:
    """Whether a process reads from a pipe, and nothing comes."""
    with open(f"/proc/{pid}/wchan") as waiting:  # noqa: PTH123 - a file of the kernel's
        return "pipe_read" in waiting.read()


def test_without_a_terminal_nobody_is_asked(site: Path) -> None:
    for words in (("post", "delete", "1"), ("search-replace", "First", "Lost")):
        done = real(site, *words)
        assert done.returncode == 1
        assert done.stderr.strip().splitlines()[-1] == "wirepress: nobody can be asked here: say --yes"
    assert json.loads(wirepress(site, "post", "list", "--json").stdout)[0]["title"] == "First"


def test_a_reader_that_goes_away(site: Path) -> None:
    command = f"{sys.executable} -m wirepress --site {site} option list | true"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, timeout=120)
    assert done.stderr == ""


def test_quiet_says_nothing_of_what_was_done(site: Path) -> None:
    assert wirepress(site, "post", "create", "--title", "x", "--quiet").stdout == ""
    assert wirepress(site, "--quiet", "post", "create", "--title", "y").stdout == ""
    assert wirepress(site, "option", "get", "home", "--quiet").stdout == "https://news.example\n"
    assert "Password" in wirepress(site, "user", "create", "ann", "ann@news.example", "--quiet").stdout


CODES = [
    ("missing_argument", ("entry", "retry")),
    ("missing_argument", ("media", "import", "a.jpg", "--featured")),
    ("unreadable_file", ("post", "create", "/nowhere.md")),
    ("unreadable_file", ("source", "apply", "/nowhere.toml")),
    ("invalid_date", ("post", "create", "--title", "x", "--date", "soon")),
    ("invalid_option_value", ("option", "set", "posts_per_page", "many")),
    ("invalid_address", ("source", "add", "ftp://paper.example/feed")),
    ("bad_source", ("source", "add", "https://paper.example/", "--links", "a[")),
    ("no_source", ("source", "show", "7")),
    ("no_entry", ("entry", "show", "7")),
    ("invalid_email", ("user", "create", "eva", "nowhere")),
    ("invalid_post", ("post", "publish", "77")),
    ("comment_invalid_id", ("comment", "approve", "77")),
    ("unknown_field", ("post", "get", "1", "--field", "colour")),
]


@pytest.mark.parametrize(("code", "words"), CODES, ids=lambda value: " ".join(value) if type(value) is tuple else value)
def test_each_failure_has_a_word_of_its_own(code: str, words: tuple[str, ...], site: Path) -> None:
    done = wirepress(site, *words, "--json")
    assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (1, code)


def test_a_broken_database_is_told_apart_from_the_system(site: Path) -> None:
    for path in site.glob("*.sqlite*"):
        path.write_bytes(b"no database " * 1000)
    done = wirepress(site, "post", "list", "--json")
    assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (1, "database")
