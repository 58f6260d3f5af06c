"""What WordPress tells readers and programs that read pages and feeds when its options are other ones: where addresses
lead, what pages link to, which posts and comments they show, and what feeds say of themselves and of their items.

`python -m tests.golden.front_options URL SOCKET DATABASE [HOST]` has a WordPress that holds the recorded site answer,
and writes `front_options.jsonl.gz`.  Markup is a theme's own and is not recorded.
"""

from __future__ import annotations

import gzip
import html
import json
import re
import sys
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from tests.golden.cases import Case
from tests.golden.options import Tables, Turned

FILE: Final = Path(__file__).parent / "front_options.jsonl.gz"
ELEVEN: Final = "economy-festival-soldiers-parliament-strike-harbour"
"""The slug of post 11, of 2024-02-11 in the categories World > Europe and Money."""

LISTS: Final = (
    "/ /?paged=2 /?s=harbour /?m=202402 /?cat=2 /?author=1 /?feed=rss2 /?feed=atom /?feed=comments-rss2"
    " /?feed=rss2&cat=2 /?p=11 /?feed=rss2&p=11 /?page_id=93 /?page_id=97 /?page_id=97&paged=2 /robots.txt"
    " /wp-sitemap.xml"
)
PATHS: Final = (
    " {r}/page/2/ {r}/page/99/ {r}/feed/ {r}/feed/atom/ {r}/feed/rdf/ {r}/comments/feed/"
    " {r}/search/harbour/ {r}/search/harbour/feed/rss2/ {r}/about/ {r}/about/page/2/"
    " {r}/team/ {r}/team/page/2/ {r}/team/feed/"
)
DATES: Final = (
    "/?feed=rss2 /?feed=atom /?feed=comments-rss2 /?m=20240531 /?m=202406 /?year=2024&monthnum=6&day=30 {r}/2024/05/31/"
    " {r}/2024/06/01/ {r}/2024/06/ {r}/2024/07/01/ {r}/feed/rdf/ {r}/comments/feed/atom/ /wp-sitemap-posts-post-1.xml"
)
LINKS: Final = (
    "/?p=11 /?p=11&x=1 /?cat=3 /?tag=breaking /?author=1 /?m=202402 /?page_id=93 /?feed=rss2&p=11 {11} {11}feed/"
    " {11}x/"
    " {11}comment-page-1/ {11}embed/ {r}/" + ELEVEN + "/ {r}/about/ {r}/about/feed/ {r}/author/admin/ {r}/2024/02/"
    " {r}/feed/ {r}/comments/feed/ {r}/page/2/ {r}/search/harbour/"
)
TALK: Final = (
    "{11} {11}comment-page-1/ {11}comment-page-2/ {11}feed/ {14} {14}comment-page-1/ {14}comment-page-2/"
    " {14}comment-page-3/ {14}feed/ {88} /?p=14&cpage=2 {r}/comments/feed/"
)

