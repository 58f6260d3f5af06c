"""Faults of feeds that users of other readers reported, and others of their kinds."""

from __future__ import annotations

import pytest

from wirepress.model.wire import Cadence, Entry, Feed
from wirepress.syndicate.parse.feed import read_feed
from wirepress.syndicate.parse.titles import title_of

URL = "https://courier.example/feeds/news.xml"
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"'
    ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    ' xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:cc="http://backend.userland.com/creativeCommonsRssModule"'
    ' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
)


def rss(items: str, head: str = "") -> bytes:
    return f'<rss version="2.0" {SPACES}><channel><title>Courier</title>{head}{items}</channel></rss>'.encode()


def atom(entries: str, attributes: str = "") -> bytes:
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>Courier</title>{entries}</feed>'.encode()


def only(body: bytes, url: str = URL) -> Entry:
    (entry,) = read_feed(body, url).entries
    return entry


class TestTitles:
    @pytest.mark.parametrize(
        ("written", "title"),
        [
            (
                "Council won&amp;#x27;t close Elm Street &amp;amp; Mill Lane",
                "Council won't close Elm Street & Mill Lane",
            ),
            ("Won&amp;amp;#8217;t &amp;amp;amp; can&amp;amp;rsquo;t", "Won’t & can’t"),
            ("Why the &lt;table&gt; tag refuses to die", "Why the <table> tag refuses to die"),
            ("&lt;marquee&gt; is back", "<marquee> is back"),
            ("From &lt;div&gt; to &lt;section&gt;", "From <div> to <section>"),
            ("Vec&lt;T&gt; and Option&lt;String&gt; in Rust", "Vec<T> and Option<String> in Rust"),
            ("&lt;3 your library card", "<3 your library card"),
            ("Rates 5 &lt; 6 &gt; 4", "Rates 5 < 6 > 4"),
            ("<![CDATA[Fish &amp; chips: price up 9 %]]>", "Fish & chips: price up 9 %"),
            ("<![CDATA[A <em>quiet</em> night<br/>at the docks]]>", "A quiet night at the docks"),
            ("<![CDATA[<b>Rain]]>", "Rain"),
            ('<![CDATA[<span class="x">Tide</span> <img src="/a.gif" alt="a > b"> gates]]>', "Tide gates"),
            ("Plain <i>inline</i> markup", "Plain inline markup"),
            ("caf&eacute; &ndash; na&iuml;ve AT&T &nosuch; &amp", "café – naïve AT&T &nosuch; &"),
            ("It&#146;s &#x80;5 &#X41;", "It’s €5 A"),
            ("Half &#55357;&#56832; face", "Half 😀 face"),
            ("Bell\x07 &#7; rings", "Bell rings"),
        ],
    )
    def test_in_rss(self, written: str, title: str) -> None:
        assert only(rss(f"<item><title>{written}</title><link>/1</link></item>")).title == title

    @pytest.mark.parametrize(
        ("element", "title"),
        [
            ('<title type="html">&lt;3 your library card</title>', "<3 your library card"),
            ('<title type="html">A &lt;em&gt;quiet&lt;/em&gt; night</title>', "A quiet night"),
            ('<title type="html">Bread &amp;amp; roses return</title>', "Bread & roses return"),
            ("<title>1 &lt; 2 &amp;amp; 3</title>", "1 < 2 &amp; 3"),
            ("<title>Don&amp;#8217;t</title>", "Don’t"),
            ("<title>Use &lt;b&gt;bold&lt;/b&gt;</title>", "Use <b>bold</b>"),
            (
                '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><em>Is</em> &lt;more&gt;</div></title>',
                "Is <more>",
            ),
        ],
    )
    def test_in_atom(self, element: str, title: str) -> None:
        assert only(atom(f"<entry>{element}<id>urn:1</id></entry>")).title == title

    def test_no_title_is_made_of_what_is_not_shown(self) -> None:
        assert title_of("<script>alert(1)</script>News <!-- cut -->today") == "News today"


