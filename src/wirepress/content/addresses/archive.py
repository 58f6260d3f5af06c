"""What a reader's address finds: the article, the page of an archive, or where to go instead.

The main query of WordPress's front end (WP_Query::parse_query), for `site` and `feeds` alike.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import MAXYEAR

from wirepress.content import permalinks
from wirepress.content.addresses.page import Shown, lists_posts, visible
from wirepress.content.addresses.redirects import missed, settled, towards
from wirepress.content.identity.viewer import ANONYMOUS
from wirepress.content.newsroom import View
from wirepress.content.posts import reading
from wirepress.content.rewrite import named_post
from wirepress.content.rewrite.rules import archive_above, verbose
from wirepress.content.rewrite.target import Shows, Target
from wirepress.content.rewrite.words import encoded_slug, number
from wirepress.content.site import Site
from wirepress.model.moment import Stamp
from wirepress.model.post import Post
from wirepress.model.query import PostQuery, TermFilter, TermQuery
from wirepress.model.term import Term
from wirepress.model.user import User
from wirepress.store import terms as term_store
from wirepress.store import users as user_store

_MOST_POSTS = 100
"""On a page."""
_MOST_TERMS = 10
"""That an address may name beside each other."""


def show(view: View, target: Target, path: str) -> Shown:
    """What `target` finds; `path` is the path that was asked for, to tell whether it is the thing's own."""
    match target.shows:
        case Shows.POST | Shows.PAGE:
            shown = article(view, target)
        case Shows.TERM:
            shown = of_term(view, target)
        case Shows.AUTHOR:
            shown = of_author(view, target)
        case Shows.DATE:
            shown = of_date(view, target)
        case Shows.TYPE:
            shown = of_type(view, target)
        case Shows.SEARCH:
            shown = of_search(view, target)
        case Shows.FRONT:
            shown = front(view, target)
        case _:
            shown = nothing(view, target, path)
    shown = settled(view, shown, path)
    return shown if shown.elsewhere.partition("?")[0] != view.site.home + path else _here(view, shown)


def _here(view: View, shown: Shown) -> Shown:
    """What a redirect to the path that was asked for leads to.  The post at its own address is shown there, however the
    path was read: in `/news/coast/2/` a slug that is a number is read as a part of another post."""
    if shown.target.plain:
        return shown  # to the path without words of the query
    if shown.post is None:
        return replace(shown, elsewhere="", found=False)
    return Shown(replace(shown.target, part=0), post=shown.post, canonical=view.lookup.permalink(shown.post))


def nothing(view: View, target: Target, path: str) -> Shown:
    """An address that means nothing; one that begins with two slashes is tried again with one."""
    if path.startswith("//"):
        return Shown(target, elsewhere=f"{view.site.home}/{path.lstrip('/')}", guessed=True)
    return Shown(target, found=False)


# ---- one article


def article(view: View, target: Target) -> Shown:
    """The post or page of an address."""
    post = post_of(view, target)
    if post is None:
        return _without_post(view, target)
    if not visible(view, post):
        return missed(view, target)
    if target.plain and len(target.parts) > 1 and "p" in target.parts:
        return towards(view, target, post)  # a number beside a path (redirect_canonical)
    if post.type == "attachment" and not view.site.flag("wp_attachment_pages_enabled"):
        return Shown(target, post=post, elsewhere=view.site.upload_url(str(post.first_meta("_wp_attached_file"))))
    link = view.lookup.permalink(post)
    if lists_posts(view.site, post):
        # A path of one word is read as a post's; a list has no parts, and is of no year that the query names.
        return newest(view, replace(target, shows=Shows.PAGE, parts={}, part=0), link)
    if target.part > last_part(post):
        return Shown(replace(target, part=0), post=post, canonical=link, elsewhere=link, guessed=True)
    return Shown(target, post=post, canonical=link)


