"""Lists of feeds as readers exchange them (OPML 2.0, http://opml.org/spec2.opml)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from lxml import etree

from wirepress.model.errors import Invalid
from wirepress.model.wire import Source, SourceKind
from wirepress.syndicate.definition import MOST
from wirepress.url.parse import is_address, open_address

LARGEST: Final = 5 << 20


def read(data: bytes) -> list[dict[str, Any]]:
    """The feeds of a list as settings of sources: address, name, and the folder that they stand in as their category.

    Raises Invalid for what is no list of feeds.
    """
    if len(data) > LARGEST:
        raise Invalid("too_long", f"A list of feeds has at most {LARGEST:,} bytes.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        root = None
    body = None if root is None or root.tag != "opml" else root.find("body")
    if body is None:
        raise Invalid("no_opml", "This is no OPML.")
    found: dict[str, dict[str, Any]] = {}
    for outline in body.iter("outline"):
        url = (outline.get("xmlUrl") or "").strip()
        if not is_address(url):
            continue
        settings = {"url": url, "name": _name(outline), "category": _name(outline.getparent())}
        found.setdefault(url, {key: value for key, value in settings.items() if value})
        if len(found) > MOST:
            raise Invalid("too_many", f"A list has at most {MOST:,} feeds.")
    return list(found.values())


def _name(outline: etree._Element | None) -> str:
    """What an entry or a folder is called; "" for what is neither."""
    if outline is None:
        return ""
    return " ".join((outline.get("title") or outline.get("text") or "").split())[:200]


def written(sources: Iterable[Source], title: str) -> bytes:
    """Sources that are feeds as a list of feeds, in folders by their categories; passwords in addresses stay out."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _xml(title)
    body = etree.SubElement(root, "body")
    folders = {"": body}
    for source in sources:
        if source.kind is not SourceKind.FEED:
            continue
        folder = source.rules.category
        if folder not in folders:
            folders[folder] = etree.SubElement(body, "outline", text=_xml(folder))
        name, url = _xml(source.name), open_address(source.url)
        etree.SubElement(folders[folder], "outline", type="rss", text=name or url, title=name or url, xmlUrl=url)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _xml(text: str) -> str:
    """A text without what XML cannot hold."""
    return "".join(letter for letter in text if letter.isprintable())
