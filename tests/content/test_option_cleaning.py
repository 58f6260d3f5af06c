"""Values on their way into options."""

from __future__ import annotations

import pytest

from wirepress.content.option_cleaning import cleaned
from wirepress.content.site import site_of

SITE = site_of({"permalink_structure": "/%postname%/", "siteurl": "https://news.example.com"})


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("posts_per_rss", "-5", "5"),
        ("posts_per_rss", "none", "1"),
        ("gmt_offset", "+5.5 hours", "5.5"),
        ("default_role", "editor", "editor"),
        ("default_role", "emperor", "subscriber"),
        ("moderation_keys", " a \r\n\r\na\nb", "a\nb"),
        ("comment_max_links", "-2", "2"),
        ("large_size_w", "1024px", "0"),
        ("permalink_structure", "%year%//%postname%/#top", "/%year%/%postname%/top"),
        ("permalink_structure", "/without/", "/%postname%/"),
        ("permalink_structure", "", ""),
        ("category_base", "topics//of", "/topics/of"),
        ("tag_base", " ", ""),
        ("siteurl", "https://other.example.com", "https://news.example.com"),
    ],
)
def test_a_value_becomes_what_wordpress_makes_of_it(name: str, value: str, kept: str) -> None:
    assert cleaned(SITE, name, value) == kept
