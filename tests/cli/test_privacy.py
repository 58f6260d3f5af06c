"""`wirepress privacy`: an export as a file and as JSON, an erasure that is asked for, refused and done."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.inside import wirepress


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    assert wirepress(folder, "init", "--home", "https://news.example").returncode == 0
    for login, role in (("boss", "administrator"), ("ann", "author")):
        assert wirepress(folder, "user", "create", login, f"{login}@news.example", "--role", role).returncode == 0
    return folder


def test_an_export_goes_into_a_file_or_to_standard_output(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "ann.zip"
    assert wirepress(site, "privacy", "export", "Ann@News.example", "--file", str(place)).returncode == 0
    with zipfile.ZipFile(place) as opened:
        assert b"ann@news.example" in opened.read("index.html")
    again = wirepress(site, "privacy", "export", "ann@news.example", "--file", str(place))
    assert (again.returncode, again.stderr) == (1, f"wirepress: {place}: File exists\n")
    data = json.loads(wirepress(site, "privacy", "export", "ann@news.example", "--json").stdout)
    assert "user" in data["Personal data of ann@news.example"]
    assert wirepress(site, "privacy", "export", "ann@news.example").returncode == 0
    [made] = set(tmp_path.glob("*.zip")) - {place}
    assert "ann" not in made.name


def test_an_erasure_is_asked_for_and_says_what_it_did(site: Path) -> None:
    unasked = wirepress(site, "privacy", "erase", "ann@news.example")
    assert (unasked.returncode, "--yes" in unasked.stderr) == (1, True)
    assert "ann" in wirepress(site, "privacy", "export", "ann@news.example", "--json").stdout
    both = ("--keep-comments", "--delete-comments")
    assert wirepress(site, "privacy", "erase", "ann@news.example", "--yes", *both).returncode == 2
    report = json.loads(wirepress(site, "privacy", "erase", "ann@news.example", "--yes", "--json").stdout)
    assert [(step["kind"], step["done"], step["action"]) for step in report["steps"]] == [("account 2", 1, "deleted")]
    again = wirepress(site, "privacy", "erase", "ann@news.example", "--yes")
    assert again.stdout.strip() == "Nothing of this address is here"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("boss@news.example", "--yes"), "last administrator"),
        (("ann@news.example", "--yes", "--reassign", "nobody"), "there is no user nobody"),
        (("ann@news.example", "--yes", "--reassign", "ann"), "cannot go to the account"),
        (("ann", "--yes"), "no e-mail address"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(site: Path, words: tuple[str, ...], reason: str) -> None:
    done = wirepress(site, "privacy", "erase", *words)
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (1, 1)
    assert reason in done.stderr
    assert len(json.loads(wirepress(site, "audit", "list", "--action", "user.create", "--json").stdout)) == 2
