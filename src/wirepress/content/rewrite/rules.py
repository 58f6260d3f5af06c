"""What a reader's address shows: the inverse of permalinks (WordPress's rewrite rules and main query).

Resolving asks nothing of the store; `site` and `feeds` look up what the target names.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlencode

from wirepress.content.permalinks import archive_path, date_front, date_order, nested, term_base, type_base
from wirepress.content.rewrite.target import Shows, Target
from wirepress.content.rewrite.words import FEEDS, known_words, named_by, overridden, resolve_words, with_words
from wirepress.content.site import Site
from wirepress.model.registry import PostType

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
BEFORE_FEED = re.compile(r"(?:page/|comment-page-)[0-9]{1,9}|feed(?:/(?:feed|rdf|rss|rss2|atom))?")
"""What the address of a feed does not have before its last words; a redirect leaves it out (redirect_canonical)."""
PAGED = re.compile(r"(?:^|/)page/(?P<page>[0-9]{1,9})/?$")
EMBED = re.compile(r"(?:^|/)embed/?$")
PART = re.compile(r"/(?P<part>[0-9]{1,9})/?$")
COMMENT_PAGE = re.compile(r"(?:^|/)comment-page-(?P<page>[0-9]{1,9})/?$")
TRACKBACK = re.compile(r"/trackback/?$")
NAMED_ATTACHMENT = re.compile(r"(?P<above>.+)/attachment/(?P<name>[^/]+)")
ATTACHED = re.compile(r"(?P<above>.+?)(?:/attachment)?/(?P<name>[^/]+)")


_WITHOUT_COMMENTS = (Shows.TERM, Shows.AUTHOR)
"""Archives that have neither pages of comments nor trackbacks (WP_Rewrite::rewrite_rules, by the masks of their
structures)."""


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
        target = with_words(site, overridden(site, resolve_path(site, inner), words), words)
    elif inner in ("", "index.php", "index.php/"):
        target = resolve_words(site, words)
    known = known_words(site, target)
    return replace(target, rest=urlencode([pair for pair in pairs if pair[0] not in known]))


def resolve_path(site: Site, inner: str) -> Target:
    """The target of a pretty path; the front of the structure (`index.php/`) is part of it.

    Under other structures a path through index.php shows the same, and leads to the path without.
    """
    if not inner.startswith(site.root):
        return Target(Shows.NOTHING)
    rest = inner.removeprefix("index.php/").rstrip("/")
    target = Target(Shows.FRONT)
    if comments := rest.startswith("comments/feed"):
        rest = rest[len("comments/") :]
    if found := TAIL.search(rest):
        kind = FEEDS[found["feed"] or found["named"]]
        has_own_words = found["feed"] in (None, "atom", "rdf", "json")
        target = replace(target, feed=kind, comments=comments, plain=not has_own_words)
    elif found := PAGED.search(rest):
        target = replace(target, page=max(1, int(found["page"])))
    elif found := EMBED.search(rest):
        target = replace(target, embed=True)
    elif found := TRACKBACK.search(rest):
        target = replace(target, trackback=True)
    elif found := COMMENT_PAGE.search(rest):
        target = replace(target, comment_page=int(found["page"]))
    if found:
        rest = rest[: found.start()]
    if target.feed and (above := _above_feed(rest)) != rest:
        rest, target = above, replace(target, plain=True)
    rest = rest.strip("/")
    target = within(site, rest, target) if rest else target
    return target if _has_discussion(site, target) else Target(Shows.NOTHING)


def _above_feed(rest: str) -> str:
    """A path without the numbers of pages and words of feeds at its end, of which somebody may send thousands."""
    words = rest.split("/")
    kept = end = len(words)
    while end:
        named = next((n for n in (1, 2) if n <= end and BEFORE_FEED.fullmatch("/".join(words[end - n : end]))), 0)
        if not named and words[end - 1]:
            break
        end -= named or 1
        kept = end if named else kept
    return "/".join(words[:kept])


def _has_discussion(site: Site, target: Target) -> bool:
    """Whether what an address shows may have the page of comments, or the trackbacks, that it names."""
    if target.shows is Shows.FRONT and target.comment_page:
        return bool(site.front_page)
    return target.shows not in _WITHOUT_COMMENTS or not (target.comment_page or target.trackback)


def within(site: Site, rest: str, target: Target) -> Target:
    """The target below the root, in the order of WordPress's rules: kinds by their bases, searches, authors, dates,
    then posts and pages."""
    if (own := of_kind(site, rest, target)) is not None:
        return own
    if rest.startswith("search/"):
        return replace(target, shows=Shows.SEARCH, parts={"s": unquote(rest[len("search/") :].replace("+", " "))})
    author = _behind(site, rest, front(site) + "author/")
    if author and "/" not in author:  # else it may be a post's whose author is called so
        return replace(target, shows=Shows.AUTHOR, parts={"author_name": unquote(author)})
    if not target.trackback and (parts := date_path(site, rest)):
        return replace(target, shows=Shows.DATE, parts=parts)
    return _post_or_page(site.structure.lstrip("/").removeprefix("index.php/"), rest, target)


def _post_or_page(structure: str, rest: str, target: Target) -> Target:
    """The post that a path names as the structure has it, else the page."""
    # Behind this word a number is a name, as is all else (WP_Rewrite::generate_rewrite_rules).
    if (found := NAMED_ATTACHMENT.fullmatch(rest)) and pattern_of(structure).fullmatch(found["above"]):
        return replace(target, shows=Shows.PAGE, parts={"pagename": rest, "attachment": found["name"]})
    if found := pattern_of(structure).match(rest):
        parts = {name: unquote(value) for name, value in found.groupdict().items() if value and name != "part"}
        parts["path"] = rest[: found.start("part")].rstrip("/") if found["part"] else rest
        return replace(target, shows=Shows.POST, parts=parts, part=int(found["part"] or 0))
    part = 0
    if numbered := PART.search(rest):  # whatever there is under that number (WP_Rewrite::page_rewrite_rules)
        rest, part = rest[: numbered.start()], int(numbered["part"])
    parts = {"pagename": rest}
    if (found := ATTACHED.fullmatch(rest)) and pattern_of(structure).fullmatch(found["above"]):
        parts["attachment"] = found["name"]
    return replace(target, shows=Shows.PAGE, parts=parts, part=part)


@lru_cache(maxsize=16)
def _folders_of(structure: str) -> tuple[re.Pattern[str], ...]:
    """What the folders of a structure match that hold a category's or an author's posts; where it begins with
    categories, every path may be one."""
    folders = structure.strip("/").removeprefix("index.php/").split("/")[:-1]
    above = ["/".join(folders[:number]) for number in range(len(folders), 0, -1)]
    named = [folder for folder in above if re.search("%(?:category|author)%", folder)]
    known = [folder for folder in named if "%" not in re.sub("|".join(TAGS), "", folder)]
    return tuple(pattern_of(folder) for folder in known if not folder.startswith("%category%"))


def archive_above(structure: str, path: str) -> Target | None:
    """The archive of a category or of an author, in a year perhaps, that a path is as a folder of the structure
    (WP_Rewrite::generate_rewrite_rules, `walk_dirs`); None where it is none."""
    for pattern in _folders_of(structure):
        found = pattern.fullmatch(path)
        if found is None or found["part"]:
            continue
        parts = {name: unquote(value) for name, value in found.groupdict().items() if value}
        parts["folder"] = path
        if category := parts.pop("category_name", ""):
            return Target(Shows.TERM, parts | {"taxonomy": "category", "path": category})
        return Target(Shows.AUTHOR, parts)
    return None


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
