"""The names of a feed's elements, whatever prefix, spelling or version of a namespace a feed has chosen for them."""

from __future__ import annotations

from typing import Final

from lxml import etree

_PLAIN: Final = frozenset((
    "", "http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/", "http://my.netscape.com/publish/formats",
    "http://channel.netscape.com/rdf/simple/0.9/", "http://purl.org/net/rss1.1#",
    "http://purl.org/rss/1.0/modules/rss091#", "http://blogs.law.harvard.edu/tech/rss",
    "http://cyber.law.harvard.edu/rss", "http://cyber.law.harvard.edu/rss/rss.html",
))  # fmt: skip
"""Namespaces whose elements are RSS's own."""
_PREFIXES: Final = {
    "http://www.w3.org/2005/atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    "http://purl.org/atom/ns": "atom",
    "http://example.com/newformat#": "atom",
    "http://example.com/necho": "atom",
    "http://purl.org/echo/": "atom",
    "uri/of/echo/namespace#": "atom",
    "http://purl.org/pie/": "atom",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/elements/1.0/": "dc",
    "http://dublincore.org/documents/dcmi-namespace/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://prismstandard.org/namespaces/1.2/basic/": "prism",
    "http://prismstandard.org/namespaces/basic/2.0/": "prism",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media",
    "http://video.search.yahoo.com/mrss": "media",
    "http://video.search.yahoo.com/mrss/": "media",
    "https://www.rssboard.org/media-rss": "media",
    "http://www.rssboard.org/media-rss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.itunes.com/dtd/podcast-1.0.dtd": "itunes",
    "https://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://wellformedweb.org/commentapi/": "wfw",
    "http://purl.org/syndication/thread/1.0": "thr",
    "http://backend.userland.com/creativecommonsrssmodule": "cc",
    "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": "cc",
    "http://creativecommons.org/ns#": "cc",
    "http://creativecommons.org/ns#license": "cc",
    "http://web.resource.org/cc/": "cc",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://freshmeat.net/rss/fm/": "fm",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/xml/1998/namespace": "xml",
}
_ALIASES: Final = {"creativecommons": "cc", "rss": "", "a10": "atom", "a": "atom", "dct": "dcterms"}
"""Prefixes that were used without being declared, where they are not those that are meant."""
_UNDECLARED: Final = "urn:prefix:"
XML: Final = "{http://www.w3.org/XML/1998/namespace}"


class Terms:
    """The names of one document's elements: `title`, `dc:creator`; in Atom feeds `atom:title`."""

    def __init__(self, root: etree._Element) -> None:
        space, _, local = str(root.tag).rpartition("}")
        self.is_atom = local.lower() in ("feed", "entry")
        # Whatever namespace the root has, in it are the elements of the format.
        self._own = space.removeprefix("{").lower()
        self._known: dict[str, str] = {}

    def name(self, element: etree._Element) -> str:
        """The name of an element; one of an unknown namespace is `?:name`."""
        tag = element.tag
        known = self._known.get(tag) if isinstance(tag, str) else ""
        if known is None:
            known = self._known[str(tag)] = self._named(str(tag))
        return known

    def _named(self, tag: str) -> str:
        space, _, local = tag.rpartition("}")
        local = local.lower()
        space = space.removeprefix("{").lower().strip()
        prefix = self._prefix(space)
        return f"{prefix}:{local}" if prefix else local

    def _prefix(self, space: str) -> str:
        if space == self._own and not self.is_atom:
            return ""  # RSS, even where it claims to be Atom's
        if known := _PREFIXES.get(space):
            return known
        if space == self._own or not space:
            return "atom" if self.is_atom else ""
        if space in _PLAIN or space.startswith("http://backend.userland.com/rss"):
            return ""
        if space.startswith(_UNDECLARED):
            prefix = space.removeprefix(_UNDECLARED)
            return _ALIASES.get(prefix, prefix)
        return "?"


def text_of(element: etree._Element | None) -> str:
    """An element's text, with that of all in it, trimmed."""
    if element is None:
        return ""
    if not len(element):
        return (element.text or "").strip()
    return "".join(str(piece) for piece in element.itertext()).strip()


def markup_of(element: etree._Element) -> str:
    """What an element holds as HTML: escaped markup as it was escaped, elements written out.  May be asked once."""
    if not len(element):
        return (element.text or "").strip()
    pieces = [element.text or "", *(child.tail or "" for child in element)]
    if not any("<" in piece for piece in pieces):
        return xhtml_of(element)
    children = list(element)
    for child in children:
        child.tail = None
    written = ["", *map(_written, children)]
    return "".join(f"{child}{piece}" for child, piece in zip(written, pieces, strict=True)).strip()


def xhtml_of(element: etree._Element) -> str:
    """What a construct of XHTML holds, as HTML without the `div` that RFC 4287 (3.1.1.3) wants around it.

    May be asked once: it takes the element apart.
    """
    children = list(element)
    alone = len(children) == 1 and not (element.text or "").strip() and not (children[0].tail or "").strip()
    if alone and _local(children[0]).lower() in ("div", "body"):
        element = children[0]
    return _written(element, inside=True).strip()


def _written(element: etree._Element, *, inside: bool = False) -> str:
    """An element as HTML without namespaces, or only what it holds."""
    # In a tree of its own: written where it is, it would bear the namespaces of all that is around it.
    holder = etree.Element("div")
    if inside:
        holder.text = element.text
        holder.extend(list(element))
    else:
        holder.append(element)
    for each in holder.iter(etree.Element):
        if "}" in str(each.tag):
            each.tag = _local(each)
        for name in [name for name in map(str, each.attrib) if "}" in name]:
            value = each.attrib.pop(name)
            if name == f"{XML}lang":
                each.set("lang", value)
    etree.cleanup_namespaces(holder)
    return etree.tostring(holder, encoding="unicode", method="html")[len("<div>") : -len("</div>")]


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
