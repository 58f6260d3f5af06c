"""The article in a page: opinions vote, and the markup under the elected text is kept.

With selectors in the source's rules, the selectors decide instead.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import html as lxml_html
from lxml.html import HtmlElement

from wirepress.model.wire import Rules
from wirepress.syndicate.opinions import ask_all, elect
from wirepress.syndicate.parse.select import select
from wirepress.syndicate.parse.text import element_text, page_tree
from wirepress.syndicate.passages import (
    MEDIA,
    Passage,
    drop,
    passages,
    settle,
    shingles,
    strip,
    unnest,
    unwrap,
    words_of,
)
from wirepress.syndicate.tables import unframe
from wirepress.syndicate.unreadable import Unreadable

_COVERED = 0.6
"""The share of a passage's shingles that must be in the elected text."""
_FEWEST = 4
"""Words below which a passage is compared as a whole line."""


def extract(page: str, rules: Rules | None = None) -> HtmlElement:
    """The article in a page's text, its markup as it was, raw.  Raises Unreadable where there is none."""
    rules = rules or Rules()
    tree = page_tree(page)
    for selector, take_out in ((rules.remove, drop), (rules.unwrap, unwrap)):
        if selector:
            for element in select(tree, selector):
                take_out(element)
    if rules.body:
        return _selected(tree, rules.body)
    changed = [bool(rules.remove), unnest(tree), unframe(tree)]
    if any(changed):
        page = lxml_html.tostring(tree, encoding="unicode")
    strip(tree)
    settle(tree)
    found = list(passages(tree))
    opinions = ask_all(page, found)
    if not opinions:
        raise Unreadable("no article text was found on the page")
    kept = covered(found, opinions[elect(opinions)])
    if not kept:
        raise Unreadable("no article text was found on the page")
    return _body_of(kept, found)


def _selected(tree: HtmlElement, selector: str) -> HtmlElement:
    found = select(tree, selector)
    if not found:
        raise Unreadable(f"nothing on the page matches {selector[:80]!r}")
    chosen = set(found)
    body = lxml_html.Element("div")
    for element in found:
        if not any(above in chosen for above in element.iterancestors()):
            element.tail = None
            body.append(element)
    unnest(body)
    strip(body)
    settle(body)
    if not element_text(body) and body.find(".//img") is None:
        raise Unreadable(f"what matches {selector[:80]!r} holds no text")
    return body


def covered(found: Sequence[Passage], text: str) -> list[Passage]:
    """The passages of a page that make up `text`.

    A passage that is on the page more often than in the text (teasers, pull quotes) counts where the rest is.
    """
    elected = words_of(text)
    whole = f" {' '.join(elected)} "
    lines = {words_of(line) for line in text.split("\n")}
    places = _places(found, shingles(elected))
    if not places:
        return [passage for passage in found if passage.words in lines]
    chosen = _chosen(found, places, whole)
    first, last = min(chosen), max(chosen)
    for at, passage in enumerate(found[: last + 3]):
        if at < first - 2 or len(passage.words) >= _FEWEST:
            continue
        in_table = passage.element.tag in ("td", "th") and first <= at <= last
        if passage.words in lines or (in_table and f" {' '.join(passage.words)} " in whole):
            chosen.add(at)
    return [found[at] for at in sorted(chosen)]


def _places(found: Sequence[Passage], grams: frozenset[tuple[str, ...]]) -> dict[tuple[str, ...], list[int]]:
    """Where on a page the passages are whose words are in a text."""
    places: dict[tuple[str, ...], list[int]] = {}
    for at, passage in enumerate(found):
        own = shingles(passage.words)
        if len(passage.words) >= _FEWEST and len(own & grams) >= _COVERED * len(own):
            places.setdefault(passage.words, []).append(at)
    return places


def _chosen(found: Sequence[Passage], places: dict[tuple[str, ...], list[int]], whole: str) -> set[int]:
    """The places of passages, each as often as in the text and as near to its middle as it can be."""
    middle = _middle(found, places)
    chosen: set[int] = set()
    for words, where in places.items():
        if len(where) > 1:
            times = max(1, whole.count(f" {' '.join(words)} "))
            where = sorted(where, key=lambda at: abs(at - middle))[:times]
        chosen.update(where)
    return chosen


def _middle(found: Sequence[Passage], places: dict[tuple[str, ...], list[int]]) -> int:
    """Where the bulk of the text is: the median word of the passages that are on the page once."""
    once = sorted(where[0] for where in places.values() if len(where) == 1) or sorted(
        at for where in places.values() for at in where
    )
    half = sum(len(found[at].words) for at in once) / 2
    counted = 0
    for at in once:
        counted += len(found[at].words)
        if counted >= half:
            return at
    return once[-1]


def _body_of(kept: Sequence[Passage], found: Sequence[Passage]) -> HtmlElement:
    """The smallest element around the kept passages, without the others."""
    root = _common(kept)
    texts = {passage.element for passage in kept}
    alive = texts.union(*(element.iterancestors() for element in texts))
    inside = list(root.iter())
    for element in _pictures(root, inside, texts, alive):
        alive.update((element, *element.iterdescendants(), *element.iterancestors()))
    others = {passage.element for passage in found} - alive
    for element in filter(others.__contains__, inside):
        drop(element)
    for element in list(root.iter(*MEDIA)):
        if element not in alive and alive.isdisjoint(element.iterancestors(*_HOLDERS)):
            drop(element)
    return _as_body(root, kept)


def _pictures(
    root: HtmlElement, inside: Sequence[HtmlElement], texts: set[HtmlElement], alive: set[HtmlElement]
) -> list[HtmlElement]:
    """The pictures that stand among the kept texts, behind the first of them."""
    first = next(at for at, element in enumerate(inside) if element in texts)
    later = [element for element in inside[first:] if element.tag in MEDIA and element not in alive]
    return [element for element in later if _belongs(element, root, alive)]


def _as_body(root: HtmlElement, kept: Sequence[Passage]) -> HtmlElement:
    """An element that holds the article and is no part of its text."""
    if root.tag in ("body", "html") or root.getparent() is None:
        root.tag = "div"
        return root
    if all(passage.element is not root for passage in kept):
        return root
    wrapper: HtmlElement = lxml_html.Element("div")
    wrapper.append(root)
    root.tail = None
    return wrapper


def _common(kept: Sequence[Passage]) -> HtmlElement:
    line = [kept[0].element, *kept[0].element.iterancestors()]
    for passage in kept[1:]:
        above = {passage.element, *passage.element.iterancestors()}
        line = [element for element in line if element in above]
    # The root of a list, table or quotation is part of what is kept.
    return next((element for element in line if element.tag not in _PARTS), line[-1])


_HOLDERS = frozenset(("p", "figure", "li", "td", "blockquote", "a"))
_PARTS = frozenset(("ul", "ol", "dl", "table", "tbody", "tr", "li", "blockquote", "figure", "dd", "dt"))


def _belongs(element: HtmlElement, root: HtmlElement, alive: set[HtmlElement]) -> bool:
    """Whether a picture stands among the kept text: the island it is on holds no text of its own but captions."""
    island = element
    while island is not root:
        above = island.getparent()
        if above is None or above is root or above in alive:
            break
        island = above
    words = sum(len(passage.words) for passage in passages(island) if passage.element.tag != "figcaption")
    return words <= 12 and island.tag not in ("nav", "footer", "aside")