class TestLinks:
    def test_the_page_among_many_links(self) -> None:
        entry = only(
            atom(
                """<entry><id>urn:1</id>
                <link rel="self" type="application/atom+xml" href="/1.xml"/><link type="text/html" href="/1.html"/>
                <link rel="alternate" type="application/json" href="/1.json"/>
                <link rel="alternate" type="application/nostr+json" href="nostr:naddr1"/>
                <link rel="replies" type="text/html" href="/comments.html"/>
                <link rel="enclosure" type="image/png">https://courier.example/never.png</link></entry>"""
            )
        )
        assert entry.link == "https://courier.example/1.html"
        assert entry.media == ()

    @pytest.mark.parametrize(
        ("links", "address"),
        [
            ('<link rel="alternate" type="application/json" href="/1.json"/><link href="/1"/>', "/1"),
            ('<link href="nostr:x"/><link href="/1"/>', "/1"),
            ('<link rel="http://www.iana.org/assignments/relation/alternate" href="/1"/>', "/1"),
            ('<link rel=" ALTERNATE " type="text/html; charset=utf-8" href="/1"/><link href="/2"/>', "/1"),
            ('<link hreflang="de" href="/de"/><link hreflang="en" href="/en"/>', "/en"),
            ('<link rel="self" href="/self.atom"/><link rel="via" href="/via"/>', "/via"),
            ("<link>https://courier.example/text</link>", "/text"),
            ('<link>https://courier.example/no</link><link href="/1"/>', "/1"),
            ('<link rel="alternate" type="application/pdf" href="/1.pdf"/>', "/1.pdf"),
            ('<link rel="alternate" type="application/json" href="/1.json"/>', "/1.json"),
            ('<content src="/out.html" type="text/html"/>', "/out.html"),
        ],
    )
    def test_in_atom(self, links: str, address: str) -> None:
        entry = only(atom(f"<entry><id>urn:1</id>{links}</entry>", 'xml:lang="en"'))
        assert entry.link == f"https://courier.example{address}"

    @pytest.mark.parametrize(
        ("links", "address"),
        [
            ("<link>/1</link><link>/2</link>", "/1"),
            ("<link>nostr:x</link><guid>https://courier.example/g</guid>", "/g"),
            ('<link></link><atom:link rel="alternate" href="/1"/>', "/1"),
            ('<atom:link rel="self" href="/self"/><link>/1</link>', "/1"),
            ('<link href="/1"/>', "/1"),
            ('<guid isPermaLink="false">https://courier.example/g</guid>', "/g"),
            ("<link>https://r.example/x</link><feedburner:origLink>/1</feedburner:origLink>", "/1"),
            ("<link>\n  https://courier.example/a?b=1&amp;amp;c=2\n</link>", "/a?b=1&c=2"),
        ],
    )
    def test_in_rss(self, links: str, address: str) -> None:
        assert only(rss(f"<item><title>x</title>{links}</item>")).link == f"https://courier.example{address}"

    def test_addresses_are_relative_to_what_is_said(self) -> None:
        entry = only(
            atom(
                '<entry xml:base="2025/"><id>urn:1</id><link href="a.html"/>'
                '<content type="html" xml:base="img/">&lt;img src="p.png" srcset="p.png 1x, q.png 2x"&gt;'
                '&lt;a href="#top"&gt;x&lt;/a&gt; text says src="p.png"</content></entry>',
                'xml:base="https://base.example/blog/"',
            )
        )
        assert entry.link == "https://base.example/blog/2025/a.html"
        at = "https://base.example/blog/2025/img/"
        assert f'<img src="{at}p.png" srcset="{at}p.png 1x, {at}q.png 2x">' in entry.content
        assert '<a href="#top">x</a> text says src="p.png"' in entry.content

    def test_those_in_the_text_of_an_item_are_relative_to_its_page(self) -> None:
        entry = only(rss("<item><link>/2025/a.html</link><description>&lt;img src=p.png&gt;</description></item>"))
        assert entry.summary == '<img src="https://courier.example/2025/p.png">'


class TestCharsets:
    TEXT = "Паром «Ёлка» снова ходит до Северной пристани"

    def feed(self, charset: str) -> str:
        declaration = f'<?xml version="1.0" encoding="{charset}"?>\n'
        return f"{declaration}<rss><channel><item><title>{self.TEXT}</title><link>/1</link></item></channel></rss>"

    @pytest.mark.parametrize("before", ["", "\n", " \r\n\t", "\n\n\n"])
    @pytest.mark.parametrize("header", ["", "text/xml", "text/xml; charset=utf-8", "text/xml; charset=windows-1251"])
    def test_what_is_declared_holds_behind_blank_lines(self, before: str, header: str) -> None:
        body = (before + self.feed("windows-1251")).encode("cp1251")
        assert read_feed(body, URL, header).entries[0].title == self.TEXT

    @pytest.mark.parametrize("declared", ["windows-1251", "iso-8859-1", "utf-16", "us-ascii", "nonsense", "GBK"])
    @pytest.mark.parametrize("header", ["", "application/rss+xml; charset=windows-1251"])
    def test_what_is_utf_8_is_not_converted_twice(self, declared: str, header: str) -> None:
        assert read_feed(self.feed(declared).encode(), URL, header).entries[0].title == self.TEXT

    @pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
    def test_marks_decide(self, charset: str) -> None:
        assert read_feed(self.feed("iso-8859-1").encode(charset), URL).entries[0].title == self.TEXT

    @pytest.mark.parametrize(
        ("charset", "text"), [("gb2312", "渡轮恢复"), ("shift_jis", "渡し船が再開"), ("iso-2022-jp", "渡し船")]
    )
    def test_charsets_of_two_bytes(self, charset: str, text: str) -> None:
        body = self.feed(charset).replace(self.TEXT, text).encode(charset)
        assert read_feed(body, URL).entries[0].title == text

    def test_a_few_wrong_bytes_do_not_spoil_the_rest(self) -> None:
        body = self.feed("utf-8").replace("«", "@").encode().replace(b"@", b"\xab")
        assert read_feed(body, URL).entries[0].title == self.TEXT


