"""Blocks as readers of the golden site see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.golden.site import newsroom_of
from wirepress.content.newsroom import Newsroom
from wirepress.content.rendering import render
from wirepress.content.themes.catalog import newspaper
from wirepress.model.post import Post
from wirepress.site.blocks.grounds import page_of
from wirepress.site.blocks.reading import with_steps
from wirepress.site.stories import ArticleText, content

Shown = Callable[[str], LexborHTMLParser]
"""What readers see of a text of blocks."""


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    made = newsroom_of("golden", tmp_path_factory.mktemp("blocks"))
    yield made
    made.database.close()


HOME = "https://news.example.com/"


def stepped(html: str, *, frames: bool = False) -> str:
    """A rendered text with its markup changed."""
    return with_steps(html, HOME, page_of(newspaper()), frames=frames)


def shown_by(newsroom: Newsroom, text: str, part: int = 0) -> ArticleText:
    """The page's part that a post's text becomes, or one part of the text."""
    with newsroom.view() as view:
        post = Post(0, "post", "publish", content=text)
        return content(view, replace(post, rendering=render(view, post)), part, "/", view.site.theme)


@pytest.fixture
def shown(newsroom: Newsroom) -> Shown:
    return lambda text: LexborHTMLParser(shown_by(newsroom, text).html)
