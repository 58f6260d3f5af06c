"""Texts on their way to the store: filtered by what the writer may write (the `*_save_pre` filters)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from wirepress.content.apart import LONG as LONG_APART
from wirepress.content.identity.viewer import Viewer
from wirepress.content.rendering import ONE_AT_A_TIME
from wirepress.content.view import View
from wirepress.model.errors import Invalid
from wirepress.render.balance import balance
from wirepress.render.entities import normalize_entities, repair_invalid_entities
from wirepress.render.phpstr import trim
from wirepress.render.saving import Cleaning, kses_plain, saved_content, saved_title
from wirepress.render.strip import clean_line, strip_all_tags
from wirepress.render.urls import clean_raw_url

# WordPress's columns; the bound of a content is ours, its column holds 4 GB.
_MOST_BYTES = {"title": 65_535, "content": 16_777_216, "excerpt": 65_535}
_KEY_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-")


LONG: Final = 5_000
"""A text of so many characters is cleaned before its write begins: others wait for their turn to write meanwhile."""


def cleaning_of(view: View, viewer: Viewer) -> Cleaning:
    """How the texts of a writer are cleaned."""
    return Cleaning(viewer.can("unfiltered_html"), view.site.host, balances(view))


def balances(view: View) -> bool:
    """Whether the site closes the tags that a text leaves open (balanceTags)."""
    return view.site.number("use_balanceTags") == 1


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Long texts, cleaned before their write began: by name and what was sent."""

    cleaning: Cleaning
    texts: Mapping[tuple[str, str], str]


def clean_ahead(view: View, viewer: Viewer, texts: Mapping[str, str | None]) -> Cleaned:
    """What `clean_texts` makes of the long ones among these texts."""
    cleaning = cleaning_of(view, viewer)
    long = [(name, text) for name, text in texts.items() if text is not None and len(text) >= LONG]
    if not long:
        return Cleaned(cleaning, {})
    if view.apart is not None and sum(len(text) for _, text in long) >= LONG_APART:
        elsewhere = view.apart.cleaned(long, cleaning)
        if elsewhere is not None:
            return Cleaned(cleaning, elsewhere)
    with ONE_AT_A_TIME:
        return Cleaned(cleaning, cleaned_texts(long, cleaning))


def cleaned_texts(texts: Sequence[tuple[str, str]], cleaning: Cleaning) -> dict[tuple[str, str], str]:
    """What is kept of texts, each with its name."""
    return {(name, text): _clean_text(name, text, cleaning) for name, text in texts}


def clean_texts(cleaning: Cleaning, texts: Mapping[str, str], ahead: Cleaned | None = None) -> dict[str, str]:
    """A post's title, content and excerpt, those that are given, as they are kept.  What was cleaned `ahead` is taken
    from there where it still holds.  Raises Invalid for a text that is longer than WordPress's column."""
    ready = ahead.texts if ahead is not None and ahead.cleaning == cleaning else {}
    cleaned = {}
    for name, text in texts.items():
        found = ready.get((name, text))
        cleaned[name] = _clean_text(name, text, cleaning) if found is None else found
        refuse_overlong(name, cleaned[name])
    return cleaned


def _clean_text(name: str, text: str, cleaning: Cleaning) -> str:
    if cleaning.unfiltered:
        text = trim(text) if name == "title" else repair_invalid_entities(text)
    else:
        text = saved_title(text) if name == "title" else saved_content(text, cleaning.host)
    if cleaning.balances and name != "title":
        text = balance(text)
    return text.replace("\0", "")


def refuse_overlong(name: str, text: str) -> None:
    """Raises Invalid for a title, content or excerpt that WordPress's column does not hold."""
    most = _MOST_BYTES[name]
    if len(text) * 4 > most and len(text.encode("utf-8", "replace")) > most:
        raise Invalid("db_insert_error", "A text is longer than the database holds.", {"fields": (f"post_{name}",)})


def clean_footnotes(viewer: Viewer, text: str, host: str) -> str:
    """The meta `footnotes` as it is kept: what its writer may write in each note (_wp_filter_post_meta_footnotes)."""
    if viewer.can("unfiltered_html"):
        return text
    try:
        notes = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    if isinstance(notes, dict):
        notes = list(notes.values())
    if not isinstance(notes, list):
        return ""
    clean = [_clean_note(note, host) for note in notes if _is_note(note)]
    return json.dumps(clean, separators=(",", ":")).replace("/", "\\/")


def _is_note(note: Any) -> bool:
    return isinstance(note, dict) and bool(note.get("content")) and bool(note.get("id"))


def _clean_note(note: Mapping[str, Any], host: str) -> dict[str, str]:
    name = "".join(sign for sign in str(note["id"]).lower() if sign in _KEY_SIGNS)
    return {"id": name, "content": saved_content(str(note["content"]), host)}


def clean_name(text: str) -> str:
    """A name of a term, a user or a commenter as it is kept (`pre_term_name`, `pre_user_display_name` ...)."""
    text = normalize_entities(kses_plain(clean_line(text)))
    return text.replace("<", "&lt;").replace(">", "&gt;")


def clean_address(text: str) -> str:
    """The address of a user's or a commenter's site as it is kept (`pre_user_url`, `pre_comment_author_url`)."""
    return clean_raw_url(strip_all_tags(text)).replace("\0", "")
