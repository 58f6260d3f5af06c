"""Which packed form of an answer a client takes."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=256)
def takes(accepted: str, coding: str) -> bool:
    """Whether a field `Accept-Encoding` lets an answer be packed so (RFC 9110, 12.5.3)."""
    weights = {}
    for part in accepted.lower().split(","):
        name, _, parameters = part.partition(";")
        weights[name.strip()] = _weight(parameters)
    return weights.get(coding, weights.get("*", 0.0)) > 0


def _weight(parameters: str) -> float:
    """The `q` of a coding, 0 where it is none."""
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
