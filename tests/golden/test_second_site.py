"""The recorded reads asked of the same site under other options: only what the options change may change."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.golden.cases import Case, differences, reads, request_of
from tests.golden.second import HOME, second_site
from tests.golden.test_replay import KNOWN
from tests.site.test_golden import FILES, LATER
from wirepress.app.dispatch import Dispatcher
from wirepress.content.rendering import refresh
from wirepress.model.moment import Stamp
from wirepress.model.post import Post
from wirepress.model.web import Request, Response
from wirepress.store import posts

OTHER = "http://zeitung.example.org:8080"
PATHINFO = frozenset({3270, 3280, 3329, 3338})
"""Of addresses without index.php, which lead nowhere under the recorded structure."""
STRUCTURES = (
    "/%category%/%postname%/", "/archives/%post_id%", "/%year%/%monthnum%/%postname%/", "/%postname%", "",
    "/%year%/%author%/%postname%/", "/index.php/blog/%postname%/", "/%day%/%monthnum%/%year%/%post_id%-%postname%.html",
)  # fmt: skip


def turned(value: Any, turn: Callable[[str], str]) -> Any:
    """A case with every text in it turned."""
    if isinstance(value, str):
        return turn(value)
    if isinstance(value, list):
        return [turned(item, turn) for item in value]
    if isinstance(value, dict):
        return {turn(key): turned(item, turn) for key, item in value.items()}
    return value


def without_index(text: str) -> str:
    """A recorded text as a structure without index.php would have it, at another address."""
    for slash in ("/", "\\/", "%2F"):
        text = text.replace(f"index.php{slash}", "")
        colon = "%3A" if slash == "%2F" else ":"
        home = HOME.replace("/", slash).replace(":", colon)
        text = text.replace(home, OTHER.replace("/", slash).replace(":", colon))
    return text


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dispatcher]:
    structure = "/%year%/%monthnum%/%day%/%postname%/"
    dispatcher = second_site(tmp_path_factory.mktemp("moved"), home=OTHER, siteurl=OTHER, permalink_structure=structure)
    yield dispatcher
    dispatcher.newsroom.database.close()


def cases() -> list[Case]:
    """The reads that other addresses do not change but in their addresses."""
    away = KNOWN | LATER | PATHINFO | {2642, 2643}  # those two are sorted by addresses
    return [case for case in reads() if case["n"] not in away and not case["path"].startswith(FILES)]


def test_another_address_and_structure_change_addresses_only(moved: Dispatcher) -> None:
    failed = []
    for recorded in cases():
        case = turned(recorded, without_index)
        request = request_of(case)
        more = list(moved.api.cors(request.headers.get("origin", "")))
        if "rest_route" in case["query"] or "wp-json" in case["path"]:
            found = differences(case, moved.answer(request), more)
        else:
            found = differences(case, moved.answer(request), [])
        if found:
            failed.append(f"{case['n']} {case['method']} {case['path']}?{case['query']}: {found}")
    assert not failed, "\n".join(failed)


def get(dispatcher: Dispatcher, path: str, **headers: str) -> Response:
    where, _, query = path.partition("?")
    return dispatcher.answer(Request("GET", where, query, {"host": "news.example.com", **headers}))


@pytest.mark.parametrize("structure", STRUCTURES)
def test_every_route_answers_under_every_structure(structure: str, tmp_path: Path) -> None:
    """No answer is a mistake of ours, the status is the recorded one, and links lead to where they say."""
    dispatcher = second_site(
        tmp_path,
        permalink_structure=structure,
        timezone_string="Europe/Berlin",
        WPLANG="de_DE",
        date_format="j. F Y",
        category_base="rubrik",
        tag_base="thema",
        show_on_front="page",
        page_on_front="93",
        page_for_posts="97",
        posts_per_page="3",
    )
    for recorded in cases()[::3]:
        if recorded["kind"] in {"frontend", "conditional", "oembed"}:
            continue
        case = turned(recorded, lambda text: text.replace("index.php/", ""))
        response = dispatcher.answer(request_of(case))
        assert response.status == case["expect"]["status"], (case["path"], case["query"], response.body[:300])
    for base in ("posts", "pages", "categories", "tags", "users"):
        found = json.loads(get(dispatcher, f"/wp-json/wp/v2/{base}?per_page=100").body)
        assert found
        for item in found:
            assert get(dispatcher, item["link"].removeprefix(HOME)).status == 200, item["link"]
            own = item["_links"]["self"][0]["href"].removeprefix(HOME)
            assert json.loads(get(dispatcher, own).body)["id"] == item["id"]
    dispatcher.newsroom.database.close()


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dispatcher]:
    """Categories in the addresses, bases of its own, a page for the front and one for the newest posts."""
    dispatcher = second_site(
        tmp_path_factory.mktemp("german"),
        permalink_structure="/%category%/%postname%/",
        category_base="rubrik",
        tag_base="thema",
        timezone_string="Europe/Berlin",
        WPLANG="de_DE",
        show_on_front="page",
        page_on_front="93",
        page_for_posts="97",
        blog_public="0",
    )
    yield dispatcher
    dispatcher.newsroom.database.close()


STORY = "economy-festival-soldiers-parliament-strike-harbour"
"""Post 11, in the categories Europe (3, below World) and Money (9)."""


@pytest.mark.parametrize(
    ("path", "status", "there"),
    [
        (f"/world/europe/{STORY}/", 200, ""),
        (f"/world/europe/{STORY}", 301, f"/world/europe/{STORY}/"),
        (f"/sport/{STORY}/", 301, f"/world/europe/{STORY}/"),
        (f"/europe/{STORY}/", 301, f"/world/europe/{STORY}/"),
        (f"/{STORY}/", 404, ""),
        (f"/index.php/world/europe/{STORY}/", 301, f"/world/europe/{STORY}/"),
        ("/?p=11", 301, f"/world/europe/{STORY}/"),
        ("/category/sport/", 301, "/rubrik/sport/"),
        ("/rubrik/sport/", 200, ""),
        ("/rubrik/world/europe/", 200, ""),
        ("/rubrik/europe/", 200, ""),
        ("/index.php/rubrik/europe/", 301, "/rubrik/europe/"),
        ("/sport/", 200, ""),
        ("/sport/?page=31", 301, "/rubrik/sport/"),
        ("/thema/breaking/", 200, ""),
        ("/2024/02/", 200, ""),
        ("/2024/13/", 301, "/2024/"),
        ("/about/", 301, "/"),
        ("/team/", 200, ""),
        ("/?page_id=97", 301, "/team/"),
        ("/team/?year=202402&monthnum=13", 200, ""),
        ("/?attachment=abou&x=1", 301, "/?x=1"),
        ("/team/page/2/", 200, ""),
        ("/team/feed/", 200, ""),
        ("/feed/", 200, ""),
        ("/wp-sitemap.xml", 404, ""),
    ],
)  # fmt: skip
def test_categories_in_addresses(german: Dispatcher, path: str, status: int, there: str) -> None:
    response = get(german, path)
    where = dict(response.headers).get("location", "").removeprefix(HOME)
    assert (response.status, where) == (status, there)


@pytest.mark.parametrize(
    ("query", "is_list"),
    [
        ("", False),
        ("?utm_source=x", False),
        ("?orderby=", False),
        ("?orderby=title", True),
        ("?w=3", True),
        ("?p=abc", True),
    ],
)
def test_words_that_mean_something_ask_for_the_list(german: Dispatcher, query: str, *, is_list: bool) -> None:
    [newest] = json.loads(get(german, "/wp-json/wp/v2/posts?per_page=1").body)
    response = get(german, f"/{query}")
    assert response.status == 200
    assert (newest["link"].encode() in response.body) is is_list


def test_a_post_is_shown_below_each_of_its_categories(german: Dispatcher) -> None:
    """Post 15 is in World (2) and Sport (7), which are both no one's children."""
    slug = "railway-parliament-factory-storm-verdict-football"
    assert [get(german, f"/{path}/{slug}/").status for path in ("world", "sport", "money")] == [200, 200, 301]


