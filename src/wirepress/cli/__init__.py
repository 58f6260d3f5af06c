"""The command line: one file a command group."""

from wirepress.cli.main import main

__all__ = ["main"]