class TestTexts:
    def test_inline_markup_and_entities(self) -> None:
        entry = only(
            rss(
                "<item><title>x</title><description><p>caf&eacute; <b>x</b> &lt;y&gt;</p></description>"
                "<content:encoded><![CDATA[<p>caf&eacute;</p>]]></content:encoded></item>"
            )
        )
        assert (entry.summary, entry.content) == ("<p>café <b>x</b> &lt;y&gt;</p>", "<p>caf&eacute;</p>")

    def test_xhtml(self) -> None:
        entry = only(
            atom(
                '<entry><id>1</id><content type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml">'
                '<x:p class="a">1 &lt; 2'
                "<x:br/>b</x:p></x:div></content></entry>"
            )
        )
        assert entry.content == '<p class="a">1 &lt; 2<br>b</p>'

    def test_a_text_escaped_twice(self) -> None:
        entry = only(
            rss("<item><title>x</title><description>&amp;lt;p&amp;gt;Rain&amp;lt;/p&amp;gt;</description></item>")
        )
        assert entry.summary == "<p>Rain</p>"

    def test_two_texts(self) -> None:
        both = "<description>Short.</description><itunes:summary>Much longer, really.</itunes:summary>"
        entry = only(rss(f"<item><title>x</title>{both}</item>"))
        assert (entry.summary, entry.content) == ("Short.", "Much longer, really.")

    def test_base64(self) -> None:
        entry = only(
            atom('<entry><id>1</id><content type="text/html" mode="base64">PHA+UmFpbjwvcD4=</content></entry>')
        )
        assert entry.content == "<p>Rain</p>"


def test_media_with_what_is_said_of_each() -> None:
    entry = only(
        rss(
            """<item><title>Survey</title>
            <media:content url="https://a.example/avatar.png?s=96" medium="image">
              <media:title>ruthp</media:title></media:content>
            <media:group><media:credit>Ruth Pellerin</media:credit><media:description>The wall</media:description>
              <media:content url="/photo.png" type="image/png" width="1200" height="675"/>
              <media:content url="/film.mp4" type="video/mp4"><media:thumbnail url="/still.jpg"/></media:content>
            </media:group><media:thumbnail url="/t.jpg" width="75"/>
            <enclosure url="/a.mp3" type="audio/mpeg"/></item>"""
        )
    )
    assert [(medium.url.rpartition("/")[2], medium.alt, medium.caption) for medium in entry.media] == [
        ("photo.png", "", "The wall"), ("film.mp4", "", "The wall"), ("avatar.png?s=96", "ruthp", ""),
        ("a.mp3", "", ""), ("still.jpg", "", ""), ("t.jpg", "", ""),
    ]  # fmt: skip
    photo = entry.media[0]
    assert (photo.credit, photo.width, photo.height) == ("Ruth Pellerin", 1200, 675)
    assert photo.caption_and_credit == "The wall (Ruth Pellerin)"


