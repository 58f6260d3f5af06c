"""What a text of an article cannot do to the page: blow it up, hold it up, take it down."""

from __future__ import annotations

import logging

import pytest

from tests.content.desk import article
from tests.site.blocks.conftest import stepped
from wirepress.content.newsroom import Newsroom
from wirepress.content.themes.catalog import newspaper
from wirepress.render.blocks.layout import place_of
from wirepress.render.blocks.parse import parse
from wirepress.site.blocks import reading
from wirepress.site.blocks.grounds import page_of
from wirepress.site.blocks.layouts import rules
from wirepress.site.blocks.markup import Markup

PAGE = page_of(newspaper())


def test_captions_that_hold_each_other_are_not_copied() -> None:
    written = "<table></table>" + "<figcaption>" * 20_000
    assert len(stepped(written)) < 2 * len(written)


def test_a_long_label_is_not_repeated_whole() -> None:
    panels = '<div class="wp-block-tab-panel" aria-labelledby="a">x</div>' * 300
    shown = stepped(
        f'<div class="wp-block-tabs"><div class="wp-block-tab" id="a">{"word " * 10_000}</div>{panels}</div>'
    )
    assert len(shown) < 500_000  # 15 MB, were each to have all of it


@pytest.mark.parametrize("gap", ["9" * 400, "1e400", "-1e400", "1e9"])
def test_a_number_that_no_screen_has_makes_no_rule(gap: str) -> None:
    text = (
        f'<!-- wp:group {{"style":{{"spacing":{{"blockGap":{gap}}}}},"layout":{{"type":"flex"}}}} -->'
        '<div class="wp-block-group"><p>x</p></div><!-- /wp:group -->'
    )
    assert "gap" not in rules(parse(text), PAGE)


def test_what_a_child_is_called_by_is_short() -> None:
    names = set()
    for width in ("1" * 200_000, "2" * 200_000):
        text = (
            f'<!-- wp:group {{"layout":{{"type":"grid","minimumColumnWidth":"{width}"}}}} -->'
            '<!-- wp:paragraph {"style":{"layout":{"columnSpan":2}}} --><p>x</p><!-- /wp:paragraph -->'
            "<!-- /wp:group -->"
        )
        [group] = parse(text)
        names.add(str(place_of(group.inner[0])))
    assert len(names) == 1


def test_a_step_that_fails_leaves_the_text(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(reading, "with_steps", fail)
    with newsroom.view() as view, caplog.at_level(logging.ERROR):
        shown = reading.for_readers(view, article(7, "a"), "<p>Said.</p>", view.site.theme)
    assert shown == ("<p>Said.</p>", "", {})
    assert "post 7" in caplog.text


def test_words_stay_where_a_script_would_do_nothing() -> None:
    assert "all my article" in stepped('<p class="lightbox-trigger">all my article</p>')
    assert "One tab" in stepped('<div class="wp-block-tab-list">One tab</div><p class="wp-block-tab"></p>')
    assert "v.example" in stepped('<div class="wp-block-embed__wrapper">\nhttps://v.example:99999/x\n</div>')


def test_ends_of_tags_that_never_end_are_not_looked_through_again_and_again() -> None:
    """Of unfiltered markup: in steps for each pair of them this would take minutes."""
    html = "<p class='a'>x" + "</a" * 200_000 + "</" * 100_000
    markup = Markup(html)
    assert [element.name for element in markup.elements] == ["p"]
    assert markup.elements[0].is_closed is False
