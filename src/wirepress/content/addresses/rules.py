"""What a reader's address shows: the inverse of permalinks (WordPress's rewrite rules and main query).

Resolving asks nothing of the store; `site` and `feeds` look up what the target names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlencode

from wirepress.content.permalinks import archive_path, date_front, date_order, nested, term_base, type_base
from wirepress.content.site import Site
from wirepress.model.registry import PostType, Taxonomy


class Shows(StrEnum):
    """The kinds of pages that readers ask for."""

    FRONT = "front"
    POST = "post"
    PAGE = "page"
    TERM = "term"
    AUTHOR = "author"
    DATE = "date"
    TYPE = "type"
    SEARCH = "search"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Target:
    """What an address asks for.  `parts` are the values of the permalink's tags, or the words of the query.

    `feed` is "", `rss2`, `atom`, `rdf` or `json`; `comments`: the feed of comments.  `plain`: it came by query words
    (`?p=1`), which pretty permalinks redirect, but not for a `preview`.  `part` is the page of a post that is split by
    `<!--nextpage-->`.  `rest` are the words of the query that say nothing of what is shown; a redirect hands them on.
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
    preview: bool = False
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
PART = re.compile(r"/(?P<part>[0-9]{1,9})/?$")
COMMENT_PAGE = re.compile(r"/comment-page-[0-9]{1,9}/?$")
TRACKBACK = re.compile(r"/trackback/?$")
ATTACHED = re.compile(r"(?P<above>.+?)(?:/attachment)?/(?P<name>[^/]+)")
LAST_PAGE = 999_999_999

KNOWN = frozenset(("p", "page_id", "attachment_id", "name", "pagename", "cat", "category_name", "tag", "author")) | {
    *("author_name", "m", "year", "monthnum", "day", "paged", "feed", "page", "embed", "tb", "withoutcomments")
}
"""The query words that say what is shown: a redirect to a pretty address leaves them out."""


_POST_WORDS = (("page_id", "p", Shows.PAGE), ("name", "name", Shows.POST), ("pagename", "pagename", Shows.PAGE))
_ARCHIVE_WORDS = (("cat", "id", Shows.TERM), ("author", "id", Shows.AUTHOR),
                  ("author_name", "author_name", Shows.AUTHOR))  # fmt: skip
"""Query words with the part of a target that each gives, in the order in which they count."""


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
        target = resolve_words(site, words)
    known = KNOWN | site_words(site)
    if target.shows is Shows.SEARCH:
        known |= {"s"}
    return replace(target, rest=urlencode([pair for pair in pairs if pair[0] not in known]))


def site_words(site: Site) -> frozenset[str]:
    """The query words that name posts and terms of the site's own kinds."""
    types = {kind.query_var for kind in site.registry.types.values()}
    taxonomies = {kind.query_var for kind in site.registry.taxonomies.values()}
    return frozenset((types | taxonomies | {"post_type", "taxonomy", "term"}) - {""})


def resolve_words(site: Site, words: Mapping[str, str]) -> Target:
    """The target of WordPress's public query words on the front address."""
    if words.get("s") is not None:
        target = Target(Shows.SEARCH, {"s": words["s"]})
    elif number(words.get("p", "")) or number(words.get("attachment_id", "")):
        target = Target(Shows.POST, {"p": words.get("p") or words["attachment_id"]}, plain=True)
    else:
        named = _by_words(words, _POST_WORDS) or of_own_words(site, words) or _by_words(words, _ARCHIVE_WORDS)
        target = named or _of_date_words(words) or Target(Shows.FRONT)
    return with_words(target, words)


def _by_words(words: Mapping[str, str], table: Sequence[tuple[str, str, Shows]]) -> Target | None:
    for word, part, shows in table:
        value = words.get(word, "")
        if number(value) or (value and part not in ("p", "id")):
            parts = {"taxonomy": "category", part: value} if shows is Shows.TERM else {part: value}
            return Target(shows, parts, plain=True)
    return None


