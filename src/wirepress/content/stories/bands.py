"""Bands of a text print: a sample of its numbers, by which texts that share some are found (scaled MinHash)."""

from __future__ import annotations

from heapq import nsmallest

from wirepress.model.story import TextPrint

_LEAD_SAMPLE, _REST_SAMPLE, _MOST_OF_REST = 8, 16, 64
"""Of how many numbers one is a band: in the beginning more, since excerpts are taken from there."""


def bands_of(found: TextPrint | None) -> list[int]:
    """The numbers by which candidates are found: of one print always the same."""
    if found is None or not found.lead:
        return []
    sample = {number for number in found.lead if number % _LEAD_SAMPLE == 0} or {min(found.lead)}
    rest = (number for number in found.rest if number % _REST_SAMPLE == 0)
    return sorted(sample | set(nsmallest(_MOST_OF_REST, rest)))


def traces_of(found: TextPrint) -> list[int]:
    """All numbers that can be bands of a print, whatever its source's dressing was when they were made."""
    return sorted(found.lead | {number for number in found.rest if number % _REST_SAMPLE == 0})
