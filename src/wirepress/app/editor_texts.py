"""The words of the block editor in other languages, from files that whoever runs a site lays into its folder."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FOLDER = "languages"
"""Where they are, in the folder of the site."""
MOST_BYTES = 4 << 20
"""The most bytes of all files of a language together: the editor's page carries them."""
MOST_FILES = 400
_PLURALS = re.compile(r"\s*nplurals\s*=\s*[1-6]\s*;\s*plural\s*=[n\d\s()!=<>&|?:%+*-]{1,300};?\s*")
_HEADERS = ("plural-forms", "plural_forms")

logger = logging.getLogger("wirepress.editor")

Messages = dict[str, Any]
Stamp = tuple[tuple[str, int, int], ...]


class EditorTexts:
    """Reads `languages/editor-de_DE.json`, and the files that WordPress's own language packs have for scripts
    (`de_DE-<md5>.json`), all in the format of Jed; what is read is kept until the files change.

    What is wrong with a file is logged, and the file is left out: the editor speaks English rather than not at all.
    Safe to be asked by many threads.
    """

    def __init__(self, site: Path) -> None:
        self.folder = site / FOLDER
        self.kept: dict[str, tuple[Stamp, Messages]] = {}

    def __call__(self, locale: str) -> Mapping[str, Any]:
        """The editor's messages in a language, {} where there are none."""
        try:
            files = self._files(locale)
            stamp = tuple((file.name, (facts := file.stat()).st_mtime_ns, facts.st_size) for file in files)
        except OSError as error:
            logger.warning("the editor's texts cannot be read: %s", error)
            return {}
        known = self.kept.get(locale)
        if known is None or known[0] != stamp:
            known = self.kept[locale] = (stamp, _joined(files, sum(size for _, _, size in stamp)))
        return known[1]

    def _files(self, locale: str) -> list[Path]:
        """The files of a language, the one of the site's own last: it has the last word."""
        if not self.folder.is_dir():
            return []
        pack = re.compile(re.escape(locale) + r"-[0-9a-f]{32}\.json")
        found = sorted(file for file in self.folder.iterdir() if pack.fullmatch(file.name))[:MOST_FILES]
        own = self.folder / f"editor-{locale}.json"
        return [*found, own] if own.is_file() else found


def _joined(files: list[Path], size: int) -> Messages:
    if size > MOST_BYTES:
        logger.warning("the editor's texts are left out: %s bytes are more than %s", size, MOST_BYTES)
        return {}
    found: Messages = {}
    for file in files:
        try:
            found |= messages_of(json.loads(file.read_bytes()[: MOST_BYTES + 1]))
        except (OSError, ValueError, RecursionError) as error:
            logger.warning("%s is left out: %s", file.name, error)
    return found


def messages_of(read: Any) -> Messages:
    """The messages of a file, bare or as language packs wrap them.  Raises ValueError where it holds none."""
    if isinstance(read, dict) and isinstance(read.get("locale_data"), dict):
        read = next(iter(read["locale_data"].values()), None)
    if not isinstance(read, dict):
        raise ValueError("this is no JSON in the format of Jed")
    found = {text: said for text, said in read.items() if text and _is_said(said)}
    headers = read.get("")
    if isinstance(headers, dict):
        kept = [headers[name] for name in _HEADERS if _PLURALS.fullmatch(str(headers.get(name, "")))]
        found |= {"": {"plural_forms": kept[0]}} if kept else {}
    return found


def _is_said(said: Any) -> bool:
    """Whether this is a translation: one text or one for each plural, none of them missing."""
    return isinstance(said, list) and 0 < len(said) <= 6 and all(isinstance(text, str) and text for text in said)
