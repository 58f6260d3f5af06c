"""What a phone has to fetch before somebody can read an article."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from tests.browser.site.addresses import DEMO
from tests.browser.site.conftest import Reader

MOST_BYTES = 90_000
SEEN = """() => new Promise(done => {
    const seen = { shift: 0, largest: '' };
    new PerformanceObserver(list => list.getEntries().forEach(entry => seen.shift += entry.value))
        .observe({ type: 'layout-shift', buffered: true });
    new PerformanceObserver(list =>
        list.getEntries().forEach(entry => seen.largest = entry.url || entry.element.tagName))
        .observe({ type: 'largest-contentful-paint', buffered: true });
    setTimeout(() => done(seen), 500);
})"""


def loaded(reader: Reader, url: str) -> dict[str, Any]:
    """What a phone fetches of a page, by kind and address with sizes as sent, and what its reader sees."""
    page = reader(width=360, density=2)
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    kinds: dict[str, tuple[str, str]] = {}
    sizes: dict[str, int] = {}
    wire.on(
        "Network.requestWillBeSent",
        lambda sent: kinds.update({sent["requestId"]: (sent["type"], sent["request"]["url"])}),
    )
    wire.on("Network.loadingFinished", lambda done: sizes.update({done["requestId"]: int(done["encodedDataLength"])}))
    page.goto(url, wait_until="networkidle")
    seen = page.evaluate(SEEN)
    others = page.evaluate("[...document.querySelectorAll('.story-card img')].map(one => one.currentSrc)")
    preloaded = page.evaluate(
        "[...document.querySelectorAll('link[rel=preload][as=image]')].map(one => one.imageSrcset || one.href)"
    )
    asked = [(*kinds[one], sizes.get(one, 0)) for one in kinds]
    return {"asked": asked, "others": others, "preloaded": " ".join(preloaded), **seen}


def test_an_article_comes_whole_and_small(reader: Reader, demo: str) -> None:
    found = loaded(reader, demo + DEMO["article"])
    asked = [one for one in found["asked"] if not one[1].startswith("data:")]
    assert [one for one in asked if one[0] == "Script"] == []
    assert {urlsplit(url).netloc for _, url, _ in asked} == {urlsplit(demo).netloc}
    # Pictures of other articles come lazily, where their cards are near: they are none of this one's.
    assert sum(size for _, url, size in asked if url not in found["others"]) <= MOST_BYTES, asked
    assert found["shift"] == 0
    if found["largest"].startswith("http"):
        assert urlsplit(found["largest"]).path in found["preloaded"], found


def test_a_front_page_comes_without_scripts_and_third_parties(reader: Reader, demo: str) -> None:
    found = loaded(reader, demo + DEMO["front"])
    asked = [one for one in found["asked"] if not one[1].startswith("data:")]
    assert [one for one in asked if one[0] == "Script"] == []
    assert {urlsplit(url).netloc for _, url, _ in asked} == {urlsplit(demo).netloc}
    assert found["shift"] == 0
