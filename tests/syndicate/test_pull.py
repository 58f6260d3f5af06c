"""The straight road: the example press, a real site, and everything between them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from examples.wire.press import Press
from tests.syndicate.site import HOME, LISTING, Site
from wirepress.model.wire import Rights, Rules
from wirepress.store import options as option_store

WORLD = "/meridian/world/"
CREWS = "/meridian/world/2025/winter-crews.html"
FEED = "/courier/feed.rss"
BELL = "/courier/2025/market-hall.html"
# From the middle of two pages, where no summary comes from.
MARKER = "bread, lamp oil and rope out over the ice on sledges"
BELL_MARKER = "wrapped in sacking, with the date of its casting"


@pytest.fixture
def crews(site: Site, press: Press) -> dict[str, Any]:
    """The article that is built as a large publisher's page is, taken from its listing, as the API shows it."""
    site.pull(site.add(press.base + WORLD, rules=LISTING))
    item: dict[str, Any] = site.ask(f"{HOME}/index.php/wp-json/wp/v2/posts/{site.post('frozen sound').id}")
    return item


def paragraphs(content: str) -> list[str]:
    return re.findall(r"<!-- wp:paragraph -->\n<p>(.*?)</p>\n<!-- /wp:paragraph -->", content)


def test_the_text_comes_as_clean_blocks(crews: dict[str, Any], site: Site, press: Press) -> None:
    content = site.post("frozen sound").content
    found = paragraphs(content)
    assert len(found) == 17
    assert found[0].startswith("Coast towns along the Velmar Sound have taken in")
    assert found[-1].endswith("the institute’s note added.")
    assert not re.search(r"data-|inline-placeholder|  |&nbsp;", "".join(found))
    assert content.count("<!-- wp:") == 18
    link = f'<a href="{press.base}{CREWS}">Meridian Desk</a>'
    assert f'<p class="syndication-source">By Tove Halden. First published by {link}.</p>' in content
    assert crews["content"]["rendered"].count("</p>") == 18


def test_the_item_is_what_wordpress_would_show(crews: dict[str, Any]) -> None:
    assert crews["guid"]["rendered"] == crews["link"]
    assert crews["link"].startswith(f"{HOME}/index.php/2025/02/10/towns-on-a-frozen-sound")
    assert (crews["date_gmt"], crews["status"], crews["format"]) == ("2025-02-10T09:41:00", "publish", "standard")
    assert (crews["comment_status"], crews["ping_status"]) == ("closed", "closed")
    assert crews["meta"] == {"footnotes": ""}
    assigned = "post type-post status-publish format-standard has-post-thumbnail hentry category-world"
    assert crews["class_list"] == [f"post-{crews['id']}", *assigned.split()]
    assert crews["_links"]["version-history"][0]["count"] == 0
    assert crews["excerpt"]["rendered"].startswith("<p>Coast towns along the Velmar Sound")


def test_the_lead_picture_is_in_the_library(crews: dict[str, Any], site: Site) -> None:
    (medium,) = (m for m in site.posts("attachment") if m.id == crews["featured_media"])
    assert medium.parent == crews["id"]
    shown = site.ask(f"{HOME}/wp-json/wp/v2/media/{medium.id}")
    assert shown["alt_text"] == "Snow slopes in layers under a pale winter sun"
    assert {"medium", "large", "thumbnail", "medium_large", "full"} == set(shown["media_details"]["sizes"])
    names = [size["file"] for size in shown["media_details"]["sizes"].values()]
    assert {name.rpartition("/")[2] for name in names} <= set(site.uploads())


def test_every_link_leads_somewhere(crews: dict[str, Any], site: Site) -> None:
    links = [link for relation in crews["_links"].values() for link in relation]
    assert len(links) == 11
    for link in links:
        if not link.get("templated"):
            site.ask(link["href"])
    embedded = site.ask(f"{crews['_links']['self'][0]['href']}?_embed")["_embedded"]
    assert embedded["author"][0]["name"] == "Desk"
    assert embedded["wp:featuredmedia"][0]["id"] == crews["featured_media"]
    assert [[term["slug"] for term in terms] for terms in embedded["wp:term"]] == [["world"], []]


def test_a_second_look_changes_nothing(site: Site, press: Press) -> None:
    numbers = [site.add(press.base + WORLD, rules=LISTING), site.add(press.base + FEED)]
    for number in numbers:
        site.pull(number)
    before, epoch = [(post.id, post.version) for post in site.posts()], site.epoch()
    press.asked.clear()
    reports = [site.pull(number) for number in numbers]
    assert all(report.unchanged and not report.error for report in reports)
    assert press.asked == [(WORLD, 304), (FEED, 304)]
    # The same again where the press does not know what we have: nothing is fetched but the lists.
    for number in numbers:
        source = site.source(number)
        site.change(replace(source, memory=replace(source.memory, etag="", last_modified="")))
    press.asked.clear()
    assert [(report.found, report.counts["skipped"]) for report in map(site.pull, numbers)] == [(3, 3), (5, 5)]
    assert {path for path, _ in press.asked} == {WORLD, FEED}
    assert [(post.id, post.version) for post in site.posts()] == before
    assert site.epoch() == epoch


