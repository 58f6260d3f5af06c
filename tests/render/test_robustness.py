"""Rendering never raises, whatever the text, and its work grows no faster than the text."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirepress.render import (
    autop,
    balance,
    comments,
    css,
    entities,
    filetypes,
    links,
    saving,
    shortcodes,
    slugs,
    smilies,
    strip,
    texturize,
    titles,
    urls,
    values,
)
from wirepress.render.accents import remove_accents
from wirepress.render.dates import parse_rest_date, rfc3339

SIGNS = (
    "< > [ ] / \" ' ! -- --> <!-- & # x 38 ; <p> </p> <div> </div> <pre> </pre> <br /> <script> </script> <style <svg"
    " <option <object> <source <li <blockquote> <? ?> <![CDATA[ ]]> ( ) { } \\ % %41 %0a = [gallery] [caption"
    ' [/caption] <a href=" http:// www. @ e.com é 日 😀 &nbsp; &amp; &#39; &#x27; url( var( : javascript style="'
    " wp: feed: ſ İ Σ … - + _ . , 0 1 ::1 99999999999999999999 a Z <!--~wp:image~{"
)
SPACES = [" ", "\n", "\n\n", "\r", "\t", "\0", "\x0b", "\xa0", "\u200b", "\ud800"]
PIECES = [sign.replace("~", " ") for sign in SIGNS.split()] + SPACES
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=30).map("".join) | st.text()


def shown(found: shortcodes.Shortcode) -> str:
    return f"{found.name}|{found.attributes}|{found.words}|{found.content}"


HANDLERS: dict[str, shortcodes.Handler] = {"gallery": shown, "caption": shown}


def expanded(text: str) -> str:
    return shortcodes.expand(text, HANDLERS)


def tag_attribute(text: str) -> str:
    return str(shortcodes.parse_attributes(text))


TEXT_FUNCTIONS: tuple[Callable[[str], object], ...] = (
    autop.autop,
    lambda text: autop.autop(text, breaks=False),
    texturize.texturize,
    smilies.smilies,
    shortcodes.strip_shortcodes,
    shortcodes.unwrap_shortcodes,
    expanded,
    tag_attribute,
    entities.escape_html,
    entities.numeric_entities,
    entities.convert_chars,
    entities.repair_invalid_entities,
    lambda text: entities.unescape_special(text, double=True, single=True),
    strip.strip_all_tags,
    strip.clean_line,
    lambda text: strip.trim_words(text, 5),
    lambda text: strip.cut_excerpt(text, 20, "…"),
    titles.title,
    titles.feed_text,
    titles.capital_p_in_text,
    urls.clean_url,
    urls.clean_raw_url,
    css.clean_style,
    balance.balance,
    links.clickable,
    links.with_rel,
    comments.comment_text,
    saving.kses_post,
    saving.kses_plain,
    saving.saved_content,
    saving.saved_comment,
    remove_accents,
    slugs.slug,
    slugs.query_slug,
    slugs.key,
    slugs.login,
    slugs.html_class,
    slugs.file_name,
    lambda text: slugs.truncated_slug(text, 10),
    lambda text: slugs.percent_encoded(text, encode_ascii=True),
    filetypes.file_type,
    values.is_email,
    values.clean_email,
    values.id_list,
    values.ip_address,
    values.is_integer,
    rfc3339,
    parse_rest_date,
)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_no_text_makes_a_function_raise(text: str) -> None:
    for function in TEXT_FUNCTIONS:
        function(text)


IDEMPOTENT: tuple[Callable[[str], str], ...] = (
    strip.clean_line,
    slugs.key,
    slugs.html_class,
    remove_accents,
    entities.normalize_entities,
    values.clean_email,
)


@pytest.mark.parametrize("function", IDEMPOTENT)
@settings(max_examples=150, deadline=None)
@given(text=TEXTS)
def test_a_second_cleaning_changes_nothing(function: Callable[[str], str], text: str) -> None:
    once = function(text)
    assert function(once) == once


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_kses_leaves_no_script_no_handler_and_no_foreign_element(text: str) -> None:
    cleaned = saving.kses_post(text).lower()
    assert "<script" not in cleaned
    assert "<style" not in cleaned
    assert "<iframe" not in cleaned


GROWING = (
    *("<", "[", '"', "'", "<!--", "<!-- ", "<div>", "<b", "</b>", "<p>", "<p", "</p>", "<br>", "&", "&#", "%4", "1.x"),
    *("[gallery]", "[gallery ", "[[gallery]]", "[caption]", "<p>[gallery]", "http://a ", "www.", "<script", "<script>"),
    *(
        '<a href="',
        "<pre>",
        "</pre>",
        "<object",
        "<option",
        "<source ",
        "<p><link",
        "<!--\n",
        "<?",
        "(",
        "url(",
        "var(",
    ),
)


class Counted:
    """Counts the lines that run in our own code: work without a clock."""

    def __init__(self) -> None:
        self.lines = 0

    def __call__(self, function: Callable[[str], object], text: str) -> int:
        self.lines = 0
        before = sys.gettrace()
        sys.settrace(self._trace)
        try:
            function(text)
        finally:
            sys.settrace(before)
        return self.lines

    def _trace(self, frame: FrameType, event: str, _: Any) -> Any:
        if event == "line" and "wirepress" in frame.f_code.co_filename:
            self.lines += 1
        return self._trace


@pytest.mark.parametrize("unit", GROWING)
def test_ten_times_the_text_is_ten_times_the_work(unit: str) -> None:
    count = Counted()
    for function in TEXT_FUNCTIONS:
        short, long = unit * 20, unit * 200
        assert count(function, long) <= 15 * count(function, short) + 100
