"""The library with a real browser: sending files, cropping, and every screen at every width in both colours."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import pytest
import pyvips
from playwright.sync_api import expect

from tests.browser.checks import flaws
from tests.browser.conftest import Enter
from tests.browser.stage import WIDTHS

if TYPE_CHECKING:
    from playwright.sync_api import Page

API = re.compile(r"/wp-json/wp/v2/media$")
HARBOUR, TONE, PAPER = 1, 9, 8
"""Files of the golden site: a picture, a sound, a document."""


def picture(width: int = 400, height: int = 300, seed: int = 0) -> bytes:
    """A picture in which every corner looks different."""
    image = pyvips.Image.xyz(width, height)
    across, down = image[0] * (255 / width), image[1] * (255 / height)
    bands = across.bandjoin([down, (across + down + 40 * seed) % 256])
    return bytes(bands.cast("uchar").copy(interpretation="srgb").write_to_buffer(".jpg"))


JPEG = picture()


def choose(page: Page, *files: tuple[str, bytes]) -> None:
    """Chooses files by the button."""
    with page.expect_file_chooser() as chooser:
        page.locator("[data-pick]:visible").click()
    payloads: list[Any] = [{"name": name, "mimeType": "image/jpeg", "buffer": data} for name, data in files]
    chooser.value.set_files(payloads)


def drop(page: Page, names: Sequence[str], text: str = "text") -> None:
    """Drops files of these names onto the page."""
    page.evaluate(
        """([names, text]) => {
            const transfer = new DataTransfer();
            names.forEach((name) => transfer.items.add(new File([text], name, {type: 'text/plain'})));
            const thrown = (kind) => document.body.dispatchEvent(
                new DragEvent(kind, {dataTransfer: transfer, bubbles: true, cancelable: true}));
            thrown('dragenter');
            window.shown = !document.querySelector('.drop').hidden;
            thrown('drop');
        }""",
        [list(names), text],
    )


def sent(page: Page, number: int) -> None:
    """Waits until so many files are there."""
    page.get_by_text(re.compile(rf"^{number} of \d+ files are added")).wait_for(timeout=60_000)


def stopped(page: Page) -> None:
    """Waits until nothing is under way any more: who goes on before that is stopped again by what fails later."""
    expect(page.locator(".uploads-list .is-sending")).to_have_count(0)


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Waits until something holds that is not in the page."""
    for _ in range(300):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("this did not come to be within 30 seconds")


def expect_part(page: Page, sides: dict[str, float]) -> None:
    """Waits until the fields say, to a percent, that this part is kept."""
    page.wait_for_function(
        """sides => Object.entries(sides).every(
            ([name, value]) => Math.abs(document.querySelector(`[name=${name}]`).value - value) <= 1
        )""",
        arg=sides,
    )


def add(page: Page, name: str, data: bytes = JPEG) -> int:
    """Adds a file; its id."""
    page.goto("/wp-admin/media-new.php")
    choose(page, (name, data))
    sent(page, 1)
    href = page.get_attribute(".uploads-list .is-done a", "href") or ""
    return int(href.rpartition("=")[2])


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_screens_are_accessible(enter: Enter, width: int, dark: bool) -> None:
    page = enter("editor", "upload.php?mode=grid", width=width, dark=dark)
    found = {}
    number = add(page, "screens.jpg")
    found["sent"] = flaws(page)
    for path in (
        "upload.php?mode=grid",
        "upload.php?mode=list",
        f"upload.php?item={number}",
        f"upload.php?item={TONE}&find=the",
        f"upload.php?item={PAPER}",
        f"upload.php?item={number}&mode=edit",
        "media-new.php",
        "upload.php?s=nothing-is-called-this",
    ):
        page.goto(f"/wp-admin/{path}")
        found[path] = flaws(page)
    assert {path: flaw for path, flaw in found.items() if flaw} == {}


