"""The block editor as somebody uses it in a browser, and what it asks of the server meanwhile."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from tests.browser.beside import API, TEXT, ask, paragraph

if TYPE_CHECKING:
    from playwright.sync_api import (
        ConsoleMessage,
        FrameLocator,
        Locator,
        Page,
        Request,
        Response,
        Route,
    )

PATIENCE = 30_000
CONFIG = re.compile(r'(<script type="application/json" id="wirepress-editor-config">)(.*?)(</script>)', re.DOTALL)
UNKNOWN_FILES = ("/wp-content/uploads/2024/",)
"""The golden site knows files that are not stored with it."""
SETTLED = """() => {
    const editor = wp.data.select('core/editor');
    return ! editor.isSavingPost() && ! editor.isAutosavingPost() && ! editor.isPostSavingLocked();
}"""
CURSOR = """() => {
    const selected = wp.data.select('core/block-editor').getSelectedBlockClientId();
    const inside = document.querySelector('iframe[name=editor-canvas]')?.contentDocument.activeElement;
    return selected && inside?.isContentEditable && inside.closest('[data-block]')?.dataset.block === selected
        && ! inside.textContent.replaceAll('\\ufeff', '').trim();
}"""
HAND_OVER = """(element, [kind, texts, files]) => {
    const data = new DataTransfer();
    for (const [type, text] of Object.entries(texts)) data.setData(type, text);
    for (const [name, text] of files) {
        const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
        data.items.add(new File([bytes], name, { type: 'image/png' }));
    }
    const said = { bubbles: true, cancelable: true };
    if (kind === 'paste') {
        element.dispatchEvent(new ClipboardEvent(kind, { ...said, clipboardData: data }));
        return;
    }
    const { x, y, width, height } = element.getBoundingClientRect();
    for (const name of ['dragenter', 'dragover', kind]) {
        const place = { clientX: x + width / 2, clientY: y + height - 1 };
        element.dispatchEvent(new DragEvent(name, { ...said, ...place, dataTransfer: data }));
    }
}"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of the page with the answer's status, 0 while there is none; `method` is the one that is meant."""

    method: str
    path: str
    query: dict[str, str]
    body: str
    status: int

    @property
    def pair(self) -> tuple[str, str]:
        return self.method, nameless(self.path)


def nameless(path: str) -> str:
    """A path without the site's prefix, and without what names one thing: /wp/v2/posts/1 is /wp/v2/posts/N."""
    path = path.removeprefix("/index.php").removeprefix(API) or "/"
    path = re.sub(r"/themes/[^/]+", "/themes/NAME", path)
    return re.sub(r"/\d+(?=/|$)", "/N", path)


