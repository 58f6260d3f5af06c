"""What there is at a reader's address, and where it has its own."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

from wirepress.content import permalinks
from wirepress.content.addresses.rules import Shows, Target
from wirepress.content.newsroom import View
from wirepress.model.post import Post
from wirepress.model.term import Term
from wirepress.model.user import User


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


def encoded_slug(slug: str) -> str:
    """A slug as rows hold it: other scripts percent-encoded in lower case."""
    return quote(unquote(slug), safe="-_~.").lower() if not slug.isascii() or "%" in slug else slug


def visible(view: View, post: Post) -> bool:
    """Whether a reader without an account may see a post's page."""
    kind = view.site.type(post.type)
    return kind is not None and kind.viewable and permalinks.effective_status(post, view.lookup) == "publish"
