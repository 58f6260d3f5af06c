"""What there is at a reader's address, and where it has its own."""

from __future__ import annotations

from dataclasses import dataclass

from wirepress.content import permalinks
from wirepress.content.rewrite.target import Shows, Target
from wirepress.content.site import Site
from wirepress.content.view import View
from wirepress.model.post import Post
from wirepress.model.term import Term
from wirepress.model.user import User


@dataclass(frozen=True, slots=True)
class Shown:
    """What there is at an address.

    `canonical` is its own address (without the page number); `elsewhere` where a client must go instead.
    `guessed` says that the redirect is a guess.  `asked` is the whole address that a feed was asked for.  `posts` is
    the page of an archive, `total` and `pages` its whole.
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
    asked: str = ""

    @property
    def single(self) -> bool:
        """Whether one post or page is shown, and no list of them."""
        return self.post is not None


def address_of(view: View, shown: Shown) -> str:
    """The address of a shown page with its page number or feed."""
    target, base = shown.target, shown.canonical
    if target.feed and shown.post is not None:
        return discussion_feed(view, shown.post, target.feed)
    if target.feed:
        return _feed_address(view.site, target, base)
    if target.page > 1 and not shown.single:
        return numbered(view.site, _folder(view.site, base), target.page)
    if target.part > 1:
        if view.site.structure:
            base = view.site.tidy(f"{base.rstrip('/')}/{target.part}")
        else:
            base = _with(base, f"page={target.part}")
    has_comments = shown.single or target.shows is Shows.PAGE
    if target.comment_page and has_comments and _names_comment_page(view, target.comment_page):
        return comment_page_address(view, base, target.comment_page)
    return base


def numbered(site: Site, base: str, number: int) -> str:
    """The address of a further page of the list at `base` (get_pagenum_link)."""
    if site.structure:
        return site.tidy(f"{base.rstrip('/')}/page/{number}")
    return _with(base, f"paged={number}")


def _folder(site: Site, base: str) -> str:
    """What the words of a feed or a page number follow: those of the site itself stand behind `index.php/`."""
    if site.structure and base.rstrip("/") == site.home:
        return f"{site.home}/{site.root}"
    return base


def _feed_address(site: Site, target: Target, base: str) -> str:
    """The address of the feed of what is at `base` (get_feed_link, get_term_feed_link)."""
    of_all_comments = target.comments and target.shows is Shows.FRONT
    if not site.structure:
        word = f"comments-{target.feed}" if of_all_comments else target.feed
        query = base.partition("?")[2]
        return f"{site.home}/?feed={word}" + (f"&{query}" if query else "")
    kind = "" if target.feed == "rss2" else f"{target.feed}/"
    comments = "comments/" if of_all_comments else ""
    return site.tidy(f"{_folder(site, base).rstrip('/')}/{comments}feed/{kind}")


def discussion_feed(view: View, post: Post, kind: str = "rss2") -> str:
    """The feed of what was said of a post (get_post_comments_feed_link); that of the page on the front stands below the
    page's own address, and a file that belongs to no post has the site's."""
    site, link = view.site, view.lookup.permalink(post)
    if post.type == "attachment" and not post.parent and site.structure:
        return site.tidy(f"{site.home}/feed/{'' if kind == 'rss2' else kind}")
    if post.id == site.front_page:
        link = permalinks.page_itself(site, post, view.lookup, post.slug)
    if "?" in link or not site.structure:
        return f"{site.home}/?feed={kind}&{link.partition('?')[2]}"
    return site.tidy(f"{link.rstrip('/')}/feed/{'' if kind == 'rss2' else kind}")


def _with(base: str, query: str) -> str:
    return f"{base}{'&' if '?' in base else '?'}{query}"


def comment_page_address(view: View, base: str, number: int) -> str:
    """The address of a page of the comments of the post at `base` (get_comments_pagenum_link)."""
    if view.site.structure:
        return view.site.tidy(f"{base.rstrip('/')}/comment-page-{number}")
    return _with(base, f"cpage={number}")


def _names_comment_page(view: View, number: int) -> bool:
    """Whether a page of comments has an address of its own: the first has none where it is shown first."""
    is_first = number == 1 and view.site.option("default_comments_page") == "oldest"
    return view.site.flag("page_comments") and not is_first


def lists_posts(site: Site, page: Post) -> bool:
    """Whether a page shows the newest posts, because another is the front page."""
    return page.type == "page" and site.front_page is not None and page.id == site.number("page_for_posts")


def visible(view: View, post: Post) -> bool:
    """Whether a reader without an account may see a post's page."""
    kind = view.site.type(post.type)
    return kind is not None and kind.viewable and permalinks.effective_status(post, view.lookup) == "publish"
