"""Readers comment with a keyboard and without script, on small and large screens, by light and dark."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.checks import flaws
from tests.browser.stage import WIDTHS, served
from wirepress.content.comments.traps import HASTY

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STORY = "/index.php/2024/02/11/economy-festival-soldiers-parliament-strike-harbour/"
OTHER = "/index.php/2024/03/12/pipeline-minister-rescue-energy-vaccine/"
TEXT = "What the harbour needs is light."

Read = Callable[..., "Page"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of these tests' own: others count the comments that wait."""
    with served(tmp_path_factory.mktemp("commented")) as found:
        yield found


@pytest.fixture
def read(address: str, browser: Browser) -> Iterator[Read]:
    """Gives pages of readers: `read(path, width=360, dark=True)`."""
    contexts: list[Any] = []

    def opened(path: str, *, width: int = 1280, dark: bool = False, script: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            bypass_csp=script,
            base_url=address,
        )
        contexts.append(context)
        page: Page = context.new_page()
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_discussion_is_accessible(read: Read, width: int, dark: bool) -> None:
    page = read(STORY, width=width, dark=dark, script=True)  # of the check, not of the page
    assert flaws(page) == []
    page.goto(f"{STORY}?replytocom=2")
    assert flaws(page) == []
    page.locator("#commentform").evaluate("form => { form.noValidate = true; }")
    page.click("#submit")
    expect(page.locator("[role=alert]")).to_be_visible()
    assert flaws(page) == []


def test_a_keyboard_is_enough(read: Read) -> None:
    page = read(OTHER)
    page.locator("#comment").focus()
    for text in (TEXT, "Ann", "ann@example.org", ""):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Space")  # the box; the field that nobody sees was passed over
    page.wait_for_timeout(HASTY * 1000 + 500)
    page.keyboard.press("Tab")
    while page.locator("#submit:focus").count() == 0:
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"unapproved=\d+&moderation-hash="))
    expect(page.locator(".comment-waiting")).to_contain_text(TEXT)
    expect(page.locator("#author")).to_have_value("Ann")
    page.goto(OTHER)
    expect(page.locator(".comment-list")).not_to_contain_text(TEXT)


def test_a_reply_is_written_below_what_it_answers_and_can_be_given_up(read: Read) -> None:
    page = read(STORY)
    page.locator("#comment-2 > .comment-body .comment-reply a").click()
    expect(page.locator("#comment-2 > #respond")).to_be_in_viewport()
    page.click("#cancel-comment-reply-link")
    expect(page.locator("#comments > #respond")).to_be_in_viewport()
    expect(page.locator("[name=comment_parent]")).to_have_value("0")


def test_nobody_else_is_asked_for_anything(read: Read, address: str) -> None:
    page = read("/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(STORY)
    expect(page.locator(".comment .avatar").first).to_be_visible()
    assert [url for url in asked if "gravatar" in url] == []
