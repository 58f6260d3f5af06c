"""What is fuzzed: every function of rendering that takes a text, and the promises that hold for any text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from tests.golden.lookup import golden_lookup
from tests.golden.rendering import ANSWERS, GIVEN, HOME, pairs
from wirepress.model.post import Post
from wirepress.model.rendering import pieces_from_json, pieces_to_json
from wirepress.render import css, entities, links, saving, shortcodes, slugs, titles, urls
from wirepress.render.blocks import parse
from wirepress.render.holes import fill, fill_content
from wirepress.render.kses import clean_attribute
from wirepress.render.post import render_post
from wirepress.render.response_context import Counters, ResponseContext
from wirepress.syndicate.clean import clean_markup
from wirepress.syndicate.unreadable import Unreadable

Target = Callable[[str], object]
NOW = datetime(2025, 6, 15, 12, tzinfo=UTC)
NOT_TEXT = ("wp_unique_post_slug",)
"""Recorded functions whose argument is no text."""


def round_trip(text: str) -> None:
    """Blocks that pair are the same when they are written and read again."""
    blocks, paired = parse.parse_checked(text)
    written = parse.serialize(blocks)
    if paired:
        assert parse.serialize(parse.parse(written)) == written
    json.dumps([parse.as_json(block) for block in blocks])


def untouched_without_blocks(text: str) -> None:
    """A text without a block comes out of the parser as it went in."""
    if "<!--" not in text:
        assert parse.serialize(parse.parse(text)) == text


def whole_post(text: str) -> None:
    """A post of the text everywhere: rendered, kept, and shown to readers."""
    lookup = golden_lookup()
    post = Post(5_000, "post", "publish", slug="own", title=text, content=text, excerpt=text[:200])
    made = render_post(post, lookup)
    kept = json.loads(json.dumps(pieces_to_json(made.content)))
    assert pieces_from_json(kept) == made.content
    counters, answer = Counters(), ResponseContext(NOW)
    fill(made.title, counters, lookup, answer, post)
    fill_content(post, made.content, counters, lookup, answer)
    fill(made.excerpt, counters, lookup, answer, post)


def attachment(text: str) -> None:
    """A text as the description of a picture and as the path of its file."""
    meta: dict[str, list[Any]] = {
        "_wp_attached_file": [text],
        "_wp_attachment_metadata": [{"file": text, "sizes": {text: {"file": text}}}],
    }
    post = Post(5_001, "attachment", "inherit", slug="own", title=text, content=text, mime_type="image/jpeg", meta=meta)
    render_post(post, golden_lookup())


def wire(text: str) -> None:
    """A text as a source's article; what cannot be read is refused."""
    with suppress(Unreadable):
        clean_markup(text, HOME)


def settled(clean: Callable[[str], str]) -> Target:
    """What was cleaned is clean: a second cleaning must not turn up a third text."""

    def target(text: str) -> None:
        once = clean(text)
        twice = clean(once)
        assert "<script" not in twice.lower()
        assert "<script" not in once.lower()

    return target


OWN: Mapping[str, Target] = {
    "blocks: round trip": round_trip,
    "blocks: untouched": untouched_without_blocks,
    "post": whole_post,
    "attachment": attachment,
    "kses: posts": settled(saving.kses_post),
    "kses: comments": settled(saving.kses_plain),
    "kses: titles": settled(saving.saved_title),
    "kses: one attribute": lambda text: clean_attribute(text, "a"),
    "styles": lambda text: css.clean_style(css.clean_style(text)),
    "addresses": lambda text: urls.clean_url(urls.clean_raw_url(text)),
    "rel": links.with_rel,
    "shortcodes: expanded": lambda text: shortcodes.expand(text, {"gallery": str, "caption": str}),
    "shortcodes: unwrapped": shortcodes.unwrap_shortcodes,
    "shortcodes: attributes": shortcodes.parse_attributes,
    "capital P": titles.capital_p_in_text,
    "Windows numbers": entities.repair_invalid_entities,
    "slug of a query": slugs.query_slug,
    "shortened slug": lambda text: slugs.truncated_slug(text, 10),
    "wire": wire,
}
TARGETS: Mapping[str, Target] = {
    **{name: function for name, function in ANSWERS.items() if name not in NOT_TEXT},
    **OWN,
}
NAMES = tuple(TARGETS)
HEAVY = ("post", "the_content", "wire", "kses: posts", "comment_text", "blocks: round trip")
"""Targets that every seed is tried on; they hold most of the others."""


def encoded(name: str, text: str) -> bytes:
    """A fuzzer's input: which function, then the text."""
    return bytes((NAMES.index(name),)) + text.encode("utf-8", "surrogatepass")


def decoded(data: bytes) -> tuple[str, str]:
    """The function and the text of a fuzzer's input; what is no UTF-8 becomes text that Python calls surrogates."""
    return NAMES[data[0] % len(NAMES)], data[1:].decode("utf-8", "surrogateescape")


def run(data: bytes) -> None:
    """Tries one input; any exception is a find."""
    if data:
        name, text = decoded(data)
        TARGETS[name](text)


def seeds() -> Iterator[bytes]:
    """Every recorded text, for the function it was recorded with and for the heavy ones."""
    seen: set[bytes] = set()
    for pair in pairs(GIVEN):
        if not isinstance(pair.given, str):
            continue
        for name in (pair.fn, *HEAVY):
            if (seed := encoded(name, pair.given)) not in seen:
                seen.add(seed)
                yield seed
