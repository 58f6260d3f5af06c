from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.content.desk import DAYS, HOME, article
from wirepress.content import permalinks
from wirepress.content.addresses.redirects import alike
from wirepress.content.rewrite.rules import resolve
from wirepress.content.rewrite.target import Shows
from wirepress.content.site import Site, site_of
from wirepress.model.moment import Stamp
from wirepress.model.post import Post, TermRef
from wirepress.model.term import Term
from wirepress.model.user import User

WORLD = Term(2, "category", "World", "world")
EUROPE = Term(3, "category", "Europe", "europe", parent=2)
ADA = User(3, "ada", "ada-author")


class Family:
    """Relatives out of lists."""

    def __init__(self, *posts: Post, terms: tuple[Term, ...] = (), users: tuple[User, ...] = ()) -> None:
        self.posts = {post.id: post for post in posts}
        self.terms = {term.id: term for term in terms}
        self.users = {user.id: user for user in users}

    def post(self, post_id: int) -> Post | None:
        return self.posts.get(post_id)

    def term(self, term_id: int) -> Term | None:
        return self.terms.get(term_id)

    def user(self, user_id: int) -> User | None:
        return self.users.get(user_id)


def site(structure: str = DAYS, **options: Any) -> Site:
    return site_of({"home": HOME, "siteurl": HOME, "permalink_structure": structure, **options})


def link(post: Post, structure: str = DAYS, family: Family | None = None, **options: Any) -> str:
    return permalinks.permalink(site(structure, **options), post, family or Family(post)).removeprefix(HOME)


EUROPEAN = (TermRef("category", 3, "europe", "Europe", 2), TermRef("category", 7, "sport", "Sport"))


@pytest.mark.parametrize(
    ("structure", "expected"),
    [
        ("", "/?p=10"),
        (DAYS, "/index.php/2024/02/01/fest/"),
        ("/%year%/%monthnum%/%day%/%postname%/", "/2024/02/01/fest/"),
        ("/%postname%", "/fest"),
        ("/archives/%post_id%", "/archives/10"),
        ("/%author%/%hour%-%minute%-%second%/%postname%.html", "/ada-author/08-05-09/fest.html"),
        ("/%category%/%postname%/", "/world/europe/fest/"),
    ],
)
def test_a_post_stands_where_the_structure_says(structure: str, expected: str) -> None:
    post = article(10, "fest", author=3, terms=EUROPEAN)
    assert link(post, structure, Family(post, terms=(WORLD, EUROPE), users=(ADA,))) == expected


def test_a_post_without_category_stands_under_the_default_one() -> None:
    family = Family(terms=(EUROPE,))
    assert link(article(10, "fest"), "/%category%/%postname%/", family, default_category="3") == "/europe/fest/"


@pytest.mark.parametrize("status", ["draft", "pending", "future", "trash", "auto-draft", "unheard-of"])
def test_what_is_not_public_has_its_id_only(status: str) -> None:
    assert link(article(80, "x", status)) == "/?p=80"
    assert link(article(98, "x", status, type="page")) == "/?page_id=98"


def test_private_posts_and_the_editors_own_types_have_pretty_addresses() -> None:
    assert link(article(84, "private-post", "private")) == "/index.php/2024/02/01/private-post/"
    assert link(article(115, "reusable", type="wp_block")) == "/index.php/2024/02/01/reusable/"
    assert link(article(91, "90-revision-v1", "inherit", type="revision")) == "/?p=91"


def test_pages_stand_under_their_parents() -> None:
    about, team = article(93, "about", type="page"), article(94, "team", type="page", parent=93)
    family = Family(about, team)
    assert link(team, family=family) == "/index.php/about/team/"
    assert link(team, "/%postname%/", family) == "/about/team/"
    assert link(team, "", family) == "/?page_id=94"
    assert link(about, family=family, show_on_front="page", page_on_front="93") == "/"


