"""How commands are read: the options that all of them take, and every way to end them in one line and a code."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
import typer.main
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from wirepress.cli import output
from wirepress.cli.output import INTERRUPTED, WRONG_FOLDER, Failure, is_unicode, tell_failure

NOT_UNDERSTOOD = 2
"""Exit code for words that are no command."""
HELP = ["-h", "--help"]


def _json_wanted(wanted: bool) -> bool:
    output.speak(as_json=wanted)
    return wanted


def _quiet_wanted(wanted: bool) -> bool:
    output.speak(quiet=wanted)
    return wanted


JSON = typer.Option("--json", callback=_json_wanted, expose_value=False, help="Print JSON, failures too.")
QUIET = typer.Option(
    "--quiet", callback=_quiet_wanted, expose_value=False, help="Say nothing of what was done, show no progress."
)


def _with_shared_options(
    _json: Annotated[bool, JSON] = False,
    _quiet: Annotated[bool, QUIET] = False,
) -> None:
    """Has the options that every command takes."""


def _shared() -> list[Any]:
    bare = typer.Typer(add_completion=False)
    bare.command()(_with_shared_options)
    return list(typer.main.get_command(bare).params)


class Command(TyperCommand):
    """A command, with the options that all of them take."""

    def __init__(self, name: str | None, *, params: list[Any] | None = None, **rest: Any) -> None:
        super().__init__(name, params=[*(params or ()), *_shared()], **rest)


class Group(TyperGroup):
    """Commands under one word; the word alone tells what they are."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args and self.no_args_is_help and not ctx.resilient_parsing:
            print(ctx.get_help(), end="")
            raise typer.Exit(NOT_UNDERSTOOD)
        return super().parse_args(ctx, args)


class Commands(typer.Typer):
    """A group of commands, each of which takes the shared options."""

    def __init__(self, *, help: str, cls: type[Group] = Group, **rest: Any) -> None:  # noqa: A002 - Typer's own name
        super().__init__(help=help, cls=cls, no_args_is_help=True, context_settings={"help_option_names": HELP}, **rest)

    def command(self, name: str | None = None, **rest: Any) -> Callable[[Any], Any]:
        """Makes a command of a function."""
        rest.setdefault("cls", Command)
        return super().command(name, **rest)


class Root(Group):
    """All commands.  Whatever goes wrong in one is told in one line; only a fault of ours has a traceback."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> NoReturn:
        """Runs a command and ends the process with its code, whichever mode Typer has it run in."""
        del standalone_mode, windows_expand_args
        given = list(sys.argv[1:] if args is None else args)
        prog_name = "wirepress" if Path(sys.argv[0]).name == "__main__.py" else prog_name  # as people call it
        # Before anything is understood: what cannot be is told as it was asked for.
        words = given[: given.index("--")] if "--" in given else given
        output.begin(as_json="--json" in words, quiet="--quiet" in words)
        if not all(is_unicode(word) for word in given):
            tell_failure("an argument is not in UTF-8", "not_understood")
            sys.exit(NOT_UNDERSTOOD)
        sys.exit(self._code_of(given, prog_name, complete_var, extra))

    def _code_of(self, given: list[str], prog_name: str | None, complete_var: str | None, extra: dict[str, Any]) -> int:
        """Runs a command; its exit code."""
        try:
            code = super().main(given, prog_name, complete_var, standalone_mode=False, **extra)
        except TyperException as error:
            tell_failure(_in_one_line(error), "not_understood")
            return error.exit_code
        except typer.Abort:
            code = INTERRUPTED
        except Exception as error:  # noqa: BLE001 - told in a line where somebody can mend it, else raised again
            return _code_of_failure(error)
        code = code if isinstance(code, int) else 0
        if code == INTERRUPTED and not output.has_failed():
            tell_failure("interrupted", "interrupted")
        if code == 0:
            output.finish()
        return code


def _in_one_line(error: TyperException) -> str:
    """What of the words was not understood, and where it stands how they are."""
    text = error.format_message().rstrip(".").replace(": Value error, ", ": ")
    text = text[:1].lower() + text[1:]
    context = getattr(error, "ctx", None)
    if context is None:
        return text
    return f"{text}{' ' if text.endswith('?') else '; '}`{context.command_path} -h` says what it takes"


def _code_of_failure(error: Exception) -> int:
    """Tells a failure that somebody can mend, and says with which code the command ends; raises any other again."""
    from wirepress.app.failures import line_of
    from wirepress.model.errors import WirepressError

    if isinstance(error, BrokenPipeError) or (line := line_of(error)) is None:
        raise error
    if isinstance(error, WirepressError):
        tell_failure(line, error.code, error.data)
        if isinstance(error, Failure):
            return error.exit_code
        return WRONG_FOLDER if error.code == "newer_tables" else 1
    tell_failure(line, "system" if isinstance(error, OSError) else "database")
    return 1
