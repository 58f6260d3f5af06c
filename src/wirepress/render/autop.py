"""Line breaks to paragraphs: `wpautop`.

Text passes through five stages: what must stay is set aside, blocks get room around them, the pieces between empty
lines become paragraphs, paragraphs that wrap blocks are opened again, single line breaks become `<br />`.
"""

import re
from collections.abc import Iterator

from wirepress.render.markup import replace_in_tags
from wirepress.render.phpstr import replaced_while_closed, trim

_BLOCKS = (
    "(?:table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote"
    "|address|style|p|h[1-6]|hr|fieldset|legend|section|article|aside|hgroup|header|footer|nav|figure|figcaption"
    "|details|menu|summary)"
)
_GAP = r"(?:(?<!\s)\s++)?"
"""White space taken from its first character only: leading `\\s*` would be tried from each of them."""


def _rule(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII | flags)


_TWO_BREAKS = _rule(r"<br\s*+/?>\s*+<br\s*+/?>")
_BLOCK_OPENS = _rule(rf"(<{_BLOCKS}[\s/>])")
_BLOCK_CLOSES = _rule(rf"(</{_BLOCKS}>)")
_RULE_TAG = _rule(r"(<hr\s*+/?>)")
_NEWLINES = _rule(r"\n\n+")
_EMPTY_LINE = _rule(r"\n\s*\n")
_EMPTY_PARAGRAPH = _rule(r"<p>\s*+</p>")
_HALF_WRAPPED = _rule(r"<p>([^<]++)</(div|address|form)>")
_WRAPPED_BLOCK = _rule(rf"<p>\s*+(</?{_BLOCKS}[^>]*+>)\s*+</p>")
_BLOCK_START = _rule(rf"</?{_BLOCKS}")
_WRAPPED_QUOTE = _rule(r"<p><blockquote([^>]*+)>", re.IGNORECASE)
_PARAGRAPH_BEFORE_BLOCK = _rule(rf"<p>\s*+(</?{_BLOCKS}[^>]*+>)")
_LAST_PARAGRAPH_AFTER_NEWLINE = _rule(r"\n</p>$")
_SPACE = " \t\n\r\f\v"
_SPACES = _rule(r"\s*+")
_BREAK_BEFORE_BLOCK = _rule(r"<br />(\s*+</?(?:p|li|div|dl|dd|dt|th|pre|td|ul|ol)[^>]*+>)")
_KEPT_LINES = _rule(r"<(script|style|svg|math)")
_PLACED_PRE = _rule(r"<pre wp-pre-tag-([0-9]+)></pre>")

_OPTION_OPENS, _OPTION_CLOSES = _rule(rf"{_GAP}<option"), _rule(r"</option>\s*+")
_OBJECT_OPENS, _OBJECT_CLOSES = _rule(r"(<object[^>]*+>)\s*+"), _rule(rf"{_GAP}</object>")
_OBJECT_PART = _rule(rf"{_GAP}(</?(?:param|embed)[^>]*+>)\s*+")
_PLAYER_OPENS = _rule(r"([<\[](?:audio|video)[^>\]]*+[>\]])\s*+")
_PLAYER_CLOSES = _rule(rf"{_GAP}([<\[]/(?:audio|video)[>\]])")
_PLAYER_PART = _rule(rf"{_GAP}(<(?:source|track)[^>]*+>)\s*+")
_CAPTION_OPENS, _CAPTION_CLOSES = _rule(rf"{_GAP}(<figcaption[^>]*+>)"), _rule(r"</figcaption>\s*+")

_LINE_END = re.compile(r"\n(?:(?<!</p>\n)|(?!<p>))")
"""A line end, but the one between two paragraphs: a break there would be taken away again."""
_NEWLINE_IN_TAG = " <!-- wpnl --> "
_NEWLINE_KEPT = "<WPPreserveNewline />"


def autop(text: str, *, breaks: bool = True) -> str:
    """Wraps what empty lines separate in `<p>`, and with `breaks` turns single line ends into `<br />` (`wpautop`)."""
    if not trim(text):
        return ""
    text, kept = _without_pre(text + "\n")
    text = _with_room_for_blocks(text)
    text = "".join(f"<p>{part.strip(chr(10))}</p>\n" for part in _EMPTY_LINE.split(text) if part)
    text = _with_blocks_unwrapped(text)
    if breaks:
        text = _with_breaks(text)
    text = _without_after_block(text, "<br />")
    text = _BREAK_BEFORE_BLOCK.sub(r"\1", text)
    text = _LAST_PARAGRAPH_AFTER_NEWLINE.sub("</p>", text)
    if kept:
        text = _PLACED_PRE.sub(lambda found: _kept_pre(found, kept), text)
    if "<!-- wpnl -->" in text:
        text = text.replace(_NEWLINE_IN_TAG, "\n").replace("<!-- wpnl -->", "\n")
    return text


def _without_pre(text: str) -> tuple[str, list[str]]:
    """The text with a mark for each closed `<pre>`, and the elements that the marks stand for."""
    if "<pre" not in text:
        return text, []
    *closed, rest = text.split("</pre>")
    kept: list[str] = []
    out: list[str] = []
    for part in closed:
        before, opened, inside = part.partition("<pre")
        out.append(before)
        if opened:
            out.append(f"<pre wp-pre-tag-{len(kept)}></pre>")
            kept.append(f"<pre{inside}</pre>")
    return "".join(out) + rest, kept


def _kept_pre(found: re.Match[str], kept: list[str]) -> str:
    digits = found[1]
    if len(digits) > 9 or str(int(digits)) != digits or int(digits) >= len(kept):
        return found[0]
    return kept[int(digits)]