def test_a_draft_of_the_same_slug_hides_no_post(german: Dispatcher) -> None:
    with german.newsroom.write() as view:
        post = posts.get(view.unit, 11)
        assert post is not None
        draft = posts.insert(view.unit, replace(post, status="draft", date=Stamp("2025-06-01 00:00:00")))
    assert get(german, f"/world/europe/{STORY}/").status == 200
    with german.newsroom.write() as view:
        posts.delete(view.unit, draft)


@pytest.mark.parametrize(
    ("structure", "slug", "paths"),
    [
        ("/%author%/%postname%/", "fair", ("/admin/fair/", "/editor/fair/")),
        ("/%category%/%hour%/%minute%/%postname%/", "fair", ("/world/europe/10/00/fair/", "/world/europe/11/30/fair/")),
        ("/%post_id%/%category%/%postname%/", "7", ("/11/world/europe/7/", "/12/world/europe/7/")),
    ],
)
def test_of_two_posts_of_one_slug_each_is_at_its_own_address(
    structure: str, slug: str, paths: tuple[str, str], tmp_path: Path
) -> None:
    site = second_site(tmp_path, permalink_structure=structure)
    with site.newsroom.write() as view:
        for number, author, hour in ((11, 1, "10:00"), (12, 2, "11:30")):
            posts.set_terms(view.unit, number, [3])
            posts.update(view.unit, number, slug=slug, author=author, date=Stamp(f"2024-02-11 {hour}:00"))
    titles = []
    for path in paths:
        shown = get(site, path)
        assert (shown.status, get(site, path + "feed/").status) == (200, 200)
        titles.append(bytes(shown.body).partition(b"</title>")[0].partition(b"<title>")[2])
    assert titles[0] != titles[1]
    site.newsroom.database.close()


