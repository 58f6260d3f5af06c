"""What plugins that bring articles into WordPress leave in the meta of a post: facts, by the names of their keys.

Where a plugin has changed its keys, both sets stand here; of several keys for one thing the first that says something
counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from wirepress.model.post import Meta
from wirepress.syndicate.addresses import without_tracking
from wirepress.url.parse import web_url

Keys = tuple[str, ...]
_SEVERAL: Final = re.compile(r"\s|,\s*https?:", re.IGNORECASE)
"""What is between two addresses."""
_LONGEST: Final = 2_000
"""Characters of an address or a name."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plugin and its keys."""

    name: str
    marks: Keys
    """One of these says that the post is the plugin's."""
    address: Keys
    """The address of the article."""
    guid: Keys = ()
    feed: Keys = ()
    """The address of the feed that it came by ..."""
    job: Keys = ()
    """... or the number of the post that holds the plugin's settings for it."""
    author: Keys = ()
    publisher: Keys = ()


PLUGINS: Final = (
    Plugin(
        "FeedWordPress",
        marks=("syndication_permalink", "syndication_item_hash", "syndication_feed_id"),
        address=("syndication_permalink",),
        feed=("syndication_feed",),
        publisher=("syndication_source",),
    ),
    Plugin(
        "WPeMatico",
        marks=("wpe_sourcepermalink", "wpe_campaignid"),
        address=("wpe_sourcepermalink",),
        feed=("wpe_feed",),
    ),
    Plugin(
        "WP RSS Aggregator",
        marks=("_wpra_url", "_wpra_source", "wprss_item_permalink", "wprss_feed_id"),
        address=("_wpra_url", "wprss_item_permalink"),
        guid=("_wpra_guid", "wprss_item_guid"),
        feed=("wprss_feed_url",),
        job=("wprss_feed_id",),
        author=("_wpra_author_name", "wprss_item_author"),
        publisher=("_wpra_source_name", "wprss_item_source_name", "wprss_feed_source"),
    ),
    Plugin(
        "Feedzy",
        marks=("feedzy_item_url", "feedzy_job"),
        address=("feedzy_item_url",),
        job=("feedzy_job",),
        author=("feedzy_item_author",),
    ),
    Plugin("WP Automatic", marks=("wp_automatic_camp",), address=("original_link",)),
    Plugin("CyberSEO", marks=("cyberseo_post_link",), address=("cyberseo_post_link",), feed=("cyberseo_rss_source",)),
    Plugin("RSS Post Importer", marks=("rss_pi_source_url",), address=("rss_pi_source_url",)),
    Plugin(
        "Distributor",
        marks=("dt_original_post_url",),
        address=("dt_original_post_url",),
        publisher=("dt_original_site_name",),
    ),
    Plugin(
        "Autoblog",
        marks=("original_feed", "original_feed_id"),
        address=("original_source",),
        guid=("original_guid",),
        feed=("original_feed",),
        publisher=("original_feed_title",),
    ),
)
CANONICAL: Final = ("_yoast_wpseo_canonical", "rank_math_canonical_url", "_genesis_canonical_uri")
"""Where plugins for search engines (Yoast, Rank Math, Genesis and The SEO Framework) keep what a person or an
aggregator has named as the canonical address of a post."""
FEED_OF_JOB: Final = ("wprss_url", "source")
"""Where the settings of a plugin (WP RSS Aggregator, Feedzy) name their feed."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What a plugin has left in a post."""

    plugin: str
    url: str
    guid: str = ""
    feed: str = ""
    job: int = 0
    author: str = ""
    publisher: str = ""


def trace_of(meta: Meta) -> Trace | None:
    """What the plugin that has brought a post left in it; None where none has, or it does not say from where."""
    for plugin in PLUGINS:
        if not any(mark in meta for mark in plugin.marks):
            continue
        url = address_in(meta, plugin.address)
        if not url:
            continue
        return Trace(
            plugin.name,
            url,
            _text(meta, plugin.guid),
            address_in(meta, plugin.feed),
            _number(meta, plugin.job),
            _text(meta, plugin.author),
            _text(meta, plugin.publisher),
        )
    return None


def canonical_of(meta: Meta) -> str:
    """The canonical address that somebody has given a post; "" for none."""
    return address_in(meta, CANONICAL)


def feed_of(meta: Meta) -> str:
    """The feed that a plugin's settings name, where that is one."""
    return address_in(meta, FEED_OF_JOB)


def address_in(meta: Meta, keys: Sequence[str]) -> str:
    """The first address of the web that one of these keys holds alone, without what tracks readers; "" for none."""
    for key in keys:
        text = _value(meta, key)
        found = web_url(without_tracking(text)) if _SEVERAL.search(text) is None else None
        if found is not None and not found.login:
            return found.href
    return ""


def _text(meta: Meta, keys: Sequence[str]) -> str:
    return next(filter(None, (_value(meta, key) for key in keys)), "")


def _number(meta: Meta, keys: Sequence[str]) -> int:
    values = (_value(meta, key) for key in keys)
    return next((int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 19), 0)


def _value(meta: Mapping[str, Sequence[Any]], key: str) -> str:
    values = meta.get(key)
    value = values[0] if values else ""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    text = value.strip() if isinstance(value, str) else ""
    return text if len(text) <= _LONGEST and text.isprintable() else ""