def _without_post(view: View, target: Target) -> Shown:
    """What there is at an address that no post has: a page's may be that of a list as well.  Where the structure begins
    with categories every path may be one of categories, and no slug is guessed (`use_verbose_page_rules`)."""
    parts, structure = target.parts, view.site.structure
    if "pagename" not in parts or "type" in parts:
        return missed(view, target)
    if target.part and not target.plain:  # in the path; a list has no parts, whatever the query says
        return missed(view, target)
    if (above := archive_above(structure, parts["pagename"])) is not None:
        listed_there = replace(target, shows=above.shows, parts=above.parts, part=0, plain=False)
        shown = of_term(view, listed_there) if above.shows is Shows.TERM else of_author(view, listed_there)
        if shown.term or shown.author:
            return shown
    if "%category%" not in structure or not verbose(view.site):
        return missed(view, target)
    category = {"taxonomy": "category", "path": parts["pagename"]}
    shown = of_term(view, replace(target, shows=Shows.TERM, parts=category, part=0))
    return shown if shown.term else Shown(target, found=False)


def parts_of(post: Post) -> int:
    """How many pages a post is split into."""
    return post.content.count("<!--nextpage-->") + 1


def last_part(post: Post) -> int:
    """The last page of a post that its readers are shown: the first, until they have its password."""
    return 1 if post.is_protected else parts_of(post)


def post_of(view: View, target: Target) -> Post | None:
    """The post or page that an address names, with its rendering, whoever may see it."""
    return reading.found(view, named_post.post_of(view.lookup, target))


# ---- archives


def front(view: View, target: Target) -> Shown:
    """The front page: the newest posts with sticky ones first, or the page that the options name, and nothing where
    that is not there or not everybody's to read."""
    chosen = view.site.front_page
    if target.feed or "list" in target.parts or not chosen or not number(str(chosen)):
        return newest(view, target, view.site.home + "/")
    post = reading.get(view, chosen)
    if post is None or not visible(view, post):
        return Shown(target, found=False)
    return Shown(target, post=post, canonical=view.site.home + "/")


def newest(view: View, target: Target, link: str) -> Shown:
    """The newest posts, with sticky ones first on page one: in the feed of the page that shows them, too, and not in
    that of the site (WP_Query::parse_query, is_home)."""
    return listing(view, target, link, **_sticky(view, target))


def first_page(view: View, target: Target) -> PostQuery | None:
    """The query of the front page's list; None where a page stands in its place."""
    if view.site.front_page or target.feed:
        return None
    return listed(view, target, **_sticky(view, target))


def _sticky(view: View, target: Target) -> dict[str, object]:
    is_home = target.shows is Shows.PAGE or not target.feed
    if view.site.sticky and target.page == 1 and is_home:
        return {"sticky_ids": view.site.sticky, "sticky_first": True}
    return {}


def of_type(view: View, target: Target) -> Shown:
    """The page of a site's own type, its newest posts first."""
    kind = view.site.registry.types[target.parts["type"]]
    shown = listing(view, target, permalinks.archive_link(view.site, kind), types=(kind.name,))
    return replace(shown, found=shown.found or target.page == 1)


def of_search(view: View, target: Target) -> Shown:
    """What a search finds: what has the words in its title first, but in the feed, where the newest come first
    (WP_Query::get_posts)."""
    words = target.parts["s"]
    order = "relevance" if words and not target.feed else "date"
    return listing(view, target, "", search=words, types=searched(view), orderby=order)


def searched(view: View) -> tuple[str, ...]:
    """The types whose posts a search finds."""
    registry = view.site.registry.types.values()
    return tuple(k.name for k in registry if k.viewable and not k.exclude_from_search and k.name != "attachment")


