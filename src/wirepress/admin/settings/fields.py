"""What a settings screen consists of: sections of fields, each of which holds one option."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from wirepress.admin.visit import Visit

Kind = Literal[
    "text",
    "email",
    "address",
    "number",
    "lines",
    "check",
    "choice",
    "radio",
    "grouped",
    "roles",
    "zone",
    "pattern",
    "code",
]
Values = Mapping[str, str]
"""What stands in the fields of a screen, by option."""
Choice = tuple[str, str]
Check = Callable[[Visit, "Field", Values], str]


@dataclass(frozen=True, slots=True)
class Preset:
    """A value that a pattern may have, what it is called, and what it makes."""

    value: str
    label: str
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field and the option that it holds; label and help are texts that are translated where they are shown.

    `kind`: how it is shown and read.  A `check` keeps `on` or `off`; `choices` are for choice, radio and grouped (there
    as groups); a `pattern` is one of `presets` or what somebody writes, and `example` says what that makes; `zone`
    stands for the two options of a time zone, `roles` keeps a list, `code` is kept as it was written.  `least` and
    `most` bound a number, `longest` a text, and `most` the signs of lines and code.  `otherwise` is what holds where
    the option is not set, unless WordPress has a default.  `check` says in the language of the user what is wrong,
    "" for nothing.  `fixed` says why nobody can change it here.  `under` is the field that this one says more about.
    """

    option: str
    label: str
    kind: Kind = "text"
    help: str = ""
    unit: str = ""
    under: str = ""
    choices: Callable[[Visit], Sequence[Any]] | None = None
    presets: Callable[[Visit], Sequence[Preset]] | None = None
    example: Callable[[Visit, str], str] | None = None
    tags: Sequence[str] = ()
    on: str = "1"
    off: str = "0"
    least: int = 0
    most: int = 0
    longest: int = 500
    otherwise: str = ""
    required: bool = False
    check: Check | None = None
    fixed: Callable[[Visit], str] | None = None


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    fields: tuple[Field, ...]
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsPage:
    """A screen of settings, for whoever has the capabilities that it `needs`.  `consequences` says what a change does
    that has to be known before it is made."""

    path: str
    title: str
    label: str
    sections: tuple[Section, ...]
    needs: tuple[str, ...] = ("manage_options",)
    consequences: Callable[[Visit, Values], Sequence[str]] | None = None

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(field for section in self.sections for field in section.fields)

    @property
    def name(self) -> str:
        """What its form is known by (`option_page`)."""
        return self.path.removesuffix(".php")
