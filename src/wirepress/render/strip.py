"""Plain text from HTML: tags stripped, words counted, excerpts cut."""

import re

from wirepress.render.entities import escape_html
from wirepress.render.phpstr import trim

_PLAIN_TAG = re.compile(r"<[^ \t\n\v\f\r<>\"'!?][^<>\"']*+>")
# Text and tags without quotes, which need no states: most of what there is, passed over at once.  Here as elsewhere the
# empty alternative ends the repetition: before Python 3.11.5 a possessive one keeps what an alternative has consumed
# that fails after all (gh-106052).
_PLAIN = re.compile(rf"(?:[^<]++|<[ \t\n\v\f\r]|{_PLAIN_TAG.pattern}|)*+")
_IN_TAG = re.compile(r"[<>\"'!?]")
_IN_PHP = re.compile(r"[()>\"'lL]")
_IN_DECLARATION = re.compile(r"[>\"'\-eE]")
_RAW_OPENS = re.compile(r"<(script|style)", re.ASCII | re.IGNORECASE)
_BLANKS = re.compile(r"[\r\n\t ]+")
_OCTET = re.compile(r"%[0-9A-Fa-f]{2}")
_HEX = frozenset("0123456789abcdefABCDEF")
_SPACE = frozenset(" \t\n\v\f\r")
_LESS_THAN = re.compile(r"<[^<>]*+(>?)")
_CUT_ENTITY = re.compile(r"&[^;\s]{0,6}$", re.ASCII)


class _Stripper:
    """PHP's `strip_tags` as the state machine it is: one method a state, each says where text goes on.

    Every method leaps from one character that matters to the next, so the work is linear in the text.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.quote = ""
        self.depth = 0

    def strip(self) -> str:
        text, out, at = self.text, [], 0
        while plain := _PLAIN.match(text, at):
            out.append(_PLAIN_TAG.sub("", plain[0]))
            if plain.end() == len(text):
                break
            self.quote, self.depth = "", 0
            at = self._tag(plain.end() + 1, xml=False)
        return "".join(out).replace("\0", "")

    def _toggle(self, sign: str) -> None:
        if not self.quote:
            self.quote = sign
        elif self.quote == sign:
            self.quote = ""

    def _closes(self) -> bool:
        """Whether a `>` here may end the markup."""
        if self.depth:
            self.depth -= 1
            return False
        return not self.quote

    def _tag(self, at: int, *, xml: bool) -> int:
        text = self.text
        while found := _IN_TAG.search(text, at):
            sign, place = found[0], found.start()
            at = found.end()
            if sign == "<":
                if not self.quote and text[at : at + 1] not in _SPACE:
                    self.depth += 1
            elif sign == ">":
                if self._closes() and not (xml and text[place - 1] == "-"):
                    return at
            elif sign in "\"'":
                self._toggle(sign)
            elif text[place - 1] == "<":
                return self._declaration(at) if sign == "!" else self._php(at)
        return len(text)

    def _php(self, at: int) -> int:
        text, brackets, last = self.text, 0, ""
        while found := _IN_PHP.search(text, at):
            sign, place = found[0], found.start()
            at = found.end()
            if sign in "()":
                if last not in ("'", '"'):
                    last = sign
                    brackets += 1 if sign == "(" else -1
            elif sign == ">":
                if self._closes() and not brackets and last != '"' and text[place - 1] == "?":
                    return at
            elif sign in "\"'":
                if text[place - 1] != "\\":
                    last = "" if last == sign else sign
                    self._toggle(sign)
            elif text[place - 4 : place].lower() == "<?xm":
                return self._tag(at, xml=True)
        return len(text)

    def _declaration(self, at: int) -> int:
        text = self.text
        while found := _IN_DECLARATION.search(text, at):
            sign, place = found[0], found.start()
            at = found.end()
            if sign == ">":
                if self._closes():
                    return at
            elif sign in "\"'":
                if text[place - 1] != "\\":
                    self._toggle(sign)
            elif sign == "-":
                if text[place - 2 : place] == "!-":
                    return self._comment(at)
            elif text[place - 6 : place].lower() == "doctyp":
                return self._tag(at, xml=False)
        return len(text)

    def _comment(self, at: int) -> int:
        end = self.text.find("-->", max(at - 2, 0))
        return len(self.text) if end < 0 or self.quote else end + 3


def strip_tags(text: str) -> str:
    """PHP's `strip_tags`."""
    if "<" not in text and "\0" not in text:
        return text
    return _Stripper(text).strip()


