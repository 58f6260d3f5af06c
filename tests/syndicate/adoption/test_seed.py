"""What an imported site holds already is not brought a second time, whichever way it comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.net.loopback import Loopback
from tests.syndicate.adoption.elsewhere import Elsewhere, of_raw
from tests.syndicate.site import HOME, Site
from wirepress.model.original import UpdatePolicy
from wirepress.model.wire import Origin, OriginState, Rights, Rules, SourceKind
from wirepress.store import sources
from wirepress.syndicate.addresses import url_key
from wirepress.syndicate.adoption.adopting import adopt


@pytest.fixture
def elsewhere(imported: Site) -> Iterator[Elsewhere]:
    (post,) = imported.posts()
    made = Elsewhere(of_raw(post.title, post.content, post.date_gmt.replace(" ", "T")))
    with Loopback(made) as loopback:
        made.url = loopback.url
        yield made


WAYS = {
    "feed": ("/feed", SourceKind.FEED, True),
    "short feed": ("/feed", SourceKind.FEED, False),
    "rest": ("", SourceKind.WORDPRESS, True),
    "page": ("/2025/02/11/the-article-itself/index.html", SourceKind.ARTICLE, True),
}


@pytest.mark.parametrize("rights", [Rights.FULL, Rights.EXCERPT, Rights.LINK])
@pytest.mark.parametrize("way", WAYS)
def test_the_article_makes_no_second_post(imported: Site, elsewhere: Elsewhere, way: str, rights: Rights) -> None:
    adopt(imported.newsroom)
    before = imported.posts()
    path, kind, elsewhere.whole_in_feed = WAYS[way]
    number = imported.add(f"{elsewhere.url}{path}", rights, kind=kind)
    report = imported.pull(number)
    assert not report.error
    assert (report.counts["created"], report.counts["skipped"]) == (0, 1)
    assert imported.posts() == before


def test_without_adoption_it_would_be_there_twice(imported: Site, elsewhere: Elsewhere) -> None:
    report = imported.pull(imported.add(f"{elsewhere.url}/feed"))
    assert report.counts["created"] == 1


def test_it_is_known_when_its_text_has_another_title(imported: Site, elsewhere: Elsewhere) -> None:
    adopt(imported.newsroom)
    elsewhere.article.title = "What an envoy says of the wounded"
    imported.clock.later(days=400)
    report = imported.pull(imported.add(f"{elsewhere.url}/feed"))
    assert (report.counts["created"], report.counts["skipped"]) == (0, 1)


def test_its_site_title_and_date_are_enough(imported: Site, elsewhere: Elsewhere) -> None:
    adopt(imported.newsroom)
    elsewhere.links = "https://edition.cnn.com"
    elsewhere.article = replace(elsewhere.article, content="<p>" + "Quite other words stand here. " * 30 + "</p>")
    number = imported.add(f"{elsewhere.url}/feed", rules=Rules(page=False))
    report = imported.pull(number)
    assert (report.counts["created"], report.counts["skipped"]) == (0, 1)
    (post,) = imported.posts()
    assert not imported.origin(post).is_located
    elsewhere.article = replace(elsewhere.article, published="2025-02-13T12:00:00", guid="elsewhere-2", path="/2/")
    imported.clock.later(hours=1)
    assert imported.pull(number).counts["created"] == 1


def test_its_own_source_takes_it_up_after_another_has_left_it_out(imported: Site, elsewhere: Elsewhere) -> None:
    adopt(imported.newsroom)
    (post,) = imported.posts()
    elsewhere.links = "https://edition.cnn.com"
    now, address = imported.clock.now(), f"https://edition.cnn.com{elsewhere.article.path}"
    other = imported.add("https://other.example/feed")
    left = Origin(other, "left out", address, url_key(address), now, now, state=OriginState.SKIPPED)
    with imported.newsroom.database.write() as unit:
        sources.save_origin(unit, left)
    elsewhere.article.content = "<p>" + "Quite other words stand here. " * 30 + "</p>"
    own = imported.source(imported.origin(post).source)
    rules = replace(own.rules, page=False)
    imported.change(replace(own, url=f"{elsewhere.url}/feed?own", rules=rules, active=True))
    report = imported.pull(own.id)
    assert (report.counts["created"], report.counts["offered"]) == (0, 1)
    assert imported.origin(post).url_key == "edition.cnn.com/2025/02/11/the-article-itself"


def test_another_article_of_that_title_and_another_day_is_taken(imported: Site, elsewhere: Elsewhere) -> None:
    adopt(imported.newsroom)
    elsewhere.article = replace(
        elsewhere.article,
        content="<p>" + "Quite other words stand here today. " * 30 + "</p>",
        published="2025-02-13T12:00:00",
    )
    report = imported.pull(imported.add(f"{elsewhere.url}/feed"))
    assert report.counts["created"] == 1


def test_one_that_is_known_by_its_text_is_fetched_once_though_it_is_never_updated(
    imported: Site, elsewhere: Elsewhere
) -> None:
    adopt(imported.newsroom)
    (before,) = imported.posts()
    own = imported.source(imported.origin(before).source)
    rules = replace(own.rules, updates=UpdatePolicy.NEVER)
    imported.change(replace(own, url=f"{elsewhere.url}/feed", rules=rules, active=True))
    for _ in range(3):
        assert not imported.pull(own.id).error
        imported.clock.later(hours=1)
    assert elsewhere.asked.count(elsewhere.article.path) == 1
    assert imported.posts() == [before]
    assert imported.origin(before).url == f"{elsewhere.url}{elsewhere.article.path}"


def test_another_article_of_the_title_of_one_whose_address_is_known_is_taken(
    imported: Site, elsewhere: Elsewhere
) -> None:
    adopt(imported.newsroom)
    (post,) = imported.posts()
    origin = imported.origin(post)
    url = "https://edition.cnn.com/2025/02/11/quite-another-one"
    elsewhere.article.content = "<p>" + "Quite other words stand here. " * 30 + "</p>"
    with imported.newsroom.database.write() as unit:
        sources.save_origin(unit, replace(origin, url=url, url_key=url_key(url), guid=url))
    assert imported.pull(imported.add(f"{elsewhere.url}/feed")).counts["created"] == 1


def test_the_proposed_source_takes_the_article_up_when_it_is_turned_on(imported: Site, elsewhere: Elsewhere) -> None:
    adopt(imported.newsroom)
    (before,) = imported.posts()
    origin = imported.origin(before)
    assert not origin.is_located
    proposed = imported.source(origin.source)
    assert (proposed.url, proposed.active, proposed.rights) == ("https://cnn.com/", False, Rights.FULL)
    imported.change(replace(proposed, url=f"{elsewhere.url}/feed"))
    with imported.newsroom.write() as view:
        sources.take_up(view.unit, proposed.id)
    report = imported.pull(proposed.id)
    assert (report.counts["created"], report.counts["revised"]) == (0, 0)
    assert imported.posts() == [before]
    found = imported.origin(before)
    assert (found.is_located, found.guid) == (True, "elsewhere-1")
    assert found.url == f"{elsewhere.url}/2025/02/11/the-article-itself/index.html"

    elsewhere.article.content = elsewhere.article.content.replace("for free", "for nothing")
    imported.clock.later(hours=1)
    assert imported.pull(proposed.id).counts["offered"] == 1
    (after,) = imported.posts()
    assert (after.title, after.content, after.author, after.modified) == (
        before.title, before.content, before.author, before.modified,
    )  # fmt: skip


def test_the_api_answers_as_before(imported: Site) -> None:
    (post,) = imported.posts()
    addresses = [f"{HOME}/wp-json/wp/v2/posts/{post.id}?context=edit&_embed", f"{HOME}/wp-json/wp/v2/posts"]
    before = [imported.ask(address) for address in addresses]
    adopt(imported.newsroom)
    assert [imported.ask(address) for address in addresses] == before
    assert imported.ask(f"{HOME}/wp-json/wirepress/v1/provenance/{post.id}")["source"]["name"] == "cnn.com"
