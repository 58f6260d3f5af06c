"""Typewriter signs to typographic ones: `wptexturize`.

Only the text between tags changes; code, scripts and the like keep their signs. Quotes are decided by what stands
beside them: a first pass marks the sure cases with flags (no flag can stand in the text, since they begin with `<`),
a second one decides between closing quotes and primes.
"""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from wirepress.render.markup import end_of_markup
from wirepress.render.phpstr import SPACES, trim
from wirepress.render.shortcodes import CORE_SHORTCODES, names_in
from wirepress.render.typography import ENGLISH, Signs

_TRIGGER = re.compile(r"['\"\-&]|\.\.\.|``| \(tm\)|[0-9]x[0-9]", re.ASCII)
_UNTOUCHED_TAGS = frozenset({"pre", "code", "kbd", "style", "script", "tt"})
_UNTOUCHED_SHORTCODES = frozenset({"code"})

_OPEN_FLAG, _OPEN_SINGLE_FLAG, _APOSTROPHE_FLAG, _OPEN_QUESTION = "<o>", "<s>", "<a>", "<?>"
_APOSTROPHE, _PRIME, _DOUBLE_PRIME = "&#8217;", "&#8242;", "&#8243;"

_COCKNEY = ("'tain't", "'twere", "'twas", "'tis", "'twill", "'til", "'bout", "'nuff", "'round", "'cause", "'em")
_FIXED = (("...", "&#8230;"), (" (tm)", " &#8482;"), *((word, word.replace("'", _APOSTROPHE)) for word in _COCKNEY))

_SPACE_BEFORE = r"(?<=[\r\n\t \xa0])|(?<=&nbsp;)"
_NO_SPACE_BEFORE = r"(?<![\r\n\t \xa0])(?<!&nbsp;)"
_ENDS = rf"(?=\Z|[.,:;!?)}}\-\]]|&gt;|{SPACES})"


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


_Rules = tuple[tuple[re.Pattern[str], str], ...]
_LONG = 100_000
"""Characters of a text without tags from which on passing over it would hold up others."""


@lru_cache(maxsize=16)
def _single_rules(signs: Signs) -> _Rules:
    return (
        (_rule(rf"'([0-9][0-9])'{_ENDS}"), rf"{_APOSTROPHE_FLAG}\1{signs.close_single}"),
        (_rule(rf"'([0-9][0-9])\"{_ENDS}"), rf"{_APOSTROPHE_FLAG}\1{signs.close}"),
        (_rule(r"'(?=[0-9][0-9](?:\Z|(?![%0-9]|[.,][0-9])))"), _APOSTROPHE_FLAG),
        (_rule(rf"(?:\A|{_SPACE_BEFORE})'([0-9][.,0-9]*)'"), rf"{_OPEN_SINGLE_FLAG}\1{signs.close_single}"),
        (_rule(rf"(?:\A|(?<=[(\[{{\"\-])|(?<=&lt;)|{_SPACE_BEFORE})'"), _OPEN_SINGLE_FLAG),
        (_rule(rf"{_NO_SPACE_BEFORE}'(?!\Z|[.,:;!?\"'(){{}}\[\]\-]|&[lg]t;|{SPACES})"), _APOSTROPHE_FLAG),
    )


@lru_cache(maxsize=16)
def _double_rules(signs: Signs) -> _Rules:
    return (
        (_rule(rf"(?:\A|{_SPACE_BEFORE})\"([0-9][.,0-9]*+)\""), rf"{_OPEN_FLAG}\1{signs.close}"),
        (_rule(rf"(?:\A|(?<=[(\[{{\-])|(?<=&lt;)|{_SPACE_BEFORE})\"(?!{SPACES})"), _OPEN_FLAG),
    )


_DASH_RULES = (
    (_rule(r"---"), "&#8212;"),
    (_rule(rf"(?:\A|{_SPACE_BEFORE})--(?=$|{SPACES})"), "&#8212;"),
    (_rule(r"(?<!xn)--"), "&#8211;"),
    (_rule(rf"(?:\A|{_SPACE_BEFORE})-(?=$|{SPACES})"), "&#8211;"),
)
_TIMES_HINT = _rule(r"(?<=[0-9])x[0-9]")
_TIMES = _rule(r"(?<![0-9.,])([0-9.,]++)x(?=[0-9][0-9.,]*\b)")
_FACTOR_WITHIN = _rule(r"[.,](?:[1-9]|0[0-9.,])")
_AFTER_DIGIT = {sign: _rule(rf"(?<=[0-9]){sign}") for sign in ("'", '"')}
_CLOSING = {sign: _rule(sign + _ENDS) for sign in ("'", '"')}
_QUESTION_NO_DIGIT = _rule(rf"(?<![0-9]){re.escape(_OPEN_QUESTION)}")
_QUESTION_AFTER_DIGIT = _rule(rf"(?<=[0-9]){re.escape(_OPEN_QUESTION)}")
_BARE_AMPERSAND = re.compile(r"&(?!#(?:[0-9]+|x[a-f0-9]+);|[a-z1-4]{1,8};)", re.ASCII | re.IGNORECASE)


def texturize(text: str, signs: Signs = ENGLISH, *, shortcodes: Collection[str] = CORE_SHORTCODES) -> str:
    """Curly quotes, dashes, ellipses, primes and the multiplication sign (`wptexturize`).

    `signs` are the quotes of the language; `shortcodes` are the registered names: their tags are markup, left as they
    are.
    """
    if not _TRIGGER.search(text):
        return text
    used = names_in(text, shortcodes, closing=True)
    open_tags: list[str] = []
    open_shortcodes: list[str] = []
    out: list[str] = []
    for piece in _pieces(text, _markup_pattern(used)):
        if piece[0] == "<":
            if not piece.startswith("<!--"):
                piece = _BARE_AMPERSAND.sub("&#038;", piece)
                _follow(piece, open_tags, _UNTOUCHED_TAGS)
        elif used and piece[0] == "[" and _tag_pattern(used).fullmatch(piece):
            if not piece.startswith("[[") and not piece.endswith("]]"):
                _follow(piece, open_shortcodes, _UNTOUCHED_SHORTCODES)
        elif not open_tags and not open_shortcodes and trim(piece):
            piece = _texturized(piece, signs)
        out.append(piece)
    return "".join(out)