def of_term(view: View, target: Target) -> Shown:
    """The archive of a term, the posts of its children among them."""
    taxonomy = target.parts["taxonomy"]
    names, of_all = _names_of(target)
    terms = _terms_of(view, target, names)
    if not terms or (of_all and len(terms) < len(names)):
        return Shown(target, found=False)
    term = terms[0]
    view.lookup.add_terms(terms)
    kind = view.site.registry.taxonomies[taxonomy]
    # Categories and tags list posts only, whatever else has them.
    types = ("post",) if taxonomy in ("category", "post_tag") else kind.types
    numbers = [(one.id,) for one in terms] if of_all else [tuple(one.id for one in terms)]
    wanted = tuple(TermFilter(taxonomy, ids, children=kind.hierarchical) for ids in numbers)
    leads_to_one = len(names) < 2 or (of_all and target.plain and taxonomy == "category")
    link = _folder(view, target) or (view.lookup.term_link(term) if leads_to_one else "")
    shown = listing(view, target, link, terms=wanted, types=types, **_within(target))
    # A term that is there has a page even when nothing has it.
    return replace(shown, term=term, found=shown.found or target.page == 1)


def _names_of(target: Target) -> tuple[list[str], bool]:
    """The slugs of the terms that an address names, and whether its posts have all of them (`a+b`) or any (`a,b`)."""
    named = target.parts.get("path", "").strip("/").rsplit("/", 1)[-1]
    of_all = "," not in named
    names = dict.fromkeys(filter(None, re.split(r"[+ ]" if of_all else ",", named)))
    prefix = "post-format-" if target.parts["taxonomy"] == "post_format" else ""
    return [prefix + encoded_slug(name) for name in names], of_all


def _terms_of(view: View, target: Target, names: Sequence[str]) -> Sequence[Term]:
    """The terms that there are of those that an address names; none where it names more than anybody would."""
    taxonomy = target.parts["taxonomy"]
    if "id" in target.parts:
        term = term_store.get(view.unit, taxonomy, int(target.parts["id"]))
        return [term] if term else []
    if len(names) == 1:
        term = term_store.by_slug(view.unit, taxonomy, names[0])
        return [term] if term else []
    if not 0 < len(names) <= _MOST_TERMS:
        return []
    return view.lookup.terms(TermQuery(taxonomies=(taxonomy,), slugs=tuple(names), orderby="include_slugs"))


def of_author(view: View, target: Target) -> Shown:
    """The archive of an author; a hardened site does not tell the slugs of those whose number somebody tries."""
    if view.site.hardened and "id" in target.parts:
        return Shown(target, found=False)
    if "id" in target.parts:
        user = user_store.get(view.unit, int(target.parts["id"]))
    else:
        user = user_store.by_slug(view.unit, target.parts["author_name"].lower())
    if user is None:
        return Shown(target, found=False)
    link = _folder(view, target) or view.lookup.author_link(user)
    shown = listing(view, target, link, authors=(user.id,), **_within(target))
    if target.plain and "id" in target.parts and not _has_published(view, user):
        shown = replace(shown, target=replace(target, here=True))
    return replace(shown, author=user, found=shown.found or target.page == 1)


def _has_published(view: View, user: User) -> bool:
    """Whether anything of a user is published; only then their number leads to their name (redirect_canonical)."""
    own = PostQuery(types=tuple(view.site.registry.types), authors=(user.id,), per_page=1, with_total=False)
    return bool(reading.browse(view, ANONYMOUS, own).ids)


def _folder(view: View, target: Target) -> str:
    """The address of an archive that a folder of the permalinks is, "" where another is meant."""
    folder = target.parts.get("folder", "")
    return view.site.tidy(f"{view.site.home}/{view.site.root}{folder}") if folder else ""


def _within(target: Target) -> dict[str, object]:
    """The bounds of the time that the folders of an archive name; none where there is no such day."""
    parts = {name: int(value) for name, value in target.parts.items() if name in ("year", "monthnum", "day")}
    year, month, day = (parts.get(name, 0) for name in ("year", "monthnum", "day"))
    return _in_time(year, month, day) if year else {}


