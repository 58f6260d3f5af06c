"""Cutting HTML into tags and the text between them, the way WordPress's text functions see it."""


def split_html(text: str) -> list[str]:
    """`wp_html_split`: text at even places, tags, comments and CDATA sections at odd ones.

    What is opened and not closed reaches to the end, so every search either advances or ends the work.
    """
    parts: list[str] = []
    at = 0
    while (start := text.find("<", at)) >= 0:
        end = end_of_markup(text, start)
        parts += (text[at:start], text[start:end])
        at = end
    parts.append(text[at:])
    return parts


def end_of_markup(text: str, start: int, *, cdata: bool = True) -> int:
    """Where the tag, comment or (if those count) CDATA section that begins with the `<` at `start` is over."""
    if text.startswith("!--", start + 1):
        closer, search = "-->", start + 2
    elif cdata and text.startswith("![CDATA[", start + 1):
        closer, search = "]]>", start + 9
    else:
        closer, search = ">", start + 1
    found = text.find(closer, search)
    return len(text) if found < 0 else found + len(closer)


def replace_in_tags(text: str, old: str, new: str) -> str:
    """`wp_replace_in_html_tags` for one needle: replaces inside tags and comments, never in the text between."""
    if old not in text or "<" not in text:
        return text
    parts = split_html(text)
    for index in range(1, len(parts), 2):
        if old in parts[index]:
            parts[index] = parts[index].replace(old, new)
    return "".join(parts)


class NextFind:
    """`text.find(needle, at)` for places that only grow: each part of the text is searched once."""

    __slots__ = ("_found", "_needle", "_text")

    def __init__(self, text: str, needle: str) -> None:
        self._text, self._needle = text, needle
        self._found = text.find(needle)

    def after(self, at: int) -> int:
        """The first place not before `at`, or -1."""
        if 0 <= self._found < at:
            self._found = self._text.find(self._needle, at)
        return self._found
