"""The site's own files: the style has an address that lasts, and answers under its old ones."""

from __future__ import annotations

from wirepress.content.themes.catalog import newspaper
from wirepress.model.web import Response
from wirepress.site.assets import FOLDER, STYLES, Assets

ASSETS = Assets(newspaper())


def asset(path: str) -> Response:
    found = ASSETS.answer(path)
    assert found is not None
    return found


def test_the_style_is_kept_for_good_under_the_address_that_pages_name() -> None:
    found = asset(ASSETS.stylesheet)
    assert (found.status, dict(found.headers)["content-type"]) == (200, "text/css")
    assert "immutable" in dict(found.headers)["cache-control"]


def test_old_addresses_of_the_style_show_that_of_today_for_a_while() -> None:
    for name in ("site.css", "site.0123456789ab.css"):
        found = asset(FOLDER + name)
        assert found.body == asset(ASSETS.stylesheet).body
        assert dict(found.headers)["cache-control"] == "public, max-age=3600"


def test_the_style_is_all_its_parts_and_they_have_no_addresses() -> None:
    style = asset(FOLDER + "site.css").body.decode()
    assert all(
        word in style for word in (".masthead", ".story-card", ".article-title", ".content > .alignwide", ".respond")
    )
    assert not any(ASSETS.answer(FOLDER + name) for name in (*STYLES, "site..css", "site.css/x", "site.xyz.css"))


def test_addresses_name_the_folder_that_the_site_lies_in() -> None:
    below = Assets(newspaper(), "/news")
    assert below.stylesheet == f"/news{ASSETS.stylesheet}"
    assert below.icon == "/news/-/static/icon.svg"
