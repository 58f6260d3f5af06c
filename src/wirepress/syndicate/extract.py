"""The article in a page: a classifier weighs each passage, and the markup of those that are taken is kept as it stands.

With selectors in the source's rules, the selectors decide instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from lxml import html as lxml_html
from lxml.html import HtmlElement

from wirepress.model.wire import Rules
from wirepress.syndicate import classifier, embeds
from wirepress.syndicate.features import measure
from wirepress.syndicate.opinions import ask_all, declared
from wirepress.syndicate.parse.select import select
from wirepress.syndicate.parse.text import element_text, page_tree
from wirepress.syndicate.passages import MEDIA, Passage, drop, passages, settle, strip, unnest, unwrap
from wirepress.syndicate.surroundings import names_more
from wirepress.syndicate.tables import unframe
from wirepress.syndicate.unreadable import Unreadable

_UNSURE = 0.15
"""Where no passage is likely, those are taken that come near the likeliest, if that has at least this chance."""
_MOST_OF_IT = 0.5
"""The share of the words of a table, a list or a quoted post from which on it is taken whole."""
_LONGEST_LINK = 30
"""Words of a headline at most."""
_WHOLE = ("table", "ul", "ol", "dl", "pre", "blockquote")


def extract(page: str, rules: Rules | None = None) -> HtmlElement:
    """The article in a page's text, its markup as it was, raw.  Raises Unreadable where there is none."""
    return extract_tree(page_tree(page), rules)


def extract_tree(tree: HtmlElement, rules: Rules | None = None) -> HtmlElement:
    """The article in a page's tree, which is used up.  Raises Unreadable where there is none."""
    rules = rules or Rules()
    cut(tree, rules)
    if rules.body:
        return _selected(tree, rules.body)
    said = declared(tree)
    plain_tree(tree)
    found = list(passages(tree))
    kept = judged(found, ask_all(tree, found, said))
    if not kept:
        raise Unreadable("no article text was found on the page")
    return _body_of(kept, found)


def cut(tree: HtmlElement, rules: Rules) -> None:
    """Cuts out of a tree what the rules of its source say."""
    for selector, take_out in ((rules.remove, drop), (rules.unwrap, unwrap)):
        if selector:
            for element in select(tree, selector):
                take_out(element)


def plain_tree(tree: HtmlElement) -> None:
    """Brings a page's tree into the form that passages are read from."""
    unnest(tree)
    unframe(tree)
    strip(tree)
    settle(tree)


def judged(found: Sequence[Passage], opinions: dict[str, str]) -> list[Passage]:
    """The passages of a page that are its article."""
    return chosen(found, classifier.chances(measure(found, opinions)))


def chosen(found: Sequence[Passage], chances: Sequence[float], likely: float = classifier.LIKELY) -> list[Passage]:
    """The passages of a page that are its article: those with a chance from `likely` on.

    Where there is none, those are taken that come near the likeliest.
    """
    heads = [at for at, passage in enumerate(found) if passage.element.tag == "h1"]
    headline = heads[0] if len(heads) == 1 else -1  # it is no part of the body
    may = {
        at: chance
        for at, chance in enumerate(chances)
        if chance >= _UNSURE and at != headline and not _leads_away(found[at])
    }
    best = max((chance for at, chance in may.items() if _is_text(found[at])), default=0.0)
    if not best:
        return []
    least = likely if best >= likely else max(_UNSURE, 0.6 * best)
    taken = _whole(found, {at for at, chance in may.items() if chance >= least})
    return [found[at] for at in sorted(taken | _between(found, taken))]


def _leads_away(passage: Passage) -> bool:
    """Whether a passage is a link and nothing else, in what a template names for other articles or offers."""
    if passage.linked < len(passage.words) or len(passage.words) > _LONGEST_LINK:
        return False
    return any(names_more(element) for element in (passage.element, *passage.above[:2]))


def _is_text(passage: Passage) -> bool:
    return str(passage.element.tag) != "figcaption"


def _whole(found: Sequence[Passage], taken: set[int]) -> set[int]:
    """The places of what is taken, with the rest of the tables, lists and posts of which most is."""
    held: dict[HtmlElement, list[int]] = {}
    for at, passage in enumerate(found):
        outer = [above for above in (passage.element, *passage.above) if above.tag in _WHOLE]
        if outer and (outer[-1].tag != "blockquote" or embeds.quoted(outer[-1])):
            held.setdefault(outer[-1], []).append(at)
    whole = set(taken)
    for where in held.values():
        words = sum(len(found[at].words) for at in where)
        inside = sum(len(found[at].words) for at in where if at in taken)
        if inside and inside >= _MOST_OF_IT * words:
            whole.update(where)
    return whole


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


def _between(found: Sequence[Passage], taken: set[int]) -> set[int]:
    """The places of tables and of cards with a post of another site, where they stand in a row with what is taken.

    A classifier of lines of text knows little of them: a cell is as short as a label, a card is nothing but a link.
    """
    places = sorted(at for at in taken if all(above.tag != "table" for above in found[at].above))
    between: set[int] = set()
    for before, after in pairwise(places):
        if after - before < 2 or not found[before].above or not found[after].above:
            continue
        row = found[before].above[0]
        if row not in found[after].above:
            continue
        islands: dict[HtmlElement, list[int]] = {}
        for at in range(before + 1, after):
            line = (found[at].element, *found[at].above)
            if row in line[1:]:
                islands.setdefault(line[line.index(row) - 1], []).append(at)
        between.update(at for island, where in islands.items() if _is_kept(island) for at in where)
    return between


def _is_kept(island: HtmlElement) -> bool:
    links = [link.get("href", "") for link in island.iter("a")]
    if links and len(links) <= 3 and all(map(embeds.is_post, links)):
        return True
    tables = list(island.iter("table"))
    inside = sum(len(table.text_content()) for table in tables)
    linked = sum(len(link.text_content()) for link in island.iter("a"))
    return bool(tables) and inside > 0.8 * len(island.text_content()) and linked < 0.5 * inside


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