def test_former_slugs_lead_to_the_present_one(german: Dispatcher) -> None:
    with german.newsroom.write() as view:
        post = posts.get(view.unit, 12)
        assert post is not None
        posts.update(view.unit, 12, meta={**post.meta, "_wp_old_slug": ["once-called"]})
        link = view.lookup.permalink(post)
    response = get(german, "/sport/once-called/")
    assert (response.status, dict(response.headers)["location"]) == (301, link)


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("p=11", 200), ("page_id=94", 200), ("cat=3", 200), ("tag=breaking", 200), ("author=1", 200), ("m=202402", 200),
        ("category_name=world/europe", 200), ("author_name=admin", 200), ("year=2024", 200), ("s=storm", 200),
        ("feed=rss2", 200), ("cat=3&feed=rss2", 200), ("p=11&feed=rss2", 200), ("paged=2", 200), ("sitemap=index", 200),
        ("p=80", 404), ("cat=999", 404), ("page_id=98", 404), ("year=202402&feed=rss2", 404),
    ],
)  # fmt: skip
def test_plain_addresses_stay(plain: Dispatcher, query: str, there: int) -> None:
    assert get(plain, f"/?{query}").status == there


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dispatcher]:
    dispatcher = second_site(tmp_path_factory.mktemp("plain"), permalink_structure="")
    yield dispatcher
    dispatcher.newsroom.database.close()


def test_no_missing_attachment_leads_to_itself(plain: Dispatcher) -> None:
    assert dict(get(plain, "/?attachment=abou&x=1").headers)["location"] == f"{HOME}/?page_id=93&x=1"


def test_plain_addresses_are_what_links_name(plain: Dispatcher) -> None:
    post = json.loads(get(plain, "/index.php?rest_route=/wp/v2/posts/11").body)
    assert post["link"] == f"{HOME}/?p=11"
    assert post["_links"]["self"][0]["href"] == f"{HOME}/index.php?rest_route=/wp/v2/posts/11"
    assert post["_links"]["replies"][0]["href"] == f"{HOME}/index.php?rest_route=%2Fwp%2Fv2%2Fcomments&post=11"
    whole = json.loads(get(plain, "/index.php?rest_route=/wp/v2/posts/11&_embed=author,wp:term").body)
    assert {term["taxonomy"] for terms in whole["_embedded"]["wp:term"] for term in terms} >= {"category"}
    listed = get(plain, "/index.php?rest_route=/wp/v2/posts&per_page=2&page=2")
    links = dict(listed.headers)["Link"].split(", ")
    assert links == [
        f'<{HOME}/index.php?rest_route=%2Fwp%2Fv2%2Fposts&per_page=2&page=1>; rel="prev"',
        f'<{HOME}/index.php?rest_route=%2Fwp%2Fv2%2Fposts&per_page=2&page=3>; rel="next"',
    ]


def dated(dispatcher: Dispatcher, date: str, gmt: str = "0000-00-00 00:00:00", status: str = "draft") -> dict[str, Any]:
    """How the API tells of a post with these dates."""
    local, utc = Stamp(date), Stamp(gmt)
    post = Post(
        0,
        "post",
        status,
        slug="dated",
        title="Dated",
        author=1,
        date=local,
        date_gmt=utc,
        modified=local,
        modified_gmt=utc,
    )
    with dispatcher.newsroom.write() as view:
        number = posts.insert(view.unit, post)
        refresh(view, [number])
    told: dict[str, Any] = json.loads(get(dispatcher, f"/wp-json/wp/v2/posts/{number}", authorization=admin()).body)
    with dispatcher.newsroom.write() as view:
        posts.delete(view.unit, number)
    return told


