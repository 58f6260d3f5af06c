"""`[shortcodes]`: finding, expanding and removing them by WordPress's grammar.

What a shortcode becomes is not known here: `expand` asks the handlers it is given.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from wirepress.render.attributes import split_element
from wirepress.render.entities import each_replaced
from wirepress.render.kses import clean_attribute
from wirepress.render.markup import NextFind, split_html
from wirepress.render.phpstr import SPACES, lower, strip_c_slashes, trim

CORE_SHORTCODES = ("embed", "wp_caption", "caption", "gallery", "playlist", "audio", "video")
"""The names that WordPress itself registers."""

_OPENING_NAME = re.compile(r"\[([^<>&/\[\]\x00-\x20=]++)")
_ANY_NAME = re.compile(r"\[/?([^<>&/\[\]\x00-\x20=]++)")
_ODD_SPACE = re.compile("[\u00a0\u200b]+")
_PART = re.compile(
    r"""([\w-]+)\s*=\s*"([^"]*)"(?:\s|\Z)
      | ([\w-]+)\s*=\s*'([^']*)'(?:\s|\Z)
      | ([\w-]+)\s*=\s*([^\s'"]+)(?:\s|\Z)
      | "([^"]*)"(?:\s|\Z)
      | '([^']*)'(?:\s|\Z)
      | (\S+)(?:\s|\Z)""",
    re.ASCII | re.VERBOSE,
)
_BRACKETED_NAME = re.compile(r"<\s*+\[\[?[^\[\]]++\]", re.ASCII)
_ELEMENT_NAME = re.compile(r"[a-zA-Z0-9]+")
_PARAGRAPH_ENDS = re.compile(rf"(?:{SPACES}|)*+</p>")

_BRACKETS = (("[", "&#91;"), ("]", "&#93;"))


@dataclass(frozen=True, slots=True)
class Shortcode:
    """One shortcode as its handler sees it; names are lower case, `words` are the attributes without a name."""

    name: str
    attributes: Mapping[str, str]
    words: tuple[str, ...]
    content: str


Handler = Callable[[Shortcode], str]


@dataclass(frozen=True, slots=True)
class Found:
    """A shortcode in a text. Brackets doubled on both sides make it plain text: `[[gallery]]` shows `[gallery]`."""

    start: int
    end: int
    name: str
    attributes: str
    content: str
    doubled_start: bool
    doubled_end: bool

    @property
    def escaped(self) -> bool:
        return self.doubled_start and self.doubled_end


def names_in(text: str, names: Collection[str], *, closing: bool = False) -> tuple[str, ...]:
    """Which of the registered names the text mentions as shortcodes (with `closing`, closing tags count too)."""
    if "[" not in text or not names:
        return ()
    mentioned = set((_ANY_NAME if closing else _OPENING_NAME).findall(text))
    return tuple(name for name in names if name in mentioned)


@lru_cache(maxsize=64)
def _heads(names: tuple[str, ...], before: str = "") -> re.Pattern[str]:
    alternatives = "|".join(map(re.escape, names))
    return re.compile(rf"{before}\[(\[?)({alternatives})(?![\w-])", re.ASCII)


def find_shortcodes(text: str, names: tuple[str, ...]) -> Iterator[Found]:
    """The outermost shortcodes of these names (`get_shortcode_regex`); what they enclose is their content."""
    heads = _heads(names)
    bracket = NextFind(text, "]")
    closers = {name: NextFind(text, f"[/{name}]") for name in names}
    at = 0
    while head := heads.search(text, at):
        end = bracket.after(head.end())
        if end < 0:
            return
        name = head[2]
        attributes, content = text[head.end() : end], ""
        at = end + 1
        if attributes.endswith("/"):
            attributes = attributes[:-1]
        elif (close := closers[name].after(at)) >= 0:
            content = text[at:close]
            at = close + len(name) + 3
        doubled_end = text.startswith("]", at)
        at += doubled_end
        yield Found(head.start(), at, name, attributes, content, bool(head[1]), doubled_end)


def parse_attributes(source: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """`shortcode_parse_atts`: the named attributes and the words without a name.

    A value with an unclosed tag in it is emptied.
    """
    named: dict[str, str] = {}
    words: list[str] = []
    for part in _PART.finditer(_ODD_SPACE.sub(" ", source)):
        name = next((part[group] for group in (1, 3, 5) if part[group]), None)
        if name == "0":
            continue
        value = next(part[group] for group in (2, 4, 6, 7, 8, 9) if part[group] is not None)
        value = strip_c_slashes(value)
        if "<" in value and value.rfind("<") > value.rfind(">"):
            value = ""
        if name is not None:
            named[lower(name)] = value
        elif value or part[9]:
            words.append(value)
    return named, tuple(words)


def expand(text: str, handlers: Mapping[str, Handler]) -> str:
    """Replaces each shortcode by what its handler answers (`do_shortcode`).

    Inside tags they are expanded in attribute values only, and what comes out there is filtered again; comments keep
    their brackets.
    """
    names = names_in(text, tuple(handlers))
    if not names:
        return text
    text = _with_tags_done(text, False, lambda part: _expanded(part, names, handlers))
    return _brackets_back(_expanded(text, names, handlers)[0])


def strip_shortcodes(text: str, names: Collection[str] = CORE_SHORTCODES) -> str:
    """Removes shortcodes with what they enclose; escaped ones lose their outer brackets (`strip_shortcodes`)."""
    used = names_in(text, tuple(names))
    if not used:
        return text
    text = _with_tags_done(text, True, lambda part: (part, 0))
    return _brackets_back(_replaced(text, used, lambda _: "")[0])


def unwrap_shortcodes(text: str, names: Collection[str] = CORE_SHORTCODES) -> str:
    """Takes off the paragraph around a shortcode that stands alone (`shortcode_unautop`)."""
    if "[" not in text or not names:
        return text
    heads = _heads(tuple(names), rf"<p>(?:{SPACES}|)*+(?=\[[^\[])")
    bracket = NextFind(text, "]")
    closers = {name: NextFind(text, f"[/{name}]") for name in names}
    out: list[str] = []
    at = done = 0
    while head := heads.search(text, at):
        end = bracket.after(head.end())
        if end < 0:
            break
        at = head.end()
        ends = [end + 1]
        if text[end - 1] != "/" and (close := closers[head[2]].after(end + 1)) >= 0:
            ends.insert(0, close + len(head[2]) + 3)
        for shortcode_end in ends:
            if wrapped := _PARAGRAPH_ENDS.match(text, shortcode_end):
                out += (text[done : head.start()], text[head.start(2) - 1 : shortcode_end])
                at = done = wrapped.end()
                break
    out.append(text[done:])
    return "".join(out)


def _replaced(text: str, names: tuple[str, ...], replacement: Callable[[Found], str]) -> tuple[str, int]:
    """The text with every shortcode replaced, and how many there were."""
    out: list[str] = []
    at = count = 0
    for found in find_shortcodes(text, names):
        out.append(text[at : found.start])
        if found.escaped:
            out.append(text[found.start + 1 : found.end - 1])
        else:
            out += ("[" * found.doubled_start, replacement(found), "]" * found.doubled_end)
        at = found.end
        count += 1
    out.append(text[at:])
    return "".join(out), count


def _expanded(text: str, names: tuple[str, ...], handlers: Mapping[str, Handler]) -> tuple[str, int]:
    def replacement(found: Found) -> str:
        attributes, words = parse_attributes(found.attributes)
        return handlers[found.name](Shortcode(found.name, attributes, words, found.content))

    return _replaced(text, names, replacement)


def _brackets_back(text: str) -> str:
    return text.replace("&#91;", "[").replace("&#93;", "]")


def _with_tags_done(text: str, leave_html: bool, expanded: Callable[[str], tuple[str, int]]) -> str:
    """Expands inside attributes and masks every other bracket of a tag (`do_shortcodes_in_html_tags`)."""
    text = text.replace("&#91;", "&#091;").replace("&#93;", "&#093;")
    parts = split_html(text)
    for index in range(1, len(parts), 2):
        element = parts[index]
        if "[" in element or "]" in element:
            plain = leave_html or "[" not in element or "]" not in element
            if not plain and not element.startswith(("<!--", "<![CDATA[")):
                element = _element_done(element, expanded)
            parts[index] = each_replaced(element, _BRACKETS)
    return "".join(parts)


def _element_done(element: str, expanded: Callable[[str], tuple[str, int]]) -> str:
    parts = split_element(element)
    if parts is None:
        return expanded(element)[0] if _BRACKETED_NAME.match(element) else element
    front, *attributes, back = parts
    name = _ELEMENT_NAME.search(front)
    for index, attribute in enumerate(attributes):
        opening = attribute.find("[")
        if opening < 0 or "]" not in attribute or name is None:
            continue
        changed, count = expanded(attribute)
        if '"' in attribute[:opening] or "'" in attribute[:opening]:
            # in a quoted value: the author may have been filtered, so what comes out is filtered too
            changed = clean_attribute(changed, name[0]) if count else ""
            if not trim(changed):
                continue
        attributes[index] = changed
    return "".join((front, *attributes, back))