def test_a_loop_of_parents_ends() -> None:
    one, two = article(1, "one", type="page", parent=2), article(2, "two", type="page", parent=1)
    assert link(one, family=Family(one, two)) == "/index.php/two/one/"


def attachment(number: int, slug: str, parent: int = 0) -> Post:
    return article(number, slug, "inherit", type="attachment", parent=parent)


@pytest.mark.parametrize(
    ("parent", "slug", "expected"),
    [
        (None, "harbour", "/harbour/"),
        (article(10, "fest"), "anim", "/index.php/2024/02/01/fest/anim/"),
        (article(10, "fest"), "4", "/index.php/2024/02/01/fest/attachment/4/"),
        (article(10, "fest", "private"), "anim", "/index.php/2024/02/01/fest/anim/"),
        (article(10, "", "draft"), "anim", "/?attachment_id=5"),
        (article(10, "about", type="page"), "anim", "/index.php/about/anim/"),
        (article(10, "block", type="wp_block"), "anim", "/?attachment_id=5"),
    ],
)
def test_attachments_stand_under_what_they_belong_to(parent: Post | None, slug: str, expected: str) -> None:
    post = attachment(5, slug, parent.id if parent else 0)
    assert link(post, family=Family(post, *([parent] if parent else []))) == expected


def test_an_attachment_whose_parent_is_gone_has_its_id_only() -> None:
    assert link(attachment(5, "anim", 77)) == "/?attachment_id=5"


@pytest.mark.parametrize(
    ("term", "structure", "options", "expected"),
    [
        (EUROPE, DAYS, {}, "/index.php/category/world/europe/"),
        (EUROPE, DAYS, {"category_base": "themes"}, "/index.php/themes/world/europe/"),
        (EUROPE, "/blog/%postname%", {}, "/blog/category/world/europe"),
        (EUROPE, "/blog/%postname%", {"category_base": "/themes/"}, "/themes/world/europe"),
        (EUROPE, "", {}, "/?cat=3"),
        (Term(12, "post_tag", "b", "breaking"), DAYS, {}, "/index.php/tag/breaking/"),
        (Term(12, "post_tag", "b", "breaking"), "", {}, "/?tag=breaking"),
        (Term(24, "post_format", "a", "post-format-aside"), "/%postname%/", {}, "/type/aside/"),
        (Term(33, "nav_menu", "m", "main-menu"), DAYS, {}, "/?taxonomy=nav_menu&term=main-menu"),
    ],
)
def test_terms_have_archives(term: Term, structure: str, options: dict[str, str], expected: str) -> None:
    got = permalinks.term_link(site(structure, **options), term, Family(terms=(WORLD, EUROPE)))
    assert got == HOME + expected


def test_authors_and_dates_have_archives() -> None:
    assert permalinks.author_link(site(), ADA) == f"{HOME}/index.php/author/ada-author/"
    assert permalinks.author_link(site(""), ADA) == f"{HOME}/?author=3"
    assert permalinks.date_link(site(), 2024, 2) == f"{HOME}/index.php/2024/02/"
    assert permalinks.date_link(site(""), 2024, 2, 3) == f"{HOME}/?m=20240203"
    assert permalinks.date_link(site("/archives/%post_id%"), 2024) == f"{HOME}/archives/date/2024"


def test_the_api_stands_where_the_permalinks_let_it() -> None:
    assert site().rest_url("/wp/v2/posts/1") == f"{HOME}/index.php/wp-json/wp/v2/posts/1"
    assert site("/%postname%/").rest_url("wp/v2/posts", "page=2") == f"{HOME}/wp-json/wp/v2/posts?page=2"
    assert site("").rest_url("/wp/v2/posts", "page=2") == f"{HOME}/index.php?rest_route=/wp/v2/posts&page=2"


