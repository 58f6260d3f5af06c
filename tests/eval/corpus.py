"""A folder of real pages with what is true of them: `ground-truth.json` and `html/<key>.html.gz`."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from wirepress.syndicate.parse.text import page_text
from wirepress.url.parse import web_url

NOWHERE = "https://wire.example/story"
LEARNED_FROM = frozenset(("articles", "articles-more", "metadata"))
"""The folders that `classifier.json` was learned from: figures of text on them say what it remembers."""
_CANONICAL = re.compile(r'<link[^>]{1,200}rel="canonical"[^>]{1,200}href="(http[^"]{1,500})"')


@dataclass(frozen=True, slots=True)
class Sample:
    """One page with what is true of it; what the corpus does not tell is empty."""

    key: str
    url: str
    raw: bytes
    body: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    pictures: tuple[str, ...] = ()
    """The addresses of the renditions of the lead picture."""

    @property
    def text(self) -> str:
        """The page's markup."""
        return page_text(self.raw)

    @property
    def publisher(self) -> str:
        """Whose page it is: pages of one publisher are never learned from and tested on at once."""
        found = web_url(self.url)
        host = found.host if found is not None and self.url != NOWHERE else self.key
        return ".".join(host.removeprefix("www.").split(".")[-2:])


def samples(folder: Path) -> Iterator[Sample]:
    """The pages of a folder, in the order of its truth."""
    for key, truth in json.loads((folder / "ground-truth.json").read_text("utf-8")).items():
        raw = gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes())
        yield _sample(key, raw, truth)


def folders_named(module: str, names: Sequence[str]) -> list[Path]:
    """The folders that a command names.  Ends it where there is none, or one is no folder of pages."""
    folders = [Path(name) for name in names]
    if not folders or not all((folder / "ground-truth.json").is_file() for folder in folders):
        raise SystemExit(f"usage: python -m tests.eval.{module} FOLDER...  (each with ground-truth.json and html/)")
    return folders


def _sample(key: str, raw: bytes, truth: dict[str, Any]) -> Sample:
    named = _CANONICAL.search(raw.decode("utf-8", "replace"))
    author = truth.get("author") or ""
    return Sample(
        key=key,
        url=str(truth.get("url") or (named[1] if named else NOWHERE)),
        raw=raw,
        body=str(truth.get("articleBody") or truth.get("body") or ""),
        title=str(truth.get("title") or ""),
        authors=tuple(truth.get("authors") or ([author] if author else ())),
        date=str(truth.get("date") or ""),
        pictures=tuple(truth.get("lead_image") or ()),
    )


def day_of(text: str) -> datetime | None:
    """A true date; where it names no zone, any will do; None where it is less than a day (`2003-11`)."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