@lru_cache(maxsize=64)
def _tag_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """One opening or closing tag of these shortcodes, escaped ones included."""
    alternatives = "|".join(map(re.escape, names))
    return _rule(rf"\[[/\[]?(?:{alternatives})(?=[\s\]/])(?:[^\[\]<>]+|<[^\[\]>]*>|)*+\]\]?")


@lru_cache(maxsize=64)
def _markup_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Where a tag begins, or the whole of a shortcode tag."""
    return _rule(f"<|{_tag_pattern(names).pattern}" if names else "<")


def _pieces(text: str, markup: re.Pattern[str]) -> Iterator[str]:
    """Tags, comments, shortcode tags and what lies between them; no piece is empty."""
    at = 0
    while found := markup.search(text, at):
        start = found.start()
        if start > at:
            yield text[at:start]
        at = end_of_markup(text, start, cdata=False) if text[start] == "<" else found.end()
        yield text[start:at]
    if at < len(text):
        yield text[at:]


def _follow(tag: str, open_elements: list[str], followed: frozenset[str]) -> None:
    """Keeps the stack of open elements in which signs stay as they are; the name ends at the first space."""
    opening = tag[1:2] not in ("", "/")
    if not opening and not open_elements:
        return
    offset = 1 if opening else 2
    space = tag.find(" ", offset)
    name = tag[offset:space]
    if name in followed:
        if opening:
            open_elements.append(name)
        elif open_elements[-1] == name:
            open_elements.pop()


def _texturized(text: str, signs: Signs) -> str:
    text = text.replace("``", signs.open).replace("''", signs.close)
    for sign, replacement in _FIXED:
        text = text.replace(sign, replacement)
    if "'" in text:
        text = _applied(_single_rules(signs), text)
        text = _with_primes(text, "'", _PRIME, _OPEN_SINGLE_FLAG, signs.close_single)
        text = text.replace(_APOSTROPHE_FLAG, _APOSTROPHE).replace(_OPEN_SINGLE_FLAG, signs.open_single)
    if '"' in text:
        text = _applied(_double_rules(signs), text)
        text = _with_primes(text, '"', _DOUBLE_PRIME, _OPEN_FLAG, signs.close)
        text = text.replace(_OPEN_FLAG, signs.open)
    if "-" in text:
        text = _applied(_DASH_RULES, text)
    if _TIMES_HINT.search(text):
        text = _TIMES.sub(_times, text)
    return _replaced(_BARE_AMPERSAND, "&#038;", text)[0] if "&" in text else text


def _applied(rules: _Rules, text: str) -> str:
    for pattern, replacement in rules:
        text = _replaced(pattern, replacement, text)[0]
    return text


def _replaced(pattern: re.Pattern[str], replacement: str, text: str) -> tuple[str, int]:
    """A text with all that a pattern finds replaced, and how much that was.

    In a long one by a function: others get their turn between two replacements, and none during all of them.
    """
    if len(text) <= _LONG:
        return pattern.subn(replacement, text)
    if "\\" in replacement:
        return pattern.subn(lambda found: found.expand(replacement), text)
    return pattern.subn(lambda _: replacement, text)


def _times(found: re.Match[str]) -> str:
    """A multiplication, if a whole number begins left of the x and is not a lone 0 (0x1F is no product)."""
    number, start = found[1], found.start()
    before = found.string[max(0, start - 1) : start]
    in_word = before.isascii() and (before.isalnum() or before == "_")
    if (not in_word and number[0].isdigit() and number != "0") or _FACTOR_WITHIN.search(number):
        return f"{number}&#215;"
    return found[0]


def _with_primes(text: str, sign: str, prime: str, open_flag: str, close: str) -> str:
    """Decides for each sign left whether it closes a quotation or is a prime (`wptexturize_primes`).

    What follows an opening quote is a quotation: in it one sign should close; elsewhere a digit before means prime.
    """
    after_digit = _AFTER_DIGIT[sign]
    closing = _CLOSING[sign]
    parts = text.split(open_flag)
    for index, part in enumerate(parts):
        if sign not in part:
            continue
        if index and close not in part:
            part = _quotation_closed(part, closing, after_digit, prime, close)
        else:
            part = _applied(((after_digit, prime), (closing, close)), part)
        parts[index] = part.replace(sign, close) if sign == '"' else part
    return open_flag.join(parts)


def _quotation_closed(part: str, closing: re.Pattern[str], after_digit: re.Pattern[str], prime: str, close: str) -> str:
    part, candidates = _replaced(closing, _OPEN_QUESTION, part)
    if candidates > 1:
        part, sure = _replaced(_QUESTION_NO_DIGIT, close, part)
        if not sure:
            place = part.rfind(f"{_OPEN_QUESTION}.")
            if place < 0:
                place = part.rfind(_OPEN_QUESTION)
            part = part[:place] + close + part[place + len(_OPEN_QUESTION) :]
        part = after_digit.sub(prime, part)
        part = _QUESTION_AFTER_DIGIT.sub(prime, part)
        return part.replace(_OPEN_QUESTION, close)
    return after_digit.sub(prime, part.replace(_OPEN_QUESTION, close))
