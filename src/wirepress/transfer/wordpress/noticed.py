"""What readers will notice of a move: another look, and what of plugins is shown as it is saved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from wirepress.model.post import Post
from wirepress.render.blocks.types import block_types
from wirepress.render.shortcodes import CORE_SHORTCODES
from wirepress.transfer.wordpress.report import Report

_SHOWN: Final = frozenset({"publish", "future", "private"})
_BLOCK: Final = re.compile(r"<!--\s+wp:([a-z][a-z0-9-]*/[a-z][a-z0-9-]*)\s")
_SHORTCODE: Final = re.compile(r"(?<!\[)\[([a-z][a-z0-9_-]{2,40})(\s[^\[\]\n]{0,500})?/?\](?!\()")
"""A name in brackets, alone or with more behind it: `[sic]` in running text looks the same, and so a name alone counts
from its second post on, and one with words behind it only where they are attributes."""
_CODE: Final = (("<pre", "</pre>"), ("<code", "</code>"))
_LONGEST: Final = 2_000_000
"""Characters of a text that are looked at."""
SHORTCODES: Final = "shown as they are written: the plugin that replaced them is not here"
BLOCKS: Final = "their saved text is shown; what the plugin makes when a page is read is not"
LOOK: Final = "its look does not come: the site has that of its theme here"


class Noticed:
    """Collects what the texts of posts show that readers see."""

    def __init__(self) -> None:
        self._shortcodes: Counter[str] = Counter()
        self._certain: set[str] = set()
        self._blocks: Counter[str] = Counter()

    def look(self, post: Post) -> None:
        """Notes what of plugins stands in a post that readers see; each thing once a post."""
        text = post.content[:_LONGEST]
        if post.status not in _SHOWN or ("[" not in text and "wp:" not in text):
            return
        self._blocks.update(set(_BLOCK.findall(text)) - block_types().keys())
        plain = _without_code(text)
        names = set()
        for name, more in _SHORTCODE.findall(plain):
            if more.strip(" /") and "=" not in more:
                continue
            names.add(name)
            if more.strip(" /") or f"[/{name}]" in plain:
                self._certain.add(name)
        self._shortcodes.update(names - set(CORE_SHORTCODES))

    def report(self, report: Report) -> None:
        """Reports all of it, what is in most posts first."""
        for name, number in self._shortcodes.most_common():
            if name in self._certain or number > 1:
                report.notice(f"shortcode [{name}]", SHORTCODES, number=number)
        for name, number in self._blocks.most_common():
            report.notice(f"block {name}", BLOCKS, number=number)


def _without_code(text: str) -> str:
    """A text without what it shows as program text."""
    for opening, closing in _CODE:
        parts, at = list[str](), 0
        while (begin := text.find(opening, at)) >= 0 and (end := text.find(closing, begin)) >= 0:
            parts.append(text[at:begin])
            at = end
        text = "".join(parts) + text[at:]
    return text


def notice_look(options: Mapping[str, Any], report: Report) -> None:
    """Reports the theme that the site had there."""
    theme = str(options.get("stylesheet") or options.get("template") or "")
    if theme:
        report.notice("theme", LOOK, example=theme)
