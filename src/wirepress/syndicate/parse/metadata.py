"""The places of a page where its facts stand: JSON-LD, meta and link elements, microdata."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from lxml.html import HtmlElement

from wirepress.syndicate.addresses import url_key
from wirepress.syndicate.parse import linked
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.text import plain, squeeze


class Metadata:
    """What the head and the markup of one page say of its article."""

    def __init__(self, tree: HtmlElement, url: str) -> None:
        self.tree = tree
        self.url = url
        self.things = linked.things(tree)
        self.known = linked.index(self.things)
        self.articles = linked.articles(self.things)
        """The objects of JSON-LD that may describe the article, the best first, one of each kind."""
        self.article = next(iter(self.articles), {})
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
        """The address of the first link of a relation: in the text of a page, where its readers may write, only to a
        licence."""
        return absolute(self.url, self._links.get(rel, ""))

    @cached_property
    def _links(self) -> dict[str, str]:
        """The addresses of links by relation, of each the first."""
        found: dict[str, str] = {}
        for link in self.tree.xpath("//link[@rel and @href] | //a[@rel and @href]"):
            for rel in link.get("rel", "").lower().split():
                is_meant = link.tag == "link" or rel == "license"
                if is_meant and (address := link.get("href", "")):
                    found.setdefault(rel, address)
        return found

    def said(self, key: str, *inner: str) -> str:
        """A text of the article's JSON-LD."""
        return plain(linked.first(self.article.get(key), *inner))

    def declared(self, key: str) -> object:
        """What the first of the objects of JSON-LD that describe the page's article has under a key."""
        return next((thing[key] for thing in self._describing if thing.get(key)), None)

    def declared_text(self, key: str) -> str:
        """The same as plain text; of a list its first item."""
        return plain(linked.first(self.declared(key)))

    def embedded(self, key: str) -> object:
        """What JSON-LD has under a key of a film, a recipe, a review or a post where it holds no article.

        Such a thing may be what the page is about, or only stand in it: whatever else the page says of itself is more.
        """
        if any(map(linked.is_text, self.articles)):
            return None
        return next((thing[key] for thing in self.articles if thing.get(key)), None)

    def embedded_text(self, key: str) -> str:
        """The same as plain text; of a list its first item."""
        return plain(linked.first(self.embedded(key)))

    @cached_property
    def _describing(self) -> list[linked.Thing]:
        """The objects that describe the page's article: it, the page, and what says it is the page's main thing."""
        own = {self.url, self.link("canonical"), absolute(self.url, self.meta("og:url"))}
        main = next(filter(linked.is_text, self.articles), {})
        keys = set(filter(None, map(url_key, (*own, *self._addresses(main)))))
        return [thing for thing in self.articles if thing is main or self._describes(thing, main, keys)]

    def _describes(self, thing: linked.Thing, main: linked.Thing, keys: set[str]) -> bool:
        """Whether an object beside the main one is of the same article, whose addresses have these keys."""
        if not (linked.is_text(thing) or linked.is_page(thing)):
            # A film has the address of the page that it stands in.
            return url_key(absolute(self.url, linked.first(thing.get("mainEntityOfPage"), "@id", "url"))) in keys
        named = set(filter(None, map(url_key, self._addresses(thing))))
        if named:
            return not named.isdisjoint(keys)
        titles = [plain(linked.first(one.get("headline"))) for one in (thing, main)]
        return linked.is_page(thing) or not all(titles) or titles[0] == titles[1]

    def _addresses(self, thing: linked.Thing) -> list[str]:
        return [absolute(self.url, address) for address in linked.addresses(thing)]

    @cached_property
    def language(self) -> str:
        """The language that the page declares, as it does; empty where it declares none."""
        return next((root.get("lang", "").strip() for root in self.tree.iter("html")), "")

    def props(self, name: str) -> Sequence[HtmlElement]:
        """The elements of a microdata property."""
        return self._marked.get(name, ())

    @cached_property
    def _marked(self) -> Mapping[str, list[HtmlElement]]:
        """The elements of each microdata property, in order."""
        found: dict[str, list[HtmlElement]] = {}
        for element in self.tree.xpath("//*[@itemprop]"):
            for name in dict.fromkeys(element.get("itemprop", "").split()):
                found.setdefault(name, []).append(element)
        return found
