"""Addresses in text made clickable, and `rel` on the links of strangers."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from wirepress.render.attributes import parse_attributes
from wirepress.render.entities import escape_attribute
from wirepress.render.markup import NextFind
from wirepress.render.phpstr import byte_length, lower
from wirepress.render.urls import PROTOCOLS, clean_url, without_bad_protocol

_TRIGGER = re.compile(r"://|[wW]{3}\.|[fF][tT][pP]\.|@")
_UNTOUCHED_OPENS = re.compile(r"<(?:code|pre|script|style)[\s>]", re.ASCII | re.IGNORECASE)
_UNTOUCHED_CLOSES = frozenset(("</code>", "</pre>", "</script>", "</style>"))
_BRACKETED_URL = re.compile(r"<\s*+\w{1,20}://", re.ASCII)

_WORD = r"\w\x80-\U0010ffff"
_PART = rf"[{_WORD}#%~/@\[\]*(+=&$-]"
_URL = re.compile(
    rf"([\s(<.,;:!?])(\w{{1,20}}+://(?=\S{{1,2000}}\s){_PART}*+(?:['.,;:!?)]{_PART}++)*)(\)?)(\.\w{{2,6}})?", re.ASCII
)
_WEB = re.compile(rf"([\s>])((?:www|ftp)\.[{_WORD}#$%&~/.\-;:=,?@\[\]+]++)", re.ASCII | re.IGNORECASE)
_EMAIL = re.compile(r"([\s>])([.0-9a-z_+-]++)@((?:[0-9a-z-]++\.)+[0-9a-z]{2,}+)", re.ASCII | re.IGNORECASE)
_NESTED = re.compile(r"(<a(?:[ \r\n\t]+[^>]+>|>))<a [^>]+>([^>]+)</a></a>", re.ASCII | re.IGNORECASE)
_ANCHOR = re.compile(r"<a (.+?)>", re.ASCII | re.IGNORECASE)

_LONG, _CHUNK = 10_000, 2100


def is_internal(url: str, host: str) -> bool:
    """Whether an address leads to the site itself (`wp_is_internal_link`)."""
    try:
        parts = urlsplit(lower(url))
    except ValueError:
        return False
    return bool(host) and parts.scheme in PROTOCOLS and (parts.hostname or "") == host.lower()


def clickable(text: str, host: str = "", *, rel: str = "") -> str:
    """Wraps bare addresses in links (`make_clickable`); `host` is the site's own, `rel` what every link gets on top."""
    if not _TRIGGER.search(text):
        return text
    out: list[str] = []
    untouched = 0
    for piece in _pieces(text):
        if _UNTOUCHED_OPENS.match(piece):
            untouched += 1
        elif untouched and lower(piece) in _UNTOUCHED_CLOSES:
            untouched -= 1
        if untouched or (piece[0] == "<" and not _BRACKETED_URL.match(piece)):
            out.append(piece)
        elif byte_length(piece) > _LONG:
            out += (_chunk_linked(chunk, host, rel) for chunk in _chunks(piece))
        else:
            out.append(_linked(piece, host, rel))
    linked = "".join(out)
    return _NESTED.sub(r"\1\2</a>", linked) if "</a></a>" in lower(linked) else linked


def _pieces(text: str) -> Iterator[str]:
    """Closed tags without a `<` inside, and the text between them."""
    opening, closing = NextFind(text, "<"), NextFind(text, ">")
    done = at = 0
    while (start := opening.after(at)) >= 0 and (end := closing.after(start + 1)) >= 0:
        inner = text.rfind("<", start, end)
        if inner == end - 1:
            at = end
            continue
        if inner > done:
            yield text[done:inner]
        yield text[inner : end + 1]
        done = at = end + 1
    if done < len(text):
        yield text[done:]


def _chunks(text: str) -> Iterator[str]:
    """Pieces of about 2,100 characters, cut at white space (`_split_str_by_whitespace`)."""
    at = 0
    while len(text) - at > _CHUNK:
        cut = max(text.rfind(sign, at, at + _CHUNK) for sign in "\r\n\t\v\f ")
        if cut < at:
            following = [place for sign in "\r\n\t\v\f " if (place := text.find(sign, at + _CHUNK)) >= 0]
            if not following:
                break
            cut = min(following)
        yield text[at : cut + 1]
        at = cut + 1
    if at < len(text):
        yield text[at:]


def _chunk_linked(chunk: str, host: str, rel: str) -> str:
    return chunk if byte_length(chunk) > _CHUNK + 1 else clickable(chunk, host, rel=rel)


def _linked(piece: str, host: str, rel: str) -> str:
    text = f" {piece} "
    if "://" in text:
        text = _URL.sub(lambda found: _url_link(found, host, rel), text)
    text = _WEB.sub(lambda found: _web_link(found, host, rel), text)
    if "@" in text:
        text = _EMAIL.sub(r'\1<a href="mailto:\2@\3">\2@\3</a>', text)
    return text[1:-1]


def _url_link(found: re.Match[str], host: str, rel: str) -> str:
    before, url, suffix, extension = found.groups()
    if suffix and "(" in url[1:]:
        url, suffix = url + suffix, ""
    url += extension or ""
    surplus = url.count(")") - url.count("(")
    while surplus > 0:
        # a closing bracket without its opening one belongs to the sentence
        place = url.rfind(")")
        url, suffix = url[:place], url[place:] + suffix
        surplus -= 1
    url = clean_url(url)
    return f"{before}{_anchor(url, host, rel)}{suffix}" if url else found[0]


def _web_link(found: re.Match[str], host: str, rel: str) -> str:
    url, suffix = f"http://{found[2]}", ""
    if url[-1] in ".,;:)":
        url, suffix = url[:-1], url[-1]
    url = clean_url(url)
    return f"{found[1]}{_anchor(url, host, rel)}{suffix}" if url else found[0]


def _anchor(url: str, host: str, rel: str) -> str:
    words = rel.split()
    if lower(url).startswith(("http:", "https:")) and not is_internal(url, host):
        words.insert(0, "nofollow")
    shown = f' rel="{escape_attribute(" ".join(words))}"' if words else ""
    return f'<a href="{url}"{shown}>{url}</a>'


def with_rel(text: str, rel: str = "nofollow ugc", host: str = "") -> str:
    """Adds `rel` to every link of a text (`wp_rel_ugc`); a link to the site itself is not `nofollow`."""
    return _ANCHOR.sub(lambda found: _related(found[1], rel, host), text) if ">" in text else text


def _written(name: str, value: str | None) -> str:
    return name if value is None else f'{name}="{escape_attribute(value)}"'


def _related(source: str, rel: str, host: str) -> str:
    attributes = {found.name: found.value for found in parse_attributes(source)}
    href = attributes.get("href")
    words = rel.split(" ")
    if href and is_internal(without_bad_protocol(href), host):
        words = [word for word in words if word != "nofollow"]
    existing = attributes.pop("rel", "")
    if existing:
        words = list(dict.fromkeys((*existing.split(" "), *words)))
        source = " ".join(_written(name, value) for name, value in attributes.items())
    return f'<a {source} rel="{escape_attribute(" ".join(words))}">'
