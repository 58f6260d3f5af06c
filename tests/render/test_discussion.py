"""Blocks of a post's comments."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from tests.render.site import OwnSite, html_of
from wirepress.model.comment import Comment
from wirepress.model.moment import Stamp

POST = 5_000
LIST = "<!-- wp:comment-template --><!-- wp:comment-author-name /--><!-- /wp:comment-template -->"


def comment(number: int, parent: int = 0, **more: object) -> Comment:
    date = Stamp(f"2025-01-01 00:{number:02d}:00")
    made = Comment(
        number, POST, author_name=f"C{number}", date=date, date_gmt=date, content="x", parent=parent, approved="1"
    )
    return replace(made, **more)  # type: ignore[arg-type] # fields of Comment


def shown(content: str, *comments: Comment, locked: bool = False, **options: Any) -> str:
    site = OwnSite(**options)
    site._comments = {each.id: each for each in comments}
    more: dict[str, Any] = {"password": "p"} if locked else {}
    return html_of(content, site, comment_count=len(comments), comment_status="open", author=2, **more)


def test_comments_are_classed_as_they_are_read() -> None:
    html = shown(
        LIST, comment(1, user=2), comment(2, parent=1), comment(3, user=99), comment(4, parent=2, type="pingback")
    )
    assert re.findall(r'<li id="comment-(\d)" class="([^"]*)">', html) == [
        ("1", re.findall(r'id="comment-1" class="([^"]*)"', html)[0]),
        ("2", "comment odd alt depth-2"),
        ("4", "pingback even depth-3"),
        ("3", "comment odd alt thread-odd thread-alt depth-1"),
    ]
    first = re.findall(r'id="comment-1" class="([^"]*)"', html)[0]
    assert re.fullmatch(r"comment byuser comment-author-\S+ bypostauthor even thread-even depth-1", first)
    assert html.count("<ol>") == 2


def test_replies_beyond_the_deepest_level_stand_beside_what_they_answer() -> None:
    chain = [comment(1), comment(2, 1), comment(3, 2), comment(4, 3)]
    html = shown(LIST, *chain, thread_comments_depth="2")
    assert html.count("<ol>") == 1
    assert re.findall(r"depth-(\d)", html) == ["1", "2", "2", "2"]
    flat = shown(LIST, *chain, thread_comments="")
    assert "<ol>" not in flat
    assert re.findall(r"depth-(\d)", flat) == ["1"] * 4


def test_newest_first_where_the_site_says_so() -> None:
    html = shown(LIST, comment(1), comment(2), comment(3, 1), comment_order="desc")
    assert re.findall(r'id="comment-(\d)"', html) == ["2", "1", "3"]


def test_a_chain_of_a_thousand_replies_ends() -> None:
    html = shown(LIST, *(comment(n % 60, n - 1, id=n) for n in range(1, 400)), thread_comments_depth="10")
    assert html.count("<li") > 10


@pytest.mark.parametrize(
    ("count", "link"),
    [
        (0, 'respond>No comments<span class="screen-reader-text"> on Own</span></a>'),
        (1, 'comments>1 comment<span class="screen-reader-text"> on Own</span></a>'),
        (2, 'comments>2 comments<span class="screen-reader-text"> on Own</span></a>'),
    ],
)
def test_the_way_to_the_comments(count: int, link: str) -> None:
    html = shown("<!-- wp:post-comments-link /-->", *(comment(n + 1) for n in range(count)))
    assert html.startswith('<div class="wp-block-post-comments-link"><a href=https://news.example.com/')
    assert f"#{link}</div>" in html


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("", "2 responses to &#8220;Own&#8221;"),
        ('{"showPostTitle":false,"level":3}', "2 responses"),
        ('{"showCommentsCount":false}', "Responses to &#8220;Own&#8221;"),
        ('{"showCommentsCount":false,"showPostTitle":false}', "Responses"),
    ],
)
def test_the_title_of_the_comments(settings: str, said: str) -> None:
    html = shown(f"<!-- wp:comments-title {settings} /-->", comment(1), comment(2))
    tag = "h3" if "level" in settings else "h2"
    assert html == f'<{tag} id="comments" class="wp-block-comments-title">{said}</{tag}>'


def test_the_picture_of_a_comments_author() -> None:
    content = LIST.replace("author-name", 'author-avatar {"width":40,"height":40}')
    html = shown(content, comment(1, author_email="a@example.com"))
    assert "<div><img alt='C1 Avatar' src='https://secure.gravatar.com/avatar/" in html
    assert "width='40'" in html


def test_a_locked_post_shows_no_comments() -> None:
    assert "comment-1" not in shown(f"<!-- wp:comments -->{LIST}<!-- /wp:comments -->", comment(1), locked=True)
