"""Small values that requests and options hold: booleans, lists, e-mail addresses, paths."""

import ipaddress
import re

from wirepress.render.phpstr import lower

_LIST_GAP = re.compile(r"[\s,]+", re.ASCII)
_LEADING_NUMBER = re.compile(r"[ \t\n\r\v\f]*([+-]?[0-9]+)((?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,4})?)")
_NUMBER = re.compile(r"[ \t\n\r\v\f]*([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?)[ \t\n\r\v\f]*\Z")
_IPV4 = re.compile(r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}\Z")
_LONGEST_IP = 45

_LOCAL = re.compile(r"[a-zA-Z0-9!#$%&'*+/=?^_`{|}~.-]+\n?\Z")
_NOT_LOCAL = re.compile(r"[^a-zA-Z0-9!#$%&'*+/=?^_`{|}~.-]")
_LABEL = re.compile(r"[a-zA-Z0-9-]+\n?\Z")
_NOT_LABEL = re.compile(r"[^a-zA-Z0-9-]+")
_DOTS = re.compile(r"\.{2,}")
_SPACE = " \t\n\r\0\x0b"
_SHORTEST_EMAIL = 6
_MAX_INTEGER = 2**63 - 1


def is_boolean(value: object) -> bool:
    """Whether a parameter counts as a boolean (`rest_is_boolean`)."""
    if isinstance(value, bool):
        return True
    if isinstance(value, str):
        return lower(value) in ("false", "true", "0", "1")
    return isinstance(value, int) and value in (0, 1)


def to_boolean(value: object) -> bool:
    """A parameter as a boolean (`rest_sanitize_boolean`)."""
    return bool(value) and not (isinstance(value, str) and lower(value) in ("false", "0"))


def is_integer(value: object) -> bool:
    """Whether a parameter is a whole number, also as `1.0` or text (`rest_is_integer`)."""
    if isinstance(value, bool):
        return False
    if isinstance(value, int):
        return True
    if isinstance(value, float):
        return value.is_integer()
    if not isinstance(value, str) or not (found := _NUMBER.match(value)):
        return False
    number = float(found[1])
    return number in (float("inf"), float("-inf")) or number.is_integer()


def ip_address(text: str) -> str | None:
    """The text if it is an IP address, else None (`rest_is_ip_address`)."""
    if "%" in text or len(text) > _LONGEST_IP:
        return None
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return text if _IPV4.match(text) and all(int(part) < 256 for part in text.split(".")) else None
    return text


def text_list(text: str) -> list[str]:
    """A list from text with commas or white space between (`wp_parse_list`)."""
    return [item for item in _LIST_GAP.split(text) if item]


def id_list(text: str) -> list[int]:
    """Distinct ids from text: the whole number that each item begins with, without its sign (`wp_parse_id_list`)."""
    return list(dict.fromkeys(map(absolute_integer, text_list(text))))


def absolute_integer(text: str) -> int:
    """PHP's `absint` of text: the number that it begins with, whole and without its sign."""
    found = _LEADING_NUMBER.match(text)
    if not found:
        return 0
    if found[2]:
        number = abs(float(found[1] + found[2]))
        return int(number) if number < _MAX_INTEGER else 0
    digits = found[1].lstrip("+-0")
    return min(int(digits[:20] or "0"), _MAX_INTEGER)


def is_email(text: str) -> bool:
    """Whether WordPress takes a text for an e-mail address (`is_email`)."""
    if len(text) < _SHORTEST_EMAIL or text.find("@", 1) < 0:
        return False
    local, _, domain = text.partition("@")
    if not _LOCAL.match(local) or _DOTS.search(domain) or domain.strip(_SPACE + ".") != domain:
        return False
    labels = domain.split(".")
    return len(labels) > 1 and all(label.strip(_SPACE + "-") == label and _LABEL.match(label) for label in labels)


def clean_email(text: str) -> str:
    """An e-mail address without the signs that it cannot hold, "" if none is left (`sanitize_email`)."""
    if len(text) < _SHORTEST_EMAIL or text.find("@", 1) < 0:
        return ""
    local, _, domain = text.partition("@")
    local = _NOT_LOCAL.sub("", local)
    domain = _DOTS.sub("", domain).strip(_SPACE + ".")
    if not local or "." not in domain:
        return ""
    labels = [_NOT_LABEL.sub("", label.strip(_SPACE + "-")) for label in domain.split(".")]
    labels = [label for label in labels if label]
    return f"{local}@{'.'.join(labels)}" if len(labels) > 1 else ""


def with_trailing_slash(path: str) -> str:
    """A path as a permalink structure that ends in a slash ends its own (`user_trailingslashit`)."""
    return path.rstrip("/\\") + "/"
