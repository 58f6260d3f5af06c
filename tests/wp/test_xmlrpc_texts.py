"""Texts that XML-RPC takes apart: Blogger's tags, what stands before the fold."""

from __future__ import annotations

import re

import pytest

from wirepress.wp.xmlrpc.blogger import categories_of, content_of, title_of
from wirepress.wp.xmlrpc.post_values import parts

MANY = 300_000
"""Read once, so many take no time; read again from each place, none of these tests would end."""
BLOGGER = {
    "<title>A</title><category>3, 5</category>Words": ("A", [3, 5], "Words"),
    "<TITLE>A</Title>x<title>B</title>y": ("A", None, "xy"),
    "<title>two\nlines</title>\nWords": ("two\nlines", None, "Words"),
    "<title></title>Words": ("", None, "<title></title>Words"),
    "<title></title>x</title>y": ("</title>x", None, "y"),
    "x<title>open": ("", None, "x<title>open"),
    "<category>1<title>A</title></category>y": ("A", [1], "y"),
    "<t\u0131tle>A</t\u0131tle>": ("", None, "<t\u0131tle>A</t\u0131tle>"),
    "": ("", None, ""),
}


@pytest.mark.parametrize("text", BLOGGER)
def test_the_tags_of_blogger(text: str) -> None:
    assert (title_of(text), categories_of(text), content_of(text)) == BLOGGER[text]


@pytest.mark.parametrize("tag", ["title", "category"])
def test_tags_that_nothing_closes_are_read_once(tag: str) -> None:
    text = f"<{tag}>" * MANY
    assert (title_of(text), categories_of(text), content_of(text)) == ("", None, text)
    both = text + f"</{tag}>"
    assert content_of(both) == ""


FOLDS = {
    "  one line \n\n ": "one line ",
    "one\ntwo": "one\ntwo",
    "  one\ntwo  ": "  one\ntwo  ",
    " \n\t\n": "",
    "\n\n one\r\n": "one\r",
    "\u00a0one": "\u00a0one",
    "": "",
}


@pytest.mark.parametrize("text", FOLDS)
def test_a_single_line_is_trimmed(text: str) -> None:
    """As the expression of WordPress's get_extended does, which is this one."""
    found = re.fullmatch(r"\s*(.*)\s*", text, re.ASCII)
    assert parts(text)[0] == FOLDS[text] == (found[1] if found else text)


def test_blanks_are_read_once() -> None:
    text = " " * MANY + "X\n" + " " * MANY + "Y"
    assert parts(text) == (text, "", "")
    assert parts(f"{text}<!--more{text}-->{text}") == (text, text, text)
