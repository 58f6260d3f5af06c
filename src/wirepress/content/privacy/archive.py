"""An export of personal data as files: `export.json` and a page for people, in the form of WordPress's."""

from __future__ import annotations

import errno
import json
import os
import zipfile
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Final
from uuid import uuid4

from wirepress.content.languages import Language
from wirepress.content.newsroom import View
from wirepress.content.privacy.collecting import Group, Item, about, groups_of
from wirepress.content.privacy.subject import Subject
from wirepress.store.faults import file_faults
from wirepress.store.files import sync_folder

_STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#111}"
    "table{border-collapse:collapse;width:100%;margin:0 0 1rem}"
    "th,td{border:1px solid #ccc;padding:.25rem .5rem;text-align:start;vertical-align:top}"
    "th{width:14rem;font-weight:600}td{overflow-wrap:anywhere;white-space:pre-wrap}"
)


def title_of(subject: Subject, language: Language) -> str:
    """What an export is called."""
    return language.text("Personal data of %(address)s", address=subject.address.given)


def json_of(view: View, subject: Subject, language: Language) -> Iterator[str]:
    """The export as JSON, in pieces: by title, group and item, lists of names with values."""
    yield f"{{{_json(title_of(subject, language))}: {{"
    for place, group in enumerate(_filled(view, subject, language)):
        head = f'"group_label": {_json(group.label)}, "group_description": ""'
        yield f'{", " if place else ""}{_json(group.key)}: {{{head}, "items": {{'
        for number, item in enumerate(group.items()):
            data = [{"name": name, "value": value} for name, value in item.data]
            yield f"{', ' if number else ''}{_json(item.key)}: {_json(data)}"
        yield "}}"
    yield "}}\n"


def html_of(view: View, subject: Subject, language: Language) -> Iterator[str]:
    """The export as a page, in pieces: a list of the groups, then a table for each item."""
    title = escape(title_of(subject, language))
    groups = _filled(view, subject, language)
    yield (
        f'<!doctype html>\n<html lang="{escape(language.tag)}" dir="{language.direction}">\n<head>\n'
        f'<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<ul>\n"
    )
    for group in groups:
        number = sum(1 for _ in group.items())
        yield f'<li><a href="#{group.key}">{escape(group.label)}</a> ({number})</li>\n'
    yield "</ul>\n"
    for group in groups:
        yield f'<h2 id="{group.key}">{escape(group.label)}</h2>\n'
        yield from map(_table, group.items())
    yield "</body>\n</html>\n"


def _table(item: Item) -> str:
    rows = "".join(f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>\n" for name, value in item.data)
    return f"<table>\n<tbody>\n{rows}</tbody>\n</table>\n"


def _filled(view: View, subject: Subject, language: Language) -> Sequence[Group]:
    """The groups that anything is in, the one about the export first."""
    found = [about(view, subject, language), *groups_of(view, subject, language)]
    return [group for group in found if next(group.items(), None) is not None]


def write(view: View, subject: Subject, language: Language, place: Path) -> int:
    """Writes an export, for nobody's eyes but the account's that writes it, and gives its size in bytes.

    The file is there whole or not at all.  Raises FileExistsError where something is there, NoRoom and CannotWrite.
    """
    part = place.with_name(f".{place.name}-{uuid4().hex}")
    with file_faults():
        try:
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                    for name, pieces in (("index.html", html_of), ("export.json", json_of)):
                        with archive.open(name, "w", force_zip64=True) as member:
                            for piece in pieces(view, subject, language):
                                member.write(piece.encode("utf-8", "replace"))
                file.flush()
                os.fsync(file.fileno())
            _name(part, place)
            sync_folder(place.parent)
            return place.stat().st_size
        finally:
            part.unlink(missing_ok=True)


def _name(part: Path, place: Path) -> None:
    """Gives a file its name, which must be free: a rename would take another's place."""
    try:
        os.link(part, place)
    except FileExistsError:
        raise
    except OSError:  # a disk that knows no second names
        if place.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place)) from None
        part.rename(place)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