def _without_raw_elements(text: str) -> str:
    """Scripts and styles go with what is in them; one that is never closed stays."""
    folded = ""
    out: list[str] = []
    at = 0
    unclosed: set[str] = set()
    while opened := _RAW_OPENS.search(text, at):
        folded = folded or _ascii_folded(text)
        name = opened[1].lower()
        tag_end = close = -1
        if name not in unclosed:
            tag_end = text.find(">", opened.end())
        if tag_end >= 0:
            close = folded.find(f"</{name}>", tag_end + 1)
        if close < 0:
            unclosed.add(name)
            out.append(text[at : opened.end()])
            at = opened.end()
            if len(unclosed) == 2:
                break
            continue
        out.append(text[at : opened.start()])
        at = close + len(name) + 3
    out.append(text[at:])
    return "".join(out)


def _ascii_folded(text: str) -> str:
    """Lower case that keeps every place (`str.lower` may lengthen a text)."""
    return text.lower() if text.isascii() else re.sub(r"[A-Z]+", lambda found: found[0].lower(), text)


def strip_all_tags(text: str, *, remove_breaks: bool = False) -> str:
    """The text without tags, scripts and styles (`wp_strip_all_tags`)."""
    if "<" in text or "\0" in text:
        text = strip_tags(_without_raw_elements(text))
    if remove_breaks:
        text = _BLANKS.sub(" ", text)
    return trim(text)


def escape_unclosed(text: str) -> str:
    """A `<` that opens no tag is escaped with what follows it (`wp_pre_kses_less_than`)."""
    if "<" not in text:
        return text
    return _LESS_THAN.sub(lambda found: found[0] if found[1] else escape_html(found[0]), text)


def clean_line(text: str) -> str:
    """One line of plain text as forms send it (`sanitize_text_field`): no tags, line ends or percent-encoded octets."""
    return _cleaned(text, _BLANKS)


def clean_lines(text: str) -> str:
    """Plain text of several lines as forms send it (`sanitize_textarea_field`): no tags or percent-encoded octets."""
    return _cleaned(text, None)


def _cleaned(text: str, blanks: re.Pattern[str] | None) -> str:
    if "<" in text:
        text = strip_all_tags(escape_unclosed(text)).replace("<\n", "&lt;\n")
    text = trim(text if blanks is None else blanks.sub(" ", text))
    if not _OCTET.search(text):
        return text
    return trim(re.sub(" +", " ", _without_octets(text)))


def _without_octets(text: str) -> str:
    """Removes `%41`, and what its removal makes one, until none is left.

    The order of removals does not matter (octets cannot overlap), so one pass with a stack is enough.
    """
    kept: list[str] = []
    for sign in text:
        if sign in _HEX and len(kept) > 1 and kept[-1] in _HEX and kept[-2] == "%":
            del kept[-2:]
        else:
            kept.append(sign)
    return "".join(kept)


def trim_words(text: str, count: int = 55, more: str = "&hellip;", *, characters: bool = False) -> str:
    """The first words of a text without tags, and `more` if there were others (`wp_trim_words`); in languages that
    write without spaces the first characters."""
    text = strip_all_tags(text)
    if characters:
        text = trim(_BLANKS.sub(" ", text))
        return text if len(text) <= count else text[: max(count, 0)] + more
    if count <= 0:
        return text and more
    words = _BLANKS.split(text, count)
    if len(words) > count:
        return " ".join(words[:count]) + more
    return " ".join(words)


def cut_excerpt(text: str, count: int, more: str = "") -> str:
    """The first characters of a text without tags, no entity cut in two (`wp_html_excerpt`)."""
    text = strip_all_tags(text, remove_breaks=True)
    excerpt = _CUT_ENTITY.sub("", text[:count])
    return text if excerpt == text else trim(excerpt) + more
