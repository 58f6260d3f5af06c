"""Settings: file, then environment, then flags; every mistake in one line."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from wirepress.app.settings import FILE, load, write_first
from wirepress.model.errors import Invalid


def test_the_environment_wins_over_the_file_and_a_flag_over_both(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('port = 1\nworkers = 2\nuploads = "files"\n')
    settings = load(tmp_path, {"WIREPRESS_PORT": "2", "WIREPRESS_WORKERS": "3"}, {"workers": 4, "host": None})
    assert (settings.port, settings.workers, settings.host) == (2, 4, "127.0.0.1")
    assert settings.uploads_folder == tmp_path / "files"


def test_the_database_lies_in_the_folder_unless_named(tmp_path: Path) -> None:
    assert load(tmp_path, {}).database_url == f"sqlite:///{tmp_path}/wirepress.sqlite"
    assert load(tmp_path, {"WIREPRESS_DATABASE": "postgresql+psycopg://x"}).database_url == "postgresql+psycopg://x"


def test_what_init_writes_is_read_back(tmp_path: Path) -> None:
    write_first(tmp_path, {"allow_private": "127.0.0.0/8", "fetch_delay": 0, "pull": False})
    settings = load(tmp_path, {})
    assert (settings.allow_private, settings.fetch_delay, settings.pull) == ("127.0.0.0/8", 0, False)


def test_what_init_writes_is_read_by_its_owner_only(tmp_path: Path) -> None:
    write_first(tmp_path, {"database": "postgresql+psycopg://wire:secret@db/wire"})
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("text", "words"),
    [("port = 'many'", "not a number"), ("prot = 1", "no such setting: prot"), ("port = ", FILE), ("pull = 3", "pull")],
)
def test_a_bad_file_is_told_in_one_line(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(Invalid, match=words) as caught:
        load(tmp_path, {})
    assert "\n" not in caught.value.message.strip()


@pytest.mark.parametrize("now", ["2025-06-15T12:00:00Z", "2025-06-15T14:00:00+02:00", "2025-06-15 12:00:00"])
def test_a_frozen_moment_is_utc(tmp_path: Path, now: str) -> None:
    assert load(tmp_path, {"WIREPRESS_NOW": now}).moment() == datetime(2025, 6, 15, 12, tzinfo=UTC)


def test_a_frozen_moment_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="not an ISO 8601 time"):
        load(tmp_path, {"WIREPRESS_NOW": "noon"}).moment()
