"""What tests of the lists of posts share: a newsroom with a post of each kind, and what a page shows of it."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from tests.admin.client import Client, Page
from tests.content.desk import ROLES, article
from tests.store import many
from wirepress.model.moment import Stamp
from wirepress.model.post import Post
from wirepress.store import bulk, posts

EDITOR, AUTHOR, CONTRIBUTOR = (ROLES.index(role) + 1 for role in ("editor", "author", "contributor"))


def plant(client: Client, *items: Post, assigned: tuple[tuple[int, int], ...] = ()) -> None:
    with client.newsroom.database.write() as unit:
        many.posts(unit, items)
        many.post_terms(unit, ((post, term, 0) for post, term in assigned))
        bulk.settle(unit)


def shown(page: Page) -> list[int]:
    """The ids of the rows."""
    return [int(found) for found in re.findall(r'data-key="(\d+)"', page.html)]


def tabs(page: Page) -> dict[str, str]:
    [nav] = re.findall(r'(?s)<nav class="tabs".*?</nav>', page.html)
    return dict(re.findall(r'<a href="[^"]*"[^>]*>([^<]+?) <span class="count">(\d+)</span>', nav))


def row(page: Page, post_id: int) -> str:
    found = re.search(rf'(?s)<tr id="row-{post_id}".*?</tr>', page.html)
    assert found is not None, post_id
    return found[0]


def actions(page: Page, post_id: int) -> list[str]:
    return re.findall(r'(?:data-hotkey="\w"|data-confirm)[^>]*>([\w ]+)<', row(page, post_id))


def asked(page: Page) -> dict[str, list[str]]:
    """The variables of the address that a page leads to."""
    return parse_qs(urlsplit(page.location).query)


def kept(client: Client, post_id: int) -> Post:
    with client.newsroom.database.read() as unit:
        post = posts.get(unit, post_id)
    assert post is not None
    return post


def plant_all(client: Client) -> None:
    """A post of each kind, and two pages."""
    plant(
        client,
        article(11, "storm", title="Storm &amp; <em>flood</em>", author=EDITOR, comment_count=3),
        article(12, "mine", title="Mine", author=AUTHOR, date=Stamp("2025-03-01 10:00:00")),
        article(13, "", "draft", title="Half", author=CONTRIBUTOR),
        article(14, "later", "future", title="Later", author=AUTHOR, date=Stamp("2025-06-16 09:00:00")),
        article(15, "waits", "pending", title="Waits", author=CONTRIBUTOR),
        article(16, "secret", "private", title="Secret", author=EDITOR),
        article(17, "gone__trashed", "trash", title="Gone", author=AUTHOR),
        article(18, "locked", title="Locked", author=EDITOR, password="pass"),
        article(31, "about", type="page", title="About", author=EDITOR, menu_order=2),
        article(32, "team", type="page", title="Team", author=EDITOR, parent=31),
        assigned=((11, 2), (12, 3), (12, 4)),
    )
