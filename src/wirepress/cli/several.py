"""Commands that take several ids: all of them are done or none, and each that cannot be is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from wirepress.cli.output import fail
from wirepress.model.errors import WirepressError

Made = TypeVar("Made")

NAMED = 10
"""Failures that the line for people names; JSON names all."""


def each(what: str, ids: Iterable[int], deed: Callable[[int], Made]) -> list[Made]:
    """What a deed makes of each of some things (`what` is one of them), in their order and once each.

    Ends the command where one cannot be, after all were tried, so that it names every one: whoever calls keeps
    nothing then, by doing it within one write.  `data` of the error has them as `failed`: id, code and message.
    """
    wanted = list(dict.fromkeys(ids))
    made: list[Made] = []
    failed: list[dict[str, Any]] = []
    for number in wanted:
        try:
            made.append(deed(number))
        except WirepressError as error:
            if error.__cause__ is not None:  # the system's or the database's, and no matter of this one
                raise
            failed.append({"id": number, "code": error.code, "message": error.message})
    if failed:
        codes = {one["code"] for one in failed}
        code = codes.pop() if len(codes) == 1 else "several_failures"
        fail(_line(what, failed, others=len(made)), error=code, data={"failed": failed})
    return made


def _line(what: str, failed: list[dict[str, Any]], *, others: int) -> str:
    parts = [f"{what} {one['id']}: {one['message'].rstrip('.')}" for one in failed[:NAMED]]
    if len(failed) > NAMED:
        parts.append(f"and {len(failed) - NAMED} more")
    if others:
        parts.append("the others are as they were" if others > 1 else "the other one is as it was")
    return "; ".join(parts)
