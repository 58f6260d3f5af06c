"""Playlists: tracks, and the player that a script makes of the first of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.render import inner_html
from wirepress.render.blocks.settings import number
from wirepress.render.blocks.wrapper import wrapper
from wirepress.render.entities import escape_attribute, escape_html
from wirepress.render.scene import Scene
from wirepress.render.tags import first_tag
from wirepress.render.urls import clean_url

_PLAYER = (
    '<div class="wp-block-playlist__waveform-player"{colour}\n\t\tdata-wp-watch="callbacks.initWaveformPlayer"\n'
    '\t\tdata-label-play="Play"\n\t\tdata-label-pause="Pause"\n\t\tdata-label-seek="Seek"\n'
    '\t\tdata-label-seek-value="%1$s of %2$s"\n\t></div>'
)
_BLOCK = "wp-block-playlist-track"


@dataclass(slots=True)
class _Playlist:
    """The playlist under way: its settings, and the names of the tracks that were met."""

    settings: dict[str, Any]
    tracks: list[str] = field(default_factory=list)


def playlist(block: Block, scene: Scene) -> str:
    """The list with its player; nothing where no track has a file."""
    settings = block.settings
    met = _Playlist(settings)
    html = inner_html(block, scene.around(scene.post, playlist=met))
    tag = first_tag(html, "figure")
    if tag is None or not met.tracks:
        return ""
    state = {
        "currentId": met.tracks[0],
        "isPlaying": False,
        "tracks": met.tracks,
        "waveformStyle": str(settings.get("waveformStyle", "bars")),
        "showPlayButtonArtwork": bool(settings.get("showPlayButtonArtwork")),
        "labelPauseTrack": "Pause",
        "labelSelectTrack": "Play",
    }
    name = f"playlist-{scene.numbers.take('playlist')}"
    tag.set("data-wp-context", f'{{"playlistId":"{name}",{json.dumps(state, separators=(",", ":"))[1:]}')
    tag.set("data-wp-interactive", "core/playlist")
    colour = settings.get("waveformColor")
    marks = f' data-waveform-player-color="{escape_attribute(colour)}"' if isinstance(colour, str) and colour else ""
    left = len(html) - tag.end
    html = tag.apply()
    end = len(html) - left
    return f"{html[:end]}{_PLAYER.format(colour=marks)}{html[end:]}"


def track(block: Block, scene: Scene) -> str:
    """One track: a button that plays it."""
    settings = block.settings
    if not number(settings.get("id"), 0, 2**62):
        return ""
    around = scene.context.get("playlist")
    place, label, of = "", "Play", settings
    if isinstance(around, _Playlist):
        name = f"track-{len(around.tracks)}"
        around.tracks.append(name)
        place = f'data-wp-context="{escape_attribute(json.dumps({"trackId": name}, separators=(",", ":")))}" '
        label, of = "", around.settings
    marks = 'data-wp-on--click="actions.changeTrack" data-wp-bind--aria-current="state.isCurrentTrack"'
    length = ""
    if settings.get("length"):
        words = '<span class="screen-reader-text">Duration: </span>'
        length = f'<span class="{_BLOCK}__length">{words}{escape_html(str(settings["length"]))}</span>'
    action = f'<span class="screen-reader-text" data-wp-text="state.trackButtonActionLabel">{label}</span>'
    return (
        f'<li {wrapper(block)}><button {place}{marks} class="{_BLOCK}__button">{_picture(settings, of)}'
        f"{_words(settings)}{length}{action}</button></li>"
    )


def _picture(settings: dict[str, Any], of: dict[str, Any]) -> str:
    url = clean_url(str(settings.get("image") or ""))
    if not url or not of.get("showImages", True):
        return ""
    alt = escape_attribute(str(settings.get("imageAlt") or ""))
    return f'<img class="{_BLOCK}__image" src="{url}" alt="{alt}" />'


def _words(settings: dict[str, Any]) -> str:
    name = escape_html(str(settings.get("title") or "")) or "Unknown title"
    words = f'<span class="{_BLOCK}__title">{name}</span>'
    if settings.get("artist"):
        words += f'<span class="{_BLOCK}__artist">{escape_html(str(settings["artist"]))}</span>'
    return f'<span class="{_BLOCK}__content">{words}</span>'
