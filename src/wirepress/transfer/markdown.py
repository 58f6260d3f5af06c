"""Markdown (CommonMark with tables and strikethrough) as blocks that an editor can edit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape, unescape
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from wirepress.model.errors import Invalid
from wirepress.syndicate import blocks

DEEPEST = 20
"""How deep blocks may stand in each other; what is deeper is left as text."""

LARGEST = 1 << 20
"""Characters of a text: of some texts the parser takes more than twice as long for twice as much."""
MOST_COLUMNS = 100
"""Columns of a table: each row is filled up to as many cells, whatever stands in it."""
_RULE = re.compile(r"[|:\->\s]+")
"""The line of a table that says how many columns there are."""


class Read(NamedTuple):
    """A text: the title that it begins with, "" for none, and the rest of it as blocks."""

    title: str
    content: str


def read(text: str) -> Read:
    """What a Markdown text says.  A heading of the first level at its beginning is its title: a page shows that by
    itself.  Markup in it stays, in a block of its own where it stands alone.

    Raises Invalid for a text that is too long, or a table with too many columns.
    """
    if len(text) > LARGEST:
        raise Invalid("text_too_large", "A text in Markdown has at most a million characters.")
    if any(line.count("|") > MOST_COLUMNS + 1 and _RULE.fullmatch(line) for line in text.splitlines()):
        raise Invalid("table_too_wide", "A table in Markdown has at most 100 columns.")
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": DEEPEST}).enable(["table", "strikethrough"])
    writer = _Writer(parser)
    parts = SyntaxTreeNode(parser.parse(text)).children
    title = ""
    if parts and parts[0].type == "heading" and parts[0].tag == "h1":
        title = _plain(parts[0])
        parts = parts[1:]
    return Read(title, "\n\n".join(writer.all_of(parts)))


def _plain(node: SyntaxTreeNode) -> str:
    """The words of a node, without what marks them."""
    if not node.children:
        return node.content or ("\n" if node.type in ("softbreak", "hardbreak") else "")
    return " ".join("".join(_plain(child) for child in node.children).split())


class _Writer:
    """Writes the blocks of one text."""

    def __init__(self, parser: MarkdownIt) -> None:
        self._parser = parser
        self._makers: Mapping[str, Callable[[SyntaxTreeNode], str]] = {
            "paragraph": self._paragraph,
            "heading": lambda node: blocks.heading(self._inline(node), int(node.tag[1:])),
            "bullet_list": self._list,
            "ordered_list": self._list,
            "blockquote": lambda node: blocks.quote(list(self.all_of(node.children))),
            "fence": lambda node: blocks.code(node.content.removesuffix("\n")),
            "code_block": lambda node: blocks.code(node.content.removesuffix("\n")),
            "hr": lambda _: blocks.separator(),
            "html_block": lambda node: blocks.block("html", node.content.strip()),
            "table": self._table,
        }

    def all_of(self, nodes: list[SyntaxTreeNode]) -> Iterator[str]:
        """The block of each node, but for those that say nothing."""
        for node in nodes:
            maker = self._makers.get(node.type)
            made = maker(node) if maker is not None else blocks.paragraph(escape(node.content, quote=False))
            if made:
                yield made

    def _inline(self, node: SyntaxTreeNode) -> str:
        """The markup of a node's own line."""
        inner = next((child for child in node.children if child.type == "inline"), None)
        return self._parser.renderer.render(inner.to_tokens(), self._parser.options, {}).strip() if inner else ""

    def _paragraph(self, node: SyntaxTreeNode) -> str:
        parts = node.children[0].children if node.children else []
        if len(parts) == 1 and parts[0].type == "image":
            picture = parts[0]
            caption = escape(str(picture.attrs.get("title", "")), quote=False)
            # The block writes addresses as attributes itself; the parser has done so already.
            return blocks.image(unescape(str(picture.attrs.get("src", ""))), _plain(picture), caption)
        inner = self._inline(node)
        return blocks.paragraph(inner) if inner else ""

    def _list(self, node: SyntaxTreeNode) -> str:
        items = [self._item(item) for item in node.children]
        return blocks.list_of(items, ordered=node.type == "ordered_list", start=int(node.attrs.get("start", 1)))

    def _item(self, node: SyntaxTreeNode) -> str:
        """A list item: its lines, then the lists in it; what else stands in it stays as lines of text."""
        nested = [child for child in node.children if child.type in ("bullet_list", "ordered_list")]
        lines = [self._line(child) for child in node.children if child not in nested]
        return blocks.list_item("<br>".join(filter(None, lines)), "".join(map(self._list, nested)))

    def _line(self, node: SyntaxTreeNode) -> str:
        if node.type in ("fence", "code_block"):
            return f"<code>{escape(node.content.strip(), quote=False)}</code>"
        if node.type == "blockquote":
            return "<br>".join(filter(None, map(self._line, node.children)))
        return self._inline(node) if node.children else escape(node.content or "", quote=False)

    def _table(self, node: SyntaxTreeNode) -> str:
        head, body = list[str](), list[str]()
        for part in node.children:
            rows = head if part.type == "thead" else body
            rows += ["<tr>" + "".join(map(self._cell, row.children)) + "</tr>" for row in part.children]
        return blocks.table(head, body)

    def _cell(self, node: SyntaxTreeNode) -> str:
        return f"<{node.tag}>{self._inline(node)}</{node.tag}>"
