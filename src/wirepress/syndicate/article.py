"""An article's page, from bytes to facts and clean blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lxml.html import HtmlElement

from wirepress.model.page_kind import PageKind
from wirepress.model.wire import Article, Entry, Page, Rules
from wirepress.syndicate.clean import clean, clean_markup
from wirepress.syndicate.extract import cut, extract_tree, plain_tree
from wirepress.syndicate.opinions import said_in
from wirepress.syndicate.page_kind import data_markup, declared_markup, drop_paid, kind_of
from wirepress.syndicate.pager import next_part
from wirepress.syndicate.parse import linked
from wirepress.syndicate.parse.page import read_facts
from wirepress.syndicate.parse.text import page_text, page_tree
from wirepress.syndicate.passages import words_of
from wirepress.syndicate.unreadable import Unreadable


def read_article(
    body: bytes,
    url: str,
    content_type: str = "",
    rules: Rules | None = None,
    *,
    with_body: bool = True,
    first: str = "",
    number: int = 1,
    headers: Mapping[str, str] | None = None,
) -> Article:
    """The article on the page that came from `url`.  Raises Unreadable if there is none.

    `with_body` is false where the rights do not reach to the text: then only the page's facts are read.  Of a later
    page of an article `first` is the address of its first one, and `number` says which it is.
    `headers` are those of the page's answer that say something of rights (`parse.signals`).
    """
    if content_type and not any(kind in content_type.lower() for kind in ("html", "xml", "text/plain", "octet-stream")):
        raise Unreadable(f"this is no web page but {content_type.partition(';')[0].strip()[:60]}")
    text = page_text(body, content_type)
    tree = page_tree(text)
    things = linked.things(tree)
    rules = rules or Rules()
    kind = PageKind.ARTICLE if rules.body else kind_of(tree, things)
    following = next_part(tree, url, first, number) if kind is PageKind.ARTICLE else ""
    if following:
        kind = PageKind.PAGED
    if not kind.has_facts and kind is not PageKind.SHELL:
        return Article(Page(url), kind=kind)
    held = list(tree.iter())  # lxml makes the objects of a tree anew for whoever asks while nobody holds them
    page = read_facts(tree, url, headers)
    if kind is PageKind.SHELL:
        markup = data_markup(tree, things)
        if not markup:
            return Article(Page(url), kind=kind)
        article = Article(page, clean_markup(markup, url, title=page.title) if with_body else "")
    elif with_body:
        article = _with_body(tree, things, page, kind, rules)
    else:
        article = Article(page, kind=kind)
    del held
    return replace(article, next=following)


def whole_article(entry: Entry, rules: Rules) -> Article:
    """The article that an entry holds as a whole (`Entry.is_whole`).  Raises Unreadable where it cannot be read."""
    page = Page(entry.link, canonical=entry.link)
    tree = page_tree(f"<div>{entry.content}</div>")
    cut(tree, rules)
    plain_tree(tree)
    return Article(page, clean(tree, entry.link, title=entry.title))


def _with_body(tree: HtmlElement, things: Sequence[linked.Thing], page: Page, kind: PageKind, rules: Rules) -> Article:
    if kind is PageKind.PAYWALL:
        drop_paid(tree, things)
    try:
        found = extract_tree(tree, rules)
    except Unreadable:
        if kind is not PageKind.PAYWALL:
            raise
        return Article(page, kind=kind)
    if kind is PageKind.ARTICLE and not rules.body and _is_cut(found, things):
        found = page_tree(f"<div>{declared_markup(things)}</div>")
        plain_tree(found)
    return Article(page, clean(found, page.url, title=page.title), kind)


def _is_cut(found: HtmlElement, things: Sequence[linked.Thing]) -> bool:
    """Whether a page declares far more of a text than it shows: scripts would show the rest."""
    said = len(words_of(said_in(things)))
    return said >= 100 and len(words_of(found.text_content())) < 0.5 * said
