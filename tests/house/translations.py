"""The catalogs of the administration's languages: `python -m tests.house.translations` brings them up to date.

New texts come into every `.po` untranslated; those that are gone stay at its end until they come back (another branch
may have them) or `--forget` is said; and the `.mo` and `.json` that the program reads are made anew.  What is still to
be translated is printed.
"""

from __future__ import annotations

import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tests.house.texts import all_texts, script_texts
from tests.house.tree import PACKAGE
from wirepress.content.languages import DOMAIN, SCRIPTS

FOLDER = PACKAGE / "content" / "locale"
Words = str | tuple[str, ...] | list[str]
_NO_TIME = datetime(2025, 1, 1, tzinfo=UTC)
"""The catalogs tell no times: they change only with their texts."""


def languages() -> list[str]:
    return sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


def po(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def template() -> Catalog:
    """All texts, untranslated; a text that is also a singular stands there once, with its plural."""
    made = Catalog(domain=DOMAIN, creation_date=_NO_TIME, fuzzy=False)
    found = all_texts()
    plurals = {text.one: text.many for text in found if text.many}
    for text in found:
        many = plurals.get(text.one, "")
        made.add((text.one, many) if many else text.one, locations=[(text.place, 0)])
    return made


def catalog(language: str) -> Catalog:
    with po(language).open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def updated(language: str, *, forget: bool = False) -> Catalog:
    """The catalog of a language with the texts that there are now; those that there were before behind them."""
    found = catalog(language)
    before = {str(message.id): message for message in found.obsolete.values()}
    found.update(template(), no_fuzzy_matching=True)
    for message in found:
        known = before.pop(str(message.id), None)
        if known is not None and message.id and not all(forms(message.string)):
            message.string = known.string
    gone = {str(message.id): message for message in found.obsolete.values() if all(forms(message.string))}
    found.obsolete.clear()
    found.obsolete.update({} if forget else {_key(message): message for message in {**before, **gone}.values()})
    found.msgid_bugs_address = found.last_translator = found.language_team = ""
    return found


def _key(message: Message) -> str:
    return forms(message.id)[0]


def written(found: Catalog) -> bytes:
    """A catalog as its file has it."""
    out = io.BytesIO()
    write_po(out, found, width=120, include_lineno=False, sort_by_file=False)
    return out.getvalue()


def compiled(found: Catalog) -> bytes:
    """A catalog as the program reads it."""
    out = io.BytesIO()
    write_mo(out, found)
    return out.getvalue()


def scripts(found: Catalog) -> bytes:
    """What our scripts of the block editor say, in the format of Jed."""
    said = {text.one: [word for word in forms(found[text.one].string) if word] for text in script_texts()}
    header = {"": {"plural_forms": str(found.plural_forms)}}
    jed = {**header, **{text: words for text, words in sorted(said.items()) if words}}
    return json.dumps(jed, ensure_ascii=False, indent=1).encode() + b"\n"


def missing(found: Catalog) -> list[str]:
    """The texts that a catalog does not say in its language, or not for sure."""
    return [forms(m.id)[0] for m in found if m.id and (m.fuzzy or not all(forms(m.string)))]


def forms(words: Words | None) -> list[str]:
    """A text, or singular and plural."""
    return [words or ""] if isinstance(words, str | None) else list(words)


def main() -> int:
    waiting = 0
    for language in languages():
        found = updated(language, forget="--forget" in sys.argv[1:])
        po(language).write_bytes(written(found))
        po(language).with_suffix(".mo").write_bytes(compiled(found))
        po(language).with_name(SCRIPTS).write_bytes(scripts(found))
        untranslated = missing(found)
        waiting += len(untranslated)
        print(f"{language}: {len(found)} texts, {len(untranslated)} to be translated")
        for text in untranslated:
            print(f"  {text}")
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())
