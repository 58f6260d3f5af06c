"""What a reader's address finds: the article, the page of an archive, or where to go instead.

The main query, the canonical redirects and the guesses at mistyped slugs of WordPress's front end
(WP_Query::parse_query, redirect_canonical, redirect_guess_404_permalink), for `site` and `feeds` alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from wirepress.content import permalinks, posts
from wirepress.content.addresses import Shows, Target, number, verbose
from wirepress.content.newsroom import View
from wirepress.content.viewer import ANONYMOUS
from wirepress.model.moment import Stamp
from wirepress.model.post import Post
from wirepress.model.query import PostQuery, TermFilter
from wirepress.model.term import Term
from wirepress.model.user import User
from wirepress.store import posts as post_store
from wirepress.store import terms as term_store
from wirepress.store import users as user_store
from wirepress.store.guesses import begins_with


@dataclass(frozen=True, slots=True)
class Shown:
    """What there is at an address.

    `canonical` is its own address (without the page number); `elsewhere` where a client must go instead.
    `guessed` says that the redirect is a guess.  `posts` is the page of an archive, `total` and `pages` its whole.
    """

    target: Target
    found: bool = True
    post: Post | None = None
    term: Term | None = None
    author: User | None = None
    posts: tuple[Post, ...] = ()
    total: int = 0
    pages: int = 1
    canonical: str = ""
    elsewhere: str = ""
    guessed: bool = False

    @property
    def single(self) -> bool:
        return self.post is not None


PUBLIC_TYPES = ("post", "page", "attachment")


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
        case Shows.SEARCH:
            shown = listing(view, target, "", search=target.parts["s"])
        case Shows.FRONT:
            shown = front(view, target)
        case _:
            shown = Shown(target, found=False)
    return settled(view, shown, path)


def settled(view: View, shown: Shown, path: str) -> Shown:
    """Adds the redirect to a thing's own address where it was asked for by another."""
    if shown.elsewhere or not shown.found or not shown.canonical or not view.site.structure:
        return shown
    wanted = address_of(view, shown)
    own = wanted[len(view.site.home) :] or "/"
    target = shown.target
    # A category is shown under any parents, as long as the slug is its own.
    free = shown.target.shows is Shows.SEARCH or (
        shown.term is not None and unquote(path).endswith(f"/{unquote(own.rstrip('/').rsplit('/', 1)[-1])}{own[-1]}")
    )
    if target.plain or (not free and unquote(path) != unquote(own)):
        if target.embed or (target.shows is Shows.FRONT and not target.plain and path in ("", "/")):
            return shown
        rest = f"{'&' if '?' in wanted else '?'}{target.rest}" if target.rest else ""
        return replace(shown, elsewhere=wanted + rest)
    return shown


def link_header(view: View, shown: Shown) -> str:
    """The Link header as WordPress sends it: the API, or what an article or archive is there."""
    site = view.site
    if shown.post is not None and shown.found:
        front = site.option("show_on_front") == "page" and site.number("page_on_front") == shown.post.id
        return f"<{site.home}/{'' if front else f'?p={shown.post.id}'}>; rel=shortlink"
    route = ""
    if shown.term is not None and (base := site.kinds.taxonomies[shown.term.taxonomy].rest_base):
        route = f"/wp/v2/{base}/{shown.term.id}"
    elif shown.author is not None:
        route = f"/wp/v2/users/{shown.author.id}"
    if route:
        return f'<{site.rest_url(route)}>; rel="alternate"; title="JSON"; type="application/json"'
    return f'<{site.rest_url("/")}>; rel="https://api.w.org/"'


def address_of(view: View, shown: Shown) -> str:
    """The address of a shown page with its page number or feed."""
    target, base = shown.target, shown.canonical
    tidy = view.site.tidy
    if target.feed:
        kind = "" if target.feed == "rss2" else f"{target.feed}/"
        middle = "comments/" if target.comments and target.shows is Shows.FRONT else ""
        if not base.endswith("/") or base == view.site.home + "/":
            base = f"{view.site.home}/{view.site.root}" if base.rstrip("/") == view.site.home else base + "/"
        return tidy(f"{base}{middle}feed/{kind}")
    if target.page > 1 and not shown.single:
        base = f"{view.site.home}/{view.site.root}" if base.rstrip("/") == view.site.home else base.rstrip("/") + "/"
        return tidy(f"{base}page/{target.page}")
    if target.part > 1:
        return tidy(f"{base.rstrip('/')}/{target.part}")
    return base


