"""Permalinks: where posts, terms, authors and dates have their pages, for every structure that WordPress knows.

What a link needs of other rows (parents, categories, the author) is asked of `Relatives`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from wirepress.content.site import Site
from wirepress.model.post import Post, TermRef
from wirepress.model.registry import PostType
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
    path = page_path(post, relatives, name) if kind.hierarchical else name
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
    return site.front + (kind.has_archive if isinstance(kind.has_archive, str) else kind.rewrite)


def archive_link(site: Site, kind: PostType) -> str:
    """The address of the page that lists a type's posts (get_post_type_archive_link)."""
    path = archive_path(site, kind)
    if not site.structure or not path:
        return f"{site.home}/?post_type={kind.name}"
    return site.url(site.tidy(path))


def page_path(post: Post, relatives: Relatives, name: str | None = None) -> str:
    """The slugs of a page and of those above it (get_page_uri)."""
    path = [post.slug if name is None else name]
    seen = {post.id}
    above = post.parent
    while above and above not in seen and len(seen) < _DEEPEST:
        seen.add(above)
        parent = relatives.post(above)
        if parent is None:
            break
        if parent.slug:
            path.append(parent.slug)
        above = parent.parent
    return "/".join(reversed(path))


def effective_status(post: Post, relatives: Relatives, depth: int = 0) -> str:
    """The status that counts: an attachment's is its parent's (get_post_status)."""
    if post.type != "attachment" or post.status != "inherit":
        return post.status
    parent = relatives.post(post.parent) if post.parent and depth < _DEEPEST else None
    if parent is None or parent.id == post.id:
        return "publish"
    if parent.status == "trash":
        return str(parent.first_meta("_wp_trash_meta_status", "publish"))
    return effective_status(parent, relatives, depth + 1)


def term_link(site: Site, term: Term, relatives: Relatives) -> str:
    """The address of a term's archive (get_term_link)."""
    taxonomy = site.registry.taxonomies.get(term.taxonomy)
    if taxonomy is None or not taxonomy.rewrite or not site.structure:
        if term.taxonomy == "category":
            return site.url(f"?cat={term.id}")
        if taxonomy is not None and taxonomy.query_var:
            return site.url(f"?{taxonomy.query_var}={term.slug}")
        return site.url(f"?taxonomy={term.taxonomy}&term={term.slug}")
    slug = term.slug.removeprefix("post-format-") if term.taxonomy == "post_format" else term.slug
    if nested(site, term.taxonomy):
        slug = "/".join((*_parent_slugs(term.parent, relatives, term.id), slug))
    return site.url(site.tidy(f"{term_base(site, term.taxonomy)}/{slug}"))


def nested(site: Site, taxonomy: str) -> bool:
    """Whether the addresses of terms name their parents: of WordPress's own taxonomies only, unless code says more."""
    kind = site.registry.taxonomies[taxonomy]
    return kind.hierarchical and kind.builtin


def term_base(site: Site, taxonomy: str) -> str:
    """The path before the slugs of a taxonomy's terms; it stands behind the structure's front unless an option names
    a base of its own and the structure does not go through index.php."""
    kind = site.registry.taxonomies[taxonomy]
    option = {"category": "category_base", "post_tag": "tag_base"}.get(taxonomy, "")
    own = str(site.option(option) or "").strip("/") if option else ""
    before = site.front if not own or site.root else ""
    return f"{before}{own or kind.rewrite}"


def author_link(site: Site, user: User) -> str:
    """The address of an author's archive (get_author_posts_url)."""
    if not site.structure:
        return site.url(f"?author={user.id}")
    return site.url(site.tidy(f"{site.front}author/{user.slug}"))


def date_link(site: Site, year: int, month: int = 0, day: int = 0) -> str:
    """The address of a year's, month's or day's archive (get_year_link, get_month_link, get_day_link)."""
    if not site.structure:
        digits = f"{year:04d}" + (f"{month:02d}" if month else "") + (f"{day:02d}" if day else "")
        return site.url(f"?m={digits}")
    values = {"%year%": f"{year}", "%monthnum%": f"{month:02d}" if month else "", "%day%": f"{day:02d}" if day else ""}
    parts = [values[token] for token in date_order(site).split("/")]
    return site.url(site.tidy(date_front(site) + "/".join(part for part in parts if part)))


_DATE_ORDERS = ("%year%/%monthnum%/%day%", "%day%/%monthnum%/%year%", "%monthnum%/%day%/%year%")


def date_order(site: Site) -> str:
    """In which order year, month and day stand in the addresses of dates: as in those of posts."""
    return next((order for order in _DATE_ORDERS if order in site.structure), _DATE_ORDERS[0])


def date_front(site: Site) -> str:
    """The path before the numbers of a date; numbers of posts must not be taken for them."""
    return site.front + ("date/" if "%post_id%" in re.findall(r"%[^%]+%", site.structure)[:3] else "")


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
    return default.slug if default else ""


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
    if site.option("show_on_front") == "page" and site.number("page_on_front") == post.id:
        return site.url("/")
    return _page_itself(site, post, relatives, name, sample=sample)


def _page_itself(site: Site, post: Post, relatives: Relatives, name: str, *, sample: bool = False) -> str:
    if not site.structure or _plain(site, post, relatives, sample=sample):
        return f"{site.home}/?page_id={post.id}"
    return site.url(site.tidy(site.root + page_path(post, relatives, name)))


def _attachment(site: Site, post: Post, relatives: Relatives, name: str) -> str:
    plain = f"{site.home}/?attachment_id={post.id}"
    if not site.structure or _plain(site, post, relatives):
        return plain
    if not post.parent:
        return plain if name == "%postname%" else site.url(site.tidy(name))
    parent = relatives.post(post.parent)
    kind = site.type(parent.type) if parent else None
    if parent is None or parent.id == post.id or kind is None or not kind.viewable:
        return plain
    if parent.type == "page":
        above = _page_itself(site, parent, relatives, parent.slug)
    else:
        above = permalink(site, parent, relatives)
    if "?" in above:
        return plain
    # The slug alone could be taken for a page of the article.
    apart = post.slug.isdigit() or "%category%" in site.structure
    path = f"attachment/{name}" if apart and name != "%postname%" else name
    return f"{above.rstrip('/')}/{site.tidy(path)}"
