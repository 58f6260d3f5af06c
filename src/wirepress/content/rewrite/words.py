"""What the words of an address's query ask for (WordPress's public query variables)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote, unquote

from wirepress.content.permalinks import archive_path
from wirepress.content.rewrite.target import Shows, Target
from wirepress.content.site import Site
from wirepress.model.registry import PostType, Taxonomy

FEEDS = {"": "rss2", "feed": "rss2", "rss": "rss2", "rss2": "rss2", "atom": "atom", "rdf": "rdf", "json": "json"}

LAST_PAGE = 999_999_999

KNOWN = frozenset(("p", "page_id", "attachment_id", "name", "pagename", "cat", "category_name", "tag", "author")) | {
    *("author_name", "m", "year", "monthnum", "day", "paged", "feed", "page", "embed", "tb", "withoutcomments")
}
"""The query words that say what is shown: a redirect to a pretty address leaves them out."""


def known_words(site: Site, target: Target) -> frozenset[str]:
    """The query words that a redirect leaves out."""
    known = KNOWN | site_words(site) | {"preview"}
    if target.shows is Shows.SEARCH:
        known |= {"s"}
    if target.feed:
        known -= {"paged"}
    if target.comment_page:
        known |= {"cpage"}
    if target.shows in _LISTS:  # which have no parts
        known -= {"page"}
    return known - {"embed"} if target.plain else known


_PUBLIC = KNOWN - {"page", "paged"} | {
    "posts", "w", "withcomments", "search", "exact", "sentence", "calendar", "more", "pb", "order", "orderby", "hour",
    "minute", "second", "error", "attachment", "subpost", "subpost_id", "robots", "favicon", "taxonomy", "term",
}  # fmt: skip
"""The query words that WordPress has a use for, but those that say which page of a page is meant."""

_DATED = ("year", "monthnum", "day")
_LISTS = (Shows.TERM, Shows.AUTHOR, Shows.DATE)
_POST_WORDS = (("page_id", "p", Shows.PAGE), ("name", "name", Shows.POST), ("pagename", "pagename", Shows.PAGE))
_ARCHIVE_WORDS = (("cat", "id", Shows.TERM), ("author", "id", Shows.AUTHOR),
                  ("author_name", "author_name", Shows.AUTHOR))  # fmt: skip
"""Query words with the part of a target that each gives, in the order in which they count."""


def site_words(site: Site) -> frozenset[str]:
    """The query words that name posts and terms of the site's own kinds."""
    types = {kind.query_var for kind in site.registry.types.values()}
    taxonomies = {kind.query_var for kind in site.registry.taxonomies.values()}
    return frozenset((types | taxonomies | {"post_type", "taxonomy", "term"}) - {""})


def resolve_words(site: Site, words: Mapping[str, str]) -> Target:
    """The target of WordPress's public query words on the front address."""
    if words.get("s") is not None:
        target = Target(Shows.SEARCH, {"s": words["s"]})
    elif post := leading(words.get("p", "")) or leading(words.get("attachment_id", "")):
        target = Target(Shows.POST, {"p": post}, plain=True)
    elif slug := words.get("attachment", ""):
        target = Target(Shows.POST, {"attachment": slug, "name": slug}, plain=True)
    else:
        named = _by_words(words, _POST_WORDS) or of_own_words(site, words) or _by_words(words, _ARCHIVE_WORDS)
        target = named or _of_date_words(words) or _front(site, words)
    return with_words(site, target, words)


def _front(site: Site, words: Mapping[str, str]) -> Target:
    """The front address with words that name nothing of their own: any that WordPress has a use for asks for the list
    of posts, even where a page stands in its place (WP_Query::parse_query)."""
    named = {name for name, value in words.items() if value}
    ask_for_list = bool(named) and not named.isdisjoint(_PUBLIC | site_words(site))
    return Target(Shows.FRONT, {"list": "posts"} if ask_for_list else {}, plain=_are_empty(words))


def _are_empty(words: Mapping[str, str]) -> bool:
    """Whether words ask for nothing that the front page would not be without them."""
    return any(words.get(name) == "" for name in ("p", "page_id", "cat", "tag"))


def overridden(site: Site, target: Target, words: Mapping[str, str]) -> Target:
    """The target of a path with what the query says otherwise: its words count before those of the path
    (WP::parse_request)."""
    if post := leading(words.get("p", "")):
        return replace(target, shows=Shows.POST, parts={"name": "", **target.parts, "p": post}, plain=True)
    match target.shows:
        case Shows.PAGE:
            return _other_page(target, words)
        case Shows.POST if "type" not in target.parts:
            dated = {name: words[name] for name in _DATED if number(words.get(name, ""))}
            parts = {**target.parts, **dated}
            if name := words.get("name", ""):
                return replace(target, parts={**parts, "name": name}, plain=True)
            return replace(target, parts=parts)
        case Shows.DATE:
            dated = {name: words[name] for name in _DATED if number(words.get(name, ""))}
            return replace(target, parts={**target.parts, **dated}, plain=bool(dated))
        case Shows.TERM:
            slug = _slug_in(words, site.registry.taxonomies[target.parts["taxonomy"]])
            return replace(target, parts={**target.parts, "path": slug}, plain=True) if slug else target
        case Shows.AUTHOR if name := words.get("author_name", ""):
            return replace(target, parts={"author_name": name}, plain=True)
        case Shows.AUTHOR if number(words.get("author", "")):
            return replace(target, plain=True)
    return target


