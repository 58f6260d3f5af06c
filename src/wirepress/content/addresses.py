"""What a reader's address shows: the inverse of permalinks (WordPress's rewrite rules and main query).

Resolving asks nothing of the store; `site` and `feeds` look up what the target names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlencode

from wirepress.content.permalinks import term_base
from wirepress.content.site import Site


class Shows(StrEnum):
    """The kinds of pages that readers ask for."""

    FRONT = "front"
    POST = "post"
    PAGE = "page"
    TERM = "term"
    AUTHOR = "author"
    DATE = "date"
    SEARCH = "search"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Target:
    """What an address asks for.  `parts` are the values of the permalink's tags, or the words of the query.

    `feed` is "", `rss2`, `atom`, `rdf` or `json`; `comments`: the feed of comments.  `plain`: it came by query words
    (`?p=1`), which pretty permalinks redirect.  `part` is the page of a post that is split by `<!--nextpage-->`.
    `rest` are the words of the query that say nothing of what is shown; a redirect hands them on.
    """

    shows: Shows
    parts: Mapping[str, str] = field(default_factory=dict)
    page: int = 1
    feed: str = ""
    comments: bool = False
    plain: bool = False
    embed: bool = False
    part: int = 0
    trackback: bool = False
    rest: str = ""


FEEDS = {"": "rss2", "feed": "rss2", "rss": "rss2", "rss2": "rss2", "atom": "atom", "rdf": "rdf", "json": "json"}

TAGS = {
    "%year%": r"(?P<year>[0-9]{4})",
    "%monthnum%": r"(?P<monthnum>[0-9]{1,2})",
    "%day%": r"(?P<day>[0-9]{1,2})",
    "%hour%": r"(?P<hour>[0-9]{1,2})",
    "%minute%": r"(?P<minute>[0-9]{1,2})",
    "%second%": r"(?P<second>[0-9]{1,2})",
    "%postname%": r"(?P<name>[^/]+)",
    "%post_id%": r"(?P<p>[0-9]+)",
    "%author%": r"(?P<author_name>[^/]+)",
    "%category%": r"(?P<category_name>.+?)",
}

TAIL = re.compile(r"(?:^|/)(?:feed/(?P<feed>feed|rdf|rss|rss2|atom|json)|(?P<named>feed|rdf|rss|rss2|atom))/?$")
PAGED = re.compile(r"(?:^|/)page/(?P<page>[0-9]{1,9})/?$")
EMBED = re.compile(r"(?:^|/)embed/?$")
DATE = re.compile(r"(?P<year>[0-9]{4})(?:/(?P<monthnum>[0-9]{1,2}))?(?:/(?P<day>[0-9]{1,2}))?")
COMMENT_PAGE = re.compile(r"/comment-page-[0-9]{1,9}/?$")
TRACKBACK = re.compile(r"/trackback/?$")
ATTACHED = re.compile(r"(?P<above>.+?)(?:/attachment)?/(?P<name>[^/]+)")
LAST_PAGE = 999_999_999

KNOWN = frozenset(("p", "page_id", "attachment_id", "name", "pagename", "cat", "category_name", "tag", "author")) | {
    *("author_name", "m", "year", "monthnum", "day", "paged", "feed", "page", "embed", "tb", "withoutcomments")
}
"""The query words that say what is shown: a redirect to a pretty address leaves them out."""


@lru_cache(maxsize=16)
def pattern_of(structure: str) -> re.Pattern[str]:
    """The expression that a permalink structure matches with; a number behind it is a part of the post."""
    body = re.sub(r"%\w+%", lambda m: f"\0{m[0]}\0", structure.strip("/"))
    pieces = [TAGS.get(piece, re.escape(piece)) for piece in body.split("\0")]
    return re.compile("".join(pieces) + r"(?:/(?P<part>[0-9]{1,9}))?/?$")


def resolve(site: Site, path: str, query: str) -> Target:
    """The target of a path (percent-encoded, as sent) and its query."""
    pairs = parse_qsl(query, keep_blank_values=True)[:200]
    words = dict(pairs)
    inner = path.lstrip("/")
    target = Target(Shows.NOTHING)
    if site.structure and inner not in ("", "index.php", "index.php/"):
        target = with_words(resolve_path(site, inner), words)
    elif inner in ("", "index.php", "index.php/"):
        target = resolve_words(words)
    shown = KNOWN | ({"s"} if target.shows is Shows.SEARCH else frozenset())
    return replace(target, rest=urlencode([pair for pair in pairs if pair[0] not in shown]))


def resolve_words(words: Mapping[str, str]) -> Target:
    """The target of WordPress's public query words on the front address."""
    target = Target(Shows.FRONT)
    parts: dict[str, str] = {}
    if words.get("s") is not None:
        target = Target(Shows.SEARCH, {"s": words["s"]})
    elif number(words.get("p", "")) or number(words.get("attachment_id", "")):
        target = Target(Shows.POST, {"p": words.get("p") or words["attachment_id"]}, plain=True)
    elif number(words.get("page_id", "")):
        target = Target(Shows.PAGE, {"p": words["page_id"]}, plain=True)
    elif words.get("name"):
        target = Target(Shows.POST, {"name": words["name"]}, plain=True)
    elif words.get("pagename"):
        target = Target(Shows.PAGE, {"pagename": words["pagename"]}, plain=True)
    elif number(words.get("cat", "")):
        target = Target(Shows.TERM, {"taxonomy": "category", "id": words["cat"]}, plain=True)
    elif words.get("category_name"):
        target = Target(Shows.TERM, {"taxonomy": "category", "path": words["category_name"]}, plain=True)
    elif words.get("tag"):
        target = Target(Shows.TERM, {"taxonomy": "post_tag", "path": words["tag"]}, plain=True)
    elif number(words.get("author", "")):
        target = Target(Shows.AUTHOR, {"id": words["author"]}, plain=True)
    elif words.get("author_name"):
        target = Target(Shows.AUTHOR, {"author_name": words["author_name"]}, plain=True)
    else:
        if re.fullmatch(r"[0-9]{4}(?:[0-9]{2}(?:[0-9]{2})?)?", words.get("m", "")):
            m = words["m"]
            parts = {n: v for n, v in zip(("year", "monthnum", "day"), (m[:4], m[4:6], m[6:8]), strict=True) if v}
        parts |= {n: words[n] for n in ("year", "monthnum", "day") if number(words.get(n, ""))}
        if "year" in parts:
            target = Target(Shows.DATE, parts, plain=True)
    return with_words(target, words)


