"""Shortcodes of media, images and embeds."""

from __future__ import annotations

import re

import pytest

from tests.golden.lookup import golden_lookup
from tests.render.site import OwnSite, article, html_of
from wirepress.render.images import image_of, image_tag, with_responsive_images

HARBOUR = "https://news.example.com/wp-content/uploads/2024/02/harbour"


def test_a_caption_needs_a_width_and_a_text() -> None:
    image = '<img src="x" />'
    assert "<figure" not in html_of(f'[caption width="0"]{image} text[/caption]')
    assert "<figure" not in html_of(f'[caption width="10"]{image}[/caption]')
    shown = html_of(f'[caption id="a_1" width="10" align="alignleft"]{image} text[/caption]')
    assert '<figure id="a_1" aria-describedby="caption-a-1" style="width: 10px" class="wp-caption alignleft">' in shown
    assert '<figcaption id="caption-a-1" class="wp-caption-text">text</figcaption>' in shown


def test_a_caption_in_letters_that_change_length_when_folded() -> None:
    shown = html_of('[caption width="10"]İİİ<a href="y"><img src="x" /></a> text[/caption]')
    assert '<a href="y"><img decoding="async" src="x" /></a><figcaption class="wp-caption-text">text<' in shown


def test_a_gallery_of_no_images_is_nothing() -> None:
    assert html_of('[gallery ids="9,7,0,x"]').strip() == ""
    assert html_of("[gallery]").strip() == ""


def test_a_gallery_without_ids_shows_the_attachments_of_the_post() -> None:
    mine = article("", 6_000, type="attachment", status="inherit", parent=5_000, mime_type="image/jpeg")
    harbour = golden_lookup().post(1)
    assert harbour is not None
    object.__setattr__(mine, "meta", harbour.meta)
    assert "harbour-150x150.jpg" in html_of("[gallery]", OwnSite(mine))


def test_a_file_that_cannot_be_played_is_a_link() -> None:
    assert '<a class="wp-embedded-audio" href="https://a.b/c.exe">' in html_of('[audio src="https://a.b/c.exe"]')
    assert '<a class="wp-embedded-video" href="https://a.b/c.exe">' in html_of('[video src="https://a.b/c.exe"]')


def test_hostile_attributes_stay_attributes() -> None:
    shown = html_of('[video src="https://a.b/c.mp4" class="&quot;><script>alert(1)</script>"]')
    assert "<script" not in shown


def test_an_address_alone_becomes_what_is_known_of_it() -> None:
    site = OwnSite(embeds={"https://a.b/c?d=1&e=2": "<iframe></iframe>"})
    assert "<iframe></iframe>" in html_of("https://a.b/c?d=1&amp;e=2", site)
    assert "<iframe" not in html_of("see https://a.b/c?d=1&amp;e=2", site)
    assert html_of("[embed]https://a.b/x[/embed]", site) == '<p><a href="https://a.b/x">https://a.b/x</a></p>\n'


def test_an_address_of_sound_becomes_a_player() -> None:
    assert "<audio" in html_of("https://a.b/c.mp3")


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ('<img src="x">', '<img decoding="async" src="x">'),
        ("<img src=x>", "<img src=x>"),
        ('<img src="x" width="1" height="1">', '<img loading="lazy" decoding="async" src="x" width="1" height="1">'),
        ('<img src="x" loading="eager">', '<img decoding="async" src="x" loading="eager">'),
        ('<iframe src="x" width="1" height="1">', '<iframe loading="lazy" src="x" width="1" height="1">'),
        ('<iframe src="x">', '<iframe src="x">'),
    ],
)
def test_loading_hints(tag: str, shown: str) -> None:
    assert with_responsive_images(tag, golden_lookup()) == shown


def test_an_image_of_another_address_gets_no_sources() -> None:
    tag = '<img src="https://elsewhere.example/z.jpg" class="wp-image-1">'
    assert "srcset" not in with_responsive_images(tag, golden_lookup())


def test_a_smaller_file_comes_first_where_it_is_shown() -> None:
    tag = f'<img src="{HARBOUR}-300x200.jpg" class="wp-image-1" />'
    shown = with_responsive_images(tag, golden_lookup())
    assert f'srcset="{HARBOUR}-300x200.jpg 300w, ' in shown
    assert 'width="300" height="200"' in shown


@pytest.mark.parametrize(
    "meta", ["", [], {"file": 1}, {"file": "a", "width": "x"}, {"file": "a", "width": float("inf")}]
)
def test_broken_data_of_an_image_are_no_image(meta: object) -> None:
    assert image_of(article("", meta={"_wp_attachment_metadata": [meta]})) is None


def test_a_picture_of_unknown_size_is_shown() -> None:
    meta = {"_wp_attached_file": ["far.png"], "_wp_attachment_image_alt": ["Far"]}
    picture = article("", 6_000, type="attachment", status="inherit", mime_type="image/png")
    object.__setattr__(picture, "meta", meta)
    lookup = golden_lookup()
    shown = image_tag(picture, "medium", lookup)
    assert shown.startswith('<img width="1" height="1" src="')
    assert 'far.png" class="attachment-medium size-medium" alt="Far"' in shown
    assert "width" not in image_tag(picture, "full", lookup)
    object.__setattr__(picture, "meta", {})
    assert image_tag(picture, "medium", lookup) == ""


def test_a_gallery_is_in_the_order_that_is_asked_for() -> None:
    def shown(attributes: str) -> list[str]:
        return re.findall(r"/([a-z0-9-]+)/'><img", html_of(f"[gallery {attributes}]"))

    named = shown('ids="2,1"')
    assert len(named) == 2
    assert shown('include="2,1"') == shown('ids="2,1" orderby="ID"') == named[::-1]
    assert shown('include="1,2" order="desc"') == named
    assert shown('ids="2,1" order="desc"') == named


def test_a_gallery_in_other_elements() -> None:
    shown = html_of('[gallery ids="1" itemtag="SECTION" icontag="script" captiontag="p"]')
    assert "<section class='gallery-item'>" in shown
    assert "<dt class='gallery-icon landscape'>" in shown
    assert "<p class='wp-caption-text gallery-caption' id='gallery-1-1'>" in shown
    assert "<figure" not in shown
