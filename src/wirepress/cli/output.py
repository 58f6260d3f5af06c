"""What a command says: results on standard output, in words or as one JSON document; all else on standard error."""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, is_dataclass
from typing import Any, NoReturn, Protocol

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Column, Table
from rich.text import Text

from wirepress.model.characters import visible
from wirepress.model.errors import WirepressError

WIDE = 160
"""Columns of a table that goes to no terminal, unless COLUMNS says otherwise."""
LATE = 1.0
"""Seconds after which work is long enough for a bar."""
WRONG_FOLDER = 2
"""Exit code when the site's folder is missing, or is not that of a site that this version can work on."""
INTERRUPTED = 130
_CONTROLS_IN_JSON = {code: f"\\u{code:04x}" for code in range(127, 160)}
"""The controls that JSON may hold as they are, as it spells them as well."""

out = Console()
if not out.is_terminal and "COLUMNS" not in os.environ:
    out = Console(width=WIDE)
err = Console(stderr=True)


@dataclass(slots=True)
class Output:
    """How this command speaks, and what it has to say at its end.

    `facts` is what JSON says of what was done; `answered`: a result stands there already; `failed`: a failure does.
    """

    as_json: bool = False
    quiet: bool = False
    answered: bool = False
    failed: bool = False
    facts: dict[str, Any] = field(default_factory=dict)


_output = Output()


def begin(*, as_json: bool, quiet: bool) -> None:
    """Begins the output of a command."""
    global _output
    _output = Output(as_json, quiet)


def speak(*, as_json: bool = False, quiet: bool = False) -> None:
    """Has the command speak so from now on, besides what was asked before."""
    _output.as_json |= as_json
    _output.quiet |= quiet


def speaks_json() -> bool:
    return _output.as_json


def has_failed() -> bool:
    """Whether a failure was told already."""
    return _output.failed


def finish() -> None:
    """Says what was done as one JSON object, where JSON is wanted and nothing else was the answer."""
    if _output.as_json and not _output.answered and not _output.failed:
        _print_json(_output.facts)


def say(line: str, **facts: Any) -> None:
    """One line on what was done; its facts are what JSON says of it instead."""
    _output.facts.update(facts)
    if not (_output.as_json or _output.quiet):
        out.print(visible(line), highlight=False, soft_wrap=True, markup=False)


def answer(text: str, value: Any) -> None:
    """What was asked for: a text, or as JSON a value.  It is said however quiet the command is."""
    if _output.as_json:
        _answer_json(value)
    else:
        shown = visible(text) if out.is_terminal else text  # a program gets it as it is
        out.print(shown, highlight=False, soft_wrap=True, markup=False)


def tell_secret(name: str, fact: str, secret: str) -> None:
    """A line that is told once and however quiet the command is: there is no other way to know it."""
    _output.facts[fact] = secret
    if not _output.as_json:
        out.print(visible(f"{name}: {secret}"), highlight=False, soft_wrap=True, markup=False)


def taken_as_answer() -> None:
    """The command prints its answer, which is JSON, itself."""
    _output.answered = True


def note(line: str) -> None:
    """A remark that is no result."""
    if _output.as_json:
        _output.facts.setdefault("notes", []).append(line)
    elif not _output.quiet:
        err.print(visible(line), highlight=False, soft_wrap=True, markup=False)


class Failure(WirepressError):
    """What ends a command: an error with the exit code that it ends with."""

    def __init__(self, error: str, line: str, data: Mapping[str, Any] | None = None, *, exit_code: int = 1) -> None:
        super().__init__(error, line, data)
        self.exit_code = exit_code


def fail(line: str, code: int = 1, *, error: str, data: Mapping[str, Any] | None = None) -> NoReturn:
    """Ends the command with this code and one line on standard error, or an error of this name as JSON."""
    raise Failure(error, line, data, exit_code=code)