class Editing:
    """A tab of the browser with the block editor in it."""

    def __init__(self, page: Page, *, alone: bool = False) -> None:
        self.page = page
        self.alone = alone
        self.requests: list[Request] = []
        self.answers: dict[Request, int] = {}
        self.errors: list[str] = []
        self.excused = list(UNKNOWN_FILES)
        self.preloaded: set[tuple[str, str]] = set()
        page.set_default_timeout(PATIENCE)
        # What a test has set in the editor is of no account for the next one, though they share a browser context.
        page.add_init_script("for (const key of Object.keys(localStorage)) localStorage.removeItem(key)")
        page.on("request", self._asks)
        page.on("response", self._answered)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    # What is asked.

    def _asks(self, request: Request) -> None:
        if API in request.url or "/wp-admin/admin-ajax.php" in request.url:
            self.requests.append(request)

    def _answered(self, response: Response) -> None:
        self.answers[response.request] = response.status
        if response.status >= 400:
            self.errors.append(f"{response.status} {response.request.method} {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        """Keeps an error of the console; a refused request is known already, and other sites are of no account."""
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.errors.append(message.text)

    @property
    def asked(self) -> list[Asked]:
        """What was asked so far, in order."""
        found = []
        for request in self.requests:
            parts = urlsplit(request.url)
            method = request.headers.get("x-http-method-override", request.method)
            body = request.post_data_buffer or b""
            query = dict(parse_qsl(parts.query, keep_blank_values=True))
            text = body.decode("utf-8", "replace")
            found.append(Asked(method, parts.path, query, text, self.answers.get(request, 0)))
        return found

    def calls(self, method: str, path: str) -> list[Asked]:
        """What was asked with a method and a path, as `nameless` has it."""
        return [asked for asked in self.asked if asked.pair == (method, path)]

    def pairs(self) -> set[tuple[str, str]]:
        return {asked.pair for asked in self.asked}

    def excuse(self, *words: str) -> None:
        """Errors with these words are meant to be."""
        self.excused += words

    @property
    def flaws(self) -> list[str]:
        """Errors of the console, of scripts and of requests that nobody expects."""
        return [error for error in self.errors if not any(words in error for words in self.excused)]

    # Opening.

    def open(self, path: str, *, preload: bool = True) -> Editing:
        """Goes to a page of the editor; without `preload` the page is served as if it knew no answers."""
        if not preload:
            self.configure(lambda config: config.pop("preload"))
        self.page.goto(f"/wp-admin/{path}")
        self.ready()
        self.preloaded = self._preloaded() if preload else set()
        return self

    def configure(self, change: Callable[[dict[str, Any]], object]) -> None:
        """Changes the configuration of pages that are opened from now on."""

        def changed(route: Route) -> None:
            response = route.fetch(max_redirects=0)
            found = CONFIG.search(text := response.text())
            if found:
                change(config := json.loads(found[2]))
                text = text[: found.start(2)] + json.dumps(config).replace("<", "\\u003c") + text[found.end(2) :]
            route.fulfill(response=response, body=text)

        self.page.route(re.compile(r"/wp-admin/post(-new)?\.php"), changed)

    def _preloaded(self) -> set[tuple[str, str]]:
        """What the page itself answers."""
        config = self.page.evaluate("JSON.parse(document.getElementById('wirepress-editor-config').textContent)")
        preload = config["preload"]
        found = {("GET", nameless(path.partition("?")[0])) for path in preload if path != "OPTIONS"}
        return found | {("OPTIONS", nameless(path.partition("?")[0])) for path in preload["OPTIONS"]}

    def make(self, *, preload: bool = True, **fields: Any) -> Editing:
        """Opens a new post that has these fields, a draft where they do not say it."""
        usual = {"status": "draft", "title": "Harbour", "content": paragraph(TEXT)}
        made = self.rest("/wp/v2/posts", {**usual, **fields})
        return self.open(f"post.php?post={made['id']}&action=edit", preload=preload)

    def ready(self) -> Editing:
        self.canvas.locator(".wp-block-post-title, .editor-post-title__input").first.wait_for()
        self.page.wait_for_function("wp.data.select('core/editor').getCurrentPostId()")
        return self

    @property
    def canvas(self) -> FrameLocator:
        return self.page.frame_locator("iframe[name=editor-canvas]")

    @property
    def number(self) -> int:
        """The post's id."""
        return int(self.editor("getCurrentPostId()"))

    def close(self) -> None:
        """Leaves; what is not saved is lost, as after a crash."""
        self.page.close()
        if self.alone:
            self.page.context.close()

    # The state of the editor.

    def editor(self, call: str) -> Any:
        return self.page.evaluate(f"wp.data.select('core/editor').{call}")

    def attribute(self, name: str) -> Any:
        return self.editor(f"getEditedPostAttribute('{name}')")

    @property
    def content(self) -> str:
        return str(self.editor("getEditedPostContent()"))

    @property
    def blocks(self) -> list[str]:
        """The names of the blocks that the text consists of."""
        return list(self.page.evaluate("wp.data.select('core/block-editor').getBlocks().map(block => block.name)"))

    def wait(self, condition: str, argument: Any = None) -> None:
        self.page.wait_for_function(condition, arg=argument)

    def wait_for_blocks(self, *names: str) -> None:
        """Waits until the text consists of blocks with these names."""
        blocks = "wp.data.select('core/block-editor').getBlocks().map(block => block.name)"
        self.wait(f"names => JSON.stringify({blocks}) === JSON.stringify(names)", list(names))

    def wait_for_content(self, words: str) -> None:
        """Waits until words are in the text."""
        self.wait("words => wp.data.select('core/editor').getEditedPostContent().includes(words)", words)

    def wait_for_call(self, method: str, path: str, number: int = 1) -> list[Asked]:
        """Waits until something was asked and answered so often."""
        for _ in range(PATIENCE // 50):
            found = [asked for asked in self.calls(method, path) if asked.status]
            if len(found) >= number:
                return found
            self.page.wait_for_timeout(50)
        raise AssertionError(f"{method} {path} was not asked; asked: {[asked.pair for asked in self.asked][-12:]}")

    def wait_for(self, holds: Callable[[], bool], seconds: float = 30) -> None:
        """Waits until something holds that is asked for here, beside the page."""
        for _ in range(int(seconds * 10)):
            if holds():
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"this did not come to be within {seconds} seconds")

    def wait_for_response(self, method: str, path: str) -> str:
        """The answer to what was asked last with a method and a path, once it is there."""
        self.wait_for_call(method, path)
        asked = self.asked
        last = max(number for number, one in enumerate(asked) if one.pair == (method, path))
        response = self.requests[last].response()
        assert response is not None
        return str(response.text())

    # Writing.

    def title(self, text: str) -> None:
        self.canvas.locator(".editor-post-title__input").fill(text)

    def write(self, *paragraphs: str) -> None:
        """Types paragraphs at the end of the text, with keys."""
        last = self.canvas.locator("[data-block][contenteditable=true]")
        if not self.blocks:
            self.canvas.locator(".editor-post-title__input").press("Enter")
            last.first.wait_for()
        else:
            last.last.click()
            if last.last.inner_text().strip("\ufeff\n"):
                self.page.keyboard.press("Control+End")
                self.page.keyboard.press("Enter")
        for number, text in enumerate(paragraphs):
            if number:
                self.page.keyboard.press("Enter")
            self.wait_for_cursor()
            self.page.keyboard.type(text)

    def wait_for_cursor(self) -> None:
        """Waits until what is typed goes into the block that is selected, which is empty."""
        self.wait(CURSOR)

    def insert(self, name: str, attributes: dict[str, Any] | None = None) -> Locator:
        """Puts a block at the end, selects it, and gives it."""
        number = self.page.evaluate(
            """([name, attributes]) => {
                const block = wp.blocks.createBlock(name, attributes);
                wp.data.dispatch('core/block-editor').insertBlock(block);
                return block.clientId;
            }""",
            [name, attributes or {}],
        )
        block = self.canvas.locator(f"[data-block='{number}']")
        block.wait_for()
        return block

    def paste(self, html: str, text: str = "") -> None:
        """Pastes where the cursor is, as a browser does: an event with what the clipboard holds."""
        self.canvas.locator(":focus").evaluate(HAND_OVER, ["paste", {"text/html": html, "text/plain": text}, []])

    def hand_over(self, where: Locator, event: str, *files: Path) -> None:
        """Pastes or drops picture files."""
        given = [[file.name, base64.b64encode(file.read_bytes()).decode()] for file in files]
        where.evaluate(HAND_OVER, [event, {}, given])

    # Saving.

    def settle(self) -> None:
        """Waits until nothing is being saved."""
        self.wait(SETTLED)

    def save(self) -> Asked:
        """Saves with the keyboard and waits for the answer, which is given."""
        before = len(self._saves())
        self.page.keyboard.press("Control+s")
        for _ in range(PATIENCE // 50):
            if (saves := self._saves())[before:] and saves[-1].status:
                break
            self.page.wait_for_timeout(50)
        else:
            raise AssertionError("nothing was saved")
        self.settle()
        return self._saves()[-1]

    def _saves(self) -> list[Asked]:
        return [asked for asked in self.asked if asked.method == "PUT" and re.search(r"/N$", asked.pair[1])]

    def autosave(self) -> None:
        """What the editor does every minute."""
        self.page.evaluate("wp.data.dispatch('core/editor').autosave()")
        self.settle()

    def panel_of_post(self) -> Locator:
        """The settings of the post."""
        self.page.get_by_role("tab", name="Post", exact=True).click()
        panel = self.page.locator(".interface-complementary-area")
        panel.wait_for()
        return panel

    def panel(self, name: str) -> Locator:
        """A panel of the post's settings, opened."""
        self.panel_of_post()
        toggle = self.page.get_by_role("button", name=name, exact=True)
        toggle.wait_for()
        if toggle.get_attribute("aria-expanded") == "false":
            toggle.click()
        self.page.get_by_role("button", name=name, exact=True, expanded=True).wait_for()
        return self.page.locator(".components-panel__body", has=toggle)

    def before_publishing(self) -> Locator:
        """Opens the panel that asks whether one is ready, and gives it."""
        self.page.locator(".editor-post-publish-panel__toggle, .editor-post-publish-button__button").first.click()
        panel = self.page.locator(".editor-post-publish-panel")
        panel.wait_for()
        return panel

    def publish(self) -> None:
        """Publishes by the two buttons."""
        panel = self.before_publishing()
        panel.locator(".editor-post-publish-button").click()
        panel.locator(".post-publish-panel__postpublish").wait_for()
        self.settle()

    def notice(self, words: str) -> Locator:
        """A notice or a short message at the edge with these words, once it is there."""
        found = self.page.locator(".components-notice, .components-snackbar", has_text=words).first
        found.wait_for()
        return found

    # What the server has.

    def rest(self, path: str, data: dict[str, Any] | None = None, *, method: str = "") -> Any:
        """Asks the API beside the page, as the same user."""
        return ask(self.page.context, path, data, method=method)

    def saved(self, number: int | None = None) -> Any:
        """The post as the server has it."""
        return self.rest(f"/wp/v2/posts/{number or self.number}?context=edit")