def test_what_a_feed_says_of_itself() -> None:
    head = """<link>https://courier.example/</link><language>en_GB</language><ttl>90</ttl>
        <skipHours><hour>0</hour><hour>24</hour><hour>3</hour><hour>x</hour></skipHours>
        <skipDays><day>Saturday</day><day>sunday</day></skipDays><copyright>All rights</copyright>
        <atom:link rel="self" href="/self.xml"/><atom:link rel="hub" href="https://hub.example/"/>"""
    item = """<item><title>x</title><category domain="urn:desks">World</category><category>world</category>
        <dc:subject>Sea</dc:subject><cc:license>https://cc.example/by</cc:license>
        <wfw:commentRss>/1/comments</wfw:commentRss></item>"""
    feed = read_feed(rss(item, head), URL)
    assert (feed.home, feed.language, feed.itself) == (
        "https://courier.example/",
        "en-GB",
        "https://courier.example/self.xml",
    )
    assert feed.hubs == ("https://hub.example/",)
    assert feed.cadence == Cadence(5400, frozenset({0, 3}), frozenset({5, 6}))
    (entry,) = feed.entries
    assert (entry.categories, entry.schemes) == (("World", "Sea"), ("urn:desks", ""))
    assert (entry.licence, feed.licence) == ("https://cc.example/by", "All rights")
    assert (entry.language, entry.comments) == ("en-GB", "https://courier.example/1/comments")


@pytest.mark.parametrize(
    ("said", "every"),
    [
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 1800),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", 86_400),
        ("<sy:updateFrequency>0</sy:updateFrequency>", 86_400),
        ("<ttl>-5</ttl>", 0),
        ("<ttl>99999999999</ttl>", 0),
    ],
)
def test_how_often_a_feed_asks_to_be_looked_at(said: str, every: int) -> None:
    assert read_feed(rss("<item><title>x</title></item>", said), URL).cadence.every == every


FORMATS = {
    "0.90": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>C</title></channel><item><title>A</title>'
    "<link>https://a.example/1</link></item></rdf:RDF>",
    "1.0": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>C</title><items><rdf:Seq><rdf:li rdf:resource="x"/>'
    '</rdf:Seq></items></channel><item rdf:about="https://a.example/1"><title>A</title></item></rdf:RDF>',
    "0.91 with its document type": '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN"'
    ' "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>C</title><item>'
    "<title>A</title><link>https://a.example/1</link></item></channel></rss>",
    "Atom 0.3": '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>C</title><entry><title mode="escaped"'
    ' type="text/html">&lt;b&gt;A&lt;/b&gt;</title><link rel="alternate" type="text/html" href="https://a.example/1"/>'
    "</entry></feed>",
    "a lone entry": '<entry xmlns="http://www.w3.org/2005/Atom"><title>A</title><link href="https://a.example/1"/></entry>',
    "a namespace of its own": '<rss xmlns="https://courier.example/ns"><channel><title>C</title><item><title>A</title>'
    "<link>https://a.example/1</link></item></channel></rss>",
    "RSS that says it is Atom": '<rss xmlns="http://www.w3.org/2005/Atom"><channel><title>C</title><item><title>A</title>'
    "<link>https://a.example/1</link></item></channel></rss>",
    "prefixes that nobody declared": "<rss><channel><title>C</title><item><dc:title>A</dc:title>"
    '<atom:link href="https://a.example/1"/></item></channel></rss>',
    "items outside of the channel": "<rss><channel><title>C</title></channel><item><title>A</title>"
    "<link>https://a.example/1</link></item></rss>",
    "capitals": "<RSS><CHANNEL><TITLE>C</TITLE><ITEM><TITLE>A</TITLE><LINK>https://a.example/1</LINK></ITEM></CHANNEL></RSS>",
    "words before it": "<br />\n<b>Warning</b>: something in line 3<br />\n<rss><channel><item><title>A</title>"
    "<link>https://a.example/1</link></item></channel></rss>",
    "entities of its own": '<!DOCTYPE rss [<!ENTITY me "A">]><rss><channel><item><title>&me;</title>'
    "<link>https://a.example/1</link></item></channel></rss>",
    "JSON Feed": '{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "title": "A",'
    ' "url": "https://a.example/1", "content_text": "with\na line end"}]}',
    "JSON Feed without a version": '\ufeff{"title": "C", "items": [{"id": 1, "title": "A", "url": "https://a.example/1"}]}',
}


@pytest.mark.parametrize("name", FORMATS)
def test_formats(name: str) -> None:
    entry = only(FORMATS[name].encode())
    assert (entry.title, entry.link) == ("A", "https://a.example/1")


@pytest.mark.parametrize(
    "body", [rss(""), atom(""), b'{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": []}']
)
def test_a_feed_without_entries_says_so(body: bytes) -> None:
    feed: Feed = read_feed(body, URL)
    assert (feed.entries, feed.warning) == ((), "the feed lists nothing")


def test_what_google_calls_a_kind_is_no_category() -> None:
    scheme = "http://schemas.google.com/g/2005#kind"
    entry = only(atom(f'<entry><id>1</id><category scheme="{scheme}" term="post"/><category term="Sea"/></entry>'))
    assert entry.categories == ("Sea",)
