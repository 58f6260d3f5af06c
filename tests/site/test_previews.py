"""Previews of what is not published or not saved: for those who may edit it, and for nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.admin.client import Client
from tests.content.desk import ROLES, make_newsroom
from wirepress.content.identity.viewer import viewer_of
from wirepress.content.posts import publishing, trash
from wirepress.content.posts.changes import Changes
from wirepress.model.post import Post
from wirepress.model.web import Request, Response
from wirepress.site.reader import Reader


class Stage:
    def __init__(self, folder: Path) -> None:
        self.newsroom = make_newsroom(folder)
        self.client = Client(self.newsroom)
        self.reader = Reader(self.newsroom)

    def write(self, status: str, **more: str) -> Post:
        with self.newsroom.write() as view:
            author = viewer_of(view.site, view.lookup.user(ROLES.index("author") + 1))
            changes = Changes(**{"title": "The harbour", "content": "<p>Ships came in.</p>", "status": status, **more})  # type: ignore[arg-type]
            return publishing.create(view, author, "post", changes)

    def see(self, role: str, query: str, path: str = "/") -> Response:
        headers = {"cookie": self.client.cookies[role]} if role else {}
        return self.reader.answer(Request("GET", path, query, headers))


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path)
    yield made
    made.newsroom.database.close()


@pytest.mark.parametrize(
    ("status", "more"),
    [("draft", {}), ("pending", {}), ("private", {}), ("future", {"date": "2031-01-01 10:00:00"}), ("auto-draft", {})],
)
def test_what_is_not_published_is_shown_to_its_editors(stage: Stage, status: str, more: dict[str, str]) -> None:
    post = stage.write(status, **more)
    query = f"p={post.id}&preview=true"
    for role in ("author", "editor", "administrator"):
        response = stage.see(role, query)
        headers = dict(response.headers)
        assert response.status == 200, role
        assert "Ships came in." in response.body.decode()
        assert not response.keepable
        assert headers["x-robots-tag"] == "noindex, nofollow"
        assert "no-store" in headers["cache-control"]
        assert "frame-ancestors 'self'" in headers["content-security-policy"]
    for role in ("", "subscriber", "contributor"):
        assert stage.see(role, query).status == 404, role


@pytest.mark.parametrize("status", ["draft", "publish"])
def test_a_pdf_is_shown_on_its_page_and_in_a_preview_of_it(stage: Stage, status: str) -> None:
    with stage.newsroom.view() as view:
        address = view.site.upload_url("2025/03/tariff.pdf")
    shown = f'<object class="wp-block-file__embed" data="{address}" type="application/pdf" aria-label="x"></object>'
    file = f'<!-- wp:file {{"displayPreview":true}} --><div class="wp-block-file">{shown}</div><!-- /wp:file -->'
    query = f"p={stage.write(status, content=file).id}"
    response = stage.see("author", f"{query}&preview=true")
    policy = dict(response.headers)["content-security-policy"]
    assert "object-src 'self';" in policy
    assert "frame-ancestors 'self'" in policy
    assert f'<object data="{address}" type="application/pdf" class="wp-block-file__embed"' in response.body.decode()


def test_what_is_in_the_trash_is_not_shown(stage: Stage) -> None:
    post = stage.write("draft")
    with stage.newsroom.write() as view:
        trash.trash(view, viewer_of(view.site, view.lookup.user(2)), post.id)
    assert stage.see("author", f"p={post.id}&preview=true").status == 404


def test_an_autosave_is_shown_to_who_has_it(stage: Stage) -> None:
    post = stage.write("publish")
    kept = stage.client.api.answer(
        Request(
            "POST",
            f"/wp-json/wp/v2/posts/{post.id}/autosaves",
            "",
            {
                "host": "news.example.com",
                "content-type": "application/json",
                "cookie": stage.client.cookies["editor"],
                "x-wp-nonce": stage.client.api_nonce("editor"),
            },
            b'{"title": "The port", "content": "<p>Ships <em>left</em>.</p>"}',
            "192.0.2.7",
            "https",
        )
    )
    assert kept.status == 200, kept.body
    link = re.search(rb'"preview_link":"([^"]+)"', kept.body)
    assert link is not None
    path, _, query = link[1].decode().replace("\\/", "/").removeprefix("https://news.example.com").partition("?")
    page = stage.see("editor", query, path).body.decode()
    assert "The port" in page
    assert "Ships <em>left</em>." in page
    for role in ("", "author", "administrator"):
        assert "Ships came in." in stage.see(role, query, path).body.decode(), role
    assert (
        "Ships came in."
        in stage.see("editor", re.sub(r"preview_nonce=\w+", "preview_nonce=0", query), path).body.decode()
    )


def test_a_preview_opens_what_a_password_protects(stage: Stage) -> None:
    post = stage.write("publish", password="sesame")
    assert "Ships" not in stage.see("", f"p={post.id}").body.decode()
    assert "Ships came in." in stage.see("author", f"p={post.id}&preview=true").body.decode()


@pytest.mark.parametrize(("status", "feeds"), [("draft", 2), ("pending", 2), ("private", 2), ("publish", 3)])
def test_a_preview_links_no_feed_of_what_is_not_published(stage: Stage, status: str, feeds: int) -> None:
    post = stage.write(status)
    page = stage.see("author", f"p={post.id}&preview=true").body.decode()
    assert page.partition("</head>")[0].count('type="application/rss+xml"') == feeds
