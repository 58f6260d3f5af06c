"""An article that is spread over several pages: all of them are fetched, within bounds, and joined to one text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from wirepress.model.moment import Clock
from wirepress.model.page_kind import PageKind
from wirepress.model.wire import Article, Page, Rules
from wirepress.net.port import Fault, Fetcher, FetchError
from wirepress.render.strip import strip_all_tags
from wirepress.syndicate import sandbox
from wirepress.syndicate.addresses import url_key
from wirepress.syndicate.article import read_article
from wirepress.syndicate.passages import words_of
from wirepress.syndicate.unreadable import Unreadable

MOST: Final = 20
"""Pages of an article ..."""
MOST_BYTES: Final = 20_000_000
"""... how many bytes those behind the first may have ..."""
SECONDS: Final = 120.0
"""... and how long they may take, with the waits between two requests."""
_COMMENT: Final = re.compile(r"<!-- (?P<end>/?)wp:[a-z][^>]*?(?P<void>/?)-->")
_PAGER: Final = re.compile(
    r"(?:page|seite|part|teil|p[aá]gina|strona) ?\d{1,3}(?: ?(?:/|of|von|de|di|sur|van|z) ?\d{1,3})?"
    r"|\d{1,3} ?(?:/|of|von|de|di|sur) ?\d{1,3}"
    r"|(?:[«‹<] ?)?\d{1,3}(?:[\s|·,]+\d{1,3})+(?:[\s|·]*(?:next|weiter|suivant|siguiente)?[ »›>→]*)?"
    r"|(?:read |continue |go )?(?:on|next|continue|previous|weiter|zur[uü]ck|suivante?|siguiente)"
    r"(?: (?:to )?(?:page|seite))?(?: \d{1,3})?[ »›>→]*",
    re.IGNORECASE,
)


def whole(article: Article, fetcher: Fetcher, clock: Clock, rules: Rules) -> Article:
    """The article with all of its pages, where its first one says that there are more.

    Raises Unreadable where one of them is not to be had or they are too many, FetchError where we are to stop or its
    server asks us to wait.
    """
    parts, known = [article.body], _said_in(article.body)
    seen = {url_key(article.page.url)}
    first, following, size = article.page.url, article.next, 0
    until = clock.monotonic() + SECONDS
    while following:
        number = len(parts) + 1
        if number > MOST:
            raise Unreadable(f"the article has more than {MOST} pages")
        if clock.monotonic() >= until or size >= MOST_BYTES:
            raise Unreadable(f"page {number} of the article would take more than one article may")
        try:
            fetched = fetcher.get(following)
            size += len(fetched.body)
            if url_key(fetched.url) in seen:  # led back: there is no more than what we have
                break
            part = sandbox.run(
                sandbox.PAGE, read_article, fetched.body, fetched.url, fetched.content_type, rules, first=first,
                number=number,
            )  # fmt: skip
        except (FetchError, Unreadable) as error:
            if isinstance(error, FetchError) and (error.fault is Fault.STOPPED or error.asks_to_wait):
                raise
            raise Unreadable(f"page {number} of the article cannot be had: {error.message}") from error
        if _is_another(article.page, part.page):
            break
        if part.kind not in (PageKind.ARTICLE, PageKind.PAGED):
            raise Unreadable(f"page {number} of the article cannot be had: {part.kind.value}")
        seen |= {url_key(fetched.url), url_key(following)}
        said = _said_in(part.body)
        if said <= known:  # the server gives the same, whatever the number
            break
        parts.append(part.body)
        known |= said
        following = part.next
    return replace(article, body=joined(parts), kind=PageKind.ARTICLE, next="")


def _is_another(page: Page, part: Page) -> bool:
    """Whether what was taken for a part is an article of its own: with another title, of another day."""
    titles = [set(words_of(one.title)) for one in (page, part)]
    dates = [one.published for one in (page, part)]
    if not all(titles) or dates[0] is None or dates[1] is None:
        return False
    alike = len(titles[0] & titles[1]) / min(map(len, titles))
    return alike < 0.5 and dates[0].date() != dates[1].date()


def joined(parts: Sequence[str]) -> str:
    """The texts of an article's pages as one.

    What stands at the top of several of them is kept where it came first, what stands at the end of two pages that
    follow each other where it comes last; labels of the pages go, and pictures that were shown before.
    """
    pages = [[block for block in blocks_of(part) if not _is_label(block)] for part in parts]
    for earlier, later in pairwise(pages):
        shared = _shared_end(earlier, later)
        if 0 < shared < len(earlier):
            del earlier[len(earlier) - shared :]
    kept: list[str] = []
    known: set[str] = set()
    for page in pages:
        at_top = bool(kept)
        for block in page:
            key = _key(block)
            at_top = at_top and key in known
            if at_top or (key in known and block.startswith("<!-- wp:image")):
                continue
            kept.append(block)
        known |= set(map(_key, page))
    return "\n\n".join(kept)


def _shared_end(one: Sequence[str], other: Sequence[str]) -> int:
    """How many blocks two pages have in common at their ends."""
    pairs = zip(reversed(one), reversed(other), strict=False)
    return next((at for at, (mine, yours) in enumerate(pairs) if _key(mine) != _key(yours)), min(len(one), len(other)))


def blocks_of(text: str) -> list[str]:
    """The outermost blocks of a text, each with its delimiters."""
    found: list[str] = []
    depth = start = 0
    for comment in _COMMENT.finditer(text):
        if comment["void"]:
            continue
        if comment["end"]:
            depth -= 1
            if depth == 0:
                found.append(text[start : comment.end()])
        else:
            if depth == 0:
                start = comment.start()
            depth += 1
    return found


def _said_in(text: str) -> set[str]:
    return set(map(_key, blocks_of(text)))


def _key(block: str) -> str:
    said = " ".join(strip_all_tags(block).split()).casefold()
    return block if block.startswith(("<!-- wp:image", "<!-- wp:embed")) or not said else said


def _is_label(block: str) -> bool:
    """Whether a paragraph is nothing but the number of a page, or a way to another."""
    said = " ".join(strip_all_tags(block).split()) if block.startswith("<!-- wp:paragraph") and len(block) < 600 else ""
    return bool(said) and _PAGER.fullmatch(said) is not None