def _other_page(target: Target, words: Mapping[str, str]) -> Target:
    if number(page := words.get("page_id", "")):
        return replace(target, parts={**target.parts, "p": page}, plain=True)
    if path := words.get("pagename", ""):
        return replace(target, parts={"pagename": path}, here=True)
    if name := words.get("name", ""):
        return replace(target, shows=Shows.POST, parts={"name": name}, plain=True)
    return target


def _by_words(words: Mapping[str, str], table: Sequence[tuple[str, str, Shows]]) -> Target | None:
    for word, part, shows in table:
        value = words.get(word, "")
        if word == "page_id" or (word == "cat" and "," not in value):
            value = leading(value)
        if number(value) or (value and part not in ("p", "id")):
            parts = {"taxonomy": "category", part: value} if shows is Shows.TERM else {part: value}
            return Target(shows, parts, plain=True, here=word in ("pagename", "author_name"))
    return None


def of_own_words(site: Site, words: Mapping[str, str]) -> Target | None:
    """The target of words that types and taxonomies bring: a post, a term, the page of a type."""
    for kind in site.registry.types.values():
        if kind.query_var and words.get(kind.query_var):
            return Target(Shows.POST, {"type": kind.name, named_by(kind): words[kind.query_var]}, plain=True)
    for taxonomy in site.registry.taxonomies.values():
        if slug := _slug_in(words, taxonomy):
            is_format = taxonomy.name == "post_format"
            return Target(Shows.TERM, {"taxonomy": taxonomy.name, "path": slug}, plain=True, here=is_format)
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
    m = re.sub(r"[^0-9]", "", words.get("m", "")[:20])
    if m:  # a month or a day of one figure says nothing (WP_Query::get_posts)
        parts = {"year": m[:4]} | {n: v for n, v in (("monthnum", m[4:6]), ("day", m[6:8])) if len(v) == 2}
    parts |= {n: words[n] for n in _DATED if number(words.get(n, ""))}
    if "year" not in parts:
        return None
    return Target(Shows.DATE, parts, plain=True, here=bool(m) and len(m) not in (4, 6, 8))


def with_words(site: Site, target: Target, words: Mapping[str, str]) -> Target:
    """The target with what the query adds on any address: the page, and the feed."""
    target = _with_feed(target, words)
    if page := leading(words.get("paged", "").removeprefix("-")):
        target = replace(target, page=min(int(page), LAST_PAGE), plain=target.plain or not target.feed)
    if number(words.get("page", "")) and target.shows in (Shows.POST, Shows.PAGE):
        target = replace(target, part=min(int(words["page"]), LAST_PAGE), plain=True)
    target = _with_comment_page(site, target, words)
    if words.get("embed", "0") not in ("", "0"):
        target = replace(target, embed=True)
    if words.get("tb") == "1":
        target = replace(target, trackback=True)
    return target


def _with_comment_page(site: Site, target: Target, words: Mapping[str, str]) -> Target:
    """The target with the page of comments that the query names; it counts where comments are cut into pages."""
    if target.shows not in (Shows.POST, Shows.PAGE) or not number(words.get("cpage", "")):
        return target
    if not site.flag("page_comments"):
        return target
    return replace(target, comment_page=min(int(words["cpage"]), LAST_PAGE), plain=True)


def _with_feed(target: Target, words: Mapping[str, str]) -> Target:
    named = words.get("feed", "")
    if named and named.removeprefix("comments-") not in FEEDS:
        return replace(target, shows=Shows.NOTHING)
    if named and (kind := FEEDS.get(named.removeprefix("comments-"))) is not None:
        target = replace(target, feed=kind, plain=True, comments=named.startswith("comments-") or target.comments)
    if target.feed and words.get("withcomments", "0") not in ("", "0"):
        target = replace(target, comments=True)
    return target


def leading(text: str) -> str:
    """The number that a text begins with, as PHP reads one from it; "" for none.  One that is larger than an id can be
    names nothing that there is."""
    found = re.match(r"[ \t\n\r\v\f]*\+?0*([0-9]+)", text[:60])
    return "" if found is None or found[1] == "0" else found[1][:18]


def number(text: str) -> bool:
    """Whether it is a positive whole number of a size that an id can have."""
    return bool(text) and text.isascii() and text.isdigit() and 0 < len(text.lstrip("0")) < 19


def encoded_slug(slug: str) -> str:
    """A slug as rows hold it: other scripts percent-encoded in lower case."""
    if slug.isascii() and "%" not in slug:
        return slug
    return quote(unquote(slug), safe="-_~.").lower()