# ---- one article


def article(view: View, target: Target) -> Shown:
    """The post or page of an address."""
    parts = target.parts
    post = post_of(view, target)
    if post is None and "pagename" in parts and "%category%" in view.site.structure:
        # Every path may be one of categories there, and no slug is guessed.
        shown = of_term(view, replace(target, parts={"taxonomy": "category", "path": parts["pagename"]}, plain=True))
        return replace(shown, target=target, elsewhere=shown.canonical) if shown.term else Shown(target, found=False)
    if post is None or not visible(view, post):
        return guess(view, target) if post is None and "p" not in parts else Shown(target, found=False)
    if post.type == "attachment" and not view.site.flag("wp_attachment_pages_enabled"):
        return Shown(target, post=post, elsewhere=view.site.upload_url(str(post.first_meta("_wp_attached_file"))))
    link = view.lookup.permalink(post)
    if target.part > (1 if post.password else max(1, parts_of(post))):
        return Shown(replace(target, part=0), post=post, canonical=link, elsewhere=link, guessed=True)
    return Shown(target, post=post, canonical=link)


def parts_of(post: Post) -> int:
    """How many pages a post is split into."""
    return post.content.count("<!--nextpage-->") + 1


def post_of(view: View, target: Target) -> Post | None:
    """The post or page that an address names, whoever may see it."""
    parts = target.parts
    if "pagename" in parts:
        found = page_by_path(view, parts["pagename"])
        return found or (attached(view, parts["attachment"]) if "attachment" in parts else None)
    if "path" in parts and verbose(view.site) and (page := page_by_path(view, parts["path"])) is not None:
        return page
    if "p" in parts:
        post = posts.get(view, int(parts["p"])) if number(parts["p"]) else None
    else:
        by_slug = post_store.by_slug(view.unit, encoded_slug(parts.get("name", "")), ("post",))
        post = posts.get(view, by_slug.id) if by_slug else None
    return post if post is not None and dated(post, target) else None


def page_by_path(view: View, path: str) -> Post | None:
    """The page, or failing that the attachment without a parent, of a path."""
    slugs = "/".join(encoded_slug(part) for part in path.strip("/").split("/"))
    found = post_store.by_path(view.unit, slugs, ("page",))
    if found is None and "/" not in slugs:
        return attached(view, slugs)
    return posts.get(view, found.id) if found else None


def attached(view: View, name: str) -> Post | None:
    """The attachment of a slug."""
    found = post_store.by_slug(view.unit, encoded_slug(name), ("attachment",))
    return posts.get(view, found.id) if found else None


def encoded_slug(slug: str) -> str:
    """A slug as rows hold it: other scripts percent-encoded in lower case."""
    return quote(unquote(slug), safe="-_~.").lower() if not slug.isascii() or "%" in slug else slug


def visible(view: View, post: Post) -> bool:
    """Whether a reader without an account may see a post's page."""
    if (post.type not in PUBLIC_TYPES and not (kind := view.site.type(post.type))) or (
        post.type not in PUBLIC_TYPES and kind and not kind.viewable
    ):
        return False
    return permalinks.effective_status(post, view.lookup) == "publish"


def dated(post: Post, target: Target) -> bool:
    """Whether the date in an address is the post's, and beside its id its slug."""
    names = ("year", "monthnum", "day", "hour", "minute", "second")
    values = dict(zip(names, re.split(r"\D", post.date), strict=False))
    parts = target.parts
    same = all(int(parts[name]) == int(value or 0) for name, value in values.items() if name in parts)
    return same and ("p" not in parts or "name" not in parts or encoded_slug(parts["name"]) == post.slug)


def guess(view: View, target: Target) -> Shown:
    """Where a mistyped address may have meant to go: a published post whose slug begins so."""
    name = target.parts.get("name") or target.parts.get("pagename", "")
    slug = encoded_slug(name.rsplit("/", 1)[-1])
    if slug:
        post = begins_with(view.unit, slug, ("post", "page"), date_prefix(target))
        if post is not None:
            loaded = posts.get(view, post)
            if loaded is not None and visible(view, loaded):
                return Shown(target, post=loaded, elsewhere=view.lookup.permalink(loaded), guessed=True)
    return other_base(view, target)


