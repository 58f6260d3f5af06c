"""Attributes inside a tag: as HTML reads them, and as the older strict grammar of WordPress cuts them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5

from wirepress.render.phpstr import lower

_NAME = re.compile(r"[ \t\f\r\n/]*+(=?[^ \t\f\r\n/>=]*+)")
_EQUALS = re.compile(r"[ \t\f\r\n]*+=[ \t\f\r\n]*+")
_UNQUOTED = re.compile(r"[^ \t\f\r\n>]*+")
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]*;?)", re.ASCII)
_LONGEST_NAMED = max(map(len, html5))

_ELEMENT = re.compile(r"(<\s*+(?:/\s*+)?)([a-zA-Z0-9]++\s*+)([^>]*+)(>?)\n?\Z", re.ASCII)
_STRICT = re.compile(
    r"""(?:[_a-zA-Z][-_a-zA-Z0-9:.]*+|\[\[?[^\[\]]++\]\]?)
        (?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"']++(?:\s|\Z))|(?:\s|\Z))
        \s*+""",
    re.ASCII | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Attribute:
    """A name in lower case and the decoded value; None where there is no value."""

    name: str
    value: str | None


def parse_attributes(source: str) -> list[Attribute]:
    """The attributes of a tag, by HTML's own rules: the first of a name counts, references are decoded.

    An attribute whose quote is never closed makes the whole tag incomplete: it has no attributes then.
    """
    found: dict[str, Attribute] = {}
    for attribute in _attributes(source):
        if attribute is None:
            return []
        found.setdefault(attribute.name, attribute)
    return list(found.values())


def _attributes(source: str) -> Iterator[Attribute | None]:
    at, end = 0, len(source)
    while at < end:
        match = _NAME.match(source, at)
        if not match or not match[1]:
            return
        name, at = match[1], match.end()
        equals = _EQUALS.match(source, at)
        if not equals:
            yield Attribute(lower(name), None)
            continue
        at = equals.end()
        quote = source[at : at + 1]
        if quote in ("'", '"') and quote:
            close = source.find(quote, at + 1)
            if close < 0:
                yield None
                return
            value, at = source[at + 1 : close], close + 1
        else:
            unquoted = _UNQUOTED.match(source, at)
            assert unquoted
            value, at = unquoted[0], unquoted.end()
        yield Attribute(lower(name), decode_attribute(value))


def decode_attribute(value: str) -> str:
    """Character references in an attribute's value, by HTML's rules for attributes."""
    return _REFERENCE.sub(_decoded, value) if "&" in value else value


def _decoded(found: re.Match[str]) -> str:
    reference = found[0]
    if reference[1] == "#":
        digits = reference[2:].rstrip(";")
        if digits[0] in "xX":
            return character(digits[1:], 16)
        return character(digits, 10)
    name = reference[1:]
    if name in html5 and name[-1] == ";":
        return html5[name]
    for length in range(min(len(name), _LONGEST_NAMED), 1, -1):
        known = html5.get(name[:length])
        if known is not None:
            # without its semicolon a reference before a letter, a digit or = is plain text (as in ?a=1&copy=2)
            following = name[length:] or found.string[found.end() : found.end() + 1]
            plain = following[:1] == "=" or (following[:1].isascii() and following[:1].isalnum())
            return reference if plain else known + name[length:]
    return reference


def character(digits: str, base: int) -> str:
    """The character of a numeric reference, by HTML's rules for numbers that are none."""
    digits = digits.lstrip("0") or "0"
    code = int(digits[:10], base)
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    if 0x80 <= code <= 0x9F:
        return bytes((code,)).decode("cp1252", "ignore") or chr(code)
    return chr(code)


def split_element(element: str) -> list[str] | None:
    """`wp_kses_attr_parse`: an opening tag cut into its front, each attribute as written, and its back.

    None for a closing tag and for anything the strict grammar does not know.
    """
    match = _ELEMENT.match(element)
    if not match or "/" in match[1]:
        return None
    source = match[3]
    bare = source.rstrip(" \t\n\r\f\v")
    back = ""
    if bare.endswith("/"):
        bare = bare[:-1].rstrip(" \t\n\r\f\v")
        source, back = bare, source[len(bare) :]
    parts = [match[1] + match[2]]
    at = 0
    while at < len(source):
        part = _STRICT.match(source, at)
        if not part:
            return None
        parts.append(part[0])
        at = part.end()
    return [*parts, back + match[4]]
