"""A source as people write it down: plain settings by name, for the command line, `sources.toml` and lists of feeds.

Every setting of a source is a line of `SETTINGS`; what reads and writes them knows no other.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from wirepress.content.newsroom import View
from wirepress.model.errors import Invalid
from wirepress.model.original import UpdatePolicy
from wirepress.model.wire import (
    Arrival,
    Byline,
    CanonicalPolicy,
    DatePolicy,
    Duplicates,
    Openness,
    Pictures,
    Rights,
    Rules,
    SignalPolicy,
    Source,
    SourceKind,
)
from wirepress.store import sources as store
from wirepress.syndicate import sources

LARGEST: Final = 1 << 20
"""Characters of a file of sources."""
MOST: Final = 5_000
"""Sources in one."""
_YES: Final = {"yes": True, "true": True, "on": True, "1": True, "no": False, "false": False, "off": False, "0": False}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("a text")
    return " ".join(value.split())


def _whole(value: Any) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError("a whole number")


def _yes_or_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.casefold() in _YES:
        return _YES[value.casefold()]
    raise ValueError("yes or no")


def _lines(value: Any) -> tuple[str, ...]:
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list) or not all(isinstance(line, str) for line in given):
        raise ValueError("a list of lines")
    return tuple(line.strip() for line in given if line.strip())


def _one_of(kind: type[StrEnum]) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        try:
            return kind(value)
        except ValueError:
            raise ValueError(f"one of {', '.join(kind)}") from None

    return read


SETTINGS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "url": _text,
    "name": _text,
    "kind": _one_of(SourceKind),
    "rights": _one_of(Rights),
    "active": _yes_or_no,
    "interval": _whole,
    "items": _text,
    "links": _text,
    "titles": _text,
    "dates": _text,
    "body": _text,
    "remove": _text,
    "unwrap": _text,
    "category": _text,
    "author": _text,
    "byline": _one_of(Byline),
    "date": _one_of(DatePolicy),
    "arrival": _one_of(Arrival),
    "updates": _one_of(UpdatePolicy),
    "duplicates": _one_of(Duplicates),
    "comments": _one_of(Openness),
    "pings": _one_of(Openness),
    "canonical": _one_of(CanonicalPolicy),
    "picture": _yes_or_no,
    "pictures": _one_of(Pictures),
    "signals": _one_of(SignalPolicy),
    "page": _yes_or_no,
    "websub": _yes_or_no,
    "filters": _lines,
    "terms": _lines,
    "max_age": _whole,
    "max_per_run": _whole,
    "max_per_day": _whole,
}
"""How the value of each setting is read; it raises ValueError with what it should be."""
_OF_SOURCE: Final = frozenset({"url", "name", "kind", "rights", "active", "interval"})


def settings_of(source: Source, *, only_changed: bool = False) -> dict[str, Any]:
    """A source's settings as JSON and TOML hold them; with `only_changed` those that are not as in a new source."""
    plain = Source(0, source.url)
    found = {}
    for name in SETTINGS:
        value, usual = _value(source, name), _value(plain, name)
        if only_changed and value == usual and name != "url":
            continue
        found[name] = list(value) if isinstance(value, tuple) else getattr(value, "value", value)
    return found


def _value(source: Source, name: str) -> Any:
    return getattr(source if name in _OF_SOURCE else source.rules, name)


def with_settings(source: Source, given: Mapping[str, Any]) -> Source:
    """A source with some of its settings changed.  Raises Invalid for what is no setting, or not its value."""
    own: dict[str, Any] = {}
    rules: dict[str, Any] = {}
    for name, value in given.items():
        if name not in SETTINGS:
            raise Invalid("no_setting", f"{name!r} is no setting of a source; there are {', '.join(SETTINGS)}.")
        try:
            (own if name in _OF_SOURCE else rules)[name] = SETTINGS[name](value)
        except ValueError as error:
            raise Invalid("bad_setting", f"{name} is {error}.") from None
    if "kind" not in own and (rules.get("links") or rules.get("items")):
        own["kind"] = SourceKind.LISTING
    return replace(source, **own, rules=replace(source.rules, **rules))


@dataclass(frozen=True, slots=True)
class Applied:
    """What a file of sources did: ids of the sources that were added, changed, and left as they were."""

    added: tuple[int, ...]
    changed: tuple[int, ...]
    same: tuple[int, ...]


def definitions_of(text: str) -> list[dict[str, Any]]:
    """The sources of a TOML file, each with the settings that it names.  Raises Invalid for what is none."""
    if len(text) > LARGEST:
        raise Invalid("too_long", f"A file of sources has at most {LARGEST:,} characters.")
    try:
        read = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Invalid("no_toml", f"This is no TOML: {str(error)[:200]}") from None
    listed = read.pop("source", [])
    if read or not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise Invalid("no_sources", "A file of sources has nothing but [[source]] in it.")
    if len(listed) > MOST:
        raise Invalid("too_many", f"A file has at most {MOST:,} sources.")
    urls = [one.get("url") for one in listed]
    if not all(isinstance(url, str) and url for url in urls):
        raise Invalid("no_url", "Every source has a url.")
    if len(set(urls)) < len(urls):
        raise Invalid("twice", "A source stands in the file twice.")
    return listed


def apply(view: View, listed: list[dict[str, Any]]) -> Applied:
    """Adds the sources that there are not, and changes of the others what is named; all or, where it raises, nothing.

    Sources that are not listed are left alone.  Raises Invalid that names the source which cannot be kept as it says.
    """
    added, changed, same = [], [], []
    for one in listed:
        before = store.by_url(view.unit, str(one["url"]))
        try:
            if before is None:
                added.append(_added(view, one))
                continue
            after = with_settings(before, one)
            if after == before:
                same.append(before.id)
            else:
                keep(view, before, after)
                changed.append(before.id)
        except Invalid as error:
            raise Invalid(error.code, f"{one['url']}: {in_words(error)}", error.data) from None
    return Applied(tuple(added), tuple(changed), tuple(same))


def _added(view: View, one: Mapping[str, Any]) -> int:
    source = with_settings(Source(0, "", rules=Rules()), one)
    number = sources.add(view, replace(source, active=True))
    if not source.active:
        sources.pause(view, number)
    return number


def keep(view: View, before: Source, after: Source) -> None:
    """Keeps a source as it was changed.  Raises Invalid for what is wrong."""
    sources.change(view, replace(after, active=before.active))
    if after.active and not before.active:
        sources.resume(view, after.id)
    elif before.active and not after.active:
        sources.pause(view, after.id)


def in_words(error: Invalid) -> str:
    """What is wrong, with the fields that it is wrong in."""
    fields = error.data if isinstance(error.data, Mapping) else {}
    return "; ".join(f"{name}: {flaw}" for name, flaw in fields.items()) or error.message


def as_toml(listed: list[dict[str, Any]]) -> str:
    """Sources as a TOML file."""
    return "\n".join(
        "[[source]]\n" + "".join(f"{name} = {_toml(value)}\n" for name, value in one.items()) for one in listed
    )


def _toml(value: Any) -> str:
    # JSON's texts, numbers, truth values and lists of texts are TOML's too, but for the character DEL.
    if isinstance(value, list) and value:
        return "[\n" + "".join(f"  {_toml(line)},\n" for line in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
