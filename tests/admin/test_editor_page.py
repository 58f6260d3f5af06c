"""The page of the block editor: what it tells the editor about a post and about who writes."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.admin.client import Client
from tests.content.desk import ROLES, article
from wirepress.content.identity.viewer import viewer_of
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
