"""What a browser sends: the variables of an address or of a form, the bracketed names of lists among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from wirepress.model.errors import Invalid
from wirepress.model.web import Request
from wirepress.web.escapes import form_text
from wirepress.web.forms import Upload, form_of

MOST = 5000
"""How many variables a form may have: a list of a thousand rows with some fields each."""
LARGEST = 4 << 20
"""The most bytes of a form; texts of articles and files go through the API."""
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Values:
    """Variables and files by name, in the order in which they were sent; `post[]` is found as `post`.  `passed_over`
    counts the files that were too many."""

    pairs: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, Sequence[Upload]] = field(default_factory=dict)
    passed_over: int = 0

    def __contains__(self, name: str) -> bool:
        return name in self.pairs

    def text(self, name: str, otherwise: str = "") -> str:
        """The last value of a name, without NULs, which no database of ours keeps."""
        found = self.pairs.get(name)
        if not found:
            return otherwise
        return found[-1].replace("\0", "")

    def texts(self, name: str) -> tuple[str, ...]:
        """All values of a name."""
        return tuple(value.replace("\0", "") for value in self.pairs.get(name, ()))

    def number(self, name: str, otherwise: int = 0) -> int:
        """A whole number of at least 0 that a database can hold; what is none is as if it were not sent."""
        return number_of(self.text(name), otherwise)

    def numbers(self, name: str) -> tuple[int, ...]:
        """All values of a name that are numbers above 0, each once."""
        found = (number_of(value, 0) for value in self.texts(name))
        return tuple(dict.fromkeys(number for number in found if number))

    def choice(self, name: str, choices: Sequence[str], otherwise: str = "") -> str:
        """A value where it is one of these."""
        found = self.text(name)
        if found in choices:
            return found
        return otherwise


def number_of(text: str, otherwise: int) -> int:
    """A text as a whole number of at least 0 that a database can hold; `otherwise` for what is none."""
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= LARGEST_ID:
        return int(text)
    return otherwise


def values_of(encoded: str | bytes) -> Values:
    """The variables of a query string or of a form's body.  Raises Invalid where there are too many."""
    if isinstance(encoded, str):
        encoded = encoded.encode("utf-8", "replace")
    if encoded.count(b"&") >= MOST:
        raise Invalid("too_many_fields", "This form has too many fields.")
    pairs = (pair.partition(b"=") for pair in encoded.split(b"&") if pair)
    return Values(_by_name((form_text(name), form_text(value)) for name, _, value in pairs))


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name.removesuffix("[]"), []).append(value)
    return found


def sent_with(request: Request, *, files: bool = False) -> Values:
    """The variables of a form that was sent, with its files where a screen takes `files`.

    Raises Invalid where the body is no such form or too large.
    """
    if request.method != "POST" or not request.body:
        return Values()
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if files and kind == "multipart/form-data":
        return _with_files(request)
    if request.body.size > LARGEST:
        raise Invalid("too_large", "This form is too large.")
    if kind not in ("application/x-www-form-urlencoded", ""):
        raise Invalid("no_form", "This is no form of this site.")
    return values_of(request.body.read())


def _with_files(request: Request) -> Values:
    """A form with files; a field for which no file was chosen sends one without a name."""
    form = form_of(request)
    if form is None:
        raise Invalid("no_form", "This is no form of this site.")
    files: dict[str, list[Upload]] = {}
    for upload in form.files:
        if upload.name:
            files.setdefault(upload.field.removesuffix("[]"), []).append(upload)
    return Values(_by_name(form.fields), files, form.passed_over)
