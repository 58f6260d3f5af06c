"""What holds for all screens: logins, forms of other sites, policies, files."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlencode

import pytest

from tests.admin.client import Client, Page
from tests.content.desk import HOME, ROLES
from wirepress.content.identity import sessions


def test_nobody_is_led_to_the_login_and_back(client: Client) -> None:
    page = client.get("", "edit.php?post_type=page")
    assert page.status == 302
    assert page.headers["content-type"] == "text/html; charset=UTF-8"
    assert page.location.startswith("https://news.example.com/wp-login.php?redirect_to=https%3A%2F%2Fnews.example.com")
    assert "post_type%3Dpage" in page.location


def test_what_is_not_there_is_said(client: Client) -> None:
    page = client.get("editor", "nothing.php")
    assert page.status == 404
    assert "no such page" in page.text


def test_a_page_is_nobody_else_s(client: Client) -> None:
    page = client.get("editor")
    assert page.headers["cache-control"] == "no-store, private"
    policy = page.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\son\w+=|\sstyle=", page.html)


def test_files_are_kept_for_good_and_packed(client: Client) -> None:
    html = client.get("editor").html
    [style] = re.findall(r'href="[^"]*/wp-admin/(static/[^"]+\.css)"', html)
    page = client.get("", style)
    assert page.status == 200
    assert page.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert client.get("", style.replace("admin.css", "other.css")).status == 404
    assert client.get("", re.sub(r"static/\w+/", "static/000000000000/", style)).status == 404
    assert client.get("", "static/editor/../../admin.py").status == 404
    assert client.get("", "static/editor/manifest.json").status == 200


@pytest.mark.parametrize(
    "path",
    [
        "editor//etc/passwd", "x//etc/passwd", "editor/../admin.css", "editor/..", "editor/.", "editor/", "editor",
        "editor/%2e%2e/admin.css", "editor/..%2fadmin.css", "/etc/passwd", "editor/manifest.json/",
        "editor/a/../manifest.json",
    ],
)  # fmt: skip
def test_no_address_leads_out_of_the_files_of_ours(client: Client, path: str) -> None:
    assert client.get("", f"static/{path}").status == 404


@pytest.mark.parametrize(
    ("origin", "ours"),
    [
        (HOME, True),
        ("http://news.example.com", True),
        ("https://NEWS.example.com", True),
        ("https://news.example.com\\@evil.example", True),  # read as browsers do; none sends it
        ("https://evil.example\\@news.example.com", False),
        ("https://evil.example", False),
        ("https://news.example.com.evil.example", False),
        ("https://news.example.com:8443", False),
        ("https:///news.example.com\x00.evil.example", False),
        ("javascript://news.example.com", False),
        ("null", False),
    ],
)
def test_a_form_comes_from_a_page_of_ours(client: Client, origin: str, ours: bool) -> None:
    body = urlencode({"_wpnonce": client.nonce("editor", "edit.php"), "action": "-1"}).encode()
    kind = "application/x-www-form-urlencoded"
    page = client.ask("editor", "POST", "edit.php", body, content_type=kind, origin=origin)
    assert (page.status != 403) == ours


FORM = {"name": ['<b>"Ärger" & more</b>'], "rows[]": ["1", "2"], "pass1": ["s3cret"], "text": ["one\r\n\r\ntwo"]}


def sent_again(page: Page) -> dict[str, list[str]]:
    """The fields that a page sends again, but for the nonce."""
    areas = re.findall(r'<textarea name="([^"]*)" hidden readonly>\n(.*?)</textarea>', page.html, re.DOTALL)
    found: dict[str, list[str]] = {}
    for name, value in areas:
        found.setdefault(unescape(name), []).append(unescape(value))
    return found


def test_what_was_typed_is_kept_when_the_login_has_ended(client: Client) -> None:
    given = {name.removesuffix("[]"): values for name, values in FORM.items() if name != "pass1"}
    with client.newsroom.write() as view:
        sessions.end_others(view, ROLES.index("editor") + 1)
    page = client.post("editor", "profile.php", FORM, nonce="x")
    assert (page.status, sent_again(page)) == (401, given)
    assert "Your login has ended" in page.text
    assert "s3cret" not in page.html
    assert "Passwords are not kept" in page.text
    assert client.post("", "profile.php", FORM, nonce="x").status == 302


def test_what_was_typed_is_kept_when_a_page_was_open_for_too_long(client: Client) -> None:
    page = client.post("editor", "edit-tags.php?taxonomy=category", {"action": "add", "name": "Harbour"}, nonce="x")
    assert (page.status, sent_again(page)) == (403, {"action": ["add"], "name": ["Harbour"]})
    nonce = re.search(r'name="_wpnonce" value="([^"]+)"', page.html)
    assert nonce
    form = {name: values[0] for name, values in sent_again(page).items()}
    assert client.post("editor", "edit-tags.php?taxonomy=category", form, nonce=nonce[1]).status == 303


def test_a_part_of_a_page_keeps_what_was_typed_in_it_and_gets_no_page(client: Client) -> None:
    body = urlencode({"_wpnonce": "x", "action": "add", "name": "Harbour"}).encode()
    kind = "application/x-www-form-urlencoded"
    path = "edit-tags.php?taxonomy=category"
    page = client.ask("editor", "POST", path, body, content_type=kind, origin=HOME, hx_request="true")
    assert (page.status, "is-error" in page.html, "Harbour" in page.html) == (403, True, False)


def test_what_another_site_sends_is_kept_nowhere(client: Client) -> None:
    body = b"action=add&name=Theirs"
    for origin in ("https://evil.example", "null", ""):
        kind = "application/x-www-form-urlencoded"
        page = client.ask("editor", "POST", "edit-tags.php?taxonomy=category", body, content_type=kind, origin=origin)
        assert (page.status, "Theirs" in page.html) == (403, False), origin
