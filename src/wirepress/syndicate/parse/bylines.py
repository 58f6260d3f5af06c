"""The names that a page shows as its article's authors: behind a word like "By", or in what its markup calls so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Final

from lxml.html import HtmlElement

from wirepress.syndicate.parse.name_forms import ends_byline, is_work, names_in, only_names
from wirepress.syndicate.parse.opening import Opening, Run, is_elsewhere, runs_in
from wirepress.syndicate.parse.text import squeeze

_NOUN: Final = (
    r"autor(?:in|en|es|a|ka)?|author\(?s?\)?|auteur(?:e|s)?|autor[ei]|writer|words|text|texte|texto|testo|tekst|story"
    r"|report|article|yazar|yazan|penulis|forfatter|skribent|kirjoittaja|teksti|szerző|συντάκτης|автор(?:ы|и)?|текст"
    r"|作者|撰文|記者|记者|文|लेखक|الكاتب"
)
_BY: Final = (
    r"by|von|vom|par|por|di|door|av|af|przez|oleh|كتب|كتبت|بقلم"
    r"|(?:words|text|texte|texto|testo|tekst|story|report|article|posted|written|reported|reporting|authored"
    r"|geschrieben|escrito|écrit|scritto|geschreven|skrevet|skriven|publicado|publié)\s(?:by|von|par|por|da|di|door|av|af)"
)
_LABEL: Final = re.compile(rf"(?:{_BY}|{_NOUN})\s?[:：/／|]?\s?", re.IGNORECASE)
_LABELLED: Final = re.compile(rf"(?:(?:{_BY})(?:\s?[:：/／]\s?|\s)|(?:{_NOUN})\s?[:：/／]\s?)(?=\S)", re.IGNORECASE)
_OTHER: Final = re.compile(
    r"(?:(?:medically |fact[- ]|expert )?(?:re-?viewed|checked|verified|edited|approved|translated|photo\w*|image\w*"
    r"|picture\w*|illustrat\w+|graphics?|video|produced|powered|sponsored|presented|published|curated|hosted|updated"
    r"|last updated|fotos?|bild(?:er)?|redigerat|editado|traducido|übersetzt|gepr[üu]ft)\s?(?:by|von|par|por|di|av)\b"
    r"|(?:reviewer|editor|foto|photo|photographer|redaktör|illustration)s?\s?:)",
    re.IGNORECASE,
)
_JOINT: Final = re.compile(r"[,;&|/+•·]|and|with|und|et|y|e|og|och|i|en|ve|и|&amp;|, and", re.IGNORECASE)
_MARKED: Final = re.compile(
    r"(?i:by-?line|author|autor|auteur|autore|verfasser|redakteur|writer|reporter|contributor|columnist|forfatter"
    r"|skribent|kirjoittaja|penulis|yazar)(?i:s|es|en|in)?(?![a-z])"
)
_NOT_MARKED: Final = re.compile(
    r"(?:comment|follow|bild|foto|related|more|other|image|photo|avatar|picture|bio|social|desc)", re.IGNORECASE
)
_MORE: Final = re.compile(
    r"^(?:(?:view|read|see|show|more|all|posts?|articles|stories|about|by|from|profile of|follow|meet|mehr|alle|artikel"
    r"|von|voir|tous|les|de|ver|más)\s+)*(?:posts|articles|about|by|from|of|von|de)\s+",
    re.IGNORECASE,
)
_PROFILE: Final = re.compile(
    r"/(?:authors?|autor(?:e[ns]?|in)?|auteurs?|writers?|contributors?|reporters?|redaktion|redakteure?|team|people"
    r"|profiles?|staff|by|by-?lines?|journalists?|@)/?[\w.%-]{3,}/?(?:[?#].*)?$",
    re.IGNORECASE,
)
"""The address of a page of one author."""
_NO_CONTAINER: Final = frozenset(("html", "body", "article", "main", "img", "svg", "button", "figcaption"))
_LONGEST: Final = 60
_MOST: Final = 200
"""Elements of one kind that are looked at, each with all that it stands in."""
_MOST_LABELS: Final = 30
_LONGEST_PART: Final = 2_000
"""Characters of one piece of a paragraph's text that are read, white space included."""
_PROSE: Final = 100
"""Characters of its own from which on a paragraph is one of a text, where "by" is a word like any other."""


