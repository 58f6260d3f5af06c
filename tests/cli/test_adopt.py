"""`wirepress adopt`, as it is typed, and what an import says of it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.cli.inside import wirepress

SEED = Path(__file__).parent.parent / "seed"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    assert wirepress(folder, "init").returncode == 0
    return folder


@pytest.fixture
def source(tmp_path: Path) -> str:
    path = tmp_path / "wordpress.sqlite"
    path.write_bytes(gzip.decompress((SEED / "wordpress.sqlite.gz").read_bytes()))
    return f"sqlite:///{path}"


def listed(site: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(wirepress(site, "source", "list", "--json").stdout)
    return found


def test_an_import_adopts_and_says_so(site: Path, source: str) -> None:
    came = json.loads(wirepress(site, "import", "wordpress", source, "--json").stdout)["came"]
    assert (came["origins"]["new"], came["proposed sources"]["new"]) == (1, 1)
    (proposed,) = listed(site)
    assert (proposed["url"], proposed["active"], proposed["proposed"], proposed["updates"]) == (
        "https://cnn.com/", False, True, "hold",
    )  # fmt: skip
    again = json.loads(wirepress(site, "import", "wordpress", source, "--json").stdout)
    assert again["changes"] == 0
    assert "origins" not in again["came"]
    assert wirepress(site, "source", "resume", "1").returncode == 0
    assert [(one["active"], one["proposed"]) for one in listed(site)] == [(True, False)]
    assert wirepress(site, "source", "pause", "1").returncode == 0
    assert [(one["active"], one["proposed"]) for one in listed(site)] == [(False, False)]


def test_the_command_shows_first_and_writes_when_it_is_told(site: Path, source: str) -> None:
    from wirepress.store.database import open_database
    from wirepress.transfer.wordpress import import_database

    database = open_database(f"sqlite:///{site / 'wirepress.sqlite'}")
    import_database(database, source)
    database.close()
    dry = json.loads(wirepress(site, "adopt", "--json").stdout)
    assert (dry["written"], dry["recognised"], dry["signs"]) == (False, 1, {"attribution line": 1})
    assert listed(site) == []
    shown = wirepress(site, "adopt").stdout
    for word in ("attribution line", "https://cnn.com/", "1 of 1 posts", "--write"):
        assert word in shown
    assert json.loads(wirepress(site, "adopt", "--write", "--json").stdout)["sources"][0]["source"] == 1
    assert len(listed(site)) == 1
    assert "0 of 0 posts" in wirepress(site, "adopt", "--write").stdout
