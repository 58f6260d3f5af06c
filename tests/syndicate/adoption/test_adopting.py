"""What plugins have left is recognised, its sources are proposed, and nothing of a post changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.syndicate.adoption.conftest import WordPress
from tests.syndicate.site import Site
from tests.transfer.wordpress import change, held
from wirepress.model.original import UpdatePolicy
from wirepress.model.wire import Origin, OriginState, Rights
from wirepress.store import posts as post_store
from wirepress.store import sources
from wirepress.store.sources import Standing
from wirepress.syndicate.adoption import pages, proposals
from wirepress.syndicate.adoption.adopting import adopt, survey
from wirepress.syndicate.narrow import narrow
from wirepress.transfer.wordpress import Stopped

WHOLE = "".join(f"<p>The water in street number {n} rose by two metres in a single night.</p>\n" for n in range(20))
PAGE = "https://paper.example/2025/flood"
FEED = "https://paper.example/feed/"

PLUGINS: dict[str, dict[str, Any]] = {
    "FeedWordPress": {
        "syndication_permalink": PAGE,
        "syndication_feed": FEED,
        "syndication_feed_id": 8,
        "syndication_source": "The Paper",
        "syndication_source_uri": "https://paper.example/",
        "syndication_item_hash": "0863c9",
    },
    "WPeMatico": {"wpe_campaignid": 12, "wpe_feed": FEED, "wpe_sourcepermalink": f"{PAGE}?utm_source=rss"},
    "WP RSS Aggregator": {
        "wprss_item_permalink": PAGE,
        "wprss_item_guid": "tag:paper,1",
        "wprss_feed_id": 900,
        "wprss_item_author": "Ann Lee",
    },
    "Feedzy": {"feedzy": 1, "feedzy_item_url": PAGE, "feedzy_job": 901, "feedzy_item_author": "Ann Lee"},
    "WP Automatic": {"wp_automatic_camp": 3, "original_link": PAGE, "original_title": "Flood"},
    "CyberSEO": {"cyberseo_post_link": PAGE, "cyberseo_rss_source": FEED},
    "RSS Post Importer": {"rss_pi_source_url": PAGE},
    "Distributor": {"dt_original_post_url": PAGE, "dt_original_site_name": "The Paper"},
    "Autoblog": {"original_source": PAGE, "original_feed": FEED},
}


def standings(site: Site) -> list[Standing]:
    with site.newsroom.database.read() as unit:
        return sources.standings(unit)


def origins(site: Site) -> dict[int, Origin]:
    with site.newsroom.database.read() as unit:
        ids = [row[0] for row in unit.rows("SELECT id FROM posts")]
        return sources.origins_of_posts(unit, ids)


def settings_of_plugins(bare: WordPress) -> None:
    """The posts that hold the settings of WP RSS Aggregator and Feedzy."""
    for number, kind, meta in ((900, "wprss_feed", {"wprss_url": FEED}), (901, "feedzy_imports", {"source": FEED})):
        made = bare.post("The Paper", kind=kind, **meta)
        change(bare.path, f"UPDATE wp_posts SET ID = {number} WHERE ID = {made}")
        change(bare.path, f"UPDATE wp_postmeta SET post_id = {number} WHERE post_id = {made}")


@pytest.mark.parametrize("plugin", PLUGINS)
def test_what_a_plugin_has_left_becomes_an_origin(bare: WordPress, site: Site, plugin: str) -> None:
    settings_of_plugins(bare)
    number = bare.post("Flood", WHOLE, **PLUGINS[plugin])
    bare.into(site)
    found = adopt(site.newsroom)
    assert found.signs == {plugin: 1}
    (post, origin), *others = origins(site).items()
    assert (post, others) == (number, [])
    assert (origin.url, origin.url_key, origin.facts.sign) == (PAGE, "paper.example/2025/flood", plugin)
    assert origin.guid == ("tag:paper,1" if plugin == "WP RSS Aggregator" else PAGE)
    assert (origin.facts.title, origin.facts.published and origin.facts.published.isoformat()) == (
        "Flood", "2025-03-01T08:00:00+00:00",
    )  # fmt: skip
    (standing,) = standings(site)
    source = standing.source
    knows_feed = plugin not in ("WP Automatic", "RSS Post Importer", "Distributor")
    assert source.url == (FEED if knows_feed else "https://paper.example/")
    assert (source.active, standing.proposed_at > 0, source.rights) == (False, True, Rights.FULL)
    assert source.rules.updates is UpdatePolicy.HOLD
    assert source.id == origin.source
    assert origin.facts.rights is source.rights


def test_a_newer_plugin_has_newer_keys(bare: WordPress, site: Site) -> None:
    bare.post("Flood", WHOLE, x_wpra_url=PAGE, x_wpra_guid="g-1", x_wpra_source=4, x_wpra_source_name="The Paper")
    bare.into(site)
    adopt(site.newsroom)
    (origin,) = origins(site).values()
    assert (origin.guid, origin.facts.publisher, origin.url) == ("g-1", "The Paper", PAGE)


def test_settings_of_several_feeds_name_none(bare: WordPress, site: Site) -> None:
    settings_of_plugins(bare)
    change(
        bare.path, "UPDATE wp_postmeta SET meta_value = meta_value || ',https://other.example/feed' WHERE post_id = 901"
    )
    bare.post("Flood", WHOLE, **PLUGINS["Feedzy"])
    bare.into(site)
    assert [one.url for one in adopt(site.newsroom).sources] == ["https://paper.example/"]


@pytest.mark.parametrize("key", ["x_yoast_wpseo_canonical", "rank_math_canonical_url", "x_genesis_canonical_uri"])
def test_a_canonical_address_elsewhere_is_one(bare: WordPress, site: Site, key: str) -> None:
    number = bare.post("Flood", WHOLE, **{key: "https://paper.example/2025/the-great-flood"})
    bare.post("Ours", WHOLE, **{key: "https://invest360pro.com/a-post-of-ours"})
    bare.post("Front", WHOLE, **{key: "https://paper.example/"})
    bare.post("A page", WHOLE, kind="page", **{key: "https://paper.example/2025/about-the-paper"})
    bare.into(site)
    assert adopt(site.newsroom).signs == {"canonical address": 1}
    assert list(origins(site)) == [number]


@pytest.mark.parametrize(
    "meta",
    [
        {"wpe_campaignid": 12},
        {"wpe_sourcepermalink": "javascript:alert(1)"},
        {"feedzy_item_url": "https://news.example.com/2025/our-own-post"},
        {"syndication_permalink": "https://paper.example/" + "x" * 3000},
        {"syndication_permalink": "https://user:secret@paper.example/2025/flood"},
        {"wprss_item_permalink": ""},
        {"original_link": PAGE},
        {"wprss_feed_id": "a:1:{i:0;i:5;}"},
    ],
)
def test_what_says_nothing_is_no_sign(bare: WordPress, site: Site, meta: dict[str, Any]) -> None:
    bare.post("Flood", WHOLE, **meta)
    bare.into(site)
    before = site.epoch()
    assert adopt(site.newsroom).recognised == 0
    assert (origins(site), standings(site), site.epoch()) == ({}, [], before)


def test_nothing_of_a_post_changes_and_a_second_run_changes_nothing(bare: WordPress, site: Site) -> None:
    for number, (plugin, meta) in enumerate(PLUGINS.items()):
        bare.post(f"Flood by {plugin}", WHOLE, **meta | dict.fromkeys(meta.keys() & ADDRESSES, f"{PAGE}-{number}"))
    bare.into(site)
    before = held(site.newsroom.database)
    dry = survey(site.newsroom)
    assert held(site.newsroom.database) == before
    assert (origins(site), standings(site)) == ({}, [])
    done = adopt(site.newsroom)
    assert held(site.newsroom.database) == before
    assert done.recognised == len(PLUGINS)
    assert [one | {"source": 0} for one in done.as_json().pop("sources")] == dry.as_json()["sources"]
    assert done.signs == dry.signs
    here, epoch = (origins(site), standings(site)), site.epoch()
    assert adopt(site.newsroom).recognised == 0
    assert ((origins(site), standings(site)), site.epoch()) == (here, epoch)


ADDRESSES = {
    "syndication_permalink", "wpe_sourcepermalink", "wprss_item_permalink", "feedzy_item_url", "original_link",
    "cyberseo_post_link", "rss_pi_source_url", "dt_original_post_url", "original_source",
}  # fmt: skip


def test_two_posts_of_one_article_are_told(bare: WordPress, site: Site) -> None:
    first = bare.post("Flood", WHOLE, **PLUGINS["WPeMatico"])
    bare.post("Flood again", WHOLE, **PLUGINS["Feedzy"])
    bare.into(site)
    assert survey(site.newsroom).doubled == 1
    done = adopt(site.newsroom)
    assert (done.recognised, done.doubled) == (1, 1)
    assert list(origins(site)) == [first]


def test_a_source_is_proposed_with_what_its_articles_have_in_common(bare: WordPress, site: Site) -> None:
    for number in range(3):
        bare.post(f"Flood {number}", "<p>The water rose […]</p>", wpe_feed=FEED, wpe_sourcepermalink=f"{PAGE}-{number}")
    bare.post("By line", f'{WHOLE}<p>Source: <a href="{PAGE}-of-the-year">The Paper</a></p>')
    bare.into(site)
    (proposal,) = adopt(site.newsroom).sources
    assert (proposal.articles, proposal.rights, proposal.has_feed) == (4, Rights.EXCERPT, True)
    (standing,) = standings(site)
    assert (standing.source.url, standing.source.name, standing.source.rights) == (FEED, "The Paper", Rights.EXCERPT)
    assert {one.facts.rights for one in origins(site).values()} == {Rights.EXCERPT}


STATISTICS = "https://www.destatis.de/EN/Press/2025/03/prices-of-the-year.html"
REFERENCE = f'<p>Source: <a href="{STATISTICS}">Federal Statistical Office</a></p>'
FIRST = '<p>This article was first published on <a href="https://www.destatis.de/{}-of-the-year">Destatis</a></p>'


@pytest.mark.parametrize("line", [REFERENCE, "<p>Quelle: destatis.de</p>", "<p>Fuente: www.destatis.de</p>"])
def test_what_an_article_of_the_site_relies_on_is_no_origin(bare: WordPress, site: Site, line: str) -> None:
    for title in ("What prices do in the harbour", "What wages do in the harbour"):
        bare.post(title, WHOLE + line)
    bare.post("Prices elsewhere in the town", WHOLE + FIRST.format("what-wages-do"))
    bare.into(site)
    assert (survey(site.newsroom).recognised, survey(site.newsroom).proposed) == (1, 1)
    assert adopt(site.newsroom).recognised == 1
    assert len(origins(site)) == 1


@pytest.mark.parametrize("by", ["lines", "plugin", "source"])
def test_it_is_where_that_is_known_otherwise(bare: WordPress, site: Site, by: str) -> None:
    number = bare.post("What prices do in the harbour", WHOLE + REFERENCE)
    if by == "lines":
        for name in ("what-wages-do", "what-rents-do"):
            bare.post(f"In the town {name}", WHOLE + FIRST.format(name))
    if by == "plugin":
        bare.post("Rents of the town", WHOLE, rss_pi_source_url=f"{STATISTICS}?id=4")
    bare.into(site)
    if by == "source":
        site.add("https://www.destatis.de/feed.xml")
    expected = {"lines": 3, "plugin": 2, "source": 1}[by]
    found = survey(site.newsroom)
    assert (found.recognised, [one.articles for one in found.sources]) == (expected, [expected])
    assert adopt(site.newsroom).recognised == expected
    assert origins(site)[number].url == STATISTICS


def test_a_source_that_is_there_gets_its_articles(bare: WordPress, site: Site) -> None:
    bare.post("Flood", WHOLE, **PLUGINS["WPeMatico"])
    bare.into(site)
    number = site.add(FEED, Rights.LINK)
    before = standings(site)
    assert adopt(site.newsroom).proposed == 0
    (origin,) = origins(site).values()
    assert (origin.source, origin.facts.rights) == (number, Rights.LINK)
    assert standings(site) == before


def test_narrower_rights_take_nothing_from_what_was_here_before(bare: WordPress, site: Site) -> None:
    number = bare.post("Flood", WHOLE, **PLUGINS["WPeMatico"])
    picture = bare.post("A picture", kind="attachment", x_wp_attached_file="2025/03/flood.jpg")
    change(
        bare.path,
        f"INSERT INTO wp_postmeta (post_id, meta_key, meta_value) VALUES ({number}, '_thumbnail_id', {picture})",
    )
    bare.into(site)
    adopt(site.newsroom)
    with site.newsroom.database.read() as unit:
        before = post_store.load(unit, [number, picture])
    assert before[number].thumbnail == picture
    (standing,) = standings(site)
    for rights in (Rights.EXCERPT, Rights.LINK):
        narrowed = replace(standing.source, rights=rights)
        site.change(narrowed)
        assert narrow(site.newsroom, narrowed) == 0
    with site.newsroom.database.read() as unit:
        assert post_store.load(unit, [number, picture]) == before


def test_what_was_taken_down_here_is_left_so(bare: WordPress, site: Site) -> None:
    bare.post("Flood", WHOLE, **PLUGINS["WPeMatico"])
    bare.into(site)
    number = site.add(FEED)
    now = site.clock.now()
    gone = Origin(number, PAGE, PAGE, "paper.example/2025/flood", now, now, state=OriginState.TAKEN_DOWN)
    with site.newsroom.database.write() as unit:
        sources.save_origin(unit, gone)
    assert survey(site.newsroom).doubled == 1
    assert adopt(site.newsroom).recognised == 0
    assert origins(site) == {}


@pytest.mark.parametrize("state", [OriginState.LIVE, OriginState.REJECTED])
def test_it_is_known_by_the_canonical_address_of_what_came(bare: WordPress, site: Site, state: OriginState) -> None:
    bare.post("Flood", WHOLE, **PLUGINS["WPeMatico"])
    other = bare.post("Ours", WHOLE)
    bare.into(site)
    number, now = site.add("https://wire.example/feed"), site.clock.now()
    came = Origin(
        number, "wire", "https://wire.example/1", "wire.example/1", now, now, canonical=PAGE, state=state,
        post=other if state is OriginState.LIVE else 0,
    )  # fmt: skip
    left = Origin(site.add(FEED), "left", PAGE, "paper.example/2025/flood", now, now, state=OriginState.SKIPPED)
    for rows in ((came,), (left,)):
        with site.newsroom.database.write() as unit:
            for row in rows:
                sources.save_origin(unit, row)
        assert survey(site.newsroom).doubled == 1
        assert adopt(site.newsroom).recognised == 0
    assert set(origins(site)) <= {other}


def test_what_a_source_has_left_out_before_gets_its_post(bare: WordPress, site: Site) -> None:
    number = bare.post("Flood", WHOLE, **PLUGINS["WPeMatico"])
    bare.into(site)
    now = site.clock.now()
    left = Origin(site.add(FEED), "other", PAGE, "paper.example/2025/flood", now, now, state=OriginState.SKIPPED)
    with site.newsroom.database.write() as unit:
        sources.save_origin(unit, left)
    assert adopt(site.newsroom).recognised == 1
    found = origins(site)[number]
    assert (found.state, found.guid) == (OriginState.LIVE, PAGE)


def test_what_it_costs_does_not_grow_with_the_articles_of_a_page(bare: WordPress, site: Site) -> None:
    for number in range(90):
        bare.post(f"Flood {number}", WHOLE, wpe_feed=FEED, wpe_sourcepermalink=f"{PAGE}-{number}")
    bare.into(site)
    database = site.newsroom.database
    before = database.statements
    assert adopt(site.newsroom).recognised == 90
    assert database.statements - before < 60
    before = database.statements
    assert adopt(site.newsroom).recognised == 0
    assert database.statements - before < 20


def test_a_text_that_costs_too_much_keeps_nobody_else_from_being_read(bare: WordPress, site: Site) -> None:
    line = f'<p>This article was first published on <a href="{PAGE}-of-the-year">The Paper</a></p>'
    number = bare.post("Flood in the harbour", WHOLE + line)
    bare.post("Deep waters of the harbour", "<div>" * 60_000 + line)
    bare.into(site)
    assert adopt(site.newsroom).recognised == 1
    assert list(origins(site)) == [number]


def test_what_is_stopped_leaves_whole_pages_and_goes_on(
    bare: WordPress, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "AT_ONCE", 1)
    for number in range(3):
        bare.post(f"Flood {number}", WHOLE, wpe_feed=FEED, wpe_sourcepermalink=f"{PAGE}-{number}")
    bare.into(site)

    def stop(done: int, total: int) -> None:
        if 2 * done > total:
            raise Stopped

    with pytest.raises(Stopped):
        adopt(site.newsroom, stop)
    (first,) = origins(site).values()
    assert adopt(site.newsroom).recognised == 2
    found = list(origins(site).values())
    assert (len(found), found[0], {one.source for one in found}) == (3, first, {first.source})
    assert len(standings(site)) == 1


def test_of_many_sites_no_more_sources_are_proposed(
    bare: WordPress, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proposals, "MOST", 2)
    for number in range(3):
        bare.post(f"Flood {number}", WHOLE, rss_pi_source_url=f"https://paper{number}.example/flood")
    bare.into(site)
    for found in (survey(site.newsroom), adopt(site.newsroom)):
        assert (found.recognised, found.beyond, len(found.sources)) == (2, 1, 2)
    assert (len(origins(site)), len(standings(site))) == (2, 2)
