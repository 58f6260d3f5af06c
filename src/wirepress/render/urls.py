"""Addresses made safe to print or to keep: `esc_url`, `sanitize_url`, and the protocol check of KSES."""

import re
from collections.abc import Collection

from wirepress.render.attributes import character
from wirepress.render.entities import normalize_entities
from wirepress.render.phpstr import TRIMMED, lower, trim

PROTOCOLS = (
    *("http", "https", "ftp", "ftps", "mailto", "news", "irc", "irc6", "ircs", "gopher", "nntp", "feed", "telnet"),
    *("mms", "rtsp", "sms", "svn", "tel", "fax", "xmpp", "webcal", "urn"),
)
"""The protocols that an address may have (`wp_allowed_protocols`)."""

_FORBIDDEN = re.compile(r"[^a-zA-Z0-9\-~+_.?#=!&;,/:%@$|*'()\[\]\x80-\U0010ffff]+")
_LINE_END_OCTETS = re.compile(r"%0[dDaA]")
_PHP_FILE = re.compile(r"[a-z0-9-]+\.php", re.ASCII | re.IGNORECASE)
_UP_TO_HOST = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.-]*+:)?//[^/?#]*+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_WRITTEN_NULL = re.compile(r"(?<!\\)\\++0++")
_COLON_REFERENCE = re.compile(r"(&#0*+58(?![;0-9])|&#x0*+3a(?![;a-f0-9]))", re.ASCII | re.IGNORECASE)
_COLON = re.compile(r":|&#0*+58;|&#x0*+3a;|&colon;", re.ASCII | re.IGNORECASE)
_NUMERIC = re.compile(r"&#([0-9]+);|&#[Xx]([0-9A-Fa-f]+);")
_MAX_ROUNDS = 6


def without_controls(text: str) -> str:
    """Removes control characters other than tab and line ends (`wp_kses_no_null` that keeps `\\0`)."""
    return _CONTROL.sub("", text)


def without_nulls(text: str) -> str:
    """Removes control characters and what is a NUL in some languages, backslashes before zeros (`wp_kses_no_null`)."""
    text = without_controls(text)
    return _WRITTEN_NULL.sub("", text) if "\\0" in text else text


def clean_url(url: str, protocols: Collection[str] = PROTOCOLS) -> str:
    """The address as it may be printed in HTML, or "" if its protocol is not allowed (`esc_url`)."""
    return _clean(url, protocols, display=True)


def clean_raw_url(url: str, protocols: Collection[str] = PROTOCOLS) -> str:
    """The address as it may be kept or requested, not escaped for HTML (`sanitize_url`)."""
    return _clean(url, protocols, display=False)


def _clean(url: str, protocols: Collection[str], *, display: bool) -> str:
    url = _FORBIDDEN.sub("", url.lstrip(TRIMMED).replace(" ", "%20"))
    if not url:
        return ""
    if lower(url[:7]) != "mailto:":
        url = _without_line_ends(url)
    url = url.replace(";//", "://")
    if ":" not in url and url[:1] not in ("/", "#", "?") and not _PHP_FILE.match(url):
        url = f"http://{url}"
    if display:
        url = normalize_entities(url).replace("&amp;", "&#038;").replace("'", "&#039;")
    if "[" in url or "]" in url:
        url = _brackets_encoded(url)
    if url[:1] == "/":
        return url
    allowed = without_bad_protocol(url, protocols)
    return allowed if lower(allowed) == lower(url) else ""


def _without_line_ends(url: str) -> str:
    """Removes encoded line ends until none is left (`_deep_replace`), whatever order they are nested in."""
    if not _LINE_END_OCTETS.search(url):
        return url
    kept: list[str] = []
    for sign in url:
        if sign in "dDaA" and kept[-2:] == ["%", "0"]:
            del kept[-2:]
        else:
            kept.append(sign)
    return "".join(kept)


def _brackets_encoded(url: str) -> str:
    """Square brackets belong to an IPv6 host only; anywhere after the host they are encoded."""
    front = _UP_TO_HOST.match(url)
    end = front.end() if front else 0
    return url[:end] + url[end:].replace("[", "%5B").replace("]", "%5D")


def without_bad_protocol(text: str, protocols: Collection[str] = PROTOCOLS) -> str:
    """Cuts protocols that are not allowed off an address, nested ones too (`wp_kses_bad_protocol`)."""
    text = without_nulls(text)
    if any(text.startswith(f"{known}://") and known in protocols for known in ("https", "http")):
        return text
    for _ in range(_MAX_ROUNDS):
        before = text
        text = _protocol_checked(text, protocols)
        if text == before:
            return text
    return ""


def _protocol_checked(text: str, protocols: Collection[str], feeds: int = 1) -> str:
    text = _COLON_REFERENCE.sub(r"\1;", text)
    scheme, *rest = _COLON.split(text, 1)
    if not rest or "/?" in scheme:
        return text
    remaining = trim(rest[0])
    scheme = lower(without_nulls(re.sub(r"\s", "", _decoded(scheme), flags=re.ASCII)))
    if scheme not in protocols:
        return remaining
    if scheme == "feed":
        if feeds > 2:
            return ""
        remaining = _protocol_checked(remaining, protocols, feeds + 1)
        if not remaining:
            return ""
    return f"{scheme}:{remaining}"


def _decoded(text: str) -> str:
    return _NUMERIC.sub(lambda found: character(found[1] or found[2], 10 if found[1] else 16), text)
