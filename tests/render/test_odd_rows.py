"""Blocks over rows that a site only gets in the course of years: skipped hours, titles and slugs that are numbers."""

from __future__ import annotations

import re

import pytest

from tests.render.site import OwnSite, article, html_of
from wirepress.model.post import TermRef
from wirepress.render.phpstr import natural
from wirepress.render.slugs import class_of_term

FEBRUARY = '<!-- wp:calendar {"month":2,"year":2024} /-->'


@pytest.mark.parametrize(
    ("structure", "caption"),
    [
        ("/%year%/%monthnum%/%postname%/", "February 2024"),
        ("/%year%/%category%/%postname%/", "January 1970"),
        ("", "January 1970"),
    ],
)
def test_a_calendar_shows_the_month_of_its_own_where_posts_have_months(structure: str, caption: str) -> None:
    assert f"<caption>{caption}</caption>" in html_of(FEBRUARY, OwnSite(permalink_structure=structure))


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ("2025-03-09 02:30:00", "2025-03-09T03:30:00-02:30"),  # there was no such hour
        ("2024-11-03 01:30:00", "2024-11-03T01:30:00-02:30"),  # it came twice
        ("2024-07-01 12:00:00", "2024-07-01T12:00:00-02:30"),
    ],
)
def test_the_hour_of_a_post_is_one_that_there_was(date: str, shown: str) -> None:
    site = OwnSite(timezone_string="America/St_Johns")
    assert f'datetime="{shown}"' in html_of("<!-- wp:post-date /-->", site, date=date)


def test_a_title_that_is_a_nought_is_none() -> None:
    site = OwnSite(article("", 6_000, title="0", date="2026-01-01 00:00:00", date_gmt="2026-01-01 00:00:00"))
    assert '/">(no title)</a>' in html_of('<!-- wp:latest-posts {"postsToShow":1} /-->', site)


def test_the_class_of_a_term_whose_slug_is_a_number_names_its_id() -> None:
    assert class_of_term("post_tag", "100", 16) == "tag-16"
    assert class_of_term("category", "-", 3) == "category-3"
    assert class_of_term("category", "null", 6) == "category-null"
    terms = (TermRef("post_tag", 16, "100", "100 %"),)
    site = OwnSite(article("", 6_000, terms=terms, date="2026-01-01 00:00:00", date_gmt="2026-01-01 00:00:00"))
    listed = (
        '<!-- wp:query {"query":{"perPage":1,"postType":"post"}} --><!-- wp:post-template --><!-- wp:post-title /-->'
    )
    html = html_of(f"{listed}<!-- /wp:post-template --><!-- /wp:query -->", site)
    assert re.search(r'class="wp-block-post post-6000 [^"]*\btag-16\b', html)


def test_names_are_put_in_the_order_of_people() -> None:
    """Numbers by their value, other scripts behind all of ours, case of no account (strnatcasecmp)."""
    names = ["šípek", "Straße", "item 10", "Item 9", "العربية", "100 %", "C#", "item  9a"]
    assert sorted(names, key=natural) == ["100 %", "C#", "Item 9", "item  9a", "item 10", "Straße", "šípek", "العربية"]


@pytest.mark.parametrize("shown", ["true", "false"])
def test_a_label_has_its_letters_whether_it_is_seen_or_not(shown: str) -> None:
    block = f'<!-- wp:search {{"showLabel":{shown},"style":{{"typography":{{"lineHeight":"1.3"}}}}}} /-->'
    label = re.search("<label[^>]*>", html_of(block))
    assert label
    assert 'style="line-height: 1.3"' in label[0]
    assert ("screen-reader-text" in label[0]) is (shown == "false")


def test_a_search_is_framed_as_a_group_is() -> None:
    sides = '{"top":{"width":"2px","style":"dashed","color":"#123"},"left":{"style":"dotted"}}'
    html = html_of(f'<!-- wp:search {{"style":{{"border":{sides}}}}} /-->')
    frame = "border-top-width: 2px;border-top-color: #123;border-top-style: dashed;border-left-style: dotted"
    assert html.count(f'style="{frame}"') == 2, "the field's and the button's"
