"""Slugs, keys, logins, class and file names: what text becomes when it must name something."""

import math
import re
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from wirepress.render.accents import remove_accents
from wirepress.render.filetypes import ALLOWED_TYPES, extension_is_allowed, known_extension
from wirepress.render.phpstr import lower, trim, utf8
from wirepress.render.strip import strip_all_tags, strip_tags

MAX_SLUG = 200
"""The length of a slug in bytes, percent-encoded."""

FEED_NAMES = ("feed", "rdf", "rss", "rss2", "atom")
"""The words after an address that ask for a feed."""

_ENCODED_OCTET = re.compile(r"%([a-fA-F0-9]{2})")
_MARKED_OCTET = re.compile(r"---([a-fA-F0-9]{2})---")
_NOT_IN_SLUG = re.compile(r"[^%a-z0-9 _-]+")
_BLANKS = re.compile(r"\s+", re.ASCII)
_DASHES = re.compile(r"-+")

_HYPHEN_ENTITIES = re.compile("%c2%a0|%e2%80%9[34]|&nbsp;|&#160;|&ndash;|&#8211;|&mdash;|&#8212;|/")
_DROPPED = re.compile(
    "%c2%(?:a[1bd9e]|b[0b4f])"  # inverted marks, guillemets, soft hyphen, copyright, registered, degree, acute
    "|%e2%80%(?:b[9a]|9[89abcdef]|a[26abcde]|8[bcdef])"  # quotes, bullet, ellipsis, what shows no width
    "|%e2%84%a2|%cb%8a|%cc%8[014c]|%cd%81|%ef%b(?:b%bf|f%bc)"  # trade mark, accents, byte order mark, object
)
_WIDE_SPACES = re.compile("%e2%80%(?:8[0-9a]|a[89f])")

_NOT_IN_KEY = re.compile(r"[^a-z0-9_\-]+")
_NOT_IN_CLASS = re.compile(r"[^A-Za-z0-9_-]+")
_UPPER, _LOWER = "A-Z\u00c0-\u00d6\u00d8-\u00de", "a-z\u00df-\u00f6\u00f8-\u00ff"
_APART = "\\x00-/:-@\\[-`{-\u00bf\u2000-\u206f\\s"
_OTHER = f"[^0-9{_UPPER}{_LOWER}{_APART}]"
_KEBAB_WORD = re.compile(
    f"[{_UPPER}]?[{_LOWER}]+(?=[{_APART}{_UPPER}]|\\Z)"
    f"|(?:[{_UPPER}]|{_OTHER})+(?=[{_APART}]|[{_UPPER}](?:[{_LOWER}]|{_OTHER})|\\Z)"
    f"|[{_UPPER}]?(?:[{_LOWER}]|{_OTHER})+|[{_UPPER}]+"
    "|[0-9]*(?:1ST|2ND|3RD|(?![123])[0-9]TH)(?![A-Z0-9])|[0-9]*(?:1st|2nd|3rd|(?![123])[0-9]th)(?![a-z0-9])|[0-9]+"
)
"""A word: letters of one kind with a capital before them, capitals up to the next such, an ordinal or a number.  Signs
of other scripts count as small letters."""
_LONGEST_KEBAB = 1_000
_NOT_IN_LOGIN = re.compile(r"[^a-zA-Z0-9 _.\-@]+")

_NOT_IN_FILE_NAME = re.compile("[?\\[\\]/\\\\=<>:;,'\"&$#*()|~`!{}%+\u2019\u00ab\u00bb\u201d\u201c\0]")
_DOTS = re.compile(r"\.{2,}")
_FILE_BLANKS = re.compile("[\r\n\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000-]+")
_SHORT_EXTENSION = re.compile(r"[a-zA-Z]{2,5}[0-9]?\n?\Z")

_PAGE_NUMBER = re.compile(r"(?:page)?[0-9]+\n?\Z")


