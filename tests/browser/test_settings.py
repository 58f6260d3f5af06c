"""The settings in a real browser: fields that answer while somebody types, errors, the way through a change."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.checks import flaws, settle
from tests.browser.conftest import Enter
from tests.browser.stage import WIDTHS

SCREENS = ("general", "writing", "reading", "discussion", "media", "permalink", "privacy")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_settings_are_accessible(enter: Enter, width: int, dark: bool) -> None:
    page = enter("administrator", width=width, dark=dark)
    for name in SCREENS:
        page.goto(f"/wp-admin/options-{name}.php")
        assert flaws(page) == [], name


def test_the_layout_turns_round(enter: Enter) -> None:
    for width in WIDTHS:
        page = enter("administrator", "options-general.php", width=width)
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert flaws(page) == []
        name = page.locator("label[for=f-blogname]").bounding_box()
        field = page.locator("#f-blogname").bounding_box()
        assert name is not None
        assert field is not None
        assert name["x"] + name["width"] >= field["x"] + field["width"] - 1


def test_a_date_format_is_shown_while_it_is_written(enter: Enter) -> None:
    page = enter("administrator", "options-general.php")
    page.fill("#f-date_format", "Y!")
    page.locator("#e-date_format", has_text=re.compile("^20[0-9]{2}!$")).wait_for()
    expect(page.locator("input[data-own=f-date_format]")).to_be_checked()
    settle(page)
    page.select_option("#f-timezone_string", "Europe/Berlin")
    page.locator("#e-timezone_string", has_text="The clocks change").wait_for()


def test_tags_of_permalinks_are_buttons(enter: Enter) -> None:
    page = enter("administrator", "options-permalink.php")
    page.check("input[name=permalink_structure][value='/%postname%/']")
    field = page.locator("#f-permalink_structure")
    expect(field).to_have_value("/%postname%/")
    page.focus("[data-tag='%category%']")
    page.keyboard.press("Enter")
    expect(field).to_have_value("/%postname%/%category%/")
    expect(page.locator("[data-tag='%category%']")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("input[data-own=f-permalink_structure]")).to_be_checked()
    page.keyboard.press("Enter")
    expect(field).to_have_value("/%postname%/")
    page.click(".save button")
    expect(page.locator("[role=alert]")).to_contain_text("Nothing is saved yet")
    assert flaws(page) == []
    page.click("text=Leave everything as it is")
    expect(field).to_have_value(re.compile(r"index\.php"))


def test_errors_lead_to_their_fields(enter: Enter) -> None:
    page = enter("administrator", "options-reading.php", width=360)
    page.fill("#f-posts_per_page", "0")
    page.check("input[value=page]")
    page.click(".save button")
    expect(page.locator("[role=alert]")).to_contain_text("2 fields need another look")
    assert flaws(page) == []
    page.click("[role=alert] a[href='#f-posts_per_page']")
    page.wait_for_function("(document.activeElement.id || location.hash).replace('#', '') === 'f-posts_per_page'")
    expect(page.locator("#f-posts_per_page")).to_have_value("0")


def test_settings_are_saved_without_script(enter: Enter) -> None:
    page = enter("administrator", "options-general.php", script=False)
    before = page.input_value("#f-blogdescription")
    page.fill("#f-blogdescription", "Without script")
    page.click(".save button")
    expect(page.locator("[role=status]")).to_contain_text("The settings are saved.")
    expect(page.locator("#f-blogdescription")).to_have_value("Without script")
    page.fill("#f-blogdescription", before)
    with page.expect_navigation():
        page.click(".save button")
    expect(page.locator("#f-blogdescription")).to_have_value(before)
