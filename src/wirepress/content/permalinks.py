"""Permalinks: where posts, terms, authors and dates have their pages, for every structure that WordPress knows.

What a link needs of other rows (parents, categories, the author) is asked of `Relatives`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol
from urllib.parse import unquote

from wirepress.content.site import Site
from wirepress.model.post import Post, TermRef
from wirepress.model.registry import PostType, Taxonomy
from wirepress.model.term import Term
from wirepress.model.user import User

_DEEPEST = 100  # how far up a chain of parents is followed; a loop ends there at the latest


class Relatives(Protocol):
    """The rows that links are made with."""

    def post(self, post_id: int) -> Post | None: ...

    def term(self, term_id: int) -> Term | None: ...

    def user(self, user_id: int) -> User | None: ...


def permalink(site: Site, post: Post, relatives: Relatives) -> str:
    """The address of a post (get_permalink).

    What is not public has the plain form with its id.  A private post's address is the pretty one: whoever may see
    it may read it.
    """
    return address(site, post, relatives, post.slug)


def address(site: Site, post: Post, relatives: Relatives, name: str, *, sample: bool = False) -> str:
    """A post's address with a name in the place of its slug; `sample`: as if it were published."""
    if post.type == "page":
        return _page(site, post, relatives, name, sample=sample)
    if post.type == "attachment":
        return _attachment(site, post, relatives, name)
    kind = site.type(post.type)
    if kind is not None and not kind.builtin:
        return _of_own_type(site, kind, post, relatives, name, sample=sample)
    if not site.structure or _plain(site, post, relatives, sample=sample):
        return f"{site.home}/?p={post.id}"
    return site.url(site.tidy(_filled(site, post, relatives, name)))


def _of_own_type(site: Site, kind: PostType, post: Post, relatives: Relatives, name: str, *, sample: bool) -> str:
    """The address of a post of a site's own type (get_post_permalink)."""
    plain = _plain(site, post, relatives, sample=sample)
    path = name
    if kind.hierarchical:
        path = page_path(post, relatives, name, sample=sample)
    if site.structure and kind.rewrite and not plain:
        return site.url(site.tidy(type_base(site, kind) + path))
    if kind.query_var and not plain:
        return f"{site.home}/?{kind.query_var}={path}"
    return f"{site.home}/?post_type={kind.name}&p={post.id}"


def type_base(site: Site, kind: PostType) -> str:
    """The path before the slugs of a type's posts."""
    return f"{site.front}{kind.rewrite}/"


def archive_path(site: Site, kind: PostType) -> str:
    """The path of the page that lists a type's posts, "" when there is none."""
    if not kind.has_archive or not kind.rewrite:
        return ""
    return f"{site.front}{kind.rewrite if kind.has_archive is True else kind.has_archive}"


def archive_link(site: Site, kind: PostType) -> str:
    """The address of the page that lists a type's posts (get_post_type_archive_link)."""
    path = archive_path(site, kind)
    if not site.structure or not path:
        return f"{site.home}/?post_type={kind.name}"
    return site.url(site.tidy(path))


def page_path(post: Post, relatives: Relatives, name: str, *, sample: bool = False) -> str:
    """The slugs of a page, with a name in the place of its own, and of those above it (get_page_uri); in a sample as
    they are read, not as they are sent."""
    path = [name]
    seen = {post.id}
    above = post.parent
    while above and above not in seen and len(seen) < _DEEPEST:
        seen.add(above)
        parent = relatives.post(above)
        if parent is None:
            break
        if parent.slug:
            path.append(unquote(parent.slug) if sample else parent.slug)
        above = parent.parent
    return "/".join(reversed(path))


def effective_status(post: Post, relatives: Relatives, depth: int = 0) -> str:
    """The status that counts: an attachment's is its parent's (get_post_status)."""
    if post.type != "attachment" or post.status != "inherit":
        return post.status
    parent = None
    if post.parent and depth < _DEEPEST:
        parent = relatives.post(post.parent)
    if parent is None or parent.id == post.id:
        return "publish"
    if parent.status == "trash":
        return str(parent.first_meta("_wp_trash_meta_status", "publish"))
    return effective_status(parent, relatives, depth + 1)


def term_link(site: Site, term: Term, relatives: Relatives) -> str:
    """The address of a term's archive (get_term_link)."""
    taxonomy = site.registry.taxonomies.get(term.taxonomy)
    if taxonomy is None or not taxonomy.rewrite or not site.structure:
        return site.url(_term_query(taxonomy, term))
    slug = term.slug
    if term.taxonomy == "post_format":
        slug = slug.removeprefix("post-format-")
    if nested(site, term.taxonomy):
        slug = "/".join((*_parent_slugs(term.parent, relatives, term.id), slug))
    return site.url(site.tidy(f"{term_base(site, term.taxonomy)}/{slug}"))


def _term_query(taxonomy: Taxonomy | None, term: Term) -> str:
    if term.taxonomy == "category":
        return f"?cat={term.id}"
    if taxonomy is not None and taxonomy.query_var:
        return f"?{taxonomy.query_var}={term.slug}"
    return f"?taxonomy={term.taxonomy}&term={term.slug}"


def nested(site: Site, taxonomy: str) -> bool:
    """Whether the addresses of terms name their parents: of WordPress's own taxonomies only, unless code says more."""
    kind = site.registry.taxonomies[taxonomy]
    return kind.hierarchical and kind.builtin


def term_base(site: Site, taxonomy: str) -> str:
    """The path before the slugs of a taxonomy's terms; it stands behind the structure's front unless an option names
    a base of its own and the structure does not go through index.php."""
    own = ""
    if taxonomy in _BASES:
        own = str(site.option(_BASES[taxonomy]) or "").strip("/")
    if own and not site.root:
        return own
    return f"{site.front}{own or site.registry.taxonomies[taxonomy].rewrite}"


