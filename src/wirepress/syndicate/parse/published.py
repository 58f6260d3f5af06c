"""When a page's article was published and changed: as its data say, else as it shows beside its headline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Final, NamedTuple

from lxml.html import HtmlElement

from wirepress.syndicate.parse.dates import read_date
from wirepress.syndicate.parse.metadata import Metadata
from wirepress.syndicate.parse.opening import Opening, Run, is_elsewhere, runs_in
from wirepress.syndicate.parse.text import element_text
from wirepress.syndicate.parse.written import is_by_numbers, labelled_date, written_date

_CHANGED: Final = re.compile(
    r"updat|modifi|changed|revis|review|aktualisiert|ge[äa]ndert|\bstand\b|mis(?:e)? à jour|actuali[sz]|aggiornat"
    r"|bijgewerkt|atualiza|oppdatert|opdateret|uppdaterad|päivitetty|zaktualizowan|güncelle|обновлен|оновлен|diperbarui"
    r"|更新|수정|تحديث",
    re.IGNORECASE,
)
_PUBLISHED: Final = re.compile(
    r"publi|posted|issued|released|\bdate\b|datum|fecha|\bdata\b|veröffentlicht|erschienen|erstellt|gepubliceerd"
    r"|geplaatst|écrit|paru|escrito|scritto|inserito|opublikowan|dodano|julkaistu|publicer|oprettet|yayın|опублик|дата"
    r"|δημοσι|diterbitkan|đăng|公開|公開日|发布|發布|入力|등록|نشر",
    re.IGNORECASE,
)
_ELSE: Final = re.compile(r"expir|deadline|event|\bdue\b|effective", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_CALLED: Final = re.compile(r"date(?!d)|publish|posted|time-?stamp|author|by-?line|meta(?![a-z])", re.IGNORECASE)
_LONGEST_LINE: Final = 120
_LONGEST_LINK: Final = 60
_LONGEST: Final = 1_000
"""Characters of an element that are read."""
_MOST: Final = 200
"""Elements of one kind that are looked at, each with all that it stands in."""
_IN_ADDRESS: Final = re.compile(r"/(20[0-3]\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:[/_-]|$)")


def dates_of(metadata: Metadata, opening: Opening) -> tuple[datetime | None, datetime | None]:
    """When it was published, and when changed where that was later; each None where the page does not say."""
    published = _first(
        metadata.language,
        metadata.declared_text("datePublished"),
        metadata.meta("article:published_time", "og:article:published_time", "article:published", "og:published_time"),
        metadata.meta("datepublished", "date", "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date"),
        metadata.meta(
            "pubdate",
            "publishdate",
            "publish-date",
            "parsely-pub-date",
            "sailthru.date",
            "cxenseparse:recs:publishtime",
        ),
        metadata.meta(
            "citation_publication_date",
            "citation_date",
            "last-modified-date",
            "article.published",
            "publication_date",
            "displaydate",
            "originalpublicationdate",
        ),
        metadata.embedded_text("datePublished"),
        *_marked(metadata, "datePublished", opening),
    )
    changed = _first(
        metadata.language,
        metadata.declared_text("dateModified"),
        metadata.meta("article:modified_time", "og:updated_time", "og:modified_time", "article:modified"),
        metadata.meta("datemodified", "dc.date.modified", "dcterms.modified", "last-modified"),
        metadata.embedded_text("dateModified"),
        *_marked(metadata, "dateModified", opening),
    )
    if published is None:
        published = _shown(metadata, opening, changed)
    if published is not None:
        published = _in_its_zone(published, metadata)
    return published, changed if changed and published and changed > published else None


def _first(language: str, *texts: str) -> datetime | None:
    """The first date that one of a few texts is or holds, on a page in a language."""
    return next((date for text in texts if (date := _read(text, language))), None)


def _read(text: str, language: str) -> datetime | None:
    if is_by_numbers(text):
        return written_date(text, language) or read_date(text)
    return read_date(text) or written_date(text, language)


def _shown(metadata: Metadata, opening: Opening, changed: datetime | None) -> datetime | None:
    """When an article was published whose page's data do not say; `changed` is what they say of its last change."""
    shown, shown_change = _beside(opening, metadata.language)
    return (
        shown
        or _first(
            metadata.language,
            metadata.declared_text("dateCreated"),
            metadata.embedded_text("dateCreated"),
            metadata.embedded_text("uploadDate"),
        )
        or _in_address(metadata.url)
        or changed
        or shown_change
        or _first(metadata.language, *_times(metadata, opening))
        or _called_so(metadata, opening)
    )


def _marked(metadata: Metadata, name: str, opening: Opening) -> Iterator[str]:
    for element in metadata.props(name)[:_MOST]:
        if element.tag == "meta" or not is_elsewhere(element, opening):
            yield element.get("datetime") or element.get("content") or element_text(element, _LONGEST)


