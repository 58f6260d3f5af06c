"""The page with all blocks: whole, and there only where the owner wants it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.golden.site import newsroom_of
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import Settings
from wirepress.content import options
from wirepress.model.web import Request
from wirepress.render.blocks.types import block_types
from wirepress.site.styleguide import PATH, samples


@pytest.fixture(scope="module")
def dispatcher(tmp_path_factory: pytest.TempPathFactory) -> Dispatcher:
    folder: Path = tmp_path_factory.mktemp("styleguide")
    return Dispatcher(newsroom_of("golden", folder), Settings(folder))


def test_it_is_there_with_the_option_alone(dispatcher: Dispatcher) -> None:
    assert dispatcher.answer(Request("GET", PATH, "")).status == 404
    with dispatcher.newsroom.write() as view:
        options.set(view.unit, "wirepress_styleguide", "1")
    response = dispatcher.answer(Request("GET", PATH, ""))
    page = LexborHTMLParser(response.body.decode())
    assert (response.status, response.keepable) == (200, False)
    assert page.css("meta[name=robots]")[0].attributes["content"] == "noindex"
    assert ".wp-elements-1 a" in page.css("head > style")[0].text()
    assert len(page.css(".content [class*=wp-block-]")) > 300
    assert not page.css(".content [hidden], .content [role=tablist]")


def test_it_has_every_core_block() -> None:
    written = set(re.findall(r"<!-- wp:([a-z-]+)", samples()))
    core = {name.removeprefix("core/") for name in block_types() if name.startswith("core/")}
    assert core - written == set()


def test_it_asks_no_other_host(dispatcher: Dispatcher) -> None:
    assert not re.findall(r'<(?:img|script|link|source|audio|video)[^>]+(?:src|href)="https?:', samples())