def author_link(site: Site, user: User) -> str:
    """The address of an author's archive (get_author_posts_url)."""
    if not site.structure:
        return site.url(f"?author={user.id}")
    return site.url(site.tidy(f"{site.front}author/{user.slug}"))


def date_link(site: Site, year: int, month: int = 0, day: int = 0) -> str:
    """The address of a year's, month's or day's archive (get_year_link, get_month_link, get_day_link)."""
    months, days = (f"{number:02d}" if number else "" for number in (month, day))
    if not site.structure:
        return site.url(f"?m={year:04d}{months}{days}")
    values = {"%year%": f"{year}", "%monthnum%": months, "%day%": days}
    parts = filter(None, (values[token] for token in date_order(site).split("/")))
    return site.url(site.tidy(date_front(site) + "/".join(parts)))


_BASES = {"category": "category_base", "post_tag": "tag_base"}
_DATE_ORDERS = ("%year%/%monthnum%/%day%", "%day%/%monthnum%/%year%", "%monthnum%/%day%/%year%")


def date_order(site: Site) -> str:
    """In which order year, month and day stand in the addresses of dates: as in those of posts."""
    return next((order for order in _DATE_ORDERS if order in site.structure), _DATE_ORDERS[0])


def date_front(site: Site) -> str:
    """The path before the numbers of a date; numbers of posts must not be taken for them."""
    if "%post_id%" in re.findall(r"%[^%]+%", site.structure)[:3]:
        return f"{site.front}date/"
    return site.front


def viewable(site: Site, status: str) -> bool:
    """Whether posts of a status are there for everybody (is_post_status_viewable)."""
    known = site.status(status)
    return known is not None and not known.internal and not known.protected and (known.queryable or known.public)


def _plain(site: Site, post: Post, relatives: Relatives, *, sample: bool = False) -> bool:
    """Whether a post has the plain address only (wp_force_plain_post_permalink)."""
    status = site.status(effective_status(post, relatives))
    if status is None or post.type not in site.registry.types:
        return True
    return not (viewable(site, status.name) or status.private or (status.protected and sample))


def _filled(site: Site, post: Post, relatives: Relatives, name: str) -> str:
    structure = site.structure.lstrip("/")
    day, _, clock = post.date.partition(" ")
    year, month, dom = [*day.split("-"), "00", "00"][:3]
    hour, minute, second = [*clock.split(":"), "00", "00", "00"][:3]
    values = {
        "%year%": year,
        "%monthnum%": month,
        "%day%": dom,
        "%hour%": hour or "00",
        "%minute%": minute,
        "%second%": second,
        "%post_id%": str(post.id),
        "%postname%": name,
    }
    for token, value in values.items():
        structure = structure.replace(token, value)
    if "%category%" in structure:
        structure = structure.replace("%category%", _category_path(site, post.terms, relatives))
    if "%author%" in structure:
        author = relatives.user(post.author)
        structure = structure.replace("%author%", author.slug if author else "")
    return structure


def _category_path(site: Site, assigned: Sequence[TermRef], relatives: Relatives) -> str:
    """The path of the category with the lowest id, else the default category's slug."""
    categories = [term for term in assigned if term.taxonomy == "category"]
    if categories:
        return category_path(min(categories, key=lambda term: term.id), relatives)
    default = relatives.term(site.number("default_category"))
    if default is None:
        return ""
    return default.slug


def category_path(term: TermRef, relatives: Relatives) -> str:
    """The slugs of a category and of those above it."""
    return "/".join((*_parent_slugs(term.parent, relatives, term.id), term.slug))


def _parent_slugs(parent: int, relatives: Relatives, start: int) -> list[str]:
    slugs: list[str] = []
    seen = {start}
    while parent and parent not in seen and len(seen) < _DEEPEST:
        seen.add(parent)
        term = relatives.term(parent)
        if term is None:
            break
        slugs.append(term.slug)
        parent = term.parent
    return slugs[::-1]


def _page(site: Site, post: Post, relatives: Relatives, name: str, *, sample: bool = False) -> str:
    if post.id == site.front_page:
        return site.url("/")
    return page_itself(site, post, relatives, name, sample=sample)


def page_itself(site: Site, post: Post, relatives: Relatives, name: str, *, sample: bool = False) -> str:
    """The address that a page has of its own, which is not that of the front where it stands there (_get_page_link)."""
    if not site.structure or (not sample and _plain(site, post, relatives)):
        return f"{site.home}/?page_id={post.id}"
    return site.url(site.tidy(site.root + page_path(post, relatives, name, sample=sample)))


def _attachment(site: Site, post: Post, relatives: Relatives, name: str) -> str:
    plain = f"{site.home}/?attachment_id={post.id}"
    if not site.structure or _plain(site, post, relatives):
        return plain
    sampled = name == "%postname%"
    if not post.parent:
        return plain if sampled else site.url(site.tidy(name))
    above = _address_above(site, post, relatives)
    if not above:
        return plain
    # The slug alone could be taken for a page of the article.
    if not sampled and (post.slug.isdigit() or "%category%" in site.structure):
        name = f"attachment/{name}"
    return f"{above}/{site.tidy(name)}"


def _address_above(site: Site, post: Post, relatives: Relatives) -> str:
    """The address of the post that an attachment stands under, "" where that has only a plain one."""
    parent = relatives.post(post.parent)
    if parent is None or parent.id == post.id:
        return ""
    kind = site.type(parent.type)
    if kind is None or not kind.viewable:
        return ""
    if parent.type == "page":
        above = page_itself(site, parent, relatives, parent.slug)
    else:
        above = permalink(site, parent, relatives)
    return "" if "?" in above else above.rstrip("/")
