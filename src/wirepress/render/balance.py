"""Closing what was left open: `force_balance_tags`."""

import re
from collections import Counter

from wirepress.render.phpstr import lower, trim, word_set

_SINGLE = word_set(
    "area base basefont br col command embed frame hr img input isindex link meta param source track wbr"
)
_NESTABLE = word_set("article aside blockquote details div figure object q section span")
_BEFORE_DIGIT = re.compile(r"<(?=[0-9])")
_TAG = re.compile(
    r"""<(/?)
        ([a-z][a-z0-9._]*-[a-z0-9._-]+(?=[\s/>]) | [\w:]++)
        (?: \s*+(/?)> | (\s++)([^>]*+)> )""",
    re.ASCII | re.VERBOSE,
)


def balance(text: str) -> str:
    """Closes open tags, drops closing tags that close nothing, and writes single tags with a slash.

    (`force_balance_tags`)
    """
    text = _BEFORE_DIGIT.sub("&lt;", text.replace("< !--", "<    !--"))
    end = text.rfind(">") + 1
    balancer = _Balancer()
    at = 0
    for tag in _TAG.finditer(text, 0, end):
        balancer.text(text[at : tag.start()])
        at = tag.end()
        space, attributes = (tag[4], trim(tag[5])) if tag[4] is not None else ("", tag[3] or "")
        name = lower(tag[2])
        if tag[1]:
            balancer.close(name)
        else:
            balancer.open(name, space, attributes)
    balancer.text(text[at:])
    return balancer.finish().replace("< !--", "<!--").replace("<    !--", "< !--")


class _Balancer:
    """The tags that are open, and what has been written."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._open: list[str] = []
        self._count: Counter[str] = Counter()
        self._queued: list[str] = []

    def text(self, text: str) -> None:
        self._out += self._queued
        self._queued.clear()
        self._out.append(text)

    def _pop(self) -> str:
        name = self._open.pop()
        self._count[name] -= 1
        return name

    def close(self, name: str) -> None:
        """Closes the element and all that was opened in it; a tag that closes nothing is dropped."""
        if not self._count[name]:
            return
        if self._open[-1] == name:
            self._out.append(f"</{self._pop()}>")
            return
        while (inner := self._pop()) != name:
            self._queued.append(f"</{inner}>")
        self._queued.append(f"</{name}>")

    def open(self, name: str, space: str, attributes: str) -> None:
        single, closed = name in _SINGLE, attributes.endswith("/")
        if closed and not single:
            attributes = f"{trim(attributes[:-1])}></{name}"
        elif single:
            space = " "
            if not closed:
                attributes += "/"
        else:
            if self._open and self._open[-1] == name and name not in _NESTABLE:
                self._queued.append(f"</{self._pop()}>")
            self._open.append(name)
            self._count[name] += 1
        tag = f"<{name}{space}{attributes}>"
        (self._queued or self._out).append(tag)

    def finish(self) -> str:
        self.text("")
        self._out += (f"</{name}>" for name in reversed(self._open))
        return "".join(self._out)
