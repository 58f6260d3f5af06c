"""What is remembered of a source between two looks."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tempo:
    """How often a source has something new, and how often it asks to be looked at.  Seconds, and seconds since 1970."""

    gap: int = 0
    """Between two articles, as a rule: the median of the newest.  0 while that is not known."""
    longest: int = 0
    """The longest of those pauses."""
    newest: int = 0
    """When the newest article came."""
    flooded: int = 0
    """When a look last found many times as much as usual."""
    every: int = 0
    """How often the feed asks to be looked at; 0 where it does not say."""
    quiet_hours: tuple[int, ...] = ()
    """Hours of the day (UTC) in which nothing new comes ..."""
    quiet_days: tuple[int, ...] = ()
    """... and days of the week, Monday 0."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What the last answer of a source said and how it went."""

    etag: str = ""
    last_modified: str = ""
    status: int = 0
    error: str = ""
    within: str = ""
    """The rights that all that is kept of it was last brought within (`syndicate.narrow`)."""
    moving: str = ""
    """Where its last answer said that it has moved for good: believed when it says so twice."""
    asked: int = 0
    """When it was last asked ..."""
    ask_at: int = 0
    """... and when it is to be asked again, in seconds since 1970; what is left of it may be looked at before."""
    mark: str = ""
    """How far it was read, in words of its kind (`syndicate.reading`): the next answer is asked for from there."""
    slow: bool = False
    """The last look took all the time that it was given."""
    tempo: Tempo = field(default_factory=Tempo)
    hubs: tuple[str, ...] = ()
    """The hubs that its last whole answer named ..."""
    topic: str = ""
    """... and the address that they know it by."""
    title: str = ""
    """What its last whole answer calls itself, in one line."""
