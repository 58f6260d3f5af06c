"""Themes in the administration: the list, a check, and showing the site in one."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.admin.client import Client
from wirepress.content.themes.catalog import Themes

HERE = "themes.php"
ADMIN = "administrator"


@pytest.fixture
def own(client: Client, tmp_path: Path) -> Path:
    """The folder of a theme of the site's own."""
    client.newsroom.themes = Themes(tmp_path / "themes")
    (tmp_path / "themes").mkdir()
    return client.newsroom.themes.make("evening")


def active(client: Client) -> str:
    with client.newsroom.view() as view:
        return view.site.theme.name


def test_a_theme_is_activated(client: Client) -> None:
    page = client.get(ADMIN, HERE)
    assert page.html.count('class="drawn"') == 2
    assert "Activate Magazine" in page.html
    done = client.post(ADMIN, HERE, {"action": "activate", "theme": "magazine"})
    assert (done.status, "activated=1" in done.location) == (303, True)
    assert active(client) == "magazine"
    assert "Activate Magazine" not in client.get(ADMIN, HERE).html


def test_a_theme_with_a_fault_is_not_shown_and_the_fault_is(client: Client, own: Path) -> None:
    (own / "templates" / "front.html").write_text("{{ <b>nothing }}")
    refused = client.post(ADMIN, HERE, {"action": "activate", "theme": "evening"})
    assert refused.status == 400
    assert "templates/front.html" in refused.text
    assert "<b>nothing" not in refused.html
    assert active(client) == "newspaper"
    assert "templates/front.html" in client.get(ADMIN, f"{HERE}?check=evening").text
    assert client.post(ADMIN, HERE, {"action": "activate", "theme": "../x"}).status == 400


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.EACCES, "may not write"), (errno.EPERM, "may not write"), (errno.ENOSPC, "no room left")],
)
def test_a_theme_that_cannot_be_kept_is_not_shown(
    client: Client, own: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as folder:
        folder.setattr(Path, "mkdir", refuse)
        refused = client.post(ADMIN, HERE, {"action": "activate", "theme": own.name})
    assert refused.status == 503
    assert "no copy of it can be kept in the folder of themes" in refused.text
    assert said in refused.text
    assert "Activate Magazine" in refused.html
    assert active(client) == "newspaper"


def test_a_folder_that_has_changed_is_told_and_shown_again(client: Client, own: Path) -> None:
    client.post(ADMIN, HERE, {"action": "activate", "theme": "evening"})
    assert "has changed since" not in client.get(ADMIN, HERE).text
    (own / "style.css").write_text("p { color: var(--ink); }")
    assert "has changed since" in client.get(ADMIN, HERE).text
    assert client.post(ADMIN, HERE, {"action": "activate", "theme": "evening"}).status == 303
    assert "has changed since" not in client.get(ADMIN, HERE).text


def test_a_theme_that_cannot_be_read_is_listed(client: Client, own: Path) -> None:
    (own / "theme.toml").write_text("name = ")
    assert "theme.toml" in client.get(ADMIN, HERE).text