def _with_room_for_blocks(text: str) -> str:
    """Empty lines around block elements, and none left where the parts of one element must stay together."""
    text = _TWO_BREAKS.sub("\n\n", text)
    text = _BLOCK_OPENS.sub("\n\n\\1", text)
    text = _BLOCK_CLOSES.sub("\\1\n\n", text)
    text = _RULE_TAG.sub("\\1\n\n", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = replace_in_tags(text, "\n", _NEWLINE_IN_TAG)
    if "<option" in text:
        text = _OPTION_CLOSES.sub("</option>", _OPTION_OPENS.sub("<option", text))
    if "</object>" in text:
        text = replaced_while_closed(_OBJECT_OPENS, r"\1", text)
        text = _OBJECT_CLOSES.sub("</object>", text)
        text = replaced_while_closed(_OBJECT_PART, r"\1", text)
    if "<source" in text or "<track" in text:
        text = replaced_while_closed(_PLAYER_OPENS, r"\1", text, _last_of(text, ">", "]"))
        text = _PLAYER_CLOSES.sub(r"\1", text)
        text = replaced_while_closed(_PLAYER_PART, r"\1", text)
    if "<figcaption" in text:
        text = replaced_while_closed(_CAPTION_OPENS, r"\1", text)
        text = _CAPTION_CLOSES.sub("</figcaption>", text)
    return _NEWLINES.sub("\n\n", text)


def _last_of(text: str, one: str, other: str) -> str:
    return one if text.rfind(one) > text.rfind(other) else other


def _with_blocks_unwrapped(text: str) -> str:
    """Takes paragraphs off block elements that an empty line has put them around."""
    text = _EMPTY_PARAGRAPH.sub("", text)
    text = _HALF_WRAPPED.sub(r"<p>\1</p></\2>", text)
    text = _WRAPPED_BLOCK.sub(r"\1", text)
    text = _with_items_unwrapped(text)
    text = replaced_while_closed(_WRAPPED_QUOTE, r"<blockquote\1><p>", text)
    text = text.replace("</blockquote></p>", "</p></blockquote>")
    text = replaced_while_closed(_PARAGRAPH_BEFORE_BLOCK, r"\1", text)
    return _without_after_block(text, "</p>")


def _with_items_unwrapped(text: str) -> str:
    """`<p><li...</p>` on one line loses its paragraph."""
    out: list[str] = []
    at, close = 0, -1
    while (start := text.find("<p><li", at)) >= 0:
        if close < start + 7:
            close = text.find("</p>", start + 7)
        if close < 0:
            break
        line_end = text.find("\n", start, close)
        if line_end >= 0:
            out.append(text[at:line_end])
            at = line_end
        else:
            out += (text[at:start], text[start + 3 : close])
            at = close + 4
    out.append(text[at:])
    return "".join(out)


def _without_after_block(text: str, tag: str) -> str:
    """Drops `tag`, and the white space before it, right after an opening or closing block tag.

    Found from its end: the block's tag is what lies between the last two `>`, wherever in it the block's name begins.
    """
    pattern = re.compile(rf">\s*+{tag}", re.ASCII)
    out: list[str] = []
    at = 0
    for match in _overlapping(pattern, text):
        if match.start() < at:
            continue
        segment = text.rfind(">", at, match.start()) + 1 or at
        if _BLOCK_START.search(text, segment, match.start()):
            out.append(text[at : match.start() + 1])
            at = match.end()
    out.append(text[at:])
    return "".join(out)


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches of a pattern that begins and ends with `>`; the last character of one may be the first of the next."""
    at = 0
    while match := pattern.search(text, at):
        yield match
        at = match.end() - 1


def _with_breaks(text: str) -> str:
    text = _with_lines_kept(text)
    text = text.replace("<br>", "<br />").replace("<br/>", "<br />")
    text = _with_broken_lines(text)
    return text.replace(_NEWLINE_KEPT, "\n")


def _with_broken_lines(text: str) -> str:
    """A break in place of each run of white space with a line end in it, unless one is there already.

    The runs are looked for from their line ends: a pattern for them begins at every blank, and holds up all others
    while it passes over a long text.
    """
    out: list[str] = []
    at = 0
    while found := _LINE_END.search(text, at):
        end = found.start()
        start = _blanks_before(text, at, end)
        rest = _SPACES.match(text, end)
        assert rest is not None
        out += (text[at:start], _broken_line(text, start, rest.end()))
        at = rest.end()
    out.append(text[at:])
    return "".join(out)


def _blanks_before(text: str, at: int, end: int) -> int:
    """Where the white space before a place begins, looked for back to `at`, in longer and longer steps."""
    width = 64
    while True:
        low = max(at, end - width)
        if (part := text[low:end].rstrip(_SPACE)) or low == at:
            return low + len(part)
        width *= 4


def _broken_line(text: str, start: int, end: int) -> str:
    run = text[start:end]
    first = 0
    if text.endswith("<br />", 0, start):
        first = 1
    last = run.rfind("\n")
    return run if last < first else f"{run[:first]}<br />\n{run[last + 1 :]}"


def _with_lines_kept(text: str) -> str:
    """Marks line ends inside script, style, svg and math elements."""
    out: list[str] = []
    at = 0
    unclosed: set[str] = set()
    while opened := _KEPT_LINES.search(text, at):
        closer = f"</{opened[1]}>"
        close = -1 if closer in unclosed else text.find(closer, opened.end())
        if close < 0:
            unclosed.add(closer)
            out.append(text[at : opened.end()])
            at = opened.end()
            continue
        end = close + len(closer)
        out += (text[at : opened.start()], text[opened.start() : end].replace("\n", _NEWLINE_KEPT))
        at = end
    out.append(text[at:])
    return "".join(out)