def _times(metadata: Metadata, opening: Opening) -> Iterator[str]:
    """The `time` elements of a page's article, those that are said to be of its publication first."""
    found = [one for one in islice(metadata.tree.iter("time"), _MOST) if not _is_card(one)]
    found = [one for one in found if not is_elsewhere(one, opening)]
    found = [one for one in found if not any(above.tag in ("aside", "footer") for above in one.iterancestors())]
    for element in sorted(found, key=lambda one: "published" not in (one.get("class") or "")[:_LONGEST_LINE].split()):
        text = element_text(element, _LONGEST)
        if not _CHANGED.search(text[:_LONGEST_LINE]) and not _is_of_change(element):
            yield element.get("datetime") or text


def _called_so(metadata: Metadata, opening: Opening) -> datetime | None:
    """The first date in an element that the page's markup calls one, anywhere in its article."""
    for element in islice(_called(metadata), _MOST):
        if is_elsewhere(element, opening) or _is_card(element):
            continue
        text = " ".join(run.text for run in runs_in(element, 6))
        if len(text) <= _LONGEST_LINE and not _CHANGED.search(text) and (date := written_date(text, metadata.language)):
            return date
    return None


def _called(metadata: Metadata) -> Iterator[HtmlElement]:
    for element in metadata.tree.iter("p", "span", "div", "small", "li", "a", "em", "abbr", "dd", "td"):
        called = (element.get("class") or "")[:_LONGEST_LINE]
        if _CALLED.search(called) and not _CHANGED.search(called):
            yield element


def _beside(opening: Opening, language: str) -> tuple[datetime | None, datetime | None]:
    """The dates that a page shows beside its headline: of publication, and of a change."""
    changed = None
    for runs in (opening.behind, opening.before):
        dates = list(_dated(runs, language))
        changed = changed or next((one.moment for one in dates if one.is_of_change), None)
        others = [one for one in dates if not one.is_of_change]
        # A festival has a day as well: one that other words introduce counts where no other date is there.
        if others := [one for one in others if not one.is_introduced] or others:
            # The nearest: of those before the headline the last.
            return others[0 if runs is opening.behind else -1].moment, changed
    return None, changed


class _Date(NamedTuple):
    """A date that a page shows."""

    moment: datetime
    is_of_change: bool
    """Whether it is said to be one of a change."""
    is_introduced: bool
    """Whether other words than those of publishing tell what was or will be on that day (`Festival: 9 May`)."""


def _dated(runs: Sequence[Run], language: str) -> Iterator[_Date]:
    """The dates in a row of runs."""
    said = ""
    for text, element in runs:
        if len(text) > _LONGEST_LINE or _is_card(element):
            said = ""
            continue
        stamp = element if element.tag == "time" else next(element.iterancestors("time"), None)
        before, date = labelled_date(text, language)
        date = (read_date(stamp.get("datetime") or "") if stamp is not None else None) or date
        if date is not None and not _ELSE.search(f"{said} {before}"):
            is_of_change = _CHANGED.search(f"{said} {before}") is not None or _is_of_change(element, stamp)
            yield _Date(date, is_of_change, stamp is None and _is_introduced(before, said))
        said = text if date is None and len(text) < 40 else ""


def _is_introduced(before: str, said: str) -> bool:
    """Whether the words before a date in its line, or a line before it that ends with a colon, tell of something else.

    A weekday is one short word, and who wrote it and where stand before a comma or another sign that separates.
    """
    if before.rstrip().endswith((",", "|", "·", "•", "–", "—", "-", "/")) or _PUBLISHED.search(f"{said} {before}"):
        return False
    if not _WORD.search(before):
        return said.endswith(":")
    return before.rstrip().endswith(":") or len(_WORD.findall(before)) > 1


def _is_of_change(*elements: HtmlElement | None) -> bool:
    """Whether the markup calls a date one of a change, and not of the publication as well (hAtom's `published`)."""
    called = " ".join((element.get("class") or "")[:_LONGEST_LINE] for element in elements if element is not None)
    return _CHANGED.search(called) is not None and "publish" not in called


def _is_card(element: HtmlElement) -> bool:
    """Whether an element is part of a link that tells of another article: its headline and more."""
    link = next(element.iterancestors("a"), None)
    return link is not None and sum(len(run.text) for run in runs_in(link, 8)) > _LONGEST_LINK


def _in_address(url: str) -> datetime | None:
    """The day in a page's address (`/2025/03/04/`)."""
    match = _IN_ADDRESS.search(url.partition("?")[0])
    return read_date(f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}") if match else None


def _in_its_zone(moment: datetime, metadata: Metadata) -> datetime:
    """A moment that a page's data say in UTC, in the zone in which the page shows the same one."""
    if moment.utcoffset():
        return moment
    for element in islice(metadata.tree.iter("time"), _MOST):
        shown = read_date(element.get("datetime") or "")
        if shown is not None and shown == moment and shown.utcoffset():
            return shown
    return moment