def test_a_changed_entry_becomes_a_revision_with_the_old_text(site: Site, press: Press) -> None:
    number = site.add(press.base + FEED)
    site.pull(number)
    old = site.post("lost bell")
    before = site.origin(old)
    press.change(BELL, press.source(BELL).replace("1742", "1741"))
    press.change(FEED, press.source(FEED).replace("have found its bell.", "have found its bell at last."))
    assert site.pull(number).result() == "1 revised"
    new = site.post("lost bell")
    assert (new.id, new.date, new.slug) == (old.id, old.date, old.slug)
    assert "1741" in new.content
    assert "1742" not in new.content
    assert new.excerpt.endswith("at last.")
    texts = [revision.content for revision in site.posts("revision") if revision.parent == old.id]
    assert texts == [old.content, new.content]
    after = site.origin(new)
    assert after.content_hash != before.content_hash
    assert after.facts.entry_hash != before.facts.entry_hash
    assert (after.id, after.first_seen) == (before.id, before.first_seen)


def test_a_listed_page_is_looked_at_again_after_six_hours(site: Site, press: Press) -> None:
    number = site.add(press.base + WORLD, rules=LISTING)
    site.pull(number)
    press.change(CREWS, press.source(CREWS).replace("140 boats", "141 boats"))
    site.clock.later(hours=5)
    press.asked.clear()
    site.pull(number)
    assert press.asked == [(WORLD, 304)]
    site.clock.later(hours=2)
    press.asked.clear()
    epoch = site.epoch()
    assert site.pull(number).result() == "1 revised"
    asked = {path: status for path, status in press.asked if path.startswith(WORLD)}
    assert sorted(asked.values()) == [200, 304, 304, 304]
    assert "141 boats" in site.post("frozen sound").content
    assert site.epoch() == epoch + 1
    press.asked.clear()
    assert site.pull(number).unchanged
    assert press.asked == [(WORLD, 304)]
    site.clock.later(days=8)
    press.asked.clear()
    site.pull(number)
    assert press.asked == [(WORLD, 304)]


ITEM = "<item><title>{title}</title><link>{{base}}{link}</link><guid>{guid}</guid></item>"


def feed(*items: str) -> str:
    return f'<rss version="2.0"><channel><title>Second Wire</title>{"".join(items)}</channel></rss>'


def test_an_article_is_taken_once_however_it_comes(site: Site, press: Press) -> None:
    site.pull(site.add(press.base + FEED))
    taken = len(site.posts())
    assert taken == 5
    press.change("/second.rss", feed(
        ITEM.format(title="A bell", link=BELL + "?utm_source=second", guid="s1"),
        ITEM.format(title="A bell again", link="/courier/r/4711", guid="s2"),
        ITEM.format(title="Trams", link="/courier/2025/night-trams.html#top", guid="s3"),
    ))  # fmt: skip
    number = site.add(f"{press.base}/second.rss", rules=Rules(category="Second"))
    report = site.pull(number)
    assert (report.counts["created"], report.counts["failed"]) == (0, 0)
    assert len(site.posts()) == taken
    # What came by a redirect is known by it now: its page is not fetched again.
    press.change("/second.rss", press.source("/second.rss") + "\n")
    press.asked.clear()
    site.pull(number)
    assert [path for path, _ in press.asked] == ["/second.rss"]


@pytest.mark.parametrize("turn", [1, -1])
def test_one_feed_may_name_an_article_twice(site: Site, press: Press, turn: int) -> None:
    """The second entry comes by a redirect: which of the two is found first does not make the post flicker."""
    twice = [
        ITEM.format(title="A bell", link=BELL, guid="a"),
        ITEM.format(title="The same bell", link="/courier/r/4711", guid="b"),
    ]
    number = site.add(f"{press.base}/twice.rss")
    for look in range(3):
        press.change("/twice.rss", feed(*twice[::turn]) + f"<!-- {look} -->")
        assert not site.pull(number).error
    assert len(site.posts()) == 1
    assert site.posts("revision") == []


def test_nearly_the_same_text_is_left_out(site: Site, press: Press) -> None:
    press.change("/copy.html", press.source(BELL).replace(BELL, "/copy.html").replace("1742", "1743"))
    press.change("/copy.rss", feed(ITEM.format(title="A bell, retold", link="/copy.html", guid="c")))
    site.pull(site.add(press.base + FEED))
    number = site.add(f"{press.base}/copy.rss")
    assert site.pull(number).counts["skipped"] == 1
    press.change("/copy.rss", press.source("/copy.rss").replace("retold", "told again"))
    assert site.pull(number).counts["created"] == 0
    assert len(site.posts()) == 5