def slug(text: str, fallback: str = "", *, locale: str = "") -> str:
    """The slug of a title when it is saved (`sanitize_title`); `locale` is the site's."""
    return dashed(remove_accents(text, locale), saving=True) or fallback


def query_slug(text: str, fallback: str = "") -> str:
    """The slug that a query means (`sanitize_title_for_query`): accents stay, encoded."""
    return dashed(text, saving=False) or fallback


def dashed(text: str, *, saving: bool = False) -> str:
    """Lower case, dashes for spaces, other signs dropped or percent-encoded (`sanitize_title_with_dashes`).

    `saving` is WordPress's "save" context: typographic signs become dashes or go, instead of staying encoded.
    """
    text = strip_tags(text)
    if "%" in text or "---" in text:
        text = _ENCODED_OCTET.sub(r"---\1---", text).replace("%", "")
        text = _MARKED_OCTET.sub(r"%\1", text)
    if not text.isascii():
        # letter by letter: PHP 8.2 knows no final sigma
        text = percent_encoded(text.replace("Σ", "σ").lower(), MAX_SLUG)
    else:
        text = text[:MAX_SLUG]
    text = lower(text)
    if saving:
        text = _HYPHEN_ENTITIES.sub("-", text)
        text = _DROPPED.sub("", text)
        text = _WIDE_SPACES.sub("-", text).replace("%c3%97", "x")
    text = without_entities(text).replace(".", "-")
    text = _NOT_IN_SLUG.sub("", text)
    return _DASHES.sub("-", _BLANKS.sub("-", text)).strip("-")


def without_entities(text: str) -> str:
    """Drops everything from an `&` to the next `;` on the same line."""
    if "&" not in text or ";" not in text:
        return text
    return "\n".join(map(_line_without_entities, text.split("\n")))


_ENTITY = re.compile(r"&[^\n][^;\n]*+;")


def _line_without_entities(line: str) -> str:
    end = line.rfind(";") + 1
    return _ENTITY.sub("", line[:end]) + line[end:]


def percent_encoded(text: str, length: int = 0, *, encode_ascii: bool = False) -> str:
    """Percent-encodes what is not ASCII, and stops before `length` bytes are passed (`utf8_uri_encode`)."""
    if text.isascii() and not encode_ascii:
        return text[: length or None]
    out: list[str] = []
    total = 0
    for piece in map(_encoded_ascii if encode_ascii else _encoded, text):
        total += len(piece)
        if 0 < length < total:
            break
        out.append(piece)
    return "".join(out)


def _encoded(char: str) -> str:
    return char if char < "\x80" else "".join(f"%{byte:02x}" for byte in utf8(char))


def _encoded_ascii(char: str) -> str:
    if char >= "\x80":
        return _encoded(char)
    return char if char.isalnum() or char in "-_.~" else f"%{ord(char):02X}"


def key(text: str) -> str:
    """An identifier: lower-case letters, digits, dashes and underscores (`sanitize_key`)."""
    return _NOT_IN_KEY.sub("", lower(text))


def html_class(text: str, fallback: str = "") -> str:
    """A class name (`sanitize_html_class`)."""
    return _NOT_IN_CLASS.sub("", _ENCODED_OCTET.sub("", text)) or fallback


def kebab(text: str) -> str:
    """Words in small letters with dashes between; numbers are words (`_wp_to_kebab_case`).

    What is longer than any name is cut: the expression goes back in it.
    """
    words = _KEBAB_WORD.findall(text[:_LONGEST_KEBAB].replace("'", "").replace("\u2019", ""))
    return lower("-".join(words))


@lru_cache(maxsize=4096)
def class_of_term(taxonomy: str, named: str, term_id: int) -> str:
    """The class that a term of this slug lends to its posts (get_post_class); a number would be taken for an id."""
    word = html_class(named, str(term_id))
    if word.isdigit() or not word.strip("-"):
        word = str(term_id)
    if taxonomy == "post_tag":
        return f"tag-{word}"
    return html_class(f"{taxonomy}-{word}", f"{taxonomy}-{term_id}")


