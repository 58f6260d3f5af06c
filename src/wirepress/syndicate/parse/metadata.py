"""The places of a page where its facts stand: JSON-LD, meta and link elements, microdata."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from lxml.html import HtmlElement

from wirepress.syndicate.parse import linked
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.text import plain, squeeze


class Metadata:
    """What the head and the markup of one page say of its article."""

    def __init__(self, tree: HtmlElement, url: str) -> None:
        self.tree = tree
        self.url = url
        self.things = linked.things(tree)
        self.article = linked.article(self.things)
        self.metas: dict[str, list[str]] = {}
        for meta in tree.iter("meta"):
            name = (meta.get("property") or meta.get("name") or meta.get("itemprop", "")).strip().lower()
            content = squeeze(meta.get("content", ""))
            if name and content:
                self.metas.setdefault(name, []).append(content)

    def meta(self, *names: str) -> str:
        """The first of the meta elements that is there."""
        return next((self.metas[name][0] for name in names if name in self.metas), "")

    def every(self, *names: str) -> list[str]:
        """All values of the first of the meta elements that is there."""
        return next((self.metas[name] for name in names if name in self.metas), [])

    def link(self, rel: str) -> str:
        """The address of the first link element of a relation."""
        for link in self.tree.iter("link", "a"):
            if rel in link.get("rel", "").lower().split() and link.get("href"):
                return absolute(self.url, link.get("href", ""))
        return ""

    def said(self, key: str, *inner: str) -> str:
        """A text of the article's JSON-LD."""
        return plain(linked.first(self.article.get(key), *inner))

    def props(self, name: str) -> Iterator[HtmlElement]:
        """The elements of a microdata property."""
        yield from self._marked.get(name, ())

    @cached_property
    def _marked(self) -> Mapping[str, list[HtmlElement]]:
        """The elements of each microdata property, in order."""
        found: dict[str, list[HtmlElement]] = {}
        for element in self.tree.xpath("//*[@itemprop]"):
            for name in dict.fromkeys(element.get("itemprop", "").split()):
                found.setdefault(name, []).append(element)
        return found
