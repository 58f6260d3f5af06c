"""The languages that people are spoken to in, in the administration and where they log in: texts by gettext."""

from __future__ import annotations

import gettext
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from wirepress.model.errors import WirepressError

SOURCE = "en_US"
"""The language in which the texts are written in the code."""
DOMAIN = "admin"
SCRIPTS = "editor.json"
"""What our scripts of the block editor say: a part of the catalog that is made with it."""
RIGHT_TO_LEFT = frozenset({"ar", "ary", "azb", "ckb", "fa", "haz", "he", "ps", "sd", "skr", "ug", "ur"})


def texts(*words: str) -> tuple[str, ...]:
    """Texts that are translated where they are shown; the catalogs find them here."""
    return words


@dataclass(frozen=True, slots=True)
class Language:
    """A language by the name that WordPress gives it (`de_DE`)."""

    name: str
    catalog: gettext.NullTranslations = field(default_factory=gettext.NullTranslations, repr=False, compare=False)

    def text(self, text: str, /, **words: object) -> str:
        """A text of ours in this language."""
        found = self.catalog.gettext(text)
        if words:
            return found % words
        return found

    def error(self, error: WirepressError) -> str:
        """What went wrong, in this language."""
        return self.text(error.text, **error.words)

    def count(self, one: str, many: str, number: int, /, **words: object) -> str:
        """A text for a number of things; `%(count)s` is the number."""
        return self.catalog.ngettext(one, many, number) % {"count": number, **words}

    def scripts(self) -> Mapping[str, Any]:
        """The texts that our scripts of the block editor say, as Jed has them; {} in English."""
        near = _near(self.name)
        return _scripts(near) if near not in ("", SOURCE) else {}

    @property
    def tag(self) -> str:
        """The language as HTML names it (BCP 47)."""
        return self.name.replace("_", "-")

    @property
    def direction(self) -> str:
        if self.name.partition("_")[0] in RIGHT_TO_LEFT:
            return "rtl"
        return "ltr"


@cache
def available() -> tuple[str, ...]:
    """The languages that there are texts in, English first."""
    folder = resources.files("wirepress.content") / "locale"
    if not folder.is_dir():
        return (SOURCE,)
    return (SOURCE, *sorted(entry.name for entry in folder.iterdir() if entry.is_dir()))


@cache
def language_of(name: str) -> Language:
    """The language of a name; in one that there are no texts in, all is English."""
    near = _near(name)
    if near in ("", SOURCE):
        return Language(name if near else SOURCE)
    with (_folder(near) / f"{DOMAIN}.mo").open("rb") as found:
        return Language(name, gettext.GNUTranslations(found))


@cache
def _scripts(name: str) -> Mapping[str, Any]:
    found: dict[str, Any] = json.loads((_folder(name) / SCRIPTS).read_text("utf-8"))
    return found


def _near(name: str) -> str:
    """The language with texts that is this one or nearest to it, "" for none."""
    base = name.partition("_")[0]
    near = next((known for known in available() if known == name), "")
    return near or next((known for known in available() if known.partition("_")[0] == base), "")


def _folder(name: str) -> Traversable:
    return resources.files("wirepress.content") / "locale" / name / "LC_MESSAGES"
