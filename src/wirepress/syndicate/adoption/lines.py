"""The line at the end, or the beginning, of a text that says where it was published first.

Only a line of its own counts that says nothing else: a link in running text is no origin.  What it says has to be one
of the usual phrases in English, German, French or Spanish, and has to name one site.  Of these, "Source: …" alone is no
sign: what it names has to be known as an origin otherwise (`believing`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import unquote

from lxml import etree, html

from wirepress.syndicate.addresses import without_tracking
from wirepress.syndicate.adoption.keys import host_of
from wirepress.syndicate.parse.text import BLOCKS, HIDDEN, inside_hidden, page_tree, squeeze
from wirepress.url.parse import web_url

LAST: Final = 4
"""Lines from the end that are looked at, and the first one."""
_LONGEST: Final = 400
"""Characters of such a line."""
_LONGEST_NAME: Final = 160
"""Characters of it behind the phrase: more is a sentence of the text."""
_MOST_LINKS: Final = 4
_BEGINNING: Final = 1_000
_END: Final = 4_000
"""Characters in which such a line would be."""
_LONGEST_OF_A_NAME: Final = 80
_MOST_OF_A_NAME: Final = 4
"""Words: more are a title."""
# Places that pictures, facts and posts of people are taken from, not articles.
_NO_PRESS: Final = frozenset((
    "twitter.com", "x.com", "t.co", "facebook.com", "fb.com", "instagram.com", "threads.net", "youtube.com", "youtu.be",
    "tiktok.com", "linkedin.com", "pinterest.com", "reddit.com", "telegram.org", "t.me", "wikipedia.org",
    "wikimedia.org", "flickr.com", "unsplash.com", "pixabay.com", "pexels.com", "gettyimages.com", "shutterstock.com",
    "istockphoto.com", "adobe.com", "doi.org", "archive.org", "web.archive.org", "google.com", "amazon.com",
))  # fmt: skip

_FIRST_EN: Final = r"(?:first|originally|initially)"
_FIRST_FR: Final = (
    r"(?:d['’]abord|initialement|originellement|à\s+l['’]origine|en\s+premier|pour\s+la\s+première\s+fois)"
)
_FIRST_ES: Final = r"(?:originalmente|originariamente|inicialmente|primero|por\s+primera\s+vez)"
_WORK_EN: Final = r"(?:article|post|story|piece|report|essay|column|interview|review|content|text|news|item|entry)"
_WORK_DE: Final = r"(?:artikel|beitrag|text|bericht|meldung|kommentar|interview|kolumne|gastbeitrag|nachricht|post)"
_WORK_FR: Final = r"(?:article|billet|texte|tribune|chronique|entretien|contenu|post|publication)"
_WORK_ES: Final = r"(?:artículo|articulo|nota|entrada|noticia|texto|publicación|columna|reportaje|entrevista|post)"
_SOME: Final = r"\b.{0,200}?\b"
# What begins with "the" and not with "this" is the line that WordPress's own feeds end with, or a sentence of the text.
_PHRASES: Final = tuple(
    re.compile(phrase, re.IGNORECASE)
    for phrase in (
        rf"this\s+{_WORK_EN}{_SOME}{_FIRST_EN}\s+(?:published|appeared|posted|ran|written)\b",
        rf"this\s+{_WORK_EN}{_SOME}(?:published|appeared|posted|ran)\s+{_FIRST_EN}\b",
        rf"the\s+(?:post|article|entry){_SOME}(?:appeared\s+first|first\s+appeared)\s+on\b",
        rf"{_FIRST_EN}\s+(?:published|appeared|posted)\b",
        r"(?:republished|reposted|reprinted|syndicated)\s+(?:with\s+(?:kind\s+)?permission\s+)?from\b",
        rf"original\s+{_WORK_EN}\s*:",
        r"(?:read|view|see|continue\s+reading)\s+the\s+(?:full|original|complete|entire)\s+(?:article|story|post)\b",
        # German
        rf"dies(?:er|e|es)\s+{_WORK_DE}{_SOME}(?:zuerst|ursprünglich|erstmals|zunächst)\b",
        rf"(?:der|die|das)\s+{_WORK_DE}{_SOME}erschien\s+zuerst\s+(?:auf|bei|in)\b",
        r"(?:zuerst|ursprünglich|erstmals)\s+(?:erschienen|veröffentlicht|publiziert)\b",
        rf"zum\s+original-?{_WORK_DE}\b|original-?{_WORK_DE}\s*:",
        r"(?:den\s+)?(?:ganzen|vollständigen|kompletten|originalen)\s+(?:artikel|beitrag)\s+(?:lesen|finden|gibt)\b",
        # French
        rf"(?:cet(?:te)?|ce)\s+{_WORK_FR}{_SOME}{_FIRST_FR}(?!\w)",
        rf"(?:l['’]|la\s+|le\s+){_WORK_FR}{_SOME}est\s+appar[ue]+\s+en\s+premier\s+sur\b",
        rf"(?:publiée?|parue?)\s+{_FIRST_FR}(?!\w)",
        rf"{_FIRST_FR}\s+(?:publiée?|parue?)\b",
        rf"{_WORK_FR}\s+(?:original|d['’]origine)\s*:",
        r"lire\s+(?:l['’]article|le\s+billet)\s+(?:complet|original|intégral|en\s+entier)\b",
        # Spanish
        rf"est[ea]\s+{_WORK_ES}{_SOME}{_FIRST_ES}\b",
        rf"(?:el|la)\s+{_WORK_ES}{_SOME}(?:se\s+publicó|apareció)\s+(?:primero|por\s+primera\s+vez)\s+en\b",
        rf"(?:publicad|aparecid)[oa]\s+{_FIRST_ES}\b",
        rf"{_FIRST_ES}\s+(?:publicad|aparecid)[oa]\b",
        rf"{_WORK_ES}\s+original\s*:",
        r"(?:leer|lea|ver|vea)\s+(?:el\s+artículo|la\s+nota|la\s+noticia)\s+(?:complet[oa]|original|enter[oa])\b",
    )
)
_BARE: Final = re.compile(
    r"(?:(?:article\s+|news\s+|original\s+)?source\s*(?:link\s*|originale\s*)?"
    r"|(?:original)?quelle\s*|fuente\s*(?:original\s*)?):",
    re.IGNORECASE,
)
"""What stands before a reference as often as before the place where a text was published first."""
_NO_NAME: Final = re.compile(
    r"(?:here|hier|ici|aquí|this|source|quelle|fuente|read|lire|leer|link|original|view|see)\b", re.IGNORECASE
)
_STEMS: Final = (
    "source", "original", "initially", "first published", "first appeared", "first posted", "first ran",
    "first written", "published first", "appeared first", "posted first", "ran first", "republished", "reposted",
    "reprinted", "syndicated", "full article", "full story", "full post", "complete article", "complete story",
    "complete post", "entire article", "entire story", "entire post", "quelle", "zuerst", "ursprünglich", "erstmals",
    "zunächst", "ganzen artikel", "ganzen beitrag", "vollständigen", "kompletten", "abord", "initialement",
    "originelle", "origine", "en premier", "première fois", "article complet", "article intégral", "billet complet",
    "billet intégral", "en entier", "fuente", "originaria", "inicialmente", "primero", "primera vez",
    "artículo complet", "nota complet", "noticia complet", "artículo enter", "nota enter", "noticia enter",
)  # fmt: skip
"""Each phrase has one of these in it."""
_ADDRESS = re.compile(r"https?://[^\s<>\"'()\[\]]+", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:^|[\s:(])((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,4}[a-z]{2,18})[\s.)\]]*$")
_FRONT = re.compile(r"^[\s\W_]+")
_BLOCK_EDITOR = "<!-- wp:"
_NUMBERED = re.compile(r"\d{5}|\.\w{3,5}$")


@dataclass(frozen=True, slots=True)
class Line:
    """What stands in a line of its own: its words, and its links with theirs."""

    text: str
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """Where a text says that it was published first."""

    at: int
    """Which of the text's lines says so."""
    host: str
    url: str = ""
    """The article's address; "" where only its site is named."""
    publisher: str = ""
    """What the site is called there; "" where that is an address."""
    is_bare: bool = False
    """Whether it says no more than "Source: …", as an article of the site's own does that names what it relies on."""