TURNED: Final[tuple[tuple[Turned, str], ...]] = (
    ({}, f"{LISTS} {PATHS} {DATES} {LINKS} {TALK}"),
    # links
    ({"permalink_structure": "/%postname%/"}, LINKS),
    ({"permalink_structure": "/archives/%post_id%"}, LINKS),
    ({"permalink_structure": "/%category%/%postname%/"}, LINKS),
    ({"permalink_structure": "/%year%/%monthnum%/%postname%/"}, LINKS),
    ({"permalink_structure": ""}, LISTS.replace("/robots.txt", "").replace("/wp-sitemap.xml", "") + " /?p=10&page=2"),
    ({"permalink_structure": "/%postname%/", "category_base": "topics", "tag_base": "marks"},
     "/?cat=3 /topics/world/ /topics/world/europe/ /marks/breaking/ /topics/nix/ /topics/world/feed/"),
    ({"permalink_structure": "/archives/%post_id%", "category_base": "topics"}, "/?cat=3 /topics/world /topics/world/"),
    # reading
    ({"posts_per_page": "3"}, LISTS + PATHS),
    ({"posts_per_page": "-1"}, "/?m=202402 {r}/page/2/ {r}/search/harbour/"),
    ({"posts_per_page": "0"}, "/?m=202402 {r}/page/2/"),
    ({"posts_per_rss": "2"}, "/?feed=rss2 {r}/feed/atom/ {r}/comments/feed/ {r}/search/harbour/feed/rss2/"),
    ({"posts_per_rss": "0"}, "/?feed=rss2"),
    ({"rss_use_excerpt": "1"}, "/?feed=rss2 {r}/feed/atom/"),
    ({"show_on_front": "page", "page_on_front": "93", "page_for_posts": "97"}, LISTS + PATHS),
    ({"show_on_front": "page", "page_for_posts": "97"}, "/ {r}/team/ {r}/team/page/2/"),
    ({"blog_charset": "ISO-8859-1"}, "/?feed=rss2 / /?p=11"),
    ({"WPLANG": "de_DE"}, "/?feed=rss2 / /?p=11"),
    ({"blog_public": "0"}, "/ /?p=11 /?feed=rss2 /robots.txt /wp-sitemap.xml"),
    ({"date_format": "d.m.Y", "time_format": "H:i", "start_of_week": "0"}, "/?feed=rss2 /?feed=comments-rss2"),
    ({"default_ping_status": "open"}, "/?p=11 {11}"),
    # dates
    ({"gmt_offset": "5.5"}, DATES),
    ({"gmt_offset": "-3.5"}, DATES),
    ({"gmt_offset": "14"}, DATES),
    ({"timezone_string": "America/New_York"}, DATES),
    # discussion
    ({"comment_order": "desc"}, TALK),
    ({"page_comments": "1", "comments_per_page": "2"}, TALK),
    ({"page_comments": "1", "comments_per_page": "2", "default_comments_page": "oldest"}, TALK),
    ({"page_comments": "1", "comments_per_page": "2", "comment_order": "desc"}, TALK),
    ({"page_comments": "1", "comments_per_page": "1", "thread_comments": "0"}, TALK),
    ({"page_comments": "1", "comments_per_page": "0"}, TALK),
    ({"thread_comments": "0"}, TALK),
    ({"close_comments_for_old_posts": "1", "close_comments_days_old": "100"}, TALK),
    ({"comment_registration": "1"}, "{11} {14}"),
    # pairs
    ({"permalink_structure": "", "page_comments": "1", "comments_per_page": "2"}, "/?p=11 /?p=14 /?p=14&cpage=1"),
    ({"permalink_structure": "", "show_on_front": "page", "page_on_front": "93", "page_for_posts": "97",
      "posts_per_page": "3"}, LISTS.replace("/robots.txt", "").replace("/wp-sitemap.xml", "")),
    ({"permalink_structure": "/%postname%/", "show_on_front": "page", "page_on_front": "93", "page_for_posts": "97",
      "posts_per_page": "3"}, LISTS + PATHS),
)  # fmt: skip
"""The options that were turned, one at a time and some together, with the addresses that were asked for: `{r}` is what
stands before paths (`/index.php`), `{11}` the address of post 11."""

RELS: Final = ("shortlink", "alternate", "https://api.w.org/", "EditURI")
KINDS: Final = ("application/rss+xml", "application/json", "application/json+oembed", "text/xml+oembed", None)
ATTRIBUTE: Final = re.compile(r"""([\w-]+)=(?:"([^"]*)"|'([^']*)')""")
FACT: Final = re.compile(
    "<(link|pubDate|lastBuildDate|updated|published|dc:date|language|id|guid|wfw:commentRss|slash:comments|title)>"
    "([^<]*)"
)
PLACE: Final = re.compile(r'<(?:atom:)?link [^>]*href="([^"]*)')
LISTED: Final = re.compile(r'<(?:h2 class="wp-block-post-title|h[2-6] class="story-title)[^"]*"><a href="([^"]*)"')
COMMENT: Final = re.compile(r'<li[^>]*\bid="comment-(\d+)"')


