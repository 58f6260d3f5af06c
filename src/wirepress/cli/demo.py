"""`wirepress demo`: a whole newsroom to look at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wirepress.cli.common import say

if TYPE_CHECKING:
    from wirepress.app.demo import Demo


def register(app: typer.Typer) -> None:
    app.command()(demo)


def demo(
    port: Annotated[int, typer.Option(help="Port of the demo's site.")] = 8080,
    folder: Annotated[Path | None, typer.Option(metavar="DIR", help="Where it lives; var/demo when left out.")] = None,
) -> None:
    """Make a newsroom that reads the example press, pull, and serve it until Ctrl-C.

    Example: wirepress demo --port 8080
    """
    from wirepress.app import demo as stage
    from wirepress.app import serve as server

    server.listen("127.0.0.1", port).close()
    ready = stage.prepare((folder or stage.repository() / "var" / "demo").resolve(), port)
    with stage.press_pulled(ready):
        sights = stage.sights(ready)
        server.serve(ready.settings, ready=lambda _host, _port: announce(ready, sights))


def announce(ready: Demo, sights: Sequence[tuple[str, str]]) -> None:
    """Prints where to look, and three commands that work."""
    home = ready.settings.address
    width = max(len(what) for what, _ in sights)
    lines = [
        "",
        f"  Site   {home}/",
        f"  API    {home}/wp-json/",
        f"  Feed   {home}/feed/",
        f"  Admin  {home}/wp-admin/  ({ready.login} / {ready.password})",
        "",
        *(f"  {what:{width}}  {address}" for what, address in sights),
        "",
        f"  curl '{home}/wp-json/wp/v2/posts?_fields=id,title,link'",
        f"  curl '{home}/wp-json/wp/v2/posts?search=harbour&_embed'",
        f"  curl {home}/feed/",
        "",
        "  Ctrl-C ends it.",
    ]
    for line in lines:
        say(line)
