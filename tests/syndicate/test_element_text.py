from __future__ import annotations

from wirepress.syndicate.parse.text import element_text, page_tree


def test_of_an_element_no_more_is_read_than_asked_for() -> None:
    tree = page_tree("<p>The harbour <b>opens</b> again</p>")
    assert element_text(tree) == "The harbour opens again"
    assert element_text(tree, 100) == "The harbour opens again"
    assert element_text(tree, 14) == "The harbour op"
    assert element_text(tree, 12) == "The harbour"


def test_elements_without_text_are_not_all_gone_through() -> None:
    tree = page_tree(f"<p>The harbour{'<b></b>' * 1_000} opens</p>")
    assert element_text(tree) == "The harbour opens"
    assert element_text(tree, 1_000) == "The harbour"