def of_own_words(site: Site, words: Mapping[str, str]) -> Target | None:
    """The target of words that types and taxonomies bring: a post, a term, the page of a type."""
    for kind in site.registry.types.values():
        if kind.query_var and words.get(kind.query_var):
            return Target(Shows.POST, {"type": kind.name, named_by(kind): words[kind.query_var]}, plain=True)
    for taxonomy in site.registry.taxonomies.values():
        if slug := _slug_in(words, taxonomy):
            return Target(Shows.TERM, {"taxonomy": taxonomy.name, "path": slug}, plain=True)
    of = site.type(words.get("post_type", ""))
    if of is None or not archive_path(site, of):
        return None
    return Target(Shows.TYPE, {"type": of.name}, plain=True)


def _slug_in(words: Mapping[str, str], taxonomy: Taxonomy) -> str:
    """The slug of the term of a taxonomy that a query names, "" when it names none."""
    slug = taxonomy.query_var and words.get(taxonomy.query_var, "")
    if not slug and taxonomy.publicly_queryable and words.get("taxonomy") == taxonomy.name:
        slug = words.get("term", "")
    if taxonomy.name == "post_format":
        return slug.removeprefix("post-format-")
    return slug


def named_by(kind: PostType) -> str:
    """Which part of a target names a post of the type: its slug, or in a hierarchy its path."""
    return "pagename" if kind.hierarchical else "name"


def _of_date_words(words: Mapping[str, str]) -> Target | None:
    """The target of the parts of a date that a query names; none without a year."""
    parts: dict[str, str] = {}
    if re.fullmatch(r"[0-9]{4}(?:[0-9]{2}(?:[0-9]{2})?)?", words.get("m", "")):
        m = words["m"]
        parts = {n: v for n, v in zip(("year", "monthnum", "day"), (m[:4], m[4:6], m[6:8]), strict=True) if v}
    parts |= {n: words[n] for n in ("year", "monthnum", "day") if number(words.get(n, ""))}
    if "year" not in parts:
        return None
    return Target(Shows.DATE, parts, plain=True)


def with_words(target: Target, words: Mapping[str, str]) -> Target:
    """The target with what the query adds on any address: the page, and the feed."""
    if number(words.get("paged", "")):
        target = replace(target, page=min(max(1, int(words["paged"])), LAST_PAGE), plain=True)
    if number(words.get("page", "")) and target.shows in (Shows.POST, Shows.PAGE):
        target = replace(target, part=min(int(words["page"]), LAST_PAGE), plain=True)
    target = _with_feed(target, words)
    if words.get("embed", "0") not in ("", "0"):
        target = replace(target, embed=True)
    if words.get("tb") == "1":
        target = replace(target, trackback=True)
    return replace(target, preview=bool(words.get("preview")))


def _with_feed(target: Target, words: Mapping[str, str]) -> Target:
    named = words.get("feed", "")
    if named and (kind := FEEDS.get(named.removeprefix("comments-"))) is not None:
        target = replace(target, feed=kind, plain=True, comments=named.startswith("comments-") or target.comments)
    if target.feed and words.get("withcomments", "0") not in ("", "0"):
        target = replace(target, comments=True)
    return target


def resolve_path(site: Site, inner: str) -> Target:
    """The target of a pretty path; the front of the structure (`index.php/`) is part of it.

    Under other structures a path through index.php shows the same, and leads to the path without.
    """
    if not inner.startswith(site.root):
        return Target(Shows.NOTHING)
    rest = inner.removeprefix("index.php/")
    target = Target(Shows.FRONT)
    if comments := rest.startswith("comments/feed"):
        rest = rest[len("comments/") :]
    if found := TAIL.search(rest):
        target = replace(target, feed=FEEDS[found["feed"] or found["named"]], comments=comments)
    elif found := PAGED.search(rest):
        target = replace(target, page=max(1, int(found["page"])))
    elif found := EMBED.search(rest):
        target = replace(target, embed=True)
    elif found := TRACKBACK.search(rest):
        target = replace(target, trackback=True)
    else:
        found = COMMENT_PAGE.search(rest)
    if found:
        rest = rest[: found.start()]
    rest = rest.strip("/")
    return within(site, rest, target) if rest else target


