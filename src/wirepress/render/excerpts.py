"""Excerpts: an author's own, or the first words of a content (`wp_trim_excerpt`)."""

from __future__ import annotations

import re

from wirepress.render.balance import balance
from wirepress.render.blocks.parse import Block, has_blocks, parse
from wirepress.render.blocks.render import render_block
from wirepress.render.chains import the_content
from wirepress.render.phpstr import trim
from wirepress.render.scene import Scene
from wirepress.render.shortcodes import strip_shortcodes
from wirepress.render.strip import trim_words
from wirepress.render.typography import signs_for

DEFAULT_LENGTH = 55
DEFAULT_MORE = " [&hellip;]"

_TEXT_BLOCKS = frozenset(
    (
        None,
        "core/freeform",
        "core/heading",
        "core/html",
        "core/list",
        "core/media-text",
        "core/paragraph",
        "core/preformatted",
        "core/pullquote",
        "core/quote",
        "core/table",
        "core/verse",
    )
)
_WRAPPERS = frozenset(("core/columns", "core/column", "core/group"))
_FOOTNOTE = re.compile(r'<sup data-fn="[^"]+" class="[^"]+">\s*<a href="[^"]+" id="[^"]+">\d+</a>\s*</sup>', re.ASCII)
_NEXT = "<!--nextpage-->"


def trimmed_excerpt(own: str, raw: str, scene: Scene, *, length: int | None = None) -> str:
    """The author's excerpt, or the first words of the content where there is none (so many, or what the site says)."""
    if trim(own):
        return own
    scene.budget.read(raw)
    text = unfolded(raw, scene.post_id) if scene.feed else first_part(raw)
    text = strip_shortcodes(text)
    text = text_blocks(text, scene)
    if "data-fn=" in text:
        text = _FOOTNOTE.sub("", text)
    text = the_content(text, scene, for_excerpt=True)
    text = text.replace("]]>", "]]&gt;")
    more = str(scene.lookup.option("excerpt_more", DEFAULT_MORE))
    counted = signs_for(scene.lookup).characters
    return trim_words(text, _length(scene) if length is None else length, more, characters=counted)


def _length(scene: Scene) -> int:
    """The site's length of excerpts in words; that of WordPress where the option is none."""
    try:
        return int(scene.lookup.option("excerpt_length", DEFAULT_LENGTH))
    except (TypeError, ValueError):
        return DEFAULT_LENGTH


def first_part(raw: str) -> str:
    """What a list shows of a content: its first page up to the fold (`get_the_content`)."""
    shown, rest = _at_fold(_first_page(raw))
    return shown if rest is None else balance(shown)


def unfolded(raw: str, post_id: int) -> str:
    """What a feed shows of a content: its first page, whole, with an anchor at the fold (`get_the_content`).

    Before the fold nothing is left where the writer says so (`<!--noteaser-->`).
    """
    shown, rest = _at_fold(_first_page(raw))
    if rest is None:
        return shown
    teaser = "" if "<!--noteaser-->" in raw else shown
    return f'{teaser}<span id="more-{post_id}"></span>{rest}'


def is_folded(raw: str) -> bool:
    """Whether a content has pages or a fold."""
    return _NEXT in raw or "<!--more" in raw


def _first_page(raw: str) -> str:
    if _NEXT not in raw:
        return raw
    for around in (f"\n{_NEXT}\n", f"\n{_NEXT}", f"{_NEXT}\n"):
        raw = raw.replace(around, _NEXT)
    raw = raw.replace("<!-- wp:nextpage -->", "").replace("<!-- /wp:nextpage -->", "")
    return raw.removeprefix(_NEXT).partition(_NEXT)[0]


def _at_fold(raw: str) -> tuple[str, str | None]:
    """What stands before the fold and behind it; None: there is no fold."""
    fold = _first_comment(raw, "<!--more", 0)
    if fold is not None and "<!-- wp:more" in raw:
        for opener in ("<!-- wp:more", "<!-- /wp:more"):
            raw = _without_comments(raw, opener)
        fold = _first_comment(raw, "<!--more", 0)
    return (raw[: fold[0]], raw[fold[1] :]) if fold else (raw, None)


def _first_comment(text: str, opener: str, at: int) -> tuple[int, int] | None:
    """Where the first comment that begins so and ends on the same line stands."""
    while (start := text.find(opener, at)) >= 0:
        end = text.find("-->", start + len(opener))
        if end < 0:
            return None
        if (line_end := text.rfind("\n", start, end)) < 0:
            return start, end + 3
        at = line_end
    return None


def _without_comments(text: str, opener: str) -> str:
    out: list[str] = []
    at = 0
    while found := _first_comment(text, opener, at):
        out.append(text[at : found[0]])
        at = found[1]
    return "".join((*out, text[at:]))


def text_blocks(text: str, scene: Scene) -> str:
    """The blocks that hold running text, rendered (`excerpt_remove_blocks`)."""
    if not has_blocks(text):
        return text
    return "".join([_text_of(block, scene) for block in parse(text)])


def _text_of(block: Block, scene: Scene) -> str:
    if block.inner and block.name in _WRAPPERS:
        return _text_inside(block, scene)
    if block.name not in _TEXT_BLOCKS and block.name not in _WRAPPERS:
        return ""
    if any(inner.name not in _TEXT_BLOCKS or inner.inner for inner in block.inner):
        return ""
    return render_block(block, scene)


def _text_inside(block: Block, scene: Scene) -> str:
    return "".join(
        [
            _text_inside(inner, scene) if inner.inner else render_block(inner, scene)
            for inner in block.inner
            if inner.name in _TEXT_BLOCKS or inner.name in _WRAPPERS
        ]
    )