def may_have(markup: str) -> bool:
    """Whether the ends of a text hold a word without which it says of no origin: quick, and for most texts not so."""
    ends = f"{markup[:_BEGINNING]}\n{markup[max(_BEGINNING, len(markup) - _END) :]}"
    said = " ".join(ends.lower().split())
    return any(stem in said for stem in _STEMS)


def lines_of(markup: str) -> list[Line]:
    """The lines of a text as its readers see them.  Raises Unreadable."""
    tree = page_tree(markup)
    reader = _Reader(breaks=_BLOCK_EDITOR not in markup)
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(node, html.HtmlElement):
            continue
        if node.tag in BLOCKS:
            reader.end_line()
        if event == "start":
            reader.begin(node)
        else:
            reader.end(node, is_heard=node is not tree and not inside_hidden(node, tree))
    reader.end_line()
    return reader.lines


class _Reader:
    """Puts lines together.  In a text of the classic editor a new line in its source is one for readers too."""

    def __init__(self, *, breaks: bool) -> None:
        self.lines: list[Line] = []
        self._breaks = breaks
        self._said: list[str] = []
        self._links: list[tuple[str, list[str]]] = []
        self._open = False

    def begin(self, node: html.HtmlElement) -> None:
        """Hears the beginning of an element."""
        if node.tag == "a":
            self._links.append((str(node.get("href") or ""), []))
            self._open = True
        if node.tag not in HIDDEN:
            self._say(node.text or "")

    def end(self, node: html.HtmlElement, *, is_heard: bool) -> None:
        """Hears the end of an element, and what follows it if readers do."""
        if node.tag == "a":
            self._open = False
        if is_heard:
            self._say(node.tail or "")

    def _say(self, text: str) -> None:
        pieces = text.split("\n") if self._breaks else [text]
        for number, piece in enumerate(pieces):
            if number:
                self.end_line()
            self._said.append(piece)
            if self._open and self._links:
                self._links[-1][1].append(piece)

    def end_line(self) -> None:
        text = squeeze("".join(self._said))
        if text:
            links = tuple((href, squeeze("".join(words))) for href, words in self._links if href)
            self.lines.append(Line(text, links))
        self._said.clear()
        self._links.clear()


