"""What posts want of other sites is looked up apart from rendering, kept, and shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.net.loopback import Loopback, reply
from tests.syndicate.elsewhere import Elsewhere
from tests.syndicate.site import BOUNDS, Site, site_in
from wirepress.content import remote
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.post import Post
from wirepress.model.remote import RemoteKind, Wish
from wirepress.model.rendering import pieces_to_json
from wirepress.model.wire import Entry
from wirepress.net.fetch import WebFetcher
from wirepress.net.port import Conditions, Fault, Fetched, FetchError
from wirepress.render.blocks.rss import wish_of as feed_wish
from wirepress.render.embeds import wish_of
from wirepress.store import posts as post_store
from wirepress.store import remote as store
from wirepress.syndicate.parse.items import item_of
from wirepress.syndicate.remote import MOST_TRIES, look_up_due

FILM = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
ENDPOINT = "https://www.youtube.com/oembed"
PLAYER = '<iframe title="Film" src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>'
ANSWER = {"type": "video", "html": PLAYER, "title": "Film"}
FEED = "https://wire.example/feed"
RSS = f'<!-- wp:rss {{"feedURL":"{FEED}","displayExcerpt":true}} /-->'


def feed_of(*titles: str) -> str:
    items = "".join(
        f"<item><title>{title}</title><link>https://wire.example/{title}</link>"
        f"<description>{'word ' * 300}</description></item>"
        for title in titles
    )
    return f'<rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'


def published(site: Site, content: str, **more: Any) -> int:
    changes = Changes(title="A", content=content, **{"status": "publish", **more})
    with site.newsroom.write() as view:
        return publishing.create(view, NEWSROOM, "post", changes).id


def kept(site: Site, post_id: int) -> Post:
    with site.newsroom.database.read() as unit:
        post = post_store.get(unit, post_id)
    assert post is not None
    assert post.rendering is not None
    return post


def shown(site: Site, post_id: int) -> str:
    """The kept rendering of a post: what readers get without anything being rendered."""
    post = kept(site, post_id)
    assert post.rendering is not None
    assert post.rendering.post_version == post.version
    return str(post.rendering.content)


def rows(site: Site) -> list[tuple[Any, ...]]:
    sql = "SELECT url, value IS NULL, attempts, next_at FROM remote_answers ORDER BY url"
    with site.newsroom.database.read() as unit:
        return unit.rows(sql)


def due_now(site: Site) -> None:
    """Lets the time of every look-up come that has one."""
    with site.newsroom.database.write() as unit:
        unit.run("UPDATE remote_answers SET next_at = 0 WHERE next_at IS NOT NULL")


def look(site: Site, elsewhere: Any, limit: int = 100) -> int:
    return look_up_due(site.newsroom, elsewhere, limit)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with site_in(tmp_path / "site") as made:
        yield made


def test_a_post_shows_its_embed_once_it_was_looked_up(site: Site) -> None:
    post = published(site, f"Watch:\n\n{FILM}\n\nEnd")
    assert FILM in shown(site, post)
    assert rows(site) == [(FILM, 1, 0, 0)]
    epoch, elsewhere = site.epoch(), Elsewhere({ENDPOINT: ANSWER})
    assert look(site, elsewhere) == 1
    assert PLAYER in shown(site, post)
    assert site.epoch() == epoch + 1
    assert look(site, elsewhere) == 0
    assert PLAYER in shown(site, published(site, f"Again:\n\n{FILM}\n\n"))  # it is known now
    assert look(site, elsewhere) == 0
    assert elsewhere.paths() == [ENDPOINT]


def test_blocks_and_shortcodes_want_embeds_of_their_size(site: Site) -> None:
    block = f'<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\n{FILM}\n</div></figure>'
    content = f"<!-- wp:embed -->{block}<!-- /wp:embed -->"
    post = published(site, content)
    other = published(site, f'[embed width="400"]{FILM}[/embed]')
    elsewhere = Elsewhere({ENDPOINT: ANSWER})
    assert look(site, elsewhere) == 2
    assert sorted(url.partition("maxwidth=")[2][:3] for url in elsewhere.asked) == ["400", "500"]
    assert PLAYER in shown(site, post)
    assert PLAYER in shown(site, other)


def test_posts_of_this_site_embed_without_asking_anybody(site: Site) -> None:
    told = published(site, "<p>words</p>")
    with site.newsroom.view() as view:
        link = view.lookup.permalink(kept(site, told))
    post = published(site, f"{link}\n\n")
    nowhere = published(site, "https://news.example.com/index.php/2001/01/01/nothing/\n\n")
    elsewhere = Elsewhere({})
    assert look(site, elsewhere) == 1  # where nothing is; the other was found at once
    assert elsewhere.asked == []
    html = shown(site, post)
    assert f'<a href="{link}">A</a>' in html
    assert 'class="wp-embedded-content" sandbox="allow-scripts" security="restricted"' in html
    assert "<script" not in html
    assert "<iframe" not in shown(site, nowhere)


HEAD = """<html><head><title> A story \n &amp; more</title><link rel="shortcut icon" href="/i.png">
<meta name="description" content="Of &lt;b&gt;it&lt;/b&gt;"><meta property="og:image" content="javascript:x()">
</head><body><h1>Another</h1></body></html>"""


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (HEAD, {"title": "A story & more", "icon": "https://moved.example/i.png", "description": "Of it", "image": ""}),
        ("<p>words", {"title": "", "icon": "", "description": "", "image": ""}),
        (f"<title>{'x' * 9_000}</title><link rel=icon href='data:image/png,{'y' * 9_000}'>",
         {"title": "x" * 1_000, "icon": "", "description": "", "image": ""}),
        ("", None),
        (FetchError(Fault.ADDRESS, "10.0.0.1 is not a public host"), None),
    ],
)  # fmt: skip
def test_what_a_page_says_of_itself_is_kept_for_the_editor(site: Site, page: Any, told: Any) -> None:
    wish = Wish(RemoteKind.PAGE, "k", "https://elsewhere.example/story")
    with site.newsroom.write() as view:
        assert remote.ask_for(view, wish)
    epoch = site.epoch()
    assert look(site, Elsewhere({wish.url: page}, moved="https://moved.example/story")) == 1
    with site.newsroom.view() as view:
        assert remote.known(view, wish) == told
    assert site.epoch() == epoch


def test_the_address_of_a_players_frame_stands_for_its_film(site: Site) -> None:
    post = published(site, "https://www.youtube.com/embed/dQw4w9WgXcQ\n\nhttp://youtube.com/v/a?b=c\n\n")
    assert "https://youtube.com/watch?v=dQw4w9WgXcQ" in shown(site, post)
    assert "https://youtube.com/watch?v=a%3Fb%3Dc" in shown(site, post)
    assert look(site, Elsewhere({ENDPOINT: ANSWER})) == 2
    assert shown(site, post).count(PLAYER) == 2


def test_only_addresses_that_stand_alone_are_asked_for(site: Site) -> None:
    published(site, f"Inline {FILM} text, [embed]ftp://a.example/[/embed], [embed]javascript:x[/embed]")
    published(site, "https://files.example/a.mp3\n\nhttps://files.example/a.mp4\n")
    assert rows(site) == []


def test_a_failure_is_tried_again_later_and_not_at_each_save(site: Site) -> None:
    post = published(site, f"{FILM}\n\n")
    epoch = site.epoch()
    down = Elsewhere({ENDPOINT: FetchError(Fault.STATUS, "no", status=503, retry_after=10_000_000)})
    assert look(site, down) == 1
    assert look(site, down) == 0
    with site.newsroom.write() as view:
        publishing.update(view, NEWSROOM, post, Changes(content=f"{FILM}\n\nchanged"))
    assert look(site, down) == 0
    assert site.epoch() == epoch + 1  # the save alone
    ((_, empty, attempts, _),) = rows(site)
    assert (empty, attempts) == (1, 1)
    due_now(site)
    assert look(site, Elsewhere({ENDPOINT: ANSWER})) == 1
    assert PLAYER in shown(site, post)


def test_the_pause_grows_until_it_is_given_up(site: Site) -> None:
    published(site, f"{FILM}\n\n")
    pauses = []
    for _ in range(MOST_TRIES - 1):
        due_now(site)
        assert look(site, Elsewhere({})) == 1
        with site.newsroom.database.read() as unit:
            ((next_at,),) = unit.rows("SELECT next_at FROM remote_answers")
        pauses.append(next_at)
    assert pauses == sorted(pauses)
    due_now(site)
    assert look(site, Elsewhere({})) == 1
    assert rows(site) == [(FILM, 1, MOST_TRIES, None)]
    due_now(site)
    assert look(site, Elsewhere({ENDPOINT: ANSWER})) == 0


@pytest.mark.parametrize(
    "answer",
    [b"not json", b"x" * 50_000_000, {"type": "rich"}, FetchError(Fault.ADDRESS, "a private host")],
    ids=["not JSON", "50 MB", "nothing to show", "a private address"],
)
def test_hostile_answers_change_nothing(site: Site, answer: Any) -> None:
    post = published(site, f"{FILM}\n\n")
    before, epoch = shown(site, post), site.epoch()
    assert look(site, Elsewhere({ENDPOINT: answer})) == 1
    assert (shown(site, post), site.epoch()) == (before, epoch)
    assert rows(site)[0][1:3] == (1, 1)


def test_scripts_of_strangers_reach_no_post(site: Site) -> None:
    page = "https://stranger.example/a"
    pointer = '<link type="application/json+oembed" href="https://stranger.example/o">'
    html = "<script>steal()</script><iframe src='https://stranger.example/e' onload='steal()'></iframe>"
    post = published(site, f"{page}\n\n")
    look(site, Elsewhere({page: pointer, "https://stranger.example/o": {"type": "rich", "html": html}}))
    assert "steal" not in shown(site, post)
    assert 'sandbox="allow-scripts" security="restricted"' in shown(site, post)


def test_no_page_can_send_us_to_a_private_address(tmp_path: Path) -> None:
    def answer(path: str, _headers: dict[str, str]) -> bytes:
        if path == "/redirect":
            return reply(302, Location="http://10.0.0.1/")
        if path == "/points":
            return reply(body=b'<link type="application/json+oembed" href="http://10.0.0.1/o">')
        return reply(404)

    with Loopback(answer) as server, site_in(tmp_path / "site") as site:
        for path in ("/redirect", "/points"):
            published(site, f"{server.url}{path}\n\n")
        with WebFetcher(replace(BOUNDS, allow=("127.0.0.1",))) as fetcher:
            assert look(site, fetcher) == 2
        with site.newsroom.database.read() as unit:
            said = [row[0] for row in unit.rows("SELECT CAST(memory AS TEXT) FROM remote_answers")]
        assert all("10.0.0.1" in text or "private" in text for text in said), said


def test_embeds_that_wordpress_kept_are_shown_and_not_asked_for(site: Site) -> None:
    """In the meta of the post, or in a post of its own (`oembed_cache`)."""
    own = "<iframe src='https://own.example/'></iframe>"
    key = wish_of(FILM, {}).key
    post = published(site, f"{FILM}\n\n", meta={f"_oembed_{key}": [own]})
    assert own in shown(site, post)
    unknown = published(site, f"{FILM}\n\n", meta={f"_oembed_{key}": ["{{unknown}}"]})
    assert own not in shown(site, unknown)
    assert rows(site) == [(FILM, 1, 0, 0)]
    other = "https://vimeo.com/1"
    with site.newsroom.write() as view:
        cache = Changes(title="", content=own, slug=wish_of(other, {}).key, status="publish")
        publishing.create(view, NEWSROOM, "oembed_cache", cache)
    assert own in shown(site, published(site, f"{other}\n\n"))


def test_a_content_made_for_each_answer_asks_for_its_embeds_once(site: Site) -> None:
    post = published(site, f"<!-- wp:latest-posts /-->\n\n{FILM}\n\n")
    look(site, Elsewhere({ENDPOINT: ANSWER}))
    rendering = kept(site, post).rendering
    assert rendering is not None
    ((kind, name, data),) = pieces_to_json(rendering.content)
    assert (kind, name) == ("posts", "content")
    assert list(data["remote"].values()) == [PLAYER]
    told = site.ask(f"https://news.example.com/wp-json/wp/v2/posts/{post}")
    assert PLAYER in told["content"]["rendered"]


def test_a_feed_is_read_for_the_blocks_that_list_it(site: Site) -> None:
    post = published(site, RSS)
    assert "notice-error" in shown(site, post)
    memory = {"etag": '"1"', "last-modified": "then"}
    elsewhere = Elsewhere({FEED: Fetched(200, FEED, memory, feed_of("one", "two").encode())})
    epoch = site.epoch()
    assert look(site, elsewhere) == 1
    html = shown(site, post)
    assert "<a href='https://wire.example/one'>one</a>" in html
    assert html.count("word") == 2 * 55
    assert site.epoch() == epoch + 1

    due_now(site)
    elsewhere.answers[FEED] = Fetched(304, FEED)
    assert look(site, elsewhere) == 1
    assert elsewhere.conditions[-1] == Conditions('"1"', "then")
    due_now(site)
    elsewhere.answers[FEED] = feed_of("one", "two")
    assert look(site, elsewhere) == 1
    due_now(site)
    elsewhere.answers[FEED] = FetchError(Fault.CONNECT, "down")
    assert look(site, elsewhere) == 1
    assert (shown(site, post), site.epoch()) == (html, epoch + 1)  # what is known stays

    due_now(site)
    elsewhere.answers[FEED] = feed_of("three", "one", "two")
    assert look(site, elsewhere) == 1
    assert ">three</a>" in shown(site, post)
    assert site.epoch() == epoch + 2


def test_a_feed_that_no_post_lists_any_more_is_left_alone(site: Site) -> None:
    post = published(site, RSS)
    elsewhere = Elsewhere({FEED: feed_of("one")})
    assert look(site, elsewhere) == 1
    with site.newsroom.write() as view:
        publishing.update(view, NEWSROOM, post, Changes(content="<p>no list</p>"))
    due_now(site)
    assert look(site, elsewhere) == 0
    with site.newsroom.write() as view:
        publishing.update(view, NEWSROOM, post, Changes(content=RSS))
    assert ">one</a>" in shown(site, post)
    assert look(site, elsewhere) == 1


def test_what_is_no_feed_is_refused(site: Site) -> None:
    post = published(site, RSS)
    before = shown(site, post)
    for answer in (b"", b"<html>", b"x" * 9_000_000, b"<rss><channel>"):
        due_now(site)
        assert look(site, Elsewhere({FEED: answer})) == 1
    assert shown(site, post) == before
    assert rows(site)[0][1:3] == (1, 4)


def test_of_a_feed_no_more_is_kept_than_a_list_shows(site: Site) -> None:
    published(site, RSS)
    feed = feed_of("one").replace("</item>", "<content:encoded>MARKER of the body</content:encoded></item>")
    feed = feed.replace("<rss ", '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" ')
    look(site, Elsewhere({FEED: feed}))
    assert site.holds("MARKER of the body") == []


@given(st.builds(Entry, guid=st.text(), link=st.text(), title=st.text(), summary=st.text()))
def test_entries_are_kept_as_lines(entry: Entry) -> None:
    item = item_of(entry)
    assert not any("\0" in value or "\n" in value for value in (item.title, item.author, item.excerpt))
    assert item.link == "" or item.link.startswith(("http://", "https://"))


def test_a_stop_leaves_the_look_up_due(site: Site) -> None:
    published(site, f"{FILM}\n\n")
    assert look(site, Elsewhere({ENDPOINT: FetchError(Fault.STOPPED, "stopped")})) == 1
    ((_, _, attempts, _),) = rows(site)
    assert attempts == 0
    assert look(site, Elsewhere({ENDPOINT: ANSWER})) == 1
    assert look_up_due(site.newsroom, Elsewhere({}), 10, lambda: True) == 0


def test_one_worker_alone_looks_up(site: Site) -> None:
    published(site, f"{FILM}\n\n")
    wish = wish_of(FILM, {})
    with site.newsroom.database.write() as unit:
        assert store.claim(unit, wish, 100, 400)
        assert not store.claim(unit, wish, 100, 400)
        assert store.claim(unit, wish, 400, 700)
        assert not store.claim(unit, feed_wish(FEED), 100, 400)


def test_a_thousand_wishes_of_one_post_are_bounded(site: Site) -> None:
    post = published(site, "".join(f"https://a.example/{number}\n\n" for number in range(1_000)))
    assert len(rows(site)) == 100
    assert shown(site, post).count("https://a.example/") == 1_000
