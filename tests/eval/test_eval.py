"""Each evaluation scores any folder of its shape, and ends with one line of names and values."""

from __future__ import annotations

import gzip
import json
import logging
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from tests.eval.corpus import samples
from tests.eval.duplicates import forms
from tests.eval.pages import Row, measured
from tests.eval.scores import f1, interval, mean_interval, paragraph_pair
from tests.eval.table import Figure, page_figures, time_figures

LINES = [
    f"On day {number} the keeper said that boat {number} of the harbour had paid its dues twice."
    for number in range(12)
]
FEED = (
    '<rss version="2.0"><channel><title>A</title><item><guid>1</guid><title>A bridge</title>'
    "<link>https://a.example/1</link></item></channel></rss>"
)


@pytest.fixture(autouse=True)
def _logging() -> Iterator[None]:
    """What is evaluated says nothing; the tests after it do."""
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pages with what is true of them; of the second, not all of what is said is right."""
    made = Path(tmp_path_factory.mktemp("pages"))
    (made / "html").mkdir()
    truth = {}
    for key, title in (("one", "The ledger of the harbour"), ("two", "The dues of the winter")):
        said = "".join(f"<p>{key.title()}: {line}</p>" for line in LINES)
        page = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{said}</article></body></html>"
        (made / "html" / f"{key}.html.gz").write_bytes(gzip.compress(page.encode()))
        body = "\n\n".join(f"{key.title()}: {line}" for line in LINES)
        truth[key] = {"url": f"https://{key}.example/a", "articleBody": body, "title": title, "date": "2020-01-01"}
    (made / "ground-truth.json").write_text(json.dumps(truth))
    return made


@pytest.mark.parametrize(
    ("module", "name", "value"),
    [
        ("extraction", "published_f1", 1.0),
        ("metadata", "title", 1.0),
        ("duplicates", "recall", 1.0),
        ("feeds", "entries", 1.0),
    ],
)
def test_a_folder_is_scored(
    module: str, name: str, value: float, folder: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    (tmp_path / "a.xml").write_text(FEED)
    monkeypatch.setattr(sys, "argv", ["eval", str(tmp_path if module == "feeds" else folder)])
    import_module(f"tests.eval.{module}").main()
    last = capsys.readouterr().out.splitlines()[-1]
    named = dict(part.split("=") for part in last.split(" "))
    assert float(named[name]) == value


@pytest.mark.parametrize("module", ["extraction", "metadata", "duplicates", "feeds"])
def test_who_names_no_folder_is_told_what_is_wanted(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["eval", "/nowhere"])
    with pytest.raises(SystemExit, match=f"usage: python -m tests.eval.{module} FOLDER"):
        import_module(f"tests.eval.{module}").main()


def test_the_table_names_what_was_learned_from(folder: Path) -> None:
    rows = [measured(name, sample) for name in ("articles", "elsewhere") for sample in samples(folder)]
    figures = {one.name: one for one in page_figures(rows)}
    assert figures["text, articles (learned from)"].of == 2
    assert figures["text, elsewhere (not seen)"].ours == 1.0
    assert figures["structure: kept by parser and kses"].ours == 1.0
    assert figures["metadata: title"].of == 4
    assert [one.of for one in time_figures(rows)] == [4] * 7


def test_a_page_that_is_no_article_counts_as_nothing_found() -> None:
    row = Row("a", "truth", {"ours": (0.0, 0.0), "precise": (1.0, 1.0), "balanced": (1.0, 1.0)})
    (one, *_) = page_figures([Row("a", "truth", row.text, row.text)])
    assert (one.ours, one.theirs, one.low, one.high) == (0.0, 1.0, -1.0, -1.0)


def test_a_difference_that_is_always_the_same_is_sure() -> None:
    assert mean_interval([1.0, 0.5, 0.25], [0.5, 0.0, -0.25]) == (0.5, 0.5)
    low, high = interval([(1.0, 1.0)] * 5, [(1.0, 1.0)] * 4 + [(0.0, 0.0)])
    assert low == 0.0
    assert high > f1([(1.0, 1.0)]) - f1([(0.8, 0.8)])


def test_paragraphs_count_from_end_to_end() -> None:
    assert paragraph_pair("One two.\nThree four.", "One, two\n\nThree") == (0.5, 0.5)


def test_each_form_is_another_text() -> None:
    text = "\n".join(LINES)
    assert len({text, *forms(text).values()}) == 5


def test_names_of_figures_are_words() -> None:
    assert Figure("time: a feed, ms", 1, 2.0).key == "time_a_feed_ms"