def of_date(view: View, target: Target) -> Shown:
    """The archive of a year, month or day."""
    if (numbered := post_by_number(view, target)) is not None:
        return article(view, numbered)
    parts = {name: value for name, value in target.parts.items() if int(value)}
    target = replace(target, parts=parts)
    if "year" not in parts:
        return listing(view, replace(target, shows=Shows.FRONT), "")
    year, month, day = (int(parts.get(name, 0)) for name in ("year", "monthnum", "day"))
    if year > MAXYEAR or month > 12 or day > monthrange(year, month or 1)[1]:
        return _no_day(view, target, year, 0 if month > 12 else month)
    link = permalinks.date_link(view.site, year, month, day)
    return listing(view, target, link, **_in_time(year, month, day))


def _in_time(year: int, month: int, day: int) -> dict[str, object]:
    """The bounds of a year, month or day; 0 stands for all of them."""
    first = f"{year:04d}-{month or 1:02d}-{day or 1:02d} 00:00:00"
    last = f"{year:04d}-{month or 12:02d}-{day or 31:02d} 23:59:59"
    return {"after": before(Stamp(first)), "before": Stamp(last + "~")}


def _no_day(view: View, target: Target, year: int, month: int) -> Shown:
    """Where a path leads that names a day or month that there is not: to what of it there is (redirect_canonical)."""
    if target.plain:
        return Shown(target, found=False)
    return Shown(target, elsewhere=permalinks.date_link(view.site, year, month))


def post_by_number(view: View, target: Target) -> Target | None:
    """The post whose slug is the number that was read as a year, month or day (wp_resolve_numeric_slug_conflicts).

    A number behind it is a part of the post, if it has so many.
    """
    parts, names = target.parts, ("year", "monthnum", "day")
    read_as = _slug_read_as(view.site)
    if target.plain or not parts.get(read_as):
        return None
    post = named_post.by_slug(view.lookup, parts[read_as], "post")
    place = names.index(read_as)
    earlier = replace(target, parts={name: parts[name] for name in names[:place]})
    if post is None or not named_post.agrees(view.lookup, post, earlier):
        return None
    part = next(filter(None, map(parts.get, names[place + 1 :])), "")
    if part and max(2, int(part)) > parts_of(post):
        return None
    return replace(target, shows=Shows.POST, parts={"name": post.slug}, part=int(part or 0))


def _slug_read_as(site: Site) -> str:
    """Which part of a date a post's slug is taken for when it is a number: by what stands before it."""
    tokens = ["", *filter(None, site.structure.split("/"))]
    if "%postname%" not in tokens:
        return ""
    token_before = tokens[tokens.index("%postname%") - 1]
    return {"": "year", "%year%": "monthnum", "%monthnum%": "day"}.get(token_before, "")


def before(moment: Stamp) -> Stamp:
    """A text that sorts right before a stamp: bounds of a query exclude the bound itself."""
    return Stamp(moment[:-1] + chr(ord(moment[-1]) - 1) + "~")


def listing(view: View, target: Target, link: str, **query: object) -> Shown:
    """One page of published posts."""
    wanted = listed(view, target, **query)
    found = reading.browse(view, ANONYMOUS, wanted)
    items = tuple(reading.items(view, ANONYMOUS, found.ids))
    pages = max(1, -(-found.total // wanted.per_page))
    always = target.shows in (Shows.FRONT, Shows.SEARCH, Shows.PAGE)
    there = bool(items) or (target.page == 1 and always) or bool(target.feed)
    return Shown(target, found=there, posts=items, total=found.total, pages=pages, canonical=link)


def listed(view: View, target: Target, **query: object) -> PostQuery:
    """The query of one page of published posts."""
    size = page_size(view.site.number("posts_per_rss" if target.feed else "posts_per_page", 10))
    return PostQuery(page=target.page, per_page=size, **query)  # type: ignore[arg-type] # names of PostQuery


def page_size(number: int) -> int:
    """How many posts a page has where the option says this: -1 is all, which is as many as fit, and other signs mean
    nothing (WP_Query::get_posts)."""
    if number == -1:
        return _MOST_POSTS
    return min(abs(number) or 1, _MOST_POSTS)
