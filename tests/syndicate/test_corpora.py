"""Scores on pages of the wide web, which stay outside the project."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from lxml.html import HtmlElement

from wirepress.syndicate.extract import extract
from wirepress.syndicate.parse.page import read_page
from wirepress.syndicate.parse.pictures import same_picture
from wirepress.syndicate.parse.text import page_text, squeeze
from wirepress.syndicate.passages import passages

CORPORA = os.environ.get("WIREPRESS_CORPORA", "")
pytestmark = pytest.mark.skipif(not CORPORA, reason="article pages: WIREPRESS_CORPORA is not set")


def pages(name: str) -> Iterator[tuple[dict[str, Any], str]]:
    """The truth and the text of each page of a corpus."""
    folder = Path(CORPORA, "corpora", name)
    for key, truth in json.loads((folder / "ground-truth.json").read_text()).items():
        yield truth, page_text(gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes()))


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3))) if words else Counter()


def f1(pairs: Iterator[tuple[str, str]]) -> float:
    """F1 of mean precision and mean recall over 4-gram shingles."""
    precision, recall = [], []
    for found, true in pairs:
        one, other = shingles(found), shingles(true)
        both = (one & other).total()
        precision.append(both / one.total() if one else 0.0)
        recall.append(both / other.total())
    p, r = sum(precision) / len(precision), sum(recall) / len(recall)
    return 2 * p * r / (p + r)


def body_text(body: HtmlElement) -> str:
    """The text of an article's body; captions belong to their pictures and are left out."""
    return "\n".join(
        passage.text
        for passage in passages(body)
        if passage.element.tag != "figcaption"
        and not any(above.tag in ("figcaption", "figure") for above in passage.element.iterancestors())
    )


@pytest.mark.parametrize(("corpus", "key", "least"), [("articles", "articleBody", 0.962), ("metadata", "body", 0.95)])
def test_bodies(corpus: str, key: str, least: float) -> None:
    assert f1((body_text(extract(text)), truth[key]) for truth, text in pages(corpus)) >= least


def test_facts() -> None:
    right: Counter[str] = Counter()
    for truth, text in pages("metadata"):
        named = re.search(r'<link[^>]{1,200}rel="canonical"[^>]{1,200}href="(http[^"]{1,500})"', text)
        page = read_page(text, named[1] if named else "https://wire.example/x")
        right["title"] += page.title.casefold() == squeeze(truth["title"]).casefold()
        right["authors"] += {name.casefold() for name in page.authors} == {name.casefold() for name in truth["authors"]}
        day = datetime.fromisoformat(truth["date"])
        right["day"] += page.published is not None and page.published.astimezone(day.tzinfo).date() == day.date()
        url = page.picture.url if page.picture else ""
        right["picture"] += any(
            url.partition("?")[0] == x.partition("?")[0] or same_picture(url, x) for x in truth["lead_image"]
        )
    assert right["title"] >= 47
    assert right["authors"] >= 54
    assert right["day"] >= 55
    assert right["picture"] >= 51