def within(site: Site, rest: str, target: Target) -> Target:
    """The target below the root, in the order of WordPress's rules: kinds by their bases, searches, authors, dates,
    then posts and pages."""
    if (own := of_kind(site, rest, target)) is not None:
        return own
    if rest.startswith("search/"):
        return replace(target, shows=Shows.SEARCH, parts={"s": unquote(rest[len("search/") :].replace("+", " "))})
    if rest.startswith((author := front(site) + "author") + "/"):
        return replace(target, shows=Shows.AUTHOR, parts={"author_name": unquote(rest[len(author) + 1 :])})
    if parts := date_path(site, rest):
        return replace(target, shows=Shows.DATE, parts=parts)
    return _post_or_page(site.structure.lstrip("/").removeprefix("index.php/"), rest, target)


def _post_or_page(structure: str, rest: str, target: Target) -> Target:
    """The post that a path names as the structure has it, else the page."""
    if found := pattern_of(structure).match(rest):
        parts = {name: unquote(value) for name, value in found.groupdict().items() if value and name != "part"}
        parts["path"] = rest
        return replace(target, shows=Shows.POST, parts=parts, part=int(found["part"] or 0))
    parts = {"pagename": rest}
    if (found := ATTACHED.fullmatch(rest)) and pattern_of(structure).fullmatch(found["above"]):
        parts["attachment"] = found["name"]
    return replace(target, shows=Shows.PAGE, parts=parts)


def of_kind(site: Site, rest: str, target: Target) -> Target | None:
    """The target behind the base of a taxonomy or of a site's own type."""
    own = [kind for kind in site.registry.types.values() if kind.rewrite and not kind.builtin]
    for kind in own:
        if rest == archive_path(site, kind).removeprefix(site.root).strip("/"):
            return replace(target, shows=Shows.TYPE, parts={"type": kind.name})
    for taxonomy in site.registry.taxonomies.values():
        if not taxonomy.rewrite:
            continue
        path = _behind(site, rest, term_base(site, taxonomy.name).strip("/") + "/")
        if path and (nested(site, taxonomy.name) or "/" not in path):
            return replace(target, shows=Shows.TERM, parts={"taxonomy": taxonomy.name, "path": unquote(path)})
    for kind in own:
        if path := _behind(site, rest, type_base(site, kind)):
            return of_own_type(kind, path, target)
    return None


def _behind(site: Site, rest: str, base: str) -> str:
    """What of a path stands behind a base, "" when it does not begin with it."""
    base = base.removeprefix(site.root)
    return rest[len(base) :] if rest.startswith(base) else ""


def of_own_type(kind: PostType, path: str, target: Target) -> Target | None:
    """A post of a type behind its base; a number behind it is a part of the post."""
    part = 0
    if found := PART.search(path):
        path, part = path[: found.start()], int(found["part"])
    if "/" in path and not kind.hierarchical:
        return None
    parts = {"type": kind.name, named_by(kind): unquote(path)}
    return replace(target, shows=Shows.POST, parts=parts, part=part)


@lru_cache(maxsize=16)
def _date_patterns(order: str) -> tuple[re.Pattern[str], ...]:
    """What the addresses of days, months and years look like where they stand in this order."""
    tokens = order.split("/")
    kept = (tokens, [t for t in tokens if t != "%day%"], ["%year%"])
    return tuple(re.compile("/".join(TAGS[token] for token in some)) for some in kept)


def date_path(site: Site, rest: str) -> dict[str, str]:
    """The parts of the date that a path names (get_date_permastruct); none when it is no date's."""
    base = date_front(site).removeprefix("index.php/")
    if not rest.startswith(base):
        return {}
    for pattern in _date_patterns(date_order(site)):
        if found := pattern.fullmatch(rest, len(base)):
            return found.groupdict()
    return {}


def front(site: Site) -> str:
    """The fixed words before the first tag of the structure, behind `index.php/`."""
    return site.front.removeprefix("index.php/")


def verbose(site: Site) -> bool:
    """Whether pages come before posts, because an address could be either's (use_verbose_page_rules)."""
    structure = site.structure.lstrip("/").removeprefix("index.php/")
    return structure.startswith(("%postname%", "%category%", "%tag%", "%author%"))


def number(text: str) -> bool:
    """Whether it is a positive whole number of a size that an id can have."""
    return bool(text) and text.isascii() and text.isdigit() and 0 < len(text.lstrip("0")) < 19
