"""`wirepress worker`: another worker for a site, on this machine or on any that reaches its database."""

from __future__ import annotations

import os

import typer

from wirepress.cli.common import settings_of


def register(app: typer.Typer) -> None:
    app.command("worker")(worker)


def worker(context: typer.Context) -> None:
    """Work beside `serve` until Ctrl-C: pull sources, carry out orders, publish what is due.

    Example: wirepress worker
    """
    settings = settings_of(context)
    os.nice(19)  # readers come first
    from wirepress.app.worker import run

    run(settings)