def recorded() -> Iterator[Case]:
    """The cases, those of one setting after each other: `turned`, `path` and `expect`."""
    with gzip.open(FILE, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def told(status: int, headers: list[tuple[str, str]], text: str) -> dict[str, Any]:
    """What an answer tells, whatever its markup is."""
    names = [(name.lower(), value.replace("http://news.", "https://news.")) for name, value in headers]
    found: dict[str, Any] = {"status": status}
    if status in (301, 302):
        return found | {"location": dict(names).get("location", "")}
    found["type"] = dict(names).get("content-type", "").lower()
    found["links"] = [value for name, value in names if name == "link"]
    if status == 200 and "html" in found["type"]:
        found |= _page(text)
    elif status == 200 and ("rss" in found["type"] or "atom" in found["type"] or "rdf" in found["type"]):
        found["feed"] = _feed(text)
    return found


def _page(text: str) -> dict[str, Any]:
    head, _, body = text.partition("</head>")
    linked = []
    for tag in re.findall(r"<link\b[^>]*>", head):
        values = {name: html.unescape(a or b) for name, a, b in ATTRIBUTE.findall(tag)}
        if values.get("rel") in RELS and values.get("type") in (*KINDS, "application/rsd+xml"):
            linked.append(f"{values['rel']} {values['href']}")
    main = body.partition("<main")[2].partition("</main>")[0]
    robots = re.search(r"""<meta name=['"]robots['"] content=['"]([^'"]*)""", head)
    found = {
        "head": sorted(linked),
        "hidden": bool(robots and "noindex" in robots[1]),
        "comments": [int(number) for number in COMMENT.findall(body)],
        "form": 'id="commentform"' in body,
    }
    if not any(link.startswith("shortlink") for link in linked):
        found["posts"] = LISTED.findall(main)
    return found


def _feed(text: str) -> dict[str, Any]:
    """What stands in a feed before its items, and of each item where it is and of when."""
    channel, *items = re.split(r"<(?:item|entry)\b", text)
    return {
        "declared": text.partition("?>")[0].strip(),
        "channel": _facts(channel),
        "items": [_facts(item) for item in items],
        "contents": text.count("<content:encoded>") + text.count("<content type"),
    }


def _facts(text: str) -> list[str]:
    found = [f"{name} {value.strip()}" for name, value in FACT.findall(text)]
    return found + [f"at {place}" for place in PLACE.findall(text)]


def addresses(turned: Turned, wanted: str, links: Mapping[str, str]) -> list[str]:
    """The addresses to ask for, each once."""
    root = "/index.php" if "index.php" in turned.get("permalink_structure", "/index.php") else ""
    filled = wanted.replace("{r}", root)
    for number, path in links.items():
        filled = filled.replace(f"{{{number}}}", path)
    return list(dict.fromkeys(filled.split()))


class WordPress:
    """A WordPress that is asked as readers ask."""

    def __init__(self, url: str, host: str) -> None:
        self.server, self.host = urlsplit(url).netloc, host

    def ask(self, path: str) -> tuple[int, list[tuple[str, str]], str]:
        connection = HTTPConnection(self.server, timeout=60)
        connection.request("GET", path, headers={"Host": self.host})
        answer = connection.getresponse()
        return answer.status, answer.getheaders(), answer.read().decode("utf-8", "replace")

    def links(self) -> dict[str, str]:
        """The paths of the posts that addresses name by their number."""
        listed = self.ask("/?rest_route=/wp/v2/posts&include=11,14,88&_fields=id,link")[2]
        return {str(post["id"]): urlsplit(post["link"]).path for post in json.loads(listed)}


def main(url: str, socket: str, database: str, host: str = "news.example.com") -> int:
    tables, wordpress, cases = Tables(socket, database), WordPress(url, host), []
    for turned, wanted in TURNED:
        with tables.turned(turned):
            paths = addresses(turned, wanted, wordpress.links())
            cases += [{"turned": dict(turned), "path": path, "expect": told(*wordpress.ask(path))} for path in paths]
    lines = "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)
    FILE.write_bytes(gzip.compress(lines.encode(), mtime=0))
    print(f"{len(cases)} cases of {len(TURNED)} settings")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