def test_our_own_guids_follow_the_site_and_imported_ones_stay() -> None:
    moved = site_of({"home": HOME}, Site({}, address="http://127.0.0.1:9999/"))
    assert moved.home == moved.base == "http://127.0.0.1:9999"
    assert moved.guid(article(1, guid="/?p=1")) == "http://127.0.0.1:9999/?p=1"
    assert moved.guid(article(1, guid=f"{HOME}/?p=1")) == f"{HOME}/?p=1"
    assert moved.upload_url("2024/02/a.jpg") == "http://127.0.0.1:9999/wp-content/uploads/2024/02/a.jpg"


slugs = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z]{1,5}){0,3}", fullmatch=True).filter(
    lambda s: (
        s not in ("feed", "rdf", "rss", "rss2", "atom", "embed", "page", "author", "category", "tag", "type", "date")
    )
)
STRUCTURES = (DAYS, "/%postname%/", "/blog/%year%/%postname%", "/archives/%post_id%", "/%year%/%monthnum%/%postname%/")


@given(slugs, st.sampled_from(STRUCTURES), st.datetimes().map(lambda d: Stamp(d.isoformat(" ", "seconds")[:19])))
def test_an_address_leads_back_to_its_post(slug: str, structure: str, date: Stamp) -> None:
    post = article(10, slug, date=date)
    where = site(structure)
    target = resolve(where, urlsplit(permalinks.permalink(where, post, Family(post))).path, "")
    assert target.shows in (Shows.POST, Shows.PAGE)
    assert slug in (target.parts.get("name"), target.parts.get("pagename")) or target.parts.get("p") == "10"


@pytest.mark.parametrize("structure", ["/%postname%/", DAYS])
def test_a_number_behind_a_page_is_a_part_of_it(structure: str) -> None:
    target = resolve(site(structure), "/index.php/about/2/" if "index.php" in structure else "/about/2/", "")
    assert (target.part, target.parts.get("pagename") or target.parts["path"]) == (2, "about")


@pytest.mark.parametrize("name", ["4", "anim"])
@pytest.mark.parametrize(
    ("structure", "above"),
    [(DAYS, "index.php/2024/02/01/fest"), ("/%category%/%postname%/", "world/asia/fest"),
     ("/%year%/%category%/%postname%/", "2024/world/fest"), ("/%post_id%/%category%/%postname%/", "10/world/fest")],
)  # fmt: skip
def test_a_number_behind_the_word_attachment_is_its_name(structure: str, above: str, name: str) -> None:
    target = resolve(site(structure), f"/{above}/attachment/{name}/", "")
    assert (target.part, target.parts["attachment"]) == (0, name)


@pytest.mark.parametrize("words", ["feed/", "page/1/", "feed/rss/", "comment-page-1/", "feed//"])
def test_what_stands_before_the_word_of_a_feed_is_left_out_however_often(words: str) -> None:
    target = resolve(site("/%postname%/"), f"/fest/{words * 20_000}feed/", "")
    assert (target.feed, target.parts["path"], target.plain) == ("rss2", "fest", True)
    other = resolve(site("/%postname%/"), f"/fest/{words}x/feed/", "")
    assert (other.feed, other.plain) == ("rss2", False)


def test_noughts_at_the_end_of_a_path_make_no_other_of_it() -> None:
    assert {alike(f"/2024{end}") for end in ("", "/0", "/00/0/", "/page/0/")} == {"/2024"}
    assert alike("/2024/page/") == "/2024/page"
    many = "/0" * 40_000
    assert (alike(f"/2024{many}"), alike(f"/2024{many}/x")) == ("/2024", f"/2024{many}/x")


def test_the_author_of_a_post_may_be_called_author() -> None:
    where = site("/%author%/%category%/%postname%/")
    post = resolve(where, "/author/sport/fest/", "")
    assert (post.shows, post.parts["author_name"], post.parts["name"]) == (Shows.POST, "author", "fest")
    assert resolve(where, "/author/sport/", "").parts == {"author_name": "sport"}
