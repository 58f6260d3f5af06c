"""Sources as their rows hold them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from wirepress.model.original import UpdatePolicy
from wirepress.model.wire import (
    Arrival,
    Byline,
    CanonicalPolicy,
    DatePolicy,
    Duplicates,
    Memory,
    Openness,
    Pictures,
    Rights,
    Rules,
    SignalPolicy,
    Source,
    SourceKind,
    Tempo,
)

WRITTEN = ("url", "name", "kind", "rights", "active", "rules", "memory", "interval")
READ: Mapping[str, Callable[[Any], Any]] = {
    "date": DatePolicy,
    "comments": Openness,
    "pings": Openness,
    "canonical": CanonicalPolicy,
    "arrival": Arrival,
    "byline": Byline,
    "filters": tuple,
    "terms": tuple,
    "updates": UpdatePolicy,
    "duplicates": Duplicates,
    "pictures": Pictures,
    "signals": SignalPolicy,
}
"""How what JSON holds of a rule becomes its value."""


def plain(value: Any) -> Any:
    """A noun's value as JSON holds it."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return list(value) if isinstance(value, tuple) else value


def known_fields(kind: type, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that the noun knows: what a later version wrote is not a reason to fail."""
    names = {f.name for f in fields(kind)}
    return {k: v for k, v in values.items() if k in names}


def rules_of(values: Mapping[str, Any]) -> Rules:
    given: dict[str, Any] = {k: READ[k](v) if k in READ else v for k, v in known_fields(Rules, values).items()}
    return Rules(**given)


def memory_of(values: Mapping[str, Any]) -> Memory:
    given = known_fields(Memory, values)
    tempo = known_fields(Tempo, given.pop("tempo", {}))
    lists = {name: tuple(value) for name, value in tempo.items() if isinstance(value, list)}
    given["hubs"] = tuple(given.get("hubs", ()))
    return Memory(**given, tempo=Tempo(**tempo | lists))


def source_of(row: Any) -> Source:
    return read(row.id, {name: getattr(row, name) for name in WRITTEN})


def written(source: Source) -> dict[str, Any]:
    return {
        "url": source.url,
        "name": source.name,
        "kind": source.kind.value,
        "rights": source.rights.value,
        "active": source.active,
        "rules": plain(asdict(source.rules)),
        "memory": plain(asdict(source.memory)),
        "interval": source.interval,
    }


def read(source_id: int, values: Mapping[str, Any]) -> Source:
    """The source that `written` gave these values of."""
    return Source(
        source_id,
        values["url"],
        values["name"],
        SourceKind(values["kind"]),
        Rights(values["rights"]),
        values["active"],
        rules_of(values["rules"]),
        memory_of(values["memory"]),
        values["interval"],
    )
