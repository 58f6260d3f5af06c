"""What pages and feeds link beside their text, and the addresses of further pages where permalinks are plain."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

import pytest

from tests.golden.site import newsroom_of
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import Settings
from wirepress.content.addresses.archive import page_size
from wirepress.model.web import Request, Response

HOME = "https://news.example.com"
PLACE = f"{HOME}/index.php/2024/02/11/economy-festival-soldiers-parliament-strike-harbour/"
API = f'<{HOME}/index.php/wp-json/>; rel="https://api.w.org/"'
Make = Callable[..., Dispatcher]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    opened: list[Dispatcher] = []

    def make(**options: object) -> Dispatcher:
        folder = tmp_path_factory.mktemp("linked")
        opened.append(Dispatcher(newsroom_of("golden", folder, **options), Settings(folder)))
        return opened[-1]

    yield make
    for dispatcher in opened:
        dispatcher.newsroom.database.close()


@pytest.fixture(scope="module")
def usual(made: Make) -> Dispatcher:
    return made()


@pytest.fixture(scope="module")
def plain(made: Make) -> Dispatcher:
    return made(permalink_structure="")


def get(dispatcher: Dispatcher, address: str) -> Response:
    path, _, query = address.removeprefix(HOME).partition("?")
    return dispatcher.answer(Request("GET", path, query, {"host": "news.example.com"}, scheme="https"))


def linked(dispatcher: Dispatcher, address: str) -> list[str]:
    """The values of the Link headers."""
    return [value for name, value in get(dispatcher, address).headers if name == "link"]


def heads(dispatcher: Dispatcher, address: str) -> dict[str, str]:
    """The addresses that the head links, by their relation and type."""
    head = bytes(get(dispatcher, address).body).decode().partition("</head>")[0]
    found = re.findall(r'<link rel="([^"]*)" href="([^"]*)"(?: type="([^"]*)")?', head)
    return {f"{rel} {kind}".strip(): html.unescape(href) for rel, href, kind in found}


@pytest.mark.parametrize(
    ("address", "here", "short"),
    [
        (PLACE, "posts/11", "/?p=11"),
        (f"{PLACE}feed/", "posts/11", "/?p=11"),
        (f"{PLACE}embed/", "posts/11", "/?p=11"),
        ("/index.php/about/", "pages/93", "/?p=93"),
        ("/index.php/category/world/", "categories/2", ""),
        ("/index.php/category/world/feed/", "categories/2", ""),
        ("/index.php/author/admin/", "users/1", ""),
        ("/index.php/category/empty-category/page/2/", "", ""),
        ("/index.php/2024/02/", "", ""),
        ("/", "", ""),
    ],
)
def test_headers_link_the_api_and_what_is_shown(usual: Dispatcher, address: str, here: str, short: str) -> None:
    wanted = [API]
    if here:
        wanted.append(
            f'<{HOME}/index.php/wp-json/wp/v2/{here}>; rel="alternate"; title="JSON"; type="application/json"'
        )
    if short:
        wanted.append(f"<{HOME}{short}>; rel=shortlink")
    assert linked(usual, address) == wanted


def test_other_sites_find_how_to_embed_an_article(usual: Dispatcher, plain: Dispatcher) -> None:
    for dispatcher, address in ((usual, PLACE), (plain, "/?p=11")):
        found = heads(dispatcher, address)
        assert b'"title":"Economy festival' in get(dispatcher, found["alternate application/json+oembed"]).body
        assert b"<title>Economy festival" in get(dispatcher, found["alternate text/xml+oembed"]).body
        assert b'"id":11,' in get(dispatcher, found["alternate application/json"]).body
        assert found["shortlink"] == f"{HOME}/?p=11"


def test_a_search_and_an_open_article_have_their_feeds(usual: Dispatcher) -> None:
    search = heads(usual, "/?s=harbour")["alternate application/rss+xml"]
    assert search == f"{HOME}/index.php/search/harbour/feed/rss2/"
    assert get(usual, search).status == 200
    assert heads(usual, "/index.php/2025/05/10/uses-reusable/")["alternate application/rss+xml"].endswith(
        "reusable/feed/"
    )


def test_further_pages_lead_there_where_permalinks_are_plain(plain: Dispatcher) -> None:
    for address in ("/", "/?cat=2", "/?author=1"):
        following = heads(plain, address)["next"]
        assert following == f"{HOME}{address}{'&' if '?' in address else '?'}paged=2"
        assert get(plain, following).status == 200
        assert heads(plain, following)["prev"] == f"{HOME}{address}"
    assert heads(plain, "/?p=59")["next"] == f"{HOME}/?p=59&page=2"
    feeds = {address: heads(plain, address)["alternate application/rss+xml"] for address in ("/?cat=2", "/?p=11")}
    assert feeds == {"/?cat=2": f"{HOME}/?feed=rss2&cat=2", "/?p=11": f"{HOME}/?feed=rss2&p=11"}
    assert all("rss" in dict(get(plain, feed).headers)["content-type"] for feed in feeds.values())


def test_a_search_lists_what_is_called_so_first(usual: Dispatcher) -> None:
    titles = re.findall(r'class="story-title"><a href="[^"]*">([^<]*)', bytes(get(usual, "/?s=harbour").body).decode())
    assert [("harbour" in title.lower()) for title in titles] == [True] * 9 + [False]


@pytest.mark.parametrize(("option", "size"), [(10, 10), (0, 1), (-1, 100), (-5, 5), (1000, 100)])
def test_pages_are_as_long_as_the_option_says(option: int, size: int) -> None:
    assert page_size(option) == size


def test_no_post_is_guessed_from_the_number_of_a_month(made: Make) -> None:
    named = made(permalink_structure="/%postname%/")
    assert get(named, "/archives/2024/02/").status == 404  # there is a post with the slug 2024
    assert get(named, PLACE.replace("/index.php", "")).status == 301


def test_a_front_page_that_is_not_there_for_all_is_missing(made: Make) -> None:
    secret = made(show_on_front="page", page_on_front="999999")
    assert get(secret, f"{HOME}/").status == 404
    assert get(secret, f"{HOME}/index.php/feed/").status == 200
    assert get(made(show_on_front="page", page_on_front="93"), f"{HOME}/").status == 200


def feeds(dispatcher: Dispatcher, address: str) -> list[str]:
    """The feeds that the head links."""
    head = bytes(get(dispatcher, address).body).decode().partition("</head>")[0]
    return [html.unescape(href) for href in re.findall(r'href="([^"]*)" type="application/rss', head)]


SITES_FEEDS = [f"{HOME}/index.php/feed/", f"{HOME}/index.php/comments/feed/"]


@pytest.mark.parametrize("address", ["/?s=", "/?s=+", "/?s=harbour&paged=99", "/index.php/category/world/page/99/"])
def test_what_is_not_found_and_a_search_without_words_have_no_feed(usual: Dispatcher, address: str) -> None:
    assert feeds(usual, address) == SITES_FEEDS


def test_addresses_name_words_as_php_writes_them(usual: Dispatcher, plain: Dispatcher) -> None:
    assert feeds(usual, "/?s=~a+b/c")[-1] == f"{HOME}/index.php/search/%7Ea+b/c/feed/rss2/"
    assert feeds(plain, "/?s=~a+b/c")[-1] == f"{HOME}/?s=%7Ea+b%2Fc&feed=rss2"


def test_the_page_on_the_front_has_its_comments_feed_below_its_own_address(made: Make) -> None:
    for structure, own in (
        ({}, f"{HOME}/index.php/contact/feed/"),
        ({"permalink_structure": ""}, f"{HOME}/?feed=rss2&page_id=96"),
    ):
        dispatcher = made(show_on_front="page", page_on_front="96", **structure)
        [*_, feed] = feeds(dispatcher, "/")
        assert feed == own
        assert f'<p class="comment-feed"><a href="{html.escape(own)}"' in bytes(get(dispatcher, "/").body).decode()
        assert get(dispatcher, feed).status == 200
