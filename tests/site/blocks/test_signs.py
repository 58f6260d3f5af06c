"""The signs of services on links to profiles."""

from __future__ import annotations

import re

import pytest

from tests.site.blocks.conftest import Shown, stepped
from wirepress.render.blocks.social import NAMES
from wirepress.site.blocks.signs import OTHER, signs


def links(*services: str) -> str:
    inner = "".join(
        f'<!-- wp:social-link {{"url":"https://a.example/","service":"{service}"}} /-->' for service in services
    )
    return f'<!-- wp:social-links --><ul class="wp-block-social-links">{inner}</ul><!-- /wp:social-links -->'


def test_every_service_has_a_sign_and_a_name() -> None:
    assert signs().keys() == NAMES.keys()
    assert all(re.fullmatch(r"[MmLlHhVvCcSsQqTtAaZz0-9 .,-]+", path) for path in signs().values())


@pytest.mark.parametrize("service", ["github", "bluesky", "mail"])
def test_a_link_shows_the_sign_of_its_service(shown: Shown, service: str) -> None:
    [sign] = shown(links(service)).css(".wp-social-link a > svg > path")
    assert sign.attributes["d"] == signs()[service]


def test_a_service_that_nobody_knows_is_a_link(shown: Shown) -> None:
    [sign] = shown(links("of-tomorrow")).css(".wp-social-link svg > path")
    assert sign.attributes["d"] == signs()[OTHER]


def test_a_sign_is_drawn_once_however_many_links_have_it(shown: Shown) -> None:
    page = shown(links("x", "vk", *["x"] * 300))
    assert len(page.css(".wp-social-link svg > path")) == 2
    used = {one.attributes["href"] for one in page.css(".wp-social-link svg > use")}
    assert used == {"#sign-x"}
    assert len(page.css("#sign-x")) == 1


def test_the_name_of_the_service_stays_beside_its_sign(shown: Shown) -> None:
    assert [one.text() for one in shown(links("discord", "fivehundredpx")).css("a span")] == ["Discord", "500px"]


def test_other_drawings_stay(shown: Shown) -> None:
    drawing = '<a class="b"><svg><path d="M0 0"></path></svg></a>'
    assert stepped(f'<ul><li class="wp-social-link">{drawing}</li></ul>wp-block-social-link-anchor').count("M0 0") == 1


def test_the_first_service_of_two_is_shown() -> None:
    sign = '<a class="wp-block-social-link-anchor"><svg></svg></a>'
    names = ["github", "x", "vk", "mail", "bluesky"]
    for turn in range(len(names)):
        classes = " ".join(f"wp-social-link-{name}" for name in names[turn:] + names[:turn])
        assert f'id="sign-{names[turn]}"' in stepped(f'<ul><li class="wp-social-link {classes}">{sign}</li></ul>')
