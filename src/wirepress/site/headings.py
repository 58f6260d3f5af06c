"""The words over a list of articles: what it is a list of, and over an author's who they are."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import datetime

from wirepress.content.addresses.page import Shown, address_of
from wirepress.content.newsroom import View
from wirepress.content.people import avatars
from wirepress.content.people.users import display_name
from wirepress.content.rewrite.target import Shows
from wirepress.render.dates import format_date
from wirepress.render.saving import kses_plain, kses_post
from wirepress.site.stories import TONES, Context
from wirepress.url.parse import is_address

LABELS = {"category": "Category", "post_tag": "Tag", "post_format": "Format"}


def heading(view: View, shown: Shown) -> Context:
    """The words over an archive."""
    parts, registry = shown.target.parts, view.site.registry
    if (term := shown.term) is not None:
        kind = "tag" if term.taxonomy == "post_tag" else term.taxonomy
        label = LABELS.get(term.taxonomy) or registry.taxonomies[term.taxonomy].singular
        return over(kind, label, html.unescape(term.name), kses_post(term.description))
    if shown.author is not None:
        about = kses_plain(shown.author.description)
        return over("author", "Author", display_name(shown.author), about) | {"person": person(view, shown)}
    if shown.target.shows is Shows.TYPE:
        of = registry.types[parts["type"]]
        return over("type", "", of.label, kses_plain(of.description))
    if "year" not in parts:
        return over("date", "", "Latest")
    form = "Y"
    if "monthnum" in parts:
        form = "j F Y" if "day" in parts else "F Y"
    year, month, day = (int(parts.get(part, 1)) for part in ("year", "monthnum", "day"))
    return over("date", "Archive", format_date(form, datetime(year, month, day, tzinfo=view.site.zone)))


def over(kind: str, label: str, title: str, description: str = "") -> Context:
    return {
        "kind": kind, "label": label, "image": None, "title": title, "description_html": description, "person": None
    }  # fmt: skip


def person(view: View, shown: Shown) -> Context:
    """The box about an author: their picture, where the owner has browsers ask for one, else their initials; their own
    site and their feed."""
    author = shown.author
    assert author is not None
    name, has_pictures = display_name(author), view.site.flag(avatars.GRAVATAR) and view.site.flag("show_avatars")
    feed = f"{view.site.home}/?feed=rss2&author={author.id}"
    if view.site.structure:
        feed = address_of(view, replace(shown, target=replace(shown.target, feed="rss2", page=1)))
    return {
        "picture": avatars.of_email(view.site, author.email)["96"] if has_pictures else "",
        "initials": avatars.initials(name),
        "tone": avatars.tone(name, TONES),
        "website": author.url if is_address(author.url) else "",
        "feed": feed,
    }