def near(opening: Opening) -> list[str]:
    """The names that follow a word like "By" beside the headline."""
    return _named(opening.behind, labelled=True) or _named(opening.before, labelled=True)


def signed(opening: Opening) -> list[str]:
    """The names in bold where the article's text begins, in a line of their own or before its first words."""
    for text, element in opening.behind:
        if len(text) > 2 * _LONGEST:
            break
        block = next(islice(element.iterancestors("p"), 1), None) if element.tag in ("strong", "b") else None
        is_first = block is not None and element is block[0] and not (block.text or "").strip()
        if is_first and _ends_line(element) and (names := only_names(text)):
            return names
    return []


def _ends_line(element: HtmlElement) -> bool:
    """Whether the line of an element ends with it, or with what its bearer is (`Ada Byron, reporter`).

    A text that begins with words in bold names whom it is about, or where it was written.
    """
    beside = element.getnext()
    rest = squeeze((element.tail or "")[: 4 * _LONGEST])
    is_last = beside is None or beside.tag == "br"
    return is_last and len(rest) <= _LONGEST and (not rest.strip(" .:,|/–—-") or is_work(rest))


def marked(tree: HtmlElement, opening: Opening) -> list[str]:
    """The names in the first element that a page's markup calls one of an author, beside the headline or elsewhere."""
    beside = opening.holders
    for element in sorted(islice(_containers(tree, opening), _MOST), key=lambda one: one not in beside):
        if found := _named(runs_in(element, 12), labelled=False):
            for other in _alike(element):
                found.extend(_named(runs_in(other, 12), labelled=False))
            return found
    return []


def linked(tree: HtmlElement, opening: Opening) -> list[str]:
    """The names in the links that a page relates to its author (`rel`): those beside the headline, else the first."""
    links = islice((link for link in tree.iter("a") if "author" in link.get("rel", "").lower().split()), _MOST)
    named = [(link, name) for link in links if not is_elsewhere(link, opening) and (name := _said(link))]
    chosen = [name for link, name in named if link in opening.holders] or [
        name for link, name in named if link.getparent() is named[0][0].getparent()
    ]
    return list(dict.fromkeys(chosen))


def _said(link: HtmlElement) -> str:
    """The name that a link to an author's page bears; one that is written as none is, is taken as it stands."""
    text = " ".join(run.text for run in runs_in(link, 6))[: 4 * _LONGEST]
    text = _MORE.sub("", text, count=1).rstrip(" »›>→")
    names = names_in(text, alone=True).found
    if names and " " in names[0]:
        return ", ".join(names)
    return text if 1 < len(text) <= _LONGEST else ""


def profiled(tree: HtmlElement) -> list[str]:
    """The name that the first link to an author's page bears that is not in a list of other articles."""
    links = (link for link in tree.iter("a") if _PROFILE.search(link.get("href", "")[:300]))
    for link in islice(links, _MOST):
        text = " ".join(run.text for run in runs_in(link, 6))
        around = any(above.tag in ("nav", "footer", "aside", "li") for above in link.iterancestors())
        if not around and (names := only_names(text)) and not is_elsewhere(link):
            return names
    return []


def anywhere(tree: HtmlElement) -> list[str]:
    """The names that follow a word like "By" somewhere on the page, in a line of its own."""
    for element in islice(_labels(tree.iter()), _MOST_LABELS):
        found = _named(_runs_from(element), labelled=True)
        if found and " " in found[0] and not is_elsewhere(element) and not _is_footer(element):
            return found
    return []


def _labels(elements: Iterable[HtmlElement]) -> Iterator[HtmlElement]:
    for element in elements:
        text = (element.text or "")[: 4 * _LONGEST].strip()
        if 1 < len(text) <= 2 * _LONGEST and (_LABEL.fullmatch(text) or _LABELLED.match(text)):
            yield element


def _runs_from(element: HtmlElement) -> list[Run]:
    """The runs of text in an element, and in what follows it under the same parent."""
    runs = runs_in(element, 12)
    if tail := squeeze(element.tail or ""):
        runs.append(Run(tail, element.getparent()))
    for other in islice(element.itersiblings(), 4):
        runs += runs_in(other, 6)
    return runs