def admin() -> str:
    """What the administrator's recorded requests carry."""
    sent = (case["headers"] for case in reads() if case["as"] == "admin")
    return str(next(headers["Authorization"] for headers in sent if "Authorization" in headers))


@pytest.mark.parametrize(
    ("date", "gmt", "shown", "shown_gmt"),
    [
        ("2024-10-27 02:30:00", None, "2024-10-27T02:30:00", "2024-10-27T01:30:00"),  # comes twice: the second one
        ("2024-03-31 02:30:00", None, "2024-03-31T03:30:00", "2024-03-31T01:30:00"),  # is skipped: moves on
        ("1947-06-01 12:00:00", None, "1947-06-01T12:00:00", "1947-06-01T09:00:00"),  # double summer time
        ("1850-01-01 00:00:00", None, "1850-01-01T00:00:00", "1849-12-31T23:06:32"),  # before there were zones
        ("2100-07-01 12:00:00", None, "2100-07-01T12:00:00", "2100-07-01T10:00:00"),  # after 2037
        ("2024-03-31 04:30:00", "2024-03-31 02:30:00", "2024-03-31T04:30:00", "2024-03-31T03:30:00"),  # as WordPress
        ("2023-02-29 10:00:00", None, "2023-03-01T10:00:00", "2023-03-01T09:00:00"),
        ("0000-00-00 00:00:00", None, "-0001-11-30T00:00:00", "-0001-11-29T23:06:32"),  # by the sun
    ],
)
def test_dates_are_read_in_the_site_s_zone(
    german: Dispatcher, date: str, gmt: str | None, shown: str, shown_gmt: str
) -> None:
    told = dated(german, date, gmt) if gmt else dated(german, date)
    assert (told["date"], told["date_gmt"]) == (shown, shown_gmt)
    assert told["modified"] == shown
    if gmt:
        assert told["modified_gmt"] == shown_gmt


@pytest.mark.parametrize(
    ("changed", "shown_gmt"),
    [
        ("2024-01-15 12:00:00", "2024-01-15T10:00:00"),
        ("2024-07-15 12:00:00", "2024-07-15T10:00:00"),
        ("0000-00-00 00:00:00", "-0001-11-29T22:00:00"),
    ],
)
def test_a_change_without_utc_is_told_with_the_offset_of_today(
    german: Dispatcher, changed: str, shown_gmt: str
) -> None:  # fmt: skip
    assert dated(german, changed)["modified_gmt"] == shown_gmt


def test_the_icon_is_a_small_file_of_the_picture(tmp_path: Path) -> None:
    dispatcher = second_site(tmp_path, site_icon="1", permalink_structure="/%postname%/")
    response = get(dispatcher, "/favicon.ico")
    with dispatcher.newsroom.view() as view:
        icon = view.lookup.post(1)
        assert icon is not None
        assert icon.mime_type == "image/jpeg"
    assert response.status == 302
    assert dict(response.headers)["location"].endswith("-150x150.jpg")
    dispatcher.newsroom.database.close()


def test_avatars_are_those_that_the_options_name(tmp_path: Path) -> None:
    hidden = second_site(tmp_path / "hidden", show_avatars="0", permalink_structure="/%postname%/")
    for path in ("users", "comments", "posts?_embed=author"):
        assert b"avatar_urls" not in get(hidden, f"/wp-json/wp/v2/{path}").body
    for path in ("users", "users/me", "comments", "comments/1"):
        asked = Request("OPTIONS", f"/wp-json/wp/v2/{path}", "", {"host": "news.example.com"})
        told = json.loads(hidden.answer(asked).body)
        assert "id" in told["schema"]["properties"]
        assert not {"avatar_urls", "author_avatar_urls"} & set(told["schema"]["properties"])
    hidden.newsroom.database.close()
    names = {"avatar_default": "gravatar_default", "avatar_rating": "PG", "permalink_structure": "/%postname%/"}
    dispatcher = second_site(tmp_path / "other", **names)
    told = json.loads(get(dispatcher, "/wp-json/wp/v2/users/1").body)
    assert told["avatar_urls"]["24"].endswith("?s=24&r=pg")
    dispatcher.newsroom.database.close()
