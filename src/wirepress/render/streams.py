"""Films at YouTube and Vimeo, as a player of films takes them (`wp_video_shortcode`)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from wirepress.render.values import to_boolean

_YOUTUBE = re.compile(r"https?://(?:www\.)?(?:youtube\.com/watch|youtu\.be/)")
_VIMEO = re.compile(r"https?://(?:[^/?#]+\.)?vimeo\.com/")


def streamed(attributes: Mapping[str, str]) -> list[tuple[str, str]] | None:
    """A film at YouTube or Vimeo, which WordPress's player can show; None for any other."""
    source = attributes.get("src", "")
    if _YOUTUBE.match(source):
        address, _, query = source.partition("?")
        kept = "&".join(pair for pair in query.split("&") if pair.partition("=")[0] not in ("", "feature"))
        return [(f"https://{address.partition('://')[2]}{'?' if kept else ''}{kept}", "video/youtube")]
    if _VIMEO.match(source):
        address = re.split("[?#]", source, maxsplit=1)[0].partition("://")[2]
        return [(f"https://{address}?loop={int(to_boolean(attributes.get('loop', '')))}", "video/vimeo")]
    return None
