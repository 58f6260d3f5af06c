"""What an article without a title is called."""

from __future__ import annotations

import html
from typing import Final

from wirepress.model.wire import Entry
from wirepress.render.strip import strip_all_tags
from wirepress.syndicate.parse.text import squeeze

_LOOKED_AT: Final = 5_000
_MOST_WORDS: Final = 10
_MOST_CHARACTERS: Final = 80


def first_words(entry: Entry) -> str:
    """The first words of what a feed says of an article that has no title, as short notes have none; "" for nothing."""
    text = squeeze(html.unescape(strip_all_tags((entry.summary or entry.content)[:_LOOKED_AT])))
    words = text[: _MOST_CHARACTERS + 1].split()
    if len(text) > _MOST_CHARACTERS and len(words) > 1:
        words.pop()  # it may be cut
    title = " ".join(words[:_MOST_WORDS])[:_MOST_CHARACTERS]
    return f"{title} …" if title and len(title) < len(text) else title