def tell_failure(line: str, error: str, data: Mapping[str, Any] | None = None) -> None:
    """Says a failure in one line, whatever the text holds; as JSON on standard output, so that whoever reads JSON there
    always finds some."""
    _output.failed = True
    line = " ".join(line.split())
    if _output.as_json:
        found: dict[str, Any] = {"code": error, "message": line}
        _print_json({"error": found | ({"data": dict(data)} if data else {})})
    else:
        err.print(f"wirepress: {visible(line)}", style="red", highlight=False, soft_wrap=True, markup=False)


def tell_fault(line: str, error: BaseException) -> None:
    """Says a fault of ours with where it came from, however quiet the command is, where other work goes on."""
    text = "".join(traceback.format_exception(error))
    err.print(visible(f"wirepress: {line}\n{text}"), highlight=False, soft_wrap=True, markup=False)


def confirm(question: str, *, yes: bool) -> None:
    """Goes on where somebody says yes, or has; ends the command otherwise, and where nobody can be asked."""
    if yes:
        return
    if _output.as_json or not sys.stdin.isatty():
        fail("nobody can be asked here: say --yes", error="not_confirmed")
    if not typer.confirm(visible(question)):
        fail("nothing was changed", error="not_confirmed")


def show(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, title: str | None = None) -> None:
    """Rows as a table for people or one JSON array for scripts."""
    if _output.as_json:
        _answer_json(list(rows))
        return
    # What does not fit is folded, never cut; and it is text, whatever brackets are in it.
    heading = None if title is None else Text(visible(title), style="table.title")
    table = Table(*(Column(column, overflow="fold") for column in columns), title=heading, title_justify="left")
    for row in rows:
        values = (row.get(column) for column in columns)
        table.add_row(*(Text("" if value is None else visible(str(value))) for value in values))
    out.print(table)


def show_facts(facts: Mapping[str, Any]) -> None:
    """What is known of one thing: a table of two columns without what is empty, or one JSON object with all of it."""
    if _output.as_json:
        _answer_json(facts)
        return
    rows = [{"what": name, "is": value} for name, value in facts.items() if value not in ("", 0, None, {}, [], ())]
    show(rows, ["what", "is"])


def _answer_json(value: Any) -> None:
    _output.answered = True
    _print_json(value)


def _print_json(value: Any) -> None:
    try:
        text = json.dumps(value, ensure_ascii=False, default=plain, allow_nan=False)
    except ValueError:
        fail("a number in it is infinite or none, and JSON has no such", error="no_json")
    print(in_json(text))


def in_json(text: str) -> str:
    """A JSON text that says the same, of which a terminal obeys nothing."""
    return text.translate(_CONTROLS_IN_JSON)


def is_unicode(text: str) -> bool:
    """Whether a text holds whole characters only; the system hands on octets that are not UTF-8 as halves."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def plain(value: Any) -> Any:
    """A value that JSON can hold."""
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)


class Watcher(Protocol):
    """Is told of the progress of a step: its name, how much of it is done, and how much there is, None where nobody
    knows."""

    def __call__(self, step: str, done: int, total: int | None) -> None: ...


class Bars:
    """A bar for each step on a terminal's standard error; none for what takes less than a second."""

    def __init__(self) -> None:
        columns = (TextColumn("{task.description:<14}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._progress = Progress(
            *columns, console=err, disable=_output.as_json or _output.quiet or not err.is_terminal
        )
        self._tasks: dict[str, TaskID] = {}
        self._since = time.monotonic()
        self._begun = False

    def __call__(self, step: str, done: int, total: int | None) -> None:
        """Notes how far a step is."""
        if step not in self._tasks:
            self._tasks[step] = self._progress.add_task(escape(visible(step)), total=total)
        self._progress.update(self._tasks[step], completed=done, total=total)
        if not self._begun and time.monotonic() - self._since >= LATE:
            self._progress.start()
            self._begun = True

    def stop(self) -> None:
        """Leaves the bars as they stand."""
        if self._begun:
            self._progress.stop()


@contextmanager
def watched() -> Iterator[Watcher]:
    """Bars for the steps of long work."""
    bars = Bars()
    try:
        yield bars
    finally:
        bars.stop()
