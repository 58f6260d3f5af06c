"""An article's markup, whatever it was, as clean blocks that an editor can edit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from lxml import html as lxml_html
from lxml.html import HtmlElement

from wirepress.syndicate import blocks, embeds, figures
from wirepress.syndicate.inline import inline
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.pictures import best_source, picture_key
from wirepress.syndicate.parse.text import element_text, page_tree, squeeze
from wirepress.syndicate.passages import BLOCKS, HEADINGS, drop, settle, strip, unnest, words_of
from wirepress.syndicate.tables import read_table
from wirepress.syndicate.teasers import is_syndicators

_LONGEST_LABEL = 60
_MOST_PICTURES = 200
"""Pictures of one text; of those beyond nobody takes any."""
_BYLINE_WORDS = 12
# Whole passages that are labels of a page's furniture, not text, wherever they stand.
_LABEL = re.compile(
    r"(?:advertisement|advertising|anzeige|werbung|publicit[eé]|publicidad|pubblicit[aà]|reklam[ae]?"
    r"|sponsored(?: content)?|story continues below(?: advertisement)?"
    r"|article continues (?:below|after)(?: (?:this )?advertisement)?"
    r"|article content(?: continued)?|this slideshow requires javascript"
    r"|skip advertisement|scroll to continue(?: with content)?|loading\W*|advert)[.:\s]*",
    re.IGNORECASE,
)
# At the top of a text only: share bars, listening and reading aids.
_LEAD = re.compile(
    r"(?:(?:share|teilen|partager|compartir|condividi)(?: (?:this|on|via|auf|sur|en|su)\b.*)?"
    r"|(?:listen|h[oö]ren|watch)\b.*"
    r"|(?:print|drucken|save|merken|email|e-mail|copy link|link kopieren|follow us|comments?|kommentare?)\b.*"
    r"|(?:facebook|twitter|x|whatsapp|telegram|linkedin|pinterest|reddit|flipboard|messenger|mail|\s|[|/·•,])+"
    r"|\d{1,3} ?min(?:ute|uten)?s?\.?(?: read| lesezeit)?|lesezeit\b.*|read time\b.*|sign up\b.*|subscribe\b.*)",
    re.IGNORECASE,
)
# Anywhere, as a row of them: what a reader of the page could do with it.
_ROW = re.compile(r"\s*[|·•/]\s*")
_DEED = re.compile(
    r"(?:send|e-?mail|share|print|tell|forward|save|bookmark)\b(?: (?:this|the|to|a|an|it|article|page|story|friend"
    r"|version))*|(?:back to |to the )?top(?: of (?:the )?page)?|text size|permalink"
    r"|artikel (?:drucken|versenden|teilen)",
    re.IGNORECASE,
)
_IN_FIGURES = ("figure", "table", "iframe", "blockquote", "pre", "video", "audio", "ul", "ol")


def clean_markup(markup: str, base: str, *, title: str = "") -> str:
    """Block markup of a feed's or a selector's HTML; see `clean`."""
    if not markup.strip():
        return ""
    tree = page_tree(f"<div>{markup}</div>")
    unnest(tree)
    strip(tree)
    settle(tree)
    return clean(tree, base, title=title)


def clean(body: HtmlElement, base: str, *, title: str = "") -> str:
    """Block markup of a settled tree (`passages.settle`), which is used up.

    Links are made absolute by `base`; a heading that repeats `title` is left out, since the post shows it by itself.
    """
    return "\n\n".join(_Cleaning(base, title).blocks(body))


class _Cleaning:
    """One article being cleaned."""

    def __init__(self, base: str, title: str) -> None:
        self._base = base
        self._title = words_of(title)
        self._begun = False
        self._pictures: set[tuple[object, ...]] = set()
        self._makers: Mapping[str, Callable[[HtmlElement], Iterator[str]]] = {
            "p": self._paragraph,
            "pre": self._pre,
            "ul": self._list,
            "ol": self._list,
            "menu": self._list,
            "blockquote": self._quote,
            "figure": self._figure,
            "picture": self._figure,
            "img": self._figure,
            "table": self._table,
            "iframe": self._frame,
            "embed": self._frame,
            "object": self._frame,
            "video": self._player,
            "audio": self._player,
        } | dict.fromkeys(HEADINGS, self._heading)

    def blocks(self, body: HtmlElement) -> list[str]:
        """All blocks, without separators at either end or beside each other."""
        found: list[str] = []
        figures.settle(body)
        for made in self._walk(body):
            if made == blocks.separator() and (not found or found[-1] == made):
                continue
            found.append(made)
        while found and found[-1] == blocks.separator():
            found.pop()
        return found

    def _walk(self, element: HtmlElement) -> Iterator[str]:
        maker = self._makers.get(str(element.tag))
        if element.tag == "hr":
            yield blocks.separator()
        elif element.tag == "nav":
            return
        elif maker is not None:
            yield from maker(element)
        elif any(child.tag in BLOCKS for child in element.iterdescendants()):
            for child in list(element):
                yield from self._walk(child)
        else:
            yield from self._paragraph(element)

    def _paragraph(self, element: HtmlElement) -> Iterator[str]:
        pictures = list(element.iter("img"))
        text = element_text(element)
        made = [block for picture in pictures for block in self._picture(picture, "")]
        if text and not self._is_furniture(text):
            inner = inline(element, self._base)
            if inner:
                self._begun = True
                made.append(blocks.paragraph(inner))
        yield from made

    def _is_furniture(self, text: str) -> bool:
        if is_syndicators(text) or (not self._begun and self._repeats_title(text)):
            return True
        if len(text) > _LONGEST_LABEL:
            return False
        sentence = text.endswith((".", "!", "?", "…"))
        if _LABEL.fullmatch(text) or (not self._begun and not sentence and _LEAD.fullmatch(text)):
            return True
        row = _ROW.split(text)
        return len(row) > 1 and all(_DEED.fullmatch(part) for part in row)

    def _repeats_title(self, text: str) -> bool:
        """Whether a passage above the text is the title once more, with a byline at most: the post shows both."""
        if len(text) > 3 * _LONGEST_LABEL:
            return False
        title = f" {' '.join(self._title)} "
        first, _, rest = text.partition("\n")
        line = words_of(first)
        return len(line) > 2 and f" {' '.join(line)} " in title and len(rest.split()) <= _BYLINE_WORDS

    def _heading(self, element: HtmlElement) -> Iterator[str]:
        words = words_of(element_text(element))
        if not words or words == self._title or self._is_furniture(squeeze(element_text(element))):
            return
        if inner := inline(element, self._base):
            yield blocks.heading(inner, max(2, int(str(element.tag)[1])))

    def _pre(self, element: HtmlElement) -> Iterator[str]:
        text = "".join(element.itertext()).strip("\n")
        if not text.strip():
            return
        self._begun = True
        if element.find(".//code") is not None:
            yield blocks.code(text)
        else:
            yield blocks.preformatted(inline(element, self._base, keep_space=True))

    def _list(self, element: HtmlElement) -> Iterator[str]:
        if made := self._list_block(element):
            self._begun = True
            yield made

    def _list_block(self, element: HtmlElement) -> str:
        items = list(filter(None, map(self._item, list(element))))
        if not items:
            return ""
        start = element.get("start", "")
        number = int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 1
        return blocks.list_of(items, ordered=element.tag == "ol", start=number)

    def _item(self, element: HtmlElement) -> str:
        if element.tag in ("ul", "ol"):  # a list right inside a list, as old editors wrote it
            nested = self._list_block(element)
            return blocks.list_item("", nested) if nested else ""
        nested = ""
        for inner in _outermost(element, ("ul", "ol")):
            nested += self._list_block(inner)
            drop(inner)
        _flatten(element)
        text = inline(element, self._base)
        return blocks.list_item(text, nested) if text or nested else ""

    def _quote(self, element: HtmlElement) -> Iterator[str]:
        if post := embeds.quoted(element):
            self._begun = True
            yield blocks.embed(post)
            return
        cite = ""
        for named in list(element.iter("cite", "footer")):
            cite = cite or inline(named, self._base)
            drop(named)
        inner = [made for child in _blocks_of(element) for made in self._walk(child)]
        if inner:
            self._begun = True
            yield blocks.quote(inner, cite)

    def _figure(self, element: HtmlElement) -> Iterator[str]:
        credit = figures.credit(element)
        caption = figures.with_credit(self._caption(element), credit)
        made: list[str] = []
        for inner in _outermost(element, _IN_FIGURES):
            made += self._walk(inner)
            drop(inner)
        pictures = list(element.iter("img"))
        for picture in pictures[:-1]:
            made += self._picture(picture, "")
        for picture in pictures[-1:]:
            made += self._picture(picture, caption)
        if not made and not pictures:  # a figure of text
            made = [block for child in _blocks_of(element) for block in self._walk(child)]
        yield from made

    def _caption(self, figure: HtmlElement) -> str:
        """The caption of a figure, which is taken out of it; those of figures inside it are their own."""
        for caption in figure.iter("figcaption"):
            if next(caption.iterancestors("figure"), figure) is not figure:
                continue
            _flatten(caption)
            text = inline(caption, self._base)
            drop(caption)
            return text
        return ""

    def _picture(self, element: HtmlElement, caption: str) -> Iterator[str]:
        if len(self._pictures) >= _MOST_PICTURES:
            return
        url = best_source(element, self._base)
        if not url or (key := picture_key(url)) in self._pictures:
            return
        alt = squeeze(element.get("alt", ""))[:500]
        if _LABEL.fullmatch(alt):
            return
        self._pictures.add(key)
        yield blocks.image(url, alt, caption)

    def _table(self, element: HtmlElement) -> Iterator[str]:
        made = read_table(element, self._cell)
        if made is None:  # a table for layout: what its cells hold stands by itself
            for cell in _outermost(element, ("td", "th", "caption")):
                for child in _blocks_of(cell):
                    yield from self._walk(child)
        elif made:
            self._begun = True
            yield made

    def _cell(self, cell: HtmlElement) -> str:
        _flatten(cell)
        return inline(cell, self._base)

    def _frame(self, element: HtmlElement) -> Iterator[str]:
        named = element.get("src") or element.get("data-src") or element.get("data", "")
        if what := embeds.framed(absolute(self._base, named)):
            self._begun = True
            yield blocks.embed(what)

    def _player(self, element: HtmlElement) -> Iterator[str]:
        sources = [element.get("src", ""), *(source.get("src", "") for source in element.iter("source"))]
        url = next((address for source in sources if (address := absolute(self._base, source))), "")
        if url and not url.endswith((".m3u8", ".mpd")):
            yield blocks.player(str(element.tag), url)


def _outermost(element: HtmlElement, tags: tuple[str, ...]) -> list[HtmlElement]:
    """The parts of an element with these tags that lie in no other such part; found before any of them is changed."""
    found: list[HtmlElement] = []
    for part in element.iterdescendants(*tags):
        above = part.getparent()
        while above is not None and above is not element and above.tag not in tags:
            above = above.getparent()
        if above is element:
            found.append(part)
    return found


def _blocks_of(element: HtmlElement) -> list[HtmlElement]:
    """The children of an element, its own text in a paragraph."""
    if any(child.tag in BLOCKS for child in element.iterdescendants()):
        return list(element)
    paragraph: HtmlElement = lxml_html.Element("p")
    paragraph.text, element.text = element.text, None
    paragraph.extend(list(element))
    return [paragraph]


def _flatten(element: HtmlElement) -> None:
    """Turns the blocks inside an element into lines of it."""
    for child in list(element.iterdescendants()):
        if child.tag in BLOCKS and child.getparent() is not None:
            if child.getprevious() is not None or (child.getparent().text or "").strip():
                child.addprevious(lxml_html.Element("br"))
            child.drop_tag()
