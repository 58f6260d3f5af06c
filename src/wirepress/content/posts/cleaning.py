"""Texts on their way to the store: filtered by what the writer may write (the `*_save_pre` filters)."""

from __future__ import annotations

import json

from wirepress.content.identity.viewer import Viewer
from wirepress.model.errors import Invalid
from wirepress.render.entities import normalize_entities, repair_invalid_entities
from wirepress.render.phpstr import trim
from wirepress.render.saving import kses_plain, saved_content, saved_title
from wirepress.render.strip import clean_line, strip_all_tags
from wirepress.render.urls import clean_raw_url

_TEXT_BYTES = 65_535  # WordPress's TEXT columns
_KEY_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-")
_LONGTEXT_BYTES = 16_777_216  # a bound of ours: WordPress's column holds 4 GB


def clean_title(viewer: Viewer, text: str) -> str:
    """A title as it is kept."""
    text = trim(text) if viewer.can("unfiltered_html") else saved_title(text)
    return _bounded(text, _TEXT_BYTES, "post_title")


def clean_content(viewer: Viewer, text: str, host: str) -> str:
    """A content as it is kept; `host` is where the site's own media lie."""
    text = repair_invalid_entities(text) if viewer.can("unfiltered_html") else saved_content(text, host)
    return _bounded(text, _LONGTEXT_BYTES, "post_content")


def clean_excerpt(viewer: Viewer, text: str, host: str) -> str:
    """An excerpt as it is kept."""
    text = repair_invalid_entities(text) if viewer.can("unfiltered_html") else saved_content(text, host)
    return _bounded(text, _TEXT_BYTES, "post_excerpt")


def clean_footnotes(viewer: Viewer, text: str, host: str) -> str:
    """The meta `footnotes` as it is kept: what its writer may write in each note (_wp_filter_post_meta_footnotes)."""
    if viewer.can("unfiltered_html"):
        return text
    try:
        notes = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(notes, list | dict):
        return ""
    kept = []
    for note in notes if isinstance(notes, list) else notes.values():
        given = note if isinstance(note, dict) else {}
        if given.get("content") and given.get("id"):
            name = "".join(c for c in str(given["id"]).lower() if c in _KEY_SIGNS)
            kept.append({"id": name, "content": saved_content(str(given["content"]), host)})
    return json.dumps(kept, separators=(",", ":")).replace("/", "\\/")


def clean_name(text: str) -> str:
    """A name of a term, a user or a commenter as it is kept (`pre_term_name`, `pre_user_display_name` ...)."""
    text = normalize_entities(kses_plain(clean_line(text)))
    return text.replace("<", "&lt;").replace(">", "&gt;")


def clean_address(text: str) -> str:
    """The address of a user's or a commenter's site as it is kept (`pre_user_url`, `pre_comment_author_url`)."""
    return clean_raw_url(strip_all_tags(text)).replace("\0", "")


def _bounded(text: str, most: int, column: str) -> str:
    """The text, when the column of WordPress's that it is kept in holds it."""
    if len(text) * 4 > most and len(text.encode("utf-8", "replace")) > most:
        raise Invalid("db_insert_error", "A text is longer than the database holds.", {"fields": (column,)})
    return text.replace("\0", "")