def login(text: str, *, strict: bool = False, locale: str = "") -> str:
    """A login name (`sanitize_user`); `strict` keeps ASCII letters, digits and a few signs only."""
    text = remove_accents(strip_all_tags(text), locale)
    text = without_entities(_ENCODED_OCTET.sub("", text))
    if strict:
        text = _NOT_IN_LOGIN.sub("", text)
    return _BLANKS.sub(" ", trim(text))


def file_name(text: str, *, locale: str = "") -> str:
    """A name for an uploaded file (`sanitize_file_name`): no path, no signs of shells or addresses, no hidden type."""
    text = remove_accents(text, locale)
    text = _FILE_BLANKS.sub("-", _DOTS.sub(".", _NOT_IN_FILE_NAME.sub("", text))).strip(".-_")
    if "." not in text and known_extension(text):
        text = f"unnamed-file.{text}"
    first, *middle = text.split(".")
    if len(middle) < 2:
        return text
    name = [first]
    for part in middle[:-1]:
        hidden = _SHORT_EXTENSION.match(part) and not extension_is_allowed(part, ALLOWED_TYPES)
        name.append(f"{part}_" if hidden else part)
    return ".".join((*name, middle[-1]))


def unique_slug(
    wanted: str,
    taken: Callable[[Sequence[str]], Collection[str]],
    *,
    hierarchical: bool = False,
    own_slug: str | None = None,
    dates: str = "",
    post: bool = True,
) -> str:
    """The wanted slug, or the first of `wanted-2`, `wanted-3` ... that is free (`wp_unique_post_slug`).

    `taken` asks the store which of some are taken: among attachments everything, in a hierarchy the siblings, else the
    posts of the type.  It is asked of ever more at once: a daily column has one title for years.  `dates` is the
    permalink structure, which decides whether a number would be read as a date; `own_slug` is what the post is called
    already. Drafts keep their slug: do not ask for them.
    """
    reserved = wanted in (*FEED_NAMES, "embed")
    if hierarchical:
        reserved = reserved or bool(_PAGE_NUMBER.match(wanted))
    elif post and own_slug != wanted:
        reserved = reserved or reads_as_date(wanted, dates)
    if not reserved and not taken((wanted,)):
        return wanted
    first, count = 2, 8
    while True:
        candidates = [_numbered(wanted, number) for number in range(first, first + count)]
        used = taken(candidates)
        free = next((candidate for candidate in candidates if candidate not in used), None)
        if free is not None:
            return free
        first, count = first + count, min(2 * count, 500)


def _numbered(slug: str, number: int) -> str:
    return f"{truncated_slug(slug, MAX_SLUG - len(str(number)) - 1)}-{number}"


def reads_as_date(slug: str, structure: str) -> bool:
    """Whether under this permalink structure the slug would be taken for a year, month or day."""
    if not slug.isascii() or not slug.isdigit() or not slug.strip("0"):
        return False
    parts = ["", *(part for part in structure.split("/") if part)]
    if "%postname%" not in parts:
        return False
    largest = {"": math.inf, "%year%": 12, "%monthnum%": 31}
    number = int(slug) if len(slug) < 10 else 10**9
    return number <= largest.get(parts[parts.index("%postname%") - 1], 0)


def truncated_slug(slug: str, length: int) -> str:
    """A slug of at most `length` bytes, cut between encoded characters (`_truncate_post_slug`)."""
    if len(slug) <= length:
        return slug.rstrip("-")
    decoded = unquote_to_bytes(utf8(slug.replace("+", " "))).decode("utf-8", "replace")
    if decoded == slug:
        return slug[:length].rstrip("-")
    return percent_encoded(decoded, length, encode_ascii=True).rstrip("-")
