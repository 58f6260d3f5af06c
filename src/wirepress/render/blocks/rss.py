"""The entries of another site's feed: rss.  They are what the worker fetched and kept; nothing is fetched here."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from wirepress.model.remote import Item, RemoteKind, Wish
from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.settings import number
from wirepress.render.blocks.shown import day, machine_day, zone
from wirepress.render.blocks.wrapper import wrapper
from wirepress.render.entities import escape_attribute, escape_html
from wirepress.render.scene import Scene
from wirepress.render.strip import trim_words
from wirepress.render.urls import clean_url

_MOST = 20
_LONGEST_URL = 2_000


def rss(block: Block, scene: Scene) -> str:
    settings = block.settings
    url = str(settings.get("feedURL") or "").strip()
    if url.rstrip("/") == scene.lookup.home().rstrip("/"):
        return _notice("This site cannot list its own feed here: a list of its latest posts shows the same.")
    if not url.lower().startswith(("http://", "https://")) or len(url) > _LONGEST_URL:
        return _notice("<strong>RSS Error:</strong> There is no feed at this address.")
    items = scene.entries(wish_of(url))
    if items is None:
        return _notice("<strong>RSS Error:</strong> The feed has not been read yet.")
    if not items:
        return _notice("The feed holds nothing at present. Try again later.")
    shown = "".join(_item(item, settings, scene) for item in items[: number(settings.get("itemsToShow"), 5, _MOST)])
    return f"<ul {wrapper(block, ' '.join(_classes(settings)))}>{shown}</ul>"


def wish_of(url: str) -> Wish:
    """The feed of an address, as it is kept."""
    digest = hashlib.blake2b(url.encode("utf-8", "replace"), digest_size=16).hexdigest()
    return Wish(RemoteKind.FEED, digest, url)


def _notice(words: str) -> str:
    return f'<div class="components-placeholder"><div class="notice notice-error">{words}</div></div>'


def _classes(settings: Mapping[str, Any]) -> list[str]:
    names = []
    if settings.get("blockLayout") == "grid":
        names = ["is-grid", f"columns-{number(settings.get('columns'), 2)}"]
    flags = (("displayDate", "has-dates"), ("displayAuthor", "has-authors"), ("displayExcerpt", "has-excerpts"))
    return names + [name for key, name in flags if settings.get(key)]


def _item(item: Item, settings: Mapping[str, Any], scene: Scene) -> str:
    name = escape_html(item.title.strip()) or "(no title)"
    if url := clean_url(item.link):
        marks = ' target="_blank"' if settings.get("openInNewTab") else ""
        if rel := str(settings.get("rel") or "").strip():
            marks += f' rel="{escape_attribute(rel)}"'
        name = f"<a href='{url}'{marks}>{name}</a>"
    parts = [f"<div class='wp-block-rss__item-title'>{name}</div>"]
    if settings.get("displayDate") and (moment := _local(item.date, scene)) is not None:
        when = f'<time datetime="{machine_day(moment)}" class="wp-block-rss__item-publish-date">'
        parts.append(f"{when}{escape_attribute(day(moment, scene))}</time> ")
    if settings.get("displayAuthor") and item.author:
        parts.append(f'<span class="wp-block-rss__item-author">by {escape_html(item.author)}</span>')
    if settings.get("displayExcerpt") and item.excerpt:
        words = trim_words(item.excerpt, number(settings.get("excerptLength"), 55), " [&hellip;]")
        parts.append(f'<div class="wp-block-rss__item-excerpt">{escape_html(escape_attribute(words))}</div>')
    return f"<li class='wp-block-rss__item'>{''.join(parts)}</li>"


def _local(date: str, scene: Scene) -> datetime | None:
    """A UTC stamp in the site's zone."""
    try:
        return datetime.fromisoformat(date).replace(tzinfo=UTC).astimezone(zone(scene))
    except (TypeError, ValueError, OverflowError):
        return None
