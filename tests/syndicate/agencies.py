"""Papers that tell what others tell, and a site that takes it."""

from __future__ import annotations

from random import Random

from tests.net.loopback import reply
from tests.syndicate.site import Site
from tests.syndicate.test_takedowns import afresh
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.stories import reading
from wirepress.model.post import Post
from wirepress.model.query import PostQuery, Visibility
from wirepress.model.story import Duplicates, Story, StoryQuery
from wirepress.model.wire import Rules
from wirepress.store import posts as post_store
from wirepress.syndicate.report import Report
from wirepress.syndicate.stories.deciding import merge, split

WORDS = tuple(f"word{number}" for number in range(3_000))


def told(name: str, length: int = 260) -> str:
    """Paragraphs that nothing else is like."""
    dice = Random(name)
    return "".join(f"<p>It {' '.join(dice.choices(WORDS, k=length // 5))}, he said.</p>" for _ in range(5))


class Agencies:
    """Any number of papers, each a feed of one article with its text."""

    def __init__(self) -> None:
        self.papers: dict[str, dict[str, tuple[str, str]]] = {}
        self.url = ""

    def tell(self, paper: str, text: str, title: str = "", article: str = "one") -> None:
        self.papers.setdefault(paper, {})[article] = (title or paper, text)

    def __call__(self, path: str, headers: dict[str, str]) -> bytes:
        paper, *rest = path.partition("?")[0].split("/")[1:]
        if paper not in self.papers:
            return reply(404)
        if rest and rest[0] in self.papers[paper]:
            title, text = self.papers[paper][rest[0]]
            page = f"<html><head><title>{title}</title></head><body><article>{text}</article></body></html>"
            return reply(body=page.encode(), Content_Type="text/html")
        items = ""
        for article, said in self.papers[paper].items():
            title, text = said
            digest = sum(text.encode())
            items += f"<item><title>{title}</title><link>/{paper}/{article}</link><guid>{paper}-{article}</guid>"
            items += f"<description>{digest}</description></item>"
        feed = f"<rss version='2.0'><channel><title>The {paper.title()}</title>{items}</channel></rss>"
        return reply(body=feed.encode())


class Desk:
    """A site with any number of sources, one a paper."""

    def __init__(self, site: Site, agencies: Agencies) -> None:
        self.site = site
        self.agencies = agencies
        self.numbers: dict[str, int] = {}

    def source(self, paper: str, duplicates: Duplicates = Duplicates.LINK, **rules: object) -> int:
        given = Rules(duplicates=duplicates, **rules)  # type: ignore[arg-type] # a test names rules as it likes
        self.numbers[paper] = self.site.add(f"{self.agencies.url}/{paper}", rules=given, name=f"The {paper.title()}")
        return self.numbers[paper]

    def pull(self, paper: str) -> Report:
        afresh(self.site, self.numbers[paper])
        report = self.site.pull(self.numbers[paper])
        assert not report.error
        return report

    def stories(self, **query: object) -> list[Story]:
        with self.site.newsroom.view() as view:
            return reading.browse(view, NEWSROOM, StoryQuery(**query))[0]  # type: ignore[arg-type] # as above

    def told(self) -> list[list[tuple[str, bool]]]:
        """The articles of each story: by which paper, and whether there is a post of them."""
        return [[(one.title, bool(one.post)) for one in story.articles] for story in self.stories()]

    def titles(self, status: str = "publish") -> list[str]:
        query = PostQuery(statuses=(status,), visibility=Visibility(all_of=(status,)), orderby="id", order="asc")
        with self.site.newsroom.database.read() as unit:
            ids = post_store.find(unit, query).ids
            loaded = post_store.load(unit, ids)
        return [loaded[number].title for number in ids]

    def post(self, title: str) -> Post:
        return self.site.post(title)

    def merge(self, *stories: int, posts: tuple[int, ...] = ()) -> Story:
        with self.site.newsroom.write() as view:
            return merge(view, NEWSROOM, stories, posts)

    def split(self, title: str) -> Story:
        (article,) = (one for story in self.stories() for one in story.articles if one.title == title)
        with self.site.newsroom.write() as view:
            return split(view, NEWSROOM, article.id)
