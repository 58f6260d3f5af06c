"""Lists that lead on, and playlists that play, without a script."""

from __future__ import annotations

from tests.site.blocks.conftest import Shown, stepped

PLAYLIST = (
    '<!-- wp:playlist --><figure class="wp-block-playlist"><ol><!-- wp:playlist-track {"id":7,"title":"Bell","src":'
    '"/bell.mp3"} /--><!-- wp:playlist-track {"id":0,"src":"/no.mp3"} /--><!-- wp:playlist-track {"id":8,"title":'
    '"Horn","src":"javascript:alert(1)"} /--></ol></figure><!-- /wp:playlist -->'
)


def test_months_are_links_behind_their_label(shown: Shown) -> None:
    page = shown('<!-- wp:archives {"displayAsDropdown":true} /-->')
    assert page.css("details > summary")[0].text() == "Archives"
    links = page.css("details li a")
    assert links[0].text() == "May 2025"
    assert (links[0].attributes["href"] or "").endswith("/2025/05/")
    assert not page.css("select")


def test_categories_are_sent_by_a_button(shown: Shown) -> None:
    page = shown('<!-- wp:categories {"displayAsDropdown":true} /-->')
    [form] = page.css("form")
    assert (form.attributes["method"], form.attributes["action"]) == ("get", "https://news.example.com/")
    assert [option.attributes["value"] for option in form.css("select[name=category_name] option")][:2] == ["", "asia"]
    assert form.css("button")[0].attributes["type"] == "submit"


def test_a_month_that_is_no_address_is_left_out() -> None:
    listed = '<div class="wp-block-archives-dropdown"><select><option value="javascript:x">a</option>{}</select></div>'
    assert "javascript:x" in stepped(listed.format(""))
    assert "javascript:x" not in stepped(listed.format('<option value="/2025/">b</option>'))


def test_each_track_of_a_playlist_has_a_player(shown: Shown) -> None:
    page = shown(PLAYLIST)
    assert [track.css(".wp-block-playlist-track__title")[0].text() for track in page.css("li")] == ["Bell", "Horn"]
    assert [player.attributes["src"] for player in page.css("audio[controls][preload=none]")] == ["/bell.mp3"]
    assert not page.css("button")
