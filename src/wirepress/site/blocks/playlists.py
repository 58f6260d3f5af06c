"""Playlists: each track with a player of the browser's, where WordPress's script has one for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.settings import number
from wirepress.render.entities import escape_attribute
from wirepress.render.urls import clean_url
from wirepress.site.blocks.markup import Markup

CUE = "wp-block-playlist-track__button"
"""A text without it has no playlist."""


def tracks_of(blocks: Iterable[Block]) -> list[str]:
    """The addresses of the tracks that a text shows, in order."""
    settings = (block.settings for block in blocks if block.name == "core/playlist-track")
    return [clean_url(str(one.get("src") or "")) for one in settings if number(one.get("id"), 0, 2**62)]


def played(markup: Markup, tracks: Sequence[str]) -> None:
    """Has browsers play the tracks; nothing of one is fetched before somebody plays it."""
    buttons = [element for element in markup.elements if CUE in element.classes and element.name == "button"]
    if len(buttons) != len(tracks):
        return
    for button, track in zip(buttons, tracks, strict=True):
        player = f'<audio controls preload="none" src="{escape_attribute(track)}"></audio>' if track else ""
        markup.rename(button, f'<div class="{CUE}">', "div")
        markup.after(button, player)
