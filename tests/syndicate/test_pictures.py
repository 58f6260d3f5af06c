"""The pictures of an article: taken into the library with it, shown from there, and never from the source's server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

import pytest

from tests.net.loopback import Loopback, reply
from tests.syndicate.site import HOME, Site
from tests.syndicate.test_takedowns import take_down
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.media.library import ALT
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.post import Post
from wirepress.model.wire import Pictures, Rights, Rules
from wirepress.net.port import Fault, FetchError
from wirepress.syndicate.report import Report
from wirepress.syndicate.sideload import MOST

TEXT = "<p>The water in the old harbour rose by two metres during the night, and nobody had seen it come.</p>"
UPLOADS = f"{HOME}/wp-content/uploads/"


def picture(name: str, width: int = 640, height: int = 400, kind: str = ".jpg") -> bytes:
    """A picture whose octets differ by its name."""
    import pyvips

    shade = sum(name.encode()) % 200
    image = pyvips.Image.black(width, height, bands=3).linear(1, [shade, 255 - shade, len(name)])
    made: bytes = image.cast("uchar").write_to_buffer(kind)
    return made


@dataclass
class Paper:
    """A feed whose articles a test writes, and the files beside it."""

    articles: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    leads: dict[str, str] = field(default_factory=dict)
    url: str = ""

    def __call__(self, path: str, _: dict[str, str]) -> bytes:
        if path == "/feed":
            return reply(body=self._feed())
        answer = self.files.get(path.partition("?")[0])
        if answer is None:
            return reply(404)
        return answer if answer.startswith(b"HTTP/") else reply(body=answer)

    def _feed(self) -> bytes:
        items = "".join(
            f"<item><guid>{name}</guid><link>{self.url}/{name}</link><title>Story {name}</title>"
            f"<description>About {name}.</description>{self._lead(name)}"
            f"<content:encoded>{escape(content)}</content:encoded></item>"
            for name, content in self.articles.items()
        )
        return (
            '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
            f"<title>The Wire</title>{items}</channel></rss>"
        ).encode()

    def _lead(self, name: str) -> str:
        lead = self.leads.get(name, "")
        return f'<enclosure url="{self.url}{lead}" type="image/jpeg" length="1"/>' if lead else ""


@dataclass
class Desk:
    """A site that takes what the paper has."""

    site: Site
    paper: Paper
    loopback: Loopback
    number: int

    def pull(self) -> Report:
        self.site.clock.later(minutes=10)
        report = self.site.pull(self.number)
        assert not report.error, report.error
        return report

    def post(self, name: str = "one") -> Post:
        return self.site.post(f"Story {name}")

    def asked(self) -> list[str]:
        """The files that were asked for since the last question."""
        paths = [path for path in self.loopback.paths() if path not in ("/feed", "/robots.txt")]
        self.loopback.asked.clear()
        return paths

    def rules(self, **changes: Any) -> None:
        source = self.site.source(self.number)
        self.site.change(replace(source, rules=replace(source.rules, **changes)))

    def media(self) -> list[Post]:
        return self.site.posts("attachment")


@contextmanager
def desk_of(site: Site, paper: Paper, rights: Rights = Rights.FULL, **rules: Any) -> Iterator[Desk]:
    with Loopback(paper) as loopback:
        paper.url = loopback.url
        number = site.add(f"{loopback.url}/feed", rights, rules=Rules(page=False, **rules))
        yield Desk(site, paper, loopback, number)


def images(content: str) -> list[str]:
    return re.findall(r'<img[^>]*\bsrc="([^"]*)"', content)


def shown(site: Site, post: Post) -> str:
    """The text as a reader gets it."""
    rendered: str = site.ask(f"{HOME}/index.php/wp-json/wp/v2/posts/{post.id}")["content"]["rendered"]
    return rendered


def test_the_pictures_of_a_text_are_side_loaded_in_their_best_renditions(site: Site) -> None:
    content = (
        f"{TEXT}<figure><picture><source data-srcset='/boat-400.jpg 400w, /boat-1280.jpg 1280w'>"
        '<img src="data:image/gif;base64,R0lGOD" alt="A &quot;boat&quot; &amp; more"></picture>'
        '<figcaption>The <a href="/fleet">fleet</a></figcaption><span class="photo-credit">Ada L.</span></figure>'
        f'{TEXT}<img class="lazy" src="/blank.gif" data-lazy-src="/quay.png" alt="Quay">'
        f'<noscript><img src="/quay.png" alt="Quay"></noscript>{TEXT}'
        '<div class="wp-caption"><a href="/mole.jpg"><img src="/mole-300x200.jpg"></a>'
        '<p class="wp-caption-text">The mole</p></div>'
    )
    files = {
        "/boat-1280.jpg": picture("boat", 1280, 800),
        "/quay.png": picture("quay", kind=".png"),
        "/mole.jpg": picture("mole"),
    }
    with desk_of(site, Paper({"one": content}, files)) as desk:
        assert desk.pull().counts["created"] == 1
        post = desk.post()
        assert sorted(desk.asked()) == sorted(files)
        assert {one.parent for one in desk.media()} == {post.id}
        boat = next(one for one in desk.media() if "boat" in one.title)
        assert (boat.first_meta(ALT), boat.excerpt) == ('A "boat" & more', "The fleet (Ada L.)")
        assert (
            f'<!-- wp:image {{"id":{boat.id},"sizeSlug":"large","linkDestination":"none"}} -->\n'
            f'<figure class="wp-block-image size-large"><img src="{UPLOADS}2025/06/boat-1280-1024x640.jpg"'
            f' alt="A &quot;boat&quot; &amp; more" class="wp-image-{boat.id}" /><figcaption class="wp-element-caption">'
            f'The <a href="{desk.paper.url}/fleet">fleet</a> (Ada L.)</figcaption></figure>\n<!-- /wp:image -->'
        ) in post.content.replace('"/>', '" />')
        html = shown(site, post)
        assert len(images(html)) == 3
        assert all(address.startswith(UPLOADS) for address in images(html))
        assert f'srcset="{UPLOADS}2025/06/boat-1280-1024x640.jpg 1024w, ' in html
        assert not re.search(r'(?:src|srcset|poster)="[^"]*127\.0\.0\.1', html)


def test_the_same_octets_are_one_attachment_and_an_address_is_asked_once(site: Site) -> None:
    content = f'{TEXT}<img src="/a.jpg"><p>x</p><img src="/b.jpg">{TEXT}<img src="/c.jpg?v=1">'
    files = {"/a.jpg": picture("same"), "/b.jpg": picture("same"), "/c.jpg": picture("other")}
    paper = Paper({"one": content, "two": f"{TEXT}<p>Two.</p>" + content.replace("x", "y")}, files)
    with desk_of(site, paper) as desk:
        assert desk.pull().counts["created"] == 2
        assert sorted(desk.asked()) == ["/a.jpg", "/b.jpg", "/c.jpg?v=1"]
        assert len(desk.media()) == 2
        assert [len(images(post.content)) for post in site.posts()] == [3, 3]
        assert len(site.uploads()) == len(set(site.uploads()))
        first, second = site.posts()
        assert {one.parent for one in desk.media()} == {first.id}
        take_down(site, first.id)
        assert len(desk.media()) == 2  # the other article shows them
        assert all(site.ask(f"{HOME}/wp-json/wp/v2/media/{one.id}") for one in desk.media())
        take_down(site, second.id)
        assert (desk.media(), site.uploads()) == ([], [])


def test_one_picture_that_leads_two_articles_keeps_the_caption_of_each(site: Site) -> None:
    def content(caption: str) -> str:
        return f"<figure><img src='/lead.jpg'><figcaption>{caption}</figcaption></figure><p>{caption}.</p>{TEXT}"

    articles = {"one": content("At dawn"), "two": content("At dusk"), "three": content("At dawn")}
    paper = Paper(articles, {"/lead.jpg": picture("lead")}, dict.fromkeys(articles, "/lead.jpg"))
    with desk_of(site, paper) as desk:
        desk.pull()
        captions = {one.id: one.excerpt for one in desk.media()}
        assert [captions[desk.post(name).thumbnail] for name in articles] == ["At dawn", "At dusk", "At dawn"]
        assert len(captions) == 2


def test_what_an_editor_has_uploaded_is_not_taken_for_the_source_s(site: Site) -> None:
    from wirepress.content.media import library

    octets = picture("same")
    with site.newsroom.write() as view:
        own = library.keep(view, NEWSROOM, library.prepare(view.site, octets, "own.jpg"))
    with desk_of(site, Paper({"one": f'{TEXT}<img src="/a.jpg">'}, {"/a.jpg": octets})) as desk:
        desk.pull()
        assert f"wp-image-{own.id}" not in desk.post().content
        assert len(desk.media()) == 2


@pytest.mark.parametrize(
    ("pictures", "rights", "permitted", "media", "inside"),
    [
        (Pictures.ALL, Rights.FULL, False, 2, 1),
        (Pictures.LEAD, Rights.FULL, False, 1, 0),
        (Pictures.NONE, Rights.FULL, True, 0, 0),
        (Pictures.ALL, Rights.EXCERPT, False, 0, 0),
        (Pictures.ALL, Rights.EXCERPT, True, 1, 0),
        (Pictures.NONE, Rights.LINK, True, 0, 0),
    ],
)
def test_the_policy_says_which_are_taken(
    site: Site, pictures: Pictures, rights: Rights, permitted: bool, media: int, inside: int
) -> None:
    figure = "<figure><img src='/in.jpg'><figcaption>In the text</figcaption></figure>"
    content = f"{TEXT}{figure}<blockquote><img src='/in.jpg'></blockquote>"
    files = {"/in.jpg": picture("in"), "/lead.jpg": picture("lead")}
    with desk_of(
        site, Paper({"one": content}, files, {"one": "/lead.jpg"}), rights, pictures=pictures, picture=permitted
    ) as desk:
        desk.pull()
        post = desk.post()
        assert (len(desk.media()), len(images(post.content))) == (media, inside)
        assert bool(post.thumbnail) is (media > 0)
        assert ("In the text" in post.content) is (inside > 0)
        assert "<blockquote" not in post.content
        assert len(desk.asked()) == media
        assert not images(shown(site, post)) or desk.paper.url not in "".join(images(shown(site, post)))


def test_a_narrower_policy_takes_pictures_back_and_a_wider_one_brings_them(site: Site) -> None:
    files = {"/in.jpg": picture("in"), "/lead.jpg": picture("lead")}
    content = f"{TEXT}<figure><img src='/in.jpg'><figcaption>In the text</figcaption></figure><p>End.</p>"
    with desk_of(site, Paper({"one": content}, files, {"one": "/lead.jpg"})) as desk:
        desk.pull()
        before = desk.post()
        desk.rules(pictures=Pictures.LEAD)
        desk.pull()
        (lead,) = desk.media()
        assert (desk.post().thumbnail, images(desk.post().content)) == (lead.id, [])
        assert "In the text" not in desk.post().content
        assert not any("in" in name.split("-")[0] for name in site.uploads())
        desk.rules(pictures=Pictures.NONE)
        desk.pull()
        assert (desk.media(), site.uploads(), desk.post().thumbnail) == ([], [], 0)
        desk.rules(pictures=Pictures.ALL)
        assert desk.pull().counts["revised"] == 1
        assert len(desk.media()) == 2
        assert re.sub(r"\d+", "", desk.post().content) == re.sub(r"\d+", "", before.content)
        assert desk.pull().counts["revised"] == 0


def test_what_leads_is_not_shown_twice_and_its_caption_is_kept(site: Site) -> None:
    def figure(address: str, caption: str) -> str:
        return f"<figure><img src='{address}'><figcaption>{caption}</figcaption></figure>"

    files = {"/lead.jpg": picture("lead"), "/renamed.jpg": picture("other"), "/other.jpg": picture("other")}
    paper = Paper(
        {
            "one": f"{figure('/lead-300x200.jpg?w=300', 'By <b>Ada</b>')}{TEXT}",  # by its name
            "two": f"<p>Two.</p>{TEXT}{figure('/renamed.jpg', 'By Eve')}",  # by its octets
        },
        files,
        {"one": "/lead.jpg", "two": "/other.jpg"},
    )
    with desk_of(site, paper) as desk:
        desk.pull()
        assert "/lead-300x200.jpg" not in "".join(desk.asked())
        for name, caption in (("one", "By Ada"), ("two", "By Eve")):
            post = desk.post(name)
            assert images(post.content) == []
            assert "figcaption" not in post.content
            assert next(one for one in desk.media() if one.id == post.thumbnail).excerpt == caption


PRIVATE = "HTTP/1.1 302 X\r\nLocation: http://10.0.0.1/x.jpg\r\nContent-Length: 0\r\n\r\n"
BOMB = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\x08\x02\0\0\0" + b"\0" * 60


@pytest.mark.parametrize(
    "answer",
    [
        reply(404),
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<html><body>Forbidden</body></html>",
        b"%PDF-1.4 a document",
        b"\xff\xd8\xff\xe0 cut",
        BOMB,
        b"HTTP/1.1 200 X\r\nContent-Length: 30000000\r\n\r\n",
        PRIVATE.encode(),
        picture("dot", 2, 2, ".png"),
    ],
    ids=["missing", "svg", "html", "pdf", "cut", "bomb", "large", "private", "dot"],
)
def test_a_picture_that_cannot_be_had_goes_with_its_caption_and_the_article_comes(site: Site, answer: bytes) -> None:
    content = f"{TEXT}<figure><img src='/bad.jpg'><figcaption>Nothing to see</figcaption></figure><img src='/good.jpg'>"
    files = {"/bad.jpg": answer, "/good.jpg": picture("good")}
    with desk_of(site, Paper({"one": content}, files)) as desk:
        report = desk.pull()
        assert report.counts["created"] == 1
        assert any("a picture of the text left out: " in note for note in report.notes)
        post = desk.post()
        assert "Nothing to see" not in post.content
        assert "bad.jpg" not in post.content
        assert len(images(post.content)) == len(desk.media()) == 1
        assert "two metres" in post.content


def test_a_private_address_is_not_asked(site: Site) -> None:
    with desk_of(
        site, Paper({"one": f'{TEXT}<img src="http://192.168.0.1/a.jpg"><img src="http://[::1]/b.jpg">'})
    ) as desk:
        assert desk.pull().counts["created"] == 1
        assert "<img" not in desk.post().content


def test_thirty_thousand_pictures_are_bounded(site: Site) -> None:
    many = "".join(f'<img src="/p{number}.jpg">' for number in range(30_000))
    files = {f"/p{number}.jpg": picture(f"{number}", 20 + number, 20) for number in range(40)}
    with desk_of(site, Paper({"one": TEXT + many}, files)) as desk:
        report = desk.pull()
        assert report.counts["created"] == 1
        assert len(desk.asked()) == len(desk.media()) == MOST
        assert len(images(desk.post().content)) == MOST
        assert f"an article may bring {MOST} of them" in report.notes[0]


def test_an_update_asks_only_for_what_is_new(site: Site) -> None:
    files = {"/a.jpg": picture("a"), "/b.jpg": picture("b"), "/lead.jpg": picture("lead")}
    paper = Paper({"one": f'{TEXT}<img src="/a.jpg">'}, files, {"one": "/lead.jpg"})
    with desk_of(site, paper) as desk:
        desk.pull()
        desk.asked()
        paper.articles["one"] = f'<p>It fell again.</p>{TEXT}<img src="/a.jpg">'
        assert desk.pull().counts["revised"] == 1
        assert (desk.asked(), len(desk.media())) == ([], 2)
        paper.articles["one"] = f'<p>It rose again.</p>{TEXT}<img src="/a.jpg"><img src="/b.jpg"><img src="/lead.jpg">'
        assert desk.pull().counts["revised"] == 1
        assert (desk.asked(), len(desk.media())) == (["/b.jpg"], 3)
        assert len(images(desk.post().content)) == 2


def test_a_text_that_an_editor_changed_stays_and_what_is_offered_asks_nobody_else(site: Site) -> None:
    paper = Paper({"one": f'{TEXT}<img src="/a.jpg">'}, {"/a.jpg": picture("a"), "/b.jpg": picture("b")})
    with desk_of(site, paper) as desk:
        desk.pull()
        post = desk.post()
        with site.newsroom.write() as view:
            publishing.update(view, NEWSROOM, post.id, Changes(content=post.content.replace("two", "three")))
        paper.articles["one"] = f'<p>It rose again.</p>{TEXT}<img src="/b.jpg">'
        assert desk.pull().counts["offered"] == 1
        assert "three metres" in desk.post().content
        (offered, *_) = (one for one in site.posts("revision") if "rose again" in one.content)
        assert all(address.startswith(UPLOADS) for address in images(offered.content))


def test_a_picture_that_was_deleted_here_does_not_come_back(site: Site) -> None:
    from wirepress.content.media import library

    paper = Paper({"one": f'{TEXT}<img src="/a.jpg">'}, {"/a.jpg": picture("a")})
    with desk_of(site, paper) as desk:
        desk.pull()
        (media,) = desk.media()
        with site.newsroom.write() as view:
            library.delete(view, media.id)
        paper.articles["one"] = f'<p>It fell again.</p>{TEXT}<img src="/a.jpg">'
        desk.asked()
        assert desk.pull().counts["revised"] == 1
        assert (desk.asked(), desk.media(), images(desk.post().content)) == ([], [], [])


def test_a_look_that_is_stopped_leaves_no_files(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with desk_of(site, Paper({"one": f'{TEXT}<img src="/a.jpg"><img src="/b.jpg">'}, {"/a.jpg": picture("a")})) as desk:
        get = site.fetcher.get

        def stopped(url: str, *given: Any, **named: Any) -> Any:
            if url.endswith("/b.jpg"):
                raise FetchError(Fault.STOPPED, "stopped")
            return get(url, *given, **named)

        monkeypatch.setattr(site.fetcher, "get", stopped)
        site.pull(desk.number)
        assert (site.posts(), desk.media(), site.uploads()) == ([], [], [])


def test_what_failed_for_a_moment_comes_with_the_next_change(site: Site) -> None:
    paper = Paper({"one": f'{TEXT}<img src="/a.jpg">'}, {"/a.jpg": reply(503)})
    with desk_of(site, paper) as desk:
        desk.pull()
        assert images(desk.post().content) == []
        paper.files["/a.jpg"] = picture("a")
        paper.leads["one"] = "/lead.jpg"  # the entry says something else, its text is the same
        paper.files["/lead.jpg"] = picture("lead")
        assert desk.pull().counts["revised"] == 1
        assert len(images(desk.post().content)) == 1
