"""What a reader's address finds: the article, the page of an archive, or where to go instead.

The main query, the canonical redirects and the guesses at mistyped slugs of WordPress's front end
(WP_Query::parse_query, redirect_canonical, redirect_guess_404_permalink), for `site` and `feeds` alike.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from wirepress.content import permalinks, posts
from wirepress.content.addresses import Shows, Target, number
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
    if target.plain or (target.shows is not Shows.SEARCH and unquote(path) != unquote(own)):
        if target.embed or (target.shows is Shows.FRONT and not target.plain and path in ("", "/")):
            return shown
        return replace(shown, elsewhere=wanted)
    return shown


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
    if "p" in parts and number(parts["p"]):
        post = posts.get(view, int(parts["p"]))
    elif "pagename" in parts:
        post = page_by_path(view, parts["pagename"])
    else:
        post = post_store.by_slug(view.unit, encoded_slug(parts.get("name", "")), ("post",))
        post = posts.get(view, post.id) if post else None
        if post is not None and not dated(post, target):
            post = None
    if post is None or not visible(view, post):
        return guess(view, target) if post is None and "p" not in parts else Shown(target, found=False)
    if post.type == "attachment" and not view.site.flag("wp_attachment_pages_enabled"):
        return Shown(target, post=post, elsewhere=view.site.upload_url(str(post.first_meta("_wp_attached_file"))))
    if target.part > max(1, post.content.count("<!--nextpage-->") + 1):
        return Shown(replace(target, part=0), post=post, canonical=view.lookup.permalink(post))
    return Shown(target, post=post, canonical=view.lookup.permalink(post))


def page_by_path(view: View, path: str) -> Post | None:
    """The page, or failing that the attachment or post without date in its address, of a path."""
    slugs = "/".join(encoded_slug(part) for part in path.strip("/").split("/"))
    found = post_store.by_path(view.unit, slugs, ("page",))
    if found is None and "/" not in slugs:
        found = post_store.by_slug(view.unit, slugs, ("attachment",))
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
    """Whether the date in an address is the post's."""
    year, month, day = post.date[:4], post.date[5:7], post.date[8:10]
    pairs = (("year", year), ("monthnum", month), ("day", day))
    return all(int(target.parts[name]) == int(value) for name, value in pairs if name in target.parts)


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
    return Shown(target, found=False)


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
    there = bool(items) or (target.page == 1 and target.shows in (Shows.FRONT, Shows.SEARCH))
    return Shown(target, found=there, posts=items, total=found.total, pages=pages, canonical=link)