@pytest.mark.parametrize("rights", [Rights.EXCERPT, Rights.LINK])
@pytest.mark.parametrize("picture", [False, True])
def test_what_the_rights_do_not_reach_to_is_kept_nowhere(
    site: Site, press: Press, rights: Rights, picture: bool
) -> None:
    rules = replace(LISTING, picture=picture)
    site.pull(site.add(press.base + WORLD, rights, rules=rules))
    site.pull(site.add(press.base + FEED, rights, rules=Rules(picture=picture)))
    assert len(site.posts()) == 8
    assert site.holds(MARKER) == site.holds(BELL_MARKER) == []
    assert bool(site.uploads()) is picture
    post = site.post("lost bell")
    assert ("Builders who were" in post.content) is (rights is Rights.EXCERPT)
    assert f'Read the full article at <a href="{press.base}{BELL}">' in post.content


@pytest.mark.parametrize("rights", [Rights.EXCERPT, Rights.LINK])
def test_narrowed_rights_take_text_and_picture_back(site: Site, press: Press, rights: Rights) -> None:
    number = site.add(press.base + WORLD, rules=LISTING)
    site.pull(number)
    press.change(CREWS, press.source(CREWS).replace("140 boats", "141 boats"))
    site.clock.later(hours=7)
    site.pull(number)
    post = site.post("frozen sound")
    assert post.revisions == 2
    assert site.holds(MARKER) != []
    site.change(replace(site.source(number), rights=rights))
    epoch = site.epoch()
    assert site.pull(number).counts["revised"] == 3
    assert site.epoch() > epoch
    assert site.holds(MARKER) == []
    assert site.uploads() == []
    assert site.posts("attachment") == site.posts("revision") == []
    after = site.post("frozen sound")
    assert (after.thumbnail, after.revisions, bool(after.excerpt)) == (0, 0, rights is Rights.EXCERPT)
    with site.newsroom.database.read() as unit:
        assert unit.rows("SELECT count(*) FROM search_texts WHERE content LIKE '%sledges%'") == [(0,)]
    epoch = site.epoch()
    site.pull(number)
    assert site.epoch() == epoch


def test_narrowing_does_not_wait_for_the_network(site: Site, press: Press) -> None:
    number = site.add(press.base + FEED)
    site.pull(number)
    site.change(replace(site.source(number), rights=Rights.LINK, url="http://127.0.0.1:9/closed"))
    report = site.pull(number)
    assert report.error
    assert site.holds(BELL_MARKER) == []
    assert site.source(number).memory.within == "link"


def test_the_newsrooms_own_picture_stays_when_rights_narrow(site: Site, press: Press) -> None:
    number = site.add(press.base + FEED)
    site.pull(number)
    pictures = {post.title: post.thumbnail for post in site.posts()}
    rules = replace(site.source(number).rules, picture=True)
    site.change(replace(site.source(number), rights=Rights.EXCERPT, rules=rules))
    site.pull(number)
    assert {post.title: post.thumbnail for post in site.posts()} == pictures


def test_dirt_of_the_courier(site: Site, press: Press) -> None:
    """What its feed and pages get wrong comes out right."""
    site.pull(site.add(press.base + FEED))
    dates = {post.title: post.date_gmt[:16] for post in site.posts()}
    assert dates["Opinion: Leave the old station its clock"] == "2025-03-06 08:00"
    assert dates["Tide gates to stay shut through spring"] == "2025-03-03 06:30"
    assert "By Sam Pell. First" in site.post("Night trams").content
    bell, station = site.post("lost bell"), site.post("old station")
    (lead,) = (m for m in site.posts("attachment") if m.id == bell.thumbnail)
    assert lead.guid.endswith("/delta.jpg")
    assert paragraphs(station.content)[0].startswith("The railway wants")
    assert len(paragraphs(station.content)) >= 5
    assert "Guestbook" not in station.content
    assert bell.excerpt.endswith("have found its bell.")
    assert site.post("Observatory").excerpt.endswith("great refractor.")
    for post in site.posts():
        assert "</a>.</p>" in post.content
        assert "Advertisement" not in post.content


def test_a_publisher_is_not_its_own_author(site: Site, press: Press) -> None:
    site.pull(site.add(f"{press.base}/atlas/feed.atom", Rights.EXCERPT))
    assert all("Atlas Notes" not in site.origin(post).facts.authors for post in site.posts())


def test_a_new_site_keeps_its_default_category(site: Site, press: Press) -> None:
    site.pull(site.add(press.base + FEED))
    with site.newsroom.database.read() as unit:
        assert option_store.get(unit, "default_category") == "1"
    named = site.ask(f"{HOME}/wp-json/wp/v2/categories?_fields=id,slug,count&orderby=id")
    assert named[:2] == [{"id": 1, "slug": "uncategorized", "count": 0}, {"id": 2, "slug": "town", "count": 5}]
