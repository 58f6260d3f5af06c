"""The settings screens: what they show, what they refuse, what a form leaves behind."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from tests.admin.client import Client, Page
from tests.content.desk import HOME, article
from tests.store import many
from wirepress.admin.settings.choices import zone_options
from wirepress.admin.settings.pages import PAGES
from wirepress.content import options
from wirepress.content.options import DEFAULTS
from wirepress.store import bulk

ADMIN = "administrator"
ZONE = "timezone_string"

MACHINES = "admin.php?page=machines"
SLOTS = "admin.php?page=slots"
SELLERS = "a.example, 1, DIRECT\nb.example, 2, RESELLER"


def form_of(page: Page) -> dict[str, str | list[str]]:
    """The form of a screen, filled in as a browser has it when nothing is touched."""
    found: dict[str, str | list[str]] = {}
    for tag in re.findall(r"<input [^>]*>", page.html):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if given.get("type") in ("checkbox", "radio") and " checked" not in tag:
            continue
        if given.get("name", "").endswith("[]"):
            kept = found.setdefault(given["name"], [])
            assert isinstance(kept, list)
            kept.append(given["value"])
        elif "name" in given:
            found[given["name"]] = unescape(given["value"])
    for name, inner in re.findall(r'(?s)<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', page.html):
        chosen = re.findall(r'<option value="([^"]*)" selected>', inner)
        assert len(chosen) == 1, name
        found[name] = unescape(chosen[0])
    for name, inner in re.findall(r'(?s)<textarea [^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', page.html):
        found[name] = unescape(inner.removeprefix("\n"))  # as browsers read it
    return found


def save(client: Client, path: str, *, without: Any = (), **changed: Any) -> Page:
    form = {name: value for name, value in form_of(client.get(ADMIN, path)).items() if name not in without}
    form.pop("_wpnonce")
    return client.post(ADMIN, path, {**form, **changed})


def option(client: Client, name: str) -> Any:
    with client.newsroom.view() as view:
        return view.site.option(name)


def kept(client: Client) -> dict[str, Any]:
    with client.newsroom.view() as view:
        return {name: value for name, value in view.site.options.items() if name != options.SECRET}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_form_that_nobody_touched_changes_nothing(client: Client, page: Any) -> None:
    before = kept(client)
    answer = save(client, page.path)
    there = f"{page.path}{'&' if '?' in page.path else '?'}settings-updated=true"
    assert (answer.status, answer.location) == (303, f"{HOME}/wp-admin/{there}")
    assert kept(client) == before
    assert "The settings are saved." in client.get(ADMIN, there).text


def test_every_option_has_a_default_and_one_field() -> None:
    names = [field.option for page in PAGES for field in page.fields]
    assert len(names) == len(set(names))
    without = {name for name in names if name not in DEFAULTS}
    assert without == {"typography", "excerpt_length", "wp_notes_notify", "rest_allow_anonymous_comments"}


@pytest.mark.parametrize(
    ("path", "name", "value", "stored"),
    [
        ("options-general.php", "blogname", "  News <b>&</b>\n Views ", "News &lt;b&gt;&amp;&lt;/b&gt; Views"),
        ("options-general.php", "admin_email", "desk@news.example.com", "desk@news.example.com"),
        ("options-general.php", "WPLANG", "de_DE", "de_DE"),
        ("options-general.php", ZONE, "Europe/Berlin", "Europe/Berlin"),
        ("options-general.php", "start_of_week", "0", "0"),
        ("options-general.php", "date_format", "d.m.Y", "d.m.Y"),
        ("options-general.php", "default_role", "author", "author"),
        ("options-writing.php", "default_category", "3", "3"),
        ("options-writing.php", "revisions_to_keep", "-1", "-1"),
        ("options-writing.php", "wirepress_audit_days", "30", "30"),
        ("options-reading.php", "posts_per_page", "25", "25"),
        ("options-reading.php", "rss_use_excerpt", "1", "1"),
        ("options-reading.php", "blog_public", "0", "0"),
        ("options-discussion.php", "moderation_keys", " spam \r\n\r\nspam\r\nham", "spam\nham"),
        ("options-discussion.php", "comment_order", "desc", "desc"),
        ("options-discussion.php", "default_ping_status", "open", "open"),
        ("options-media.php", "medium_size_w", "640", "640"),
        ("options-permalink.php", "category_base", "topics", "/topics"),
        (MACHINES, "wirepress_ads_txt", "a.example, 1, DIRECT\r\nb.example, 2, RESELLER", SELLERS),
        (MACHINES, "wirepress_websub_hub", " https://hub.example/ ", "https://hub.example/"),
        (MACHINES, "wirepress_security_contact", "a@b.example https://b.example/", "a@b.example https://b.example/"),
        (MACHINES, "wirepress_tdm_reservation", "1", "1"),
        (SLOTS, "wirepress_head_html", "\n<script>\r\n\u2028a</script>\n", "\n<script>\n\u2028a</script>\n"),
        (SLOTS, "wirepress_slot_hosts", "cdn.example\r\n*.ads.example:8443", "cdn.example\n*.ads.example:8443"),
    ],
)
def test_a_value_is_kept_as_wordpress_keeps_it(client: Client, path: str, name: str, value: str, stored: Any) -> None:
    answer = save(client, path, **{name: value})
    if answer.status == 409:  # the consequences are said first
        answer = confirmed(client, path, answer, {name: value})
    assert answer.status == 303
    assert option(client, name) == stored


def confirmed(client: Client, path: str, answer: Page, changed: dict[str, str]) -> Page:
    [agreed] = re.findall(r'name="confirmed" value="(\w+)"', answer.html)
    return save(client, path, confirmed=agreed, **changed)


def test_boxes_that_are_not_ticked_are_off(client: Client) -> None:
    assert (
        save(client, "options-discussion.php", without=("require_name_email", "default_comment_status")).status == 303
    )
    assert option(client, "require_name_email") == "0"
    assert option(client, "default_comment_status") == "closed"


def test_roles_are_kept_as_a_list(client: Client) -> None:
    name = "wirepress_second_factor_roles"
    assert save(client, "options-writing.php", **{f"{name}[]": ["editor", "author"]}).status == 303
    assert list(option(client, name)) == ["editor", "author"]
    assert form_of(client.get(ADMIN, "options-writing.php"))[f"{name}[]"] == ["editor", "author"]
    assert save(client, "options-writing.php", **{f"{name}[]": []}).status == 303
    assert list(option(client, name)) == []


@pytest.mark.parametrize(
    ("path", "name", "value", "said"),
    [
        ("options-general.php", "admin_email", "nobody", "no e-mail address"),
        ("options-general.php", "home", "javascript:alert(1)", "An address such as"),
        ("options-general.php", "siteurl", "https://user:secret@news.example.com", "An address such as"),
        ("options-general.php", "siteurl", "", "This is needed"),
        ("options-general.php", ZONE, "Mars/Olympus", "no such time zone"),
        ("options-general.php", ZONE, "UTC+99", "no such time zone"),
        ("options-general.php", "WPLANG", "../../etc", "no such choice"),
        ("options-general.php", "default_role", "emperor", "no such choice"),
        ("options-general.php", "blogname", "x" * 501, "At most 500"),
        ("options-writing.php", "default_category", "99", "no such choice"),
        ("options-writing.php", "wirepress_audit_days", "0", "whole number from 1"),
        ("options-writing.php", "wirepress_second_factor_roles[]", "emperor", "no such choice"),
        ("options-reading.php", "posts_per_page", "many", "whole number"),
        ("options-reading.php", "posts_per_page", "1000000", "whole number"),
        ("options-discussion.php", "disallowed_keys", "x" * 10_001, "At most 10000"),
        ("options-permalink.php", "permalink_structure", "/%nothing%/", "no tag %nothing%"),
        ("options-permalink.php", "permalink_structure", "/%year%/", "told apart"),
        ("options-permalink.php", "permalink_structure", "/wp-admin/%postname%/", "begin with wp-admin"),
        ("options-permalink.php", "permalink_structure", "/index.php/wp-json/%postname%", "begin with wp-json"),
        ("options-permalink.php", "category_base", "/tag/", "different beginnings"),
        ("options-permalink.php", "tag_base", "%year%", "No tags"),
        (MACHINES, "wirepress_websub_hub", "javascript:alert(1)", "An address of the web"),
        (MACHINES, "wirepress_security_contact", "a@b.example http://b.example/", "neither a mail address"),
        (MACHINES, "wirepress_security_expires", "soon", "A day such as"),
        (MACHINES, "wirepress_security_expires", "2020-01-01", "This day is over"),
        (MACHINES, "wirepress_ads_txt", "x" * 200_001, "At most 200000"),
        (SLOTS, "wirepress_head_html", "x" * 50_001, "At most 50000"),
        (SLOTS, "wirepress_slot_hosts", "'unsafe-inline'", "is no host"),
        (SLOTS, "wirepress_slot_hosts", "https://cdn.example/", "is no host"),
    ],
)
def test_a_wrong_value_is_said_at_its_field_and_nothing_is_saved(
    client: Client, path: str, name: str, value: str, said: str
) -> None:
    before = kept(client)
    other = {"options-general.php": {"blogdescription": "Typed & kept"}}.get(path, {})
    answer = save(client, path, **{name: value, **other})
    assert answer.status == 400
    assert kept(client) == before
    [at] = re.findall(rf'(?s)<div class="notes" id="h-{re.escape(name.removesuffix("[]"))}">.*?</div>', answer.html)
    assert said in unescape(at)
    assert "nothing is saved yet" in answer.text
    if other:
        assert form_of(answer)["blogdescription"] == "Typed & kept"


def test_what_was_typed_comes_back_as_text(client: Client) -> None:
    answer = save(client, "options-general.php", blogname='"><script>alert(1)</script>', admin_email="nobody")
    assert answer.status == 400
    assert "<script>alert" not in answer.html
    assert form_of(answer)["blogname"] == '"><script>alert(1)</script>'


def test_who_saves_over_another_is_asked_to_look_again(client: Client) -> None:
    form = form_of(client.get(ADMIN, "options-general.php"))
    form.pop("_wpnonce")
    save(client, "options-general.php", blogname="Of the first")
    answer = client.post(ADMIN, "options-general.php", {**form, "blogname": "Of the second"})
    assert answer.status == 409
    assert option(client, "blogname") == "Of the first"
    assert "Kept: Of the first" in answer.text
    again = form_of(answer)
    again.pop("_wpnonce")
    assert client.post(ADMIN, "options-general.php", again).status == 303
    assert option(client, "blogname") == "Of the second"


def test_a_choice_that_is_gone_stays_until_another_is_made(client: Client) -> None:
    with client.newsroom.write() as view:
        options.set(view.unit, "default_category", "77")
    assert form_of(client.get(ADMIN, "options-writing.php"))["default_category"] == "77"
    assert save(client, "options-writing.php").status == 303
    assert save(client, "options-writing.php", default_category="78").status == 400
    assert save(client, "options-writing.php", default_category="2").status == 303


def test_half_a_form_is_none(client: Client) -> None:
    assert client.post(ADMIN, "options-discussion.php", {}).status == 400
    assert client.post(ADMIN, "options-discussion.php", {"option_page": "options-general"}).status == 400


def test_the_one_who_kept_the_site_is_told_of_another_address(client: Client) -> None:
    sent: list[Any] = []
    client.newsroom.post = sent.extend
    save(client, "options-general.php", admin_email="first@news.example.com")
    assert sent == []
    save(client, "options-general.php", admin_email="second@news.example.com")
    assert [mail.to for mail in sent] == ["first@news.example.com"]


# ---- zones and forms of dates


@pytest.mark.parametrize(
    ("value", "kept_as"),
    [
        ("UTC+5.5", {ZONE: "", "gmt_offset": "5.5"}),
        ("UTC-3", {ZONE: "", "gmt_offset": "-3"}),
        ("UTC+0", {ZONE: "", "gmt_offset": "0"}),
        ("UTC", {ZONE: "UTC"}),
    ],
)
def test_a_zone_is_two_options(client: Client, value: str, kept_as: dict[str, str]) -> None:
    assert zone_options(value) == kept_as
    assert save(client, "options-general.php", **{ZONE: value}).status == 303
    assert {name: option(client, name) for name in kept_as} == kept_as
    assert form_of(client.get(ADMIN, "options-general.php"))[ZONE] == value


def test_the_clocks_of_a_zone_are_shown(client: Client) -> None:
    page = client.get(ADMIN, f"options-general.php?{ZONE}=Europe/Berlin")
    assert "It is 2:00 pm there now, June 15, 2025 (UTC+2). The clocks change on October 26, 2025." in page.text


def test_a_form_of_dates_is_written_by_hand_and_tried(client: Client) -> None:
    custom = "\\c\\u\\s\\t\\o\\m"
    page = client.get(ADMIN, "options-general.php?date_format_custom=l,%20j%20F")
    assert re.search(r'<output [^>]*id="e-date_format"[^>]*>Sunday, 15 June</output>', page.html)
    assert save(client, "options-general.php", date_format=custom, date_format_custom="l, j F").status == 303
    assert option(client, "date_format") == "l, j F"
    refused = save(client, "options-general.php", date_format=custom, date_format_custom="")
    assert refused.status == 400


# ---- addresses


def test_what_another_address_means_is_said_first(client: Client) -> None:
    changed = {"home": "https://other.example.com/", "siteurl": "https://other.example.com"}
    answer = save(client, "options-general.php", blogname="New", **changed)
    assert answer.status == 409
    assert option(client, "home") == HOME
    assert option(client, "blogname") != "New"
    assert "https://other.example.com/wp-login.php in another tab" in answer.text
    assert f"wirepress option set siteurl {HOME}" in answer.text
    done = confirmed(client, "options-general.php", answer, {"blogname": "New", **changed})
    assert done.location == "https://other.example.com/wp-admin/options-general.php?settings-updated=true"
    assert option(client, "home") == "https://other.example.com"


def test_what_was_agreed_to_is_what_is_saved(client: Client) -> None:
    answer = save(client, "options-general.php", home="https://other.example.com")
    again = confirmed(client, "options-general.php", answer, {"home": "https://mistyped.example.com"})
    assert again.status == 409
    assert option(client, "home") == HOME


def test_an_address_that_the_server_sets_stays(client: Client) -> None:
    client.newsroom.address = HOME
    with client.newsroom.write() as view:
        options.set(view.unit, "blogname", "Made anew")
    page = client.get(ADMIN, "options-general.php")
    assert "Whoever runs the server has set this" in page.text
    assert save(client, "options-general.php", home="https://other.example.com").status == 303
    with client.newsroom.view() as view:
        assert view.site.options["home"] == HOME


def test_other_permalinks_say_what_becomes_of_the_old_ones(client: Client) -> None:
    with client.newsroom.database.write() as unit:
        many.posts(unit, [article(20, "storm")])
        bulk.settle(unit)
    before, path = option(client, "permalink_structure"), "options-permalink.php"
    answer = save(client, path, permalink_structure="/%postname%/")
    assert answer.status == 409
    assert option(client, "permalink_structure") == before
    assert f"For example {HOME}/storm/ instead of {HOME}/index.php/2024/02/01/storm/" in answer.text
    assert "1 published article gets another address." in answer.text
    assert confirmed(client, path, answer, {"permalink_structure": "/%postname%/"}).status == 303
    assert option(client, "permalink_structure") == "/%postname%/"


# ---- the front


def test_a_page_can_stand_on_the_front(client: Client) -> None:
    with client.newsroom.database.write() as unit:
        many.posts(unit, [article(31, "welcome", type="page", title="Welcome"), article(32, "all", type="page")])
    page = client.get(ADMIN, "options-reading.php")
    assert "Welcome" in page.text
    assert "Choose the page" in save(client, "options-reading.php", show_on_front="page").text
    same = {"show_on_front": "page", "page_on_front": "31", "page_for_posts": "31"}
    assert "same page" in save(client, "options-reading.php", **same).text
    assert save(client, "options-reading.php", **{**same, "page_for_posts": "32"}).status == 303
    with client.newsroom.view() as view:
        assert view.site.front_page == 31


def test_a_screen_takes_few_statements(client: Client) -> None:
    with client.newsroom.database.write() as unit:
        many.posts(unit, [article(100 + n, f"page-{n}", type="page", title=f"Page {n}") for n in range(200)])
    for page in PAGES:
        before = client.newsroom.database.statements
        assert client.get(ADMIN, page.path).status == 200
        assert client.newsroom.database.statements - before <= 12, page.path


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("options-reading.php", "posts_per_page"),
        ("options-media.php", "thumbnail_size_w"),
        ("options-writing.php", "default_category"),
    ],
)
@pytest.mark.parametrize("nothing", ["", "\0"])
def test_nothing_is_no_value_of_a_number_or_a_choice(client: Client, path: str, name: str, nothing: str) -> None:
    before = option(client, name)
    assert save(client, path, **{name: nothing}).status == 400
    assert option(client, name) == before


def test_a_site_keeps_an_address(client: Client) -> None:
    assert save(client, "options-general.php", admin_email="desk@news.example.com").status == 303
    assert save(client, "options-general.php", admin_email="").status == 400
    assert option(client, "admin_email") == "desk@news.example.com"
