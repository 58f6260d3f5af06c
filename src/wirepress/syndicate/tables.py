"""Tables: those of data become a table block, those for layout stay apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lxml.html import HtmlElement

from wirepress.syndicate import blocks

_MOST_CELLS = 5_000
_LONG_CELL = 120
"""Words from which on a cell is a column of text, not a datum."""


def read_table(element: HtmlElement, inside: Callable[[HtmlElement], str]) -> str | None:
    """The block of a table of data, empty if there is nothing in it; None for a table that only lays out a page."""
    # A row may stand in a cell or a caption, where it is a part of that text.
    rows = [row for row in element.iter("tr") if next(row.iterancestors("table", "tr", "caption")) is element]
    cells = [list(row.iterchildren("td", "th")) for row in rows]
    widest = max(map(len, cells), default=0)
    if widest < 2 or lays_out(element) or _holds_blocks(element):
        return None
    if sum(map(len, cells)) > _MOST_CELLS:
        return ""
    caption = "".join(inside(caption) for caption in element.findall("caption")[:1])
    head: list[str] = []
    body: list[str] = []
    for row, inner in zip(rows, cells, strict=True):
        texts = [inside(cell) for cell in inner]
        if any(texts):
            is_head = _is_head(row, inner, is_first=not head and not body)
            (head if is_head else body).append(f"<tr>{''.join(map(_cell, inner, texts))}</tr>")
    return blocks.table(head, body, caption) if body else ""


def _is_head(row: HtmlElement, cells: Sequence[HtmlElement], *, is_first: bool) -> bool:
    in_head = next(row.iterancestors()).tag == "thead"
    return in_head or (is_first and all(cell.tag == "th" for cell in cells))


def lays_out(element: HtmlElement) -> bool:
    """Whether a table is a frame that an old page hangs its columns in, rather than data."""
    if element.get("role") == "presentation" or _inner_table(element):
        return True
    if next(element.iter("th", "thead", "caption"), None) is not None:
        return False
    return any(
        sum(1 for _ in cell.iter("p")) > 2 or len(cell.text_content().split()) >= _LONG_CELL
        for cell in element.iter("td")
    )


def unframe(tree: HtmlElement) -> bool:
    """Makes plain divisions of the tables that only lay out a page; says whether there were any."""
    frames = [table for table in tree.iter("table") if lays_out(table)]
    inside = set(frames)
    for frame in frames:
        for part in list(frame.iter("tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup", "col")):
            if next(part.iterancestors("table"), None) in inside:
                part.tag = "div"
    for frame in frames:
        frame.tag = "div"
    return bool(frames)


def _inner_table(element: HtmlElement) -> bool:
    return next((inner for inner in element.iter("table") if inner is not element), None) is not None


def _cell(cell: HtmlElement, text: str) -> str:
    return f"<{cell.tag}{_span(cell, 'colspan')}{_span(cell, 'rowspan')}>{text}</{cell.tag}>"


def _span(cell: HtmlElement, name: str) -> str:
    value = cell.get(name, "")
    if value.isascii() and value.isdigit() and 1 < int(value[:4]) <= 1000:
        return f' {name}="{int(value)}"'
    return ""


def _holds_blocks(element: HtmlElement) -> bool:
    paragraphs = sum(min(2, sum(1 for _ in cell.iter("p"))) for cell in element.iter("td"))
    cells = sum(1 for _ in element.iter("td"))
    return next(element.iter("h2", "figure", "iframe"), None) is not None or (cells > 0 and paragraphs > 1.5 * cells)