def attribution_in(lines: Sequence[Line], own: Collection[str]) -> Attribution | None:
    """Where a text says that it was published first; None where it does not, or names several sites.

    `own` are the hosts of the site that it stands on.
    """
    if len(lines) < 2:
        return None
    looked_at = sorted({0, *range(max(1, len(lines) - LAST), len(lines))}, reverse=True)
    found = [one for at in looked_at if (one := _attribution(at, lines[at], own)) is not None]
    if len({one.host for one in found}) != 1:
        return None
    named = next((one for one in found if one.url), found[0])
    return replace(named, is_bare=all(one.is_bare for one in found))


def _attribution(at: int, line: Line, own: Collection[str]) -> Attribution | None:
    text = _FRONT.sub("", line.text)
    if len(text) > _LONGEST or len(line.links) > _MOST_LINKS:
        return None
    phrase = next((match for one in _PHRASES if (match := one.match(text)) is not None), None)
    is_bare = phrase is None
    phrase = phrase or _BARE.match(text)
    if phrase is None or len(text) - phrase.end() > _LONGEST_NAME:
        return None
    named = _named(line, text[phrase.end() :])
    hosts = {host_of(href) for href, _ in named}
    host = hosts.pop() if len(hosts) == 1 else ""
    if not _is_press(host, own):
        return None
    url = next((href for href, _ in named if is_article(href)), "")
    return Attribution(at, host, without_tracking(url), _publisher(named), is_bare)


def _named(line: Line, rest: str) -> list[tuple[str, str]]:
    """The addresses that a line names, with what they are called there."""
    if line.links:
        return [(href, words) for href, words in line.links if web_url(href) is not None]
    return _named_in_words(rest)


def _publisher(named: Sequence[tuple[str, str]]) -> str:
    """What a site is called in its links: in that to its front, else in that to the article, which may have the
    article's title or another word in it."""
    fronts = [words for href, words in named if not is_article(href)]
    name = (fronts or [words for _, words in named])[0]
    is_name = 0 < len(name) <= _LONGEST_OF_A_NAME and "/" not in name and _NO_NAME.match(name) is None
    return name if is_name and (fronts or len(name.split()) <= _MOST_OF_A_NAME) else ""


def _named_in_words(rest: str) -> list[tuple[str, str]]:
    """An address, or a domain that ends the line, where nothing is linked."""
    if found := _ADDRESS.findall(rest):
        return [(address.rstrip(".,;:!?"), "") for address in found]
    domain = _DOMAIN.search(rest)
    return [(f"https://{domain[1].lower()}/", domain[1])] if domain else []


def _is_press(host: str, own: Collection[str]) -> bool:
    labels = host.split(".")
    parents = {".".join(labels[at:]) for at in range(len(labels))}
    return bool(host) and "." in host and not parents & _NO_PRESS and host not in own


def is_article(url: str) -> bool:
    """Whether an address looks like that of an article, not of a site or a section of it."""
    found = web_url(url)
    if found is None:
        return False
    if re.search(r"(?:^|&)(?:p|id|article|story)=\w", found.query):
        return True
    parts = [unquote(part) for part in found.path.split("/") if part]
    last = parts[-1] if parts else ""
    return last.count("-") >= 2 or last.count("_") >= 2 or _NUMBERED.search(last) is not None or len(parts) >= 4
