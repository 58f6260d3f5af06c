"""What one page gives, read by us and by trafilatura in the same run: text, paragraphs, facts, pictures and time."""

from __future__ import annotations

import contextlib
import logging
import time
from collections import defaultdict
from dataclasses import dataclass, field

from tests.eval import metadata
from tests.eval.corpus import Sample
from tests.eval.extraction import Times, body_text, stages, theirs, timed
from tests.eval.scores import Pair, pair, paragraph_pair
from wirepress.render.blocks.parse import parse, serialize
from wirepress.render.saving import saved_content
from wirepress.syndicate.article import read_article
from wirepress.syndicate.parse.text import page_tree
from wirepress.syndicate.unreadable import Unreadable

RIVALS = ("precise", "balanced")
"""trafilatura's modes that are compared with."""


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one page.  Texts are scored by who has read them: "ours" or one of `RIVALS`."""

    folder: str
    truth: str
    """The true text; where it is "" the texts are not scored."""
    text: dict[str, Pair] = field(default_factory=dict)
    paragraphs: dict[str, Pair] = field(default_factory=dict)
    facts: dict[str, tuple[bool, bool]] = field(default_factory=dict)
    """By fact, whether we and whether trafilatura are right."""
    is_stable: bool = True
    """Whether the block parser and WordPress's filter leave what would be published as it is."""
    seconds: dict[str, float] = field(default_factory=dict)
    """Processor time by what was done."""


def measured(folder: str, sample: Sample) -> Row:
    """The figures of a page of a folder."""
    logging.disable(logging.CRITICAL)
    times: Times = defaultdict(float)
    body = _published(sample, times)
    texts = {
        "ours": body_text(page_tree(f"<div>{body}</div>")) if body else "",
        "precise": timed(times, "trafilatura, precise", lambda: theirs(sample, precise=True)),
        "balanced": timed(times, "trafilatura, balanced", lambda: theirs(sample, precise=False)),
    }
    is_told = bool(sample.body)
    right, other = metadata.ours(sample), metadata.theirs(sample)
    return Row(
        folder,
        sample.body,
        text={name: pair(text, sample.body) for name, text in texts.items()} if is_told else {},
        paragraphs={name: paragraph_pair(text, sample.body) for name, text in texts.items()} if is_told else {},
        facts={name: (yes, other[name]) for name, yes in right.items()},
        is_stable=serialize(parse(body)) == body == saved_content(body),
        seconds=dict(times),
    )


def _published(sample: Sample, times: Times) -> str:
    """The blocks that would be published; "" where there is no article to be had."""
    begun = time.process_time()
    try:
        body = read_article(sample.raw, sample.url, "text/html").body
    except Unreadable:
        return ""
    finally:
        times["all"] += time.process_time() - begun
    with contextlib.suppress(Unreadable):  # of a page that shows a part only, no article need be found by its tree
        stages(sample, times)
    return body


def warm_up() -> None:
    """Loads what reading needs, so that no page has to wait for it.  For the start of a process."""
    said = "<p>The council has opened the old bridge, which had been closed for nine winters, to all who walk.</p>"
    measured("", Sample("", "https://wire.example/", f"<article><h1>A bridge</h1>{9 * said}</article>".encode()))
