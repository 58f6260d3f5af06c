"""The page of the block editor: what it tells the editor about a post and about who writes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from tests.admin.client import Client
from tests.content.desk import ROLES, article
from wirepress.content import options
from wirepress.content.identity.viewer import viewer_of
from wirepress.content.people import users
from wirepress.content.posts import revisions
from wirepress.content.posts.revisions import Draft
from wirepress.store import posts

AUTHOR = ROLES.index("author") + 1


@pytest.fixture
def number(client: Client) -> int:
    """An article of the author."""
    with client.newsroom.database.write() as unit:
        return posts.insert(unit, article(0, "budget", "publish", author=AUTHOR))


def configuration(client: Client, role: str, number: int) -> Any:
    page = client.get(role, f"post.php?post={number}&action=edit")
    found = re.search(r'id="wirepress-editor-config">(.*?)</script>', page.html, re.DOTALL)
    assert found, page.text
    return json.loads(found[1])


def autosave(client: Client, role: str, number: int, content: str) -> int:
    with client.newsroom.write() as view:
        viewer = viewer_of(view.site, view.lookup.user(ROLES.index(role) + 1))
        post = view.lookup.post(number)
        assert post is not None
        return revisions.autosave(view, viewer, post, Draft(content=content)).id


def test_a_newer_autosave_is_offered_whoever_wrote_it(client: Client, number: int) -> None:
    assert "autosave" not in configuration(client, "author", number)["settings"]
    kept = autosave(client, "editor", number, "Not saved.")
    settings = configuration(client, "author", number)["settings"]
    assert settings["autosave"]["editLink"].endswith(f"/wp-admin/revision.php?revision={kept}")


def test_an_autosave_that_is_older_than_what_is_saved_is_not_offered(client: Client, number: int) -> None:
    kept = autosave(client, "author", number, "Not saved.")
    with client.newsroom.database.write() as unit:
        saved = posts.get(unit, kept)
        assert saved is not None
        posts.update(unit, number, modified=saved.modified, modified_gmt=saved.modified_gmt)
    assert "autosave" not in configuration(client, "author", number)["settings"]


def test_who_may_not_edit_others_files_sees_them_all_the_same(client: Client, number: int) -> None:
    assert configuration(client, "author", number)["library"] == "all"
    assert "library" not in configuration(client, "editor", number)


def choose(client: Client, role: str, locale: str) -> None:
    with client.newsroom.write() as view:
        users.update(view, ROLES.index(role) + 1, users.UserChanges(locale=locale))


def test_the_editor_is_told_our_texts_in_the_user_s_language(client: Client, number: int) -> None:
    assert configuration(client, "author", number)["translations"] == {}
    choose(client, "author", "de_DE")
    said = configuration(client, "author", number)["translations"]["wirepress"]
    assert said["Where it came from"] == ["Herkunft"]
    assert len(said["%d image has no alternative text."]) == 2
    assert said[""]["plural_forms"].startswith("nplurals=2;")


def test_the_editor_s_own_texts_are_those_of_the_site(client: Client, number: int) -> None:
    def texts(locale: str) -> dict[str, list[str]]:
        return {"Publish": [f"Publier </script> {locale}"]} if locale == "fr_FR" else {}

    client.admin.ports = replace(client.admin.ports, editor_texts=texts)
    assert "default" not in configuration(client, "author", number)["translations"]
    choose(client, "author", "fr_FR")
    assert configuration(client, "author", number)["translations"] == {
        "default": {"Publish": ["Publier </script> fr_FR"]}
    }


def test_the_editor_knows_the_site_s_zone_and_how_dates_are_written(client: Client, number: int) -> None:
    with client.newsroom.write() as view:
        options.set(view.unit, "timezone_string", "Asia/Kolkata")
        options.set(view.unit, "date_format", "j. F Y")
    choose(client, "author", "de_DE")
    date = configuration(client, "author", number)["date"]
    assert date["timezone"] == {"offset": "5.5", "offsetFormatted": "5.5", "string": "Asia/Kolkata", "abbr": "IST"}
    assert date["formats"]["date"] == "j. F Y"
    assert (date["l10n"]["months"][2], date["l10n"]["monthsShort"][4]) == ("März", "Mai")
    assert (date["l10n"]["weekdays"][0], len(date["l10n"]["weekdaysShort"])) == ("Sonntag", 7)
    assert (date["l10n"]["relative"]["past"], date["l10n"]["relative"]["dd"]) == ("vor %s", "%d Tagen")