def with_words(target: Target, words: Mapping[str, str]) -> Target:
    """The target with what the query adds on any address: the page, and the feed."""
    if number(words.get("paged", "")):
        target = replace(target, page=min(max(1, int(words["paged"])), LAST_PAGE), plain=True)
    if number(words.get("page", "")) and target.shows in (Shows.POST, Shows.PAGE):
        target = replace(target, part=min(int(words["page"]), LAST_PAGE), plain=True)
    named = words.get("feed", "")
    if named and (kind := FEEDS.get(named.removeprefix("comments-"))) is not None:
        target = replace(target, feed=kind, plain=True, comments=named.startswith("comments-") or target.comments)
    if target.feed and words.get("withcomments", "0") not in ("", "0"):
        target = replace(target, comments=True)
    if words.get("embed", "0") not in ("", "0"):
        target = replace(target, embed=True)
    if words.get("tb") == "1":
        target = replace(target, trackback=True)
    # A preview is shown where it was asked for.
    return replace(target, plain=False) if words.get("preview") == "true" and not target.feed else target


def resolve_path(site: Site, inner: str) -> Target:
    """The target of a pretty path; the front of the structure (`index.php/`) is part of it."""
    root = site.root
    if root and not inner.startswith(root):
        return Target(Shows.NOTHING)
    rest = inner[len(root) :]
    target = Target(Shows.FRONT)
    if comments := rest.startswith("comments/feed"):
        rest = rest[len("comments/") :]
    if found := TAIL.search(rest):
        target = replace(target, feed=FEEDS[found["feed"] or found["named"]], comments=comments)
        rest = rest[: found.start()]
    elif found := PAGED.search(rest):
        target = replace(target, page=max(1, int(found["page"])))
        rest = rest[: found.start()]
    elif found := EMBED.search(rest):
        target = replace(target, embed=True)
        rest = rest[: found.start()]
    elif found := TRACKBACK.search(rest):
        target = replace(target, trackback=True)
        rest = rest[: found.start()]
    elif found := COMMENT_PAGE.search(rest):
        rest = rest[: found.start()]
    rest = rest.strip("/")
    if not rest:
        return target
    return within(site, rest, target)


def within(site: Site, rest: str, target: Target) -> Target:
    """The target below the root: archives by their bases, then the post structure, then pages."""
    for taxonomy in ("category", "post_tag", "post_format"):
        base = term_base(site, taxonomy).removeprefix(site.root).strip("/") + "/"
        if rest.startswith(base):
            path = unquote(rest[len(base) :])
            return replace(target, shows=Shows.TERM, parts={"taxonomy": taxonomy, "path": path})
    if rest.startswith((author := front(site) + "author") + "/"):
        return replace(target, shows=Shows.AUTHOR, parts={"author_name": unquote(rest[len(author) + 1 :])})
    if rest.startswith("search/"):
        return replace(target, shows=Shows.SEARCH, parts={"s": unquote(rest[len("search/") :].replace("+", " "))})
    structure = site.structure.lstrip("/").removeprefix("index.php/")
    if found := pattern_of(structure).match(rest):
        parts = {name: unquote(value) for name, value in found.groupdict().items() if value and name != "part"}
        parts["path"] = rest
        part = int(found["part"]) if found.groupdict().get("part") else 0
        return replace(target, shows=Shows.POST, parts=parts, part=part)
    if found := DATE.fullmatch(date_part(site, rest)):
        return replace(target, shows=Shows.DATE, parts={n: v for n, v in found.groupdict().items() if v})
    parts = {"pagename": rest}
    if (found := ATTACHED.fullmatch(rest)) and pattern_of(structure).fullmatch(found["above"]):
        parts["attachment"] = found["name"]
    return replace(target, shows=Shows.PAGE, parts=parts)


def date_part(site: Site, rest: str) -> str:
    """The part of a date archive's path behind its base (`date/` where posts are told apart by their ids)."""
    base = front(site) + ("date/" if re.match(r"/?(?:index\.php/)?%post_id%", site.structure) else "")
    return rest[len(base) :] if rest.startswith(base) else ""


def front(site: Site) -> str:
    """The fixed words before the first tag of the structure, behind `index.php/`."""
    return site.front.removeprefix("index.php/")


def verbose(site: Site) -> bool:
    """Whether pages come before posts, because an address could be either's (use_verbose_page_rules)."""
    return (
        site.structure.lstrip("/")
        .removeprefix("index.php/")
        .startswith(("%postname%", "%category%", "%tag%", "%author%"))
    )


def number(text: str) -> bool:
    """Whether it is a positive whole number of a size that an id can have."""
    return bool(text) and text.isascii() and text.isdigit() and 0 < len(text.lstrip("0")) < 19
