"""Cards that templates make of a story that is kept: made once for the same arguments, by our own macros alone."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from jinja2 import nodes
from jinja2.meta import find_undeclared_variables

from wirepress.content.themes.catalog import newspaper
from wirepress.site.assets import Assets
from wirepress.site.rendering import Sandbox, environment, our_templates, rendered
from wirepress.site.story import Made, Story


def test_our_macros_make_the_same_of_the_same() -> None:
    """They look at nothing but what they are given, so their cards can be kept."""
    parsed = environment(Assets(newspaper())).parse(our_templates()["parts.html"])
    assert find_undeclared_variables(parsed) == set()
    assert not list(parsed.find_all((nodes.Import, nodes.FromImport, nodes.Include, nodes.Extends, nodes.Assign)))


def shown(text: str, story: Story) -> str:
    """What a template of a theme makes of a story."""
    theme = newspaper()
    made = environment(Assets(replace(theme, templates={**theme.templates, "front.html": text})))
    return rendered(made, "front.html", {"story": story}, lambda: 0.0)


STORY: dict[str, Any] = {
    "title_html": "Title", "url": "/a/", "image": None, "language": None, "categories": [], "excerpt_html": "",
    "author": None, "attribution": None, "date_iso": "", "date_text": "", "told_by": [],
}  # fmt: skip


def test_a_card_is_kept_for_the_arguments_that_it_was_made_with() -> None:
    text = """{% from "parts.html" import card %}{% for level in (1, true, 2, "2", 2.0) %}{{ card(story, level) }}
        {{- card(story, level=level, shape="line") }}{% endfor %}{{ card(story, shape=["a"]) }}"""
    story = Story(STORY, Made(100_000))
    assert shown(text, story) == shown(text, Story(STORY))
    assert story.made is not None
    assert len(story.made.cards) == 8
    told = story.also_told_by(["Other"])
    assert "Also told by Other" in shown(text, told)
    assert "Also told by" not in shown(text, story)


def test_a_card_is_escaped_where_anything_true_asks_for_it() -> None:
    text = """{% from "parts.html" import card %}{% autoescape story.told_by %}{{ card(story) | e }}{% endautoescape %}
        {%- autoescape story %}{{ card(story) | e }}{% endautoescape %}"""
    shown_twice = Story(STORY, Made(100_000))
    assert shown(text, shown_twice) == shown(text, Story(STORY))
    assert shown_twice.made is not None
    assert len(shown_twice.made.cards) == 2


def test_what_a_card_was_made_with_takes_room() -> None:
    text = """{% from "parts.html" import card %}{{ card(story, shape="line", sizes="x" * 9000) }}"""
    story = Story(STORY, Made(8000))
    assert shown(text, story) == shown(text, Story(STORY))
    assert story.made is not None
    assert story.made.cards == {}


def test_threads_that_load_a_template_at_once_have_the_macros_that_are_kept() -> None:
    made = environment(Assets(newspaper()))
    assert isinstance(made, Sandbox)
    together = threading.Barrier(4)
    found: list[Any] = []

    def look() -> None:
        together.wait()
        found.append(vars(made.get_template("parts.html").module)["card"])

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert made.keeping.issuperset(found)


def test_cards_of_a_theme_s_own_macro_are_made_each_time() -> None:
    text = """{% set seen = namespace(times=0) %}{% macro card(story) %}{% set seen.times = seen.times + 1 %}
        {{- seen.times }}{% endmacro %}{{ card(story) }}{{ card(story) }}"""
    story = Story(STORY, Made(100_000))
    assert shown(text, story) == "12"
    assert story.made is not None
    assert story.made.cards == {}


@pytest.mark.parametrize(
    "wanted", ["story.made", "story['made']", "story.card", "story['card']", "story|attr('also_told_by')"]
)
def test_templates_see_nothing_of_how_a_story_is_kept(wanted: str) -> None:
    assert shown("{{ " + wanted + " is defined }}", Story(STORY, Made(100))) == "False"
