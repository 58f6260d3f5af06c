"""Which passages are taken as the article, by the chance of each."""

from __future__ import annotations

from wirepress.syndicate.extract import chosen, plain_tree
from wirepress.syndicate.parse.text import page_tree
from wirepress.syndicate.passages import Passage, passages


def passages_of(body: str) -> list[Passage]:
    tree = page_tree(f"<html><body>{body}</body></html>")
    plain_tree(tree)
    return list(passages(tree))


def taken(body: str, *chances: float) -> list[str]:
    return [passage.text for passage in chosen(passages_of(body), chances)]


def test_likely_passages_are_taken() -> None:
    assert taken("<p>It rained.</p><p>Share this</p><p>It stopped.</p>", 0.9, 0.3, 0.6) == ["It rained.", "It stopped."]


def test_where_none_is_likely_those_near_the_likeliest_are_taken() -> None:
    assert taken("<p>It rained.</p><p>It stopped.</p><p>Imprint</p>", 0.4, 0.3, 0.2) == ["It rained.", "It stopped."]


def test_nothing_is_taken_where_all_are_unlikely() -> None:
    assert taken("<p>It rained.</p><p>Imprint</p>", 0.1, 0.05) == []


def test_a_likely_headline_does_not_keep_an_unsure_text_out() -> None:
    assert taken("<h1>Rain in the valley</h1><p>It rained.</p><p>Imprint</p>", 0.9, 0.4, 0.1) == ["It rained."]


def test_a_likely_caption_does_not_keep_an_unsure_text_out() -> None:
    picture = "<figure><img src='/rain.jpg'><figcaption>The valley</figcaption></figure>"
    assert "It rained." in taken(f"{picture}<p>It rained.</p>", 0.9, 0.4)
    assert taken(picture, 0.9) == []


def test_a_likely_link_to_other_articles_does_not_keep_an_unsure_text_out() -> None:
    assert taken("<div class=related><a href=/other>Snow</a></div><p>It rained.</p>", 0.9, 0.4) == ["It rained."]