def test_many_files_are_dropped_and_two_are_sent_at_once(enter: Enter) -> None:
    page = enter("author", "upload.php?mode=list&attachment-filter=mine")
    page.evaluate(
        """() => {
            window.most = window.open_now = 0;
            const send = XMLHttpRequest.prototype.send;
            XMLHttpRequest.prototype.send = function (body) {
                window.most = Math.max(window.most, ++window.open_now);
                this.addEventListener('readystatechange', () => this.readyState === 4 && window.open_now--);
                send.call(this, body);
            };
        }"""
    )
    drop(page, [f"dropped {n}.txt" for n in range(7)] + ["program.exe"])
    assert page.evaluate("window.shown")
    sent(page, 7)
    assert page.evaluate("window.most") == 2
    page.get_by_text("7 of 8 files are added, 1 failed.").wait_for()
    expect(page.locator(".uploads-list .is-failed")).to_contain_text("not taken")
    page.locator("#library").get_by_text("dropped 6", exact=True).wait_for()  # shown without loading the page anew
    expect(page.locator("#library tbody tr").nth(6)).to_be_attached()


def test_a_thousand_files_do_not_hold_the_page_up(enter: Enter) -> None:
    page = enter("author", "media-new.php")
    asked = []
    page.route(API, lambda route: asked.append(route))  # the server takes its time
    drop(page, [f"many {n}.txt" for n in range(1000)])
    page.get_by_text("0 of 1000 files are added, 0 failed.").wait_for()
    until(page, lambda: len(asked) >= 2)
    page.wait_for_timeout(200)
    assert len(asked) == 2
    expect(page.locator(".uploads-list li").nth(59)).not_to_be_attached()
    page.get_by_role("button", name="Cancel what waits").click()
    page.get_by_text("0 of 2 files are added").wait_for()
    for route in asked:
        route.abort()


def test_what_is_too_large_or_empty_is_never_sent(enter: Enter) -> None:
    page = enter("author", "media-new.php")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if API.search(request.url) else None)
    page.evaluate("document.getElementById('uploads').dataset.limit")
    drop(page, ["empty.txt"], "")
    page.evaluate(
        """() => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([new Uint8Array(65 * 1024 * 1024)], 'large.jpg'));
            document.body.dispatchEvent(new DragEvent('drop', {dataTransfer: transfer, bubbles: true}));
        }"""
    )
    page.get_by_text("The file is too large: 64 MB at most.").wait_for()
    page.get_by_text("The file is empty.").wait_for()
    assert asked == []


def test_a_lost_connection_is_waited_for(enter: Enter) -> None:
    page = enter("author", "media-new.php")
    lost = [2]

    def answer(route: Any) -> None:
        if lost[0] > 0:
            lost[0] -= 1
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route(API, answer)
    drop(page, [f"lost {n}.txt" for n in range(5)])
    page.get_by_text("The connection is lost.").wait_for()
    until(page, lambda: lost[0] == 0)
    stopped(page)
    page.get_by_role("button", name="Go on").click()
    sent(page, 5)
    expect(page.get_by_text("The connection is lost.")).to_be_hidden()


def test_what_the_server_refuses_can_be_tried_again(enter: Enter) -> None:
    page = enter("author", "media-new.php")
    refusing = [True]

    def answer(route: Any) -> None:
        if refusing[0]:
            route.fulfill(status=500, content_type="application/json", body='{"code": "x", "message": "<b>No</b>"}')
        else:
            route.continue_()

    page.route(API, answer)
    drop(page, ["again.txt"])
    page.get_by_text("The file was refused: <b>No</b>").wait_for()
    refusing[0] = False
    page.get_by_role("button", name="Try again: again.txt").click()
    sent(page, 1)


def test_a_stale_nonce_is_renewed(enter: Enter) -> None:
    page = enter("author", "media-new.php")
    page.route(
        API,
        lambda route: route.continue_(headers={**route.request.headers, "x-wp-nonce": "0123456789"}),
        times=2,
    )
    drop(page, ["stale 1.txt", "stale 2.txt", "stale 3.txt"])
    sent(page, 3)


def test_an_ended_login_is_said_and_waited_for(enter: Enter) -> None:
    page = enter("author", "media-new.php")
    kept: Any = page.context.cookies()
    page.context.clear_cookies()
    drop(page, ["late 1.txt", "late 2.txt", "late 3.txt"])
    page.get_by_text("Your login has ended.").wait_for()
    expect(page.get_by_role("link", name="Log in")).to_be_visible()
    stopped(page)
    page.context.add_cookies(kept)
    page.get_by_role("button", name="Go on").click()
    sent(page, 3)


