"""`wirepress front`: the configuration of a cache before the site."""

from __future__ import annotations

from typing import Annotated

import typer

from wirepress.cli.common import settings_of
from wirepress.cli.output import answer


def register(app: typer.Typer) -> None:
    app.command("front")(front)


def front(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="nginx or varnish.")],
    listen: Annotated[str, typer.Option(help="Where the front listens: a port, or an address with one.")] = "80",
    cache: Annotated[str, typer.Option(help="The folder in which nginx keeps answers.")] = "/var/cache/nginx/wirepress",
) -> None:
    """Print the configuration of nginx or Varnish as a cache before the site (docs/front.md).

    Example: wirepress front nginx --listen 80
    """
    settings = settings_of(context)
    from wirepress.app.front_configuration import configuration

    text = configuration(settings, kind, listen=listen, cache=cache)
    answer(text.removesuffix("\n"), {"kind": kind, "configuration": text})