def _is_footer(element: HtmlElement) -> bool:
    """Whether an element stands in the foot of a page, whose makers are named there too."""
    return any(
        above.tag == "footer" or "footer" in (above.get("class") or above.get("id") or "")[:300].lower()
        for above in element.iterancestors()
    )


def _named(runs: Sequence[Run], *, labelled: bool) -> list[str]:
    """The names that a row of runs lists: behind a word like "By", or where that is not asked for from the first on."""
    row = _Row(is_awaited=not labelled, most_before=0 if labelled else 5)
    for run in runs:
        if not row.takes(run):
            break
    return row.found


@dataclass(slots=True)
class _Row:
    """The names in a row of runs, read one run after the other."""

    is_awaited: bool
    """Whether the next run may be a name."""
    most_before: int
    """Runs that may stand before the first name where no word tells that one follows."""
    found: list[str] = field(default_factory=list)
    _is_told: bool = False
    _first: HtmlElement | None = None

    def takes(self, run: Run) -> bool:
        """Reads one run; false where the names are over."""
        text, element = run
        self.most_before -= 1
        if self.found and _JOINT.fullmatch(text):
            self.is_awaited = True
            return True
        if self.found and not (self.is_awaited or _is_like(element, self._first)):
            return False
        is_label = _LABEL.fullmatch(text) is not None
        if _OTHER.match(text) or (text.endswith(":") and not is_label):
            self.is_awaited = self._is_told = False
            return not self.found
        if is_label and not _is_prose(element):
            self.is_awaited = self._is_told = True
            return True
        self._read(text, element)
        return True

    def _read(self, text: str, element: HtmlElement) -> None:
        """Takes the names that a run begins with, where some are awaited or it tells that some follow."""
        label = _LABELLED.match(text) if len(text) < 4 * _LONGEST else None
        if label is not None and _is_prose(element):
            return
        if not self.is_awaited and label is None and not self.found:
            return
        is_told = self._is_told or label is not None or _is_profile(element)
        names = names_in(text[label.end() :] if label else text, alone=is_told)
        if (label is None and not self._is_told) or ends_byline(names.rest):
            self.found.extend(names.found)
        self._first = element if self._first is None else self._first
        self.is_awaited = names.goes_on or (not self.found and self.most_before > 0)
        self._is_told = False


def _is_prose(element: HtmlElement) -> bool:
    """Whether an element stands in a paragraph of the article, or is one."""
    line = (element, *islice(element.iterancestors(), 3))
    block = next((above for above in line if above.tag in ("p", "li", "td")), None)
    if block is None:
        return False
    length = 0
    for text in chain((block.text,), (inner.tail for inner in islice(block, _MOST))):
        length += len(squeeze((text or "")[:_LONGEST_PART]))
        if length > _PROSE:
            return True
    return False


def _is_profile(element: HtmlElement) -> bool:
    """Whether an element is, or stands right in, a link to the page of one author."""
    link = next((above for above in (element, *islice(element.iterancestors(), 2)) if above.tag == "a"), None)
    return link is not None and _PROFILE.search(link.get("href", "")[:300]) is not None


def _is_like(element: HtmlElement, first: HtmlElement | None) -> bool:
    """Whether an element is one of a row of the same kind."""
    if first is None:
        return False
    return all(element.get(name) == first.get(name) for name in ("class", "rel")) and (
        element.tag == first.tag and element.tag not in ("div", "p") and element.getparent() is not None
    )


def _containers(tree: HtmlElement, opening: Opening) -> Iterator[HtmlElement]:
    """The elements that a page's markup calls by an author's name or line, in its article."""
    for element in tree.iter():
        named_so = element.get("class") or element.get("data-testid") or ""
        if len(named_so) > 4 and _MARKED.search(named_so[:300]) and element.tag not in _NO_CONTAINER:
            tokens = f"{named_so} {element.get('data-testid') or ''}"[:300].split()
            is_one = any(_MARKED.search(token) and not _NOT_MARKED.search(token) for token in tokens)
            if is_one and not is_elsewhere(element, opening):
                yield element


def _alike(element: HtmlElement) -> Iterator[HtmlElement]:
    """The elements beside one that are of the same kind."""
    for other in islice(element.itersiblings(), 10):
        if other.tag == element.tag and other.get("class") == element.get("class"):
            yield other