def other_base(view: View, target: Target) -> Shown:
    """Where the archive is that was asked for under WordPress's usual base, when the site has a base of its own."""
    usual, _, rest = (target.parts.get("pagename") or target.parts.get("path", "")).partition("/")
    taxonomy = {"category": "category", "tag": "post_tag"}.get(usual)
    if taxonomy is None or not rest:
        return Shown(target, found=False)
    slug = encoded_slug(rest.strip("/").rsplit("/", 1)[-1])
    term = term_store.by_slug(view.unit, taxonomy, slug)
    if term is None:
        return Shown(target, found=False)
    return Shown(target, elsewhere=view.lookup.term_link(term), guessed=True)


def date_prefix(target: Target) -> str:
    """The date of an address as stamps begin with it."""
    parts = [
        f"{int(target.parts[n]):0{w}d}" for n, w in (("year", 4), ("monthnum", 2), ("day", 2)) if n in target.parts
    ]
    return "-".join(parts)


# ---- archives


def front(view: View, target: Target) -> Shown:
    """The front page: the newest posts with sticky ones first, or the page that the options name."""
    if view.site.option("show_on_front") == "page" and number(chosen := str(view.site.option("page_on_front"))):
        post = posts.get(view, int(chosen))
        if post is not None and visible(view, post) and not target.feed:
            return Shown(target, post=post, canonical=view.site.home + "/")
    first = target.page == 1 and not target.feed
    query = {"sticky_ids": view.site.sticky, "sticky_first": True} if first and view.site.sticky else {}
    return listing(view, target, view.site.home + "/", **query)


def of_term(view: View, target: Target) -> Shown:
    """The archive of a term, the posts of its children among them."""
    taxonomy = target.parts["taxonomy"]
    if "id" in target.parts:
        term = term_store.get(view.unit, taxonomy, int(target.parts["id"]))
    else:
        slug = encoded_slug(target.parts["path"].strip("/").rsplit("/", 1)[-1])
        slug = f"post-format-{slug}" if taxonomy == "post_format" else slug
        term = term_store.by_slug(view.unit, taxonomy, slug)
    if term is None:
        return Shown(target, found=False)
    view.lookup.remember_terms((term,))
    wanted = TermFilter(taxonomy, (term.id,), children=view.site.kinds.taxonomies[taxonomy].hierarchical)
    shown = listing(view, target, view.lookup.term_link(term), terms=(wanted,))
    # A term that is there has a page even when nothing wears it.
    return replace(shown, term=term, found=shown.found or target.page == 1)


def of_author(view: View, target: Target) -> Shown:
    """The archive of an author."""
    if "id" in target.parts:
        user = user_store.get(view.unit, int(target.parts["id"]))
    else:
        user = user_store.by_slug(view.unit, target.parts["author_name"].lower())
    if user is None:
        return Shown(target, found=False)
    shown = listing(view, target, view.lookup.author_link(user), authors=(user.id,))
    return replace(shown, author=user, found=shown.found or target.page == 1)


def of_date(view: View, target: Target) -> Shown:
    """The archive of a year, month or day."""
    year, month, day = (int(target.parts.get(name, 0)) for name in ("year", "monthnum", "day"))
    if month > 12:
        return Shown(target, elsewhere=permalinks.date_link(view.site, year))
    if day > 31:
        return Shown(target, elsewhere=permalinks.date_link(view.site, year, month))
    first = f"{year:04d}-{month or 1:02d}-{day or 1:02d} 00:00:00"
    last = f"{year:04d}-{month or 12:02d}-{day or 31:02d} 23:59:59"
    link = permalinks.date_link(view.site, year, month, day)
    return listing(view, target, link, after=before(Stamp(first)), before=Stamp(last + "~"))


def before(moment: Stamp) -> Stamp:
    """A text that sorts right before a stamp: bounds of a query exclude the bound itself."""
    return Stamp(moment[:-1] + chr(ord(moment[-1]) - 1) + "~")


def listing(view: View, target: Target, link: str, **query: object) -> Shown:
    """One page of published posts."""
    size = max(1, view.site.number("posts_per_rss" if target.feed else "posts_per_page", 10))
    page = 1 if target.feed else target.page
    wanted = PostQuery(page=page, per_page=min(size, 100), **query)  # type: ignore[arg-type] # names of PostQuery
    found = posts.browse(view, ANONYMOUS, wanted)
    items = tuple(posts.items(view, ANONYMOUS, found.ids))
    pages = max(1, -(-found.total // wanted.per_page))
    there = bool(items) or (target.page == 1 and target.shows in (Shows.FRONT, Shows.SEARCH)) or bool(target.feed)
    return Shown(target, found=there, posts=items, total=found.total, pages=pages, canonical=link)
