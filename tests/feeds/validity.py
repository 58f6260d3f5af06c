"""What RSS 2.0 and its Best Practices Profile, RFC 4287, RSS 1.0 and JSON Feed 1.1 ask of a feed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
RSS1 = "{http://purl.org/rss/1.0/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+\Z")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)\Z")
TYPE = re.compile(r"[\w.+-]+/[\w.+-]+\Z")
UNFIT = re.compile(r"""\b(?:href|action|src)=["']/?\?""")
"""Addresses that go on from where a page was asked for.  Active elements (`script`) are the validator's warnings, and
stand in feeds, as with WordPress, where somebody with `unfiltered_html` wrote them."""


def faults(kind: str, body: bytes, own: str) -> list[str]:
    """What is wrong with a feed that was asked for at an address of its own."""
    checks = {"rss2": of_rss, "atom": of_atom, "rdf": of_rdf, "json": of_json}
    return list(checks[kind](body, own))


def one(node: Any, name: str) -> Iterator[str]:
    if len(node.findall(name)) != 1:
        yield f"{node.tag} has {len(node.findall(name))} of {name}"


def address(where: str, text: str | None) -> Iterator[str]:
    if not ADDRESS.match(text or ""):
        yield f"{where} is no address: {text!r}"


def mail_date(where: str, text: str | None) -> Iterator[str]:
    try:
        parsedate_to_datetime(text or "")
    except ValueError:
        yield f"{where} is no date of RFC 822: {text!r}"


def moment(where: str, text: str | None) -> Iterator[str]:
    if not MOMENT.match((text or "").strip()):
        yield f"{where} is no date of RFC 3339: {text!r}"


def file(where: str, attributes: Any, url: str) -> Iterator[str]:
    yield from address(where, attributes.get(url))
    if not TYPE.match(attributes.get("type", "")):
        yield f"{where} has no media type"
    if not attributes.get("length", "0").isdecimal():
        yield f"{where} has no length"


def unique(where: str, ids: list[str]) -> Iterator[str]:
    if len(ids) != len(set(ids)) or not all(ids):
        yield f"{where} are not unique: {ids}"


def markup(text: str | None) -> Iterator[str]:
    if found := UNFIT.search(text or ""):
        yield f"a text holds {found[0]}"


def of_rss(body: bytes, own: str) -> Iterator[str]:
    root = etree.fromstring(body)
    if root.tag != "rss" or root.get("version") != "2.0" or len(root.findall("channel")) != 1:
        yield "no RSS 2.0"
        return
    channel: Any = root.find("channel")
    for name in ("title", "link", "description"):
        yield from one(channel, name)
    yield from address("link", channel.findtext("link"))
    yield from mail_date("lastBuildDate", channel.findtext("lastBuildDate"))
    links = [(link.get("rel"), link.get("href")) for link in channel.findall(f"{ATOM}link")]
    if [href for rel, href in links if rel == "self"] != [own]:
        yield f"self is {links}, and not {own}"
    yield from unique("guids", [item.findtext("guid", "") for item in channel.findall("item")])
    for item in channel.findall("item"):
        if not (item.findtext("title") or item.findtext("description")):
            yield "an item has neither title nor description"
        yield from one(item, "guid")
        yield from address("item link", item.findtext("link"))
        yield from mail_date("pubDate", item.findtext("pubDate"))
        for source in item.findall("source"):
            yield from address("source", source.get("url"))
        for enclosure in item.findall("enclosure"):
            yield from file("enclosure", enclosure.attrib, "url")
            if enclosure.get("length") is None:
                yield "an enclosure has no length"
        for media in item.findall(f"{MEDIA}content"):
            yield from file("media:content", media.attrib, "url")
        yield from markup(item.findtext(CONTENT))
        yield from markup(item.findtext("description"))


def of_atom(body: bytes, own: str) -> Iterator[str]:
    feed = etree.fromstring(body)
    if feed.tag != f"{ATOM}feed":
        yield "no Atom"
        return
    for name in ("id", "title", "updated"):
        yield from one(feed, ATOM + name)
    yield from moment("updated", feed.findtext(f"{ATOM}updated"))
    selves = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if selves != [own]:
        yield f"self is {selves}, and not {own}"
    entries = feed.findall(f"{ATOM}entry")
    yield from unique("ids", [entry.findtext(f"{ATOM}id", "") for entry in entries])
    for entry in entries:
        yield from of_entry(entry)


def of_entry(entry: Any) -> Iterator[str]:
    for name in ("id", "title", "updated"):
        yield from one(entry, ATOM + name)
    yield from address("id", entry.findtext(f"{ATOM}id"))
    for name in ("updated", "published"):
        yield from moment(name, entry.findtext(ATOM + name))
    if not entry.findtext(f"{ATOM}author/{ATOM}name"):
        yield "an entry has no author"
    links = entry.findall(f"{ATOM}link")
    if len([link for link in links if link.get("rel", "alternate") == "alternate"]) != 1:
        yield "an entry has not one address"
    for link in links:
        yield from address("link", link.get("href"))
        if link.get("rel") == "enclosure":
            yield from file("enclosure", link.attrib, "href")
    for source in entry.findall(f"{ATOM}source"):
        for name in ("id", "title", "updated"):
            yield from one(source, ATOM + name)
    yield from markup(entry.findtext(f"{ATOM}content"))


def of_rdf(body: bytes, own: str) -> Iterator[str]:
    root = etree.fromstring(body)
    channel = root.find(f"{RSS1}channel")
    if root.tag != f"{RDF}RDF" or channel is None:
        yield "no RSS 1.0"
        return
    for name in ("title", "link", "description", "items"):
        yield from one(channel, RSS1 + name)
    listed = [node.get(f"{RDF}resource") for node in channel.iter(f"{RDF}li")]
    items = [item.get(f"{RDF}about") for item in root.findall(f"{RSS1}item")]
    if listed != items:
        yield "the channel lists other items than there are"
    for item in root.findall(f"{RSS1}item"):
        yield from one(item, f"{RSS1}title")
        yield from address("link", item.findtext(f"{RSS1}link"))
        yield from moment("dc:date", item.findtext(f"{DC}date"))
        yield from markup(item.findtext(CONTENT))


def of_json(body: bytes, own: str) -> Iterator[str]:
    feed = json.loads(body)
    if feed["version"] != "https://jsonfeed.org/version/1.1" or not feed["title"]:
        yield "no JSON Feed 1.1"
    if feed["feed_url"] != own:
        yield f"feed_url is {feed['feed_url']}, and not {own}"
    yield from address("home_page_url", feed["home_page_url"])
    yield from unique("ids", [item["id"] for item in feed["items"]])
    for item in feed["items"]:
        if "content_html" not in item and "content_text" not in item:
            yield "an item has no text"
        for name in ("url", "external_url", "image"):
            if name in item:
                yield from address(name, item[name])
        for name in ("date_published", "date_modified"):
            yield from moment(name, item[name])
        for one_file in item.get("attachments", ()):
            yield from address("attachment", one_file["url"])
            if not TYPE.match(one_file["mime_type"]):
                yield "an attachment has no type"
        yield from markup(item.get("content_html"))
