"""How long a post is: post-time-to-read."""

from __future__ import annotations

import math
import re

from wirepress.render.blocks.parse import Block
from wirepress.render.blocks.settings import number
from wirepress.render.blocks.shown import counted
from wirepress.render.blocks.wrapper import aligned, wrapper
from wirepress.render.scene import Scene

_TAG = re.compile(r"</?[a-z][^>]*+>", re.IGNORECASE | re.ASCII)
_ENTITY = re.compile(r"&[^\s;]++;")
_DASHES = re.compile("--|\u2014")
_SIGNS = re.compile("[\u0021-\u0040\u005b-\u0060\u007b-\u007e\u0080-\u00bf\u00d7\u00f7\u2000-\u2bff\u2e00-\u2e7f]")
_WORD_END = re.compile(r"\S\s+")
_SPEED = 189


def time_to_read(block: Block, scene: Scene) -> str:
    """Minutes at a reader's pace, or the number of words."""
    if scene.post is None:
        return ""
    settings = block.settings
    scene.budget.read(scene.post.content)
    words = count_words(scene.post.content)
    mode = settings.get("displayMode", "time")
    if mode == "words":
        return f"<div {wrapper(block, aligned(block))}>{counted(words, 'word', 'words')}</div>"
    if mode != "time":
        return f"<div {wrapper(block, aligned(block))}></div>"
    minutes = words / (number(settings.get("averageReadingSpeed"), _SPEED, 100_000) or _SPEED)
    if settings.get("displayAsRange", True):
        least, most = _rounded(minutes * 0.8), _rounded(minutes * 1.2)
        shown = f"{least}\u2013{max(most, least + 1)} minutes"
    else:
        whole = _rounded(minutes)
        shown = f"{whole} {'minute' if whole == 1 else 'minutes'}"
    return f"<div {wrapper(block, aligned(block))}>{shown}</div>"


def count_words(text: str) -> int:
    """The words of a text without its tags, as WordPress's editor counts them."""
    if not text.strip():
        return 0
    text += "\n"
    end = text.rfind(">") + 1  # behind it no tag ends: nothing is searched for one
    text = _TAG.sub("\n", text[:end]) + text[end:]
    end = text.rfind("-->") + 3 if "-->" in text else 0
    text = _without_comments(text[:end]) + text[end:]
    text = text.replace("&nbsp;", " ").replace("&#160;", " ")
    text = "".join([_without_entities(part) for part in re.split(r"(\s+)", text)])
    return len(_WORD_END.findall(_SIGNS.sub("", _DASHES.sub(" ", text))))


def _without_entities(word: str) -> str:
    end = word.rfind(";") + 1
    return _ENTITY.sub("", word[:end]) + word[end:]


def _without_comments(text: str) -> str:
    out: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        out.append(text[at:start])
        at = end + 3
    return "".join((*out, text[at:]))


def _rounded(minutes: float) -> int:
    return max(1, math.floor(minutes + 0.5))
