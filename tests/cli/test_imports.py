"""`wirepress import wordpress`, as it is typed."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from wirepress.cli.imports import short_name
from wirepress.cli.main import app
from wirepress.store.database import open_database

GOLDEN = Path(__file__).parent.parent / "golden" / "wordpress.sqlite.gz"


@pytest.fixture
def source(tmp_path: Path) -> str:
    path = tmp_path / "wordpress.sqlite"
    path.write_bytes(gzip.decompress(GOLDEN.read_bytes()))
    return f"sqlite:///{path}"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    assert CliRunner().invoke(app, ["--site", str(folder), "init"]).exit_code == 0
    return folder


def test_a_site_comes_in_and_the_second_time_nothing(site: Path, source: str, tmp_path: Path) -> None:
    uploads = tmp_path / "uploads"
    (uploads / "2024" / "02").mkdir(parents=True)
    (uploads / "2024" / "02" / "harbour.jpg").write_bytes(b"picture")
    command = ["--site", str(site), "import", "wordpress", source, "--uploads", str(uploads), "--json"]
    first = CliRunner().invoke(app, command)
    assert first.exit_code == 0, first.output
    came = json.loads(first.stdout)["came"]
    assert (came["posts"]["new"], came["users"]["new"], came["files"]["new"]) == (121, 8, 1)
    assert (site / "uploads" / "2024" / "02" / "harbour.jpg").read_bytes() == b"picture"
    again = CliRunner().invoke(app, command)
    assert json.loads(again.stdout)["changes"] == 0
    database = open_database(f"sqlite:///{site / 'wirepress.sqlite'}")
    with database.read() as unit:
        [(rendered,)] = unit.rows("SELECT count(*) FROM renderings")
        [(posts,)] = unit.rows("SELECT count(*) FROM posts WHERE type <> 'revision'")
    database.close()
    assert rendered == posts


def test_the_summary_says_what_came_and_what_is_kept(site: Path, source: str) -> None:
    told = CliRunner().invoke(app, ["--site", str(site), "import", "wordpress", source])
    assert told.exit_code == 0, told.output
    for word in ("Came", "posts", "121", "What readers will notice", "Kept whole, and not used here", "options"):
        assert word in told.output


def rows(site: Path, sql: str) -> list[tuple[object, ...]]:
    database = open_database(f"sqlite:///{site / 'wirepress.sqlite'}")
    with database.read() as unit:
        found = unit.rows(sql)
    database.close()
    return found


def test_it_leaves_one_entry_in_the_log_and_stands_in_the_history(site: Path, source: str) -> None:
    command = ["--site", str(site), "import", "wordpress", source, "--json"]
    assert CliRunner().invoke(app, command).exit_code == 0
    [(kind, details)] = rows(site, "SELECT kind, CAST(details AS TEXT) FROM audit WHERE action LIKE 'import.%'")
    assert kind == "cli"
    assert (json.loads(str(details))["outcome"], json.loads(str(details))["came"]["posts"]) == ("done", 121)
    [(state, given)] = rows(site, "SELECT state, CAST(given AS TEXT) FROM orders")
    assert (state, json.loads(str(given))) == ("done", {"by": "cli", "name": "wordpress.sqlite"})
    failed = CliRunner().invoke(app, [*command, "--prefix", "x_"])
    assert failed.exit_code == 1
    assert rows(site, "SELECT state FROM orders ORDER BY id") == [("done",), ("failed",)]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:////srv/site/wordpress.sqlite", "wordpress.sqlite"),
        ("mysql+pymysql://wp:p%40ss/w@rd@db.example:3306/wordpress?charset=utf8mb4", "db.example:3306/wordpress"),
        ("nonsense", ""),
    ],
)
def test_the_history_knows_no_path_and_no_password(url: str, name: str) -> None:
    assert short_name(url) == name


def test_a_site_with_an_administrator_keeps_account_and_address(site: Path, source: str) -> None:
    runner = CliRunner()
    made = ["--site", str(site), "user", "create", "anna", "anna@example.org", "--role", "administrator"]
    assert runner.invoke(app, made).exit_code == 0
    command = ["--site", str(site), "import", "wordpress", source, "--json"]
    refused = runner.invoke(app, command)
    assert (refused.exit_code, "user 1 has registered" in refused.stdout) == (1, True)
    before = rows(site, "SELECT name, value FROM options WHERE name IN ('home', 'siteurl') ORDER BY name")
    assert runner.invoke(app, [*command, "--keep-accounts", "--keep-address"]).exit_code == 0
    assert rows(site, "SELECT id FROM users WHERE login = 'anna'") == [(9,)]
    assert rows(site, "SELECT name, value FROM options WHERE name IN ('home', 'siteurl') ORDER BY name") == before


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["sqlite:///missing.sqlite"], "there is no such file"),
        (["nonsense"], "not the URL of a database"),
        (["{source}", "--uploads", "missing"], "there is no such folder"),
        (["{source}", "--prefix", "x_"], "no WordPress tables with the prefix"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(site: Path, source: str, arguments: list[str], line: str) -> None:
    given = [argument.format(source=source) for argument in arguments]
    told = CliRunner().invoke(app, ["--site", str(site), "import", "wordpress", *given])
    assert told.exit_code == 1
    assert line in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1
    assert "Traceback" not in told.output


def test_a_folder_that_is_no_site(tmp_path: Path, source: str) -> None:
    told = CliRunner().invoke(app, ["--site", str(tmp_path), "import", "wordpress", source])
    assert told.exit_code == 2