def test_a_damaged_picture_is_said_to_be_damaged(enter: Enter) -> None:
    page = enter("author", "media-new.php")
    choose(page, ("damaged.jpg", JPEG[:200]))
    sent(page, 1)
    assert "the picture is damaged" in page.inner_text(".uploads-list .is-broken")


def test_a_file_is_sent_without_script(enter: Enter) -> None:
    page = enter("author", "media-new.php", script=False)
    page.set_input_files("input[type=file]", {"name": "plain.jpg", "mimeType": "image/jpeg", "buffer": JPEG})
    page.get_by_role("button", name="Add files").click()
    expect(page.locator("h1")).to_have_text("plain")
    expect(page.locator("main")).to_contain_text("1 item is added")


def test_a_part_is_drawn_and_moved_by_keys(enter: Enter) -> None:
    page = enter("author", "media-new.php")
    number = add(page, "cut me.jpg")
    page.goto(f"/wp-admin/upload.php?item={number}&mode=edit")
    page.get_by_role("button", name="Turn right").click()
    page.get_by_text("What comes out: 300 × 400 pixels").wait_for()
    area = page.locator(".edit-frame canvas").bounding_box()
    assert area is not None
    page.mouse.move(area["x"] + area["width"] * 0.2, area["y"] + area["height"] * 0.2)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] * 0.5, area["y"] + area["height"] * 0.6, steps=4)
    page.mouse.up()
    expect_part(page, {"x": 20, "y": 20, "width": 30, "height": 40})
    across, high = (float(page.input_value(f"[name={name}]")) for name in ("x", "height"))
    page.focus(".edit-box")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator("[name=x]")).to_have_value(f"{across + 1:g}")
    expect(page.locator("[name=height]")).to_have_value(f"{high + 1:g}")
    page.get_by_label("Shape").select_option("1:1")
    page.get_by_text("What comes out: 300 × 300 pixels").wait_for()
    page.get_by_role("button", name="Keep as a copy").click()
    expect(page.locator("main")).to_contain_text("kept as a copy")
    expect(page.locator("main")).to_contain_text("300 × 300 pixels")


def test_a_picture_is_cut_without_script(enter: Enter) -> None:
    page = enter("author", "media-new.php", script=False)
    page.set_input_files("input[type=file]", {"name": "bare.jpg", "mimeType": "image/jpeg", "buffer": JPEG})
    page.get_by_role("button", name="Add files").click()
    page.get_by_role("link", name="Crop, turn or flip").click()
    page.get_by_label("Width").fill("50")
    page.get_by_role("button", name="Keep as a copy").click()
    expect(page.locator("main")).to_contain_text("200 × 300 pixels")


def test_words_are_saved_and_a_file_is_deleted(enter: Enter) -> None:
    page = enter("author", "media-new.php")
    number = add(page, "short lived.jpg")
    page.goto(f"/wp-admin/upload.php?item={number}")
    page.get_by_label("Alternative text").fill("A wall")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("1 item is saved")
    expect(page.locator("#f-alt")).to_have_value("A wall")
    page.once("dialog", lambda dialog: dialog.dismiss())
    with page.expect_event("dialog"):
        page.get_by_role("button", name="Delete for good").click()
    page.reload()
    expect(page.locator("h1")).to_have_text("short lived")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete for good").click()
    expect(page.locator("main")).to_contain_text("1 item is deleted for good")


def test_the_grid_is_walked_by_keys(enter: Enter) -> None:
    page = enter("author", "media-new.php")
    add(page, "walked.jpg")
    page.goto("/wp-admin/upload.php?mode=grid&attachment-filter=mine")
    page.keyboard.press("j")
    expect(page.locator(":focus")).to_have_class("tile-link")
    page.keyboard.press("x")
    expect(page.locator(".tile input:checked")).to_have_count(1)
    page.keyboard.press("/")
    expect(page.locator("#f-s")).to_be_focused()
