"""What WordPress's scripts would show is there without them."""

from __future__ import annotations

import pytest

from tests.site.blocks.conftest import Shown, stepped
from wirepress.site.blocks.markup import Markup

TAB = '<!-- wp:tab-panel --><section class="wp-block-tab-panel" role="tabpanel">{}</section><!-- /wp:tab-panel -->'
TABS = """<!-- wp:tabs {{"activeTabIndex":1}} --><div class="wp-block-tabs"><!-- wp:tab-list -->
<div class="wp-block-tab-list"><button class="wp-block-tab" type="button">Salt &amp; <em>tar</em></button>
<button class="wp-block-tab" type="button"></button></div><!-- /wp:tab-list --><!-- wp:tab-panels -->
<div class="wp-block-tab-panels">{}{}</div><!-- /wp:tab-panels --></div><!-- /wp:tabs -->"""
ACCORDION = """<!-- wp:accordion --><div role="group" class="wp-block-accordion">
<!-- wp:accordion-item {"openByDefault":true} --><div class="wp-block-accordion-item"><!-- wp:accordion-heading -->
<h3 class="wp-block-accordion-heading"><button type="button" class="wp-block-accordion-heading__toggle">
<span class="wp-block-accordion-heading__toggle-title">When?</span></button></h3><!-- /wp:accordion-heading -->
<!-- wp:accordion-panel --><div role="region" class="wp-block-accordion-panel"><p>At noon.</p></div>
<!-- /wp:accordion-panel --></div><!-- /wp:accordion-item --></div><!-- /wp:accordion -->"""


def test_tabs_are_parts_with_their_labels_of_which_the_active_one_is_open(shown: Shown) -> None:
    page = shown(TABS.format(TAB.format("<p>One</p>"), TAB.format("<p>Two</p>")))
    parts = page.css("details.wp-block-tab-panel")
    assert [part.css("summary")[0].inner_html for part in parts] == ["Salt &amp; <em>tar</em>", "Part 2"]
    assert [part.css("p")[0].text() for part in parts] == ["One", "Two"]
    assert ["open" in part.attributes for part in parts] == [False, True]
    assert not page.css("[hidden], button, [role=tablist]")


def test_tabs_in_tabs_keep_their_places(shown: Shown) -> None:
    inner = TABS.format(TAB.format("<p>In one</p>"), TAB.format("<p>In two</p>"))
    page = shown(TABS.format(TAB.format(inner), TAB.format("<p>Two</p>")))
    assert [part.css("p")[-1].text() for part in page.css("details[open]")] == ["In two", "Two"]


def test_an_accordion_is_folded_without_a_script(shown: Shown) -> None:
    page = shown(ACCORDION)
    [item] = page.css("details.wp-block-accordion-item[open]")
    assert item.css("summary > h3")[0].text(strip=True) == "When?"
    assert item.css("details > .wp-block-accordion-panel")[0].text() == "At noon."
    assert not page.css("button")


def test_a_search_with_nothing_but_a_button_has_its_field(shown: Shown) -> None:
    page = shown('<!-- wp:search {"label":"Find","buttonPosition":"button-only","buttonUseIcon":true} /-->')
    assert page.css("input[type=search]")[0].attributes["aria-hidden"] == "false"
    button = page.css("button")[0]
    assert (button.attributes["type"], button.attributes["aria-label"]) == ("submit", "Search")


@pytest.mark.parametrize(
    "text",
    [
        '<details class="wp-block-accordion-item">',
        '<div class="wp-block-tab-list">',
        '<div class="wp-block-tab-panel"><div class="wp-block-tab-list"><section class="wp-block-tab-panel"></div>x',
        '</p></div><b class="wp-block-tabs wp-block-tab-panel" data-wp-context="activeTabIndex&quot;:">x</b',
        '<div class="wp-block-tab-panel" ' * 50,
        "<!-- wp-block-tab --><style>wp-block-tab-panel</style>",
    ],
)
def test_what_is_written_badly_loses_no_word(text: str) -> None:
    assert "still here</p>" in stepped(text + "<p>still here</p>")


def test_elements_end_where_browsers_end_them() -> None:
    markup = Markup("<div><p>a<b>b</p><i>c</i></div></div><br>d")
    found = {element.name: markup.html[element.start : element.end] for element in markup.elements}
    assert found == {
        "div": "<div><p>a<b>b</p><i>c</i></div>",
        "p": "<p>a<b>b</p>",
        "b": "<b>b",
        "i": "<i>c</i>",
        "br": "<br>",
    }


def test_the_work_grows_with_the_text_alone() -> None:
    """Deep and unclosed markup is read in one pass: this would take minutes else."""
    deep = '<div class="wp-block-tab-panel wp-block-accordion-item wp-block-search__input">' * 20_000
    assert stepped(deep).count("<details") == 20_000
