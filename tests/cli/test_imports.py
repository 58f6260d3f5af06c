"""`wirepress import wordpress`, as it is typed."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

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
    for word in ("Came", "posts", "121", "Kept whole, not served yet", "options"):
        assert word in told.output


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
