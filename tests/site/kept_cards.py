"""A front page whose stories are kept, beside one that has never kept any."""

from __future__ import annotations

from tests.content.desk import NOON, article
from wirepress.content.newsroom import Newsroom
from wirepress.model.moment import Stamp
from wirepress.model.post import Post
from wirepress.model.web import Request
from wirepress.model.wire import Origin, OriginFacts
from wirepress.site.reader import Reader

NEWEST = 45
PICTURE = 9
META = {"width": 1600, "height": 1000, "sizes": {"large": {"file": "a-1024x640.jpg", "width": 1024, "height": 640}}}


def picture() -> Post:
    meta = {"_wp_attached_file": ["2024/a.jpg"], "_wp_attachment_metadata": [META], "_wp_attachment_image_alt": ["Alt"]}
    return article(PICTURE, "picture", "inherit", type="attachment", title="Picture", mime_type="image/jpeg", meta=meta)


def date(number: int) -> Stamp:
    return Stamp(f"2024-02-01 08:{number:02}:09")


def origin(source: int, post: int, byline: str = "Ann Other") -> Origin:
    url = f"https://agency.example/{post}"
    facts = OriginFacts(authors=(byline,))
    return Origin(source, f"{post}", url, f"agency.example/{post}", NOON, NOON, post=post, facts=facts)


class Readers:
    """A reader that keeps stories, as a web process asks it, beside one that has never kept any."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.reader = Reader(newsroom)

    def page(self, path: str = "/", query: str = "") -> str:
        """A page, which is the same that is made without anything kept."""
        found = self.reader.answer(Request("GET", path, query))
        assert found.body == Reader(self.newsroom).answer(Request("GET", path, query)).body
        return found.body.decode()

    def kept(self) -> set[int]:
        """The posts whose stories are given to the next page."""
        with self.newsroom.view() as view:
            rows = view.unit.rows("SELECT id, version FROM posts WHERE type = 'post'")
            return set(self.reader.cards.known(view, dict(rows)))
